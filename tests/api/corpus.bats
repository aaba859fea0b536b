#!/usr/bin/env bats
# The papers and queries that the benchmarks are run with, and the figures that compare corpora.

setup_file() {
	export bin=$SHEAF_BUILD/bench
	[ -x "$bin/make_corpus" ] || return 0
	export papers=$BATS_FILE_TMPDIR/papers.jsonl queries=$BATS_FILE_TMPDIR/queries.tsv
	"$bin/make_corpus" 1200 7 >"$papers"
	"$bin/make_queries" --data "$papers" --count 20 --seed 3 >"$queries"
}

setup() {
	[ -x "$bin/make_corpus" ] || skip "built without the benchmarks"
}

# A figure of corpus_fit's table on standard input.
figure() {
	awk -F'\t' -v name="$1" -v at="$2" '$1 == name && $2 == at { print $3 }'
}

between() {
	awk -v x="$1" -v low="$2" -v high="$3" 'BEGIN { exit !(x >= low && x <= high) }'
}

@test "papers come in order, each with an identifier of its own, whichever thread wrote them" {
	[ "$(wc -l <"$papers")" -eq 1200 ]
	sed -E 's/^\{"id":"([0-9]{4}\.[0-9]{4,5})".*/\1/' "$papers" >"$BATS_TEST_TMPDIR/ids"
	[ "$(grep -cxE '[0-9]{4}\.[0-9]{4,5}' "$BATS_TEST_TMPDIR/ids")" -eq 1200 ]
	sort -uc "$BATS_TEST_TMPDIR/ids"
	cmp "$papers" <("$bin/make_corpus" 1200 7)
}

@test "a number that is none, or too large, is told" {
	for wrong in 0 -1 x 2500001; do
		run "$bin/make_corpus" "$wrong"
		[ "$status" -eq 2 ]
		[[ $output == usage:* ]]
	done
}

@test "figures of a small corpus are exact" {
	cat >"$BATS_TEST_TMPDIR/two.jsonl" <<-'END'
		{"id":"0704.0001","title":"Red apples","abstract":"The apples, red apples.","authors":"A B, C D and E F","categories":"cs.LG math.CO"}
		no paper
		{"id":"0704.0002","title":"Blue 42","abstract":"","authors":"A B","categories":"cs.LG"}
	END
	"$bin/corpus_fit" --data "$BATS_TEST_TMPDIR/two.jsonl" >"$BATS_TEST_TMPDIR/fit"
	[ "$(figure papers - <"$BATS_TEST_TMPDIR/fit")" = 2 ]
	[ "$(figure tokens - <"$BATS_TEST_TMPDIR/fit")" = 8 ]
	[ "$(figure vocabulary 4 <"$BATS_TEST_TMPDIR/fit")" = 3 ]
	[ "$(figure vocabulary 8 <"$BATS_TEST_TMPDIR/fit" | head -1)" = 5 ]
	[ "$(figure per_million 1 <"$BATS_TEST_TMPDIR/fit")" = 375000 ]
	[ "$(figure words share_once <"$BATS_TEST_TMPDIR/fit")" = 0.6 ]
	[ "$(figure words stop_share <"$BATS_TEST_TMPDIR/fit")" = 0.125 ]
	[ "$(figure title_words mean <"$BATS_TEST_TMPDIR/fit")" = 2 ]
	[ "$(figure abstract_words mean <"$BATS_TEST_TMPDIR/fit")" = 2 ]
	[ "$(figure authors_a_paper mean <"$BATS_TEST_TMPDIR/fit")" = 2 ]
	[ "$(figure authors different <"$BATS_TEST_TMPDIR/fit")" = 3 ]
	[ "$(figure categories different <"$BATS_TEST_TMPDIR/fit")" = 2 ]
	[ "$(figure primary_categories entropy_bits <"$BATS_TEST_TMPDIR/fit")" = 0 ]
}

@test "synthetic papers have the figures of prose" {
	"$bin/corpus_fit" --data "$papers" >"$BATS_TEST_TMPDIR/fit"
	between "$(figure words stop_share <"$BATS_TEST_TMPDIR/fit")" 0.30 0.40
	between "$(figure heaps b <"$BATS_TEST_TMPDIR/fit")" 0.45 0.65
	between "$(figure per_million 1 <"$BATS_TEST_TMPDIR/fit")" 45000 65000
	between "$(figure burst common <"$BATS_TEST_TMPDIR/fit")" 1.2 1.8
	between "$(figure abstract_words mean <"$BATS_TEST_TMPDIR/fit")" 140 165
	between "$(figure authors_a_paper mean <"$BATS_TEST_TMPDIR/fit")" 2.5 5
}

@test "as many queries of each class as asked for, the same for the same seed" {
	[ "$(cut -f1 "$queries" | sort | uniq -c | awk '$1 == 20' | wc -l)" -eq 13 ]
	[ "$(awk -F'\t' 'NF != 5 || $2 == "" || $3 == "" || $4 == "" || $5 == ""' "$queries")" = '' ]
	[ "$(cut -f1,2 "$queries" | sort | uniq -d)" = '' ]
	cmp "$queries" <("$bin/make_queries" --data "$papers" --count 20 --seed 3)
	run cmp -s "$queries" <("$bin/make_queries" --data "$papers" --count 20 --seed 4)
	[ "$status" -eq 1 ]
}

@test "every query finds the paper it was drawn from, or another" {
	"$bin/bench_import" --db "$BATS_TEST_TMPDIR/papers.db" --data "$papers" >"$BATS_TEST_TMPDIR/import"
	while IFS=$'\t' read -r _ query _; do
		hits=$("$SHEAF" count --db "$BATS_TEST_TMPDIR/papers.db" -- "$query" 2>&1)
		[[ $hits =~ ^[1-9][0-9]*$ ]] || {
			echo "$query: $hits"
			return 1
		}
	done < <(awk -F'\t' '++seen[$1] <= 8' "$queries")
}

@test "a query is said in the language of each engine" {
	for i in 1 2 3; do
		echo '{"id":"1502.0000'$i'","title":"Graph colouring","abstract":"","authors":"Ann Lee","categories":"math.CO",
			"versions":[{"version":"v1","created":"Mon, 2 Feb 2015 00:00:00 GMT"}]}' | tr -d '\n\t'
		echo
	done >"$BATS_TEST_TMPDIR/one.jsonl"
	"$bin/make_queries" --data "$BATS_TEST_TMPDIR/one.jsonl" --count 50 >"$BATS_TEST_TMPDIR/one.tsv" 2>"$BATS_TEST_TMPDIR/short"
	has() {
		grep -qxF "$(printf '%s\t%s\t%s\t%s\t%s' "$@")" "$BATS_TEST_TMPDIR/one.tsv"
	}
	has rare graph graph graph graph
	has and2 'graph colouring' 'graph colouring' '+graph +colouring' 'graph AND colouring'
	has prefix 'colo*' 'colo*' 'colo*' 'colo*'
	has field au:lee author:lee authors:lee 'authors : lee'
	has category 'graph cat:math.CO' 'graph cat:math.CO' '+graph +cat:math.CO' -
	has dates 'graph date:2015' 'graph date:20150101..20151231' '+graph +date:[20150101 TO 20151231]' -
	has dates 'graph date:2015-02..2015-02' 'graph date:20150201..20150228' '+graph +date:[20150201 TO 20150228]' -
	grep -q 'only 0 queries of class phrase' "$BATS_TEST_TMPDIR/short"
}

#!/usr/bin/env bats
# The benchmark programs run and print what bench/run.sh reads.

setup_file() {
	export bin=$SHEAF_BUILD/bench
	[ -x "$bin/make_corpus" ] || return 0
	"$bin/make_corpus" 300 7 >"$BATS_FILE_TMPDIR/papers.jsonl"
	"$bin/bench_import" --db "$BATS_FILE_TMPDIR/papers.db" --data "$BATS_FILE_TMPDIR/papers.jsonl" \
		>"$BATS_FILE_TMPDIR/import.tsv"
}

setup() {
	[ -x "$bin/make_corpus" ] || skip "built without the benchmarks"
}

column() {
	awk -F'\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i } NR == 2 { print $at }'
}

@test "a corpus is the same for the same seed, and another for another" {
	cmp "$BATS_FILE_TMPDIR/papers.jsonl" <("$bin/make_corpus" 300 7)
	run cmp -s "$BATS_FILE_TMPDIR/papers.jsonl" <("$bin/make_corpus" 300 8)
	[ "$status" -eq 1 ]
}

@test "a whole corpus imports" {
	[ "$(column documents <"$BATS_FILE_TMPDIR/import.tsv")" -eq 300 ]
	[ "$(column rejected <"$BATS_FILE_TMPDIR/import.tsv")" -eq 0 ]
	[ "$(column database_bytes <"$BATS_FILE_TMPDIR/import.tsv")" -gt 100000 ]
	[ "$(column peak_bytes <"$BATS_FILE_TMPDIR/import.tsv")" -gt 1000000 ]
}

@test "bench_search prints a line for each query, comments apart" {
	printf '# a comment\n\nthe\nq1\tti:the OR network\n' >"$BATS_TEST_TMPDIR/queries"
	run "$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$BATS_TEST_TMPDIR/queries" --repeat 3
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = $'query\thits\tmin_ms\tmedian_ms' ]
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[2]} =~ ^'ti:the OR network'$'\t'[0-9]+$'\t'[0-9]+\.[0-9]+$'\t'[0-9]+\.[0-9]+$ ]]
}

@test "every query of queries.txt finds something in a corpus of some size, or is rare" {
	run "$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$SHEAF_SOURCE/bench/queries.txt" --repeat 1
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq $(($(grep -vc '^#' "$SHEAF_SOURCE/bench/queries.txt") + 1)) ]
	[ "$(printf '%s\n' "${lines[@]:1}" | awk -F'\t' '$2 > 0' | wc -l)" -gt 25 ]
}

@test "the yardstick indexes the same papers and finds as many" {
	"$bin/bench_fts5" --db "$BATS_TEST_TMPDIR/stock.db" --from "$BATS_FILE_TMPDIR/papers.db" >"$BATS_TEST_TMPDIR/stock.tsv"
	[ "$(column documents <"$BATS_TEST_TMPDIR/stock.tsv")" -eq 300 ]
	printf 'network\tnetwork\n' >"$BATS_TEST_TMPDIR/one"
	stock=$("$bin/bench_fts5" --db "$BATS_TEST_TMPDIR/stock.db" --queries "$BATS_TEST_TMPDIR/one" | column hits)
	ours=$("$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$BATS_TEST_TMPDIR/one" | column hits)
	[ "$stock" -gt 0 ]
	[ "$stock" -eq "$ours" ]
}

@test "every query of the yardstick is one of queries.txt" {
	missing=$(comm -23 <(grep -v '^#' "$SHEAF_SOURCE/bench/queries_fts5.tsv" | cut -f1 | sort) \
		<(grep -v '^#' "$SHEAF_SOURCE/bench/queries.txt" | sort))
	[ -z "$missing" ]
}

@test "a wrong option is told" {
	run "$bin/bench_search" --db x --quries y
	[ "$status" -eq 2 ]
	[[ $output == usage:* ]]
}

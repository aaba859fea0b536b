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
	printf '# a comment\n\nthe\nti:the OR network\n' >"$BATS_TEST_TMPDIR/queries"
	run "$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$BATS_TEST_TMPDIR/queries" --repeat 3
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = $'class\tquery\thits\tfirst_ms\tmin_ms\tmedian_ms' ]
	[ "${#lines[@]}" -eq 4 ]
	[[ ${lines[2]} =~ ^$'-\tti:the OR network\t'[0-9]+($'\t'[0-9]+\.[0-9]+){3}$ ]]
	[[ ${lines[3]} =~ ^'# memory'$'\t'[0-9]+$'\t'[0-9]+$ ]]
}

@test "bench_search takes its own column, so many of a class, and leaves out what cannot be said" {
	printf 'one\tthe\tx\none\tof\ty\ntwo\t-\tz\nfacets\tbetween\tv\nbydate\tbetween\tw\n' >"$BATS_TEST_TMPDIR/queries"
	run "$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$BATS_TEST_TMPDIR/queries" --column 2 \
		--per-class 1 --repeat 1
	[ "$status" -eq 0 ]
	[ "$(printf '%s\n' "${lines[@]}" | cut -f 1,2)" = $'class\tquery\none\tthe\nfacets\tbetween\nbydate\tbetween\n# memory\t'"$(printf '%s\n' "${lines[@]}" | tail -n 1 | cut -f 2)" ]
	# The two classes search in a way of their own, and find the same.
	[ "$(printf '%s\n' "${lines[2]}" | cut -f 3)" -eq "$(printf '%s\n' "${lines[3]}" | cut -f 3)" ]
}

@test "every query of queries.txt is answered" {
	run "$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$SHEAF_SOURCE/bench/queries.txt" --repeat 1
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq $(($(grep -vc '^#' "$SHEAF_SOURCE/bench/queries.txt") + 2)) ]
}

@test "the yardstick indexes the same papers and finds as many" {
	"$bin/bench_fts5" --db "$BATS_TEST_TMPDIR/stock.db" --from "$BATS_FILE_TMPDIR/papers.db" >"$BATS_TEST_TMPDIR/stock.tsv"
	[ "$(column documents <"$BATS_TEST_TMPDIR/stock.tsv")" -eq 300 ]
	printf 'between\n' >"$BATS_TEST_TMPDIR/one"
	stock=$("$bin/bench_fts5" --db "$BATS_TEST_TMPDIR/stock.db" --queries "$BATS_TEST_TMPDIR/one" | column hits)
	ours=$("$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$BATS_TEST_TMPDIR/one" | column hits)
	[ "$stock" -gt 0 ]
	[ "$stock" -eq "$ours" ]
}

# round FILE FACTOR: what a search program could have printed: 100 queries of 1 to 100 ms, and one of another class.
round() {
	printf 'class\tquery\thits\tfirst_ms\tmin_ms\tmedian_ms\n' >"$1"
	awk -v f="$2" 'BEGIN {
		for (i = 100; i >= 1; i--) printf "a\tq%d\t5\t%.4f\t0.1\t%.4f\n", i, 2 * i * f, i * f
		printf "b\tq\t5\t8\t1\t4\n"
	}' >>"$1"
	printf '# memory\t1\t1\n' >>"$1"
}

@test "bench_summary has the percentiles, of the quieter round" {
	round "$BATS_TEST_TMPDIR/loud" 3
	round "$BATS_TEST_TMPDIR/quiet" 1
	run "$bin/bench_summary" x "$BATS_TEST_TMPDIR/loud" x "$BATS_TEST_TMPDIR/quiet" y "$BATS_TEST_TMPDIR/loud"
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = $'a\tx\t100\t50.0000\t90.0000\t99.0000\t100.0000\t198.0000' ]
	[ "${lines[2]}" = $'a\ty\t100\t150.0000\t270.0000\t297.0000\t300.0000\t594.0000' ]
	[ "${lines[3]}" = $'b\tx\t1\t4.0000\t4.0000\t4.0000\t8.0000\t8.0000' ]
	[[ ${lines[5]} == $'all\tx\t101\t'* ]]
}

@test "bench_summary refuses rounds of other queries" {
	round "$BATS_TEST_TMPDIR/whole" 1
	sed 5d "$BATS_TEST_TMPDIR/whole" >"$BATS_TEST_TMPDIR/short"
	run "$bin/bench_summary" x "$BATS_TEST_TMPDIR/whole" x "$BATS_TEST_TMPDIR/short"
	[ "$status" -eq 1 ]
	[[ $output == *"not of the same queries"* ]]
}

@test "bench_cold runs each command, and tells one that fails" {
	printf 'a\tthe\tof\na\tof\tthe\n' >"$BATS_TEST_TMPDIR/queries"
	run "$bin/bench_cold" --queries "$BATS_TEST_TMPDIR/queries" --repeat 2 -- ours 2 "$SHEAF" --db "$BATS_FILE_TMPDIR/papers.db" \
		search '{}' -- echo 3 /bin/echo '{}'
	[ "$status" -eq 0 ]
	[[ ${lines[1]} =~ ^ours$'\t2'($'\t'[0-9]+\.[0-9]+){3}$ ]]
	[[ ${lines[2]} == $'echo\t2\t'* ]]
	run "$bin/bench_cold" --queries "$BATS_TEST_TMPDIR/queries" --repeat 1 -- ours 2 "$SHEAF" --db /nonexistent/x search '{}'
	[ "$status" -eq 1 ]
	[[ $output == "ours: the command failed" ]]
}

# part NAME: its bytes, in what bench_sizes has printed to $sizes.
part() {
	awk -F'\t' -v name="$1" '$1 == name { print $2 }' <<<"$sizes"
}

@test "bench_sizes has all of the file, by table and index" {
	sizes=$("$bin/bench_sizes" --db "$BATS_FILE_TMPDIR/papers.db")
	[ "$(head -n 1 <<<"$sizes")" = $'part\tbytes\tof_text\tof_main_text' ]
	[ "$(part file)" -eq "$(stat -c %s "$BATS_FILE_TMPDIR/papers.db")" ]
	[ "$(part file)" -eq $(($(part "papers stored") + $(part index) + $(part "free pages"))) ]
	[ "$(part index)" -eq "$(column index_bytes <"$BATS_FILE_TMPDIR/import.tsv")" ]
	# The tables come after six sums; those that are taken apart are so to the byte.
	[ "$(tail -n +8 <<<"$sizes" | awk -F'\t' '$1 !~ /:/ { sum += $2 } END { print sum }')" -eq \
		$(($(part "papers stored") + $(part index))) ]
	for table in document_fts_data value_block; do
		[ "$(awk -F'\t' -v table="$table: " 'index($1, table) == 1 { sum += $2 } END { print sum }' <<<"$sizes")" -eq "$(part "$table")" ]
	done
	for kind in words stems names 'filter terms'; do
		[ "$(part "document_fts_data: $kind, rows")" -gt 0 ]
		[ "$(part "document_fts_data: $kind, positions")" -gt 0 ]
	done
	[ "$(part "document_fts_data: words, rows")" -gt "$(part "document_fts_data: stems, rows")" ]
	# What is left of the pages, the tokens are in it, is neither nothing nor most.
	[ "$(part "document_fts_data: tokens and headers")" -gt 1000 ]
	[ "$(part "document_fts_data: tokens and headers")" -lt $(($(part document_fts_data) / 2)) ]
	[ "$(part "value_block: lengths")" -gt 0 ]
	[ "$(part "ranking_list")" -gt 0 ]
	[ "$(part "document by id")" -gt 0 ]
}

@test "bench_sizes has the text indexed, by both definitions" {
	type -P jq >/dev/null || skip "no jq"
	sizes=$("$bin/bench_sizes" --db "$BATS_FILE_TMPDIR/papers.db")
	main=$(part "title, authors and abstract")
	# Stored texts differ from those read in blanks alone, and authors in what stands between them.
	read=$(jq -r '.title, .abstract, .authors' "$BATS_FILE_TMPDIR/papers.jsonl" | wc -c)
	[ "$main" -gt $((read * 95 / 100)) ]
	[ "$main" -lt $((read * 105 / 100)) ]
	[ "$(part "text indexed")" -gt "$main" ]
	[ "$(awk -F'\t' -v main="$main" '$1 == "index" { print $4 == sprintf("%.4f", $2 / main) }' <<<"$sizes")" -eq 1 ]
}

# of FORM LEVEL DICTIONARY COLUMN: a cell of what bench_compress has printed to $forms.
of() {
	awk -F'\t' -v form="$1" -v level="$2" -v dictionary="$3" -v name="$4" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
		$1 == form && $2 == level && $3 == dictionary { print $at }
	' <<<"$forms"
}

@test "bench_compress has a line for each form, and dictionaries and blocks save more" {
	[ -x "$bin/bench_compress" ] || skip "libzstd-dev is not there"
	forms=$("$bin/bench_compress" --db "$BATS_FILE_TMPDIR/papers.db")
	[ "$(wc -l <<<"$forms")" -eq 20 ]
	[ "$(awk -F'\t' '{ print NF }' <<<"$forms" | sort -u)" -eq 11 ]
	stored=$(of "as stored" - - bytes)
	texts='title, abstract, authors, author_parts, comments, journal_ref, report_no, terms, categories, doi, msc_class, acm_class, license, submitter, proxy, versions, own_terms, origins'
	[ "$stored" -eq "$(sqlite3 "$BATS_FILE_TMPDIR/papers.db" "SELECT sum(length(CAST($(sed "s/\([a-z_]*\)\(, \|$\)/coalesce(\1, '') || /g" <<<"$texts") '' AS BLOB))) FROM document")" ]
	alone=$(of "one by one" 3 0 bytes)
	[ "$alone" -lt "$stored" ]
	[ "$(of "blocks of 16" 3 0 bytes)" -lt "$alone" ]
	[ "$(of "blocks of 64" 3 0 bytes)" -lt "$(of "blocks of 16" 3 0 bytes)" ]
	[ "$(of "one by one" 3 16384 bytes)" -lt "$alone" ]
	[ "$(of "one by one" 3 114688 bytes)" -lt "$(of "one by one" 3 16384 bytes)" ]
	[ "$(of "one by one" 3 114688 table_bytes)" -lt "$(of "as stored" - - table_bytes)" ]
	awk -F'\t' 'NR > 2 && ($7 <= 0 || $8 <= 0 || $9 < $8) { exit 1 }' <<<"$forms"
}

@test "bench_compress refuses what has no papers" {
	[ -x "$bin/bench_compress" ] || skip "libzstd-dev is not there"
	printf 'no database' >"$BATS_TEST_TMPDIR/text"
	run "$bin/bench_compress" --db "$BATS_TEST_TMPDIR/text"
	[ "$status" -eq 1 ]
	[[ ${lines[0]} == "$BATS_TEST_TMPDIR/text: "* ]]
	sqlite3 "$BATS_TEST_TMPDIR/other.db" 'CREATE TABLE other(x)'
	run "$bin/bench_compress" --db "$BATS_TEST_TMPDIR/other.db"
	[ "$status" -eq 1 ]
	[[ ${lines[0]} == *"is no database of sheaf" ]]
}

# A run of two small sizes with real papers, more than of which are made: arguments are added.
run_small() {
	run "$SHEAF_SOURCE/bench/run.sh" --built "$SHEAF_BUILD" --data "$BATS_FILE_TMPDIR/papers.jsonl" --scale "200 400" --repeat 1 \
		--count 3 --stock 2 --results "$BATS_TEST_TMPDIR/results" --keep "$BATS_TEST_TMPDIR/keep" "$@"
	echo "$output" # of a test that fails
	[ "$status" -eq 0 ]
}

@test "run.sh writes its tables, ratios, plots and report" {
	type -P column >/dev/null || skip "no column command"
	cd "$BATS_TEST_TMPDIR"
	run_small
	# Two sizes, three rounds, sheaf with one thread and two, and stock FTS5.
	[ "$(tail -n +2 results/import.tsv | wc -l)" -eq 18 ]
	[ "$(awk -F'\t' 'NR > 1 { print $2, $6 }' results/import.tsv | sort -u | paste -s -d ,)" = "real 200,synthetic 400" ]
	[ "$(awk -F'\t' '$3 == "or4" && $4 == "sheaf" && $5 == 3' results/search.tsv | wc -l)" -eq 2 ]
	[ "$(awk -F'\t' '$3 == "or4" && $4 == "stock" && $5 == 2' results/search.tsv | wc -l)" -eq 2 ]
	[ "$(awk -F'\t' '$3 == "facets" && $4 == "stock"' results/search.tsv | wc -l)" -eq 0 ]
	grep -q $'import, times\tstock\t[0-9].*\t>= 2\t\(yes\|no\)$' results/ratios.tsv
	grep -q $'^400\tsynthetic\tor4\tsheaf, 200 papers\t[0-9].*\t<= 4\t\(yes\|no\)$' results/ratios.tsv
	[ "$(awk -F'\t' '$3 == "sheaf" && $4 == "index"' results/size.tsv | wc -l)" -eq 2 ]
	[ "$(awk -F'\t' '$3 == "stock" && $4 == "index"' results/size.tsv | wc -l)" -eq 2 ]
	[ "$(head -n 1 results/fit.tsv)" = $'figure\tat\treal\tsynthetic\tsynthetic/real\tsynthetic_400' ]
	[ "$(awk -F'\t' '$1 == "papers" { print $3, $4, $6 }' results/fit.tsv)" = "200 200 400" ]
	for plot in import search size memory fit; do
		tail -n 1 "results/$plot.svg" | grep -q '^</svg>$'
		grep -q '<circle' "results/$plot.svg"
	done
	grep -q '^| sheaf by stock FTS5 | .* | .* | ≥ 2 |$' results/report.md
	grep -q '^| or8stop | [0-9.]* | - | - | [0-9.]* | - | - | ≤ 1, ≤ 1 |$' results/report.md
	# What the report takes an index apart into is all of it: shares are rounded to thousandths.
	sed -n 's/^| sheaf\(: [^|]*\)* | [0-9.]* MB, \([0-9.]*\) |.*/\1=\2/p' results/report.md |
		awk -F= '/papers as stored/ { next } $1 == "" { whole = $2; next } { sum += $2; n++ }
			END { exit !(n > 10 && sum > whole - 0.01 && sum < whole + 0.01) }'
}

@test "run.sh takes over what is finished, and nothing of other papers or queries" {
	type -P column >/dev/null || skip "no column command"
	cd "$BATS_TEST_TMPDIR"
	steps() {
		awk -F'\t' -v what="$1" -v size="$2" '$1 == size && $3 ~ what { print $6 }' results/steps.tsv | sort | uniq -c | xargs
	}
	run_small
	[ "$(steps . 200)" = "$(tail -n +2 results/steps.tsv | grep -c '^200') no" ]
	cp results/import.tsv results/search.tsv .
	run_small
	[ "$(steps . 200)" = "$(tail -n +2 results/steps.tsv | grep -c '^200') yes" ]
	cmp import.tsv results/import.tsv
	cmp search.tsv results/search.tsv
	# An interrupted run: one search is missing, and one import with the database.
	rm keep/real-200/sheaf-2.search keep/real-200/stock-1-3.import
	run_small
	[ "$(steps 'search$' 200)" = '1 no 3 yes' ]
	[ "$(steps 'import$' 200)" = '1 no 8 yes' ]
	# Other queries: imports stay, searches do not.
	run_small --count 4
	[ "$(steps 'search$' 200)" = '4 no' ]
	[ "$(steps 'import$' 400)" = '9 yes' ]
	echo 'another machine' >keep/machine
	run "$SHEAF_SOURCE/bench/run.sh" --built "$SHEAF_BUILD" --n 200 --keep keep --results results
	[ "$status" -eq 2 ]
	[[ $output == *"has results of another machine"* ]]
}

@test "run.sh refuses what makes no sense" {
	for wrong in '--n 10 --scale 20' '--n 0' '--big-threads 3' '--stock x' '--pairs 2' '--unknown 1'; do
		# shellcheck disable=SC2086 # words apart
		run "$SHEAF_SOURCE/bench/run.sh" $wrong
		[ "$status" -eq 2 ]
	done
}

@test "readme.sh puts the report between its lines, again and again" {
	mkdir "$BATS_TEST_TMPDIR/results"
	cd "$BATS_TEST_TMPDIR"
	printf 'what\tis\ndate\t2026-01-01\n' >results/machine.tsv
	head='papers\tsource\t'
	printf "${head}engine\tthreads\trun\tdocuments\tseconds\tmerged_seconds\tdocuments_s\tmerged_documents_s\n" >results/import.tsv
	printf '1000\treal\tsheaf\t2\t%d\t1000\t1\t1\t%d\t%d\n' 1 12000 12000 2 13000 13000 3 90000 90000 >>results/import.tsv
	printf "${head}what\tagainst\tmedian\tp99\taim\tmet\n1000\treal\timport, times\tstock\t1.50\t-\t>= 2\tno\n" >results/ratios.tsv
	printf 'before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n' >page.md
	"$SHEAF_SOURCE/bench/readme.sh" --results results page.md
	cp page.md first.md
	"$SHEAF_SOURCE/bench/readme.sh" --results results page.md
	cmp page.md first.md
	[ "$(head -n 2 page.md | tail -n 1)" = '<!-- bench: begin -->' ]
	[ "$(tail -n 2 page.md)" = $'<!-- bench: end -->\nafter' ]
	! grep -q '^old$' page.md
	grep -q '^| sheaf, 2 threads | 13,000 |' page.md
	grep -qF '| sheaf by stock FTS5 | **1.50** | ≥ 2 |' page.md
	printf 'no marks\n' >page.md
	run "$SHEAF_SOURCE/bench/readme.sh" --results results page.md
	[ "$status" -eq 2 ]
	[ "$(cat page.md)" = 'no marks' ]
}

# Where a peer's driver is built it finds what it has indexed.
peer_finds() {
	[ -x "$bin/peer_$1" ] || skip "the driver of $1 is not built"
	"$bin/peer_$1" index --data "$BATS_FILE_TMPDIR/papers.jsonl" --db "$BATS_TEST_TMPDIR/index" >"$BATS_TEST_TMPDIR/import"
	[ "$(column documents <"$BATS_TEST_TMPDIR/import")" -eq 300 ]
	printf 'common\tbetween\tbetween\tbetween\nfacets\tbetween\tbetween\tbetween\nbydate\tbetween\tbetween\tbetween\n' \
		>"$BATS_TEST_TMPDIR/queries"
	ours=$("$bin/bench_search" --db "$BATS_FILE_TMPDIR/papers.db" --queries "$BATS_TEST_TMPDIR/queries" --column 2 | column hits)
	[ "$ours" -gt 0 ]
	"$bin/peer_$1" search --db "$BATS_TEST_TMPDIR/index" --queries "$BATS_TEST_TMPDIR/queries" --column "$2" --repeat 1 \
		>"$BATS_TEST_TMPDIR/found"
	[ "$(awk -F'\t' -v n="$ours" 'NR > 1 && !/^#/ && $3 == n' "$BATS_TEST_TMPDIR/found" | wc -l)" -eq 3 ]
}

@test "Xapian finds the same papers" {
	peer_finds xapian 3
}

@test "Lucene finds the same papers" {
	peer_finds lucene 4
}

@test "a wrong option is told" {
	run "$bin/bench_search" --db x --quries y
	[ "$status" -eq 2 ]
	[[ $output == usage:* ]]
}

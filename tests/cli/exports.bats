#!/usr/bin/env bats
# References and tables, read again by programs that others made, paper by paper.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	if command -v python3 > /dev/null; then
		python3 "$SHEAF_SOURCE/tests/support/hostile_papers.py" 400 > hostile.jsonl
		export_all hostile hostile.jsonl
	fi
	if [ -e "$SHEAF_SHARED_DATA/arxiv-10k.jsonl.zst" ]; then
		# Each fifth paper: the parsers are slow.
		zstd -dc "$SHEAF_SHARED_DATA/arxiv-10k.jsonl.zst" | awk 'NR % 5 == 1' > fifth
		export_all real fifth
	fi
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

# What is in file $2 as $1.bib, $1.ris, $1.csv, and as JSON to compare them with.
export_all() {
	sheaf -q --db "$1.db" import "$2" || [ $? -eq 3 ]
	sheaf --db "$1.db" search --format jsonl -n 100000 'NOT zzyzx' > "$1.jsonl"
	sheaf --db "$1.db" export --format bibtex > "$1.bib"
	sheaf --db "$1.db" export --format ris > "$1.ris"
	sheaf --db "$1.db" export --format csv > "$1.csv"
}

# The interpreter that has the parser: Debian's may not be the first on the path.
reads() {
	local status=77 python
	[ -e "$BATS_FILE_TMPDIR/$2.jsonl" ] || skip "there are no such papers"
	[ -s "$BATS_FILE_TMPDIR/$2.jsonl" ]
	for python in python3 /usr/bin/python3; do
		[ "$status" -eq 77 ] && command -v "$python" > /dev/null || continue
		status=0
		"$python" "$SHEAF_SOURCE/tests/support/read_exports.py" "$1" "$BATS_FILE_TMPDIR/$2.$3" \
			"$BATS_FILE_TMPDIR/$2.jsonl" || status=$?
	done
	[ "$status" -ne 77 ] || skip "there is no $1"
	[ "$status" -eq 0 ]
}

@test "bibtexparser reads hostile papers" {
	reads bibtexparser hostile bib
}

@test "pybtex reads hostile papers, name by name" {
	reads pybtex hostile bib
}

@test "bibtool reads hostile papers" {
	reads bibtool hostile bib
}

@test "bibutils reads hostile papers" {
	reads bibutils hostile ris
}

@test "RIS of hostile papers is lines of its form" {
	reads ris hostile ris
}

@test "python's csv reads hostile papers, and no cell is a formula" {
	reads csv hostile csv
}

@test "sqlite3 imports hostile papers" {
	reads sqlite hostile csv
}

@test "bibtexparser reads real papers" {
	reads bibtexparser real bib
}

@test "pybtex reads real papers, name by name" {
	reads pybtex real bib
}

@test "bibtool reads real papers" {
	reads bibtool real bib
}

@test "bibutils reads real papers" {
	reads bibutils real ris
}

@test "RIS of real papers is lines of its form" {
	reads ris real ris
}

@test "python's csv reads real papers" {
	reads csv real csv
}

@test "sqlite3 imports real papers" {
	reads sqlite real csv
}

@test "a paper has the same entry in every export" {
	cd "$BATS_FILE_TMPDIR"
	[ -e hostile.db ] || skip "there is no python3"
	sheaf --db hostile.db show --format bibtex 2601.00011 2601.00012 2601.00011 > two.bib
	[ "$(grep -c '^@' two.bib)" -eq 2 ]
	sheaf --db hostile.db show --format bibtex 2601.00012 > one.bib
	tail -n "$(wc -l < one.bib)" two.bib | cmp - one.bib
	grep -qxF "$(head -n 1 one.bib)" hostile.bib
}

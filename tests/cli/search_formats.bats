#!/usr/bin/env bats
# The formats of search, show and export, and the choice of fields.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	papers > papers.jsonl
	hostile_papers >> papers.jsonl
	sheaf -q import papers.jsonl
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

@test "every format of help is written, for a query and for ids" {
	for format in text ids tsv json jsonl csv markdown html atom bibtex ris; do
		sheaf search --format "$format" lamps > found
		[ -s found ] || { echo "search: $format"; false; }
		sheaf show --format "$format" 2401.00001 2402.00002 > shown
		[ -s shown ] || { echo "show: $format"; false; }
	done
	sheaf search --format trec lamps | grep -q '^[^ ]* Q0 2401'
	run -2 sheaf show --format trec 2401.00001
}

@test "an unknown format names the nearest" {
	run -2 sheaf search --format bibtx lamps
	[ "$output" = "sheaf: --format: unknown 'bibtx' (did you mean bibtex?)" ]
	run -2 sheaf show --format spreadsheet 2401.00001
	[[ "$output" == *"known: text, ids, tsv, "*"ris)" ]]
}

@test "csv is a table with a header" {
	sheaf search --format csv --fields id,title,categories 'ti:network' > table
	[ "$(head -n 1 table | tr -d '\r')" = id,title,categories ]
	[ "$(wc -l < table)" -eq 3 ]
	grep -qE '^2401.00001,A network that sees,"?cs.NE; cs.CV"?' table
	sheaf show --format csv --fields title,id 2401.00003 | tr -d '\r' > table
	[ "$(cat table)" = $'title,id\nA computational view,2401.00003' ]
}

@test "fields are chosen and ordered in tables and json" {
	[ "$(sheaf search --format tsv --fields id,score marbles -n 1 | tail -n 1 | awk -F '\t' '{ print NF }')" -eq 2 ]
	sheaf search --format jsonl --fields title,id,rank 'ti:computational' > line
	[ "$(cat line)" = '{"title":"A computational view","id":"2401.00003","rank":1}' ]
	sheaf search --json --fields id 'ti:computational' > one
	grep -q '"results":\[{"id":"2401.00003"}\]' one
	sheaf show --format jsonl --fields id,doi 2401.00003 > line
	[ "$(cat line)" = '{"id":"2401.00003","doi":null}' ]
	sheaf search --format jsonl --fields id,snippet 'abs:marbles' -n 1 > line
	grep -q '"snippet":"[^"]*marbles' line
}

@test "a field that there is not is refused with the nearest, a format without choice, too" {
	run -2 --separate-stderr sheaf search --json --fields id,titel lamps
	[ -z "$output" ]
	[[ "$stderr" == *titel*title* ]]
	[ "${#stderr_lines[@]}" -eq 1 ]
	run -2 sheaf show --format tsv --fields zzzzzz 2401.00001
	run -2 sheaf search --format bibtex --fields id lamps
	run -2 sheaf search --format ids --fields title lamps
	run -2 sheaf export --format ris --fields id
	run -2 sheaf export --fields id
	[[ "$output" == *"csv or tsv"* ]]
}

@test "html and atom are well formed, whatever the papers hold" {
	needs xmllint
	sheaf search --format atom 'lamp OR lamps OR network' > feed
	xmllint --noout feed
	[ "$(xmllint --xpath 'count(//*[local-name()="entry"])' feed)" -eq 6 ]
	sheaf show --format atom 2402.00001 2402.00002 > feed
	xmllint --noout feed
	sheaf search --format html 'lamp OR lamps' > page
	xmllint --html --noout page 2> complaints || true
	run ! grep -vE 'Tag (main|article|header|footer|nav|section|details|summary|mark|time) invalid|^ *\^$|^ *<' complaints
	run ! grep -q '<b>bold</b>' page
	run ! grep -qi '<script' page
	grep -q '<mark>' page
}

@test "no format lets what steers a terminal through" {
	for format in text tsv csv markdown html atom bibtex ris; do
		sheaf search --format "$format" 'lamp' | tr -d '\r' > printed
		grep -q lamp printed
		no_controls printed tabs || { echo "$format"; false; }
	done
}

@test "export writes tables and references of all papers or of a query" {
	sheaf export --format csv --fields id,submitted > all
	[ "$(wc -l < all)" -eq 11 ]
	sheaf export --format csv --fields id 'cat:cs.NE NOT lamp' | tr -d '\r' | sort > some
	[ "$(cat some)" = $'2401.00001\n2401.00002\nid' ] || [ "$(cat some)" = $'2401.00002\nid' ]
	sheaf export --format tsv lamps > table
	[ "$(wc -l < table)" -ge 3 ]
	[ "$(sheaf export --format bibtex | grep -c '^@')" -eq 10 ]
	[ "$(sheaf export --format ris | tr -d '\r' | grep -c '^TY  - ')" -eq 10 ]
	run -2 sheaf export --format html
	sheaf export > back.jsonl
	sheaf -q --db back.db import back.jsonl
	[ "$(sheaf --db back.db count -- '*')" -eq 10 ] || [ "$(sheaf --db back.db export | wc -l)" -eq 10 ]
}

@test "of html and atom there is only one in an answer" {
	printf 'a\tlamps\n' > queries.tsv
	for format in html atom; do
		run -2 sheaf search --batch queries.tsv --format "$format"
		[[ "$output" == *"--batch needs --format "* ]]
	done
	sheaf search --batch queries.tsv --format csv | grep -q 2401.00001
}

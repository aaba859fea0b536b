#!/usr/bin/env bats
# Papers that mean harm, written in every format and read by a parser of that format: each text comes back as text.

load sandbox
# shellcheck disable=SC2154 # python is set by needs_python
: "${python:-}"

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	python3 "$SHEAF_SOURCE/tests/support/hostile.py" make . || return 0
	sheaf -q import papers.jsonl
	sheaf -q classify --profiles topics.yaml
	sheaf export --format tsv --fields id > ids
	xargs "$SHEAF" show --format jsonl < ids > truth
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
	needs python3
}

# read_back FORMAT FILE: with the papers that FILE should have in `truth`.
read_back() {
	"${python:-python3}" "$SHEAF_SOURCE/tests/support/hostile.py" "$1" "$2" "${3:-$BATS_FILE_TMPDIR/truth}"
}

@test "all papers are there, and those that make sense of their bytes are unchanged" {
	[ "$(wc -l < "$BATS_FILE_TMPDIR/truth")" -eq "$(wc -l < "$BATS_FILE_TMPDIR/papers.jsonl")" ]
	grep -qF '"abstract":"<script>alert(1)</script>"' "$BATS_FILE_TMPDIR/truth"
	read_back jsonl "$BATS_FILE_TMPDIR/truth"
}

@test "json, jsonfeed and text" {
	for format in json jsonfeed text; do
		sheaf digest --format "$format" > written
		read_back "$format" written
	done
}

@test "atom" {
	needs xmllint
	sheaf digest --format atom > written
	read_back atom written
	xmllint --huge --noout --relaxng "$SHEAF_SOURCE/tests/support/atom.rng" written
	sheaf export --format oai > answer
	xmllint --huge --noout answer
}

@test "html" {
	needs_python html5lib
	sheaf digest --format html > written
	read_back html written
}

@test "markdown, as GitHub reads it" {
	needs cmark-gfm
	needs_python html5lib
	sheaf digest --format markdown > written
	read_back markdown written
}

@test "a message" {
	for format in text html mime; do
		sheaf digest --now 2024-03-02 --format "$format" > "digest.$format"
	done
	python3 "$SHEAF_SOURCE/tests/support/read_message.py" digest.mime . > header
	cmp digest.text part.text_plain
	cmp digest.html part.text_html
	run ! grep -i '^bcc' header
	LC_ALL=C run ! grep -nE '^.{77}|[^ -~]' digest.mime
}

@test "csv, tsv and ris" {
	for format in csv tsv ris; do
		sheaf export --format "$format" > table
		read_back "$format" table
	done
}

@test "bibtex" {
	needs_python bibtexparser
	# Its parser takes a minute for a title of a megabyte.
	awk 'length < 100000' "$BATS_FILE_TMPDIR/truth" > truth
	sed -E 's/^\{"id":"([^"]*)".*/\1/' truth | xargs "$SHEAF" show --format bibtex > entries
	read_back bibtex entries truth
}

@test "what reads them back is not easily content" {
	sheaf digest --format json > written
	sed 's/<script>alert(1)/<script>alert(2)/' written > changed
	run ! read_back json changed
	sed 's/alert(1)/\x1b[31malert(1)/' written > changed
	run ! read_back json changed
	sheaf export --format csv > table
	sed "s/\"'=1+1/\"=1+1/" table > changed
	run ! read_back csv changed
	sheaf export --format ris > table
	sed '0,/^ER  - /s///' table > changed
	run ! read_back ris changed
}

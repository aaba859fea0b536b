#!/usr/bin/env bats
# Text from data never steers a terminal and never breaks a line format.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	hostile_papers > hostile.jsonl
	sheaf -q import hostile.jsonl
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

@test "the fixture is what it says" {
	sheaf export > exported
	grep -q 'u001[bB]' exported
	[ "$(sheaf count lamp)" = 2 ]
	run ! no_controls <(printf 'a\x1b')
	run ! no_controls <(printf 'a\xc2\x9bb')
	run ! no_controls <(printf 'a\tb')
	no_controls <(printf 'ä\n')
}

@test "no control character in text, ids and markdown" {
	for format in text ids markdown; do
		sheaf search --format "$format" lamp > out
		[ -s out ]
		no_controls out
		sheaf show --format "$format" 2402.00001 2402.00002 > out
		no_controls out
	done
	sheaf search --format trec lamp > out
	no_controls out
}

@test "a line is a paper in tsv, with the same number of fields" {
	sheaf search --format tsv lamp > out
	no_controls out tabs
	[ "$(wc -l < out)" -eq 2 ]
	[ "$(awk -F'\t' '{print NF}' out | sort -u | wc -l)" -eq 1 ]
}

@test "no control character in digests" {
	for format in text markdown; do
		run --separate-stderr sheaf digest --cat cs.NE --format "$format" -o out
		[ "$status" -eq 0 ]
		[ -s out ]
		no_controls out
		run ! grep -q '<b>' <(sheaf digest --cat cs.NE --format markdown)
	done
}

@test "nor in messages about files" {
	printf '{"id":"broken \x1b[31m","title":\n' > $'na\x1b[31mme.jsonl'
	run --separate-stderr sheaf --db other.db import $'na\x1b[31mme.jsonl'
	[ "$status" -ne 0 ]
	[[ "$stderr" != *$'\x1b'* ]]
	run sheaf show $'\x1b[31m'
	[[ "$output" != *$'\x1b'* ]]
}

@test "json stays json" {
	sheaf show --format jsonl 2402.00001 2402.00002 > out
	[ "$(wc -l < out)" -eq 2 ]
	run ! grep -qP '[\x00-\x1f]' <(tr -d '\n' < out)
}

#!/usr/bin/env bats
# Papers by their ids.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	papers > papers.jsonl
	paper math/0309136 'An old one' 'From before.' math.GT >> papers.jsonl
	sheaf -q import papers.jsonl
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

@test "ids in every form, in the order they are asked for" {
	run -0 --separate-stderr sheaf show --format ids arXiv:2401.00003v1 math.GT/0309136 \
		https://arxiv.org/abs/2401.00001 2401.00002
	[ "$output" = $'2401.00003\nmath/0309136\n2401.00001\n2401.00002' ]
}

@test "what is missing is named: 3 for some, 1 for all" {
	run -3 --separate-stderr sheaf show --format ids 2401.00001 2599.99999 nonsense
	[ "$output" = 2401.00001 ]
	[[ "$stderr" == *2599.99999* ]]
	[[ "$stderr" == *nonsense* ]]
	run -1 --separate-stderr sheaf show --format ids 2599.99999
	[ -z "$output" ]
}

@test "json of a paper" {
	run -0 --separate-stderr sheaf show --json 2401.00007
	[[ "$output" == '{"format_version":1,'* ]]
	[[ "$output" == *'"abstract":"The phrase goes over the quiet   river bank here."'* ||
		"$output" == *'"abstract":"The phrase goes over the quiet river bank here."'* ]]
	[[ "$output" == *'"authors":["Ada Quist","Bo Ferrandi"]'* ]]
	[[ "$output" == *'"url":"https://arxiv.org/abs/2401.00007v1"'* ]]
	run -0 --separate-stderr sheaf show --format jsonl 2401.00001 2401.00002
	[ "${#lines[@]}" -eq 2 ]
}

#!/usr/bin/env bats
# `sheaf mark`: which papers belong to a profile.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	sheaf profile add light 'lamps'
}

@test "papers are marked, listed, and marked otherwise" {
	run -0 --separate-stderr sheaf mark light
	[ -z "$output" ]
	run -0 --separate-stderr sheaf mark light +2401.00001 -2401.00002v3 '+https://arxiv.org/abs/2401.00005v2'
	[ -z "$output$stderr" ]
	run -0 --separate-stderr sheaf mark light
	[ "$output" = $'+2401.00001\n-2401.00002\n+2401.00005' ]
	sheaf mark light -2401.00001
	run -0 --separate-stderr sheaf mark light
	[ "$output" = $'-2401.00001\n-2401.00002\n+2401.00005' ]
}

@test "a minus before an id is no option" {
	run -3 --separate-stderr sheaf mark light -math/0309136 -quant-ph/0301001 -q
	[ -z "$stderr" ]
	run -0 sheaf mark light
	[ "$output" = $'-math/0309136\n-quant-ph/0301001' ]
	run -2 --separate-stderr sheaf mark light -nonsense
	[[ "$stderr" == *"unknown option"* ]]
}

@test "papers that are not there are kept and named" {
	run -3 --separate-stderr sheaf mark light +2401.00001 +2401.09999
	[ "$stderr" = "sheaf: 2401.09999: not in the database; the mark is kept" ]
	[ "$(sheaf mark light | wc -l)" -eq 2 ]
	sheaf rm 2401.00001
	[ "$(sheaf mark light | wc -l)" -eq 2 ]
}

@test "a mark is taken back" {
	sheaf mark light +2401.00001 -2401.00002
	run -0 --separate-stderr sheaf mark light --forget 2401.00001v7
	[ "$(sheaf mark light)" = "-2401.00002" ]
	run -1 --separate-stderr sheaf mark light --forget 2401.00001
	[[ "$stderr" == *"was not marked"* ]]
	run -0 sheaf mark light --forget -2401.00002
	[ -z "$(sheaf mark light)" ]
	run -2 sheaf mark light --forget
}

@test "what makes no sense changes nothing" {
	run -2 --separate-stderr sheaf mark light +2401.00001 2401.00002
	[[ "$stderr" == *"'2401.00002' has no sign"* ]]
	run -2 --separate-stderr sheaf mark light +2401.00001 '+no id!'
	[[ "$stderr" == *"'no id!' is no arXiv id"* ]]
	run -2 --separate-stderr sheaf mark light +2401.00001 +foo
	[[ "$stderr" == *"'foo' is neither an arXiv id nor a paper of the database"* ]]
	[ -z "$(sheaf mark light)" ]
	run -1 --separate-stderr sheaf mark ligth +2401.00001
	[[ "$stderr" == *"(did you mean light?)" ]]
	run -2 sheaf mark
}

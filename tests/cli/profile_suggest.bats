#!/usr/bin/env bats
# `sheaf profile suggest`: a query from papers that belong to a topic.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	{
		paper 2401.00001 'Lanterns of glass' 'A lantern hangs over the river.' 'cs.NE' 1
		paper 2401.00002 'Paper lanterns' 'Lanterns float on the river at night.' 'cs.NE' 2
		paper 2401.00003 'Wind' 'The wind over a river of glass.' 'cs.NE' 3
		paper 2401.00004 'Lantern light' 'Light of a lantern in the wind.' 'cs.NE' 4
		for n in 10 11 12 13 14 15 16 17 18 19; do
			paper "2401.000$n" "Stones $n" 'Stones lie by the river in the wind.' 'cs.CC' 5
		done
	} > papers.jsonl
	sheaf -q import papers.jsonl > summary
}

@test "what the papers have in common comes first, with what speaks for it" {
	run -0 --separate-stderr sheaf profile suggest lamps --like 2401.00001 2401.00002
	printf '%s\n' "$output" > topic.yaml
	[[ "$output" == 'profiles:'$'\n''  "lamps":'* ]]
	grep -q '^      lanterns\^1.00' topic.yaml
	grep -Eq '^    #     1.00      2        0         3  lanterns$' topic.yaml
	[ "$stderr" = "" ]
}

@test "it is a profile file, whose tests pass" {
	sheaf profile suggest lamps --like 2401.00001 2401.00002 --unlike 2401.00003 --terms 3 > topic.yaml
	run -0 sheaf profile check topic.yaml
	[ "$(grep -c '^    #     ' topic.yaml)" -le 3 ]
	grep -q "must: \['2401.00001', '2401.00002'\]" topic.yaml
	grep -q "mustnot: \['2401.00003'\]" topic.yaml
	run -0 sheaf profile test --profiles topic.yaml
}

@test "words of papers that do not belong lose" {
	sheaf profile suggest x --like 2401.00001 > with.yaml
	sheaf profile suggest x --like 2401.00001 --unlike 2401.00003 > without.yaml
	weight() { awk -v w="$2" '$1 == "#" && $NF == w { print $2 }' "$1"; }
	[ -n "$(weight with.yaml glass)" ]
	[ "$(weight without.yaml glass)" != "$(weight with.yaml glass)" ]
}

@test "marks are examples" {
	sheaf profile add lamps lantern > added
	sheaf mark lamps +2401.00001 +2401.00004 -2401.00003
	run -0 sheaf profile suggest lamps
	[[ "$output" == *"from 2 papers that belong and 1 that do not"* ]]
}

@test "an id that leads nowhere is named, the others are used" {
	run -3 --separate-stderr sheaf profile suggest lamps --like 2401.00001 2499.99999
	[[ "$stderr" == *"2499.99999"* ]]
	[[ "$output" == *"lantern"* ]]
}

@test "a paper is not both" {
	run -2 --separate-stderr sheaf profile suggest lamps --like 2401.00001 2401.00004 --unlike 2401.00001v1
	[[ "$stderr" == *"2401.00001 is given as a paper that belongs and as one that does not"* ]]
	[ -z "$output" ]
}

@test "nothing to learn from" {
	run -1 --separate-stderr sheaf profile suggest lamps
	[[ "$stderr" == *"there is no paper to learn from"*"--like"* ]]
	[ "$output" = "" ]
}

#!/usr/bin/env bats
# Why a paper was found, and how a query is understood.

load papers

@test "the weights of the parts add up to the score" {
	needs jq
	for query in 'network' 'lamps skin' 'lamps OR network OR marbles' 'title:network^3 OR marbles' '"quiet river"' \
		'lamps cat:q-bio.NC' 'lamps NOT imaging' 'netw*' 'noninvasive OR sensing'; do
		sheaf search --json --explain -- "$query" > answer
		[ "$(jq '.results | length' answer)" -gt 0 ]
		jq -e 'all(.results[]; (.score - ([.explain[].weight] | add) | fabs) <= 1e-6 * (1 + .score))' answer > bool ||
			{ echo "$query"; jq . answer; false; }
	done
}

@test "fields, frequency and the papers that have it are told" {
	needs jq
	sheaf search --format jsonl --explain 'network' > lines
	jq -r 'select(.id == "2401.00001") | .explain[0] | "\(.term): \(.detail)"' lines > told
	grep -q '^network: .*title 1.*abstract 1' told
	grep -q 'in 2 papers' told
}

@test "what only restricts weighs nothing" {
	needs jq
	sheaf search --json --explain 'lamps cat:q-bio.NC' > answer
	jq -e 'all(.results[]; any(.explain[]; (.term | test("q-bio")) and .weight == 0))' answer
}

@test "with nothing to explain the list is empty, unasked there is none" {
	needs jq
	sheaf search --json --explain 'NOT lamps' | jq -e 'all(.results[]; .explain == [])'
	sheaf search --json lamps | jq -e 'all(.results[]; has("explain") | not)'
}

@test "text tells it for people" {
	sheaf search --explain network > text
	grep -q 'network.*title 1' text
	sheaf search network > plain
	run ! grep -q 'in 2 papers' plain
}

@test "another format has no place for it" {
	run -2 sheaf search --explain --format csv network
	[ "$output" = "sheaf: --explain needs --format text, json or jsonl, not csv" ]
	run -2 sheaf search --explain --format trec network
	run -2 sheaf search --expalin network
	[ "$output" = "sheaf: unknown option --expalin (did you mean --explain?)" ]
}

@test "analyze prints the query as a tree, then the plan" {
	run -0 --separate-stderr sheaf search --analyze 'ti:network (lamps OR "quiet river"^2) -zebra'
	[ "${lines[0]}" = 'query: ti:network (lamps OR "quiet river"^2) -zebra' ]
	[[ "${lines[1]}" == "parsed: "* ]]
	[ "${lines[2]}" = "tree:" ]
	[ "${lines[3]}" = "  AND_NOT" ]
	[ "${lines[4]}" = "    AND" ]
	[[ "${lines[5]}" == "      title:network"* ]]
	[ "${lines[6]}" = "      OR" ]
	[[ "${lines[7]}" == "        lamps"* ]]
	[[ "${lines[8]}" == '        '*'"quiet river"'*'^2' ]]
	[[ "${lines[9]}" == "    zebra"* ]]
	[ "${lines[10]}" = "plan:" ]
	[[ "${lines[11]}" == "  find: "* ]]
}

@test "analyze shows a factor over a group, and filters" {
	run -0 --separate-stderr sheaf search --analyze --cat cs.NE '(lamps OR network)^1.5'
	[ "${lines[3]}" = "  FILTER" ]
	[ "${lines[4]}" = "    SCALE_WEIGHT ^1.5" ]
	[ "${lines[5]}" = "      OR" ]
	[[ "$output" == *"cs.NE"* ]]
}

@test "analyze of a query without end" {
	query=$(printf '(%.0s' $(seq 1 60); printf 'lamps'; printf ' OR a%.0s)' $(seq 1 60))
	run -0 --separate-stderr sheaf search --analyze "$query"
	[[ "$output" == *lamps* ]]
}

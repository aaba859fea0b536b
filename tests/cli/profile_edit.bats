#!/usr/bin/env bats
# Profiles that are stored, listed, added, removed, and given back.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	cat > topics.yaml <<- 'X'
		# Topics of a lamp shop.
		digest:
		  name: lamps   # delivered under it

		profiles:
		    # What shines.
		    light:
		        heading: Light & lamps
		        query: |
		            lamps OR
		            # imaging
		        exclude: near

		    nets: {query: network, include: [new]}   # in braces
		    # The last one.
		    marbles:
		        query: marbles
		# The end.
	X
}

# The names of all stored profiles.
names() {
	sheaf profile list | cut -f 2 | tr '\n' ' '
}

@test "a set comes back as the file was, to the byte" {
	run -0 --separate-stderr sheaf profile import topics.yaml
	[ "$output" = $'lamps\t3' ]
	sheaf profile export > out.yaml
	cmp topics.yaml out.yaml
	printf '\xef\xbb\xbfdigest: {name: other}\r\nprofiles:\r\n  a: {query: x}' > odd.yaml
	sheaf profile import odd.yaml
	sheaf profile export other > out.yaml
	cmp odd.yaml out.yaml
	run -2 --separate-stderr sheaf profile export
	[[ "$stderr" == *"lamps, other"* ]]
	run -1 sheaf profile export missing
}

@test "all files are imported, or none" {
	printf 'profiles:\n  a: {qury: x}\n' > bad.yaml
	run -9 sheaf profile import topics.yaml bad.yaml
	run -1 sheaf profile list
	cp topics.yaml again.yaml
	run -2 --separate-stderr sheaf profile import topics.yaml again.yaml
	[[ "$stderr" == *"both for the digest 'lamps'"* ]]
	run -1 sheaf profile list
}

@test "a profile is added to the lines that are there" {
	sheaf profile import topics.yaml > summary
	run -0 sheaf profile add rivers 'river OR "quiet bank"'
	[ "$(names)" = "light nets marbles rivers " ]
	sheaf profile export > out.yaml
	sed '/query: marbles/a \    rivers:\n        query: '"'"'river OR "quiet bank"'"'" topics.yaml > expected
	diff expected out.yaml
	run -2 --separate-stderr sheaf profile add rivers again
	[ "$stderr" = "sheaf: the set 'lamps' has a profile 'rivers' already: remove it first" ]
	run -9 --separate-stderr sheaf profile add nothing '()'
	[[ "$stderr" == *"has nothing to search for"* ]]
	sheaf profile export | diff expected -
	run -0 sheaf profile add 'odd: name #1' a AND b
	[ "$(sheaf profile show 'odd: name #1' --json | grep -o '"query":"[^"]*"')" = '"query":"a AND b"' ]
}

@test "a profile is removed with its lines, and the rest stays" {
	sheaf profile import topics.yaml > summary
	run -0 sheaf profile rm light
	sheaf profile export > out.yaml
	sed '/# What shines/,/exclude: near/d' topics.yaml > expected
	diff expected out.yaml
	run -0 sheaf profile rm lamps/marbles
	[ "$(names)" = "nets " ]
	[ "$(sheaf profile export | tail -n 1)" = "# The end." ]
	run -1 --separate-stderr sheaf profile rm net
	[ "$stderr" = "sheaf: no stored profile is named 'net' (did you mean nets?)" ]
	run -0 sheaf profile rm nets
	run -1 sheaf profile list
	run -1 sheaf profile export lamps
}

@test "what stands on one line is written anew" {
	printf 'digest: {name: one, limit: 3, escape: no}\nprofiles: {a: {query: x y, max: 2}, b: {query: "z: #", min_percent: 5}}\n' > one.yaml
	sheaf profile import one.yaml > summary
	sheaf profile add c 'p OR q'
	[ "$(names)" = "a b c " ]
	sheaf profile rm a
	[ "$(names)" = "b c " ]
	run -0 sheaf profile show b
	[[ "$output" == *"query: z: #"* ]]
	[[ "$output" == *"min_percent: 5"* ]]
	[[ "$(sheaf profile export)" == *"limit: 3"*"escape: false"* ]]
}

@test "the first profile makes a set; several sets want to be named" {
	run -0 sheaf profile add first lamps
	[ "$(sheaf profile list | cut -f 1,2)" = $'default\tfirst' ]
	sheaf profile import topics.yaml > summary
	run -0 sheaf profile add second network
	[ "$(sheaf profile list | grep -c ^default)" -eq 2 ]
	run -0 sheaf profile add lamps/first marbles
	run -2 --separate-stderr sheaf profile rm first
	[[ "$stderr" == *"(default, lamps): say default/first" ]]
	run -0 sheaf profile show first
	[ "$(grep -c ^name: <<< "$output")" -eq 2 ]
	run -0 sheaf profile show lamps/first
	[ "$(grep -c ^name: <<< "$output")" -eq 1 ]
	run -0 sheaf profile add new/one lamps
	[ "$(sheaf profile list | grep -c ^new)" -eq 1 ]
}

@test "placements and marks go with the profile" {
	sheaf classify --profiles topics.yaml > summary
	sheaf mark marbles +2401.00003
	[ "$(sheaf profile list | cut -f 2,4,5)" = $'light\t1\t1\nnets\t2\t2\nmarbles\t2\t2' ]
	sheaf profile rm marbles
	sheaf profile add marbles marbles
	[ "$(sheaf profile list | grep marbles | cut -f 4)" = 0 ]
	[ -z "$(sheaf mark marbles)" ]
}

@test "list and show as JSON" {
	sheaf classify --profiles topics.yaml > summary
	sheaf mark light +2401.00005 -2401.00001 -2401.00002
	run -0 --separate-stderr sheaf profile list --format json
	[[ "$output" == '{"format_version":1,"profiles":[{"digest":"lamps","name":"light","heading":"Light & lamps",'* ]]
	[[ "$output" == *'"papers":1,"undelivered":1,"classified":8,"marks":{"belong":1,"not":2}},{"digest":"lamps","name":"nets"'* ]]
	run -0 --separate-stderr sheaf profile show light --json
	[[ "$output" == *'"exclude":"near","require":null,"keywords":[],'* ]]
	[[ "$output" == *'"line":7,'* ]]
	sheaf digest --mark-delivered -o out.md
	[ "$(sheaf profile list | cut -f 5 | tr '\n' ' ')" = "0 0 0 " ]
}

@test "a verb refuses the options of others" {
	run -2 --separate-stderr sheaf profile list --since 2w
	[ "$stderr" = "sheaf: profile list takes no --since; see sheaf help profile" ]
	run -2 --separate-stderr sheaf profile check --json
	[[ "$stderr" == *"takes no --format"* ]]
	run -2 --separate-stderr sheaf profile import
	[[ "$stderr" == *"takes 1 or more arguments"* ]]
	run -2 --separate-stderr sheaf profile lits
	[[ "$stderr" == *"did you mean list?"* ]]
}

@test "what would be an error in a file is not added" {
	sheaf profile import topics.yaml > summary
	sheaf profile export > before
	run -9 --separate-stderr sheaf profile add odd 'cat:cs.NEE'
	[[ "$stderr" == *"there is no category 'cs.NEE' (did you mean 'cs.NE'?)" ]]
	run -9 --separate-stderr sheaf profile add odd 'query:odd'
	[[ "$stderr" == *"leads back to itself"* ]]
	run -9 --separate-stderr sheaf profile add odd 'titel:lamps'
	[[ "$stderr" == *"unknown field 'titel'"*"(did you mean 'title'?)" ]]
	sheaf profile export | diff before -
}

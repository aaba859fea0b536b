#!/usr/bin/env bats
# `sheaf profile test`: whether papers are where profiles say.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	cat > topics.yaml <<- 'X'
		digest: {name: lamps}
		profiles:
		  light:
		    query: lamps OR imaging
		    exclude: near
		    must: [2401.00006]
		    mustnot: [2401.00005, 2401.00003]
		  nets:
		    query: network^3
		    must: [2401.00001, 2401.00002]
	X
}

@test "what is where it should be passes" {
	run -0 --separate-stderr sheaf profile test --profiles topics.yaml
	[ "$output" = "2 profiles, 5 tests, 0 failed" ]
	run -1 sheaf profile list
	sheaf profile import topics.yaml > summary
	run -0 --separate-stderr sheaf profile test
	[ "$output" = "2 profiles, 5 tests, 0 failed" ]
	run -0 --separate-stderr sheaf profile test --json
	[ "$output" = '{"format_version":1,"failures":[],"profiles":2,"tests":5,"failed":0,"missing":0}' ]
}

@test "each failure says why" {
	cat > wrong.yaml <<- 'X'
		digest: {name: wrong, select: NOT brain}
		profiles:
		  light:
		    query: lamps
		    exclude: near
		    require: cat:q-bio.NC
		    must: [2401.00005, 2401.00001, 2401.00003]
		    mustnot: [2401.00006]
		  nets:
		    query: network^3
		  late:
		    query: network
		    must: [2401.00002]
	X
	run -1 --separate-stderr sheaf profile test --profiles wrong.yaml
	[ "${lines[0]}" = "wrong.yaml:3: profile light: 2401.00005 must be in it, but its exclude matches" ]
	[ "${lines[1]}" = "wrong.yaml:3: profile light: 2401.00001 must be in it, but its require does not match" ]
	[ "${lines[2]}" = "wrong.yaml:3: profile light: 2401.00003 must be in it, but its query does not match" ]
	[[ "${lines[3]}" == "wrong.yaml:3: profile light: 2401.00006 must not be in it, but it is (score "*", by lamp"* ]]
	[[ "${lines[4]}" == "wrong.yaml:11: profile late: 2401.00002 must be in it, but it is in nets (score "* ]]
	[ "${lines[5]}" = "3 profiles, 5 tests, 5 failed" ]
	run -1 --separate-stderr sheaf profile test --profiles wrong.yaml --format json
	[[ "$output" == '{"format_version":1,"failures":[{"file":"wrong.yaml","line":3,"digest":"wrong","profile":"light","id":"2401.00005","must":true,"why":"its exclude matches"},'* ]]
}

@test "papers that are not there are named" {
	sed -i 's/2401.00002/2401.09999/' topics.yaml
	run -3 --separate-stderr sheaf profile test --profiles topics.yaml
	[ "$stderr" = "topics.yaml:8: profile nets: 2401.09999 is not in the database" ]
	[[ "$output" == "2 profiles, 5 tests, 0 failed, some not"* ]]
	sed -i 's/2401.00003/2401.00006/' topics.yaml
	run -1 --separate-stderr sheaf profile test --profiles topics.yaml
}

@test "marks are tests, too, where that is asked for" {
	sheaf profile import topics.yaml > summary
	sheaf mark nets -2401.00001 +2401.00002
	run -0 --separate-stderr sheaf profile test
	run -1 --separate-stderr sheaf profile test --marks
	[[ "${lines[0]}" == "lamps:8: profile nets: 2401.00001 must not be in it, but it is"* ]]
	[ "${lines[1]}" = "2 profiles, 7 tests, 1 failed" ]
}

@test "several files are tested one after the other" {
	sed 's/lamps}/more}/; s/mustnot: .2401.00005/mustnot: [2401.00006/' topics.yaml > more.yaml
	run -1 --separate-stderr sheaf profile test --profiles topics.yaml --profiles more.yaml
	[[ "${lines[0]}" == "more.yaml:3: profile light: 2401.00006 must not be in it"* ]]
	[ "${lines[1]}" = "4 profiles, 10 tests, 1 failed" ]
	run -2 --separate-stderr sheaf profile test --profiles topics.yaml --profiles topics.yaml
}

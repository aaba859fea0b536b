#!/usr/bin/env bats
# `sheaf profile check`: every mistake of profile files, by file and line.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	cat > good.yaml <<- 'X'
		digest:
		  name: lamps
		profiles:
		  light:
		    query: lamps OR imaging
		  nets:
		    query: network AND query:light
	X
	cat > bad.yaml <<- 'X'
		digest:
		  asign: best
		profiles:
		  light:
		    query: |
		      lamps OR
		      titel:light OR cat:cs.NEE
		    must: [2401.00001]
		    mustnot: [2401.00001]
		  lamps:
		    query: query:lihgt
		    bias: 2
	X
}

@test "every mistake is told at once, with its line and what was meant" {
	run -9 --separate-stderr sheaf profile check bad.yaml
	[ -z "$output" ]
	[ "${stderr_lines[0]}" = "bad.yaml:2: unknown key 'asign' in digest (did you mean 'assign'?)" ]
	[[ "${stderr_lines[1]}" == "bad.yaml:7: "*"unknown field 'titel'"*"(did you mean 'title'?)" ]]
	[[ "${stderr_lines[2]}" == "bad.yaml:7: "*"category 'cs.NEE' (did you mean 'cs.NE'?)" ]]
	[[ "${stderr_lines[3]}" == "bad.yaml:9: 2401.00001 is in both 'must' and 'mustnot'"* ]]
	[[ "${stderr_lines[4]}" == "bad.yaml:11: "*"'query:lihgt' names no profile"*"(did you mean 'light'?)" ]]
	[[ "${stderr_lines[5]}" == "bad.yaml:12: warning: 'bias' "* ]]
	[ "${stderr_lines[6]}" = "sheaf: 5 errors, 1 warning" ]
	run -9 --separate-stderr sheaf -q profile check bad.yaml
	[ "${#stderr_lines[@]}" -eq 6 ]
}

@test "warnings alone do not fail" {
	printf '  more:\n    query: x\n    bias: 1\n' >> good.yaml
	run -0 --separate-stderr sheaf profile check good.yaml
	[ "$output" = "3 profiles, 1 warning" ]
	[[ "$stderr" == "good.yaml:10: warning: "* ]]
}

@test "several files are checked, also against each other" {
	run -0 --separate-stderr sheaf profile check good.yaml
	[ "$output" = "2 profiles, no fault found" ]
	run -9 --separate-stderr sheaf profile check bad.yaml good.yaml
	[ "${stderr_lines[-1]}" = "sheaf: 5 errors, 1 warning" ]
	printf 'profiles:\n  other: {query: x}\n  nets: {query: y}\n' > more.yaml
	run -0 --separate-stderr sheaf profile check good.yaml more.yaml
	[ "$stderr" = "more.yaml:3: warning: the profile nets is also in good.yaml, line 6" ]
	cp good.yaml again.yaml
	run -9 --separate-stderr sheaf profile check good.yaml again.yaml
	[[ "$stderr" == *"again.yaml:1: good.yaml is for the digest lamps as well"* ]]
}

@test "what is no YAML, and what is not there" {
	printf 'profiles:\n  a: [x\n' > broken.yaml
	run -9 --separate-stderr sheaf profile check broken.yaml
	[[ "${stderr_lines[0]}" == broken.yaml:3:* ]]
	run -9 --separate-stderr sheaf profile check good.yaml missing.yaml
	[[ "$stderr" == *missing.yaml* ]]
}

@test "names from a file do not steer the terminal" {
	printf 'profiles:\n  a: {query: x}\n  "b\\e[31m": {query: x}\n  c: {"q\\u009b2J": x}\n' > hostile.yaml
	run -9 --separate-stderr sheaf profile check hostile.yaml
	printf '%s\n' "$stderr" > messages
	no_controls messages
}

@test "stored profiles are checked under the names of their sets" {
	papers > papers.jsonl
	sheaf -q import papers.jsonl
	run -0 --separate-stderr sheaf profile check
	[ "$output" = "0 profiles, no fault found" ]
	sed -i 's/query:light/cat:cs.NEE/' good.yaml
	sheaf classify --profiles good.yaml > summary
	run -9 --separate-stderr sheaf profile check
	[[ "${stderr_lines[0]}" == "lamps:7: "*"(did you mean 'cs.NE'?)" ]]
}

@test "thousands of profiles are read" {
	{
		printf 'profiles:\n'
		for ((i = 0; i < 5000; i++)); do
			printf '  p%d: {query: lamp%d OR light}\n' "$i" "$i"
		done
	} > many.yaml
	run -0 --separate-stderr sheaf profile check many.yaml
	[ "$output" = "5000 profiles, no fault found" ]
}

@test "what looks like a weight and is none" {
	cat > weights.yaml <<- 'X'
		digest: {name: w}
		profiles:
		  light:
		    query: |
		      lamps^2 OR "old lamps"^0.5 OR (bulb OR sun)^3 OR 10^5 OR "x^y"
		      OR neural^1e400 OR "bulb"^-1
		      OR ti:snn^x
	X
	run -0 --separate-stderr sheaf profile check weights.yaml
	[ "${stderr_lines[0]}" = "weights.yaml:6: warning: 'query' in profiles.light: no weight in 'neural^1e400': taken as words" ]
	[[ "${stderr_lines[1]}" == "weights.yaml:"*": warning: 'query' in profiles.light: no weight in '^-1': taken as words" ]]
	[ "${stderr_lines[2]}" = "weights.yaml:7: warning: 'query' in profiles.light: no weight in 'ti:snn^x': taken as words" ]
	[ "${#stderr_lines[@]}" -eq 3 ]
}

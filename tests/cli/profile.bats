#!/usr/bin/env bats
# Profiles, classification and digests through the command.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	cat > topics.yaml <<- 'X'
		digest:
		  name: lamps
		  title: Lamps of the day
		  fallback: Other
		profiles:
		  light:
		    heading: Light & lamps
		    query: lamps OR imaging
		    exclude: near
		  nets:
		    query: network
	X
}

@test "check reads a file and finds its faults" {
	run -0 --separate-stderr sheaf --db none.db profile check topics.yaml
	[[ "$output" == "2 profiles, "* ]]
	[ ! -e none.db ]
	sed -i 's/exclude/exlude/' topics.yaml
	run -9 --separate-stderr sheaf profile check topics.yaml
	[[ "$stderr" == *topics.yaml:9:* ]]
	[[ "$stderr" == *exclude* ]]
}

@test "classify stores the set; list and show print it" {
	run -1 sheaf profile list
	run -0 --separate-stderr sheaf classify --profiles topics.yaml
	[[ "$output" =~ ^profiles\ 2,\ papers\ 8,\ placements\ [0-9]+$ ]]
	run -0 sheaf profile list
	[ "$output" = $'lamps\tlight\tLight & lamps\t1\t1\nlamps\tnets\tnets\t2\t2' ]
	run -0 sheaf profile show light
	[[ "$output" == *"query: lamps OR imaging"* ]]
	[[ "$output" == *"exclude: near"* ]]
	run -1 sheaf profile show missing
	run -0 sheaf profile check
}

@test "only new papers are classified, unless all are asked for" {
	sheaf classify --profiles topics.yaml > summary
	run -1 sheaf classify
	[[ "$output" == *"papers 0,"* ]]
	paper 2401.00009 'A lamp' 'And its light.' > new.jsonl
	sheaf -q import new.jsonl > summary
	run -0 sheaf classify
	[[ "$output" == *"papers 1,"* ]]
	run -0 sheaf classify --all
	[[ "$output" == *"papers 9,"* ]]
}

@test "a digest has the sections, and goes to a file whole" {
	sheaf classify --profiles topics.yaml > summary
	run -0 --separate-stderr sheaf digest --profiles topics.yaml --now '2024-02-01 07:30'
	[ "${lines[0]}" = "# Lamps of the day" ]
	[[ "$output" == *"2024-02-01 07:30"* ]]
	[[ "$output" == *"## Light & lamps"* ]]
	[[ "$output" == *"## nets"* ]]
	sheaf digest --profiles topics.yaml --now '2024-02-01 07:30' > expected
	run -0 --separate-stderr sheaf digest --now 2024-02-01T07:30:00Z -o digest.md
	[ -z "$output" ]
	diff expected digest.md
	run -0 --separate-stderr sheaf digest --format json --limit 1
	[ "$(grep -o '"id":' <<< "$output" | wc -l)" -eq 1 ]
	run -9 sheaf digest -o missing/digest.md
}

@test "what was delivered is not delivered again" {
	sheaf classify --profiles topics.yaml > summary
	run -0 sheaf digest --since last --mark-delivered -o first.md
	run -1 sheaf digest --since last -o second.md
	[ -s second.md ]
	run -0 sheaf digest -o third.md
	[ "$(grep -c '^### ' first.md)" -eq "$(grep -c '^### ' third.md)" ]
}

@test "what could not be written is not delivered" {
	[ -w /dev/full ] || skip "there is no /dev/full"
	sheaf classify --profiles topics.yaml > summary
	run -9 bash -c '"$SHEAF" digest --since last --mark-delivered > /dev/full'
	run -9 sheaf digest --since last --mark-delivered -o missing/digest.md
	run -0 sheaf digest --since last
}

@test "dates choose what goes into a digest" {
	run -0 sheaf digest --cat cs.NE --since 2024-01-02
	[ "$(grep -c '^### ' <<< "$output")" -eq 1 ]
	run -0 sheaf digest --cat cs.NE --cat cs.CL --until 2024-01-07
	[ "$(grep -c '^### ' <<< "$output")" -eq 3 ]
	run -1 sheaf digest --cat cs.NE --since 2025
	run -2 sheaf digest --cat cs.NE --since yesteryear
}

@test "several files are classified, each as a set of its own" {
	printf 'digest: {name: more}\nprofiles:\n  marbles: {query: marbles}\n' > more.yaml
	run -0 --separate-stderr sheaf classify --profiles topics.yaml --profiles more.yaml
	[[ "$output" == "profiles 3, papers 16,"* ]]
	[ "$(sheaf profile list | cut -f 1,2 | tr '\n' ' ')" = $'lamps\tlight lamps\tnets more\tmarbles ' ]
	paper 2401.00009 'A marble' 'And its light.' > new.jsonl
	sheaf -q import new.jsonl > summary
	run -0 sheaf classify
	[[ "$output" == "profiles 3, papers 2,"* ]]
	run -2 sheaf classify --profiles more.yaml --profiles more.yaml
}

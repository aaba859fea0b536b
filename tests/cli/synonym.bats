#!/usr/bin/env bats
# What ~word stands for.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl
}

ids() {
	sheaf search -n 100 --format ids "$@" | sort | sed 's/^2401.0000//' | tr -d '\n'
}

@test "a synonym is added, used, listed and removed" {
	[ "$(ids '~pebble')" = "" ]
	run -0 sheaf synonym add pebble marbles
	sheaf synonym add Pebble 'quiet river'
	[ "$(ids '~pebble')" = 347 ]
	[ "$(ids 'pebble')" = "" ]
	[ "$(ids '~pebble schrodinger')" = 4 ]
	[ "$(sheaf synonym list)" = $'pebble\tmarbles\npebble\tquiet river' ]
	[ "$(sheaf synonym list pebble)" = $'pebble\tmarbles\npebble\tquiet river' ]
	sheaf synonym rm pebble marbles
	[ "$(ids '~pebble')" = 7 ]
	sheaf synonym rm pebble
	[ "$(ids '~pebble')" = "" ]
}

@test "nothing to list or to remove: code 1" {
	run -1 --separate-stderr sheaf synonym list
	[ -z "$output" ]
	run -1 sheaf synonym list pebble
	run -1 sheaf synonym rm pebble
	[[ "$output" == *pebble* ]]
	sheaf synonym add pebble marbles
	run -1 sheaf synonym rm pebble stones
	[ "$(sheaf synonym list | wc -l)" -eq 1 ]
}

@test "a file is read whole or not at all" {
	printf '# mine\nlight: [lamp, "river bank"]\nstone: marbles\n' > words.yaml
	run -0 sheaf synonym import words.yaml
	[ "$output" = "2 words, 3 synonyms" ]
	[ "$(ids '~light')" = 1567 ]
	[ "$(ids '~stone')" = 34 ]
	printf 'sky: [blue]\nsea: [[deep]]\n' > wrong.yaml
	run -9 sheaf synonym import wrong.yaml
	[[ "$output" == *"wrong.yaml:2: "* ]]
	printf 'sky: [blue]\nsea: [""]\n' > wrong.yaml
	run -9 sheaf synonym import wrong.yaml
	[[ "$output" == *"wrong.yaml:2: "* ]]
	printf -- '- sky\n' > wrong.yaml
	run -9 sheaf synonym import wrong.yaml
	run -9 sheaf synonym import missing.yaml
	run ! grep -q sky <(sheaf synonym list)
	printf '{}\n' > empty.yaml
	run -1 sheaf synonym import empty.yaml
}

@test "usage" {
	run -2 sheaf synonym
	run -2 sheaf synonym ad pebble marbles
	[ "$output" = "sheaf: unknown 'synonym ad' (did you mean add?)" ]
	run -2 sheaf synonym add pebble
	run -2 sheaf synonym add pebble ''
	run -2 sheaf synonym rm
	run -2 sheaf synonym list a b
	run -9 sheaf --db missing.db synonym add pebble marbles
	[ ! -e missing.db ]
}

@test "what was stored cannot steer a terminal" {
	sheaf synonym add pebble $'red\033[31m marbles\nline' || [ $? -eq 2 ]
	sheaf synonym list > listed || [ $? -eq 1 ]
	no_controls listed tabs
	[ "$(wc -l < listed)" -le 1 ]
}

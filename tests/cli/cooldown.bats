#!/usr/bin/env bats
# The pause that a source asked for is kept by the next run, and told by status.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

teardown() {
	replay_stop
}

@test "status tells no cool-down where there is none" {
	replay_start --papers 10
	harvest > out
	run -0 sheaf status
	[[ "$output" != *cool-down* ]]
	run -0 sheaf status --json
	[[ "$output" = *'"cooldown":[]}' ]]
}

@test "a cool-down that lasts is told, and kept by the next run" {
	replay_start --papers 10
	harvest > out
	state=$(dirname "$(find "$HOME" -name '*.pace')")
	until=$(($(date +%s) + 1800))
	printf 'last %d\ncool_until %d\nrefusals 2\n' "$(date +%s)" "$until" > "$state/mirror.example.org_8080.pace"
	printf 'last %d\ncool_until %d\nrefusals 2\n' "$(date +%s)" "$until" > "$(find "$HOME" -name '127*.pace')"
	run -0 sheaf status
	[[ "$output" = *"cool-down: mirror.example.org:8080 until 20"* ]]
	[[ "$output" = *"cool-down: 127.0.0.1:"*" until 20"* ]]
	run -0 sheaf status --json
	[[ "$output" = *'"cooldown":[{"host":"127.0.0.1:'*'{"host":"mirror.example.org:8080","until":"20'*'Z"}]}' ]]
	before=$(requests)
	run -5 --separate-stderr harvest
	[ "$(requests)" -eq "$before" ]
	[[ "$stderr" = *"127.0.0.1"*" s"* ]]
}

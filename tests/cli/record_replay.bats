#!/usr/bin/env bats
# A harvest is kept in a folder, and can be had again from it without anybody being asked.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

teardown() {
	replay_stop
}

@test "a recorded harvest is replayed with nobody there, to the same contents" {
	replay_start --papers 60 --page-size 25
	harvest --record kept --db first.db > first.out
	replay_stop
	rm -rf "$HOME/.local/state"
	harvest --replay kept --db second.db > second.out
	contents first.db > first.jsonl
	contents second.db > second.jsonl
	[ -s first.jsonl ]
	cmp first.jsonl second.jsonl
	# Neither a lock nor a pace was touched.
	[ -z "$(find "$HOME" -name '*.lock' -o -name '*.pace')" ]
}

@test "requests and answers are files with numbers, and an answer can be imported" {
	replay_start --papers 60 --page-size 25
	harvest --record kept --db first.db > first.out
	[ "$(find kept -name '*.request' | wc -l)" -eq "$(requests)" ]
	[ "$(find kept -name '*.answer' | wc -l)" -eq "$(requests)" ]
	[ "$(head -c 4 kept/000001.request)" = "GET " ]
	[ "$(head -c 5 kept/000001.answer)" = HTTP/ ]
	"$SHEAF" --db other.db import kept/*.answer > other.out
	contents first.db | sed 's/"sheaf":.*//' > first.jsonl
	contents other.db | sed 's/"sheaf":.*//' > other.jsonl
	[ -s first.jsonl ]
	cmp first.jsonl other.jsonl
}

@test "what was never recorded is told, and a recording cannot be made and replayed at once" {
	replay_start --papers 10
	harvest --record kept --db first.db > first.out
	run --separate-stderr harvest --replay kept --set math --db second.db
	[ "$status" -ne 0 ]
	[[ "$stderr" = *"no answer to this request was recorded"*"set=math"* ]]
	run --separate-stderr harvest --replay nowhere --db second.db
	[ "$status" -ne 0 ]
	[[ "$stderr" = *"nowhere"*"no recording"* ]]
	run --separate-stderr harvest --replay kept --record kept --db second.db
	[ "$status" -eq 2 ]
}

#!/usr/bin/env bats
# The replay server's own answers, as the command takes them: feeds, faults from a file.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	EMULATOR="$SHEAF_SOURCE/tests/support/arxiv-emulator"
	REPLAY_SERVER="$EMULATOR"
}

teardown() {
	replay_stop
}

feed() {
	"$SHEAF" harvest --source rss --delay 0 --set cs "$@"
}

@test "a day's announcements as RSS and as Atom are the same papers" {
	replay_start --papers 300 --to 2026-11-20
	feed --base-url "$REPLAY_URL/rss"
	"$SHEAF" --db atom.db harvest --source rss --delay 0 --set cs --base-url "$REPLAY_URL/atom"
	contents "$SHEAF_DB" > rss.jsonl
	contents atom.db > atom.jsonl
	[ -s rss.jsonl ]
	cmp rss.jsonl atom.jsonl
}

@test "the same feed is answered with 304, and there is nothing new" {
	replay_start --papers 300 --to 2026-11-20
	feed --base-url "$REPLAY_URL/rss"
	run feed --base-url "$REPLAY_URL/rss"
	[ "$status" -eq 1 ]
	[ "$(logged 4 | tail -1)" = 304 ]
}

@test "a stale feed after the day whose papers it has: said, and not stored as today's" {
	replay_start --papers 300 --to 2026-11-19
	feed --base-url "$REPLAY_URL/rss"
	port=${REPLAY_URL##*:}
	replay_stop
	replay_start --papers 300 --to 2026-11-20 --port "$port" --faults stale:every=1
	run feed --base-url "$REPLAY_URL/rss"
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"earlier day"* ]]
}

@test "faults from a file, and a line that is none" {
	printf '%s\n' '# refused at first' '500:at=1' '' 'cut:at=2 # and cut' > faults.txt
	undisturbed --papers 60
	replay_start --papers 60 --faults faults.txt
	harvest
	[ "$(logged 8 | sort -u | tr '\n' ' ')" = "- cut status " ]
	same_as_undisturbed "$SHEAF_DB"
	printf '500:at=1\nnonsense\n' > faults.txt
	run "$EMULATOR" --faults faults.txt
	[ "$status" -eq 2 ]
	[[ $output == *"faults.txt:2: "* ]]
}

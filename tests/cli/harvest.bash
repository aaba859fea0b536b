# What the tests of harvesting share.

load sandbox
load ../support/replay

# A harvest from the replay server, as fast as it goes.
harvest() {
	"$SHEAF" harvest --base-url "$REPLAY_URL/oai" --delay 0 "$@"
}

# The same behind the test's back; its number becomes $harvester, its words go to `out` and `err`.
harvest_behind() {
	"$SHEAF" harvest --base-url "$REPLAY_URL/oai" --delay 0 "$@" > out 2> err 3>&- &
	harvester=$!
}

# Everything in database $1, one paper a line, in an order that does not depend on how it got there. What changed last,
# and since when a paper is known, is told only by the way there.
contents() {
	"$SHEAF" --db "$1" export --format jsonl |
		sed -E 's/"change":[0-9]+,?//; s/"announced":"[^"]*",?//; s/"announced_seen":[0-9]+,?//' | LC_ALL=C sort
}

# Harvests into a database of its own from a server without faults: what every other way must come to.
undisturbed() {
	replay_start "$@"
	harvest --db plain.db > plain.out 2> plain.err
	replay_stop
	contents plain.db > plain.jsonl
	[ -s plain.jsonl ]
}

same_as_undisturbed() {
	contents "$1" > other.jsonl
	cmp plain.jsonl other.jsonl
	"$SHEAF" --db "$1" check > check.out
}

# Column $1 of the server's log: ms, method, url, status, bytes, user-agent, accept-encoding, fault.
logged() {
	cut -f "$1" "$REPLAY_LOG"
}

requests() {
	if [ -e "$REPLAY_LOG" ]; then
		wc -l < "$REPLAY_LOG"
	else
		echo 0
	fi
}

#!/usr/bin/env bats
# A harvest that is killed, at whatever moment, is continued by the next as if nothing had been.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	RANDOM=$((SEED = $$ * 7919 % 32768))
	echo "seed $SEED"
}

teardown() {
	replay_stop
}

# 1 where the server has had more than $1 requests, or the harvest has ended by itself.
got_on() {
	[ "$(requests)" -gt "$1" ] || ! kill -0 "$harvester" 2> /dev/null
}

# Starts a harvest with the options given and kills it up to two pages and a moment later.
harvest_and_kill() {
	local aim code=0

	aim=$(($(requests) + RANDOM % 3))
	"$SHEAF" harvest --delay 0 "$@" > killed.out 2>&1 3>&- &
	harvester=$!
	eventually got_on "$aim"
	sleep "0.0$((RANDOM % 9))"
	kill -KILL $harvester 2> /dev/null || true
	wait $harvester || code=$?
	[ $code -eq 137 ] && hits=$((hits + 1))
	echo "killed after $(requests) requests: $code"
}

# Ten kills, then the rest; says how many of the kills met a harvest that was running.
harvest_with_kills() {
	hits=0
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		harvest_and_kill "$@"
	done
	code=0
	"$SHEAF" harvest --delay 0 "$@" > last.out 2> last.err || code=$?
	cat last.out
	[ $code -le 1 ]
	echo "$hits kills have hit"
	[ $hits -ge 5 ]
}

@test "ten kills over 25 synthetic pages" {
	undisturbed --papers 500 --page-size 20 --per-day 11
	replay_start --papers 500 --page-size 20 --per-day 11 --faults slow:every=1:ms=40
	harvest_with_kills --base-url "$REPLAY_URL/oai"
	same_as_undisturbed "$SHEAF_DB"
}

@test "ten kills with dead tokens and cut connections in between" {
	undisturbed --papers 500 --page-size 20 --per-day 11
	replay_start --papers 500 --page-size 20 --per-day 11 --faults slow:every=1:ms=40 --faults expire:every=7 --faults cut:every=5
	harvest_with_kills --base-url "$REPLAY_URL/oai"
	same_as_undisturbed "$SHEAF_DB"
}

@test "ten kills over the API" {
	query='cat:cs.* OR cat:math.* OR cat:physics.* OR cat:astro-ph.*'
	replay_start --papers 1500 --faults slow:every=1:ms=40
	"$SHEAF" --db plain.db harvest --source api --base-url "$REPLAY_URL/api/query" --delay 0 --query "$query" > plain.out
	contents plain.db > plain.jsonl
	hits=0
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		harvest_and_kill --source api --base-url "$REPLAY_URL/api/query" --query "$query"
	done
	[ $hits -ge 1 ]
	"$SHEAF" harvest --source api --base-url "$REPLAY_URL/api/query" --delay 0 --query "$query" > last.out || [ $? -eq 1 ]
	same_as_undisturbed "$SHEAF_DB"
}

# These pages are not sorted by datestamp, so that a dead token means to begin again.
@test "ten kills and a dead token over 25 recorded pages: the same 25,000 papers" {
	archive="${SHEAF_SHARED_DATA:-}/oai_cs_2016.tar.xz"
	[ -e "$archive" ] || skip "no recorded pages: $archive"
	needs tar xz
	mkdir pages
	tar -xJf "$archive" -C pages
	replay_start --pages pages
	harvest --db plain.db --metadata-prefix arXiv > plain.out 2> plain.err
	contents plain.db > plain.jsonl
	[ "$(wc -l < plain.jsonl)" -eq 25000 ]
	replay_stop
	replay_start --pages pages --faults expire:at=9
	harvest_with_kills --base-url "$REPLAY_URL/oai" --metadata-prefix arXiv
	same_as_undisturbed "$SHEAF_DB"
}

@test "thirty kills at any moment, the first page too" {
	run -0 "$SHEAF_SOURCE/tests/fault/kill_harvest" --kills 30 --page-size 40 --papers 1200 --seed "$SEED"
	[[ "$output" == *"1200 papers, 30 kills in "*"the same contents" ]]
}

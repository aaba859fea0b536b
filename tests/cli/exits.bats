#!/usr/bin/env bats
# Every exit code, from a real cause.

load sandbox
load ../support/replay

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	mkfifo fifo
}

teardown() {
	replay_stop
	exec 5>&- || true
	if [ -n "${WRITER:-}" ]; then
		kill -KILL "$WRITER" 2> /dev/null || true
		wait "$WRITER" 2> /dev/null || true
	fi
}

# An import that has read one file, and waits for more on standard input while it holds the database.
slow_import() {
	"$SHEAF" -v import papers.jsonl - < fifo > summary 2> said 3>&- 5>&- &
	WRITER=$!
	exec 5> fifo
	eventually grep -q '^sheaf: reading -' said
}

@test "6: the database is locked by another process" {
	slow_import
	run -6 --separate-stderr sheaf import papers.jsonl
	[[ "$stderr" == *papers.db* ]]
	run -0 sheaf status
	paper 2401.00009 'A lamp more' 'It came late.' >&5
	exec 5>&-
	wait "$WRITER"
	WRITER=
	[ "$(sheaf count lamps)" = 4 ]
}

@test "130: interrupted, and what was got is kept" {
	slow_import
	kill -TERM "$WRITER"
	code=0
	wait "$WRITER" || code=$?
	WRITER=
	[ "$code" -eq 130 ]
	grep -q '^added 8, ' summary
	[ "$(sheaf count lamps)" = 3 ]
	run -0 sheaf check
}

@test "130: a command that has nothing to keep ends at once" {
	sheaf -q import papers.jsonl > made
	"$SHEAF" search --batch fifo --format ids > out 3>&- 5>&- &
	WRITER=$!
	exec 5> fifo
	echo lamps >&5
	kill -TERM "$WRITER"
	code=0
	wait "$WRITER" || code=$?
	WRITER=
	[ "$code" -eq 130 ]
}

@test "8: not a sheaf database, and a damaged one" {
	head -c 100000 /dev/urandom > noise.db
	run -8 sheaf --db noise.db search network
	run -8 sheaf --db noise.db import papers.jsonl
	echo 'this is a text' > text.db
	run -8 sheaf --db text.db status
	[ "$(cat text.db)" = 'this is a text' ]
	sheaf -q import papers.jsonl > made
	size=$(stat -c %s papers.db)
	head -c $((size - 4096)) /dev/urandom | dd of=papers.db bs=4096 seek=1 conv=notrunc status=none
	run -8 sheaf check
}

@test "8: another program's SQLite file" {
	needs sqlite3
	sqlite3 other.db 'CREATE TABLE shopping(item)'
	run -8 sheaf --db other.db status
	run -8 sheaf --db other.db import papers.jsonl
	[ "$(sqlite3 other.db .tables)" = shopping ]
}

@test "7: indexed with another tokenizer, until reindex" {
	needs sqlite3
	sheaf -q import papers.jsonl > made
	sqlite3 papers.db "UPDATE meta SET value = 'another' WHERE key LIKE '%fingerprint%'; SELECT changes();" > changes
	[ "$(cat changes)" -ge 1 ]
	run -7 sheaf search network
	[[ "$output" == *reindex* ]]
	run -7 sheaf import papers.jsonl
	run -0 sheaf reindex
	[[ "$output" == "reindexed 8, "* ]]
	[ "$(sheaf count network)" = 2 ]
	run -0 sheaf check
}

@test "2, 9, 1 and 0" {
	run -2 sheaf search
	run -9 sheaf search network
	sheaf -q import papers.jsonl > made
	run -1 sheaf search zebra
	run -0 sheaf search network
	run -9 sheaf import missing.jsonl
	run -9 sheaf profile check missing.yaml
}

@test "4: the source refuses" {
	replay_start --papers 3
	run -4 --separate-stderr sheaf harvest --base-url "$REPLAY_URL/nothing/here" --delay 0
	[ -n "$stderr" ]
}

@test "5: the source asked for a long pause, which outlives the run" {
	replay_start --papers 3 --faults '503:at=1:retry-after=7200'
	run -5 --separate-stderr sheaf harvest --base-url "$REPLAY_URL/oai" --delay 0
	[ -n "$stderr" ]
	run -5 --separate-stderr sheaf harvest --base-url "$REPLAY_URL/oai" --delay 0
	[ "$(grep -c . "$REPLAY_LOG")" -eq 1 ]
}

@test "130: a harvest that waits ends at once, and the next one goes on" {
	replay_start --papers 60 --page-size 20 --faults '503:at=2:retry-after=600'
	"$SHEAF" harvest --base-url "$REPLAY_URL/oai" --delay 0 > summary 2> said 3>&- &
	WRITER=$!
	eventually grep -q 'trying again' said
	kill -TERM "$WRITER"
	code=0
	wait "$WRITER" || code=$?
	WRITER=
	[ "$code" -eq 130 ]
	[[ "$(cat summary)" == "added 20, "* ]]
	[[ "$(sheaf status --json)" == '{"format_version":1,"documents":20,'*'"complete":false,'* ]]
	rm -rf "$HOME/.local/state"
	run -0 --separate-stderr sheaf harvest --base-url "$REPLAY_URL/oai" --delay 0
	[[ "$output" == "added 40, "* ]]
	run -1 --separate-stderr sheaf harvest --base-url "$REPLAY_URL/oai" --delay 0
	[[ "$(sheaf status)" == *"complete, finished"* ]]
}

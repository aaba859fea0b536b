#!/usr/bin/env bats
# What `sheaf import` says about what it did, and its exit codes.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
}

@test "the summary counts added, updated, unchanged and rejected" {
	run -0 --separate-stderr sheaf import papers.jsonl
	[[ "$output" =~ ^added\ 8,\ updated\ 0,\ unchanged\ 0,\ rejected\ 0,\ seconds\ [0-9.]+,\ records/s\ [0-9]+$ ]]
	[ -z "$stderr" ]
	run -0 --separate-stderr sheaf import papers.jsonl
	[[ "$output" == "added 0, updated 0, unchanged 8, rejected 0, "* ]]
	paper 2401.00001 'A network that listens' 'Now to bells.' | sed 's/"2024-01-05"}/"2024-03-01"}/; s/update_date":"2024-01-05/update_date":"2024-03-01/' > changed.jsonl
	run -0 --separate-stderr sheaf import changed.jsonl
	[[ "$output" == "added 0, updated 1, unchanged 0, rejected 0, "* ]]
	[ "$(sheaf count listens)" = 1 ]
	[ "$(sheaf count sees)" != 1 ]
}

@test "a record that cannot be read is named, counted and skipped: 3" {
	{ head -n 2 papers.jsonl; echo '{"id":'; sed -n 3p papers.jsonl; echo '{"title":"no id"}'; } > bad.jsonl
	run -3 --separate-stderr sheaf import bad.jsonl
	[[ "$output" == "added 3, updated 0, unchanged 0, rejected 2, "* ]]
	[[ "${stderr_lines[0]}" == bad.jsonl:3:* ]]
	[[ "${stderr_lines[1]}" == bad.jsonl:5:* ]]
	run -3 --separate-stderr sheaf -q import bad.jsonl
	[ -z "$stderr" ]
}

@test "of very many bad records a hundred are named, with -v all" {
	{ cat papers.jsonl; for i in $(seq 150); do echo "{\"id\":\"bad $i\"}"; done; } > bad.jsonl
	run -3 --separate-stderr sheaf import bad.jsonl
	[[ "$output" == *"rejected 150,"* ]]
	[ "$(grep -c '^bad.jsonl:' <<< "$stderr")" -eq 100 ]
	[[ "$stderr" == *"50 more records were rejected"* ]]
	run -3 --separate-stderr sheaf -v import bad.jsonl
	[ "$(grep -c '^bad.jsonl:' <<< "$stderr")" -eq 150 ]
}

@test "a file that cannot be read does not keep the others from being read: 9" {
	echo 'just a text' > text.txt
	run -9 --separate-stderr sheaf import missing.jsonl text.txt papers.jsonl
	[[ "$output" == "added 8, "* ]]
	[[ "$stderr" == *missing.jsonl* ]]
	[[ "$stderr" == *text.txt* ]]
}

@test "the worst of several results is the code" {
	echo '{"id":' > bad.jsonl
	cat papers.jsonl >> bad.jsonl
	run -3 sheaf import papers.jsonl bad.jsonl
	run -9 sheaf import bad.jsonl missing.jsonl papers.jsonl
}

@test "nothing in it: 1" {
	cat > empty.xml <<- 'X'
		<?xml version="1.0" encoding="UTF-8"?>
		<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-01-01T00:00:00Z</responseDate>
		<request verb="ListRecords">http://127.0.0.1/oai</request>
		<error code="noRecordsMatch">The combination gives an empty list.</error></OAI-PMH>
	X
	run -1 --separate-stderr sheaf import empty.xml
	[[ "$output" == "added 0, "* ]]
}

@test "a recorded error answer: 9 with its message" {
	sed 's/noRecordsMatch/badArgument/; s/The combination/Until is too early. It/' > error.xml <<- 'X'
		<?xml version="1.0" encoding="UTF-8"?>
		<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-01-01T00:00:00Z</responseDate>
		<request verb="ListRecords">http://127.0.0.1/oai</request>
		<error code="noRecordsMatch">The combination gives an empty list.</error></OAI-PMH>
	X
	run -9 --separate-stderr sheaf import error.xml
	[[ "$stderr" == *"Until is too early."* ]]
}

@test "standard input, folders and compression" {
	run -0 --separate-stderr sheaf import - < papers.jsonl
	[[ "$output" == "added 8, "* ]]
	mkdir -p folder/below
	gzip -c papers.jsonl > folder/below/papers.gz
	run -0 --separate-stderr sheaf import folder
	[[ "$output" == *"unchanged 8, "* ]]
}

@test "strict ends a file at its first bad record" {
	{ head -n 2 papers.jsonl; echo '{"id":'; sed -n 3p papers.jsonl; } > bad.jsonl
	run --separate-stderr sheaf import --strict bad.jsonl
	[ "$status" -eq 3 ] || [ "$status" -eq 9 ]
	[ "$(sheaf count cat:cs.NE)" -eq 2 ]
	run -1 sheaf count cat:cs.CC
}

@test "the format may be named" {
	run -0 sheaf import --from jsonl papers.jsonl
	run -9 sheaf import --from atom papers.jsonl
	run -2 sheaf import --from jsnol papers.jsonl
}

@test "a terminal shows a line of progress, unless it is not wanted" {
	needs script
	for i in $(seq 2000); do paper "2403.$(printf %05d "$i")" "Lamp number $i" 'A lamp.'; done > many.jsonl
	TERM=xterm script -qec '"$SHEAF" --db a.db import many.jsonl' /dev/null > shown
	grep -q $'\r[0-9,]* records .*\x1b\\[K' shown
	grep -q 'added 2000,' shown
	TERM=xterm script -qec '"$SHEAF" --db b.db --no-progress import many.jsonl' /dev/null > shown
	run ! grep -q "records .*s.\x1b" shown
	TERM=dumb script -qec '"$SHEAF" --db c.db import many.jsonl' /dev/null > shown
	run ! grep -q $'\x1b' shown
}

#!/usr/bin/env bats
# status, check, compact, reindex and export.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
}

@test "status tells documents, revision and path" {
	run -0 --separate-stderr sheaf status
	[[ "$output" == *"documents: 8"* ]]
	[[ "$output" == *"revision: 8"* ]]
	[[ "$output" == *"path: $SHEAF_DB"* ]]
	run -0 --separate-stderr sheaf status --format json
	[ "${#lines[@]}" -eq 1 ]
	[[ "$output" == *'"documents":8,'*'"revision":8,'*"\"path\":\"$SHEAF_DB\""*'"harvests":[]'* ]]
	[ "$(grep -o '"documents"' <<< "$output" | wc -l)" -eq 1 ]
}

@test "a path with quotes and controls is still JSON" {
	cp papers.db $'odd "\x01\\name.db'
	run -0 --separate-stderr sheaf --db $'odd "\x01\\name.db' status --json
	[[ "$output" == *'odd \"\u0001\\name.db"'* ]]
	run -0 --separate-stderr sheaf --db $'odd "\x01\\name.db' status
	[[ "$output" != *$'\x01'* ]]
}

@test "check finds no fault in a sound database" {
	run -0 --separate-stderr sheaf check
	[[ "$output" == *"no fault found"* ]]
}

@test "reindex keeps every answer" {
	for query in network '"network"' 'computat*' 'cat:cs.*' non-invasive; do
		sheaf search --format ids "$query"
	done > before
	run -0 --separate-stderr sheaf reindex
	for query in network '"network"' 'computat*' 'cat:cs.*' non-invasive; do
		sheaf search --format ids "$query"
	done > after
	diff before after
	run -0 sheaf check
}

@test "compact keeps every answer, and gives back what is free" {
	for _ in {1..40}; do
		papers | sed "s/neuromorphic/other$RANDOM/"
	done > changing.jsonl
	sheaf -q import changing.jsonl > summary
	for query in network '"network"' 'computat*' 'cat:cs.*' non-invasive; do
		sheaf search --format json "$query"
	done > before
	size=$(stat -c %s papers.db)
	run -0 --separate-stderr sheaf compact
	[[ "$output" =~ ^"compacted, "[0-9.]+" "?[kMG]?B" before, "[0-9.]+" "?[kMG]?B" after"$ ]]
	[ "$(stat -c %s papers.db)" -le "$size" ]
	for query in network '"network"' 'computat*' 'cat:cs.*' non-invasive; do
		sheaf search --format json "$query"
	done > after
	diff before after
	run -0 sheaf check
	[ "$(sqlite3 papers.db 'PRAGMA freelist_count')" -eq 0 ]
}

@test "reindex takes another stemmer or strategy" {
	run -0 sheaf reindex --stemmer none
	[ "$(sheaf count network)" = 1 ]
	run -0 sheaf reindex --stemmer english
	[ "$(sheaf count network)" = 2 ]
	[[ "$(sheaf status)" == *"stemmer: english"* ]]
	run -0 sheaf check
}

@test "what is exported is what is imported" {
	sheaf export > first.jsonl
	[ "$(wc -l < first.jsonl)" -eq 8 ]
	sheaf -q --db copy.db import first.jsonl > summary
	[[ "$(cat summary)" == "added 8, "* ]]
	sheaf --db copy.db export > second.jsonl
	diff first.jsonl second.jsonl
}

@test "export takes a query, and ends with 1 where nothing matches" {
	run -0 --separate-stderr sheaf export lamps
	[ "${#lines[@]}" -eq 3 ]
	run -0 --separate-stderr sheaf export --cat cs.NE
	[ "${#lines[@]}" -eq 2 ]
	run -1 --separate-stderr sheaf export zebra
	[ -z "$output" ]
	sheaf -q --db empty.db init > made
	run -1 sheaf --db empty.db export
}

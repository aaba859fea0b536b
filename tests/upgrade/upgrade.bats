#!/usr/bin/env bats
# Databases that older releases made: refused with what to do, then rebuilt without loss.

load ../cli/sandbox

setup() {
	needs zstd
	sandbox "$BATS_TEST_TMPDIR"
	zstd -dq "$SHEAF_SOURCE/tests/upgrade/schema-1.db.zst" -o "$SHEAF_DB"
}

@test "reading an old schema says what to do, and leaves the file as it is" {
	cp "$SHEAF_DB" before.db
	for command in "search network" "count network" "show 2401.00001" status export; do
		# shellcheck disable=SC2086 # a command and its arguments
		run -7 --separate-stderr sheaf $command
		[ -z "$output" ]
		# shellcheck disable=SC2154 # bats sets stderr
		[[ "$stderr" == *"made by an older sheaf (schema 1); run 'sheaf reindex'"* ]]
	done
	cmp before.db "$SHEAF_DB"
}

@test "writing to an old schema is refused alike, and leaves the file as it is" {
	paper 2402.00001 'New' 'Words.' > new.jsonl
	sqlite() { sqlite3 "$SHEAF_DB" "PRAGMA user_version; SELECT count(*) FROM document"; }
	needs sqlite3
	sqlite > before
	run -7 --separate-stderr sheaf import new.jsonl
	[[ "$stderr" == *"run 'sheaf reindex'"* ]]
	run -7 --separate-stderr sheaf check
	sqlite | diff before -
}

@test "reindex migrates and rebuilds, and everything is there" {
	run -0 --separate-stderr sheaf reindex
	[[ "$output" == "reindexed 6, "* ]]
	run -0 --separate-stderr sheaf check
	[[ "$output" == *"no fault found"* ]]
	run -0 --separate-stderr sheaf status
	[[ "$output" == *"documents: 6"* ]]
	[[ "$output" == *"revision: 7"* ]]
	[[ "$output" == *"uuid: d0f178d4-4d54-4e71-8f0f-a992cf8d7f28"* ]]
	[[ "$output" == *"oai cs:cs:NE from http://127.0.0.1/oai: complete"*"up to 2024-01-07"* ]]
}

@test "papers keep their text, versions and identifiers" {
	needs jq
	sheaf -q reindex > made
	sheaf export > papers.jsonl
	[ "$(jq -r .id papers.jsonl | sort | tr '\n' ' ')" = "2401.00001 2401.00002 2401.00003 2401.00004 2401.00006 math/0001005 " ]
	jq -c 'select(.id == "2401.00001") | [.title, .authors, .comments, .doi, ."report-no", .categories, (.versions | length)]' papers.jsonl > kept
	[ "$(cat kept)" = '["A network that sees","Ada B. Quist, Lara del Monte","8 pages","10.1000/lamp.1","LAMP-7","cs.NE cs.CV",2]' ]
	[[ "$(jq -r 'select(.id == "2401.00001").abstract' papers.jsonl)" == *"two lamps"* ]]
}

@test "what is new in the index works on old papers" {
	sheaf -q reindex > made
	[ "$(sheaf search --format ids 'au:delmonte_l')" = 2401.00001 ]
	[ "$(sheaf search --format ids 'au:"A. Quist"')" = 2401.00001 ]
	[ "$(sheaf search --format ids 'au:="Ada B Quist"')" = 2401.00001 ]
	[ "$(sheaf search --format ids 'au:"Zee, K."')" = 2401.00002 ]
	[ "$(sheaf search --format ids 'au:odara')" = 2401.00002 ]
	[ "$(sheaf search --format ids 'au:"I. Nunez"')" = math/0001005 ]
	[ "$(sheaf count network)" = 2 ]
	[ "$(sheaf search --format ids 'ti:schrodinger')" = 2401.00003 ]
	[ "$(sheaf count 'cat:cs.NE')" = 2 ]
}

@test "profiles, placements and deliveries are kept" {
	needs sqlite3
	state() {
		sqlite3 "$SHEAF_DB" "SELECT digest, profile, docid FROM placement $2 ORDER BY 1, 2, 3;
			SELECT digest, $1, version, delivered FROM delivery ORDER BY 1, 2; SELECT name, yaml FROM profile_set"
	}
	# Deliveries were by docid; they are by identifier now.
	state '(SELECT id FROM document WHERE document.docid = delivery.docid)' > before
	[ "$(grep -c '^lamps|' before)" -ge 12 ]
	sheaf -q reindex > made
	# A profile was its name in every placement.
	state id 'JOIN profile_state USING(track)' | diff before -
	run -1 --separate-stderr sheaf digest --since last --now 2024-02-02
}

@test "the database can be written again, and reindexed again" {
	sheaf -q reindex > made
	paper 2402.00001 'Networks anew' 'Words about lamps.' > new.jsonl
	run -0 --separate-stderr sheaf import new.jsonl
	[[ "$output" == "added 1, "* ]]
	[ "$(sheaf count network)" = 3 ]
	run -0 --separate-stderr sheaf reindex
	[[ "$output" == "reindexed 7, "* ]]
	[ "$(sheaf count network)" = 3 ]
	run -0 --separate-stderr sheaf check
}

@test "a database of the second schema is rebuilt, too" {
	needs sqlite3
	sqlite3 "$SHEAF_DB" ".read $SHEAF_SOURCE/index/schema/0002-names-values-words.sql" 'PRAGMA user_version = 2'
	run -7 --separate-stderr sheaf count network
	[[ "$stderr" == *"made by an older sheaf (schema 2); run 'sheaf reindex'"* ]]
	run -0 --separate-stderr sheaf reindex
	[ "$(sheaf count network)" = 2 ]
	run -0 --separate-stderr sheaf check
}

@test "a database of the third schema is brought up when it is first opened, to read as well" {
	needs sqlite3
	zstd -dqf "$SHEAF_SOURCE/tests/upgrade/schema-3.db.zst" -o "$SHEAF_DB"
	[ "$(sheaf search --format ids 'au:"K. Zee"')" = 2401.00002 ]
	[ "$(sqlite3 "$SHEAF_DB" 'PRAGMA user_version')" = 6 ]
	run -0 --separate-stderr sheaf status
	[[ "$output" == *"documents: 3"*"revision: 3"*"oai cs:cs:NE from http://127.0.0.1/oai: complete"* ]]
	run -0 --separate-stderr sheaf check
	[ "$(sheaf show --format tsv --fields change,announced 2401.00001)" = "	" ]
	# A copy that comes again tells what is new to know, and is no change.
	sheaf export | sheaf import - > again
	grep -q '^added 0, updated 0, unchanged 3, ' again
	[ "$(sheaf search --format ids announced:2024-01-02)" = 2401.00001 ]
	[ "$(sheaf count lamp)" = 2 ]
	run -0 --separate-stderr sheaf check
}

@test "a database of the fourth schema keeps what was delivered, by identifier" {
	needs sqlite3
	zstd -dqf "$SHEAF_SOURCE/tests/upgrade/schema-4.db.zst" -o "$SHEAF_DB"
	sheaf digest --since last --format json > left
	[ "$(grep -o '"id":"[^"]*"' left)" = '"id":"2401.00001"' ]
	[ "$(sqlite3 "$SHEAF_DB" 'SELECT id, version, delivered FROM delivery ORDER BY id')" = $'2401.00002|1|1706745600\n2401.00003|1|1706745600' ]
	run -0 --separate-stderr sheaf check
}

@test "a database of the third schema that cannot be written to says what to do" {
	zstd -dqf "$SHEAF_SOURCE/tests/upgrade/schema-3.db.zst" -o "$SHEAF_DB"
	: > "$SHEAF_DB-lock"
	flock "$SHEAF_DB-lock" sleep 30 3>&- &
	holder=$!
	sleep 0.3
	run -7 --separate-stderr sheaf count lamp
	kill $holder
	[[ "$stderr" == *"made by an older sheaf (schema 3)"*"run 'sheaf compact'"* ]]
}

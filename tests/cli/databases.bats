#!/usr/bin/env bats
# Several databases that answer as one.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	papers > papers.jsonl
	head -n 3 papers.jsonl > first.jsonl
	tail -n +4 papers.jsonl | head -n 3 > second.jsonl
	tail -n +7 papers.jsonl > third.jsonl
	sheaf -q import papers.jsonl
	for part in first second third; do sheaf -q --db "$part.db" import "$part.jsonl"; done
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	cd "$BATS_FILE_TMPDIR" || return
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

parts() {
	sheaf --db first.db --db second.db --db=third.db "$@"
}

@test "the same papers with the same scores as in one" {
	for query in lamps network 'marbles OR river' 'lamps NOT skin' 'cat:cs.*' 'comput*' '"quiet river"'; do
		sheaf search --format tsv --fields id,score -n 50 -- "$query" > one
		parts search --format tsv --fields id,score -n 50 -- "$query" > several
		diff <(sort one) <(sort several)
		[ "$(cut -f 2 one)" = "$(cut -f 2 several)" ]
		[ "$(sheaf count -- "$query")" = "$(parts count -- "$query")" ]
	done
}

@test "facets, ids and papers like these over all of them" {
	needs jq
	sheaf search --json -n 0 --facet category 'lamps OR marbles' | jq -c .facets > one
	parts search --json -n 0 --facet category 'lamps OR marbles' | jq -c .facets | diff one -
	[ "$(parts show --format ids 2401.00008 2401.00001)" = $'2401.00008\n2401.00001' ]
	sheaf similar --format ids 2401.00005 | sort > one
	[ -s one ]
	parts similar --format ids 2401.00005 | sort | diff one -
}

@test "one that is there twice, or not at all, is refused" {
	run -2 sheaf --db first.db --db ./first.db count lamps
	[[ "$output" == *"the same database"* ]]
	cp second.db copy.db
	run -2 sheaf --db first.db --db second.db --db copy.db count lamps
	run -9 sheaf --db first.db --db missing.db count lamps
	[[ "$output" == *"missing.db: no database there"* ]]
	[ ! -e missing.db ]
	sheaf --db german.db init --stemmer german
	run -2 sheaf --db first.db --db german.db count lamps
	[[ "$output" == *"german.db"* ]]
}

@test "what writes, or is about one file, takes one" {
	for command in 'import papers.jsonl' status check export 'synonym list' compact reindex; do
		# shellcheck disable=SC2086 # a command and its words
		run -2 sheaf --db first.db --db second.db $command
		[[ "$output" == *"works on one database, and --db was given 2 times" ]]
	done
}

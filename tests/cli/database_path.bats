#!/usr/bin/env bats
# Which database is used, and when it is made.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	unset SHEAF_DB
	papers > papers.jsonl
}

@test "the flag goes before the environment, that before the home" {
	sheaf -q import papers.jsonl
	[ -f "$HOME/.local/share/sheaf/sheaf.db" ]
	XDG_DATA_HOME="$PWD/data" sheaf -q import papers.jsonl
	[ -f data/sheaf/sheaf.db ]
	XDG_DATA_HOME="$PWD/data2" SHEAF_DB="$PWD/env.db" sheaf -q import papers.jsonl
	[ -f env.db ]
	[ ! -e data2 ]
	SHEAF_DB="$PWD/env2.db" sheaf -q --db flag.db import papers.jsonl
	[ -f flag.db ]
	[ ! -e env2.db ]
}

@test "a relative XDG folder is ignored, an empty SHEAF_DB as well" {
	XDG_DATA_HOME=relative SHEAF_DB= sheaf -q import papers.jsonl
	[ ! -e relative ]
	[ -f "$HOME/.local/share/sheaf/sheaf.db" ]
}

@test "without a home the flag is asked for" {
	run -2 env -u HOME "$SHEAF" status
	[[ "$output" == *"--db"* ]]
	run -2 sheaf --db '' status
}

@test "a command that only reads never makes a database" {
	for command in 'search network' 'count network' 'show 2401.00001' 'export' 'status' 'check' 'compact' 'reindex' \
		'classify' 'digest' 'profile list' 'profile check'; do
		run -9 --separate-stderr sheaf --db none.db $command
		[[ "$stderr" == *"none.db: no database there; run 'sheaf import FILE' or 'sheaf harvest'"* ]]
		[ -z "$output" ]
		run -9 sheaf $command
	done
	[ -z "$(find . -name '*.db*' -print)" ]
}

@test "init makes an empty database, once" {
	run -0 sheaf --db new.db init
	[ -f new.db ]
	run -0 --separate-stderr sheaf --db new.db status --json
	[[ "$output" == *'"documents":0,'* ]]
	before=$(sha256sum < new.db)
	run sheaf --db new.db init
	[ "$status" -ne 0 ]
	[[ "$output" == *new.db* ]]
	[ "$before" = "$(sha256sum < new.db)" ]
}

@test "init keeps the stemmer that it is given" {
	sheaf --db german.db init --stemmer german
	[[ "$(sheaf --db german.db status)" == *"stemmer: german"* ]]
	sheaf -q --db plain.db init --stem-strategy none
	sheaf -q --db plain.db import papers.jsonl
	[ "$(sheaf --db plain.db count network)" = 1 ]
}

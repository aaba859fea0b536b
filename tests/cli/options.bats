#!/usr/bin/env bats
# The command line: where options stand, what is refused, and what help says.

load papers

same_answer() {
	sheaf search --format ids -n 1 network > expected
	run -0 cat expected
	[ -n "$output" ]
	"$@" > actual
	diff expected actual
}

@test "options stand before or after the command, joined or apart" {
	same_answer sheaf -n 1 --format ids search network
	same_answer sheaf --format=ids search -n1 network
	same_answer sheaf search network --format ids --limit=1
	same_answer sheaf --limit 1 search --format ids -- network
	same_answer sheaf -qn 1 search --format ids network
	same_answer sheaf --db "$SHEAF_DB" -q search --format ids network -n 1
	same_answer sheaf search --db="$SHEAF_DB" --format ids network -n 1
	same_answer sheaf --format ids -n 1 -- search network
}

@test "the words are joined to one query" {
	[ "$(sheaf search --format ids '"over the quiet"')" = 2401.00007 ]
	[ "$(sheaf search --format ids quiet river)" = "$(sheaf search --format ids 'quiet river')" ]
}

@test "two dashes end options" {
	run -0 --separate-stderr sheaf search --format ids -- -network lamps
	[[ "$output" != *2401.00001* ]]
	[[ "$output" == *2401.00005* ]]
	run -2 sheaf search --format ids -network lamps
	[[ "$output" == *"-- goes before words that begin with -"* ]]
	run -1 sheaf search -- --format
}

@test "the last of a repeated option holds" {
	run -0 sheaf search -n 5 -n 1 --format json --format ids lamps
	[ "${#lines[@]}" -eq 1 ]
}

@test "unknown options and commands suggest the nearest one" {
	run -2 sheaf search --fromat ids network
	[ "$output" = "sheaf: unknown option --fromat (did you mean --format?)" ]
	run -2 sheaf serach network
	[[ "$output" == "sheaf: unknown command 'serach' (did you mean search?)"* ]]
	run -2 sheaf frobnicate
	[[ "$output" == "sheaf: unknown command 'frobnicate'"* ]]
	run -2 sheaf search --format xml network
	[[ "$output" == *"--format: unknown 'xml'"* ]]
	run -2 sheaf profile lsit
	[[ "$output" == *"did you mean list?"* ]]
}

@test "values are checked" {
	run -2 sheaf search -n many network
	[[ "$output" == *"--limit: 'many' is not a whole number"* ]]
	run -2 sheaf search -n -1 network
	run -2 sheaf search --since soon network
	[[ "$output" == *"--since: 'soon' is not a date"* ]]
	run -2 sheaf search network --limit
	[[ "$output" == *"--limit needs a value (N)"* ]]
	run -2 sheaf search --analyze=yes network
	[[ "$output" == *"--analyze takes no value"* ]]
	run -2 sheaf search --reverse network
	run -2 sheaf search --cat 'cs.NE OR x' network
	run -2 sheaf harvest --source api
	run -2 sheaf harvest --query lamps
	run -2 sheaf --db new.db harvest --delay 1 --set cs.NE
	[[ "$output" == *arXiv* ]]
	run -2 sheaf digest --profiles a.yaml --cat cs.NE
	run -2 sheaf init --stemmer englsh --db none.db
	[[ "$output" == *"did you mean english?"* ]]
	[ ! -e none.db ]
}

@test "missing and surplus words are refused" {
	run -2 sheaf search
	run -2 sheaf count
	run -2 sheaf show
	run -2 sheaf import
	run -2 sheaf check now
	[[ "$output" == *"'now' is one argument too many"* ]]
	run -2 sheaf profile
	run -2 sheaf profile show
	run -2 sheaf
	[[ "$output" == "usage: sheaf"* ]]
	run -2 sheaf -q
}

@test "help is on standard output, for sheaf and for each command" {
	run -0 --separate-stderr sheaf --help
	[[ "$output" == "usage: sheaf"* ]]
	[ -z "$stderr" ]
	for command in $(sheaf help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
		run -0 --separate-stderr sheaf help "$command"
		[[ "$output" == "usage: sheaf $command"* ]]
		expected="$output"
		run -0 sheaf "$command" --help
		[ "$output" = "$expected" ]
		run -0 sheaf -h "$command"
		[ "$output" = "$expected" ]
	done
	run -2 sheaf help serach
	[[ "$output" == *"did you mean search?"* ]]
}

@test "help needs no database and no words" {
	SHEAF_DB="$PWD/none.db" run -0 sheaf search --help
	[ ! -e none.db ]
}

@test "versions of sheaf and its libraries" {
	run -0 --separate-stderr sheaf --version
	[[ "${lines[0]}" == "sheaf "[0-9]* ]]
	for library in SQLite libcurl libxml2 Snowball; do
		[[ "$output" == *"$library "* ]]
	done
	expected="$output"
	run -0 sheaf version
	[ "$output" = "$expected" ]
}

@test "an unknown command is looked for on PATH" {
	mkdir bin
	printf '#!/bin/sh\necho "extension: $* db=$SHEAF_DB"\nexit 7\n' > bin/sheaf-hello
	chmod +x bin/sheaf-hello
	PATH="$PWD/bin:$PATH" run -7 sheaf --db x.db hello --odd -n world
	[ "$output" = "extension: --odd -n world db=x.db" ]
	PATH="$PWD/bin:$PATH" run -2 sheaf ../hello
}

@test "control characters on the command line do not come back" {
	run -2 sheaf $'se\x1b[31mrach'
	[[ "$output" != *$'\x1b'* ]]
	run -2 sheaf search $'--fo\x1b[31m'
	[[ "$output" != *$'\x1b'* ]]
	run sheaf search --format text $'zzz\x1b[31mzzz'
	[[ "$output" != *$'\x1b'* ]]
	run sheaf search --analyze $'network\x1b[31m\x07'
	[[ "$output" != *$'\x1b'* ]]
}

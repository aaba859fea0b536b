#!/usr/bin/env bats
# Words that were mistyped, put right from the words of the database.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	for n in $(seq 10 99); do
		paper "2401.000$n" "Memristor crossbars, part $n" 'Neuromorphic hardware with memristors and synapses.'
	done > papers.jsonl
	sheaf -q import papers.jsonl
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

@test "a note on standard error, with the whole query put right" {
	run -1 --separate-stderr sheaf search memrsitor
	[ "$stderr" = "sheaf: did you mean: memristor" ]
	run -1 --separate-stderr sheaf search --format ids 'ti:memristor AND neuromorhpic'
	[ "$stderr" = "sheaf: did you mean: ti:memristor AND neuromorphic" ]
	[ -z "$output" ]
	run -1 --separate-stderr sheaf -q search memrsitor
	[ -z "$stderr" ]
}

@test "in json under its key, and nowhere else" {
	needs jq
	run -1 --separate-stderr sheaf search --json memrsitor
	[ -z "$stderr" ]
	[ "$(jq -r .did_you_mean <<< "$output")" = memristor ]
	run -0 --separate-stderr sheaf search --json memristor
	[ "$(jq .did_you_mean <<< "$output")" = null ]
}

@test "words that are right, exact or unlike any are left alone" {
	for query in memristor memristors hardware '"memrsitor"' '=memrsitor' 'memrsi*' 'zzzzqqqq' 'cat:cs.EN' 'id:2401.99999'; do
		run --separate-stderr sheaf search --format ids -- "$query"
		[[ "$stderr" != *"did you mean"* ]] || { echo "$query: $stderr"; false; }
	done
}

@test "filters of the command line do not hide it" {
	run -1 --separate-stderr sheaf search --format ids --cat cs.NE --since 2024 memrsitor
	[ "$stderr" = "sheaf: did you mean: memristor" ]
}

@test "of a batch only where it stands beside the answer" {
	needs jq
	printf 'a\tmemrsitor\nb\tmemristor\n' > queries.tsv
	run -0 --separate-stderr sheaf search --batch queries.tsv --json
	[ -z "$stderr" ]
	[ "$(jq -c .did_you_mean <<< "$output" | tr '\n' ' ')" = '"memristor" null ' ]
	run -0 --separate-stderr sheaf search --batch queries.tsv --format trec
	[ -z "$stderr" ]
}

@test "analyze says it, count does not" {
	run -0 --separate-stderr sheaf search --analyze memrsitor
	[ "$stderr" = "sheaf: did you mean: memristor" ]
	run -1 --separate-stderr sheaf count memrsitor
	[ -z "$stderr" ]
}

#!/usr/bin/env bats
# Searching: what matches exactly what, and how it is printed.

load papers

@test "a word finds its stem, a quoted word only itself" {
	[ "$(ids network)" = 12 ]
	[ "$(ids networks)" = 12 ]
	[ "$(ids '"network"')" = 1 ]
	[ "$(ids '"networks"')" = 2 ]
	[ "$(ids '=networks')" = 2 ]
}

@test "a prefix finds all words that begin so" {
	[ "$(ids 'computat*')" = 3 ]
	[ "$(ids 'comput*')" = 3 ]
	[ "$(ids 'netw*')" = 12 ]
}

@test "accents and TeX do not matter" {
	[ "$(ids Schrodinger)" = 4 ]
	[ "$(ids 'Schr\"odinger')" = 4 ]
	[ "$(ids Schrödinger)" = 4 ]
	[ "$(ids 'grüße')" = 8 ]
}

@test "both spellings of a hyphenated word are found" {
	[ "$(ids non-invasive)" = 56 ]
}

@test "a phrase goes over a line break" {
	[ "$(ids '"quiet river bank"')" = 7 ]
	[ "$(ids '"river quiet"')" = "" ]
}

@test "operators, fields and exclusion" {
	[ "$(ids 'network AND lamps')" = 1 ]
	[ "$(ids 'computational OR schrodinger')" = 34 ]
	[ "$(ids 'lamps NOT skin')" = 1 ]
	[ "$(ids -- 'lamps -skin')" = 1 ]
	[ "$(ids 'ti:network')" = 12 ]
	[ "$(ids 'abs:lamps')" = 156 ]
	[ "$(ids 'au:Quist cat:quant-ph')" = 4 ]
	[ "$(ids 'primary:cs.NE')" = 12 ]
	[ "$(ids 'cat:cs.*')" = 123578 ]
	[ "$(ids 'id:2401.00003')" = 3 ]
}

@test "match any joins words by or" {
	[ "$(ids 'computational equation')" = "" ]
	[ "$(ids --match any 'computational equation')" = 34 ]
}

@test "dates and categories filter, with whole days" {
	[ "$(ids --since 2024-01-03 --until 2024-01-05)" = 345 ]
	[ "$(ids --until 2024-01-02 network)" = 12 ]
	[ "$(ids --since 2024-01 --until 2024-01 lamps)" = 156 ]
	[ "$(ids --since 2024-02 lamps)" = "" ]
	[ "$(ids --cat cs.NE)" = 12 ]
	[ "$(ids --cat cs.CC --cat quant-ph)" = 34 ]
	[ "$(ids --cat 'q-bio.*' --since 2024-01-06)" = 6 ]
	[ "$(ids --cat cs.CL marbles)" = "" ]
	[ "$(ids --since '2024-01-06 10:00' --until '2024-01-07 09:59')" = 6 ]
}

@test "sorting by date, both ways, with offset and limit" {
	run -0 sheaf search --format ids --sort submitted -n 2 lamps
	[ "$output" = $'2401.00006\n2401.00005' ]
	run -0 sheaf search --format ids --sort submitted --reverse -n 2 lamps
	[ "$output" = $'2401.00001\n2401.00005' ]
	run -0 sheaf search --format ids --sort updated --offset 1 -n 1 lamps
	[ "$output" = 2401.00005 ]
	run -0 sheaf search --format json -n 0 lamps
	[[ "$output" == *'"total":3,'*'"results":[]'* ]]
}

@test "a word in the title weighs more" {
	paper 2403.00001 'Quartz' 'Nothing else to say of pebbles here.' > more.jsonl
	paper 2403.00002 'Pebbles' 'Nothing else to say of quartz here.' >> more.jsonl
	sheaf -q --db more.db import more.jsonl
	[ "$(sheaf --db more.db search --format ids -n 1 quartz)" = 2403.00001 ]
	[ "$(sheaf --db more.db search --format ids -n 1 pebbles)" = 2403.00002 ]
}

@test "nothing matches, or nothing is left to search for: code 1" {
	run -1 --separate-stderr sheaf search --format ids zebra
	[ -z "$output" ]
	run -1 --separate-stderr sheaf search --format ids '""'
	[[ "$stderr" == *"nothing is left to search for"* ]]
	run -1 --separate-stderr sheaf search --format json zebra
	[[ "$output" == *'"total":0,'* ]]
}

@test "an unknown field is taken as a word, and said so" {
	run --separate-stderr sheaf search --format ids 'colour:network'
	[[ "$stderr" == *colour* ]]
	run --separate-stderr sheaf -q search --format ids 'colour:network'
	[ -z "$stderr" ]
}

@test "whatever is pasted is no syntax error" {
	for query in '"unbalanced network' '((network' 'network))' 'C++' '$L^2$' 'a:b' '***' 'AND OR NOT' \
		'submitted:[* TO' 'NEAR/' "'; DROP TABLE document; --" '{"title":"network"}' 'ti:' '+' '- - -' '\' '%s%n'; do
		run --separate-stderr sheaf search --format ids -- "$query"
		[ "$status" -le 1 ]
	done
	run -2 sheaf search --format ids "$(head -c 5000 /dev/zero | tr '\0' a)"
}

@test "json has the keys that scripts rely on" {
	run -0 --separate-stderr sheaf search --json --highlight lamps
	[ "${#lines[@]}" -eq 1 ]
	for key in '"format_version":1,' '"query":"lamps"' '"parsed":' '"total":3' '"exact":true' '"results":[' \
		'"facets":{}' '"did_you_mean":null' '"rank":1' '"percent":' '"score":' '"snippet":"' \
		'"submitted":"2024-01-0' '"doi":null' '"withdrawn":false'; do
		[[ "$output" == *"$key"* ]]
	done
	[[ "$output" == *$'\uE000'[Ll]amps$'\uE001'* ]]
	run -0 --separate-stderr sheaf search --json lamps
	[[ "$output" != *$'\uE000'* ]]
}

@test "a batch answers each line; as json one object a line" {
	printf 'a\tlamps\nb\tzebra\n\nnetwork\r\n' > queries.tsv
	run -0 --separate-stderr sheaf search --batch queries.tsv --format json
	[ "${#lines[@]}" -eq 3 ]
	[[ "${lines[0]}" == *'"query":"lamps"'* ]]
	[[ "${lines[1]}" == *'"total":0'* ]]
	[[ "${lines[2]}" == *'"query":"network"'* ]]
	run -0 --separate-stderr sheaf search --batch - --format ids -n 1 < queries.tsv
	[ "${#lines[@]}" -eq 2 ]
	printf 'a\tzebra\n' > none.tsv
	run -1 sheaf search --batch none.tsv --format ids
}

@test "trec writes a run" {
	printf 'q7\tlamps\nnetwork\n' > queries.tsv
	run -0 --separate-stderr sheaf search --batch queries.tsv --format trec
	[ "${#lines[@]}" -eq 5 ]
	[[ "${lines[0]}" =~ ^q7\ Q0\ 2401\.0000[156]\ 1\ [0-9.]+\ sheaf$ ]]
	[[ "${lines[2]}" =~ ^q7\ Q0\ 2401\.0000[156]\ 3\ [0-9.]+\ sheaf$ ]]
	[[ "${lines[3]}" =~ ^2\ Q0\ 2401\.0000[12]\ 1\ [0-9.]+\ sheaf$ ]]
}

@test "a batch goes on after a query that is refused" {
	{ printf 'a\tlamps\nb\t'; head -c 5000 /dev/zero | tr '\0' a; printf '\nc\tnetwork\n'; } > queries.tsv
	run -3 --separate-stderr sheaf search --batch queries.tsv --format trec
	[[ "$stderr" == *queries.tsv:2:* ]]
	[[ "$output" == *'c Q0 '* ]]
	run -9 sheaf search --batch missing.tsv
	run -2 sheaf search --batch queries.tsv lamps
	head -c 100000 /dev/zero | tr '\0' a > long.tsv
	run -9 sheaf search --batch long.tsv
}

@test "analyze shows what was understood and how it is run" {
	run -0 --separate-stderr sheaf search --analyze 'ti:network -zebra'
	[ "${lines[0]}" = "query: ti:network -zebra" ]
	[[ "${lines[1]}" == "parsed: "*network* ]]
	[ "${#lines[@]}" -ge 3 ]
}

@test "colours only where they are asked for" {
	sheaf search network > plain
	run ! grep -q $'\x1b' plain
	sheaf search --color always network > coloured
	grep -q $'\x1b' coloured
	CLICOLOR_FORCE=1 sheaf search network > forced
	diff coloured forced
	CLICOLOR_FORCE=1 NO_COLOR=1 sheaf search network | diff plain -
	CLICOLOR_FORCE=1 sheaf search --color never network | diff plain -
}

@test "a reader that goes away ends it quietly" {
	for i in $(seq 1 500); do paper "2403.$(printf %05d "$i")" "Lamp number $i" 'A lamp.'; done > many.jsonl
	sheaf -q --db many.db import many.jsonl
	set +o pipefail
	sheaf --db many.db search -n 500 --format json lamp 2> stderr | head -c 10 > head
	[ ! -s stderr ]
	sheaf --db many.db export 2> stderr | head -n 1 > head
	[ ! -s stderr ]
	[ "$(wc -l < head)" -eq 1 ]
}

@test "a disk that is full is not passed over" {
	[ -w /dev/full ] || skip "there is no /dev/full"
	run -9 bash -c '"$SHEAF" search --json lamps > /dev/full'
	[[ "$output" == *"standard output: "* ]]
	run -9 bash -c '"$SHEAF" export > /dev/full'
	run -9 bash -c '"$SHEAF" status > /dev/full'
	run -9 bash -c '"$SHEAF" status >&-'
}

#!/usr/bin/env bats
# au: on the command line: persons by their names.

load sandbox

# One record with the authors $2.
by() {
	printf '{"id":"%s","authors":"%s","title":"A title","abstract":"Text.","categories":"cs.NE",' "$1" "$2"
	printf '"versions":[{"version":"v1","created":"Fri, 5 Jan 2024 10:00:00 GMT"}],"update_date":"2024-01-05"}\n'
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	{
		by 2401.00001 'Yann Legoff, Ada Quist'
		by 2401.00002 'Y. Legoff'
		by 2401.00003 'Yves Legoff'
		by 2401.00004 'Yann A. Legoff'
		by 2401.00005 'Adrian del Maestro'
		by 2401.00006 'A. Del Maestro and Finn O'"'"'Dara'
		by 2401.00007 'Jean-Pierre Sorel'
		by 2401.00008 'The Lamp Scientific Collaboration'
		by 2401.00009 'Yann Other, Ada Legoff'
	} > authors.jsonl
	sheaf -q import authors.jsonl > summary
}

# The last digits of what a query finds, in order.
found() {
	sheaf search --limit 50 --format ids "$@" | sed 's/.*0//' | sort | tr -d '\n'
}

@test "a word is anybody with that name" {
	[ "$(found au:legoff)" = 12349 ]
	[ "$(found au:ODara)" = 6 ]
	[ "$(found "au:O'Dara")" = 6 ]
}

@test "a full name is met where only the initial is known, too" {
	[ "$(found 'au:"Yann Legoff"')" = 124 ]
	[ "$(found 'au:"Legoff, Yann"')" = 124 ]
	[ "$(found 'au:"Yves Legoff"')" = 23 ]
}

@test "an initial is anybody whose name begins so" {
	for query in 'au:"Y Legoff"' 'au:"Y. Legoff"' au:legoff_y 'au:"Legoff, Y."' 'author:"Y. Legoff"'; do
		[ "$(found "$query")" = 1234 ]
	done
	[ "$(found 'au:"J-P Sorel"')" = 7 ]
	[ "$(found 'au:"M. Sorel"')" = "" ]
}

@test "particles may be joined, or left out" {
	for query in au:del_maestro au:delmaestro_a 'au:"A Del Maestro"' 'au:"del Maestro"' au:maestro_a au:delmaestro; do
		[ "$(found "$query")" = 56 ]
	done
}

@test "= is the whole name as it is printed" {
	[ "$(found 'au:="Yann Legoff"')" = 1 ]
	[ "$(found 'au:="y. LEGOFF"')" = 2 ]
	run -1 --separate-stderr sheaf count 'au:="Ada Other"'
	[ "$output" = 0 ]
}

@test "names work inside larger queries" {
	[ "$(found 'au:"Y. Legoff" NOT au:"Yves Legoff"')" = 14 ]
	[ "$(found 'au:"Yann Legoff" au:quist')" = 1 ]
	[ "$(found '(au:legoff_y OR au:delmaestro_a) cat:cs.NE')" = 123456 ]
	[ "$(found 'au:"Lamp Collaboration" OR au:"Lamp Scientific Collaboration"')" = 8 ]
}

@test "the plan shows no control characters" {
	sheaf search --analyze 'au:"J.-P. Sorel"' > plan
	grep -q 'sorel_j' plan
	no_controls plan
}

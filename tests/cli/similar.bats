#!/usr/bin/env bats
# Papers like these, and queries that grow.

load sandbox

# Subjects with words of their own, ten papers each: words of a fifth of all papers would count for nothing.
shelf() {
	for n in $(seq 10 19); do
		paper "2401.000$n" "Beetles and the moss of forest $n" 'Beetles eat moss where the forest is damp; larvae winter in moss.'
		paper "2402.000$n" "Tides in harbour $n" 'A harbour feels tides and storms; its quays are measured by gauges.' physics.ao-ph
		paper "2403.000$n" "Enamel on glass $n" 'Glass takes enamel in a kiln; pigments and flux are fired.' cond-mat.mtrl-sci
		paper "2405.000$n" "Choirs in stairwells $n" 'Voices echo on stone; singers tune by ear.' eess.AS
		paper "2406.000$n" "Yeast and dough, loaf $n" 'Dough rises warm; bakers knead by feel.' q-bio.CB
		paper "2407.000$n" "Kites over dunes $n" 'Wind lifts sails of silk; strings hum.' physics.flu-dyn
	done
	paper 2404.00001 'Enamel and its pigments' 'Flux makes glass run.' cond-mat.mtrl-sci
}

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	shelf > papers.jsonl
	sheaf -q import papers.jsonl
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

@test "a paper finds its like, without itself" {
	sheaf similar --format ids -n 9 2401.00010 | sort > found
	seq -f 2401.000%g 11 19 | diff - found
	sheaf similar --format ids -n 8 arXiv:2402.00010v1 https://arxiv.org/abs/2402.00011 | sort > found
	seq -f 2402.000%g 12 19 | diff - found
}

@test "a text on standard input finds papers like it" {
	printf 'Kilns for enamel: pigments, flux and glass.\nAnd no beetle.' | sheaf similar --format ids -n 11 - | sort > found
	{ seq -f 2403.000%g 10 19; echo 2404.00001; } | diff - found
}

@test "the query that it prints gives the same" {
	for like in 2401.00010 '2402.00010 2403.00012' '--cat physics.* 2402.00010'; do
		# shellcheck disable=SC2086 # several words
		sheaf similar --query-only $like > query
		[ "$(wc -l < query)" -eq 1 ]
		# shellcheck disable=SC2086
		sheaf similar --format trec $like > wrong 2>&1 || true
		# shellcheck disable=SC2086
		sheaf similar --format tsv --fields id,score -n 30 $like > expected
		sheaf search --format tsv --fields id,score -n 30 -- "$(cat query)" > actual
		diff expected actual
		[ -s actual ]
	done
	run -0 --separate-stderr sheaf similar --query-only 2401.00010
	[[ "$output" == *moss* ]]
	[[ "$output" == *2401.00010* ]]
}

@test "json has the query under parsed" {
	needs jq
	sheaf similar --json 2401.00010 > answer
	[ "$(jq -r .query answer)" = 2401.00010 ]
	[ "$(jq -r .parsed answer)" = "$(sheaf similar --query-only 2401.00010)" ]
	[ "$(jq '.results[0].rank' answer)" -eq 1 ]
}

@test "an id that is not there: 3 for some, 1 for all" {
	run -3 --separate-stderr sheaf similar --format ids -n 1 2401.00010 2599.99999
	[[ "$output" == 2401.* ]]
	[[ "$stderr" == *2599.99999* ]]
	run -1 --separate-stderr sheaf similar --format ids 2599.99999 nonsense!
	[ -z "$output" ]
	[[ "$stderr" == *2599.99999* ]]
	run -1 --separate-stderr sheaf similar --query-only 2599.99999
	[ -z "$output" ]
	run -2 sheaf similar
}

@test "restricted by date and category" {
	run -1 --separate-stderr sheaf similar --format ids --since 2025 2401.00010
	[ -z "$output" ]
	sheaf similar --format ids --cat cs.NE -n 30 2402.00010 > found || [ $? -eq 1 ]
	run ! grep -q '^240[23]' found
}

@test "text without words, and text without end" {
	run -1 --separate-stderr bash -c 'printf "" | "$SHEAF" similar --format ids -'
	[ -z "$output" ]
	[[ "$stderr" == *"no word"* ]]
	run -1 --separate-stderr bash -c 'printf "the of and !? \001\377" | "$SHEAF" similar --query-only -'
	[ -z "$output" ]
	run -2 --separate-stderr bash -c 'head -c 2000000 /dev/zero | tr "\0" "a" | "$SHEAF" similar -'
	[[ "$stderr" == *"longer than"* ]]
}

@test "a query that grows finds what has its best hits' words, within its filters" {
	sheaf search --format ids -n 30 kiln | sort > plain
	seq -f 2403.000%g 10 19 | diff - plain
	sheaf search --format ids -n 30 --expand kiln > grown
	head -n 10 grown | sort | diff plain -
	[ "$(sed -n 11p grown)" = 2404.00001 ]
	run ! grep -q '^240[12]' grown
	sheaf search --format ids -n 30 --expand 'kiln NOT flux' > grown || [ $? -eq 1 ]
	[ ! -s grown ]
	sheaf search --format ids -n 30 --expand --cat cs.NE 'kiln' > grown || [ $? -eq 1 ]
	[ ! -s grown ]
	sheaf search --analyze --expand kiln | grep -q enamel
}

#!/usr/bin/env bats
# Queries as arXiv's API reads them, and queries that name a saved profile.

load papers

@test "a gap is or" {
	[ "$(ids 'schrodinger skin')" = "" ]
	[ "$(ids --syntax arxiv 'schrodinger skin')" = 456 ]
	[ "$(ids --syntax sheaf 'schrodinger skin')" = "" ]
	[ "$(ids --syntax arxiv 'ti:schrodinger abs:skin')" = 456 ]
}

@test "operators bind alike and group to the right" {
	# (marbles AND schrodinger) OR lamps, against marbles AND (schrodinger OR lamps)
	[ "$(ids 'marbles AND schrodinger OR lamps')" = 1456 ]
	[ "$(ids --syntax arxiv 'marbles AND schrodinger OR lamps')" = 4 ]
	[ "$(ids --syntax arxiv '(marbles AND schrodinger) OR lamps')" = 1456 ]
}

@test "with explicit operators and full parentheses both mean the same" {
	for query in 'ti:network AND abs:lamps' '(lamps ANDNOT skin) OR marbles' 'lamps ANDNOT (imaging OR network)' \
		'cat:cs.NE AND submittedDate:[202401010000 TO 202401012359]' 'au:quist AND "quiet river"'; do
		[ -n "$(ids "$query")" ]
		[ "$(ids "$query")" = "$(ids --syntax arxiv "$query")" ]
	done
}

@test "count and export read it, too; another syntax is refused" {
	[ "$(sheaf count --syntax arxiv 'schrodinger skin')" -eq 3 ]
	[ "$(sheaf export --syntax arxiv 'schrodinger skin' | wc -l)" -eq 3 ]
	run -2 sheaf search --syntax arxvi lamps
	[ "$output" = "sheaf: --syntax: unknown 'arxvi' (did you mean arxiv?)" ]
}

@test "as in an address" {
	[ "$(ids 'ti:network+AND+abs:lamps')" = 1 ]
	[ "$(ids 'abs:%22quiet+river%22')" = 7 ]
	[ "$(ids 'lamps+ANDNOT+%28imaging+OR+network%29')" = 5 ]
}

@test "a saved profile inside a query" {
	cat > topics.yaml <<- 'X'
		digest:
		  name: mine
		profiles:
		  light:
		    query: lamps OR 中文
		  stones:
		    query: marbles
	X
	cp "$SHEAF_DB" topics.db
	export SHEAF_DB="$PWD/topics.db"
	sheaf -q classify --profiles topics.yaml > out
	[ "$(ids 'query:light')" = 1568 ]
	[ "$(ids 'query:light cat:q-bio.NC')" = 56 ]
	[ "$(ids 'query:light OR query:stones')" = 134568 ]
	[ "$(ids 'query:mine/stones')" = 34 ]
	[ "$(sheaf count 'query:stones NOT schrodinger')" -eq 1 ]
	run --separate-stderr sheaf search --format ids 'query:nosuch'
	[[ "$stderr" == *nosuch* ]]
}

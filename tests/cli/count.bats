#!/usr/bin/env bats
# How many papers match, and papers by their ids.

load papers

@test "count prints a number" {
	run -0 --separate-stderr sheaf count lamps
	[ "$output" = 3 ]
	run -1 --separate-stderr sheaf count zebra
	[ "$output" = 0 ]
	run -0 --separate-stderr sheaf count --cat cs.NE
	[ "$output" = 2 ]
	run -0 --separate-stderr sheaf count --match any computational equation
	[ "$output" = 2 ]
}

@test "count agrees with search" {
	for query in network 'cat:cs.*' 'lamps NOT skin' 'submitted:2024-01-03..' 'NOT lamps'; do
		[ "$(sheaf count -- "$query")" = "$(sheaf search -n 100 --format ids -- "$query" | wc -l)" ]
	done
}

@test "count --batch takes files, standard input and queries" {
	printf 'a\tlamps\nnetwork\nzebra\n' > queries.tsv
	run -0 --separate-stderr sheaf count --batch queries.tsv
	[ "$output" = $'3\n2\n0' ]
	run -0 --separate-stderr sheaf count --batch - < queries.tsv
	[ "$output" = $'3\n2\n0' ]
	run -0 --separate-stderr sheaf count --batch < queries.tsv
	[ "$output" = $'3\n2\n0' ]
	run -0 --separate-stderr sheaf --batch count lamps 'network OR lamps'
	[ "$output" = $'3\n4' ]
}

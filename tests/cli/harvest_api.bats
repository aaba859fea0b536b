#!/usr/bin/env bats
# Harvesting a query from the Atom API.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

teardown() {
	replay_stop
}

ask() {
	"$SHEAF" harvest --source api --base-url "$REPLAY_URL/api/query" --delay 0 "$@"
}

everything='cat:cs.* OR cat:math.* OR cat:physics.* OR cat:astro-ph.* OR cat:eess.* OR cat:quant-ph OR cat:cond-mat.* OR cat:q-bio.* OR cat:stat.*'

# What the API says that a query has.
total() {
	curl -s -S -G "$REPLAY_URL/api/query" --data-urlencode "search_query=$1" --data-urlencode max_results=1 |
		sed -n 's/.*<opensearch:totalResults[^>]*>\([0-9]*\)<.*/\1/p'
}

@test "all results of a query come, newest update first" {
	needs curl
	replay_start --papers 500
	n=$(total 'cat:cs.NE')
	[ "$n" -gt 3 ]
	run -0 --separate-stderr ask --query 'cat:cs.NE'
	[[ "$output" == "added $n,"* ]]
	[ "$(sheaf count -- '-id:none')" -eq "$n" ]
	[ "$(sheaf count -- 'cat:cs.NE')" -eq "$n" ]
	logged 3 | tail -n 1 | grep -q 'search_query=cat%3Acs.NE&sortBy=lastUpdatedDate&sortOrder=descending&start=0&max_results=200$'
	run -1 --separate-stderr ask --query 'cat:cs.NE'
	[[ "$output" == "added 0, updated 0,"* ]]
	sheaf check
}

@test "a long list is read page by page, and what is new later costs few requests" {
	needs curl
	replay_start --papers 1200 --per-day 12 --to 2026-11-18
	n=$(total "$everything")
	[ "$n" -gt 400 ]
	ask --query "$everything" > out
	[ "$(sheaf count -- '-id:none')" -eq "$n" ]
	port=${REPLAY_URL##*:}
	replay_stop
	replay_start --papers 1200 --per-day 12 --to 2026-11-20 --port "$port"
	more=$(total "$everything")
	[ "$more" -gt "$n" ]
	before=$(requests)
	ask --query "$everything" > out
	[ "$(sheaf count -- '-id:none')" -eq "$more" ]
	[ $(($(requests) - before)) -eq 2 ]
}

@test "the newest N are the newest N each time" {
	needs curl
	replay_start --papers 600
	run -0 --separate-stderr ask --query "$everything" --max-records 30
	[[ "$output" == "added 30,"* ]]
	run -1 --separate-stderr ask --query "$everything" --max-records 30
	[[ "$output" == "added 0, updated 0, unchanged 30,"* ]]
	run -0 ask --query "$everything"
	[ "$(sheaf count -- '-id:none')" -eq "$(total "$everything")" ]
}

@test "an interrupted list goes on where it was, after what is new at its head" {
	needs curl
	replay_start --papers 900 --per-day 12 --to 2026-11-10
	ask --query "$everything" --max-pages 2 > out
	[ "$(sheaf count -- '-id:none')" -eq 400 ]
	port=${REPLAY_URL##*:}
	replay_stop
	replay_start --papers 1200 --per-day 12 --to 2026-11-20 --port "$port"
	ask --query "$everything" > out
	[ "$(sheaf count -- '-id:none')" -eq "$(total "$everything")" ]
}

@test "empty pages and other trouble are asked for again" {
	needs curl
	replay_start --papers 700 --faults nothing:at=1 --faults nothing:at=3 --faults cut:at=5 --faults 503:at=7:retry-after=0 \
		--faults html:at=9
	run -0 ask --query "$everything"
	replay_stop
	replay_start --papers 700
	[ "$(sheaf count -- '-id:none')" -eq "$(total "$everything")" ]
}

@test "a query without results is nothing new, and believed the second time only" {
	replay_start --papers 50
	run -1 --separate-stderr ask --query 'all:zzyzzx'
	[ "$(requests)" -eq 2 ]
}

@test "what the API refuses is told in its own words" {
	replay_start --papers 50
	run -4 --separate-stderr ask --query 'all:"open AND ('
	[[ "$stderr" == *127.0.0.1* ]]
	[ "$(requests)" -eq 1 ]
	run -2 ask --query ' '
	run -2 ask
	run -2 ask --query a --set cs
}

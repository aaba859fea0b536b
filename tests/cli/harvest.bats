#!/usr/bin/env bats
# Harvesting from the replay server: what is asked for, what is kept, and how politely.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

teardown() {
	replay_stop
}

@test "a list is harvested to its end, in both formats, with one transaction a page" {
	replay_start --papers 95 --per-day 7 --page-size 10
	for prefix in arXivRaw arXiv; do
		run -0 --separate-stderr harvest --db $prefix.db --metadata-prefix $prefix
		[[ "$output" == "added 95, updated 0, unchanged 0, rejected 0, pages 10,"* ]]
		[ "$(sheaf --db $prefix.db count -- '-id:none')" -eq 95 ]
		sheaf --db $prefix.db check
	done
	logged 3 | head -n 1 | grep -qx '/oai?verb=ListRecords&metadataPrefix=arXivRaw'
	logged 3 | sed -n 2p | grep -q '^/oai?verb=ListRecords&resumptionToken=verb%253DListRecords'
	[ "$(logged 3 | grep -c 'metadataPrefix=.*resumptionToken')" -eq 0 ]
	[ "$(logged 6 | sort -u)" = "$("$SHEAF" --version | sed -n '1s/ /\//p')" ]
	[ "$(logged 7 | sort -u)" = gzip ]
}

@test "a second harvest asks two days back, and finds nothing new" {
	replay_start --papers 60 --per-day 5 --to 2026-11-20
	harvest > first.out
	run -1 --separate-stderr harvest
	[[ "$output" == "added 0, updated 0, unchanged "* ]]
	[ "$(requests)" -eq 2 ]
	logged 3 | tail -n 1 | grep -Eq '&from=2026-[0-9]{2}-[0-9]{2}$'
	run ! grep -q until "$REPLAY_LOG"
}

@test "what has come later is added, what has changed is updated" {
	undisturbed --per-day 6 --papers 400 --to 2026-11-20 --page-size 50
	replay_start --per-day 6 --papers 400 --to 2026-10-20 --page-size 50
	harvest > first.out
	port=${REPLAY_URL##*:}
	replay_stop
	replay_start --per-day 6 --papers 400 --to 2026-11-20 --page-size 50 --port "$port"
	run -0 --separate-stderr harvest
	[[ "$output" != "added 0,"* ]]
	same_as_undisturbed "$SHEAF_DB"
	run -1 harvest
}

@test "a set is asked for in arXiv's form, and each has its own state" {
	replay_start --papers 200
	harvest --set cs.NE --set physics > out
	logged 3 | grep -q '&set=cs%3Acs%3ANE$'
	logged 3 | grep -q '&set=physics$'
	[ "$(sheaf count -- 'NOT (cat:cs.NE OR primary:physics.* OR cat:astro-ph.* OR cat:cond-mat.* OR cat:hep-th OR cat:quant-ph OR cat:gr-qc OR cat:math-ph OR cat:nlin.* OR cat:physics.*)')" -eq 0 ]
	[ "$(sheaf status --format json | grep -o '"selection"' | wc -l)" -eq 2 ]
	run -1 harvest --set cs.NE
	run -2 --separate-stderr harvest --set 'no set'
	[[ "$stderr" == *"no set"* ]]
}

@test "limits stop early and leave the rest for the next run" {
	undisturbed --papers 100 --page-size 20
	replay_start --papers 100 --page-size 20
	run -0 --separate-stderr harvest --max-pages 2
	[[ "$output" == "added 40,"* ]]
	run -0 --separate-stderr harvest --max-records 30
	[[ "$output" == "added 30,"* ]]
	[ "$(sheaf count -- '-id:none')" -eq 70 ]
	run -0 --separate-stderr harvest
	[[ "$output" == "added 30, updated 0, unchanged 10,"* ]]
	same_as_undisturbed "$SHEAF_DB"
}

@test "a dry run asks once and stores nothing" {
	replay_start --papers 100 --page-size 20
	run -0 harvest --dry-run
	[ "$(requests)" -eq 1 ]
	[ "$(sheaf count -- '-id:none' || true)" = 0 ]
}

@test "from and until choose by datestamp" {
	replay_start --papers 300 --per-day 5 --page-size 50
	harvest --from 2026-10-10 --until 2026-10-12 > out
	logged 3 | head -n 1 | grep -q '&from=2026-10-10&until=2026-10-12$'
	[ "$(requests)" -ge 1 ]
	run -1 --separate-stderr harvest --from 2026-11-19 --until 2026-11-19 --set econ
	run -2 harvest --from 2026-11-20 --until 2026-11-19
	run -4 --separate-stderr harvest --from 2001-01-01 --until 2001-01-02
	[[ "$stderr" == *badArgument* ]]
}

@test "trouble on the way changes nothing in the end" {
	undisturbed --papers 160 --per-day 9 --page-size 16
	replay_start --papers 160 --per-day 9 --page-size 16 --faults 503:at=2:retry-after=1 --faults cut:at=4 \
		--faults html:at=6 --faults garbage:at=8 --faults empty:at=10 --faults 500:at=12 --faults expire:at=14
	run -0 --separate-stderr harvest
	[[ "$stderr" == *503* ]]
	[[ "$stderr" == *"starting again"* ]]
	same_as_undisturbed "$SHEAF_DB"
}

@test "Retry-After is obeyed, and 0 is no licence" {
	replay_start --papers 40 --page-size 20 --faults 503:at=1:retry-after=2 --faults 429:at=3:retry-after=0
	harvest > out
	first=$(logged 1 | sed -n 1p) second=$(logged 1 | sed -n 2p) third=$(logged 1 | sed -n 3p) fourth=$(logged 1 | sed -n 4p)
	[ $((second - first)) -ge 2000 ]
	[ $((fourth - third)) -ge 1000 ]
}

@test "the delay is kept between requests, and between processes" {
	replay_start --papers 30 --page-size 10
	"$SHEAF" harvest --base-url "$REPLAY_URL/oai" --delay 0.7 > out
	run -1 "$SHEAF" harvest --base-url "$REPLAY_URL/oai" --delay 0.7
	[ "$(requests)" -ge 4 ]
	logged 1 | awk 'NR > 1 && $1 - last < 700 { exit 1 } { last = $1 }'
}

@test "arXiv is never asked faster than it allows" {
	for url in https://oaipmh.arxiv.org/oai http://export.arxiv.org/oai2; do
		run -2 --separate-stderr sheaf harvest --base-url $url --delay 2.9
		[[ "$stderr" == *"3 seconds"* ]]
	done
	run -2 sheaf harvest --delay 0
	[ ! -e "$SHEAF_DB" ]
}

@test "a harvest that cannot be makes no database" {
	run -2 sheaf harvest --base-url 'file:///etc/hostname' --delay 0
	run -2 sheaf harvest --base-url http://127.0.0.1:1/oai --set cs --set 'no set'
	run -2 sheaf harvest --source api --base-url http://127.0.0.1:1/api --query ' '
	run -2 sheaf harvest --source api --base-url http://127.0.0.1:1/api --query all:x --until 2024
	[ ! -e "$SHEAF_DB" ]
}

@test "the pause that a source asked for outlives the harvest" {
	replay_start --papers 40 --page-size 20 --faults 503:at=2:retry-after=30
	harvest_behind
	eventually grep -q 503 err
	kill -KILL $harvester
	wait $harvester || true
	run -5 --separate-stderr harvest
	[[ "$stderr" == *"pause"* ]]
	[ "$(requests)" -eq 2 ]
	[ "$(sheaf count -- '-id:none')" -eq 20 ]
}

@test "one harvest of a host at a time" {
	replay_start --papers 40 --page-size 20 --faults slow:at=1:ms=3000
	harvest_behind --db first.db
	eventually test -e "$HOME/.local/state/sheaf/127.0.0.1_${REPLAY_URL##*:}.pace"
	run -6 --separate-stderr harvest --db second.db
	[[ "$stderr" == *"another harvest of 127.0.0.1"* ]]
	wait $harvester
	run -0 harvest --db second.db
}

@test "a signal stops it at once, and keeps what was got" {
	replay_start --papers 40 --page-size 20 --faults slow:at=2:ms=5000
	harvest_behind
	eventually grep -q 'page 1' err
	# A shell's background job ignores SIGINT.
	kill -TERM $harvester
	code=0
	wait $harvester || code=$?
	[ $code -eq 130 ]
	[ "$(sheaf count -- '-id:none')" -eq 20 ]
}

@test "a source that is not there, or says no, is exit 4" {
	run -4 --separate-stderr sheaf harvest --base-url http://127.0.0.1:1/oai --delay 0
	[ -n "$stderr" ]
	replay_start --papers 10
	run -4 --separate-stderr sheaf harvest --base-url "$REPLAY_URL/nothing" --delay 0
	[[ "$stderr" == *404* ]]
}

#!/usr/bin/env bats
# The replay server's own answers, as the command takes them: feeds, faults from a file.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	EMULATOR="$SHEAF_SOURCE/tests/support/arxiv-emulator"
	REPLAY_SERVER="$EMULATOR"
}

teardown() {
	replay_stop
}

feed() {
	"$SHEAF" harvest --source rss --delay 0 --set cs "$@"
}

@test "a day's announcements as RSS and as Atom are the same papers" {
	replay_start --papers 300 --to 2026-11-20
	feed --base-url "$REPLAY_URL/rss"
	"$SHEAF" --db atom.db harvest --source rss --delay 0 --set cs --base-url "$REPLAY_URL/atom"
	contents "$SHEAF_DB" > rss.jsonl
	contents atom.db > atom.jsonl
	[ -s rss.jsonl ]
	cmp rss.jsonl atom.jsonl
}

@test "the same feed is answered with 304, and there is nothing new" {
	replay_start --papers 300 --to 2026-11-20
	feed --base-url "$REPLAY_URL/rss"
	run feed --base-url "$REPLAY_URL/rss"
	[ "$status" -eq 1 ]
	[ "$(logged 4 | tail -1)" = 304 ]
}

@test "a stale feed after the day whose papers it has: said, and not stored as today's" {
	replay_start --papers 300 --to 2026-11-19
	feed --base-url "$REPLAY_URL/rss"
	port=${REPLAY_URL##*:}
	replay_stop
	replay_start --papers 300 --to 2026-11-20 --port "$port" --faults stale:every=1
	run feed --base-url "$REPLAY_URL/rss"
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"earlier day"* ]]
}

@test "faults from a file, and a line that is none" {
	printf '%s\n' '# refused at first' '500:at=1' '' 'cut:at=2 # and cut' > faults.txt
	undisturbed --papers 60
	replay_start --papers 60 --faults faults.txt
	harvest
	[ "$(logged 8 | sort -u | tr '\n' ' ')" = "- cut status " ]
	same_as_undisturbed "$SHEAF_DB"
	printf '500:at=1\nnonsense\n' > faults.txt
	run "$EMULATOR" --faults faults.txt
	[ "$status" -eq 2 ]
	[[ $output == *"faults.txt:2: "* ]]
}

@test "both generations of OAI-PMH come to the same papers, tokens that die included" {
	undisturbed --papers 300 --page-size 40
	replay_start --papers 300 --page-size 40 --generation old --faults expire:at=4
	harvest
	grep -q 'resumptionToken=[0-9]*%7C41' "$REPLAY_LOG"
	grep -q 'expire$' "$REPLAY_LOG"
	same_as_undisturbed "$SHEAF_DB"
}

@test "a snapshot's papers are served in the place of invented ones" {
	replay_start --papers 120
	harvest
	replay_stop
	"$SHEAF" export > listing.jsonl
	replay_start --listings listing.jsonl --page-size 50
	harvest --db again.db
	[[ "$("$SHEAF" --db again.db status --json)" == *'"documents":120,'* ]]
	for column in id title authors categories submitted updated; do
		"$SHEAF" export --format tsv --fields "$column" | LC_ALL=C sort > one
		"$SHEAF" --db again.db export --format tsv --fields "$column" | LC_ALL=C sort > two
		cmp one two
	done
}

@test "every format of OAI-PMH is read" {
	replay_start --papers 60
	for prefix in arXivRaw arXiv arXivOld oai_dc; do
		curl -s "$REPLAY_URL/oai?verb=ListRecords&metadataPrefix=$prefix" > page.xml
		run -0 --separate-stderr "$SHEAF" --db $prefix.db import page.xml
		[[ "$output" == "added 60, "* ]]
	done
}

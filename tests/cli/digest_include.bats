#!/usr/bin/env bats
# Digests by how papers were announced, after feeds that were harvested.

load harvest

setup() {
	needs jq
	needs sqlite3
	sandbox "$BATS_TEST_TMPDIR"
}

teardown() {
	replay_stop
}

# What a section that includes $1 has.
included() {
	cat > topics.yaml <<- X
		digest: {name: kinds}
		profiles:
		  all: {query: "*", include: [$1], $2}
	X
	sheaf classify --profiles topics.yaml > summary || true
	sheaf digest --profiles topics.yaml --json | jq -r '.sections[].papers[].id' | sort
}

# What the ledger has of these kinds: 1 new, 2 cross, 3 replace, 4 replace-cross.
announced() {
	sqlite3 "$SHEAF_DB" "SELECT DISTINCT id FROM announcement WHERE kind IN ($1) ORDER BY id"
}

@test "sections have what was announced as they say, and the digest says which days it knows" {
	replay_start --papers 700 --per-day 60 --from 2026-11-09 --to 2026-11-20
	sheaf harvest --source rss --delay 0 --set cs.LG --base-url "$REPLAY_URL/rss" > summary
	for kind in 1 2 3 4; do
		[ -n "$(announced $kind)" ]
	done
	for require in '' 'require: "cat:cs.LG"'; do
		diff <(announced 1) <(included new "$require")
		diff <(announced 2) <(included cross "$require")
		diff <(announced 3) <(included replace "$require")
		diff <(announced 1,2) <(included 'new, cross' "$require")
		diff <(announced 2,3,4) <(included 'cross, replace' "$require")
		diff <(announced 1,3) <(included 'new, replace' "$require")
		diff <(announced 1,2,3,4) <(included 'new, cross, replace' "$require")
	done
	sheaf digest --cat cs.LG --json > digest.json
	jq -r '.sections[].papers[] | [.id, .announcement] | @tsv' digest.json | sort > told
	sqlite3 -separator $'\t' "$SHEAF_DB" "SELECT id, CASE kind WHEN 1 THEN 'new' WHEN 2 THEN 'cross'
		WHEN 3 THEN 'replace' ELSE 'replace-cross' END FROM announcement ORDER BY id" | sort > ledger
	diff ledger told
	[ "$(jq -r .coverage digest.json)" = "Announcements read: cs.LG 2026-11-20" ]
	sheaf digest --cat cs.LG --format text | grep -q '^Announcements read: cs.LG 2026-11-20$'
	sheaf digest --cat cs.LG --format html | grep -q 'Announcements read: cs.LG 2026-11-20<'
	# The page of the models' communities has its bytes.
	run ! grep -q 'Announcements read' <(sheaf digest --cat cs.LG)
}

@test "days that were missed are told" {
	replay_start --papers 100 --per-day 20 --from 2026-11-12 --to 2026-11-20
	sheaf harvest --source rss --delay 0 --set cs --base-url "$REPLAY_URL/rss" > summary
	sqlite3 "$SHEAF_DB" "INSERT INTO announcement_day SELECT category, day - 4, 1, 5, checked FROM announcement_day"
	run -3 sheaf status --coverage
	sheaf digest --cat cs --json > digest.json
	[ "$(jq -r .coverage digest.json)" = "Announcements read: cs 2026-11-16 to 2026-11-20, without 2026-11-17 to 2026-11-19" ]
}

@test "where no list was read, nothing is said of them" {
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	sheaf digest --cat cs.NE --json > digest.json
	[ "$(jq 'has("coverage")' digest.json)" = false ]
}

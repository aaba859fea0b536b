#!/usr/bin/env bats
# What a digest has, delivers and says; profile.bats has the simple cases, digest_folder.bats folders.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	topics lamps > topics.yaml
	sheaf classify --profiles topics.yaml > summary
}

# A profile file for the digest $1.
topics() {
	cat <<- X
		digest: {name: $1, title: Lamps of the day, fallback: Other}
		profiles:
		  light: {heading: Light & lamps, query: lamps OR imaging}
		  nets: {query: network, include: [new, cross, replace]}
	X
}

# The identifiers in a digest in JSON, with a plus where it says that the paper is updated.
ids() {
	jq -r '.sections[].papers[] | .id + (if .status == "updated" then "+" else "" end)' "$@" | sort | tr '\n' ' '
}

# A second version of 2401.00002, which is in the section that takes replacements, and of 2401.00006, which is not.
replace_two() {
	{
		paper 2401.00002 'Many networks at once' 'Networks talk to networks again.' cs.NE 2
		paper 2401.00006 'Noninvasive imaging' 'Lamps very far from the skin.' q-bio.NC 6
	} | sed -E 's/("versions":\[.*GMT"\})\]/\1,{"version":"v2","created":"Sun, 28 Jan 2024 10:00:00 GMT"}]/; s/"update_date":"[^"]*"/"update_date":"2024-01-28"/' > again.jsonl
	sheaf -q import again.jsonl > summary
	sheaf classify > summary
}

@test "a new version comes again only where replacements are asked for, and is called updated" {
	needs jq
	sheaf digest --since last --mark-delivered --json -o one.json
	[ "$(jq -r .counts.papers one.json)" -eq 8 ]
	[ "$(jq -r .counts.updated one.json)" -eq 0 ]
	replace_two
	run -0 --separate-stderr sheaf digest --since last --json
	[ "$(ids <<< "$output")" = "2401.00002+ " ]
	run -0 --separate-stderr sheaf digest --since last
	[[ "$output" == *"(updated, v2)"* ]]
	[[ "$output" != *Noninvasive* ]]
	# Without --since last, too, it is not called new.
	sheaf digest --json > all.json
	[[ " $(ids all.json)" == *" 2401.00006+ "* ]]
	sheaf digest --since last --mark-delivered -o two.md
	run -1 sheaf digest --since last
}

@test "what a section has no room for does not fill the digest" {
	needs jq
	for i in 1 2 3 4 5 6; do
		paper "2403.0000$i" 'Newer lamps' 'Lamps once more.' cs.NE
	done | sed 's/"created":"[^"]*"/"created":"Sat, 2 Mar 2024 10:00:00 GMT"/; s/"update_date":"[^"]*"/"update_date":"2024-03-02"/' > many.jsonl
	sheaf -q import many.jsonl > summary
	cat > room.yaml <<- 'X'
		digest: {name: room, limit: 3, assign: all}
		profiles:
		  light: {query: lamps, max: 1}
		  nets: {query: network}
	X
	sheaf classify --profiles room.yaml > summary
	sheaf digest --profiles room.yaml --since last --mark-delivered --json > one.json
	[ "$(jq -r '.sections[] | .name + " " + (.papers | length | tostring)' one.json)" = $'light 1\nnets 2' ]
	# Next time, the next lamp has its turn.
	sheaf digest --profiles room.yaml --since last --mark-delivered --json > two.json
	[ "$(jq -r '.sections[] | .name + " " + (.papers | length | tostring)' two.json)" = "light 1" ]
	[ "$(ids one.json two.json | tr ' ' '\n' | sort | uniq -d)" = "" ]
}

@test "the output is none of the files that a digest is made from" {
	ln -s papers.db link.md
	cp papers.db before.db
	cp topics.yaml before.yaml
	for file in papers.db link.md papers.db-lock papers.db-journal topics.yaml; do
		run -2 --separate-stderr sheaf digest --profiles topics.yaml -o "$file" --mark-delivered
		[[ "$stderr" == "sheaf: $file "*"; give another file for the output" ]]
	done
	cmp papers.db before.db
	cmp topics.yaml before.yaml
	run -2 sheaf digest --cat cs.NE -o papers.db
	cmp papers.db before.db
}

@test "one category has one name" {
	needs jq
	paper 2403.00001 'Lamps of physics' 'Lamps.' 'math-ph math.MP' > one.jsonl
	sheaf -q import one.jsonl > summary
	sheaf digest --cat math-ph --cat math.MP --json > one.json
	[ "$(jq -r '.sections | length' one.json)" -eq 1 ]
	sheaf digest --cat math-ph --since last --mark-delivered --json > two.json
	[ "$(jq -r .counts.papers two.json)" -eq 1 ]
	run -1 sheaf digest --cat math.MP --since last
	sheaf digest --cat 'q-bio.*' --since last --mark-delivered --json > three.json
	[ "$(jq -r .counts.papers three.json)" -eq 2 ]
	run -1 sheaf digest --cat q-bio --since last
}

@test "papers that nobody sorted are no quiet day" {
	paper 2403.00001 'Lamps' 'Lamps.' > one.jsonl
	run --separate-stderr sheaf digest
	[ -z "$stderr" ]
	sheaf -q import one.jsonl > summary
	run --separate-stderr sheaf digest
	[[ "$stderr" == "sheaf: lamps: not all papers are sorted"*"run 'sheaf classify' first" ]]
	sheaf classify > summary
	run --separate-stderr sheaf digest
	[ -z "$stderr" ]
}

@test "an introduction keeps its paragraphs, and the items of a list" {
	cat > intro.yaml <<- 'X'
		digest:
		  name: intro
		  intro: |
		    First line
		    goes on.

		    * one
		    * two

		    Last.
		profiles:
		  light: {query: lamps}
	X
	sheaf classify --profiles intro.yaml > summary
	sheaf digest --profiles intro.yaml > made
	[ "$(sed -n '5,10p' made)" = $'First line goes on.\n\n* one\n* two\n\nLast.' ]
}

@test "what was removed and comes again was delivered" {
	sheaf digest --since last --mark-delivered -o one.md
	sheaf rm 2401.00001 > summary
	run -1 sheaf count id:2401.00001
	sheaf -q import --force papers.jsonl > summary
	sheaf classify > summary
	[ "$(sheaf count id:2401.00001)" -eq 1 ]
	run -1 sheaf digest --since last
}

@test "digests remember each for themselves" {
	topics weekly > weekly.yaml
	sheaf classify --profiles weekly.yaml > summary
	sheaf digest --name lamps --since last --mark-delivered -o one.md
	run -1 sheaf digest --name lamps --since last
	run -0 sheaf digest --name weekly --since last
	run -2 --separate-stderr sheaf digest --since last
	run -1 --separate-stderr sheaf digest --name monthly
}

@test "categories need no file: headings, order, and the same digest in any order" {
	needs jq
	run -0 --separate-stderr sheaf digest --cat q-bio.NC --cat CS.ne --since last --mark-delivered -o one.md
	sheaf digest --cat cs.NE --cat q-bio.NC > two.md
	grep '^## ' one.md > headings
	[ "$(cat headings)" = $'## Neurons and Cognition (q-bio.NC)\n## Neural and Evolutionary Computing (cs.NE)' ]
	grep -q '^# cs.NE, q-bio.NC$' two.md
	run -1 sheaf digest --cat cs.NE --cat q-bio.NC --since last
	run -0 sheaf digest --cat cs.NE --cat q-bio.NC --name mine --since last
	sheaf digest --cat cs.AI --json > cross.json
	[ "$(jq -c '[.sections[].papers[] | [.id, .announcement]]' cross.json)" = '[["2401.00005","cross"]]' ]
}

@test "an unknown category is a mistake, and the nearest one is named" {
	run -2 --separate-stderr sheaf digest --cat cs.NEE
	[ -z "$output" ]
	# shellcheck disable=SC2154 # bats sets stderr
	[ "$stderr" = "sheaf: unknown category 'cs.NEE' (did you mean cs.NE?), and no paper has it" ]
	run -1 sheaf digest --cat hep-th
	run -1 sheaf digest --cat 'math.*'
}

@test "options that do not go together are refused in one line" {
	refused() {
		run -2 --separate-stderr sheaf digest "$@"
		[ -z "$output" ]
		[ "${#stderr_lines[@]}" -eq 1 ]
	}
	refused --cat cs.NE --profiles topics.yaml
	refused --profiles topics.yaml --name lamps
	refused --profiles topics.yaml --profiles topics.yaml
	refused --profiles topics.yaml --profiles topics.yaml -o out.md
	refused --mail-to a@example.org
	refused --format html --mail-from a@example.org
	refused --base-url ftp://example.org
	refused --until yesteryear
	refused --format xml
	refused -o pages/ --format json
	refused --name ''
	refused -o ''
	[ ! -e pages ]
}

@test "the same inputs are the same bytes in every format" {
	for format in markdown html json jsonfeed atom text mime; do
		sheaf digest --format $format --now 2024-02-01 > one
		sheaf digest --format $format --now 2024-02-01 > two
		cmp one two
		[ -s one ]
		sheaf digest --format $format --now 2024-02-01 -o three
		cmp one three
	done
}

@test "relative dates count from --now" {
	[ "$(sheaf digest --now 2024-01-09 --since 2d --format json | grep -o '"id":"2401' | wc -l)" -eq 2 ]
	[ "$(sheaf digest --now 2024-01-03 --until yesterday --format json | grep -o '"id":"2401' | wc -l)" -eq 2 ]
}

@test "what is left over comes next time: --limit, dates and --since last together" {
	needs jq
	sheaf digest --since last --limit 3 --mark-delivered --json -o 1.json
	sheaf digest --since last --until 2024-01-04 --mark-delivered --json -o 2.json
	sheaf digest --since last --limit 3 --json -o dry.json
	sheaf digest --since last --limit 3 --mark-delivered --json -o 3.json
	[ "$(ids 1.json)" = "2401.00006 2401.00007 2401.00008 " ]
	[ "$(ids 2.json)" = "2401.00001 2401.00002 2401.00003 2401.00004 " ]
	[ "$(ids 3.json)" = "2401.00005 " ]
	[ "$(ids dry.json)" = "$(ids 3.json)" ]
	run -1 sheaf digest --since last --mark-delivered --json -o 4.json
	[ "$(jq .counts.papers 4.json)" -eq 0 ]
}

@test "messages have a sender and a receiver" {
	sheaf digest --format mime --mail-to 'Ada <ada@example.org>' --mail-from bo@example.org --now 2024-02-01 > mail
	grep -q '^From: bo@example.org$' mail
	grep -q '^To: "Ada" <ada@example.org>$' mail
	grep -Eq '^Date: Thu, 0?1 Feb 2024 00:00:00 \+0000$' mail
	run -2 sheaf digest --format mime --mail-to $'a@example.org\nBcc: b@example.org'
}

@test "a file keeps its permissions and its links, and stays as it was where the disk is full" {
	echo old > real.md
	chmod 640 real.md
	ln -s real.md link.md
	sheaf digest -o link.md
	[ -L link.md ]
	[ "$(stat -c %a real.md)" = 640 ]
	grep -q '^# Lamps' real.md
	# A limit on the size of files is met as a full disk would be.
	cp real.md before.md
	run -9 --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 1; exec "$SHEAF" digest --since last --format html -o real.md'
	[ "${#stderr_lines[@]}" -eq 1 ]
	cmp before.md real.md
	[ -z "$(find . -name '.sheaf-*')" ]
}

@test "nothing is delivered where nobody reads" {
	# The reader has ended before anything is written.
	run -141 bash -c 'exec 3> >(exit 0); sleep 0.2; exec "$SHEAF" digest --since last --mark-delivered >&3'
	run -0 sheaf digest --since last
	[ -w /dev/full ] || skip "there is no /dev/full"
	run -9 bash -c '"$SHEAF" digest --since last --mark-delivered > /dev/full'
	run -0 sheaf digest --since last
}

@test "one digest at a time delivers" {
	needs flock
	: > "$SHEAF_DB-lock"
	flock "$SHEAF_DB-lock" sleep 30 3>&- &
	holder=$!
	eventually bash -c '! flock -n "$SHEAF_DB-lock" true'
	run -6 --separate-stderr sheaf digest --since last --mark-delivered -o one.md
	[ ! -e one.md ]
	# Who only looks need not wait.
	run -0 sheaf digest --since last
	kill $holder
}

@test "two at once deliver each paper once" {
	needs jq
	for n in 1 2 3 4; do
		sheaf digest --since last --limit 2 --mark-delivered --json -o "$n.json" 2> "$n.err" 3>&- &
	done
	wait
	for n in 5 6 7 8 9; do
		sheaf digest --since last --limit 2 --mark-delivered --json -o "$n.json" || true
	done
	cat ./*.json | jq -r '.sections[].papers[].id' | sort > all
	[ "$(wc -l < all)" -eq 8 ]
	[ "$(uniq < all | wc -l)" -eq 8 ]
}

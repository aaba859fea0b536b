#!/usr/bin/env bats
# A digest by queries, from the profile file to the page, and what is wrong with a file.

bats_require_minimum_version 1.5.0

setup() {
	export HOME="$BATS_TEST_TMPDIR" SHEAF_DB="$BATS_TEST_TMPDIR/papers.db"
	cd "$BATS_TEST_TMPDIR" || return 1
}

sheaf() {
	"$SHEAF" "$@"
}

# paper ID VERSION DAY TITLE ABSTRACT: a line of the snapshot; the texts are the inside of JSON.
paper() {
	printf '{"id":"%s","submitter":null,"authors":"Ada Quist and Bo _F_","title":"%s","comments":null,' "$1" "$4"
	printf '"journal-ref":null,"doi":null,"report-no":null,"categories":"cs.NE cs.AI","license":null,"abstract":"%s",' "$5"
	printf '"versions":[{"version":"v1","created":"Mon, %d Jan 2026 10:00:00 GMT"}' "$3"
	[ "$2" = 1 ] || printf ',{"version":"v%d","created":"Wed, 28 Jan 2026 10:00:00 GMT"}' "$2"
	printf '],"update_date":"2026-01-28","authors_parsed":null}\n'
}

papers() {
	paper 2601.00001 1 5 'Lamps and <script>alert(1)</script>' '  Lamps in\n  gardens.\n'
	paper 2601.00002 2 6 'Gardens [here](javascript:x)' 'Garden after garden; # no heading'
	paper 2601.00003 1 7 'Rain' 'Rain over the lamps.'
	paper 2601.00004 1 8 'Sun' 'Nothing else.'
}

topics() {
	cat <<-'Y'
		digest:
		  title: Lamps & gardens
		  intro: What was written.
		  fallback: Elsewhere
		profiles:
		  lamps:
		    heading: Lamps
		    query: lamp OR ti:lamps
		    exclude: rain
		  gardens:
		    query: garden
	Y
}

@test "a digest by queries, escaped" {
	papers >papers.jsonl
	topics >topics.yaml
	sheaf -q import papers.jsonl
	sheaf classify --profiles topics.yaml
	sheaf digest --now '2026-02-01 08:30' >out.md
	diff "$BATS_TEST_DIRNAME/profile_file.md" out.md
}

@test "the same as json, and as text" {
	papers >papers.jsonl
	topics >topics.yaml
	sheaf -q import papers.jsonl
	sheaf classify --profiles topics.yaml
	run -0 sheaf digest --now '2026-02-01 08:30' --format json
	[[ "$output" == '{"format_version":1,"title":"Lamps & gardens","generated":"2026-02-01T08:30:00Z","sections":[{"name":"lamps","heading":"Lamps","papers":[{"id":"2601.00001",'* ]]
	[[ "$output" == *'{"name":null,"heading":"Elsewhere","papers":[{"id":"2601.00004",'* ]]
	run -0 sheaf digest --now '2026-02-01 08:30' --format text
	[[ "$output" == *$'\nElsewhere\n'* ]]
}

@test "what was delivered does not come again" {
	papers >papers.jsonl
	topics >topics.yaml
	sheaf -q import papers.jsonl
	sheaf classify --profiles topics.yaml
	sheaf digest --since last --limit 3 --mark-delivered -o first.md
	[ "$(grep -c '^### ' first.md)" -eq 3 ]
	sheaf digest --since last --mark-delivered -o second.md
	[ "$(grep -c '^### ' second.md)" -eq 1 ]
	run -1 sheaf digest --since last --mark-delivered
	[[ "$output" == *'No new papers found today.'* ]]
}

@test "nothing counts as delivered when the file cannot be written" {
	papers >papers.jsonl
	topics >topics.yaml
	sheaf -q import papers.jsonl
	sheaf classify --profiles topics.yaml
	run ! sheaf digest --since last --mark-delivered -o no/such/folder/out.md
	sheaf digest --since last --mark-delivered -o out.md
	[ "$(grep -c '^### ' out.md)" -eq 4 ]
}

@test "a mistake in the file is named by line, with the nearest key" {
	topics | sed 's/heading/hedding/' >topics.yaml
	sheaf init
	run ! sheaf classify --profiles topics.yaml
	[[ "$output" == *"topics.yaml:7: unknown key 'hedding' in profiles.lamps (did you mean 'heading'?)"* ]]
}

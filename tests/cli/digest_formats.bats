#!/usr/bin/env bats
# The formats of a digest, each read back by a parser of its own.

load sandbox
# shellcheck disable=SC2154 # python is set by needs_python
: "${python:-}"

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	papers > papers.jsonl
	hostile_papers >> papers.jsonl
	sheaf -q import papers.jsonl
	cat > topics.yaml <<- 'X'
		digest:
		  name: lamps
		  title: Lamps & <b>bells</b>
		  intro: What is new about "lamps" & <i>bells</i>.
		  assign: all
		  fallback: Other <things>
		profiles:
		  light:
		    heading: Light & lamps
		    query: lamps OR imaging OR lamp
		  nets:
		    query: network
	X
	sheaf classify --profiles topics.yaml > summary
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

digest() {
	sheaf digest --now '2024-02-01 07:30' --format "$@"
}

# How many nodes of a file, which may be in any namespace, the XPath has.
count() {
	xmllint --xpath "count($2)" "$1"
}

@test "atom is what RFC 4287 says" {
	needs xmllint
	local feeds=0
	digest atom > digest.xml
	sheaf digest --cat cs.NE --cat q-bio.NC --format atom > categories.xml
	sheaf digest --cat math.AG --format atom > empty.xml || [ $? -eq 1 ]
	sheaf search --format atom 'lamp OR lamps' > search.xml
	sheaf show --format atom 2401.00001 2401.00001 2402.00002 > papers.xml
	for feed in *.xml; do
		xmllint --noout --relaxng "$SHEAF_SOURCE/tests/support/atom.rng" "$feed"
		[ "$(count "$feed" '//*[local-name()="entry"]')" -eq \
			"$(xmllint --xpath '//*[local-name()="entry"]/*[local-name()="id"]/text()' "$feed" 2> /dev/null |
				sort -u | grep -c .)" ]
		[ "$(count "$feed" '//*[local-name()="entry"][not(*[local-name()="content"])]
			[not(*[local-name()="link"][@rel="alternate"])]')" -eq 0 ]
		feeds=$((feeds + 1))
	done
	[ "$feeds" -eq 5 ]
	[ "$(count digest.xml '//*[local-name()="entry"]')" -eq 10 ]
	[ "$(count papers.xml '//*[local-name()="entry"]')" -eq 2 ]
	[ "$(count empty.xml '//*[local-name()="entry"]')" -eq 0 ]
}

@test "the grammar refuses what RFC 4287 refuses" {
	needs xmllint
	local edits=(
		's|<updated>[^<]*</updated>||' 's|<id>[^<]*</id>||' 's|<name>|<name>\&#32;</name><name>|'
		's|<updated>[^<]*|<updated>yesterday|' 's|rel="alternate"|rel="stylesheet"|'
		's|href="https:|href="javascript:|' 's|<title>|<title/><title>|' 's|<category term="[^"]*"|<category|'
		's|</feed>|<title>last</title></feed>|'
	)
	digest atom > good.xml
	for edit in "${edits[@]}"; do
		sed "$edit" good.xml > bad.xml
		run ! cmp -s good.xml bad.xml
		run ! xmllint --noout --relaxng "$SHEAF_SOURCE/tests/support/atom.rng" bad.xml
	done
}

@test "a feed stays the same feed, whenever it is made" {
	needs xmllint
	digest atom > one.xml
	sheaf digest --now 2024-03-01 --limit 2 --format atom > other.xml
	for feed in one.xml other.xml; do
		xmllint --xpath 'string(/*/*[local-name()="id"])' "$feed"
	done | sort -u > ids
	[ "$(wc -l < ids)" -eq 1 ]
	digest atom | cmp - one.xml
}

@test "json feed is what its specification says" {
	needs jq
	digest jsonfeed > feed.json
	jq -e '.version == "https://jsonfeed.org/version/1.1" and (.title | type) == "string"
		and (.items | length) == 10 and ([.items[].id] | unique | length) == 10
		and all(.items[]; (.id | type) == "string" and (.content_text | type) == "string"
			and (.url | startswith("https://arxiv.org/abs/")) and (.tags | length) > 0
			and all(.authors[]; .name | length > 0)
			and (.date_published | fromdate) > 0 and (.date_modified | fromdate) > 0
			and ._arxiv.version == 1 and ._arxiv.status == "new")' feed.json > verdict
	jq -e '[.. | select(. == null)] | length == 0' feed.json > verdict
	jq -e '.description == "What is new about \"lamps\" & <i>bells</i>."' feed.json > verdict
	no_controls feed.json
	run -1 --separate-stderr sheaf digest --cat math.AG --format jsonfeed
	jq -e '.items == []' <<< "$output" > verdict
}

@test "html is HTML5 to a parser that forgives nothing" {
	needs_python html5lib
	digest html > digest.html
	sheaf digest --cat cs.NE --cat 'q-bio.*' --format html > categories.html
	sheaf digest --cat math.AG --format html > empty.html || [ $? -eq 1 ]
	sheaf search --format html --facet category 'lamp OR lamps' > search.html
	sheaf show --format html 2401.00001 2402.00002 > papers.html
	"$python" "$SHEAF_SOURCE/tests/support/read_html.py" ./*.html > headings
	[ "$(grep -c '^page ' headings)" -eq 5 ]
	grep -qxF 'h1 Lamps & <b>bells</b>' headings
	grep -qxF 'h2 Other <things>' headings
	# shellcheck disable=SC2016 # it is what the title says
	grep -qxF 'h3 Tab here lamp <b>bold</b> [x](javascript:y) `tick`' headings
	sed 's|</article>||' digest.html > broken.html
	run ! "$python" "$SHEAF_SOURCE/tests/support/read_html.py" broken.html
	sed 's|id="rest"|id="s-nets"|' digest.html > twice.html
	run ! "$python" "$SHEAF_SOURCE/tests/support/read_html.py" twice.html
}

@test "a message is one to a mail program, and its parts are the text and the page" {
	needs_python email
	for args in '' '--limit 1' '--cat cs.NE --cat cs.CL' '--cat math.AG'; do
		# shellcheck disable=SC2086 # each is several words
		for format in text html mime; do
			digest "$format" $args > "digest.$format" || [ $? -eq 1 ]
		done
		"$python" "$SHEAF_SOURCE/tests/support/read_message.py" digest.mime . > header
		cmp digest.text part.text_plain
		cmp digest.html part.text_html
	done
	digest mime > digest.mime
	"$python" "$SHEAF_SOURCE/tests/support/read_message.py" digest.mime . > header
	grep -qxF 'Subject: Lamps & <b>bells</b>' header
	grep -qx 'Date: Thu, 0*1 Feb 2024 07:30:00 +0000' header
	grep -qxF 'Auto-Submitted: auto-generated' header
	LC_ALL=C run ! grep -nE '^.{77}|[^ -~]' digest.mime
}

#!/usr/bin/env bats
# Announcement feeds in, OAI-PMH answers out and in again.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

# An item of RSS: identifier with version, kind, title.
item() {
	printf '<item><title>%s</title><link>https://arxiv.org/abs/%s</link>' "$3" "${1%v*}"
	printf '<description>arXiv:%s Announce Type: %s \nAbstract: About %s.</description>' "$1" "$2" "$3"
	printf '<guid isPermaLink="false">oai:arXiv.org:%s</guid><category>cs.NE</category>' "$1"
	printf '<pubDate>Mon, 09 Mar 2026 00:00:00 -0400</pubDate><arxiv:announce_type>%s</arxiv:announce_type>' "$2"
	printf '<dc:creator>Ada Quist, Bo Ferrandi</dc:creator></item>\n'
}

feed() {
	printf '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
	printf '<channel><title>cs.NE updates on arXiv.org</title><description>cs.NE</description>%s</channel></rss>' "$1"
}

@test "a feed is imported, its format told or named" {
	feed "$(item 2603.00001v1 new 'lamps &amp; bells'; item 2603.00002v3 replace knots)" > feed.xml
	run -0 sheaf import feed.xml
	[[ "$output" == "added 2, "* ]]
	run -0 sheaf import --from rss feed.xml
	[[ "$output" == "added 0, updated 0, unchanged 2, "* ]]
	run -0 sheaf show 2603.00002 --format ids
	run -0 sheaf search --format tsv --fields id,version,title knots
	[[ "$output" == *$'2603.00002\t3\tknots'* ]]
	run -0 sheaf search --format ids bells
	[ "$output" = 2603.00001 ]
}

@test "a feed without papers: 1; one that is an error: 9, and why" {
	feed '' > empty.xml
	run -1 --separate-stderr sheaf import empty.xml
	[ -z "$stderr" ]
	sed 's/cs.NE updates on arXiv.org/Feed error for query: cs.XX/; s/>cs.NE</>There is no cs.XX</' empty.xml > error.xml
	run -9 --separate-stderr sheaf import error.xml
	[[ "$stderr" == *"There is no cs.XX"* ]]
}

@test "export --format oai is XML that steers no terminal, and is imported to the same papers" {
	{ papers; hostile_papers; } > papers.jsonl
	sheaf import papers.jsonl
	feed "$(item 2603.00001v2 replace lamps)" > feed.xml
	sheaf import feed.xml
	sheaf export --format oai > all.xml
	no_controls all.xml tabs
	[ "$(grep -c '<record>' all.xml)" -eq 11 ]
	if command -v xmllint > /dev/null; then
		xmllint --noout all.xml
	fi
	rm -f "$SHEAF_DB"*
	run -0 --separate-stderr sheaf import all.xml
	[[ "$output" == "added 11, updated 0, unchanged 0, rejected 0, "* ]]
	sheaf export --format oai > again.xml
	diff <(grep -v responseDate all.xml) <(grep -v responseDate again.xml)
	run -0 sheaf export --format oai cat:cs.CC
	[ "$(grep -c '<record>' <<< "$output")" -eq 1 ]
}

@test "export --format oai without a paper: 1, and an answer all the same" {
	paper 2401.00001 Lamps Bells > papers.jsonl
	sheaf import papers.jsonl
	run -1 --separate-stderr sheaf export --format oai knots
	[[ "$output" == *'<error code="noRecordsMatch">'* ]]
}

#!/usr/bin/env bats
# What is exported and imported again is the same database, wherever its papers are from.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

raw_record() { # id, versions, title, comments
	printf '<record><header><identifier>oai:arXiv.org:%s</identifier><datestamp>2026-03-1%d</datestamp></header>' "$1" "$2"
	printf '<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>%s</id><submitter>Ada Quist</submitter>' "$1"
	for v in $(seq "$2"); do
		printf '<version version="v%d"><date>Mon, %d Mar 2026 10:00:00 GMT</date><size>%dkb</size><source_type>D</source_type></version>' "$v" $((1 + 7 * v)) "$v"
	done
	printf '<title>%s</title><authors>Ada Quist (Hall 1, North), Bo Ferrandi, Jr.</authors><categories>cs.NE q-bio.NC</categories>' "$3"
	printf '%s<acm-class>I.2.6</acm-class><doi>10.1/a</doi><license>http://creativecommons.org/licenses/by/4.0/</license>' "$4"
	printf '<abstract>  Lamps near $\\beta$ &lt;bells&gt;.\n  Second line.\n</abstract></arXivRaw></metadata></record>\n'
}

raw_page() {
	printf '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-03-20T01:00:00Z</responseDate><ListRecords>\n'
	raw_record 2603.00001 2 'Lamps &amp; bells' '<comments>4 pages</comments><proxy>a proxy</proxy>'
	raw_record 2603.00002 1 'Gr&#xfc;&#xdf;e' ''
	raw_record 2603.00003 3 'Knots in lamps' '<journal-ref>J. Lamps 1</journal-ref><report-no>R-1</report-no>'
	printf '</ListRecords></OAI-PMH>\n'
}

# The same papers with parsed names, one of them at an older version.
arxiv_page() {
	printf '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-03-20T02:00:00Z</responseDate><ListRecords>\n'
	for id in 2603.00001 2603.00004; do
		printf '<record><header><identifier>oai:arXiv.org:%s</identifier><datestamp>2026-03-12</datestamp></header>' $id
		printf '<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>%s</id><created>2026-03-08</created><updated>2026-03-15</updated>' $id
		printf '<authors><author><keyname>Quist</keyname><forenames>Ada</forenames><affiliation>Hall 1, North</affiliation></author>'
		printf '<author><keyname>Ferrandi</keyname><forenames>Bo</forenames><suffix>Jr.</suffix></author></authors>'
		printf '<title>Lamps &amp; bells</title><categories>cs.NE q-bio.NC</categories><msc-class>68T05</msc-class>'
		printf '<abstract>Lamps.</abstract></arXiv></metadata></record>\n'
	done
	printf '<record><header status="deleted"><identifier>oai:arXiv.org:2603.00002</identifier><datestamp>2026-03-18</datestamp></header></record>'
	printf '</ListRecords></OAI-PMH>\n'
}

api_entry() { # id with version, title
	printf '<entry><id>http://arxiv.org/abs/%s</id><title>%s</title><summary>Bells by the API.</summary>' "$1" "$2"
	printf '<published>2026-03-08T10:00:00Z</published><updated>2026-03-22T10:00:00Z</updated><category term="cs.NE"/>'
	printf '<category term="I.2.6"/><arxiv:primary_category term="cs.NE"/><arxiv:comment>5 pages</arxiv:comment>'
	printf '<author><name>Ada Quist</name><arxiv:affiliation>Hall 2</arxiv:affiliation></author><author><name>Bo Ferrandi, Jr.</name></author></entry>\n'
}

api_page() {
	printf '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">\n'
	api_entry 2603.00001v2 'Lamps &amp; bells'
	api_entry 2603.00003v4 'Knots in lamps, again'
	api_entry 2603.00005v1 'Only the API has it'
	printf '</feed>\n'
}

rss_page() {
	printf '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>cs.NE</title>\n'
	for item in '2603.00002v1 new' '2603.00004v2 replace' '2603.00006v1 new' '2603.00007v2 cross'; do
		printf '<item><title>Announced</title><link>https://arxiv.org/abs/%s</link>' "${item%v*}"
		printf '<description>arXiv:%s Announce Type: %s \nAbstract: About it.</description>' $item
		printf '<guid isPermaLink="false">oai:arXiv.org:%s</guid><category>cs.NE</category>' "${item% *}"
		printf '<pubDate>Mon, 09 Mar 2026 00:00:00 -0400</pubDate><arxiv:announce_type>%s</arxiv:announce_type>' "${item#* }"
		printf '<dc:creator>Ada Quist, Bo Ferrandi</dc:creator></item>\n'
	done
	printf '</channel></rss>\n'
}

# Papers of which most are known to several sources, and a second round of some, so that there are changes of each kind.
merged() {
	papers > snapshot.jsonl
	paper 2603.00001 'Lamps, at first' 'Early lamps.' cs.NE 9 >> snapshot.jsonl
	raw_page > raw.xml
	arxiv_page > arxiv.xml
	api_page > api.xml
	rss_page > rss.xml
	for file in snapshot.jsonl rss.xml raw.xml api.xml arxiv.xml; do
		run -0 sheaf import "$file"
	done
	sed 's/<title>Knots in lamps/<title>Knots in bells/; s/2026-03-1\([0-9]\)/2026-03-2\1/' raw.xml > later.xml
	run -0 sheaf import later.xml
	[ "$(sheaf count -- '-id:none')" -eq 15 ]
	[ "$(sheaf count 'is:withdrawn')" -ge 1 ]
}

@test "jsonl: the copy of a merged database is the same in every byte, and so is the copy's copy" {
	merged
	sheaf export > first.jsonl
	run -0 sheaf --db second.db import first.jsonl
	[[ "$output" == "added 15, updated 0, unchanged 0, rejected 0, "* ]]
	sheaf --db second.db export > second.jsonl
	diff first.jsonl second.jsonl
	sheaf --db second.db export | sheaf --db third.db import - > third.out
	sheaf --db third.db export | diff first.jsonl -
	# Once more into the same database it is nothing new.
	run sheaf --db second.db import first.jsonl
	[[ "$output" == "added 0, updated 0, unchanged 15, rejected 0, "* ]]
	sheaf --db second.db export | diff first.jsonl -
}

# What a copy knows of its fields is what decides how a later one is merged.
@test "jsonl: what comes later changes the copy as it changes the database" {
	merged
	sheaf export > first.jsonl
	run -0 sheaf --db second.db import first.jsonl
	sed 's/5 pages/6 pages/; s/00003v4/00003v5/; s/2026-03-22T/2026-03-29T/' api.xml > news.xml
	raw_page | sed 's/<title>/<title>Older /; s/2026-03-1/2026-03-0/' > olds.xml
	for db in "$SHEAF_DB" second.db; do
		run -0 sheaf --db "$db" import news.xml
		run -0 sheaf --db "$db" import olds.xml
		run -0 sheaf --db "$db" import arxiv.xml
	done
	sheaf export > first.jsonl
	sheaf --db second.db export > second.jsonl
	grep -q '6 pages' first.jsonl
	diff <(sort first.jsonl) <(sort second.jsonl)
}

@test "oai: the copy of a merged database gives the same answer" {
	merged
	sheaf export --format oai > first.xml
	run -0 sheaf --db second.db import first.xml
	[[ "$output" == "added 15, updated 0, unchanged 0, rejected 0, "* ]]
	sheaf --db second.db export --format oai > second.xml
	diff <(grep -v responseDate first.xml) <(grep -v responseDate second.xml)
	run sheaf --db second.db import first.xml
	[[ "$output" == "added 0, updated 0, unchanged 15, rejected 0, "* ]]
}

@test "oai: every field that a paper has comes back" {
	needs jq
	merged
	sheaf export --format oai > first.xml
	run -0 sheaf --db second.db import first.xml
	# Where fields are from, and what changed last, is the database's own.
	own='del(.sheaf.origins, .sheaf.change, .sheaf.announced, .sheaf.announced_seen)'
	sheaf export | jq -cS "$own" | sort > first.jsonl
	sheaf --db second.db export | jq -cS "$own" | sort > second.jsonl
	diff first.jsonl second.jsonl
}

#!/usr/bin/env bats
# Files of every format and packing, and what lands in the documents.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

# A page of OAI-PMH with one record of each kind of trouble between two good ones.
raw_page() {
	cat <<- 'X'
		<?xml version="1.0" encoding="UTF-8"?>
		<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
		<responseDate>2024-03-05T01:00:00Z</responseDate>
		<request verb="ListRecords" metadataPrefix="arXivRaw">http://127.0.0.1/oai</request>
		<ListRecords>
		<record><header><identifier>oai:arXiv.org:2401.00001</identifier><datestamp>2024-03-04</datestamp><setSpec>cs:cs:NE</setSpec></header>
		<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2401.00001</id><submitter>Ada Quist</submitter>
		<version version="v1"><date>Fri, 5 Jan 2024 10:00:00 GMT</date><size>12kb</size><source_type>D</source_type></version>
		<version version="v2"><date>Sun, 3 Mar 2024 11:22:33 GMT</date><size>0kb</size><source_type>I</source_type></version>
		<title>Lamps &amp; bells</title><authors>Ada Quist (Hall 1, North), Bo Ferrandi, Jr. and Cleo Marsh</authors>
		<categories>cs.NE q-bio.NC</categories><comments>4 pages &#2; withdrawn</comments><proxy>a proxy</proxy>
		<report-no>R-1</report-no><acm-class>I.2.6</acm-class><msc-class>68T05</msc-class><journal-ref>J. Lamps 1</journal-ref>
		<doi>10.1/a 10.1/b</doi><license>http://creativecommons.org/licenses/by/4.0/</license>
		<abstract>  Lamps near $\beta$ bells.
		  A second paragraph.
		</abstract></arXivRaw></metadata></record>
		<record><header/><metadata><arXivRaw><title>Nameless</title></arXivRaw></metadata></record>
		<record><header status="deleted"><identifier>oai:arXiv.org:2401.00009</identifier><datestamp>2024-03-04</datestamp></header></record>
		<record><header/><metadata><arXivRaw><id>math.GT/0309136</id><title>Knots in lamps</title></arXivRaw></metadata></record>
		<resumptionToken>next</resumptionToken></ListRecords></OAI-PMH>
	X
}

atom_page() {
	cat <<- 'X'
		<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
		<entry><id>http://arxiv.org/abs/2401.00003v2</id><title>Bells in
		  the valley</title><summary>Bells.</summary><published>2024-01-07T10:00:00Z</published><updated>2024-02-07T10:00:00Z</updated>
		<category term="cs.CV"/><category term="I.2.6"/><arxiv:primary_category term="cs.NE"/>
		<author><name>Cleo Marsh</name><arxiv:affiliation>Hall 2</arxiv:affiliation></author></entry></feed>
	X
}

@test "every field of a record is there" {
	needs jq
	raw_page > page.xml
	run -3 --separate-stderr sheaf import page.xml
	[[ "$output" == "added 2, updated 0, unchanged 0, rejected 1, "* ]]
	[ "$stderr" = "page.xml:record 2: has no identifier" ]
	sheaf export | jq -S 'select(.id == "2401.00001")' > got
	jq -S . > expected <<- 'X'
		{"id":"2401.00001","submitter":"Ada Quist","title":"Lamps & bells","comments":"4 pages   withdrawn","journal-ref":"J. Lamps 1",
		"authors":"Ada Quist (Hall 1, North), Bo Ferrandi, Jr., Cleo Marsh","authors_parsed":null,
		"doi":"10.1/a 10.1/b","report-no":"R-1","categories":"cs.NE q-bio.NC","license":"http://creativecommons.org/licenses/by/4.0/",
		"abstract":"  Lamps near $\\beta$ bells.\n  A second paragraph.\n",
		"versions":[{"version":"v1","created":"Fri, 5 Jan 2024 10:00:00 GMT"},{"version":"v2","created":"Sun, 3 Mar 2024 11:22:33 GMT"}],
		"update_date":"2024-03-04",
		"sheaf":{"version":2,"origins":"R","announced":"2024-01-08T00:00:00Z","submitted":"2024-01-05T10:00:00Z","updated":"2024-03-03T11:22:33Z","datestamp":"2024-03-04T00:00:00Z",
		"withdrawn":true,"proxy":"a proxy","msc_class":"68T05","acm_class":"I.2.6",
		"versions":[{"version":1,"size":"12kb","source_type":"D"},{"version":2,"size":"0kb","source_type":"I"}]}}
	X
	diff expected got
	[ "$(sheaf export | jq -r 'select(.title == "Knots in lamps") | .id')" = math/0309136 ]
}

@test "an export is imported to the same documents" {
	raw_page > page.xml
	atom_page > feed.xml
	papers > papers.jsonl
	run -3 sheaf import page.xml feed.xml papers.jsonl
	sheaf export > first.jsonl
	rm -f "$SHEAF_DB"*
	run -0 sheaf import - < first.jsonl
	sheaf export > second.jsonl
	cmp first.jsonl second.jsonl
	run -0 sheaf import first.jsonl
	[[ "$output" == "added 0, updated 0, unchanged $(wc -l < first.jsonl), "* ]]
}

@test "the primary category comes first, classes go where they belong" {
	needs jq
	atom_page > feed.xml
	run -0 sheaf import feed.xml
	[ "$(sheaf count primary:cs.NE)" = 1 ]
	[ "$(sheaf count cat:cs.CV)" = 1 ]
	[ "$(sheaf count acm:I.2.6)" = 1 ]
	[ "$(sheaf show --format json 2401.00003 | jq -r '.results[0].version // .version')" = 2 ]
}

@test "packed in every way, told from the content" {
	needs gzip bzip2 xz zstd zip
	papers > papers.jsonl
	gzip -c papers.jsonl > one
	bzip2 -c papers.jsonl > two.gz
	xz -c papers.jsonl > three.txt
	zstd -qc papers.jsonl > four
	zip -q five papers.jsonl
	gzip -c papers.jsonl | zstd -qc > six
	{ printf 'HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n'; cat papers.jsonl; } > seven
	for file in one two.gz three.txt four five.zip six seven; do
		echo "$file"
		rm -f "$SHEAF_DB"*
		run -0 --separate-stderr sheaf import "$file"
		[[ "$output" == "added 8, updated 0, unchanged 0, rejected 0, "* ]]
		rm -f "$SHEAF_DB"*
		run -0 --separate-stderr sheaf import - < "$file"
		[[ "$output" == "added 8, "* ]]
		rm -f "$SHEAF_DB"*
		run -0 --separate-stderr bash -c '"$SHEAF" import - < <(cat "$1")' _ "$file"
		[[ "$output" == "added 8, "* ]]
	done
}

@test "an archive of many files, one of them none of ours" {
	needs zip tar xz
	mkdir in
	raw_page > in/b.xml
	atom_page > in/c.xml
	papers > in/a.jsonl
	echo 'About this archive.' > in/README
	zip -qr all.zip in
	tar -cf - in | xz > all.tar.xz
	for file in all.zip all.tar.xz; do
		rm -f "$SHEAF_DB"*
		run -3 --separate-stderr sheaf import "$file"
		[[ "$output" == "added "*", rejected 2, "* ]]
		[[ "$stderr" == *"$file:in/README: unknown format"* ]]
		[[ "$stderr" == *"$file:in/b.xml:record 2: has no identifier"* ]]
		# Two papers are in two of the files.
		[ "$(sheaf export | wc -l)" -eq 9 ]
	done
}

@test "cut off before anything could be unpacked: 3 as well" {
	papers | gzip -c | head -c 40 > tiny.gz
	run -3 --separate-stderr sheaf import tiny.gz
	[[ "$stderr" == *tiny.gz*truncated* ]]
	[[ "$output" == "added 0,"* ]]
}

@test "cut off: 3, what came before is kept" {
	raw_page | sed '/Nameless/,$d' > cut.xml
	papers | head -c 1000 > cut.jsonl
	for i in $(seq 400); do paper "2402.$(printf '%05d' "$i")" "$RANDOM $RANDOM $RANDOM" "$RANDOM lamps $RANDOM"; done | gzip -c | head -c 9000 > cut.gz
	run -3 --separate-stderr sheaf import cut.xml
	[[ "$output" == "added 1, "*"rejected 0, "* ]]
	[[ "$stderr" == *cut.xml*"cut off"* ]]
	run -3 --separate-stderr sheaf import cut.jsonl
	[[ "$output" == "added "[12]", "*"rejected 0, "* ]]
	run -3 --separate-stderr sheaf import cut.gz
	[[ "$stderr" == *cut.gz* ]]
	[ "$(sheaf export | grep -c '"2402\.')" -gt 10 ]
}

@test "entities, document types and depth: refused, and quickly" {
	{ echo '<!DOCTYPE a [<!ENTITY a "lol">'; for i in a b c d e f g h i; do echo "<!ENTITY ${i}1 \"&$i;&$i;&$i;&$i;&$i;&$i;&$i;&$i;\">"; done; echo ']><record>&i1;</record>'; } > laughs.xml
	echo '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><record><metadata><arXiv><id>1</id><title>&x;</title></arXiv></metadata></record>' > file.xml
	{ printf '<record>%.0s' $(seq 1000); } > deep.xml
	for file in laughs.xml file.xml deep.xml; do
		run -9 --separate-stderr timeout 20 "$SHEAF" import "$file"
		[[ "$stderr" == "sheaf: $file: line "* ]]
	done
	run -1 sheaf count root
}

@test "nothing of a bad file steers the terminal" {
	printf '{"id":"a \x1b[31m\xc2\x9b2J\xe2\x80\xae b"}\n{"id":"\x1b]0;x\x07\n' > bad.jsonl
	printf '<OAI-PMH><error code="bad\x1bVerb">\x1b[31m red &#x9b;2J &#x202e; evil</error></OAI-PMH>' > bad.xml
	printf '<OAI-PMH>\x1b[31m</\x1b[31mwrong>' > worse.xml
	run -9 --separate-stderr sheaf import bad.jsonl bad.xml worse.xml
	printf '%s\n' "$stderr" > said
	[ -s said ]
	no_controls said
}

@test "a record with next to nothing in it is a record" {
	printf '%s\n' '{"id":"2401.00001"}' '{"id":"2401.00002","title":"T\u0000\u0007","authors":"","categories":"","versions":[],"update_date":"soon"}' > bare.jsonl
	printf '{"id":"2401.00003","title":"raw \x01 control and \xff byte"}\n' >> bare.jsonl
	run -0 --separate-stderr sheaf import bare.jsonl
	[[ "$output" == "added 3, updated 0, unchanged 0, rejected 0, "* ]]
	run -0 sheaf check
}

@test "a later answer completes what an earlier one left open" {
	needs jq
	atom_page | sed 's/2401.00003v2/2401.00001v2/' > feed.xml
	raw_page > page.xml
	run -0 sheaf import feed.xml
	run -3 --separate-stderr sheaf import page.xml
	[[ "$output" == "added 1, updated 1, "* ]]
	[ "$(sheaf export | jq -r 'select(.id == "2401.00001") | "\(.submitter) \(.sheaf.withdrawn)"')" = "Ada Quist true" ]
}

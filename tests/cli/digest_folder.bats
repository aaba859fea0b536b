#!/usr/bin/env bats
# A digest as a folder to be published.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	cat > topics.yaml <<- 'X'
		digest: {name: lamps, title: Lamps, fallback: Other}
		profiles:
		  light: {heading: Light & <lamps>, query: lamps OR imaging}
		  nets: {query: network}
	X
	sheaf classify --profiles topics.yaml > summary
}

@test "a page and two feeds for each section, and for all" {
	run -0 --separate-stderr sheaf digest -o site/ --now 2024-02-01
	[ -z "$output" ]
	[ "$(cd site && echo *)" = "Other.atom Other.html Other.json feed.json index.atom index.html light.atom light.html light.json nets.atom nets.html nets.json" ]
	grep -q '<a href="light.html">Light &amp; &lt;lamps&gt;</a>' site/index.html
	grep -q '<link rel="alternate" type="application/atom+xml" href="light.atom"/>' site/light.html
	grep -q '<link rel="alternate" type="application/feed+json" href="feed.json"/>' site/index.html
	grep -q '<a href="index.html">' site/light.html
	[ "$(grep -c '<article' site/index.html)" -eq 8 ]
	[ "$(grep -c '<article' site/nets.html)" -eq 2 ]
	[ "$(grep -c '<entry>' site/nets.atom)" -eq 2 ]
	[ "$(grep -c '<entry>' site/index.atom)" -eq 8 ]
	grep -q '<title>Lamps: Light &amp; &lt;lamps&gt;</title>' site/light.atom
	[ "$(grep -h '^  <id>' site/*.atom | sort -u | wc -l)" -eq 4 ]
	cp -r site before
	sheaf digest -o site --now 2024-02-01
	diff -r before site
}

@test "a folder whose list of files someone else wrote" {
	mkdir site
	{
		printf '../outside\n/etc/passwd\n.hidden\n'
		seq -f 'f%.0f' 1 100000
	} > site/.sheaf-digest
	echo kept > outside
	echo stale > site/f77
	run -0 --separate-stderr sheaf digest -o site/ --now 2024-02-01
	[ -f outside ]
	[ ! -e site/f77 ]
	[ "$(wc -l < site/.sheaf-digest)" -lt 20 ]
}

@test "what someone else put into the folder stays" {
	mkdir site
	echo '<h1>Mine</h1>' > site/index.html
	run -9 --separate-stderr sheaf digest -o site/ --since last --mark-delivered
	[ "$stderr" = "sheaf: site/index.html was not made by sheaf digest: move it away, or give another folder" ]
	[ "$(cat site/index.html)" = '<h1>Mine</h1>' ]
	[ "$(ls site)" = index.html ]
	rm site/index.html
	sheaf digest -o site/ --since last --mark-delivered
	# The list may be lost where a folder is published and fetched again.
	rm site/.sheaf-digest
	sheaf digest -o site/
}

@test "a section shows what it takes, whatever another one has delivered" {
	cat > both.yaml <<- 'X'
		digest: {name: both, assign: all}
		profiles:
		  all: {query: lamps OR imaging OR network}
		  fresh: {query: 'cat:cs.*', include: [new]}
	X
	sheaf classify --profiles both.yaml > summary
	sheaf digest --profiles both.yaml -o before/ --now 2024-02-01
	run ! grep -q 2401.00005 before/fresh.html
	sheaf digest --profiles both.yaml -o site/ --since last --mark-delivered --now 2024-02-01
	sheaf digest --profiles both.yaml -o site/ --since last --mark-delivered --now 2024-02-01 || [ $? -eq 1 ]
	cmp before/fresh.html site/fresh.html
	cmp before/fresh.json site/fresh.json
}

@test "feeds are a window of the newest, the digest is what was not delivered" {
	sheaf digest -o site/ --since last --mark-delivered --window 2
	[ "$(grep -c '<article' site/index.html)" -eq 8 ]
	[ "$(grep -c '<entry>' site/index.atom)" -eq 2 ]
	run -1 sheaf digest -o site/ --since last --mark-delivered
	[ "$(grep -c '<article' site/index.html)" -eq 0 ]
	[ "$(grep -c '<article' site/nets.html)" -eq 2 ]
	[ "$(grep -c '<entry>' site/index.atom)" -eq 8 ]
}

@test "feeds are what feeds have to be" {
	needs jq
	needs xmllint
	sheaf digest -o site/ --base-url https://example.org/lamps --now 2024-02-01
	for feed in site/*.atom; do
		xmllint --noout "$feed"
		if [ -e "$SHEAF_SOURCE/tests/support/atom.rng" ]; then
			xmllint --noout --relaxng "$SHEAF_SOURCE/tests/support/atom.rng" "$feed"
		fi
	done
	[ "$(jq -r .feed_url site/feed.json)" = https://example.org/lamps/feed.json ]
	[ "$(jq -r .home_page_url site/nets.json)" = https://example.org/lamps/nets.html ]
	[ "$(jq -r '.items[0].id' site/nets.json)" = https://arxiv.org/abs/2401.00002 ]
	grep -q '<link rel="self" type="application/atom+xml" href="https://example.org/lamps/nets.atom"/>' site/nets.atom
	grep -q '<link rel="alternate" type="text/html" href="https://example.org/lamps/index.html"/>' site/index.atom
}

@test "names of profiles are no paths" {
	cat > names.yaml <<- 'X'
		digest: {name: ../up, title: Names, fallback: "..."}
		profiles:
		  "../../etc/passwd": {query: lamps}
		  ".hidden": {query: network}
		  Index: {query: marbles}
		  feed: {query: phrase}
		  FEED: {query: skin}
		  "über alles": {query: waves}
		  "日本": {query: waves}
		  "a/b": {query: waves}
		  "a b": {query: waves}
	X
	sheaf classify --profiles names.yaml > summary
	sheaf digest --profiles names.yaml -o site/
	[ "$(cd site && ls -A | grep -v '^\.sheaf-digest$' | sed 's/\.[a-z]*$//' | sort -u | tr '\n' ' ')" = "FEED-3 Index-2 a-b a-b-2 ber-alles etc-passwd feed feed-2 hidden index profile-a6d3ce91 profile-ec4b1219 " ]
	[ -z "$(find . -newer names.yaml -type f ! -path './site/*' ! -name 'papers.db*' ! -name summary)" ]
	sheaf digest --profiles names.yaml --profiles topics.yaml -o all/
	[ "$(cd all && echo *)" = "lamps up" ]
	[ -e all/up/index.html ]
}

@test "stale files go where sheaf made them, and only there" {
	mkdir site
	echo mine > site/notes.html
	echo mine > site/nets.txt
	sheaf digest -o site
	sed -i '/nets:/d' topics.yaml
	sheaf classify --profiles topics.yaml > summary
	printf '../precious\nnotes.txt\n/etc/hostname\n.sheaf-digest\n' >> site/.sheaf-digest
	echo precious > precious
	sheaf digest -o site
	[ ! -e site/nets.html ]
	[ ! -e site/nets.atom ]
	[ ! -e site/nets.json ]
	[ -e site/light.html ]
	[ -e precious ]
	[ "$(cat site/notes.html site/nets.txt)" = $'mine\nmine' ]
	[ -e site/.sheaf-digest ]
	! grep -q 'nets\|precious' site/.sheaf-digest
}

@test "several files are a folder each, and only folders" {
	sed 's/lamps,/nights,/' topics.yaml > nights.yaml
	sheaf classify --profiles nights.yaml > summary
	sheaf digest --profiles topics.yaml --profiles nights.yaml -o all/ --since last --mark-delivered --base-url https://example.org
	[ "$(cd all && echo *)" = "lamps nights" ]
	grep -q 'href="https://example.org/nights/light.atom"' all/nights/light.atom
	run -1 sheaf digest --profiles topics.yaml --profiles nights.yaml -o all/ --since last
	run -2 --separate-stderr sheaf digest --profiles topics.yaml --profiles nights.yaml -o all.html
	# shellcheck disable=SC2154 # bats sets stderr
	[[ "$stderr" == *"-o DIR/"* ]]
	run -2 --separate-stderr sheaf digest --profiles topics.yaml --profiles topics.yaml -o all/
	[[ "$stderr" == *"'lamps'"* ]]
}

@test "a folder that cannot be written delivers nothing" {
	echo file > site
	run -9 sheaf digest -o site/ --since last --mark-delivered
	[ "$(cat site)" = file ]
	mkdir -p blocked/index.html
	run -9 --separate-stderr sheaf digest -o blocked/ --since last --mark-delivered
	[ "${#stderr_lines[@]}" -eq 1 ]
	run -0 sheaf digest --since last
}

@test "a digest by categories is a folder, too" {
	sheaf digest --cat cs.NE --cat 'q-bio.*' -o site/
	[ "$(cd site && echo *.html)" = "cs.NE.html index.html q-bio.html" ]
	[ "$(grep -c '<article' site/cs.NE.html)" -eq 2 ]
}

@test "pages are HTML5 to a parser that forgives nothing, and lead to files that are there" {
	needs_python html5lib
	sheaf digest -o site/ --now 2024-02-01
	cat > links.py <<- 'X'
		import os, sys, html5lib
		seen = set()
		for page in sys.argv[1:]:
		    tree = html5lib.HTMLParser(strict=True).parse(open(page, encoding="utf-8").read())
		    for element in tree.iter():
		        href = element.get("href") if isinstance(element.tag, str) else None
		        if href and not href.startswith(("#", "https://", "http://")):
		            assert os.path.isfile(os.path.join(os.path.dirname(page), href)), (page, href)
		            seen.add(href)
		print(*sorted(seen))
	X
	"$python" links.py site/*.html > seen
	[ "$(cat seen)" = "Other.atom Other.html Other.json feed.json index.atom index.html light.atom light.html light.json nets.atom nets.html nets.json" ]
}

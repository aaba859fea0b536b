#!/usr/bin/env bats
# The replay server answers as arXiv does, and fails on demand.

bats_require_minimum_version 1.5.0
load ../support/needs
load ../support/replay

setup() {
	needs curl xmllint
	cd "$BATS_TEST_TMPDIR"
}

teardown() {
	replay_stop
}

oai() {
	local query="$1"
	shift
	curl -s -S --max-time 20 "$@" "$REPLAY_URL/oai?$query"
}

api() {
	curl -s -S --max-time 20 -G "$REPLAY_URL/api/query" "$@"
}

token_of() {
	sed -n 's/.*<resumptionToken[^>]*>\(.*\)<\/resumptionToken>.*/\1/p' "$1"
}

# Follows the chain of tokens from the query $1; the pages become chain-1.xml, chain-2.xml …
follow() {
	local n=1 token
	oai "$1" > chain-1.xml
	token=$(token_of chain-1.xml)
	while [ -n "$token" ]; do
		[ $((n += 1)) -le 100 ] || return 1
		curl -s -S -G --data-urlencode "resumptionToken=$token" "$REPLAY_URL/oai?verb=ListRecords" > chain-$n.xml
		token=$(token_of chain-$n.xml)
	done
	echo $n > chain-pages
	grep -h '<identifier>' chain-*.xml | sed 's/.*arXiv.org:\(.*\)<.*/\1/' > chain-ids
}

@test "a chain of pages holds every paper once, in both formats" {
	replay_start --papers 95 --per-day 7 --page-size 10
	for prefix in arXivRaw arXiv; do
		rm -f chain-*
		follow "verb=ListRecords&metadataPrefix=$prefix"
		[ "$(cat chain-pages)" -eq 10 ]
		[ "$(wc -l < chain-ids)" -eq 95 ]
		[ "$(sort -u chain-ids | wc -l)" -eq 95 ]
		xmllint --noout chain-*.xml
		grep -q '<resumptionToken/>' chain-10.xml
		[ "$(grep -c "<$prefix xmlns" chain-1.xml)" -eq 10 ]
	done
}

@test "a complete first answer has no token, a page with one tells when it expires" {
	replay_start --papers 10 --page-size 10
	oai 'verb=ListRecords&metadataPrefix=arXiv' > page.xml
	run ! grep -q resumptionToken page.xml
	replay_stop
	replay_start --papers 11 --page-size 10 --to 2026-11-20
	oai 'verb=ListRecords&metadataPrefix=arXiv' > page.xml
	grep -q "<resumptionToken expirationDate='2026-11-21T00:00:00Z'>verb%3DListRecords%26" page.xml
}

@test "from, until and set choose" {
	replay_start --papers 200 --per-day 5 --page-size 1000
	oai 'verb=ListRecords&metadataPrefix=arXiv&from=2026-10-05&until=2026-10-06' > days.xml
	[ "$(grep -c '<record>' days.xml)" -gt 0 ]
	[ "$(grep -o '<datestamp>[^<]*' days.xml | sort -u | wc -l)" -le 2 ]
	[ -z "$(grep '<datestamp>' days.xml | grep -v -e 2026-10-05 -e 2026-10-06)" ]
	for set in cs cs:cs cs:cs:NE physics:quant-ph math:math; do
		oai "verb=ListRecords&metadataPrefix=arXiv&set=$set" > set.xml
		records=$(grep -c '<record>' set.xml)
		[ "$records" -gt 0 ]
		[ "$records" -lt 200 ]
		with_set=$(tr -d '\n' < set.xml | sed 's/<record>/\n&/g' | grep -c "<setSpec>$set[:<]")
		[ "$with_set" -eq "$records" ]
	done
}

@test "the protocol's errors come with HTTP 200" {
	replay_start --papers 5
	while read -r code query; do
		status=$(curl -s -o error.xml -w '%{http_code}' "$REPLAY_URL/oai?$query")
		[ "$status" = 200 ]
		xmllint --noout error.xml
		grep -q "<error code='$code'>" error.xml || { cat error.xml; false; }
	done <<-'END'
		badVerb
		badVerb verb=Nonsense
		badVerb verb=Identify&verb=Identify
		badArgument verb=ListRecords
		badArgument verb=ListRecords&metadataPrefix=arXiv&colour=red
		badArgument verb=ListRecords&metadataPrefix=arXiv&from=2026-10-01&from=2026-10-02
		badArgument verb=ListRecords&metadataPrefix=arXiv&from=2026-10-01T00:00:00Z
		badArgument verb=ListRecords&metadataPrefix=arXiv&from=2001-01-01
		badArgument verb=ListRecords&metadataPrefix=arXiv&until=2099-01-01
		badArgument verb=ListRecords&metadataPrefix=arXiv&from=2026-10-05&until=2026-10-01
		badArgument verb=ListRecords&metadataPrefix=arXiv&set=nowhere
		badArgument verb=ListRecords&metadataPrefix=arXiv&resumptionToken=x
		badArgument verb=GetRecord&metadataPrefix=arXiv
		cannotDisseminateFormat verb=ListRecords&metadataPrefix=marc21
		noRecordsMatch verb=ListRecords&metadataPrefix=arXiv&from=2026-11-20
		idDoesNotExist verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:2610.00001
		idDoesNotExist verb=GetRecord&metadataPrefix=arXiv&identifier=%3Cscript%3E
		badResumptionToken verb=ListRecords&resumptionToken=x
		badResumptionToken verb=ListRecords&resumptionToken=
		badResumptionToken verb=ListRecords&resumptionToken=verb%253DListRecords%2526skip%253D-1
	END
}

@test "a token must be sent back percent-encoded once more" {
	replay_start --papers 20 --page-size 5
	oai 'verb=ListRecords&metadataPrefix=arXiv' > page.xml
	oai "verb=ListRecords&resumptionToken=$(token_of page.xml)" > page2.xml
	grep -q badResumptionToken page2.xml
}

@test "Identify, ListSets, ListMetadataFormats, ListIdentifiers and GetRecord" {
	replay_start --papers 12
	oai verb=Identify | grep -q '<granularity>YYYY-MM-DD<'
	oai verb=ListSets | grep -q '<setSpec>cs:cs:NE<'
	[ "$(oai verb=ListMetadataFormats | grep -c '<metadataPrefix>')" -eq 4 ]
	[ "$(oai 'verb=ListIdentifiers&metadataPrefix=arXiv' | grep -c '<header>')" -eq 12 ]
	oai 'verb=GetRecord&metadataPrefix=arXivRaw&identifier=oai:arXiv.org:2610.50003' | grep -q '<id>2610.50003<'
}

@test "a later day only adds" {
	replay_start --papers 400 --per-day 10 --page-size 1000 --to 2026-10-20
	oai 'verb=ListRecords&metadataPrefix=arXivRaw' | grep '<id>' | sort > before
	replay_stop
	replay_start --papers 400 --per-day 10 --page-size 1000 --to 2026-10-25
	oai 'verb=ListRecords&metadataPrefix=arXivRaw' | grep '<id>' | sort > after
	[ "$(wc -l < before)" -eq 200 ]
	[ "$(wc -l < after)" -eq 250 ]
	[ -z "$(comm -23 before after)" ]
}

@test "the API answers queries, pages and orders" {
	replay_start --papers 300 --per-day 10
	api --data-urlencode 'search_query=cat:cs.NE' -d max_results=200 > all.xml
	xmllint --noout all.xml
	total=$(sed -n 's/.*<opensearch:totalResults>\([0-9]*\).*/\1/p' all.xml)
	[ "$total" -gt 12 ]
	[ "$(grep -c '<entry>' all.xml)" -eq "$total" ]
	api --data-urlencode 'search_query=cat:cs.NE' -d 'start=10&max_results=7&sortBy=submittedDate' > page.xml
	[ "$(grep -c '<entry>' page.xml)" -eq 7 ]
	grep -o '<published>[^<]*' page.xml > dates
	sort -r dates | diff - dates
	api --data-urlencode 'search_query=cat:cs.NE' -d "start=$total" > past.xml
	run ! grep -q '<entry>' past.xml
	grep -q "<opensearch:totalResults>$total<" past.xml
	api -d 'search_query=' -d 'id_list=2610.50001v1,2610.50002,2610.00001' > ids.xml
	[ "$(grep -c '<entry>' ids.xml)" -eq 2 ]
	grep -q '<id>http://arxiv.org/abs/2610.50001v1<' ids.xml
	curl -s -d 'search_query=cat:cs.NE' -d max_results=200 "$REPLAY_URL/api/query" > posted.xml
	[ "$(grep -c '<entry>' posted.xml)" -eq "$total" ]
}

@test "what is wrong with an API request is an error entry with HTTP 400" {
	replay_start --papers 5
	for query in 'search_query=%22open' 'search_query=nofield:x' 'id_list=abc' 'max_results=0&search_query=a' \
		'max_results=x&search_query=a' 'start=9999&search_query=a' 'sortBy=size&search_query=a' \
		'search_query=' 'search_query=%3Cb%3E)'; do
		status=$(curl -s -o error.xml -w '%{http_code}' "$REPLAY_URL/api/query?$query")
		[ "$status" = 400 ]
		xmllint --noout error.xml
		grep -q '<title>Error</title>' error.xml
	done
}

@test "gzip is sent to those who accept it" {
	replay_start --papers 50
	oai 'verb=ListRecords&metadataPrefix=arXiv' > plain.xml
	oai 'verb=ListRecords&metadataPrefix=arXiv' -H 'Accept-Encoding: gzip' > packed.gz
	gzip -dc packed.gz | diff - plain.xml
	[ "$(wc -c < packed.gz)" -lt "$(($(wc -c < plain.xml) / 2))" ]
}

@test "faults come at their requests" {
	replay_start --papers 50 --page-size 20 --faults 503:at=1:retry-after=7 --faults cut:at=2 \
		--faults html:at=3 --faults empty:at=4 --faults garbage:at=5 --faults 429:every=7 \
		--faults slow:at=8:ms=300 --faults nothing:at=9
	query='verb=ListRecords&metadataPrefix=arXiv'
	oai "$query" -D headers -o /dev/null
	grep -q '^HTTP/1.1 503' headers
	grep -qi '^Retry-After: 7' headers
	run -18 oai "$query"
	oai "$query" -D headers | grep -q '<html>'
	grep -qi '^Content-Type: text/html' headers
	[ -z "$(oai "$query")" ]
	oai "$query" > garbage.xml
	run ! xmllint --noout garbage.xml
	oai "$query" | xmllint --noout -
	oai "$query" -D headers -o /dev/null
	grep -q '^HTTP/1.1 429' headers
	oai "$query" | xmllint --noout -
	api -d search_query=cat:cs.NE | grep -q 'totalResults>0<'
	oai "$query" | xmllint --noout -
}

@test "a token that has expired is answered so, once" {
	replay_start --papers 50 --page-size 20 --faults expire:at=2
	oai 'verb=ListRecords&metadataPrefix=arXiv' > page.xml
	next() { curl -s -G --data-urlencode "resumptionToken=$(token_of page.xml)" "$REPLAY_URL/oai?verb=ListRecords"; }
	next | grep -q "<error code='badResumptionToken'>"
	next | grep -q '<record>'
}

@test "recorded pages make a chain that closes" {
	mkdir pages
	for n in 1 2 10; do
		printf '<OAI-PMH><ListRecords><record>%s</record><resumptionToken cursor="0">a&amp;b|%s</resumptionToken></ListRecords></OAI-PMH>\n' \
			"$n" "$n" > "pages/$n.xml"
	done
	echo 'not a page' > pages/README
	replay_start --pages pages
	oai 'verb=ListRecords&metadataPrefix=arXiv' > first.xml
	diff first.xml pages/1.xml
	next() { curl -s -G --data-urlencode "resumptionToken=$1" "$REPLAY_URL/oai?verb=ListRecords"; }
	next 'a&b|1' | diff - pages/2.xml
	next 'a&b|2' > last.xml
	grep -q '<record>10</record><resumptionToken/></ListRecords>' last.xml
	next 'a&b|10' | grep -q badResumptionToken
	next 'else' | grep -q badResumptionToken
}

@test "the log shows time, URL, status and headers" {
	replay_start --papers 5
	oai 'verb=Identify' -A 'some agent/1' -H 'Accept-Encoding: gzip' -o /dev/null
	curl -s -o /dev/null "$REPLAY_URL/nothing"
	[ "$(wc -l < "$REPLAY_LOG")" -eq 2 ]
	awk -F '\t' 'NR == 1 && $1 ~ /^[0-9]+$/ && $2 == "GET" && $3 == "/oai?verb=Identify" && $4 == 200 &&
		$6 == "some agent/1" && $7 == "gzip" && $8 == "-" {good++}
		NR == 2 && $3 == "/nothing" && $4 == 404 {good++}
		END {exit good != 2}' "$REPLAY_LOG"
}

@test "it ends when told to, when its time is over, and refuses what it does not know" {
	replay_start --papers 5
	kill -TERM "$REPLAY_PID"
	wait "$REPLAY_PID"
	REPLAY_PID=
	"$REPLAY_SERVER" --papers 5 --lifetime 0 | grep -q '^listening on http://127.0.0.1:'
	run -2 "$REPLAY_SERVER" --colour red
	run -2 "$REPLAY_SERVER" --port 70000
	run -2 "$REPLAY_SERVER" --faults 503
	run -4 "$REPLAY_SERVER" --pages "$BATS_TEST_TMPDIR/missing"
	run -4 "$REPLAY_SERVER" --to 2001-01-01
}

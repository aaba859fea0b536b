#!/usr/bin/env bats
# What changed, when it was announced, and what is to stay out.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

# raw ID VERSION DATESTAMP [TITLE [CATEGORIES [TYPE]]]
raw() {
	local v
	printf '<record><header><identifier>oai:arXiv.org:%s</identifier><datestamp>%s</datestamp></header>' "$1" "$3"
	printf '<metadata><arXivRaw><id>%s</id>' "$1"
	for v in $(seq "$2"); do
		printf '<version version="v%d"><date>Thu, %d Mar 2026 16:00:00 GMT</date><size>6kb</size><source_type>%s</source_type></version>' \
			"$v" $((5 + 7 * (v - 1))) "$([ "$v" = "$2" ] && echo "${6:-D}" || echo D)"
	done
	printf '<title>%s</title><authors>Ada Quist</authors><categories>%s</categories></arXivRaw></metadata></record>\n' \
		"${4:-Lamps}" "${5:-cs.NE}"
}

page() {
	printf '<OAI-PMH><ListRecords>'
	cat
	printf '</ListRecords></OAI-PMH>'
}

@test "each kind of change is told, counted and found" {
	for i in 1 2 3 4 5; do raw "2603.0000$i" 1 2026-03-06; done | page > first.xml
	run -0 --separate-stderr sheaf import first.xml
	[[ "$output" == "added 5, updated 0, "* ]]
	{
		raw 2603.00001 1 2026-03-06
		raw 2603.00002 2 2026-03-13
		raw 2603.00003 1 2026-03-13 'Lamps and bells'
		raw 2603.00004 1 2026-03-13 Lamps 'cs.NE cs.AI'
		raw 2603.00005 2 2026-03-13 Lamps cs.NE I
	} | page > second.xml
	run -0 --separate-stderr sheaf -v import second.xml
	[[ "$output" == "added 0, updated 4, unchanged 1, "* ]]
	# shellcheck disable=SC2154 # bats sets stderr
	[[ "$stderr" == *"new versions 1, metadata 1, categories 1, withdrawn 1"* ]]
	for pair in new=2603.00001 version=2603.00002 metadata=2603.00003 category=2603.00004 withdrawn=2603.00005; do
		[ "$(sheaf search --format ids "change:${pair%=*}")" = "${pair#*=}" ]
	done
	run -0 --separate-stderr sheaf status
	[[ "$output" == *"last changes: new 1, metadata 1, category 1, version 1, withdrawn 1"* ]]
	[[ "$(sheaf status --json)" == *'"changes":{"new":1,"metadata":1,"category":1,"version":1,"withdrawn":1}'* ]]
	[ "$(sheaf show --format tsv --fields change 2603.00003)" = metadata ]
	run -0 --separate-stderr sheaf check
}

@test "a record that was only touched is no change" {
	raw 2603.00001 1 2026-03-06 | page | sheaf import - > /dev/null
	revision=$(sheaf status --json | jq .revision)
	run -0 --separate-stderr sheaf import - < <(raw 2603.00001 1 2026-03-20 | page)
	[[ "$output" == "added 0, updated 0, unchanged 1, "* ]]
	[ "$(sheaf status --json | jq .revision)" = "$revision" ]
	[[ "$(sheaf export)" == *'"update_date":"2026-03-20"'* ]]
	# What was said earlier does not come back.
	run -0 --separate-stderr sheaf import - < <(raw 2603.00001 1 2026-03-09 Older | page)
	[[ "$output" == "added 0, updated 0, unchanged 1, "* ]]
	[[ "$(sheaf export)" == *'"title":"Lamps"'* ]]
}

@test "three dates: submitted, updated, announced" {
	# A Thursday at 11:00 in New York: Friday's list.
	raw 2603.00001 2 2026-03-13 | page | sheaf import - > /dev/null
	[ "$(sheaf search --format ids submitted:2026-03-05)" = 2603.00001 ]
	[ "$(sheaf search --format ids updated:2026-03-12)" = 2603.00001 ]
	[ "$(sheaf search --format ids announced:2026-03-06)" = 2603.00001 ]
	run -1 sheaf search announced:2026-03-07..
	run -1 sheaf search announced:..2026-03-05
	[ "$(sheaf search --format tsv --fields announced,announced_source lamps)" = "2026-03-06	inferred" ]
}

@test "papers that were taken out stay out" {
	for i in 1 2; do raw "2603.0000$i" 1 2026-03-06; done | page > first.xml
	sheaf import first.xml > /dev/null
	run -0 --separate-stderr sheaf rm arXiv:2603.00001v1
	[ "$output" = "removed 1" ]
	run -0 --separate-stderr sheaf import first.xml
	[[ "$output" == "added 0, updated 0, unchanged 1, "* ]]
	[[ "$stderr" == *"papers that were removed before, and are kept out: 1; --force takes them"* ]]
	[ "$(sheaf count lamps)" = 1 ]
	run -0 --separate-stderr sheaf import --force first.xml
	[[ "$output" == "added 1, "* ]]
	run -0 --separate-stderr sheaf import first.xml
	[[ "$output" == "added 0, updated 0, unchanged 2, "* ]]
	sheaf check
}

@test "what is not there is kept out all the same; what is no paper is an error" {
	raw 2603.00001 1 2026-03-06 | page > first.xml
	sheaf init > /dev/null
	run -1 --separate-stderr sheaf rm 2603.00001
	[ "$output" = "removed 0" ]
	run -0 --separate-stderr sheaf import first.xml
	[[ "$output" == "added 0, "* ]]
	run -2 --separate-stderr sheaf rm 2603.00001 'no such/thing at all'
	[ -z "$output" ]
	run -2 --separate-stderr sheaf rm
}

@test "the order of announcements" {
	{
		raw 2603.00001 1 2026-03-10
		raw 2603.00002 1 2026-03-06
		raw 2603.00003 1 2026-03-09
	} | page | sheaf import - > /dev/null
	[ "$(sheaf search --sort announced --format ids lamps | tr '\n' ' ')" = "2603.00001 2603.00003 2603.00002 " ]
	[ "$(sheaf search --sort announced --reverse --format ids lamps | tr '\n' ' ')" = "2603.00002 2603.00003 2603.00001 " ]
}

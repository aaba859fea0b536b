#!/usr/bin/env bats
# The daily digest of Open Neuromorphic, byte for byte.

bats_require_minimum_version 1.5.0

setup() {
	export HOME="$BATS_TEST_TMPDIR"
	profiles="$SHEAF_SOURCE/examples/open-neuromorphic.yaml"
	db="$BATS_TEST_TMPDIR/papers.db"
}

# digest_of DATABASE FILE TIME: what the command makes of a feed.
digest_of() {
	"$SHEAF" --db "$1" -q import "$2" >/dev/null || return
	"$SHEAF" --db "$1" classify --profiles "$profiles" >/dev/null || return
	"$SHEAF" --db "$1" digest --profiles "$profiles" --format markdown --now "$3"
}

# entry ID PUBLISHED TITLE SUMMARY AUTHOR...: one entry of a feed; the texts are the inside of XML.
entry() {
	printf '<entry><id>http://arxiv.org/abs/%s</id><published>%s</published><updated>%s</updated>' "$1" "$2" "$2"
	printf '<title>%s</title><summary>%s</summary>' "$3" "$4"
	shift 4
	printf '<author><name>%s</name></author>' "$@"
	printf '<category term="cs.NE" scheme="http://arxiv.org/schemas/atom"/></entry>\n'
}

feed() {
	printf '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
	printf 'xmlns:arxiv="http://arxiv.org/schemas/atom"><id>x</id><title>x</title>\n'
	cat
	printf '</feed>\n'
}

# Ties, substrings, the fallback, versions, four authors, inner blanks, markup that passes.
invented_feed() {
	{
		entry 2601.00009v1 2026-01-09T10:00:00Z 'A garden' 'Nothing of the kind.' 'Ada Quist'
		entry 2601.00008v2 2026-01-08T10:00:00Z 'Plasticity in a
  memristor' 'One of each: a tie goes to the first.' 'Ada Quist' 'Bo Ferrandi' 'Cy Tan'
		entry 2601.00007v1 2026-01-07T10:00:00Z 'Spiking STDP' \
			'  Theory of dynamics.  Two blanks.
  A paragraph of $L_2$ &lt;b&gt; &amp; *stars*.
' 'Ada Quist' 'Bo Ferrandi' 'Cy Tan' 'Dee Oak'
		entry 2601.00006v1 2026-01-06T10:00:00Z 'Supervision' 'Only the inside of a longer word.' 'Cy Tan'
		entry 2601.00005v3 2026-01-05T23:59:59Z 'MICROCHIPS' 'Upper CMOS case.' 'Dee Oak'
		entry 2601.00004v1 2026-01-05T23:59:58Z 'A Device, a device, a device' \
			'Repeated words count once: plasticity, STDP.' 'Ðee Ôak'
	} | feed
}

@test "an invented feed" {
	invented_feed >"$BATS_TEST_TMPDIR/feed.xml"
	digest_of "$db" "$BATS_TEST_TMPDIR/feed.xml" '2026-01-10 08:05' >"$BATS_TEST_TMPDIR/out.md"
	diff "$BATS_TEST_DIRNAME/open_neuromorphic.md" "$BATS_TEST_TMPDIR/out.md"
}

@test "a feed that comes twice gives the same digest" {
	invented_feed >"$BATS_TEST_TMPDIR/feed.xml"
	digest_of "$db" "$BATS_TEST_TMPDIR/feed.xml" '2026-01-10 08:05' >/dev/null
	"$SHEAF" --db "$db" -q import "$BATS_TEST_TMPDIR/feed.xml" >/dev/null
	"$SHEAF" --db "$db" digest --format markdown --now '2026-01-10 08:05' >"$BATS_TEST_TMPDIR/out.md"
	diff "$BATS_TEST_DIRNAME/open_neuromorphic.md" "$BATS_TEST_TMPDIR/out.md"
}

@test "of more than thirty papers the newest thirty" {
	for n in $(seq 10 49); do
		entry "2601.000$n" "2026-01-09T10:00:${n}Z" "Chip $n" 'x' 'Ada Quist'
	done | feed >"$BATS_TEST_TMPDIR/feed.xml"
	digest_of "$db" "$BATS_TEST_TMPDIR/feed.xml" '2026-01-10 08:05' >"$BATS_TEST_TMPDIR/out.md"
	[ "$(grep -c '^### ' "$BATS_TEST_TMPDIR/out.md")" -eq 30 ]
	[ "$(grep -m1 '^### ' "$BATS_TEST_TMPDIR/out.md")" = '### [Chip 49](http://arxiv.org/abs/2601.00049)' ]
	[ "$(grep '^### ' "$BATS_TEST_TMPDIR/out.md" | tail -n 1)" = '### [Chip 20](http://arxiv.org/abs/2601.00020)' ]
}

@test "a day without papers" {
	"$SHEAF" --db "$db" init
	"$SHEAF" --db "$db" classify --profiles "$profiles" >/dev/null || [ $? -eq 1 ]
	run -1 --keep-empty-lines "$SHEAF" --db "$db" digest --profiles "$profiles" --format markdown --now '2026-01-10 08:05'
	[ "$output" = '# 🧠 Open Neuromorphic - Daily ArXiv

**Automated Daily Update** | Last Run: 2026-01-10 08:05 UTC

Papers are automatically categorized by topic and sorted by date.

### 😴 No new papers found today.
Check back tomorrow!' ]
}

@test "the recorded digests" {
	[ -d "$SHEAF_SHARED_DATA/digests" ] || skip "no recorded digests"
	count=0
	for pair in "$SHEAF_SHARED_DATA"/digests/*/; do
		name=$(basename "$pair")
		time=${name#*_}
		digest_of "$BATS_TEST_TMPDIR/$name.db" "$pair/feed.xml" "${name%_*} ${time:0:2}:${time:2:2}" \
			>"$BATS_TEST_TMPDIR/out.md"
		cmp "$BATS_TEST_TMPDIR/out.md" "$pair/expected.md"
		rm -f "$BATS_TEST_TMPDIR/$name.db"*
		count=$((count + 1))
	done
	[ "$count" -gt 0 ]
}

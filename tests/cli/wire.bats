#!/usr/bin/env bats
# Recorded answers of arXiv's interfaces, each into a database of its own. What is in them is read here
# by other means (grep and sed) than sheaf's.

load sandbox

# "name n" of each file of the index.
index() {
	awk -F ' *[|] *' '$5 ~ /^[0-9]+$/ { print $2, $5 }' "$wire/INDEX.md"
}

# What a file is: papers, error, nothing, refused, cut.
kind() {
	if grep -qE '<(ListIdentifiers|ListSets|Identify)>' "$1"; then
		echo refused
	elif grep -q '<rss' "$1" && ! grep -q '</rss>' "$1"; then
		echo cut
	elif grep -qE "<error code=.noRecordsMatch" "$1"; then
		echo nothing
	elif grep -qE '<error code=|arxiv.org/api/errors' "$1"; then
		echo error
	elif grep -qE '<entry[ >]|<record>|</item>' "$1"; then
		echo papers
	else
		echo nothing
	fi
}

setup_file() {
	export wire="$SHEAF_SHARED_DATA/wire"
	[ -f "$wire/INDEX.md" ] || return 0
	index | while read -r name n; do
		echo "$(kind "$wire/$name") $name $n"
	done > "$BATS_FILE_TMPDIR/kinds"
}

setup() {
	[ -f "$wire/INDEX.md" ] || skip "no recorded answers in ${SHEAF_SHARED_DATA:-SHEAF_SHARED_DATA, which is not set}"
	sandbox "$BATS_TEST_TMPDIR"
}

# "name n" of the files of a kind.
files_of() {
	sed -n "s/^$1 //p" "$BATS_FILE_TMPDIR/kinds"
}

# The identifiers of the papers in a file, without versions.
ids() {
	grep -oE '<(identifier>oai:arXiv.org:|guid[^>]*>oai:arXiv.org:|item rdf:about="http://arxiv.org/abs/|id[^>]*>https?://arxiv.org/abs/)[^<"]*' "$1" | sed -E 's/.*(arXiv.org:|abs\/)//; s/v[0-9]+$//' | sort -u
}

# arXiv's own words in an error answer.
words() {
	tr '\n' ' ' < "$1" | sed -E 's/.*<error[^>]*> *([^<]*[^< ]) *<\/error>.*/\1/; s/.*<summary[^>]*> *([^<]*[^< ]) *<\/summary>.*/\1/' |
		sed "s/&#39;/'/g"
}

# Imports a file into an empty database.
import() {
	rm -f "$SHEAF_DB"*
	run --separate-stderr sheaf import "$1"
}

@test "every kind of file is there" {
	for what in papers nothing error refused; do
		[ "$(files_of $what | wc -l)" -ge 2 ]
	done
	[ "$(files_of cut | wc -l)" -ge 1 ]
}

@test "papers: as many as the index states, each identifier once" {
	needs jq
	while read -r name n; do
		echo "$name: $n"
		import "$wire/$name"
		[ "$status" -eq 0 ]
		[[ "$output" == "added $n, updated 0, unchanged 0, rejected 0, "* ]]
		[ -z "$stderr" ]
		[ "$(sheaf export | jq -r .id | sort -u)" = "$(ids "$wire/$name")" ]
		[ "$(ids "$wire/$name" | wc -l)" -eq "$n" ]
	done < <(files_of papers)
}

@test "papers: nothing of them is lost on the way" {
	needs jq
	while read -r name n; do
		echo "$name"
		import "$wire/$name"
		sheaf export > papers.jsonl
		# Each has a title, an abstract, an author, a category and a date.
		[ "$(jq -c 'select(.title and .abstract and (.authors | length > 0) and .categories and .sheaf.updated)' papers.jsonl | wc -l)" -eq "$n" ]
		jq -r 'keys[] as $k | select(.[$k] != null) | $k' papers.jsonl | sort | uniq -c > keys
		# oai_dc has elements of other names.
		grep -q '<oai_dc:dc' "$wire/$name" && continue
		for pair in doi:doi journal:journal-ref comment:comments license:license report-no:report-no submitter:submitter; do
			tags=$(grep -oE "<(arxiv:)?${pair%%:*}s?(-ref|_ref)?[ >]" "$wire/$name" | wc -l)
			[ "$(awk -v key="${pair#*:}" '$2 == key { n = $1 } END { print n + 0 }' keys)" -eq "$tags" ]
		done
	done < <(files_of papers | grep -vE '^(oai_hepcrawl|rss)')
}

@test "error answers: 9, with arXiv's own message" {
	while read -r name n; do
		echo "$name"
		import "$wire/$name"
		[ "$status" -eq 9 ]
		[[ "$stderr" == *"$(words "$wire/$name")"* ]]
	done < <(files_of error)
}

@test "answers without a paper: 1" {
	while read -r name n; do
		echo "$name"
		import "$wire/$name"
		[ "$status" -eq 1 ]
		[ -z "$stderr" ]
	done < <(files_of nothing)
}

@test "other kinds of answers: 9, and what to do" {
	while read -r name n; do
		echo "$name"
		import "$wire/$name"
		[ "$status" -eq 9 ]
		[[ "$stderr" =~ harvest|take ]]
		[ "${#stderr_lines[@]}" -eq 1 ]
	done < <(files_of refused)
}

@test "a feed that was kept in part: 3, and no paper that is not whole" {
	while read -r name n; do
		import "$wire/$name"
		[ "$status" -eq 3 ]
		[[ "$output" == "added 0, "* ]]
		[[ "$stderr" == *"cut off"* ]]
	done < <(files_of cut)
}

@test "cut off anywhere: 3, and what came before is kept" {
	while read -r name n; do
		for percent in 40 75 99; do
			size=$(stat -c %s "$wire/$name")
			head -c $((size * percent / 100)) "$wire/$name" > cut
			whole=$(grep -cE '</(entry|record|item)>' cut || true)
			echo "$name at $percent %: $whole"
			import cut
			[ "$status" -eq 3 ]
			[[ "$output" == "added $whole, "* ]]
			[ "$(sheaf export | wc -l)" -eq "$whole" ]
		done
	done < <(files_of papers | awk 'NR % 3 == 1')
}

@test "all at once, as a folder: what cannot be read is named, the rest is there" {
	needs jq
	run -3 --separate-stderr sheaf import "$wire"
	[[ "$stderr" == *"INDEX.md: unknown format"* ]]
	while read -r name n; do
		ids "$wire/$name"
	done < <(files_of papers) | sort -u > expected
	sheaf export | jq -r .id | sort > found
	diff expected found
}

@test "the pages of one harvest, in an archive: 25,000 papers" {
	needs jq
	pages="$SHEAF_SHARED_DATA/oai_cs_2016.tar.xz"
	[ -f "$pages" ] || skip "no $pages"
	run -0 --separate-stderr sheaf --no-progress import "$pages"
	[ -z "$stderr" ]
	[ "$(sheaf export | jq -r .id | sort -u | wc -l)" -eq 25000 ]
}

@test "a snapshot imports without a reject, and its export is the same again" {
	snapshot="$SHEAF_SHARED_DATA/arxiv-10k.jsonl.zst"
	[ -f "$snapshot" ] || skip "no $snapshot"
	run -0 --separate-stderr sheaf --no-progress import "$snapshot"
	[[ "$output" == "added 10194, updated 0, unchanged 0, rejected 0, "* ]]
	sheaf export > first.jsonl
	rm -f "$SHEAF_DB"*
	run -0 sheaf import first.jsonl
	sheaf export > second.jsonl
	cmp first.jsonl second.jsonl
}

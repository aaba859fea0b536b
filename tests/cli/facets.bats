#!/usr/bin/env bats
# Counting all matches by what they have in common.

load sandbox

# Papers of three years and four categories, and one without a category or a date of its own.
shelf() {
	local day
	for n in $(seq 1 30); do
		day=$((n % 28 + 1))
		paper "2401.$(printf %05d "$n")" "Lamp $n" 'About lamps.' "$([ $((n % 3)) -eq 0 ] && echo 'cs.NE cs.AI' || echo 'cs.AI')" "$day"
	done
	for n in $(seq 1 12); do
		paper "2302.$(printf %05d "$n")" "Older lamp $n" 'About lamps.' "math.GT" 7 | sed 's/ Jan 2024/ Feb 2023/; s/"2024-01/"2023-02/'
	done
	for n in $(seq 1 14); do
		paper "2201.$(printf %05d "$n")" "Vase $n" 'About vases.' "q-bio.C$n cs.NE" 7 | sed 's/ Jan 2024/ Jan 2022/; s/"2024-01/"2022-01/'
	done
	paper 2401.00100 'A lamp by another' 'About lamps.' math.GT 3 |
		sed 's/Ada Quist, Bo Ferrandi/Cleo Marsh/; s/"authors_parsed":.*/"authors_parsed":[["Marsh","Cleo",""]]}/'
}

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	shelf > papers.jsonl
	sheaf -q import papers.jsonl
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

# The counts of one facet as value=count, in their order.
facet() {
	local name=$1
	shift
	sheaf search --json -n 1 --facet "$name" "$@" |
		jq -r --arg name "$name" '[.facets[$name][] | "\(.value)=\(.count)"] | join(" ")'
}

@test "categories are counted over all matches, not over those shown" {
	needs jq
	[ "$(facet category lamp)" = 'cs.AI=30 math.GT=13 cs.NE=10' ]
	[ "$(facet primary lamp)" = 'cs.AI=20 math.GT=13 cs.NE=10' ]
	[ "$(facet category -n 0 vase | tr ' ' '\n' | head -n 1)" = cs.NE=14 ]
}

@test "a facet has ten values at most, years all" {
	needs jq
	[ "$(facet primary vase | wc -w)" -eq 10 ]
	[ "$(facet year 'lamp OR vase')" = '2024=31 2023=12 2022=14' ]
	[ "$(facet year --since 2023-06 'lamp OR vase')" = '2024=31' ]
}

@test "authors" {
	needs jq
	[ "$(facet author lamp)" = 'Ada Quist=42 Bo Ferrandi=42 Cleo Marsh=1' ]
}

@test "facets agree with count" {
	needs jq
	for query in lamp 'vase OR lamp' 'NOT lamp' 'lamp cat:cs.NE' 'ti:older'; do
		sheaf search --json -n 0 --facet category --facet year -- "$query" > answer
		total=$(sheaf count -- "$query")
		[ "$(jq .total answer)" -eq "$total" ]
		[ "$(jq '[.facets.year[].count] | add' answer)" -eq "$total" ]
		while read -r category count; do
			[ "$(sheaf count --cat "$category" -- "$query")" -eq "$count" ]
		done < <(jq -r '.facets.category[] | "\(.value) \(.count)"' answer)
	done
}

@test "several facets, one of them twice, in the order they were asked for" {
	needs jq
	sheaf search --json --facet year --facet author --facet year lamp > answer
	[ "$(jq -c '.facets | keys_unsorted' answer)" = '["year","author"]' ]
	[ "$(sheaf search --json lamp | jq -c .facets)" = '{}' ]
	[ "$(sheaf search --json --facet year zebra | jq -c .facets)" = '{"year":[]}' ]
}

@test "a batch counts each query anew" {
	needs jq
	printf 'a\tlamp\nb\tvase\nc\tlamp\n' > queries.tsv
	sheaf search --batch queries.tsv --json --facet year > answers
	[ "$(jq -c '[.facets.year[] | .count]' answers | tr '\n' ' ')" = '[31,12] [14] [31,12] ' ]
}

@test "text and html show them" {
	sheaf search --facet category lamp > text
	grep -q 'cs.AI.*30' text
	sheaf search --facet category --format html lamp > page
	grep -q 'cs.AI' page
	grep -q '30' page
}

@test "what is no facet, or has no place for one, is refused" {
	run -2 sheaf search --facet yaer lamp
	[ "$output" = "sheaf: --facet: unknown 'yaer' (did you mean year?)" ]
	run -2 sheaf search --facet zzzzzz lamp
	[[ "$output" == *"(known: category, year, author, primary)" ]]
	run -2 sheaf search --facet year --format ids lamp
	[ "$output" = "sheaf: --facet needs --format text, json or html, not ids" ]
}

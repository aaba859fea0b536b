#!/usr/bin/env bats
# Profiles learnt from the categories of papers, and used.

load sandbox

# $1 papers of three categories, in turn; each category has words of its own.
categorized() {
	awk -v count="$1" 'BEGIN {
		split("spiking network training neuromorphic|cortex neuron synapse brain|solver matrix convergence mesh", own, "|")
		split("cs.NE q-bio.NC math.NA", category, " ")
		srand(11)
		for (i = 0; i < count; i++) {
			n = split(own[i % 3 + 1], words, " ")
			text = ""
			for (k = 0; k < 8; k++) text = text words[1 + int(rand() * n)] " and results of " int(rand() * 20) " "
			printf "{\"id\":\"2402.%05d\",\"title\":\"Of %s\",\"categories\":\"%s\",", i + 1, words[1 + int(rand() * n)], category[i % 3 + 1]
			printf "\"abstract\":\"  %s.\\n\",\"update_date\":\"2024-02-%02d\"}\n", text, 1 + i % 28
		}
	}'
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	categorized 300 > papers.jsonl
	sheaf -q import papers.jsonl > summary
}

@test "what is learnt is a profile file that sorts papers" {
	run -0 --separate-stderr sheaf profile learn --by categories
	echo "$output" > learnt.yaml
	[[ "$stderr" == "sheaf: 3 categories from "*" papers; of "*" held out "*" % are right, macro-F1 "* ]]
	run -0 sheaf profile check learnt.yaml
	sheaf classify --profiles learnt.yaml > summary
	grep -q '^profiles 3, papers 300, placements 300$' summary
	needs jq
	sheaf profile eval --profiles learnt.yaml --by categories --split test --json > measured
	jq -e '.accuracy > 0.95 and .papers > 30' measured
	[[ "$(sheaf search -n 1 --format tsv --fields primary_category 'query:cs.NE')" == *cs.NE* ]]
}

@test "the same papers, the same file; no more than was asked for" {
	sheaf -q profile learn --top 2 --terms 3 > one.yaml
	sheaf -q profile learn --top 2 --terms 3 > two.yaml
	cmp one.yaml two.yaml
	[ "$(grep -c '^    query:' one.yaml)" -eq 2 ]
	awk '/^    query:/ { n = 0; within = 1; next } within { n += gsub(/\^/, "") ; if (n > 3) exit 1 } /^$/ { within = 0 }' one.yaml
	grep -q 'sheaf profile learn --by categories --top 2 --terms 3' one.yaml
}

@test "what cannot be learnt" {
	run -2 --separate-stderr sheaf profile learn --by marks
	[[ "$stderr" == *"profile suggest"* ]]
	run -2 sheaf profile learn --by nothing
	run -2 sheaf profile learn --top 0
	run -2 sheaf profile learn --terms 0
	run -2 sheaf profile learn --split test
	sheaf --db empty.db init
	run -2 --separate-stderr sheaf --db empty.db profile learn
	[ "$stderr" = "sheaf: there are fewer than two categories with papers to learn from" ]
	[ -z "$output" ]
}

@test "real papers: profiles know more than the name of the largest category" {
	[ -r "${SHEAF_SHARED_DATA:-}/arxiv-10k.jsonl.zst" ] || skip "no shared data"
	needs zstd
	zstd -dcq "$SHEAF_SHARED_DATA/arxiv-10k.jsonl.zst" | awk 'NR <= 6000' > real.jsonl
	sheaf --db real.db -q import real.jsonl > summary
	sheaf --db real.db -q profile learn --top 8 --terms 60 > real.yaml
	sheaf --db real.db profile eval --profiles real.yaml --by categories --split test --json > measured
	needs jq
	# A few hundred papers to learn eight categories from.
	jq -e '.labelled as $n | (([.profiles[].papers] | max) / $n) as $largest | .accuracy > 2 * $largest and .accuracy > 0.45 and .macro.f1 > 0.4' measured
}

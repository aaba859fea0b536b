#!/usr/bin/env bats
# `sheaf profile backtest`: what a profile would have taken, and what a change would do.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	# Submitted at ten in the morning, announced by the schedule: from Tuesday, 2 January, to Tuesday the 9th.
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	cat > topics.yaml <<- 'X'
		digest: {name: lamps, score: weights, fallback: Rest}
		profiles:
		  light: {query: lamps}
		  nets: {query: network^3}
		  moon: {query: moon}
	X
	export LC_ALL=C.UTF-8
}

@test "papers a week, and what is shared with others" {
	run -0 --separate-stderr sheaf profile backtest light --profiles topics.yaml --since 2024
	[ -z "$stderr" ]
	[ "${lines[0]}" = "light: 2 papers from 2024-01-02 to 2024-01-09, of 8" ]
	[ "${lines[1]}" = "1 more match, but other sections have them" ]
	[ "${lines[2]}" = "1.8 a week, most in 2024-W02: 2" ]
	[ "${lines[3]}" = "▁█" ]
	[ "${lines[4]}" = "2 weeks" ]
	[ "${lines[5]}" = "overlaps  matches   common     lost  jaccard   share" ]
	[ "${lines[6]}" = "nets            2        1        1    0.250   0.333" ]
	[ "${#lines[@]}" -eq 7 ]
	LC_ALL=C run -0 --separate-stderr sheaf profile backtest light --profiles topics.yaml --since 2024
	[ "${lines[3]}" = "_#" ]
	LC_ALL='' LC_CTYPE=en_GB.utf8 LANG=C run -0 sheaf profile backtest light --profiles topics.yaml --since 2024
	[ "${lines[3]}" = "▁█" ]
}

@test "a changed query adds and drops papers, and says from where and whereto" {
	run -0 --separate-stderr sheaf profile backtest light --profiles topics.yaml --since 2024 --query 'brain OR lamp^9 NOT far'
	[ "${lines[7]}" = "the change adds 1 and drops 1: 2 papers" ]
	[ "${lines[8]}" = "+ 2401.00001  2024-01-02  A network that sees  (from nets)" ]
	[ "${lines[9]}" = "- 2401.00006  2024-01-09  Noninvasive imaging  (to Rest)" ]
	run -0 --separate-stderr sheaf profile backtest light --profiles topics.yaml --since 2024 --query 'marbles OR network OR title' -n 1
	[[ "$output" == *$'\n+ 2 more\n'* ]]
	[[ "$output" == *$'\n- 1 more' ]]
	sed 's/query: lamps/query: near OR quiet/' topics.yaml > changed.yaml
	run -0 --separate-stderr sheaf profile backtest light --profiles topics.yaml --since 2024 --with changed.yaml
	[ "${lines[7]}" = "the change adds 1 and drops 1: 2 papers" ]
	[ "${lines[8]}" = "+ 2401.00007  2024-01-09  Line breaks  (from Rest)" ]
}

@test "JSON and lines with tabs have all" {
	needs jq
	sheaf profile import topics.yaml > summary
	sheaf mark light +2401.00005 +2401.00001 -2401.00006
	run -0 --separate-stderr sheaf profile backtest light --since 2024 --query 'lamp^9 NOT far' --json
	jq -e '.format_version == 1 and .digest == "lamps" and .profile == "light" and .first == "2024-01-02"' <<< "$output"
	jq -e '.last == "2024-01-09" and .looked_at == 8 and .undated == 0 and .matches == 3 and .papers == 2' <<< "$output"
	jq -e '.busiest == .weeks[1] and .weeks[0] == {week: "2024-W01", begins: "2024-01-01", looked_at: 4, papers: 0,
		papers_after: 1}' <<< "$output"
	jq -e '.overlap[0] == {profile: "nets", matches: 2, common: 1, lost: 1, jaccard: 0.25, share: 0.333333}' <<< "$output"
	jq -e '.change | .papers == 2 and .added == 1 and .dropped == 1' <<< "$output"
	jq -e '.change.added_papers == [{id: "2401.00001", title: "A network that sees", day: "2024-01-02", from: "nets"}]' \
		<<< "$output"
	jq -e '.change.dropped_papers[0].to == "Rest"' <<< "$output"
	jq -e '.marks == {belong: 2, not: 1, before: {precision: 0.5, recall: 0.5, f1: 0.5},
		after: {precision: 1, recall: 1, f1: 1}}' <<< "$output"
	run -0 --separate-stderr sheaf profile backtest light --since 2024 --json
	jq -e '.change == null and (.marks | has("now"))' <<< "$output"
	run -0 --separate-stderr sheaf profile backtest light --since 2024 --format tsv
	[ "$output" = $'2024-W01\t2024-01-01\t4\t0\n2024-W02\t2024-01-08\t4\t2' ]
}

@test "spans are kept, and what has nothing ends with 1" {
	run -0 --separate-stderr sheaf profile backtest light --profiles topics.yaml --since 2024-01-09 --until 2024-01-09
	[ "${lines[0]}" = "light: 1 paper from 2024-01-09 to 2024-01-09, of 3" ]
	[ "${lines[1]}" = "1.0 a week, most in 2024-W02: 1" ]
	run -1 --separate-stderr sheaf profile backtest light --profiles topics.yaml --until 2023 --since 2020
	[ -z "$output" ]
	[ "$stderr" = "sheaf: the database has no papers of that time" ]
	run -1 --separate-stderr sheaf profile backtest moon --profiles topics.yaml --since 2024
	[ "$stderr" = "sheaf: moon takes none of the 8 papers of that time" ]
	run -0 --separate-stderr sheaf profile backtest moon --profiles topics.yaml --since 2024 --query marbles
	[ "${lines[0]}" = "moon: 0 papers from 2024-01-02 to 2024-01-09, of 8" ]
}

@test "names that there are not, and that there are twice" {
	run -1 --separate-stderr sheaf profile backtest lihgt --profiles topics.yaml
	[ "$stderr" = "sheaf: no profile is named 'lihgt' (did you mean light?)" ]
	sed 's/name: lamps/name: more/' topics.yaml > more.yaml
	run -2 --separate-stderr sheaf profile backtest light --profiles topics.yaml --profiles more.yaml
	[ "$stderr" = "sheaf: several sets have a profile 'light': say lamps/light" ]
	run -0 sheaf profile backtest more/light --profiles topics.yaml --profiles more.yaml --since 2024
	run -2 --separate-stderr sheaf profile backtest light --profiles topics.yaml --query x --with more.yaml
	run -9 --separate-stderr sheaf profile backtest light --profiles topics.yaml --with missing.yaml
	run -2 sheaf profile backtest
	run -2 sheaf profile backtest light --by marks
}

@test "titles do no harm to terminals" {
	hostile_papers > harm.jsonl
	sheaf -q import harm.jsonl > summary
	for format in text json tsv; do
		sheaf profile backtest nets --profiles topics.yaml --since 2024 --query 'lamp^9' --format $format > out
		no_controls out tabs
	done
	sheaf profile backtest nets --profiles topics.yaml --since 2024 --query 'lamp^9' > out
	grep -q '^+ 2402.00001 .*alert lamp' out
}

@test "nothing is stored" {
	run -0 sheaf profile backtest light --profiles topics.yaml --since 2024
	run -1 sheaf profile list
}

@test "a query without anything to search for is no query" {
	run -2 --separate-stderr sheaf profile backtest light --profiles topics.yaml --since 2024 --query '(('
	[[ "$stderr" == *"has nothing to search for: '(('"* ]]
}

#!/usr/bin/env bats
# `sheaf profile eval`: how well profiles sort papers, by categories or by marks.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl > summary
	cat > cats.yaml <<- 'X'
		digest: {name: cats}
		profiles:
		  cs.NE: {query: network}
		  minds: {heading: q-bio.NC, query: lamps OR quiet}
		  cs.CL: {query: title}
		  cs.GR: {query: pixels}
		  other: {query: marbles}
	X
}

# Of three papers in cs.NE and cs.CC … see papers() in sandbox.bash: 1 and 2 are cs.NE, 5 and 6 q-bio.NC, 7 and 8 cs.CL.
@test "categories are compared with where papers are put" {
	LC_ALL=C.UTF-8 run -0 --separate-stderr sheaf profile eval --profiles cats.yaml
	[ -z "$stderr" ]
	[ "${lines[0]}" = "profile    papers   placed    right  precision  recall      F1" ]
	[ "${lines[1]}" = "cs.NE           2        2        2      1.000   1.000   1.000" ]
	[ "${lines[2]}" = "minds           2        3        2      0.667   1.000   0.800" ]
	[ "${lines[3]}" = "cs.CL           2        1        1      1.000   0.500   0.667" ]
	[ "${lines[4]}" = "cs.GR           0        0        0          -       -       -" ]
	[ "${lines[5]}" = "other           -        -        -          -       -       -" ]
	[ "${lines[6]}" = "macro                                    0.667   0.625   0.617" ]
	[ "${lines[7]}" = "micro                                    0.833   0.833   0.833" ]
	[ "${lines[8]}" = "accuracy                          5      0.833" ]
	[ "${lines[9]}" = "6 papers counted, 0 of them in no section; 2 left out, of no profile's category" ]
	[ "${lines[11]}" = "  cs.CL taken for minds 1" ]
	[ "${#lines[@]}" -eq 12 ]
}

@test "other formats say all" {
	needs jq
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml --json
	jq -e '.format_version == 1 and .by == "categories" and .split == null and .assign == "best"' <<< "$output"
	jq -e '.papers == 6 and .right == 5 and .left_out == 2 and .macro.profiles == 4' <<< "$output"
	jq -e '(.accuracy - 5 / 6 | fabs) < 1e-5 and (.micro.f1 - 5 / 6 | fabs) < 1e-5' <<< "$output"
	jq -e '.profiles[3] == {name: "cs.GR", category: "cs.GR", measured: true, papers: 0, placed: 0, right: 0,
		precision: null, recall: null, f1: null}' <<< "$output"
	jq -e '[.confusion[].papers] | add == 6' <<< "$output"
	jq -e '.confusion | map(select(.label != .placed)) == [{label: "cs.CL", placed: "minds", papers: 1}]' <<< "$output"
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml --format tsv
	[ "${lines[1]}" = $'profile\tminds\t2\t3\t2\t0.666667\t1.000000\t0.800000' ]
	[ "${lines[7]}" = $'accuracy\t\t6\t\t5\t0.833333\t\t' ]
	run -2 sheaf profile list --format tsv
}

@test "papers are classified blind" {
	sed 's/query: network/query: cat:cs.NE/' cats.yaml > sees.yaml
	run -0 --separate-stderr sheaf profile eval --profiles sees.yaml
	[ "${lines[1]}" = "cs.NE           2        0        0          -   0.000   0.000" ]
}

@test "nothing is stored, and the file may be read-only" {
	chmod a-w papers.db
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml
	run -1 --separate-stderr sheaf profile list
	chmod u+w papers.db
	sheaf profile import cats.yaml > summary
	run -0 --separate-stderr sheaf profile eval
	[ "${lines[7]}" = "micro                                    0.833   0.833   0.833" ]
}

@test "marks come first where there are any" {
	sheaf profile import cats.yaml > summary
	sheaf mark cs.NE +2401.00001 -2401.00002 +2401.00005
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml
	[ "${lines[1]}" = "cs.NE           2        2        1      0.500   0.500   0.500" ]
	[ "${lines[2]}" = "minds           -        -        -          -       -       -" ]
	[[ "${lines[*]}" == *"3 papers counted, 0 of them in no section"*"cs.NE taken for minds 1"* ]]
	[[ "${lines[*]}" == *"what belongs elsewhere taken for cs.NE 1"* ]]
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml --by categories
	[ "${lines[1]}" = "cs.NE           2        2        2      1.000   1.000   1.000" ]
	run -3 sheaf mark minds +2401.99999
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml --by marks
	[[ "$output" == *"; 1 marked, but not in the database"* ]]
}

@test "the parts make the whole, and a limit is kept" {
	needs jq
	for i in {100..199}; do
		paper "2402.00$i" "A network of $i" 'Nothing else.' 'cs.NE'
	done > more.jsonl
	sheaf -q import more.jsonl > summary
	count() {
		sheaf profile eval --profiles cats.yaml --json "$@" | jq .papers
	}
	[ "$(count)" -eq 106 ]
	test=$(count --split test) train=$(count --split train)
	[ "$((test + train))" -eq 106 ]
	[ "$test" -gt 10 ] && [ "$test" -lt 32 ]
	[ "$(count --limit 17)" -eq 17 ]
	[ "$(count -n 1000 --split train)" -eq "$train" ]
	run -2 --separate-stderr sheaf profile eval --profiles cats.yaml --split both
	[ "$stderr" = "sheaf: --split is train or test, not 'both'" ]
}

@test "nothing to measure by is said" {
	printf 'digest: {name: odd}\nprofiles:\n  lamps: {query: lamps}\n' > odd.yaml
	run -1 --separate-stderr sheaf profile eval --profiles odd.yaml
	[ -z "$output" ]
	[[ "$stderr" == "sheaf: odd: no profile has an arXiv category as its name or heading: mark papers"* ]]
	run -1 --separate-stderr sheaf profile eval --profiles odd.yaml --by marks
	[[ "$stderr" == "sheaf: odd: no paper is marked for these profiles:"* ]]
	sheaf profile import odd.yaml > summary
	sheaf mark lamps +2401.00005
	printf 'digest: {name: odd}\nprofiles:\n  math.GT: {query: lamps}\n' > odd.yaml
	run -1 --separate-stderr sheaf profile eval --profiles odd.yaml
	[ "$stderr" = "sheaf: odd: no paper has a category of these profiles" ]
	run -2 sheaf profile eval --profiles odd.yaml --by luck
	run -2 sheaf profile eval --since 1y
}

@test "names do no harm to terminals and tables" {
	printf 'digest: {name: "d\\e[2J"}\nprofiles:\n  cs.NE: {query: network}\n' > harm.yaml
	run -9 --separate-stderr sheaf profile eval --profiles harm.yaml
	printf 'digest: {name: "d\\u202e"}\nprofiles:\n  "n\\u202ered": {heading: cs.NE, query: network}\n' > harm.yaml
	printf '  "a name that is longer than any column of a table": {heading: cs.CL, query: title}\n' >> harm.yaml
	for locale in C C.UTF-8; do
		for format in text tsv; do
			LC_ALL=$locale sheaf profile eval --profiles harm.yaml --profiles cats.yaml --format $format > out
			no_controls out tabs
		done
	done
	LC_ALL=C.UTF-8 run -0 --separate-stderr sheaf profile eval --profiles harm.yaml
	[ "${lines[1]}" = "nred                            2        2        2      1.000   1.000   1.000" ]
	[[ "${lines[2]}" == "a name that is longer t…        2 "* ]]
	LC_ALL=C run -0 --separate-stderr sheaf profile eval --profiles harm.yaml
	[[ "${lines[2]}" == "a name that is longer ..        2 "* ]]
}

@test "several files are measured one after the other" {
	needs jq
	sed 's/name: cats/name: more/; s/network/lamps/' cats.yaml > more.yaml
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml --profiles more.yaml
	[ "${lines[0]}" = cats ]
	[ "${lines[13]}" = more ]
	run -0 --separate-stderr sheaf profile eval --profiles cats.yaml --profiles more.yaml --json
	[ "$(jq -r .digest <<< "$output")" = $'cats\nmore' ]
}

#!/usr/bin/env bats
# The queries of arXiv's API user's manual over real papers, against a reader of every paper.

bats_require_minimum_version 1.5.0
load ../support/needs

data="$SHEAF_SHARED_DATA/arxiv-130k.jsonl.zst"
harvest="$SHEAF_SHARED_DATA/oai_cs_2016.tar.xz"

# name, query, and what arxiv_reference.pl is asked; divided by bars.
questions() {
	sed -e 's/^[[:space:]]*//' -e '/^$/d' <<- 'X'
		author | au:del_maestro | au{del maestro}
		title | ti:checkerboard | ti{checkerboards?}
		and | au:del_maestro AND ti:entropy | au{del maestro} && ti{entropy|entropies}
		andnot | au:del_maestro ANDNOT ti:entropy | au{del maestro} && !(ti{entropy|entropies})
		group | au:del_maestro ANDNOT (ti:particle OR ti:Path) | au{del maestro} && !(ti{particles?} || ti{paths?})
		quoted | au:del_maestro AND ti:"entanglement entropy" | au{del maestro} && ti{entanglement entropy}
		phrase | ti:"optical lattice" ANDNOT au:del_maestro | ti{optical lattice} && !(au{del maestro})
		address | ti:%22optical+lattice%22+AND+abs:%22superfluid%22 | ti{optical lattice} && abs{superfluid}
		parentheses | au:del_maestro+ANDNOT+%28ti:particle+OR+ti:Path%29 | au{del maestro} && !(ti{particles?} || ti{paths?})
		stemmed | all:electron | all{electron|electrons|electronic|electronics|electronical|electronically}
		everywhere | all:"electron" | all{electron}
		dated | all:"electron" AND submittedDate:[201301010600 TO 201401010600] | all{electron} && $submitted ge '201301010600' && $submitted le '201401010600'
		category | cat:cs.LG | cat{cs\.LG}
		categories | cat:cs.LG AND cat:stat.ML ANDNOT cat:cs.AI | cat{cs\.LG} && cat{stat\.ML} && !(cat{cs\.AI})
		archive | cat:quant-ph OR cat:nlin.* | cat{quant-ph} || cat{nlin\.[A-Z]+}
		either | cat:cs.LG ANDNOT (ti:"learning" OR ti:"networks") | cat{cs\.LG} && !(ti{learning} || ti{networks})
		abstract | abs:"spin glass" | abs{spin glass}
		comment | co:"appendix" AND co:"figures" | co{appendix} && co{figures}
		journal | jr:"IEEE" | jr{ieee}
		nested | (ti:"graph" OR ti:"graphs") AND ((abs:"random" AND abs:"walk") OR abs:"percolation") | (ti{graph} || ti{graphs}) && ((abs{random} && abs{walk}) || abs{percolation})
		id | id:hep-ex/0307015 OR id:0704.0021v1 | $id eq 'hep-ex/0307015' || $id eq '0704.0021'
	X
}

# What report numbers and journals are compared on: the harvest has more of them.
harvest_questions() {
	sed -e 's/^[[:space:]]*//' -e '/^$/d' <<- 'X'
		report | rn:"LA-UR-07-0469" | rn{LA UR 07 0469}
		reports | rn:"LA-UR" ANDNOT cat:cs.DL | rn{LA UR} && !(cat{cs\.DL})
		journal | jr:"IEEE Transactions" AND cat:cs.IT | jr{IEEE Transactions} && cat{cs\.IT}
		proceedings | jr:"Proceedings" ANDNOT jr:"IEEE" | jr{Proceedings} && !(jr{IEEE})
	X
}

table() {
	jq -r '[.id, .authors, .title, .abstract, .comments, ."journal-ref", ."report-no", .categories,
		.versions[0].created] | map(. // "") | @tsv'
}

# Answers of both sides for the questions on standard input, in NAME.expected and NAME.actual below folder $1.
# shellcheck disable=SC2034 # the query is read by the second loop
ask() {
	mkdir -p "$1"
	cat > "$1/questions"
	while IFS='|' read -r name query expression; do
		printf '%s\t%s\n' "${name// /}" "$expression"
	done < "$1/questions" > "$1/expressions"
	"$BATS_TEST_DIRNAME/arxiv_reference.pl" "$1/expressions" < "$2" > "$1/answers"
	while IFS='|' read -r name query expression; do
		name=${name// /} query=${query# } query=${query% }
		awk -F '\t' -v name="$name" '$1 == name { print $2 }' "$1/answers" | LC_ALL=C sort > "$1/$name.expected"
		"$SHEAF" --db "$3" search --format ids -n 1000000 -- "$query" | LC_ALL=C sort > "$1/$name.actual"
		"$SHEAF" --db "$3" search --syntax arxiv --format ids -n 1000000 -- "$query" |
			LC_ALL=C sort > "$1/$name.arxiv"
	done < "$1/questions"
}

setup_file() {
	if ! [ -e "$data" ] || ! [ -e "$harvest" ]; then return 0; fi
	cd "$BATS_FILE_TMPDIR" || return
	export HOME="$BATS_FILE_TMPDIR/home"
	zstd -dcq "$data" | table > table.tsv
	"$SHEAF" --db papers.db -q import "$data" > /dev/null
	"$SHEAF" --db harvest.db -q import "$harvest" > /dev/null || [ $? -eq 3 ]
	"$SHEAF" --db harvest.db export | table > harvest.tsv
	questions | ask papers table.tsv papers.db
	harvest_questions | ask harvest harvest.tsv harvest.db
}

setup() {
	needs jq perl zstd
	if ! [ -e "$data" ] || ! [ -e "$harvest" ]; then skip "no shared data"; fi
	cd "$BATS_FILE_TMPDIR" || return
}

# same FOLDER NAME: both sides found the same papers, and some, in either syntax.
same() {
	local about="$1/$2"
	[ -s "$about.expected" ] || { echo "$2: the reader finds nothing, so there is nothing to compare"; return 1; }
	diff "$about.expected" "$about.actual" || { echo "$2: < the reader, > sheaf"; return 1; }
	diff "$about.expected" "$about.arxiv" || { echo "$2: < the reader, > sheaf --syntax arxiv"; return 1; }
}

@test "the manual's queries find the papers that a reader finds" {
	failed=
	while IFS='|' read -r name query _; do
		same papers "${name// /}" || failed="$failed $name:$query"
	done < <(questions)
	[ -z "$failed" ] || { echo "failed:$failed"; false; }
}

@test "report numbers and journals" {
	failed=
	while IFS='|' read -r name query _; do
		same harvest "${name// /}" || failed="$failed $name:$query"
	done < <(harvest_questions)
	[ -z "$failed" ] || { echo "failed:$failed"; false; }
}

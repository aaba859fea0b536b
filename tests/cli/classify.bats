#!/usr/bin/env bats
# Papers sorted into topics, and told why; profile.bats has what is new of them.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	{
		papers
		hostile_papers
	} > papers.jsonl
	sheaf -q import papers.jsonl
	mkdir many
	cd many || return 1
	records 40000 > papers.jsonl
	many_topics > topics.yaml
	sheaf --db many.db -q import papers.jsonl
	cp many.db clean.db
	sheaf --db clean.db classify --profiles topics.yaml > summary
	contents clean.db > clean
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	cp "$BATS_FILE_TMPDIR/papers.db" papers.db
	RANDOM=$((SEED = $$ * 7919 % 32768))
	echo "seed $SEED"
	cat > topics.yaml <<- 'X'
		digest:
		  name: lamps
		  fallback: Other
		profiles:
		  light:
		    heading: Light & lamps
		    query: lamps^2 OR imaging OR "lamps near"
		    exclude: near
		  nets:
		    query: network
	X
	printf 'digest: {name: more, score: weights}\nprofiles:\n  marbles: {query: marbles^3, bias: -1}\n' > more.yaml
}

# $1 papers that differ by numbers.
records() {
	awk -v count="$1" 'BEGIN {
		for (i = 0; i < count; i++) {
			printf "{\"id\":\"21%02d.%05d\",\"title\":\"Lamp %d\",\"categories\":\"cs.NE\",", 1 + i / 9000, 1 + i % 9000, i
			printf "\"abstract\":\"  Bells and lamps %d.\\n\",\"update_date\":\"2021-01-%02d\"}\n", i * 7 % 1000, 1 + i % 28
		}
	}'
}

many_topics() {
	printf 'digest: {name: many}\nprofiles:\n'
	for i in 1 2 3 4 5 6 7 8 9; do
		printf '  p%d: {query: "%d11 OR %d2 OR \\"lamps %d3\\" OR (bells NEAR/5 %d7)"}\n' $i $i $i $i $i
	done
}

# All that was placed in the database $1 for its one digest, or for the digest $2.
contents() {
	"$SHEAF" --db "$1" profile list
	"$SHEAF" --db "$1" digest --json --now 2024-02-01 ${2:+--name "$2"}
}

@test "a paper is explained, and the database stays as it is" {
	run -0 --separate-stderr sheaf classify --profiles topics.yaml --explain 2401.00001
	[ "${lines[0]}" = "2401.00001  A network that sees" ]
	[[ "${lines[1]}" == "* nets: score "*" %: belongs here" ]]
	[[ "${lines[2]}" =~ ^' '+[0-9.]+'  network  (title, abstract; frequency 4)'$ ]]
	[[ "${lines[3]}" == "  light: score "*": another section has the higher score" ]]
	[[ "${lines[4]}" == *"  lamps  (abstract; frequency 1, times 2)" ]]
	[ "${lines[5]}" = '  "One network looks at lamps."' ]
	run -0 sheaf classify --profiles topics.yaml --explain 2401.00005
	[[ "${lines[1]}" == "  light: score "*": the profile excludes it" ]]
	[[ "${lines[-2]}" == "* Other: the fallback, since no section takes it" ]]
	[ "${lines[-1]}" = "  1 profile does not match" ]
	run -1 sheaf profile list
}

@test "the explanation in JSON adds up, one line a paper" {
	needs jq
	sheaf classify --profiles topics.yaml --json --explain 2401.00001 2401.00005 2401.00006 > told
	[ "$(jq -r .id told | tr '\n' ' ')" = "2401.00001 2401.00005 2401.00006 " ]
	jq -es 'all(.[]; .format_version == 1 and .digest == "lamps")' told
	jq -es 'all(.[]; ([.profiles[] | select(.verdict == "in")] | length) == 1)' told
	jq -es 'all(.[].profiles[]; (.weight - ([.clauses[].weight] | add // 0) | fabs) < 1e-4)' told
	[ "$(jq -r '.profiles[] | select(.profile == "light") | .verdict' told | tr '\n' ' ')" = "less exclude in " ]
	jq -es '.[1].profiles[-1] | .profile == null and .heading == "Other" and .verdict == "in"' told
}

@test "every set explains a paper, and the code says whether one takes it" {
	needs jq
	sheaf classify --profiles topics.yaml --profiles more.yaml --json --explain 2401.00003 > told
	[ "$(jq -r .digest told | tr '\n' ' ')" = "lamps more " ]
	jq -es '.[1].profiles[0] | .verdict == "in" and (.score + 1 - .clauses[0].weight | fabs) < 1e-4' told
	run -1 sheaf classify --profiles more.yaml --explain 2401.00001
	[ "$output" = $'2401.00001  A network that sees\n  1 profile does not match' ]
	sheaf classify --profiles topics.yaml > summary
	run -0 sheaf classify --explain 2401.00001v2
	[[ "$output" == *"* nets: "* ]]
}

@test "what is explained is what is placed" {
	needs jq
	sheaf classify --profiles topics.yaml > summary
	sheaf digest --json > digest
	sheaf export --fields id --format tsv | grep '^24' > ids
	xargs "$SHEAF" classify --json --explain < ids > told
	jq -r '.id as $id | .profiles[] | select(.verdict == "in") | "\(.heading) \($id)"' told | sort > explained
	jq -r '.sections[] | .heading as $h | .papers[] | "\($h) \(.id)"' digest | sort > placed
	[ "$(wc -l < placed)" -eq 10 ]
	diff placed explained
}

@test "a second run adds nothing, in text and in JSON" {
	run -0 sheaf classify --profiles topics.yaml --profiles more.yaml --json
	[ "$output" = '{"format_version":1,"profiles":3,"papers":20,"placements":12}' ]
	contents papers.db lamps > first
	run -1 sheaf classify --format json
	[ "$output" = '{"format_version":1,"profiles":3,"papers":0,"placements":0}' ]
	run -1 sheaf classify --profiles topics.yaml
	[ "$output" = "profiles 2, papers 0, placements 0" ]
	run -0 sheaf classify --all
	[ "$output" = "profiles 3, papers 20, placements 12" ]
	contents papers.db lamps > second
	diff first second
}

@test "what cannot be used is refused, and nothing is stored" {
	run -9 --separate-stderr sheaf classify --profiles missing.yaml
	[ "$stderr" = "sheaf: missing.yaml: No such file or directory" ]
	run -9 sheaf classify --profiles .
	printf 'profiles:\n  a: {query: [x}\n' > ill.yaml
	run -9 --separate-stderr sheaf classify --profiles topics.yaml --profiles ill.yaml
	[[ "$stderr" == "sheaf: ill.yaml:2: "* ]]
	printf 'profiles:\n  a: {quest: x}\n' > ill.yaml
	run -9 --separate-stderr sheaf classify --profiles ill.yaml --explain 2401.00001
	[[ "$stderr" == *"ill.yaml:2:"*"query"* ]]
	run -1 sheaf profile list
	run -1 --separate-stderr sheaf classify
	[[ "$stderr" == *"no profiles are stored"* ]]
	run -2 sheaf classify 2401.00001
	run -2 sheaf classify --all --explain 2401.00001
	run -2 sheaf classify --format xml
}

@test "a paper that there is not is no paper to explain" {
	run -1 --separate-stderr sheaf classify --profiles topics.yaml --explain 2409.00001
	[[ "$stderr" == "sheaf: 2409.00001: no such paper"* ]]
	[ -z "$output" ]
	run -2 --separate-stderr sheaf classify --profiles topics.yaml --explain ''
	[[ "$stderr" == *"no arXiv identifier"* ]]
	run -1 --separate-stderr sheaf classify --profiles topics.yaml --json --explain 2401.00001 nonsense
	[ "${#lines[@]}" -eq 1 ]
}

@test "neither papers nor profiles steer the terminal" {
	printf 'digest: {name: a, fallback: "Re\\e[31mst\\u202e"}\nprofiles:\n  x: {heading: "H\\a", query: "la\\emp OR lamp OR \\"red\\u009b alert\\""}\n  y: {query: sun}\n' > hostile.yaml
	sheaf classify --profiles hostile.yaml --explain 2402.00001 2402.00002 2401.00007 > told 2> said
	grep -q '^\* Re' told
	no_controls told
	no_controls said
	sheaf classify --profiles hostile.yaml --json --explain 2402.00001 2402.00002 2401.00007 > told
	grep -qF '"heading":"H\u0007"' told
	LC_ALL=C run -1 grep -P '[\x00-\x1f\x7f]' told
	sheaf classify --profiles topics.yaml --explain 2402.00001 2402.00002 > told
	no_controls told
	[ "$(wc -l < told)" -eq 10 ]
}

# Classifies and sends signal $1 after $2 hundredths of a second; `code` becomes how it ended.
disturb() {
	set -m
	"$SHEAF" --db half.db classify --profiles "$BATS_FILE_TMPDIR/many/topics.yaml" > out 2> err 3>&- &
	local job=$!
	set +m
	sleep "$(($2 / 100)).$(printf %02d $(($2 % 100)))"
	kill "-$1" $job 2> /dev/null || true
	code=0
	wait $job || code=$?
}

@test "classifications that are killed or interrupted go on to the same end" {
	local hits=0 tries=0 most=30 signal
	cp "$BATS_FILE_TMPDIR/many/many.db" half.db
	while [ $hits -lt 6 ]; do
		[ $((tries += 1)) -le 60 ]
		signal=KILL
		[ $((RANDOM % 2)) -eq 0 ] || signal=INT
		disturb $signal $((1 + RANDOM % most))
		echo "$signal: $code $(cut -c1-60 out)"
		case $code in
		137 | 130) hits=$((hits + 1)) ;;
		*)
			contents half.db > half
			cmp half "$BATS_FILE_TMPDIR/many/clean"
			most=$((most > 3 ? most * 2 / 3 : most))
			rm -f half.db*
			cp "$BATS_FILE_TMPDIR/many/many.db" half.db
			;;
		esac
	done
	sheaf --db half.db classify --profiles "$BATS_FILE_TMPDIR/many/topics.yaml" > out || [ $? -eq 1 ]
	contents half.db > half
	[ "$(wc -c < half)" -gt 10000 ]
	cmp half "$BATS_FILE_TMPDIR/many/clean"
	run -0 sheaf --db half.db check
}

@test "the passage is found by the file that was given, stored or not" {
	cat > other.yaml <<- 'X'
		digest: {name: other}
		profiles:
		  sights: {query: 'query:views'}
		  views: {query: looks}
	X
	run -0 sheaf classify --profiles other.yaml --explain 2401.00001
	[[ "$output" == *'"One network looks at lamps."'* ]]
}

@test "when there are twice as many papers, all are weighed by the same measure" {
	records 900 > all.jsonl
	many_topics > many.yaml
	# One word is in a third of these, and rare in all.
	{
		grep -E 'Lamp [0-9]*[1-9]11"|lamps [1-9]3\.' all.jsonl
		head -n 20 all.jsonl
	} > few.jsonl
	[ "$(wc -l < few.jsonl)" -lt 100 ]
	for db in grown fresh; do
		sheaf --db "$db.db" -q import few.jsonl
		[ "$db" = fresh ] || sheaf --db "$db.db" classify --profiles many.yaml > summary
		sheaf --db "$db.db" -q import all.jsonl
		sheaf --db "$db.db" classify --profiles many.yaml > summary
		sqlite3 "$db.db" "SELECT id, track, percent, weight FROM placement JOIN document USING(docid) ORDER BY 1, 2" > "$db"
	done
	grep -q 'papers 900' summary
	cmp grown fresh
}

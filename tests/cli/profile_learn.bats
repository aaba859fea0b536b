#!/usr/bin/env bats
# `sheaf profile learn`: a file of profiles from the categories that papers have.

load sandbox

# 80 papers of each of three categories. Each has two of the eight words of its category, and seven of twenty
# that all have.
world() {
	awk 'function pick(n) { seed = (seed * 1103 + 12345) % 65536; return int(seed / 65536 * n) + 1 }
		BEGIN {
			seed = 7
			split("cs.NE q-bio.NC math.GT", category)
			split("lantern wick flame tallow candle torch ember beacon", own1)
			split("harbour anchor rudder sail mast keel tide buoy", own2)
			split("barley furrow plough sheaf orchard meadow hedge scythe", own3)
			n = split("paper early wide slow large simple second open quiet common short method plain round north" \
				" yellow steady former usual later", shared)
			for (i = 0; i < 240; i++) {
				k = i % 3 + 1
				text = ""
				for (j = 0; j < 7; j++) text = text " " shared[pick(n)]
				for (j = 0; j < 2; j++) {
					p = pick(8)
					text = text " " (k == 1 ? own1[p] : k == 2 ? own2[p] : own3[p])
				}
				printf "2403.%05d|The %s %s|We look at%s.|%s%s\n", i + 1, shared[pick(n)], shared[pick(n)], text,
					category[k], i % 5 ? "" : " cs.DL"
			}
		}' | while IFS='|' read -r id title abstract categories; do
		paper "$id" "$title" "$abstract" "$categories"
	done
}

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	world > world.jsonl
	sheaf -q import world.jsonl > summary
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

# Terms of the queries in file $1: one line a profile, "name count".
terms() {
	awk '/^  [^ ].*:$/ { name = $1 } /\^/ && /^      / { count[name] += gsub(/\^/, "^") }
		END { for (name in count) print name, count[name] }' "$1" | sort
}

# The share of the papers held out that the profiles of file $1 put where they belong.
accuracy() {
	sheaf profile eval --profiles "$1" --by categories --split test --json | jq .accuracy
}

@test "what is learnt of three kinds of papers tells the papers that were held out" {
	needs jq
	sheaf profile learn --by categories > three.yaml
	run -0 --separate-stderr sheaf profile check three.yaml
	sheaf profile eval --profiles three.yaml --by categories --split test --json > eval.json
	jq -e '.papers > 25 and .papers < 75 and .accuracy > 0.95 and .macro.f1 > 0.95' eval.json
	jq -e '[.profiles[].name] | sort == ["cs.NE", "math.GT", "q-bio.NC"]' eval.json
}

@test "the words of a category are in its profile, and those of the others are not" {
	sheaf profile learn --terms 8 > three.yaml
	awk '/^  [a-z-]*\.[A-Z]*:$/ { name = $1 } /\^/ { gsub(/ OR/, ""); for (i = 1; i <= NF; i++) print name, $i }' \
		three.yaml | sed 's/\^.*//' > words
	grep -qx 'cs.NE: lantern' words
	grep -qx 'q-bio.NC: rudder' words
	grep -qx 'math.GT: barley' words
	run -1 grep -E '^(cs.NE|q-bio.NC): (.*-)?(barley|furrow|plough|sheaf|orchard|meadow|hedge|scythe)(-|$)' words
	run -1 grep -E '^(cs.NE|math.GT): (.*-)?(harbour|anchor|rudder|sail|mast|keel|tide|buoy)(-|$)' words
}

@test "it is a digest's file: papers that come are put by it" {
	needs jq
	cp "$SHEAF_DB" own.db
	export SHEAF_DB="$PWD/own.db"
	sheaf profile learn --top 3 > three.yaml
	run -0 --separate-stderr sheaf classify --profiles three.yaml
	{
		paper 2404.00001 'A lantern' 'The candle is a beacon; its wick, a flame.' 'cs.DL'
		paper 2404.00002 'An anchor' 'Rudder and mast, keel and tide.' 'cs.DL'
	} > more.jsonl
	sheaf -q import more.jsonl > summary
	run -0 --separate-stderr sheaf classify --profiles three.yaml
	sheaf classify --profiles three.yaml --explain 2404.00001 2404.00002 > why
	run -0 sheaf digest --profiles three.yaml --since 2000-01-01 --format json -n 1000 -o digest.json
	section() {
		jq -r --arg id "$1" '.sections[] | select(any(.papers[]; .id == $id)) | .name' digest.json
	}
	[ "$(section 2404.00001)" = cs.NE ]
	[ "$(section 2404.00002)" = q-bio.NC ]
}

@test "no more terms and profiles than asked for" {
	for most in 1 3 20; do
		sheaf profile learn --terms "$most" > few.yaml
		run -0 sheaf profile check few.yaml
		terms few.yaml > counts
		[ -s counts ]
		awk -v most="$most" '$2 > most { exit 1 }' counts
	done
	awk '$2 < 8 { exit 1 }' counts
	sheaf profile learn --top 2 --terms 5 > two.yaml
	[ "$(terms two.yaml | wc -l)" -eq 2 ]
	grep -q -- '--top 2 --terms 5$' two.yaml
}

@test "more terms tell more" {
	needs jq
	sheaf profile learn --terms 1 > one.yaml
	sheaf profile learn --terms 20 > many.yaml
	jq -en "$(accuracy one.yaml) + 0.1 < $(accuracy many.yaml)"
}

@test "the same papers give the same bytes" {
	sheaf -q profile learn > first.yaml 2> said
	[ ! -s said ]
	sheaf -q profile learn --by categories --split train > second.yaml
	cmp first.yaml second.yaml
	[ -s first.yaml ]
}

@test "papers that are held out teach nothing" {
	needs jq
	sheaf profile learn > learnt.yaml 2> said
	held=$(sheaf profile eval --profiles learnt.yaml --by categories --split test --json | jq .papers)
	grep -q "3 categories from $((240 - held)) papers; of $held held out 100.0 % are right" said
	# They get another category, and a word of their own. Which they are is told by FNV-1a of 64 bits, as the
	# manual has it: here in two halves, since numbers of awk are exact to 53 bits.
	awk 'BEGIN {
			for (i = 32; i < 127; i++) code[sprintf("%c", i)] = i
			other["cs.NE"] = "q-bio.NC"; other["q-bio.NC"] = "math.GT"; other["math.GT"] = "cs.NE"
		}
		function xor8(a, b,  sum, bit) {
			for (bit = 1; bit < 256; bit *= 2) {
				if (a % 2 != b % 2) sum += bit
				a = int(a / 2)
				b = int(b / 2)
			}
			return sum + 0
		}
		function is_test(id,  high, low, i, product) {
			high = 3421674724
			low = 2216829733
			for (i = 1; i <= length(id); i++) {
				low = low - low % 256 + xor8(low % 256, code[substr(id, i, 1)])
				product = low * 435
				high = (high * 435 + int(product / 4294967296) + low * 256) % 4294967296
				low = product % 4294967296
			}
			return (high + low) % 5 == 0
		}
		is_test(substr($0, 8, 10)) {
			sub(/\.\\n/, " a zeppelin.\\n")
			match($0, /"categories":"[^ "]*/)
			name = substr($0, RSTART + 14, RLENGTH - 14)
			sub(/"categories":"[^ "]*/, "\"categories\":\"" other[name])
			print
			next
		}
		{ print; print > "train.jsonl" }' "$BATS_FILE_TMPDIR/world.jsonl" > turned.jsonl
	[ "$(grep -c zeppelin turned.jsonl)" -eq "$held" ]
	sheaf -q --db turned.db import turned.jsonl > summary
	sheaf --db turned.db profile learn > turned.yaml 2> said
	grep -q "of $held held out 0.0 % are right" said
	diff <(grep -v '^#' learnt.yaml) <(grep -v '^#' turned.yaml)
	# Without them there is nothing to measure with, and no figure.
	sheaf -q --db train.db import train.jsonl > summary
	sheaf --db train.db profile learn > train.yaml 2> said
	[ "$(cat said)" = "sheaf: 3 categories from $((240 - held)) papers; none is held out" ]
	run -1 grep 'held out' train.yaml
}

@test "words that always tell a category do not give odds without bounds" {
	sheaf profile learn > three.yaml
	awk '$1 == "bias:" { n++; if ($2 > -1 || $2 < -20) exit 1 } END { exit n != 3 }' three.yaml
}

@test "too little to learn from is said, and no file is made" {
	nothing() {
		sheaf -q --db few.db import few.jsonl > summary
		run -1 --separate-stderr sheaf --db few.db profile learn
		[ -z "$output" ]
		[[ "$stderr" == "sheaf: $1"* ]]
		rm few.db*
	}
	paper 2401.00001 'One' 'A single paper.' cs.NE > few.jsonl
	nothing 'there are fewer than two categories'
	head -n 60 "$BATS_FILE_TMPDIR/world.jsonl" | grep -F '"cs.NE' > few.jsonl
	nothing 'there are fewer than two categories'
	head -n 4 "$BATS_FILE_TMPDIR/world.jsonl" > few.jsonl
	nothing 'no word tells the categories apart'
	for i in {10..49}; do
		paper "2401.000$i" 'The same' 'In all of them.' "$([ $((i % 2)) -eq 0 ] && echo cs.NE || echo cs.CC)"
	done > few.jsonl
	nothing 'no word tells the categories apart'
	run -1 --separate-stderr sheaf profile learn --top 1
	[ -z "$output" ]
}

@test "a database that is empty, or not there" {
	run -9 --separate-stderr sheaf --db none.db profile learn
	[[ "$stderr" == *"none.db: no database there"* ]]
	[ ! -e none.db ]
	paper 2401.00001 'One' 'A single paper.' cs.NE > one.jsonl
	sheaf -q --db empty.db import one.jsonl > summary
	sheaf --db empty.db rm 2401.00001 > summary
	run -1 --separate-stderr sheaf --db empty.db profile learn
	[ -z "$output" ]
	[[ "$stderr" == *"fewer than two categories"* ]]
}

@test "what it cannot do is told with code 2" {
	for wrong in '--by luck' '--by marks' '--split test' '--split half' '--top 0' '--top -1' '--top 5000' '--top many' \
		'--terms 0' '--terms 10001' '--like 2403.00001' 'cs.NE'; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr sheaf profile learn $wrong
		[ -z "$output" ]
		[ "${#stderr_lines[@]}" -eq 1 ]
	done
	run -2 --separate-stderr sheaf profile learn --by marks
	[[ "$stderr" == *"profile suggest"* ]]
}

@test "output that cannot be written is an error" {
	[ -e /dev/full ] || skip "there is no /dev/full"
	run -9 bash -c '"$SHEAF" profile learn > /dev/full'
	[[ "$output" == *"standard output"* ]]
}

@test "categories that nobody has make no file that nobody reads" {
	local n=10000
	odd() {
		for i in {1..20}; do
			n=$((n + 1))
			paper "2405.$n" "Paper $i" "All of $2." "$1"
		done
	}
	{
		odd cs.CC marbles
		odd null nothing
		odd '%d' percents
		odd '*b' stars
		odd '<<' merges
		odd "it's" quotes
		odd '\u202ecs' turns
		odd "$(printf 'x%.0s' {1..300})" lengths
		odd 'a:b' colons
	} > odd.jsonl
	sheaf -q --db odd.db import odd.jsonl > summary
	[ "$(sheaf --db odd.db count 'paper')" -eq 180 ]
	sheaf --db odd.db profile learn > odd.yaml
	no_controls odd.yaml
	run -0 sheaf profile check odd.yaml
	[ "$(sed '1,/^profiles:/d' odd.yaml | grep '^  [^ ]' | sort)" = "  'null':"$'\n''  cs.CC:' ]
}

# The profiles of file $1 with the words of the categories' names for keywords.
keyword_rule() {
	awk 'BEGIN { print "digest: {name: rule, match: keywords, assign: best}\nprofiles:" }
		/^  [^ ].*:$/ { name = $1 }
		/^    heading:/ {
			sub(/^    heading: /, "")
			n = split(tolower($0), part, /[^a-z]+/)
			words = ""
			for (i = 1; i <= n; i++)
				if (part[i] !~ /^(|and|of|in|the)$/) words = words (words ? ", " : "") part[i]
			print "  " name " {keywords: [" words "]}"
		}' "$1"
}

# 4,077 records of all fields. To name always the largest category is right for some 24 %.
@test "on real records it does far better than naming the largest category, and than words of names" {
	needs zstd jq
	archive="${SHEAF_SHARED_DATA:-}/arxiv-10k.jsonl.zst"
	[ -f "$archive" ] || skip "no real records in ${SHEAF_SHARED_DATA:-SHEAF_SHARED_DATA, which is not set}"
	zstd -dc "$archive" | awk 'NR % 5 < 2' > real.jsonl
	sheaf -q --db real.db import real.jsonl > summary || [ $? -eq 3 ]
	export SHEAF_DB="$PWD/real.db"
	sheaf profile learn --by categories --top 8 > real.yaml
	run -0 sheaf profile check real.yaml
	sheaf profile eval --profiles real.yaml --by categories --split test --json > eval.json
	jq -e '.papers > 150 and (.profiles | length) == 8' eval.json
	jq -e '.accuracy > 2 * ([.profiles[].papers] | max) / .papers' eval.json
	jq -e '.accuracy > 0.6 and .macro.f1 > 0.5' eval.json
	keyword_rule real.yaml > rule.yaml
	run -0 sheaf profile check rule.yaml
	sheaf profile eval --profiles rule.yaml --by categories --split test --json > rule.json
	jq -se '.[0].labelled == .[1].labelled and .[1].accuracy > 0.1' eval.json rule.json
	jq -se '.[0].accuracy > .[1].accuracy + 0.1 and .[0].macro.f1 > .[1].macro.f1 + 0.1' eval.json rule.json
}

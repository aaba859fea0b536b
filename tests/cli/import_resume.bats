#!/usr/bin/env bats
# An import that is killed or interrupted, however often, goes on where it stopped.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	RANDOM=$((SEED = $$ * 7919 % 32768))
	echo "seed $SEED"
	records 30000 > papers.jsonl
}

# $1 short records, some broken, some of a paper that came shortly before.
records() {
	awk -v count="$1" 'BEGIN {
		for (i = 0; i < count; i++) {
			if (i % 997 == 5)
				print "broken"
			paper = i % 401 == 77 ? i - 20 : i
			printf "{\"id\":\"21%02d.%05d\",\"title\":\"Lamp %d\",\"categories\":\"cs.NE\",", 1 + paper / 9000, 1 + paper % 9000, i
			printf "\"abstract\":\"  Bells and lamps %d.\\n\",\"update_date\":\"2021-01-%02d\"}\n", i * 7 % 1000, 1 + i % 28
		}
	}'
}

contents() {
	"$SHEAF" --db "$1" export | sort > "$2"
}

# The large file, and what an import of it gives that nobody disturbs.
setup_file() {
	local large="$BATS_FILE_TMPDIR/large.jsonl"
	records 60000 > "$large"
	"$SHEAF" --db "$BATS_FILE_TMPDIR/plain.db" import "$large" > "$BATS_FILE_TMPDIR/plain.log" 2>&1 || [ $? -eq 3 ]
	contents "$BATS_FILE_TMPDIR/plain.db" "$BATS_FILE_TMPDIR/plain.out"
	[ "$(wc -l < "$BATS_FILE_TMPDIR/plain.out")" -gt 50000 ]
}

large() {
	cp "$BATS_FILE_TMPDIR/large.jsonl" papers.jsonl
}

same_as_undisturbed() {
	contents "$SHEAF_DB" got.out
	cmp got.out "$BATS_FILE_TMPDIR/plain.out"
}

# Imports $2 and sends signal $1 after $3 hundredths of a second; `code` becomes how it ended. Only under the control
# of jobs a job in the background takes SIGINT.
disturb() {
	set -m
	"$SHEAF" import "$2" > out 2> err 3>&- &
	local import=$!
	set +m
	sleep "$(($3 / 100)).$(printf %02d $(($3 % 100)))"
	kill "-$1" $import 2> /dev/null || true
	code=0
	wait $import || code=$?
}

# Ten times, each sooner where one was so late that all had been read, and then from the beginning.
ten_times() {
	local hits=0 tries=0 most=60 signal
	while [ $hits -lt 10 ]; do
		[ $((tries += 1)) -le 60 ]
		signal=KILL
		[ $((RANDOM % 2)) -eq 0 ] || signal=INT
		disturb $signal "$1" $((1 + RANDOM % most))
		echo "$signal: $code $(cut -c1-60 out)"
		case $code in
		137) hits=$((hits + 1)) ;;
		130)
			hits=$((hits + 1))
			! grep -q '^added [1-9]' out || grep -q 'the same command goes on from there' err
			;;
		*)
			most=$((most > 10 ? most * 2 / 3 : most))
			rm -f "$SHEAF_DB"*
			;;
		esac
	done
	run -3 sheaf import "$1"
	same_as_undisturbed
	run -0 sheaf check
}

@test "ten kills and interruptions of a plain file" {
	large
	ten_times papers.jsonl
}

@test "ten kills and interruptions of a compressed file" {
	needs gzip
	large
	gzip papers.jsonl
	ten_times papers.jsonl.gz
}

@test "a zip archive is gone on with, as it is" {
	needs zip
	large
	zip -q papers.zip papers.jsonl
	interrupt papers.zip
	run -3 --separate-stderr sheaf import papers.zip
	[[ "$stderr" == *"going on after "[1-9]*" records"* ]]
	same_as_undisturbed
}

# Interrupts an import of $1 once some of it is stored.
interrupt() {
	local tries=0 longest=30
	disturb INT "$1" 15
	until [ $code -eq 130 ] && grep -q 'goes on from there' err; do
		[ $((tries += 1)) -le 60 ]
		# Too soon, or too late.
		[ $code -ne 130 ] || longest=$((longest + 10))
		rm -f "$SHEAF_DB"*
		disturb INT "$1" $((1 + RANDOM % longest))
	done
}

@test "each record is read once, and the rest is said to be stored" {
	interrupt papers.jsonl
	first=$(sed -n 's/added \([0-9]*\), updated \([0-9]*\), unchanged \([0-9]*\), rejected \([0-9]*\),.*/\1+\2+\3+\4/p' out)
	run -3 --separate-stderr sheaf import papers.jsonl
	second=$(sed -n 's/added \([0-9]*\), updated \([0-9]*\), unchanged \([0-9]*\), rejected \([0-9]*\),.*/\1+\2+\3+\4/p' <<< "$output")
	[ $((first + second)) -eq "$(wc -l < papers.jsonl)" ]
	[[ "$stderr" == *"going on after $((first)) records that an interrupted import has stored"* ]]
	# It is forgotten once all is read.
	run -3 --separate-stderr sheaf import papers.jsonl
	[[ "$stderr" != *"going on after"* ]]
	[[ "$output" == "added 0, "* ]]
}

# The line of a rejected record is that of the file, wherever the reading began.
@test "lines are counted from the beginning of the file" {
	interrupt papers.jsonl
	run -3 --separate-stderr sheaf import -v papers.jsonl
	grep -n broken papers.jsonl | tail -1 | cut -d: -f1 > line
	[[ "$stderr" == *"papers.jsonl:$(cat line): "* ]]
}

@test "a file that has changed is read from its beginning" {
	interrupt papers.jsonl
	sed 's/Lamp/Lump/' papers.jsonl > other
	cat other > papers.jsonl
	run -3 --separate-stderr sheaf import papers.jsonl
	[[ "$stderr" != *"going on after"* ]]
	[ "$(sheaf export | grep -c '"title":"Lamp')" -eq 0 ]
}

@test "standard input is read again" {
	interrupt papers.jsonl
	run -3 --separate-stderr sheaf import - < papers.jsonl
	[[ "$stderr" != *"going on after"* ]]
	[[ "$output" == *"unchanged "[1-9]* ]]
}

@test "a snapshot that was read wholly is one to go on from, an export is none" {
	paper 2401.00001 'A network' 'Lamps.' cs.NE 7 > snapshot.jsonl
	run -0 sheaf import snapshot.jsonl
	run sheaf status --coverage
	[[ "$output" == *"snapshot"*"2024-01-07"* ]]
	sheaf export > export.jsonl
	run -0 sheaf --db other.db import export.jsonl
	run sheaf --db other.db status --coverage
	[[ "$output" != *"snapshot"* ]]
}

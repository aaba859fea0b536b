#!/usr/bin/env bash
# Indexes the same papers with sheaf, stock FTS5 and, on demand, Xapian and Lucene, asks all of them
# the same queries in turn, and writes tables and plots. README.md beside it says what is measured.
#
#   bench/run.sh [--peers] [--n PAPERS | --scale "N N ..."] [--data FILE] [--keep FOLDER] [--results FOLDER] ...
#
#   --peers    Xapian and Lucene, too, where their packages are present
#   --n        so many papers (20000; with --data: all of them)
#   --scale    several sizes, one after the other
#   --data     JSON Lines, plain or .zst; its first papers are taken. Sizes it does not reach, and all
#              without it, are made of synthetic papers
#   --keep     work here and keep it: a later run takes over what an interrupted one has finished, and the
#              peers' indexes. README.md has the rules
#   --results  where tables and plots go (results, beside this script)
#   --build    build there (build/bench); --built: it is built there, and no package is installed
#
# How long it takes:
#
#   --pairs    rounds of imports and of searches, the engines in turn (3)
#   --repeat   timed runs of a query in a round (7)
#   --count    queries a class (100)
#   --stock    queries a class that stock FTS5 is asked (25), which takes longest; --no-stock: none
#   --big      above so many papers (500000) fewer rounds do: --big-imports (1), of threads --big-threads (2),
#              --big-searches (2), --big-repeat (3), --big-stock (10)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
peers='' papers='' scale='' data='' keep='' built=''
pairs=3 repeat=7 count=100 stock=25
big=500000 big_imports=1 big_threads=2 big_searches=2 big_repeat=3 big_stock=10
build="$here/../build/bench" results="$here/results"

fail() {
	echo "run.sh: $1" >&2
	exit 2
}

while (($#)); do
	case $1 in
	--peers) peers=1 && shift && continue ;;
	--no-stock) stock=0 && shift && continue ;;
	esac
	(($# > 1)) || fail "$1 is unknown or needs a value"
	case $1 in
	--n) papers=$2 ;;
	--scale) scale=$2 ;;
	--data) data=$2 ;;
	--pairs) pairs=$2 ;;
	--repeat) repeat=$2 ;;
	--count) count=$2 ;;
	--keep) keep=$2 ;;
	--build) build=$2 ;;
	--built) build=$2 built=1 ;;
	--results) results=$2 ;;
	--stock) stock=$2 ;;
	--big) big=$2 ;;
	--big-imports) big_imports=$2 ;;
	--big-threads) big_threads=$2 ;;
	--big-searches) big_searches=$2 ;;
	--big-repeat) big_repeat=$2 ;;
	--big-stock) big_stock=$2 ;;
	*) fail "unknown option $1" ;;
	esac
	shift 2
done
for value in ${papers:-1} $scale "$pairs" "$repeat" "$count" "$big" "$big_imports" $big_threads "$big_searches" "$big_repeat"; do
	[[ $value =~ ^[1-9][0-9]{0,8}$ ]] || fail "$value is not a number above 0"
done
for value in "$stock" "$big_stock"; do
	[[ $value =~ ^[0-9]{1,9}$ ]] || fail "$value is not a number"
done
[[ $big_threads =~ ^(1|2|1 2)$ ]] || fail "--big-threads: 1, 2 or \"1 2\""
[[ -z $papers || -z $scale ]] || fail "--n and --scale exclude each other"
((pairs >= 3)) || fail "--pairs: fewer than 3 runs say little"
[[ -z $data || -r $data ]] || fail "$data cannot be read"

# shellcheck source=scripts/packages.sh
. "$here/../scripts/packages.sh"
if [[ ! $built ]]; then
	packages_install "${packages_build[@]}" "${packages_bench[@]}"
	if [[ ! -x $build/bench/bench_search ]]; then
		cmake -S "$here/.." -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSHEAF_BUILD_BENCH=ON >/dev/null
	fi
	cmake --build "$build" >/dev/null
fi
bin=$build/bench
sheaf=$build/src/cli/sheaf

work=$keep
if [[ -z $work ]]; then
	work=$(mktemp -d "${TMPDIR:-/tmp}/sheaf-bench.XXXXXX")
	trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$results" "$work"

# shellcheck source=bench/keep.sh
. "$here/keep.sh"
# shellcheck source=bench/measure.sh
. "$here/measure.sh"
# shellcheck source=bench/papers.sh
. "$here/papers.sh"
# shellcheck source=bench/report.sh
. "$here/report.sh"

engines=(sheaf stock)
if [[ $peers ]]; then
	find_peers
fi
claim_work
write_machine >"$results/machine.tsv"
begin_tables
unpack_data
read -ra sizes <<<"${scale:-${papers:-${data:+$real_papers}}}"
((${#sizes[@]})) || sizes=(20000)
for value in "${sizes[@]}"; do
	measure_size "$value"
done
write_fit
printf 'taken over\t%s results of earlier runs on this machine (steps.tsv)\n' "$taken_over" >>"$results/machine.tsv"
printf 'seconds\t%s\n' "$SECONDS" >>"$results/machine.tsv"
write_ratios
draw_plots
write_report >"$results/report.md"
column -t -s $'\t' "$results/ratios.tsv"

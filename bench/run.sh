#!/usr/bin/env bash
# Indexes the same papers with sheaf, stock FTS5 and, on demand, Xapian and Lucene, asks all of them
# the same queries in turn, and writes tables and plots. README.md beside it says what is measured.
#
#   bench/run.sh [--peers] [--n PAPERS | --scale "N N ..."] [--data FILE] [--pairs RUNS]
#                [--repeat RUNS] [--count QUERIES] [--no-stock] [--keep FOLDER] [--build FOLDER | --built FOLDER]
#                [--results FOLDER]
#
#   --peers    Xapian and Lucene, too, where their packages are present
#   --n        so many papers (20000; with --data: all of them)
#   --scale    several sizes, one after the other
#   --data     JSON Lines, plain or .zst; its first papers are taken. Sizes it does not reach, and all
#              without it, are made of synthetic papers
#   --pairs    rounds of imports and of searches, the engines in turn (3)
#   --repeat   timed runs of a query in a round (7)
#   --count    queries a class (100)
#   --keep     work here and keep it: corpora and the peers' indexes are used again
#   --no-stock leave stock FTS5's searches out, which take longest
#   --build    build there (build/bench); --built: it is built there, and no package is installed
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
peers='' papers='' scale='' data='' pairs=3 repeat=7 count=100 keep='' stock=1 built=''
build="$here/../build/bench" results="$here/results"

fail() {
	echo "run.sh: $1" >&2
	exit 2
}

while (($#)); do
	case $1 in
	--peers) peers=1 && shift && continue ;;
	--no-stock) stock='' && shift && continue ;;
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
	*) fail "unknown option $1" ;;
	esac
	shift 2
done
for value in ${papers:-1} $scale "$pairs" "$repeat" "$count"; do
	[[ $value =~ ^[1-9][0-9]*$ ]] || fail "$value is not a number above 0"
done
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

# shellcheck source=bench/measure.sh
. "$here/measure.sh"

engines=(sheaf stock)
if [[ $peers ]]; then
	find_peers
fi
write_machine >"$results/machine.tsv"
begin_tables
unpack_data
for size in ${scale:-${papers:-${data:+$real_papers}}}; do
	sizes_done=1
	measure_size "$size"
done
if [[ -z ${sizes_done:-} ]]; then
	measure_size 20000
fi
draw_plots
print_ratios

#!/usr/bin/env bash
# Imports one set of papers with sheaf and with stock FTS5 in turn, searches both, and prints the
# ratios. The yardstick indexes the very documents that sheaf has just imported.
#
#   bench/run.sh [--n PAPERS] [--data FILE] [--pairs RUNS] [--repeat RUNS] [--build FOLDER] [--results FOLDER]
#
# Without --data it makes PAPERS synthetic ones (20000). FILE is JSON Lines, plain or .zst; of it,
# the first PAPERS. Tables go to bench/results/import.tsv and search.tsv.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
papers='' data='' pairs=3 repeat=7 build="$here/../build/bench" results="$here/results"

fail() {
	echo "run.sh: $1" >&2
	exit 2
}

while (($#)); do
	(($# > 1)) || fail "$1 needs a value"
	case $1 in
	--n) papers=$2 ;;
	--data) data=$2 ;;
	--pairs) pairs=$2 ;;
	--repeat) repeat=$2 ;;
	--build) build=$2 ;;
	--results) results=$2 ;;
	*) fail "unknown option $1" ;;
	esac
	shift 2
done
for value in "${papers:-1}" "$pairs" "$repeat"; do
	[[ $value =~ ^[1-9][0-9]*$ ]] || fail "$value is not a number above 0"
done
((pairs >= 3)) || fail "--pairs: fewer than 3 runs say little"
[[ -z $data || -r $data ]] || fail "$data cannot be read"

# shellcheck source=scripts/packages.sh
. "$here/../scripts/packages.sh"
packages_install "${packages_build[@]}" "${packages_bench[@]}"
if [[ ! -x $build/bench/bench_search ]]; then
	cmake -S "$here/.." -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSHEAF_BUILD_BENCH=ON >/dev/null
fi
cmake --build "$build" >/dev/null
bin=$build/bench
work=$(mktemp -d "${TMPDIR:-/tmp}/sheaf-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$results"

# Both sides read a plain file from the page cache, so that neither waits for a decompressor.
input=$work/input.jsonl
unpack() {
	case $data in
	*.zst) zstd -dcq "$data" ;;
	*) cat "$data" ;;
	esac
}
if [[ -z $data ]]; then
	"$bin/make_corpus" "${papers:-20000}" >"$input"
elif [[ -n $papers ]]; then
	# awk reads to the end: a pipe closed early would count as a failure.
	unpack | awk -v n="$papers" 'NR <= n' >"$input"
else
	unpack >"$input"
fi
echo "input: $(wc -l <"$input") papers, $(wc -c <"$input") bytes"

imports=$results/import.tsv
printf 'engine\trun\tdocuments\tseconds\tdocuments_s\tindex_bytes\tdatabase_bytes\tpeak_bytes\tinstructions\n' >"$imports"
for ((run = 1; run <= pairs; run++)); do
	rm -f "$work"/sheaf.db* "$work"/stock.db*
	"$bin/bench_import" --db "$work/sheaf.db" --data "$input" >"$work/sheaf.out"
	"$bin/bench_fts5" --db "$work/stock.db" --from "$work/sheaf.db" >"$work/stock.out"
	awk -F'\t' -v OFS='\t' -v run="$run" 'NR == 2 { print "sheaf", run, $1, $3, $4, $6, $7, $8, $9 }' \
		"$work/sheaf.out" >>"$imports"
	awk -F'\t' -v OFS='\t' -v run="$run" 'NR == 2 { print "stock", run, $1, $2, $3, $5, $6, $7, "-" }' \
		"$work/stock.out" >>"$imports"
done
column -t -s $'\t' "$imports"

"$bin/bench_search" --db "$work/sheaf.db" --queries "$here/queries.txt" --repeat "$repeat" >"$work/sheaf.search"
"$bin/bench_fts5" --db "$work/stock.db" --queries "$here/queries_fts5.tsv" --repeat "$repeat" >"$work/stock.search"
searches=$results/search.tsv
awk -F'\t' -v OFS='\t' '
	NR == FNR { hits[$1] = $2; ms[$1] = $4; next }
	FNR == 1 { print "query", "hits", "min_ms", "median_ms", "stock_hits", "stock_median_ms", "times_faster"; next }
	$1 in ms { print $0, hits[$1], ms[$1], sprintf("%.1f", ms[$1] / ($4 > 0 ? $4 : 0.001)); next }
	{ print $0, "-", "-", "-" }
' "$work/stock.search" "$work/sheaf.search" >"$searches"
echo
column -t -s $'\t' "$searches"

echo
awk -F'\t' '
	$1 == "sheaf" { rate = $5 }
	$1 == "stock" { ratio[++n] = rate / $5; printf "import, pair %d: %.2f times stock FTS5\n", n, ratio[n] }
	END {
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && ratio[j] < ratio[j - 1]; j--) {
				t = ratio[j]; ratio[j] = ratio[j - 1]; ratio[j - 1] = t
			}
		printf "import, median: %.2f times stock FTS5\n", n % 2 ? ratio[(n + 1) / 2] : (ratio[n / 2] + ratio[n / 2 + 1]) / 2
	}
' "$imports"

#!/usr/bin/env bash
# Classifies a day's papers by thousands of profiles, for archives of several sizes, and writes
# percolate.tsv. README.md beside it says what is measured.
#
#   bench/percolate.sh [--data FILE] [--scale "N N ..."] [--profiles "N N ..."] [--new N] [--results FOLDER] [--build FOLDER]
#
#   --data      JSON Lines, plain or .zst; without it, and where it does not reach, papers are synthetic
#   --scale     sizes of the archive (10000 130000)
#   --profiles  how many of them (2500 5000 10000)
#   --new       papers that are classified then (1500)
#   --results   where the table goes (results, beside this script)
#   --build     build there (build/bench)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
data='' scale='10000 130000' profiles='2500 5000 10000' new=1500
results=$here/results build=$here/../build/bench

fail() {
	echo "percolate.sh: $1" >&2
	exit 2
}

while (($#)); do
	(($# > 1)) || fail "$1 is unknown or needs a value"
	case $1 in
	--data) data=$2 ;;
	--scale) scale=$2 ;;
	--profiles) profiles=$2 ;;
	--new) new=$2 ;;
	--results) results=$2 ;;
	--build) build=$2 ;;
	*) fail "unknown option $1" ;;
	esac
	shift 2
done
for value in $scale $profiles "$new"; do
	[[ $value =~ ^[1-9][0-9]{0,8}$ ]] || fail "$value is not a number above 0"
done
[[ -z $data || -r $data ]] || fail "$data cannot be read"

if [[ ! -x $build/bench/bench_percolate ]]; then
	# shellcheck source=scripts/packages.sh
	. "$here/../scripts/packages.sh"
	packages_install "${packages_build[@]}" "${packages_bench[@]}"
	cmake -S "$here/.." -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSHEAF_BUILD_BENCH=ON >/dev/null
	cmake --build "$build" >/dev/null
fi
bin=$build/bench sheaf=$build/src/cli/sheaf

work=$(mktemp -d "${TMPDIR:-/tmp}/sheaf-percolate.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$results"

largest=0
for value in $scale; do
	((value <= largest)) || largest=$value
done
case $data in
'') ;;
*.zst) zstd -dcqf "$data" >"$work/data" ;;
*) ln -s "$(realpath "$data")" "$work/data" ;;
esac
# awk reads to the end: a pipe closed early would count as a failure.
if [[ $data ]] && (($(wc -l <"$work/data") >= largest + new)); then
	source=real
	tail -n "$new" "$work/data" >"$work/new"
else
	source=synthetic
	rm -f "$work/data"
	"$bin/make_corpus" $((largest + new)) >"$work/data"
	tail -n "$new" "$work/data" >"$work/new"
fi

for count in $profiles; do
	"$bin/make_profiles" --data "$work/data" --count "$count" >"$work/profiles-$count.yaml"
done

printf 'papers\tsource\tprofiles\tnew\tplacements\tread_s\tseconds\tpeak_bytes\tfirst_s\tsearch_s\n' >"$results/percolate.tsv"
for size in $scale; do
	export SHEAF_DB=$work/archive.db
	rm -f "$SHEAF_DB"*
	"$sheaf" -q init >/dev/null
	awk -v n="$size" 'NR <= n' "$work/data" | "$sheaf" -q --no-progress import - >/dev/null
	for count in $profiles; do
		cp "$SHEAF_DB" "$work/run.db"
		"$bin/bench_percolate" --db "$work/run.db" --profiles "$work/profiles-$count.yaml" >"$work/first"
		"$sheaf" -q --no-progress --db "$work/run.db" import "$work/new" >/dev/null
		"$bin/bench_percolate" --db "$work/run.db" --profiles "$work/profiles-$count.yaml" --searches 200 >"$work/then"
		awk -F'\t' -v OFS='\t' -v size="$size" -v source="$source" '
			FNR == 2 && FILENAME ~ /first$/ { first = $5 }
			FNR == 2 && FILENAME ~ /then$/ { print size, source, $1, $2, $3, $4, $5, $6, first, $7 }
		' "$work/first" "$work/then" >>"$results/percolate.tsv"
		rm -f "$work"/run.db*
	done
done
column -t -s $'\t' "$results/percolate.tsv"

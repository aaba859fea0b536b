# shellcheck shell=bash
# What run.sh does for each size. Sourced by it; uses its variables.
# shellcheck disable=SC2154

# Which peers are there, in `engines`; the others are told.
find_peers() {
	local package

	for package in "${packages_peers[@]}"; do
		package_is_there "$package" || echo "skipped: package $package is missing" >&2
	done
	[[ ! -x $bin/peer_xapian ]] || engines+=(xapian)
	[[ ! -x $bin/peer_lucene ]] || engines+=(lucene)
}

has_engine() {
	[[ " ${engines[*]} " == *" $1 "* ]]
}

write_machine() {
	printf 'what\tis\n'
	printf 'date\t%s\n' "$(date -u +%F)"
	printf 'processor\t%s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
	printf 'cores\t%s\n' "$(nproc)"
	printf 'memory\t%s MB\n' "$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)"
	printf 'system\t%s, Linux %s\n' "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" "$(uname -r)"
	printf 'sheaf\t%s\n' "$("$sheaf" --version | tr '\n' ' ' | sed 's/ *$//')"
	if has_engine xapian; then
		printf 'xapian\t%s\n' "$("$bin/peer_xapian" version)"
	fi
	if has_engine lucene; then
		printf 'lucene\t%s, %s\n' "$("$bin/peer_lucene" version)" "$(java -version 2>&1 | head -n 1)"
	fi
}

begin_tables() {
	printf 'papers\tsource\tengine\tthreads\trun\tdocuments\tseconds\tmerged_seconds\tdocuments_s\tmerged_documents_s\tmb_s\tindex_bytes\tdatabase_bytes\tpeak_bytes\n' >"$results/import.tsv"
	printf 'papers\tsource\tclass\tengine\tqueries\tp50_ms\tp90_ms\tp99_ms\tfirst_p50_ms\tfirst_p99_ms\n' >"$results/search.tsv"
	printf 'papers\tsource\tcommand\tqueries\tp50_ms\tp90_ms\tp99_ms\n' >"$results/cold.tsv"
	printf 'papers\tsource\tengine\tpart\tbytes\tof_text\n' >"$results/size.tsv"
	printf 'papers\tsource\tengine\tphase\tthreads\tpeak_bytes\tbeside_files_bytes\n' >"$results/memory.tsv"
	: >"$results/search-queries.tsv"
}

# The file given, plain: no engine is to wait for a decompressor.
unpack_data() {
	real_papers=0
	[[ $data ]] || return 0
	case $data in
	*.zst)
		[[ $work/data.jsonl -nt $data ]] || zstd -dcqf "$data" >"$work/data.jsonl"
		data=$work/data.jsonl
		;;
	esac
	real_papers=$(wc -l <"$data")
}

# The corpus of a size, in `$dir/papers.jsonl`, and its queries.
make_input() {
	if [[ ! -s $dir/papers.jsonl ]]; then
		if [[ $source == real ]]; then
			# awk reads to the end: a pipe closed early would count as a failure.
			awk -v n="$1" 'NR <= n' "$data" >"$dir/papers.part"
		else
			"$bin/make_corpus" "$1" >"$dir/papers.part"
		fi
		mv "$dir/papers.part" "$dir/papers.jsonl"
	fi
	"$bin/make_queries" --data "$dir/papers.jsonl" --count "$count" >"$dir/made.tsv"
	# Stock FTS5 has neither an order by date beside its ranks nor facets.
	awk -F'\t' -v OFS='\t' '$1 == "bydate" || $1 == "facets" { $5 = "-" } 1' "$dir/made.tsv" >"$dir/queries.tsv"
}

# Cells by the names in the first line of the program's output: import_row ENGINE THREADS RUN FILE
import_row() {
	awk -F'\t' -v OFS='\t' -v papers="$size" -v source="$source" -v engine="$1" -v threads="$2" -v run="$3" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR == 2 {
			merged = "merged_seconds" in at ? $at["merged_seconds"] : $at["seconds"]
			print papers, source, engine, threads, run, $at["documents"], $at["seconds"], merged, $at["documents_s"], sprintf("%.0f", $at["documents"] / merged), $at["mb_s"], $at["index_bytes"], $at["database_bytes"], $at["peak_bytes"]
		}
	' "$4" >>"$results/import.tsv"
}

# Imports with one peer; of a kept index only the figures are read again.
import_peer() {
	local engine=$1 threads=$2 run=$3 out
	local options=(--data "$dir/papers.jsonl" --db "$dir/$engine")

	[[ $engine == xapian ]] || options+=(--threads "$threads")
	out=$dir/$engine-$threads-$run.import
	if [[ ! -s $out || ! -d $dir/$engine ]]; then
		rm -rf "${dir:?}/$engine"
		"$bin/peer_$engine" index "${options[@]}" >"$out.part"
		mv "$out.part" "$out"
	fi
	import_row "$engine" "$threads" "$run" "$out"
}

import_sheaf() {
	rm -f "$dir"/sheaf.db*
	"$bin/bench_import" --db "$dir/sheaf.db" --data "$dir/papers.jsonl" --jobs "$1" >"$dir/sheaf.import"
	import_row sheaf "$1" "$2" "$dir/sheaf.import"
}

import_stock() {
	rm -f "$dir"/stock.db*
	"$bin/bench_fts5" --db "$dir/stock.db" --from "$dir/sheaf.db" >"$dir/stock.import"
	import_row stock 1 "$1" "$dir/stock.import"
}

# All engines in turn. Xapian takes by far the longest, so once has to do.
import_all() {
	local run

	for ((run = 1; run <= pairs; run++)); do
		import_sheaf 1 "$run"
		import_sheaf 2 "$run"
		import_stock "$run"
		if has_engine lucene; then
			import_peer lucene 1 "$run"
			import_peer lucene 2 "$run"
		fi
		if ((run == 1)) && has_engine xapian; then
			import_peer xapian 1 1
		fi
	done
}

# search_once ENGINE OUT
search_once() {
	local common=(--queries "$dir/queries.tsv" --repeat "$repeat")

	case $1 in
	sheaf) "$bin/bench_search" --db "$dir/sheaf.db" "${common[@]}" --column 2 ;;
	xapian) "$bin/peer_xapian" search --db "$dir/xapian" "${common[@]}" --column 3 ;;
	lucene) "$bin/peer_lucene" search --db "$dir/lucene" "${common[@]}" --column 4 ;;
	stock) "$bin/bench_fts5" --db "$dir/stock.db" "${common[@]}" --column 5 --budget-ms 500 ;;
	esac >"$2"
}

search_all() {
	local run engine files=()

	for ((run = 1; run <= pairs; run++)); do
		for engine in "${engines[@]}"; do
			if [[ $engine == stock && ($run -gt 1 || ! $stock) ]]; then
				continue
			fi
			search_once "$engine" "$dir/$engine-$run.search"
			files+=("$engine" "$dir/$engine-$run.search")
		done
	done
	"$bin/bench_summary" "${files[@]}" >"$dir/summary.tsv"
	prefixed "$dir/summary.tsv" >>"$results/search.tsv"
	for engine in "${engines[@]}"; do
		[[ -s $dir/$engine-1.search ]] || continue
		awk -v OFS='\t' -v p="$size" -v s="$source" -v e="$engine" 'FNR > 1 && !/^#/ { print p, s, e, $0 }' "$dir/$engine"-*.search \
			>>"$results/search-queries.tsv"
		awk -F'\t' -v OFS='\t' -v p="$size" -v s="$source" -v e="$engine" '
			/^# memory/ && $2 > peak { peak = $2; beside = $3 }
			END { print p, s, e, "search", 1, peak, beside }
		' "$dir/$engine"-*.search >>"$results/memory.tsv"
	done
}

# A table without its heading, size and source before each line.
prefixed() {
	awk -v OFS='\t' -v p="$size" -v s="$source" 'FNR > 1 { print p, s, $0 }' "$1"
}

# Whole processes: some 40 queries that each command can be asked.
search_cold() {
	local commands=(
		-- process 2 /bin/true
		-- sheaf-text 2 "$sheaf" --db "$dir/sheaf.db" search "{}"
		-- sheaf-ids 2 "$sheaf" --db "$dir/sheaf.db" search --format ids "{}"
	)

	if has_engine xapian && [[ -x /usr/bin/quest ]]; then
		commands+=(-- quest 3 /usr/bin/quest -d "$dir/xapian" -m 10 --default-op=and "{}")
	fi
	awk -F'\t' '$1 ~ /^(rare|common|and2|or4|phrase)$/ && $3 != "-"' "$dir/queries.tsv" >"$dir/cold-queries.tsv"
	"$bin/bench_cold" --queries "$dir/cold-queries.tsv" --per-class 8 --repeat "$repeat" "${commands[@]}" >"$dir/cold.tsv"
	prefixed "$dir/cold.tsv" >>"$results/cold.tsv"
}

# sheaf's parts by table; of the others what is index and what are stored papers.
write_sizes() {
	"$bin/bench_sizes" --db "$dir/sheaf.db" >"$dir/sizes.tsv"
	awk -F'\t' -v OFS='\t' -v p="$size" -v s="$source" '
		FNR == 1 { file++ }
		file == 1 && FNR == 2 { text = $2 }
		file == 1 && FNR > 1 { print p, s, "sheaf", $1, $2, sprintf("%.4f", $2 / text) }
		file == 2 && $1 == p && $2 == s { index_bytes[$3] = $12; all_bytes[$3] = $13 }
		END {
			delete index_bytes["sheaf"] # has its parts above
			for (e in index_bytes) {
				print p, s, e, "index", index_bytes[e], sprintf("%.4f", index_bytes[e] / text)
				print p, s, e, "papers stored", all_bytes[e] - index_bytes[e], sprintf("%.4f", (all_bytes[e] - index_bytes[e]) / text)
			}
		}
	' "$dir/sizes.tsv" "$results/import.tsv" >>"$results/size.tsv"
	awk -F'\t' -v OFS='\t' -v p="$size" -v s="$source" '
		$1 == p && $2 == s && $14 > peak[$3 OFS "import" OFS $4] { peak[$3 OFS "import" OFS $4] = $14 }
		END { for (k in peak) print p, s, k, peak[k], "-" }
	' "$results/import.tsv" | sort >>"$results/memory.tsv"
}

# measure_size PAPERS: all of it, for one size.
measure_size() {
	size=$1
	source=synthetic
	if ((size <= real_papers)); then
		source=real
	fi
	dir=$work/$source-$size
	mkdir -p "$dir"
	make_input "$size"
	echo "$size $source papers, $(wc -c <"$dir/papers.jsonl") bytes, $(wc -l <"$dir/queries.tsv") queries" >&2
	import_all
	search_all
	search_cold
	write_sizes
	if [[ -z $keep ]]; then
		rm -rf "$dir"
	fi
}

draw_plots() {
	"$bin/bench_plot" --results "$results" --out "$results"
}

# The ratios, from the tables.
print_ratios() {
	awk -F'\t' -f "$here/ratios.awk" "$results"/{import,search,cold,size}.tsv >"$results/ratios.tsv"
	column -t -s $'\t' "$results/ratios.tsv"
}

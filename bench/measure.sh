# shellcheck shell=bash
# What run.sh does for each size. Sourced by it, after keep.sh; uses its variables.
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

processor() {
	sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1
}

write_machine() {
	printf 'what\tis\n'
	printf 'date\t%s\n' "$(date -u +%F)"
	printf 'processor\t%s\n' "$(processor)"
	printf 'cores\t%s\n' "$(nproc)"
	printf 'memory\t%s MB\n' "$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)"
	printf 'system\t%s, Linux %s\n' "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" "$(uname -r)"
	printf 'load before\t%s\n' "$(cut -d ' ' -f 1 /proc/loadavg)"
	printf 'sheaf\t%s\n' "$("$sheaf" --version | tr '\n' ' ' | sed 's/ *$//')"
	if has_engine xapian; then
		printf 'xapian\t%s\n' "$(version_of xapian)"
	fi
	if has_engine lucene; then
		printf 'lucene\t%s, %s\n' "$(version_of lucene)" "$(java -version 2>&1 | head -n 1)"
	fi
}

version_of() {
	"$bin/peer_$1" version
}

begin_tables() {
	printf 'papers\tsource\tengine\tthreads\trun\tdocuments\tseconds\tmerged_seconds\tdocuments_s\tmerged_documents_s\tmb_s\tindex_bytes\tdatabase_bytes\tpeak_bytes\tmeasured\n' >"$results/import.tsv"
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

# Which papers they are, without reading all of them.
key_of_papers() {
	echo "$(wc -c <"$1") $(head -c 1000000 "$1" | cksum)"
}

# take_papers NUMBER SOURCE OUT
take_papers() {
	[[ ! -s $3 ]] || return 0
	if [[ $2 == real ]]; then
		# awk reads to the end: a pipe closed early would count as a failure.
		awk -v n="$1" 'NR <= n' "$data" >"$3.part"
	else
		"$bin/make_corpus" "$1" >"$3.part"
	fi
	mv "$3.part" "$3"
}

# The corpus of a size, in `$dir/papers.jsonl`, and its queries.
make_input() {
	local papers=$dir/papers.jsonl

	take_papers "$size" "$source" "$papers"
	corpus_key=$(key_of_papers "$papers")
	record "$dir/made.tsv" "$count $(stamp "$bin/make_queries") $corpus_key" \
		"$bin/make_queries" --data "$papers" --count "$count"
	# Stock FTS5 has neither an order by date beside its ranks nor facets.
	awk -F'\t' -v OFS='\t' '$1 == "bydate" || $1 == "facets" { $5 = "-" } 1' "$dir/made.tsv" >"$dir/queries.tsv"
}

# Cells by the names in the first line of the program's output: import_row ENGINE THREADS RUN FILE
import_row() {
	awk -F'\t' -v OFS='\t' -v papers="$size" -v source="$source" -v engine="$1" -v threads="$2" -v run="$3" \
		-v measured="$(measured_at "$4")" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR == 2 {
			merged = "merged_seconds" in at ? $at["merged_seconds"] : $at["seconds"]
			print papers, source, engine, threads, run, $at["documents"], $at["seconds"], merged, $at["documents_s"], sprintf("%.0f", $at["documents"] / merged), $at["mb_s"], $at["index_bytes"], $at["database_bytes"], $at["peak_bytes"], measured
		}
	' "$4" >>"$results/import.tsv"
}

# An index of other papers would be no comparison: same_papers FILE
same_papers() {
	local ours theirs

	ours=$(awk -F'\t' 'FNR == 2 { print $1 }' "$last_import")
	theirs=$(awk -F'\t' 'FNR == 2 { print $1 }' "$1")
	[[ $ours == "$theirs" ]] || fail "$1 has $theirs papers, sheaf $ours; remove it and the index beside it"
}

# Imports with one peer, unless its index and the line of that import are kept.
import_peer() {
	local engine=$1 threads=$2 run=$3 out key
	local options=(--data "$dir/papers.jsonl" --db "$dir/$engine")

	[[ $engine == xapian ]] || options+=(--threads "$threads")
	out=$dir/$engine-$threads-$run.import
	key="$(version_of "$engine") $corpus_key"
	if [[ -d $dir/$engine ]]; then
		adopt "$out" "$key"
	else
		rm -f "$dir/$engine"-*.import
	fi
	kept "$out" "$key" || rm -rf "${dir:?}/$engine"
	record "$out" "$key" "$bin/peer_$engine" index "${options[@]}"
	same_papers "$out"
	import_row "$engine" "$threads" "$run" "$out"
}

import_sheaf() {
	last_import=$dir/sheaf-$1-$2.import
	kept "$last_import" "$import_key" || rm -f "$dir"/sheaf.db*
	record "$last_import" "$import_key" \
		"$bin/bench_import" --db "$dir/sheaf.db" --data "$dir/papers.jsonl" --jobs "$1"
	import_row sheaf "$1" "$2" "$last_import"
}

import_stock() {
	local out=$dir/stock-1-$1.import

	kept "$out" "$import_key" || rm -f "$dir"/stock.db*
	record "$out" "$import_key" "$bin/bench_fts5" --db "$dir/stock.db" --from "$dir/sheaf.db"
	same_papers "$out"
	import_row stock 1 "$1" "$out"
}

# All engines in turn. Xapian takes by far the longest, so once has to do.
import_all() {
	local run jobs

	import_key="$(stamp "$bin/bench_import") $corpus_key"
	[[ -s $dir/sheaf.db ]] || rm -f "$dir"/sheaf-*.import
	[[ -s $dir/stock.db ]] || rm -f "$dir"/stock-*.import
	for ((run = 1; run <= imports; run++)); do
		for jobs in $threads; do
			import_sheaf "$jobs" "$run"
		done
		import_stock "$run"
		for jobs in $threads; do
			! has_engine lucene || import_peer lucene "$jobs" "$run"
		done
		if ((run == 1)) && has_engine xapian; then
			import_peer xapian 1 1
		fi
	done
}

# search_once ENGINE
search_once() {
	local common=(--queries "$dir/queries.tsv" --repeat "$repeats")

	case $1 in
	sheaf) "$bin/bench_search" --db "$dir/sheaf.db" "${common[@]}" --column 2 ;;
	xapian) "$bin/peer_xapian" search --db "$dir/xapian" "${common[@]}" --column 3 ;;
	lucene) "$bin/peer_lucene" search --db "$dir/lucene" "${common[@]}" --column 4 ;;
	stock) "$bin/bench_fts5" --db "$dir/stock.db" "${common[@]}" --column 5 --budget-ms 500 --per-class "$stock_queries" ;;
	esac
}

# Results of a round belong together: once sheaf or the queries are others, all engines are asked again.
search_all() {
	local run engine key files=()

	key="$(stamp "$dir/queries.tsv" "$bin/bench_search" "$last_import") $repeats"
	for ((run = 1; run <= searches; run++)); do
		for engine in "${engines[@]}"; do
			if [[ $engine == stock ]] && ((run > 1 || stock_queries == 0)); then
				continue
			fi
			[[ $engine != stock ]] || key+=" $stock_queries"
			record "$dir/$engine-$run.search" "$key" search_once "$engine"
			files+=("$engine" "$dir/$engine-$run.search")
			key=${key% "$stock_queries"}
		done
	done
	"$bin/bench_summary" "${files[@]}" >"$dir/summary.tsv"
	prefixed "$dir/summary.tsv" >>"$results/search.tsv"
	write_searches "${files[@]}"
}

# write_searches [ENGINE FILE]...: each query with its hits, and memory, the most of all rounds.
write_searches() {
	while (($#)); do
		awk -v OFS='\t' -v p="$size" -v s="$source" -v e="$1" 'FNR > 1 && !/^#/ { print p, s, e, $0 }' "$2" \
			>>"$results/search-queries.tsv"
		awk -F'\t' -v OFS='\t' -v e="$1" '/^# memory/ { print e, $2, $3 }' "$2"
		shift 2
	done | awk -F'\t' -v OFS='\t' -v p="$size" -v s="$source" '
		!($1 in peak) { name[++n] = $1 }
		$2 > peak[$1] { peak[$1] = $2 }
		$3 > beside[$1] { beside[$1] = $3 }
		END { for (i = 1; i <= n; i++) print p, s, name[i], "search", 1, peak[name[i]], beside[name[i]] }
	' >>"$results/memory.tsv"
}

# A table without its heading, size and source before each line.
prefixed() {
	awk -v OFS='\t' -v p="$size" -v s="$source" 'FNR > 1 { print p, s, $0 }' "$1"
}

# Whole processes: some 40 queries that each command can be asked.
search_cold() {
	local queries=$dir/cold-queries.tsv key
	local commands=(
		-- process 2 /bin/true
		-- sheaf-text 2 "$sheaf" --db "$dir/sheaf.db" search "{}"
		-- sheaf-ids 2 "$sheaf" --db "$dir/sheaf.db" search --format ids "{}"
	)

	if has_engine xapian && [[ -x /usr/bin/quest ]]; then
		commands+=(-- quest 3 /usr/bin/quest -d "$dir/xapian" -m 10 --default-op=and "{}")
	fi
	awk -F'\t' '$1 ~ /^(rare|common|and2|or4|phrase)$/ && $3 != "-"' "$dir/queries.tsv" >"$queries"
	key="$(stamp "$queries" "$sheaf" "$last_import") $repeats ${#commands[@]}"
	record "$dir/cold.tsv" "$key" \
		"$bin/bench_cold" --queries "$queries" --per-class 8 --repeat "$repeats" "${commands[@]}"
	prefixed "$dir/cold.tsv" >>"$results/cold.tsv"
	if has_engine lucene; then
		record "$dir/cold-lucene.tsv" "$key" "$bin/bench_cold" --queries "$queries" --per-class 2 --repeat 3 \
			-- lucene 4 "$bin/peer_lucene" once --db "$dir/lucene" --query "{}"
		prefixed "$dir/cold-lucene.tsv" >>"$results/cold.tsv"
	fi
}

# sheaf's parts by table; of the others what is index and what are stored papers.
write_sizes() {
	record "$dir/sizes.tsv" "$(stamp "$bin/bench_sizes" "$last_import")" "$bin/bench_sizes" --db "$dir/sheaf.db"
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

# What the sizes above `big` are measured by.
set_rounds() {
	imports=$pairs searches=$pairs repeats=$repeat threads='1 2' stock_queries=$stock
	if (($1 > big)); then
		imports=$big_imports searches=$big_searches repeats=$big_repeat threads=$big_threads
		stock_queries=$((stock < big_stock ? stock : big_stock))
	fi
}

# measure_size PAPERS: all of it, for one size.
measure_size() {
	local begin=$SECONDS

	size=$1
	source=synthetic
	if ((size <= real_papers)); then
		source=real
	fi
	dir=$work/$source-$size
	mkdir -p "$dir"
	set_rounds "$size"
	make_input
	echo "$size $source papers, $(wc -c <"$dir/papers.jsonl") bytes, $(wc -l <"$dir/queries.tsv") queries" >&2
	import_all
	search_all
	search_cold
	write_sizes
	measure_papers
	echo "$size $source papers: $((SECONDS - begin)) s" >&2
	if [[ -z $keep ]]; then
		rm -rf "$dir"
	fi
}

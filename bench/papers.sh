# shellcheck shell=bash
# What is measured of the papers themselves: how far the synthetic ones are like the real ones, and what compressing
# the stored ones would save. Sourced by run.sh, after keep.sh and measure.sh; uses their variables.
# shellcheck disable=SC2154

fit_of_real='' fit_of_made='' fit_of_large=()

# The largest of the sizes that passes the test given: largest TEST, of `n`.
largest() {
	local n found=0

	for n in "${sizes[@]}"; do
		if ((n > found && ($1))); then
			found=$n
		fi
	done
	echo "$found"
}

# fit_papers FOLDER: the figures of its papers, in its file fit.
fit_papers() {
	record "$1/fit" "$(stamp "$bin/corpus_fit") $(key_of_papers "$1/papers.jsonl")" \
		"$bin/corpus_fit" --data "$1/papers.jsonl"
}

# As many synthetic papers as the most real ones there are, and all synthetic sizes beyond these.
measure_fit() {
	local twin=$work/synthetic-$size

	((real_papers)) || return 0
	if [[ $source == synthetic ]]; then
		fit_papers "$dir"
		fit_of_large+=("$size" "$(cached_fit "$dir")")
	elif ((size == $(largest 'n <= real_papers'))); then
		fit_papers "$dir"
		fit_of_real=$(cached_fit "$dir")
		mkdir -p "$twin"
		take_papers "$size" synthetic "$twin/papers.jsonl"
		fit_papers "$twin"
		fit_of_made=$(cached_fit "$twin")
		[[ $keep ]] || rm -rf "$twin"
	fi
}

# A folder that is not kept goes before all are put together.
cached_fit() {
	cp "$1/fit" "$work/fit-$(basename "$1")"
	echo "$work/fit-$(basename "$1")"
}

measure_compression() {
	if [[ ! -x $bin/bench_compress ]]; then
		echo "skipped: compression, which needs libzstd-dev" >&2
	elif ((size == $(largest 'n <= big'))); then
		record "$dir/compress.tsv" "$(stamp "$bin/bench_compress" "$last_import")" \
			"$bin/bench_compress" --db "$dir/sheaf.db"
		awk -F'\t' -v OFS='\t' -v p="$size" -v s="$source" '
			NR == 1 { print "papers", "source", $0 }
			NR > 1 { print p, s, $0 }
		' "$dir/compress.tsv" >"$results/compress.tsv"
	fi
}

measure_papers() {
	measure_fit
	measure_compression
}

# FIGURE, AT, the real papers, as many synthetic ones, their quotient, and each larger synthetic corpus.
write_fit() {
	[[ $fit_of_real && $fit_of_made ]] || return 0
	local files=("$fit_of_real" "$fit_of_made") heading i

	heading=$'figure\tat\treal\tsynthetic\tsynthetic/real'
	for ((i = 0; i < ${#fit_of_large[@]}; i += 2)); do
		heading+=$'\t'synthetic_${fit_of_large[i]}
		files+=("${fit_of_large[i + 1]}")
	done
	printf '%s\n' "$heading" >"$results/fit.tsv"
	awk -F'\t' -v OFS='\t' '
		FNR == 1 { files++ }
		{
			k = $1 OFS $2
			if (!(k in known)) { known[k] = 1; order[++n] = k }
			value[k, files] = $3
		}
		function cell(k, file) { return (k, file) in value ? value[k, file] : "-" }
		END {
			for (i = 1; i <= n; i++) {
				k = order[i]
				line = k OFS cell(k, 1) OFS cell(k, 2)
				line = line OFS ((k, 1) in value && (k, 2) in value && value[k, 1] > 0 ? sprintf("%.2f", value[k, 2] / value[k, 1]) : "-")
				for (f = 3; f <= files; f++) line = line OFS cell(k, f)
				print line
			}
		}
	' "${files[@]}" >>"$results/fit.tsv"
}

# shellcheck shell=bash
# What the tables come to: ratios, plots, and a report. Sourced by run.sh and readme.sh; uses their variables.
# shellcheck disable=SC2154

write_ratios() {
	awk -F'\t' -f "$here/table.awk" -f "$here/ratios.awk" "$results"/{import,search,cold,size,memory}.tsv >"$results/ratios.tsv"
}

draw_plots() {
	"$bin/bench_plot" --results "$results" --out "$results"
}

# Markdown, on standard output.
write_report() {
	local name files=()

	for name in machine ratios import search cold size memory compress fit; do
		[[ ! -s $results/$name.tsv ]] || files+=("$results/$name.tsv")
	done
	awk -F'\t' -f "$here/table.awk" -f "$here/report.awk" "${files[@]}"
}

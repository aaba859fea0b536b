# Tables with headings, one file after the other: what ratios.awk and report.awk begin with. In a row, cell("name") is the
# cell under that name, `table` the file's name without folder and ending, `k` its papers and source.
FNR == 1 {
	table = FILENAME
	sub(/.*\//, "", table)
	sub(/\.tsv$/, "", table)
	split("", place)
	for (i = 1; i <= NF; i++)
		place[$i] = i
	next
}

{ k = "papers" in place ? cell("papers") "\t" cell("source") : "" }

function cell(name) {
	if (!(name in place)) {
		print FILENAME ": no column " name > "/dev/stderr"
		exit 1
	}
	return $place[name]
}

function median(v, n,    i, j, t) {
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && v[j] < v[j - 1]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
	return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}

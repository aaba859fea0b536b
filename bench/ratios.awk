# What the tables come to, as ratios: awk -F'\t' -f ratios.awk import.tsv search.tsv cold.tsv size.tsv
# Imports: how many times as fast sheaf is (two threads, above 1: faster), each run by the peer's run of the same
# round, the median of these. Searches and processes: sheaf's time by that of the other (below 1: faster).
BEGIN {
	OFS = "\t"
	print "papers", "source", "what", "against", "median", "p99", "first_median", "first_p99"
}

FNR == 1 { file++; next }

file == 1 {
	k = $1 OFS $2
	if (!(k in known)) { known[k] = 1; size_name[++size_count] = k }
	e = $3 == "xapian" || $3 == "stock" ? $3 : $3 "-" $4
	if ($5 > runs[k]) runs[k] = $5
	rate[k, e, $5] = $10
	unmerged[k, e, $5] = $9
}

file == 2 {
	k = $1 OFS $2
	if (!($3 in class_known)) { class_known[$3] = 1; class_name[++class_count] = $3 }
	p50[k, $4, $3] = $6
	p99[k, $4, $3] = $8
	first50[k, $4, $3] = $9
	first99[k, $4, $3] = $10
}

file == 3 {
	cold50[$1 OFS $2, $3] = $5
	cold99[$1 OFS $2, $3] = $7
}

file == 4 && $3 == "sheaf" && $4 == "index" { index_share[$1 OFS $2] = $6 }

function median(v, n,    i, j, t) {
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && v[j] < v[j - 1]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
	return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}

function import(k, e, table, what,    run, n, v) {
	for (run = 1; run <= runs[k]; run++)
		if ((k, e, run) in table && (k, "sheaf-2", run) in rate && table[k, e, run] > 0)
			v[++n] = rate[k, "sheaf-2", run] / table[k, e, run]
	if (n)
		print k, what, e, sprintf("%.2f", median(v, n)), "-", "-", "-"
}

function imports(k,    i, n, others) {
	n = split("stock sheaf-1 lucene-1 lucene-2 xapian", others, " ")
	for (i = 1; i <= n; i++)
		import(k, others[i], rate, "import, times")
	import(k, "lucene-1", unmerged, "import, times, peer not merged")
	import(k, "lucene-2", unmerged, "import, times, peer not merged")
	import(k, "xapian", unmerged, "import, times, peer not merged")
}

function share(table, a, b) {
	return a in table && b in table && table[b] > 0 ? sprintf("%.2f", table[a] / table[b]) : "-"
}

function searches(k, other,    i, a, b) {
	for (i = 1; i <= class_count; i++) {
		a = k SUBSEP "sheaf" SUBSEP class_name[i]
		b = k SUBSEP other SUBSEP class_name[i]
		if (a in p50 && b in p50)
			print k, class_name[i], other, share(p50, a, b), share(p99, a, b), share(first50, a, b), share(first99, a, b)
	}
}

# How a class grows from the first size to the others.
function growth(k, class,    a, b) {
	a = k SUBSEP "sheaf" SUBSEP class
	b = size_name[1] SUBSEP "sheaf" SUBSEP class
	if (k != size_name[1] && a in p50)
		print k, class, "sheaf, first size", share(p50, a, b), share(p99, a, b), share(first50, a, b), share(first99, a, b)
}

function processes(k, what,    a, b) {
	a = k SUBSEP what
	b = k SUBSEP "quest"
	if (a in cold50 && b in cold50)
		print k, "process, " what, "quest", share(cold50, a, b), share(cold99, a, b), "-", "-"
}

END {
	for (s = 1; s <= size_count; s++) {
		k = size_name[s]
		imports(k)
		searches(k, "xapian")
		searches(k, "lucene")
		searches(k, "stock")
		growth(k, "or4")
		processes(k, "sheaf-text")
		processes(k, "sheaf-ids")
		if (k in index_share)
			print k, "bytes of index", "text indexed", sprintf("%.2f", index_share[k]), "-", "-", "-"
	}
}

# What the tables come to, as ratios: awk -F'\t' -f table.awk -f ratios.awk import.tsv search.tsv cold.tsv size.tsv memory.tsv
# Imports: how many times as fast sheaf is (two threads, above 1: faster), each run by the peer's run of the same
# round, or the first where it has none, the median of these. Searches and processes: sheaf's time by that of the
# other (below 1: faster). Beside each what is aimed at, and whether it is met.
BEGIN {
	OFS = "\t"
	print "papers", "source", "what", "against", "median", "p99", "first_median", "first_p99", "aim", "met"
	# By what and against; where the first is a class of queries the aim is for the median, but that of all for p99.
	split("import, times|stock|>= 2;import, times|lucene-2|>= 3;import, times|xapian|>= 40;" \
	      "import, times, peer not merged|lucene-2|>= 3;import, times, peer not merged|xapian|>= 40;" \
	      "phrase|xapian|<= 2;near|xapian|<= 2;prefix|xapian|<= 2;phrase|lucene|-;near|lucene|-;prefix|lucene|-;" \
	      "process, sheaf-text|quest|<= 1.5;bytes of index|text indexed|<= 1.05;" \
	      "MB of memory, import|-|<= 500;MB of memory beside files, search|-|<= 64", list, ";")
	for (i in list) {
		split(list[i], one, "|")
		aims[one[1], one[2]] = one[3]
	}
}

table == "import" {
	if (!(k in known)) { known[k] = 1; size_name[++size_count] = k }
	e = cell("engine")
	if (e != "xapian" && e != "stock") e = e "-" cell("threads")
	if (cell("run") > runs[k]) runs[k] = cell("run")
	rate[k, e, cell("run")] = cell("merged_documents_s")
	unmerged[k, e, cell("run")] = cell("documents_s")
}

table == "search" {
	if (!(cell("class") in class_known)) { class_known[cell("class")] = 1; class_name[++class_count] = cell("class") }
	e = k SUBSEP cell("engine") SUBSEP cell("class")
	p50[e] = cell("p50_ms")
	p99[e] = cell("p99_ms")
	first50[e] = cell("first_p50_ms")
	first99[e] = cell("first_p99_ms")
}

table == "cold" {
	cold50[k, cell("command")] = cell("p50_ms")
	cold99[k, cell("command")] = cell("p99_ms")
}

table == "size" && cell("engine") == "sheaf" && cell("part") == "index" { index_share[k] = cell("of_text") }

table == "memory" && cell("engine") == "sheaf" {
	if (cell("phase") == "search") beside[k] = cell("beside_files_bytes")
	else if (cell("peak_bytes") > peak[k]) peak[k] = cell("peak_bytes")
}

function meets(aim, value,    part) {
	if (aim == "-" || value == "-") return "-"
	split(aim, part, " ")
	return (part[1] == "<=" ? value + 0 <= part[2] + 0 : value + 0 >= part[2] + 0) ? "yes" : "no"
}

function rounded(x) { return x == "-" ? x : sprintf(x >= 100 ? "%.0f" : "%.2f", x) }

# Figures as they are: an aim is not met by rounding.
function row(k, what, against, a, b, c, d, aim) {
	print k, what, against, rounded(a), rounded(b), rounded(c), rounded(d), aim, meets(aim, what == "all" ? b : a)
}

function aim_of(what, against) {
	return (what, against) in aims ? aims[what, against] : "-"
}

function import(k, e, times, what,    run, peer, n, v) {
	for (run = 1; run <= runs[k]; run++) {
		peer = (k, e, run) in times ? run : 1
		if ((k, e, peer) in times && (k, "sheaf-2", run) in rate && times[k, e, peer] > 0)
			v[++n] = rate[k, "sheaf-2", run] / times[k, e, peer]
	}
	if (n)
		row(k, what, e, median(v, n), "-", "-", "-", aim_of(what, e))
}

function imports(k,    i, n, others) {
	n = split("stock sheaf-1 lucene-1 lucene-2 xapian", others, " ")
	for (i = 1; i <= n; i++)
		import(k, others[i], rate, "import, times")
	import(k, "lucene-1", unmerged, "import, times, peer not merged")
	import(k, "lucene-2", unmerged, "import, times, peer not merged")
	import(k, "xapian", unmerged, "import, times, peer not merged")
}

function share(times, a, b) {
	return a in times && b in times && times[b] > 0 ? times[a] / times[b] : "-"
}

function compare(k, class, other, a, b, aim) {
	if (a in p50 && b in p50)
		row(k, class, other, share(p50, a, b), share(p99, a, b), share(first50, a, b), share(first99, a, b), aim)
}

function searches(k, other,    i, c, aim) {
	for (i = 1; i <= class_count; i++) {
		c = class_name[i]
		if (other == "stock" && c == "all")
			continue # its queries are other ones
		aim = (c, other) in aims ? aims[c, other] : other == "stock" ? "-" : "<= 1"
		compare(k, c, other, k SUBSEP "sheaf" SUBSEP c, k SUBSEP other SUBSEP c, aim)
	}
}

function papers_of(k) { return substr(k, 1, index(k, "\t") - 1) + 0 }

function is_real(k) { return k ~ /\treal$/ }

# How a class grows from the smaller sizes. The aim is from the most real papers to more synthetic ones.
function growth(k, class,    i, from) {
	for (i = 1; i <= size_count; i++) {
		from = size_name[i]
		if (papers_of(from) < papers_of(k))
			compare(k, class, "sheaf, " papers_of(from) " papers", k SUBSEP "sheaf" SUBSEP class,
				from SUBSEP "sheaf" SUBSEP class, from == most_real && !is_real(k) ? "<= 4" : "-")
	}
}

function processes(k, what,    a, b) {
	a = k SUBSEP what
	b = k SUBSEP "quest"
	if (a in cold50 && b in cold50)
		row(k, "process, " what, "quest", share(cold50, a, b), share(cold99, a, b), "-", "-", aim_of("process, " what, "quest"))
}

# One figure that is no ratio of times.
function figure(k, what, against, value) {
	row(k, what, against, value, "-", "-", "-", aim_of(what, against))
}

END {
	for (s = 1; s <= size_count; s++)
		if (is_real(size_name[s]) && papers_of(size_name[s]) > papers_of(most_real))
			most_real = size_name[s]
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
			figure(k, "bytes of index", "text indexed", index_share[k])
		if (k in peak)
			figure(k, "MB of memory, import", "-", peak[k] / 1e6)
		if (k in beside)
			figure(k, "MB of memory beside files, search", "-", beside[k] / 1e6)
	}
}

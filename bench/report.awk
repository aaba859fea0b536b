# The report on a run, in Markdown: awk -F'\t' -f table.awk -f report.awk machine.tsv ratios.tsv import.tsv search.tsv ...
# Of many sizes it shows the most real papers and the most of all. What misses its aim is in bold.
BEGIN {
	engines = split("sheaf xapian lucene stock", engine_name, " ")
	title["sheaf"] = "sheaf"; title["xapian"] = "Xapian"; title["lucene"] = "Lucene"; title["stock"] = "stock FTS5"
}

table == "machine" { is[cell("what")] = cell("is") }

table == "import" {
	if (!(k in known)) { known[k] = 1; size_name[++size_count] = k }
	e = cell("engine") " " cell("threads")
	times[k, e]++
	merged[k, e, times[k, e]] = cell("merged_documents_s")
	committed[k, e, times[k, e]] = cell("documents_s")
}

table == "ratios" {
	ratio[k, cell("what"), cell("against")] = cell("what") == "all" ? cell("p99") : cell("median")
	met[k, cell("what"), cell("against")] = cell("met")
	if (cell("what") == "or4" && cell("against") ~ /^sheaf/ && cell("aim") != "-") {
		grown = cell("median"); grown_met = cell("met"); grown_from = cell("against")
	}
}

table == "search" {
	if (!(cell("class") in class_known)) { class_known[cell("class")] = 1; class_name[++classes] = cell("class") }
	p50[k, cell("engine"), cell("class")] = cell("p50_ms")
	p99[k, cell("engine"), cell("class")] = cell("p99_ms")
	asked[k, cell("engine"), cell("class")] = cell("queries")
}

table == "cold" {
	if (!(cell("command") in command_known)) { command_known[cell("command")] = 1; command[++commands] = cell("command") }
	cold50[k, cell("command")] = cell("p50_ms")
	cold99[k, cell("command")] = cell("p99_ms")
}

table == "size" { size[k, cell("engine"), cell("part")] = cell("bytes"); if (cell("engine") == "sheaf") add_part(cell("part"), cell("bytes")) }

table == "memory" {
	e = k SUBSEP cell("engine") SUBSEP cell("phase")
	if (cell("peak_bytes") > peak[e]) peak[e] = cell("peak_bytes")
	beside[e] = cell("beside_files_bytes")
}

table == "compress" && cell("form") == "as stored" { plain[k] = cell("table_bytes"); plain_at = k }
table == "compress" && cell("form") == "one by one" && cell("level") == 3 && cell("dictionary_bytes") == 65536 {
	packed[k] = cell("table_bytes"); pack_us = cell("compress_us"); show_us = cell("show_us"); load_us = cell("load_us")
}

table == "fit" && cell("figure") == "heaps" { heaps[cell("at")] = "real " sprintf("%.3g", cell("real")) ", synthetic " sprintf("%.3g", cell("synthetic")) }

# A table of the database into the parts that the report has; lines with a colon are of the table before them.
function add_part(part, bytes,    name) {
	name = "other"
	if (part ~ /^document_fts_data: (words|stems|names|filter terms), /) {
		name = part
		sub(/^document_fts_data: /, "", name)
	} else if (part ~ /^document_fts_data: / || part ~ /^document_fts_idx/)
		name = "tokens, headers, room on pages"
	else if (part ~ /: / || part == "document" || part == "document_fts_data")
		return
	else if (part ~ /^(text indexed|title, authors and abstract|file|papers stored|index|free pages)$/)
		return
	else if (part ~ /^ranking_/)
		name = "top-k lists"
	else if (part == "value_block")
		name = "values: lengths, dates, categories, authors"
	else if (part == "spelling")
		name = "dictionary of words"
	else if (part ~ /^document by /)
		name = "papers by id, by revision"
	if (!(name in part_known)) { part_known[name] = 1; part_name[++parts] = name }
	part_bytes[k, name] += bytes
}

function thousands(n,    text) {
	text = sprintf("%.0f", n)
	while (text ~ /[0-9][0-9][0-9][0-9]($|,)/ && sub(/[0-9][0-9][0-9]($|,)/, ",&", text))
		;
	return text
}

function papers_of(k) { return substr(k, 1, index(k, "\t") - 1) + 0 }

function size_title(k) { return thousands(papers_of(k)) " " substr(k, index(k, "\t") + 1) }

function ms(t) { return t == "" ? "-" : t < 0.1 ? sprintf("%.3f", t) : t < 10 ? sprintf("%.2f", t) : sprintf("%.1f", t) }

function mark(text, is_met) { return is_met == "no" ? "**" text "**" : text }

function rate(k, e, which,    i, v) {
	for (i = 1; i <= times[k, e]; i++)
		v[i] = which == "merged" ? merged[k, e, i] : committed[k, e, i]
	return i > 1 ? thousands(median(v, i - 1)) : "-"
}

function ratio_cell(k, what, against,    e) {
	e = k SUBSEP what SUBSEP against
	return e in ratio ? mark(ratio[e], met[e]) : "-"
}

# line NAME KIND A B AIM: a row with a cell for each size shown; none where nothing was measured.
function line(name, kind, a, b, aim,    i, text, one, some) {
	text = "| " name " |"
	for (i = 1; i <= shown; i++) {
		one = value(kind, show[i], a, b)
		some = some || one != "-"
		text = text " " one " |"
	}
	if (some) print text (aim == "" ? "" : " " aim " |")
}

function value(kind, k, a, b,    e) {
	e = k SUBSEP a SUBSEP b
	if (kind == "rate") return rate(k, a, b)
	if (kind == "ratio") return ratio_cell(k, a, b)
	if (kind == "cold") return (k, a) in cold50 ? ms(cold50[k, a]) " / " ms(cold99[k, a]) : "-"
	if (kind == "part") return part_cell(part_bytes[k, a], k)
	if (kind == "size") return part_cell(size[e], k)
	if (kind == "peak") return e in peak ? sprintf("%.0f", peak[e] / 1e6) : "-"
	return e in beside ? sprintf("%.0f", beside[e] / 1e6) : "-"
}

function part_cell(bytes, k,    text) {
	text = size[k, "sheaf", "text indexed"]
	return bytes == "" || !text ? "-" : sprintf("%.1f MB, %.3f", bytes / 1e6, bytes / text)
}

function heading(first, last,    i, text, rule) {
	text = "| " first " |"
	rule = "| --- |"
	for (i = 1; i <= shown; i++) {
		text = text " " size_title(show[i]) " |"
		rule = rule " ---: |"
	}
	print text (last == "" ? "" : " " last " |")
	print rule (last == "" ? "" : " --- |")
}

function pick_sizes(    i, k, real, most) {
	for (i = 1; i <= size_count; i++) {
		k = size_name[i]
		if (k ~ /\treal$/ && papers_of(k) > papers_of(real)) real = k
		if (papers_of(k) > papers_of(most)) most = k
	}
	if (real != "") show[++shown] = real
	if (most != real) show[++shown] = most
}

function about(    text) {
	printf "%s, %s cores of %s, %s memory, %s. %s.", is["date"], is["cores"], is["processor"], is["memory"], is["system"], is["sheaf"]
	if ("xapian" in is) printf " Xapian %s.", is["xapian"]
	if ("lucene" in is) {
		text = is["lucene"]
		gsub(/"/, "", text)
		printf " Lucene %s.", text
	}
	printf " %s queries of %d classes at each size.", thousands(asked[show[1], "sheaf", "all"]), classes - 1
	if ("load before" in is) printf " Load of the machine before it: %s.", is["load before"]
	print " Taken over: " is["taken over"] ". In bold: what misses its aim."
}

function indexing() {
	print "\n**Indexing**, from a file of JSON Lines to one committed, merged index; documents a second, and how many times as fast sheaf is with two threads.\n"
	heading("", "aim")
	line("sheaf, 2 threads", "rate", "sheaf 2", "merged", " ")
	line("sheaf, 1 thread", "rate", "sheaf 1", "merged", " ")
	line("stock FTS5, parsed texts given, stems alone", "rate", "stock 1", "merged", " ")
	line("Lucene, 2 threads", "rate", "lucene 2", "merged", " ")
	line("Lucene, 2 threads, before its merge", "rate", "lucene 2", "committed", " ")
	line("Lucene, 1 thread", "rate", "lucene 1", "merged", " ")
	line("Xapian", "rate", "xapian 1", "merged", " ")
	line("sheaf by stock FTS5", "ratio", "import, times", "stock", "≥ 2")
	line("sheaf by Lucene", "ratio", "import, times", "lucene-2", "≥ 3")
	line("sheaf by Lucene before its merge", "ratio", "import, times, peer not merged", "lucene-2", "≥ 3")
	line("sheaf by Xapian", "ratio", "import, times", "xapian", "≥ 40")
}

function class_row(class, aim,    i, k, text) {
	text = "| " (class == "all" ? "all, 99 %" : class) " |"
	for (i = 1; i <= shown; i++) {
		k = show[i]
		text = text " " ms(class == "all" ? p99[k, "sheaf", class] : p50[k, "sheaf", class]) " | " ratio_cell(k, class, "xapian") " | " ratio_cell(k, class, "lucene") " |"
	}
	print text " " aim " |"
}

function searching(    i, text, rule) {
	print "\n**Searching**, in one process, warm, the ten best: sheaf's median in milliseconds, and its share of Xapian's and of Lucene's.\n"
	text = "| class |"
	rule = "| --- |"
	for (i = 1; i <= shown; i++) {
		text = text " " size_title(show[i]) ", ms | by Xapian | by Lucene |"
		rule = rule " ---: | ---: | ---: |"
	}
	print text " aim |"
	print rule " --- |"
	for (i = 1; i <= classes; i++)
		class_row(class_name[i], class_name[i] ~ /^(phrase|near|prefix)$/ ? "≤ 2, -" : "≤ 1, ≤ 1")
	if (grown != "")
		print "\nFrom " thousands(substr(grown_from, 8)) " papers to " size_title(show[shown]) " papers or4 takes " mark(grown, grown_met) " times as long (aim: ≤ 4)."
}

function processes(    i) {
	print "\n**Whole processes**, from start to exit; milliseconds, median / 99 %. Aim: `sheaf search` ≤ 1.5 × `quest`.\n"
	heading("")
	for (i = 1; i <= commands; i++)
		line(command[i] == "process" ? "`/bin/true`" : command[i] == "sheaf-text" ? "`sheaf search`" : command[i] == "sheaf-ids" ? "`sheaf search --format ids`" : command[i] == "quest" ? "Xapian's `quest`" : "Lucene in a virtual machine of its own", "cold", command[i])
	line("`sheaf search` by `quest`", "ratio", "process, sheaf-text", "quest")
}

function sizes(    i) {
	print "\n**Index**, all but the papers as stored: bytes, and share of the text indexed. Aim: sheaf ≤ 1.05.\n"
	heading("")
	for (i = 1; i <= engines; i++)
		line(title[engine_name[i]], "size", engine_name[i], "index")
	for (i = 1; i <= parts; i++)
		line("sheaf: " part_name[i], "part", part_name[i])
	line("sheaf: papers as stored", "size", "sheaf", "papers stored")
	if (plain_at != "" && packed[plain_at] != "")
		printf "\nCompressed with zstd and a dictionary of 64 KB the %s papers would take %.0f MB instead of %.0f; it would cost %.1f µs a paper at the import, %.1f µs for each one shown and %.0f µs once a process.\n", size_title(plain_at), packed[plain_at] / 1e6, plain[plain_at] / 1e6, pack_us, show_us, load_us
}

function memory(    i) {
	print "\n**Memory** of the process, MB: the peak of an import, and what searches hold beside pages of files. Aims: sheaf < 500 and < 64.\n"
	heading("")
	for (i = 1; i <= engines; i++)
		line(title[engine_name[i]] ", import", "peak", engine_name[i], "import")
	for (i = 1; i <= engines; i++)
		line(title[engine_name[i]] ", search", "beside", engine_name[i], "search")
}

END {
	pick_sizes()
	about()
	indexing()
	searching()
	processes()
	sizes()
	memory()
	if ("b" in heaps)
		print "\nSynthetic papers are made like real ones: vocabulary grows as K nᵇ, K " heaps["K"] "; b " heaps["b"] "."
}

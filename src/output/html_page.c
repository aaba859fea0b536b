#include "html_page.h"

#include <string.h>

#include "escape.h"
#include "flatten.h"
#include "paper.h"
#include "text_wrap.h"
#include "utf8.h"

/*
 * No script, nothing from elsewhere, and a policy that says so: should a part of a page ever be
 * taken for markup, it could load and run nothing.
 */
static const char head_start[] =
	"<!DOCTYPE html>\n"
	"<html lang=\"en\">\n"
	"<head>\n"
	"<meta charset=\"utf-8\"/>\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
	"'unsafe-inline'\"/>\n"
	"<meta name=\"referrer\" content=\"no-referrer\"/>\n"
	"<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	"<meta name=\"generator\" content=\"sheaf\"/>\n";

static const char style[] =
	"<style>\n"
	":root { color-scheme: light dark; --text: #1c1b19; --soft: #5c5a55; --back: #fdfcfa;\n"
	"  --line: #dedad2; --link: #174ea6; --mark: #ffe58a; --mark-text: #1c1b19; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"  :root { --text: #e8e6e1; --soft: #a5a29a; --back: #191a1c; --line: #3a3b3e; --link: #8ab4f8;\n"
	"    --mark: #6b5710; --mark-text: #fff6d6; }\n"
	"}\n"
	"* { box-sizing: border-box; }\n"
	"body { margin: 0 auto; max-width: 46rem; padding: 1rem 1rem 3rem; background: var(--back);\n"
	"  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }\n"
	"h1 { font-size: 1.4rem; line-height: 1.25; margin: 0.5rem 0; }\n"
	"h2 { font-size: 1.2rem; margin: 2.5rem 0 0; padding-bottom: 0.25rem;\n"
	"  border-bottom: 2px solid var(--line); }\n"
	"article { border-top: 1px solid var(--line); margin-top: 1.25rem; padding-top: 1rem; }\n"
	"article h3 { font-size: 1.05rem; line-height: 1.35; margin: 0; }\n"
	"article p { margin: 0.35rem 0; }\n"
	"a { color: var(--link); text-decoration: none; }\n"
	"a:hover, a:focus { text-decoration: underline; }\n"
	"mark { background: var(--mark); color: var(--mark-text); border-radius: 2px; padding: 0 1px; }\n"
	"summary { cursor: pointer; color: var(--soft); }\n"
	"table { border-collapse: collapse; font-size: 0.9rem; }\n"
	"td { padding: 0.1rem 0.75rem 0.1rem 0; vertical-align: top; }\n"
	"td:first-child { text-align: right; font-variant-numeric: tabular-nums; }\n"
	"tr:last-child td { border-top: 1px solid var(--line); font-weight: 600; }\n"
	".soft { color: var(--soft); font-size: 0.9rem; }\n"
	".links a { display: inline-block; margin-right: 0.9rem; padding: 0.15rem 0; }\n"
	".facets ul { list-style: none; padding: 0; margin: 0.25rem 0; }\n"
	".facets li { display: inline-block; margin-right: 1rem; }\n"
	"</style>\n"
	"</head>\n"
	"<body>\n";

void html_data(sheaf_writer *w, const char *text)
{
	writer_clear(w, &w->flat);
	flatten_lines(&w->flat, text ? text : "");
	escape_html(&w->out, buf_str(&w->flat));
}

void html_marked(sheaf_writer *w, const char *text)
{
	const char *p;
	size_t      len;
	int         marked = 0;

	writer_clear(w, &w->flat);
	escape_html(&w->flat, text ? text : "");
	p = buf_str(&w->flat);
	len = strlen(p);
	while (len) {
		uint32_t c;
		size_t   n = utf8_decode(p, len, &c);

		if (c != MARK_BEGIN && c != MARK_END) {
			buf_append(&w->out, p, n);
		} else if (marked != (c == MARK_BEGIN)) {
			marked = !marked;
			buf_puts(&w->out, marked ? "<mark>" : "</mark>");
		}
		p += n;
		len -= n;
	}
	if (marked)
		buf_puts(&w->out, "</mark>");
}

void html_element(sheaf_writer *w, const char *element, const char *class, const char *text)
{
	if (!text || !*text)
		return;
	buf_printf(&w->out, "<%s", element);
	if (class)
		buf_printf(&w->out, " class=\"%s\"", class);
	buf_putc(&w->out, '>');
	html_data(w, text);
	buf_printf(&w->out, "</%s>\n", element);
}

static const char *title_of(const sheaf_writer *w)
{
	const char *title = w->head.kind == SHEAF_LIST_SEARCH   ? w->head.query
	                    : w->head.kind == SHEAF_LIST_DIGEST ? w->head.title
	                                                        : NULL;

	return title && *title                     ? title
	       : w->head.kind == SHEAF_LIST_DIGEST ? "arXiv digest"
	                                           : "arXiv papers";
}

static void put_search(sheaf_writer *w)
{
	const char *about = w->head.exact ? "" : "about ";

	buf_printf(&w->out, "<p class=\"soft\">%s%lld %s", about, (long long)w->head.total,
	           w->head.total == 1 ? "paper" : "papers");
	if (w->head.first)
		buf_printf(&w->out, ", from rank %zu on", w->head.first + 1);
	buf_puts(&w->out, "</p>\n");
	if (w->head.did_you_mean && *w->head.did_you_mean) {
		buf_puts(&w->out, "<p>Did you mean <strong>");
		html_data(w, w->head.did_you_mean);
		buf_puts(&w->out, "</strong>?</p>\n");
	}
}

static void put_digest(sheaf_writer *w)
{
	char now[TIME_TEXT_SIZE];

	time_format_minute(w->head.now, now);
	buf_printf(&w->out, "<p class=\"soft\">%s UTC</p>\n", now);
	html_element(w, "p", NULL, w->head.intro);
}

void html_page_begin(sheaf_writer *w)
{
	buf_puts(&w->out, head_start);
	html_element(w, "title", NULL, title_of(w));
	buf_puts(&w->out, style);
	buf_puts(&w->out, "<header>\n");
	html_element(w, "h1", NULL, title_of(w));
	if (w->head.kind == SHEAF_LIST_SEARCH)
		put_search(w);
	if (w->head.kind == SHEAF_LIST_DIGEST)
		put_digest(w);
	buf_puts(&w->out, "</header>\n<main>\n");
}

static void put_facet(sheaf_writer *w, const sheaf_facet *facet)
{
	html_element(w, "h3", NULL, facet->name);
	buf_puts(&w->out, "<ul>\n");
	for (size_t i = 0; i < facet->count; i++) {
		buf_puts(&w->out, "<li>");
		html_data(w, facet->counts[i].value);
		buf_printf(&w->out, " <span class=\"soft\">%lld</span></li>\n",
		           (long long)facet->counts[i].count);
	}
	buf_puts(&w->out, "</ul>\n");
}

void html_page_end(sheaf_writer *w)
{
	if (!w->items)
		buf_printf(&w->out, "<p>%s</p>\n",
		           w->head.kind == SHEAF_LIST_DIGEST ? "No new papers." : "No papers.");
	buf_puts(&w->out, "</main>\n");
	if (w->head.kind == SHEAF_LIST_SEARCH && w->head.facet_count) {
		buf_puts(&w->out, "<aside class=\"facets\">\n<h2>Facets</h2>\n");
		for (size_t i = 0; i < w->head.facet_count; i++)
			put_facet(w, &w->head.facets[i]);
		buf_puts(&w->out, "</aside>\n");
	}
	buf_puts(&w->out, "</body>\n</html>\n");
}

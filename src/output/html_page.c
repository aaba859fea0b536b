#include "html_page.h"

#include <string.h>

#include "escape.h"
#include "flatten.h"
#include "html_style.h"
#include "str.h"
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
	"'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
	"<meta name=\"referrer\" content=\"no-referrer\"/>\n"
	"<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	"<meta name=\"generator\" content=\"sheaf\"/>\n";

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

int html_element(sheaf_writer *w, const char *element, const char *class, const char *text)
{
	size_t start = w->out.len, empty;

	buf_printf(&w->out, "<%s", element);
	if (class)
		buf_printf(&w->out, " class=\"%s\"", class);
	buf_putc(&w->out, '>');
	empty = w->out.len;
	html_data(w, text);
	if (w->out.len == empty) {
		buf_truncate(&w->out, start);
		return 0;
	}
	buf_printf(&w->out, "</%s>\n", element);
	return 1;
}

/* A relative address has no scheme: no colon before its first separator. */
static int is_followed(const char *address)
{
	size_t to_colon = strcspn(address, ":"), to_path = strcspn(address, "/?#");

	return str_istarts(address, "http://") || str_istarts(address, "https://") ||
	       (*address && (unsigned char)*address > 0x20 && to_path <= to_colon);
}

int html_address(sheaf_writer *w, const char *name, const char *address)
{
	if (!address || !is_followed(address))
		return 0;
	writer_clear(w, &w->line);
	escape_url(&w->line, address);
	buf_printf(&w->out, " %s=\"", name);
	html_data(w, buf_str(&w->line));
	buf_putc(&w->out, '"');
	return 1;
}

/* A page must have a title, and a heading that can be seen. */
static void put_title(sheaf_writer *w, const char *element)
{
	const char *title = w->head.kind == SHEAF_LIST_SEARCH   ? w->head.query
	                    : w->head.kind == SHEAF_LIST_DIGEST ? w->head.title
	                                                        : NULL;

	if (!html_element(w, element, NULL, title))
		html_element(w, element, NULL,
		             w->head.kind == SHEAF_LIST_DIGEST ? "arXiv digest" : "arXiv papers");
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

/* Feeds of the same papers, for readers that look for them. */
static void put_feed(sheaf_writer *w, const char *type, const char *address)
{
	size_t start = w->out.len;

	buf_printf(&w->out, "<link rel=\"alternate\" type=\"%s\"", type);
	if (html_address(w, "href", address))
		buf_puts(&w->out, "/>\n");
	else
		buf_truncate(&w->out, start);
}

static void put_head(sheaf_writer *w)
{
	buf_puts(&w->out, head_start);
	put_title(w, "title");
	put_feed(w, "application/atom+xml", w->head.atom);
	put_feed(w, "application/feed+json", w->head.jsonfeed);
	buf_puts(&w->out, html_style);
	buf_puts(&w->out, "</head>\n<body>\n");
}

void html_page_begin(sheaf_writer *w)
{
	put_head(w);
	buf_puts(&w->out, "<header>\n");
	put_title(w, "h1");
	if (w->head.kind == SHEAF_LIST_SEARCH)
		put_search(w);
	if (w->head.kind == SHEAF_LIST_DIGEST)
		html_digest_head(w);
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

/* html_digest.c: the page of a digest: what is in it, then its sections. */
#include "html_page.h"
#include "paper.h"
#include "str.h"

#define NO_HEADING "Papers" /* for one that has nothing to show */

enum { BODY_MAX = 1 << 30 }; /* bytes of papers on one page */

/*
 * Appends the fragment by which a section is reached: its profile's name, so that a link to it holds
 * tomorrow. What is no letter, digit, point or hyphen is spelled by its bytes.
 */
static void put_slug(sheaf_writer *w, buf *out)
{
	buf_puts(out, w->section_named ? "s-" : "rest");
	for (const char *p = w->section_named ? buf_str(&w->section_name) : ""; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (str_is_alpha(c) || str_is_digit(c) || c == '.' || c == '-')
			buf_putc(out, *p);
		else
			buf_printf(out, "_%02X", c);
	}
}

/* The same, with the section's number where the page has had that name. Into w->line. */
static void make_anchor(sheaf_writer *w)
{
	int taken;

	writer_clear(w, &w->line);
	put_slug(w, &w->line);
	taken = cite_keys_add(&w->keys, buf_str(&w->line), w->line.len);
	if (taken < 0)
		w->out.status = SHEAF_ERROR_NOMEM;
	if (taken == 0)
		buf_printf(&w->line, "~%zu", w->sections + 1);
}

/* What was just written waits for its place on the page. */
static void keep(sheaf_writer *w, buf *kept)
{
	buf_append(kept, buf_str(&w->out), w->out.len);
	writer_clear(w, &w->out);
}

static void close_section(sheaf_writer *w)
{
	if (!w->sections)
		return;
	buf_puts(&w->out,
	         "<p class=\"back\"><a href=\"#top\">Back to the top</a></p>\n</section>\n");
	keep(w, &w->body);
	buf_printf(&w->contents, " <span class=\"soft\">%zu</span></li>\n", w->section_items);
}

void html_digest_begin(sheaf_writer *w)
{
	w->body.cap = BODY_MAX;
}

void html_digest_section(sheaf_writer *w)
{
	size_t start;

	close_section(w);
	make_anchor(w);
	buf_printf(&w->out, "<section id=\"%s\">\n", buf_str(&w->line));
	if (!html_element(w, "h2", NULL, buf_str(&w->section_heading)))
		html_element(w, "h2", NULL, NO_HEADING);
	keep(w, &w->body);
	buf_printf(&w->out, "<li><a href=\"#%s\">", buf_str(&w->line));
	start = w->out.len;
	html_data(w, buf_str(&w->section_heading));
	buf_puts(&w->out, w->out.len > start ? "</a>" : NO_HEADING "</a>");
	keep(w, &w->contents);
}

void html_digest_item(sheaf_writer *w, const sheaf_item *item)
{
	html_paper(w, item);
	keep(w, &w->body);
}

static void put_count(sheaf_writer *w, size_t count, const char *one, const char *many)
{
	buf_printf(&w->out, " \xC2\xB7 %zu %s", count, count == 1 ? one : many);
}

static void put_facts(sheaf_writer *w)
{
	char now[TIME_TEXT_SIZE], iso[TIME_TEXT_SIZE];

	time_format_minute(w->head.now, now);
	time_format_iso(w->head.now, iso);
	buf_printf(&w->out, "<p class=\"soft\"><time datetime=\"%s\">%s UTC</time>", iso, now);
	if (w->items)
		put_count(w, w->items, "paper", "papers");
	if (w->sections > 1)
		put_count(w, w->sections, "section", "sections");
	if (w->updates)
		put_count(w, w->updates, "of them updated", "of them updated");
	buf_puts(&w->out, "</p>\n");
}

static void put_link(sheaf_writer *w, const char *label, const char *address)
{
	size_t start = w->out.len;

	buf_puts(&w->out, "<a");
	if (html_address(w, "href", address))
		buf_printf(&w->out, ">%s</a>\n", label);
	else
		buf_truncate(&w->out, start);
}

static void put_links(sheaf_writer *w)
{
	size_t start = w->out.len, empty;

	buf_puts(&w->out, "<p class=\"links\">");
	empty = w->out.len;
	put_link(w, "Home", w->head.home);
	put_link(w, "Atom", w->head.atom);
	put_link(w, "JSON Feed", w->head.jsonfeed);
	if (w->out.len == empty)
		buf_truncate(&w->out, start);
	else
		buf_puts(&w->out, "</p>\n");
}

/* Pages of single sections, which are there also on days when the section is empty. */
static void put_pages(sheaf_writer *w)
{
	if (!w->head.page_count)
		return;
	buf_puts(&w->out, "<nav class=\"links\" aria-label=\"Pages\">\n");
	for (size_t i = 0; i < w->head.page_count; i++) {
		const sheaf_page_link *page = &w->head.pages[i];
		size_t                 start = w->out.len;

		buf_puts(&w->out, "<a");
		if (html_address(w, "href", page->address)) {
			buf_putc(&w->out, '>');
			html_data(w, page->label && *page->label ? page->label : NO_HEADING);
			buf_puts(&w->out, "</a>\n");
		} else {
			buf_truncate(&w->out, start);
		}
	}
	buf_puts(&w->out, "</nav>\n");
}

void html_digest_head(sheaf_writer *w)
{
	put_facts(w);
	html_element(w, "p", NULL, w->head.intro);
	html_element(w, "p", "soft", w->head.coverage);
	put_links(w);
	put_pages(w);
	if (!w->contents.len)
		return;
	buf_puts(&w->out, "<nav id=\"contents\" aria-label=\"Contents\">\n<ul>\n");
	buf_append(&w->out, buf_str(&w->contents), w->contents.len);
	buf_puts(&w->out, "</ul>\n</nav>\n");
}

void html_digest_end(sheaf_writer *w)
{
	close_section(w);
	html_page_begin(w);
	writer_pass(w, &w->body);
	html_page_end(w);
}

/* write_html.c: one page that stands alone: readable on a phone, in the dark and without a network. */
#include "html_page.h"

static int is_digest(const sheaf_writer *w)
{
	return w->head.kind == SHEAF_LIST_DIGEST;
}

static void html_begin(sheaf_writer *w)
{
	if (is_digest(w))
		html_digest_begin(w);
	else
		html_page_begin(w);
}

static void html_section(sheaf_writer *w)
{
	if (is_digest(w))
		html_digest_section(w);
	else
		html_element(w, "h2", NULL, buf_str(&w->section_heading));
}

static void html_item(sheaf_writer *w, const sheaf_item *item)
{
	if (is_digest(w))
		html_digest_item(w, item);
	else
		html_paper(w, item);
}

static void html_end(sheaf_writer *w)
{
	if (is_digest(w))
		html_digest_end(w);
	else
		html_page_end(w);
}

const writer_ops write_html_ops = {.name = "html",
                                   .begin = html_begin,
                                   .section = html_section,
                                   .item = html_item,
                                   .end = html_end};

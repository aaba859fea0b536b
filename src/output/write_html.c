/* write_html.c: one page that stands alone: readable on a phone, in the dark and without a network. */
#include "html_page.h"

static void html_section(sheaf_writer *w)
{
	html_element(w, "h2", NULL, buf_str(&w->section_heading));
}

const writer_ops write_html_ops = {.name = "html",
                                   .begin = html_page_begin,
                                   .section = html_section,
                                   .item = html_paper,
                                   .end = html_page_end};

/* html_page.h: the parts of the page that are the same for every list, and how data goes into them. */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include "writer_private.h"

/* Appends data as text or an attribute's value, on one line; nothing in it is markup. */
void html_data(sheaf_writer *w, const char *text);
/* The same with what stands between U+E000 and U+E001 as <mark>. */
void html_marked(sheaf_writer *w, const char *text);
/* `<element>data</element>` and a line break; 0 and nothing for a text that has nothing to show. */
int html_element(sheaf_writer *w, const char *element, const char *class, const char *text);

/*
 * Appends ` name="address"`; 0 and nothing where it leads neither to the web nor, as a relative one,
 * to a page beside this one.
 */
int html_address(sheaf_writer *w, const char *name, const char *address);

/* The page up to where its list begins. */
void html_page_begin(sheaf_writer *w);
void html_page_end(sheaf_writer *w);
/* One paper as an <article>. */
void html_paper(sheaf_writer *w, const sheaf_item *item);

/*
 * A digest begins with what is in it, so its sections are kept in w->body until all are there, and
 * the list of them in w->contents.
 */
void html_digest_begin(sheaf_writer *w);
void html_digest_section(sheaf_writer *w);
void html_digest_item(sheaf_writer *w, const sheaf_item *item);
void html_digest_end(sheaf_writer *w);
/* When it was made, how much is in it, the intro, and the table of contents. */
void html_digest_head(sheaf_writer *w);

#endif

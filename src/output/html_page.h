/* html_page.h: the parts of the page that are the same for every list, and how data goes into them. */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include "writer_private.h"

/* Appends data as text or an attribute's value, on one line; nothing in it is markup. */
void html_data(sheaf_writer *w, const char *text);
/* The same with what stands between U+E000 and U+E001 as <mark>. */
void html_marked(sheaf_writer *w, const char *text);
/* `<element>data</element>` and a line break; nothing where there is no text. */
void html_element(sheaf_writer *w, const char *element, const char *class, const char *text);

/* The page up to and with its heading. */
void html_page_begin(sheaf_writer *w);
void html_page_end(sheaf_writer *w);
/* One paper as an <article>. */
void html_paper(sheaf_writer *w, const sheaf_item *item);

#endif

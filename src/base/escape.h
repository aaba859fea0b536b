/* escape.h: text from outside, made safe for where it goes. */
#ifndef ESCAPE_H
#define ESCAPE_H

#include <stdint.h>

#include "buf.h"

/*
 * 1 for a character that steers a terminal or reorders what is read: C0, DEL, C1, line and
 * paragraph separators, bidirectional marks; and for U+FFFE and its like, which are none.
 */
int escape_is_control(uint32_t c);
/*
 * Appends `text` as one line for people and terminals: trimmed, each line break a
 * blank, other control characters (C0, DEL, C1, bidirectional overrides) dropped.
 * Inner blanks are kept as they are.
 */
void escape_line(buf *out, const char *text);
/* The same, with each run of white space folded to one blank. */
void escape_folded(buf *out, const char *text);
/* escape_line() with a backslash before what Markdown would take as syntax or HTML. */
void escape_markdown(buf *out, const char *text);
/* escape_line() with & < > " ' as entities; good for HTML, Atom and their attributes. */
void escape_html(buf *out, const char *text);
/*
 * Appends an URL for use inside Markdown's (…) or an attribute: what could end it is
 * percent-encoded.
 */
void escape_url(buf *out, const char *url);
/* Appends `text` with all but RFC 3986's unreserved characters percent-encoded. */
void escape_query(buf *out, const char *text);

#endif

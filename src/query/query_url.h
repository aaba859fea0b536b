/* query_url.h: queries pasted as they stand in an URL of arXiv's API. */
#ifndef QUERY_URL_H
#define QUERY_URL_H

#include "buf.h"

/*
 * 1 where the text holds what only an URL has: `+AND+`, `%22` and their like, or `search_query=`.
 * C++ and +must are none.
 */
int query_has_url_marks(const char *text);
/*
 * Appends what the text asks for where the whole of it is in URL form: marked so, without blanks
 * and quotes. 0, and nothing appended, where it is not.
 */
int query_url_decode(const char *text, buf *out);

#endif

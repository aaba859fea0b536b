/* query_parser_private.h: a parser's settings and what it says about the last query. */
#ifndef QUERY_PARSER_PRIVATE_H
#define QUERY_PARSER_PRIVATE_H

#include <sheaf/query_parser.h>

#include "buf.h"

struct sheaf_query_parser {
	sheaf_op           join;           /* of juxtaposed words: AND or OR */
	const char *const *stop_words;     /* borrowed, ended by NULL; NULL: none */
	int                own_stop_words; /* the built-in list, in place of `stop_words` */
	size_t             max_length;     /* bytes */
	sheaf_time         now;            /* SHEAF_TIME_NONE: relative dates are words */
	buf                notes;          /* one a line, without the last line's end */
	buf                text; /* of the last query, cleaned; its tokens point into it */
};

enum { NOTES_MAX = 2048 }; /* bytes; what does not fit is left out */

/* Adds a line to the notes. */
__attribute__((format(printf, 2, 3))) void query_note(sheaf_query_parser *qp, const char *format,
                                                      ...);

#endif

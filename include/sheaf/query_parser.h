/* sheaf/query_parser.h: what a person typed or pasted, to a query. */
#ifndef SHEAF_QUERY_PARSER_H
#define SHEAF_QUERY_PARSER_H

#include <sheaf/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_query_parser sheaf_query_parser;

enum {
	SHEAF_FLAG_BOOLEAN = 1,  /* AND OR NOT ANDNOT and parentheses */
	SHEAF_FLAG_PHRASE = 2,   /* "quoted phrases" */
	SHEAF_FLAG_LOVEHATE = 4, /* +must -mustnot */
	SHEAF_FLAG_WILDCARD = 8, /* prefix* */
	SHEAF_FLAG_DEFAULT = 15
};

/* Makes a parser with the defaults: AND, the built-in stop list, a cap of 4 KiB. */
SHEAF_API sheaf_status sheaf_query_parser_new(sheaf_query_parser **qp, sheaf_error *err);
/* Frees a parser. Takes NULL. */
SHEAF_API void sheaf_query_parser_free(sheaf_query_parser *qp);
/* How juxtaposed words combine: SHEAF_OP_AND (the default) or SHEAF_OP_OR. */
SHEAF_API void sheaf_query_parser_set_default_op(sheaf_query_parser *qp, sheaf_op op);
/* Words to drop from unquoted text, ended by NULL; borrowed. NULL: none. */
SHEAF_API void sheaf_query_parser_set_stopper(sheaf_query_parser *qp, const char *const *words);
/* The longest query taken, in bytes. 0: the default, 4096; profiles use 65536. */
SHEAF_API void sheaf_query_parser_set_max_length(sheaf_query_parser *qp, size_t bytes);
/* The time that relative dates count from. Default: none, and relative dates are words. */
SHEAF_API void sheaf_query_parser_set_now(sheaf_query_parser *qp, sheaf_time now);
/*
 * Parses `text`. Whatever a person pastes gives a query: what is no valid syntax
 * is taken as words. Ownership: the caller frees the query.
 * Errors: QUERY_PARSER only where the text is longer than the cap.
 */
SHEAF_API sheaf_status sheaf_query_parser_parse_query(sheaf_query_parser *qp, const char *text,
                                                      unsigned flags, sheaf_query **query,
                                                      sheaf_error *err);
/*
 * Remarks on the last query parsed (an unknown field taken as a word), one a
 * line; "" where there are none. Borrowed until the next parse.
 */
SHEAF_API const char *sheaf_query_parser_get_notes(const sheaf_query_parser *qp);

#ifdef __cplusplus
}
#endif

#endif

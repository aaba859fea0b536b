/* query_input.h: words and filters of a command line, to a query. */
#ifndef QUERY_INPUT_H
#define QUERY_INPUT_H

#include <sheaf/query_parser.h>

#include "command.h"

/* What restricts a query beside its words. */
typedef struct query_filter {
	option_span since, until;
	option_list categories;
	const char *match;  /* "all" or "any"; NULL: all */
	const char *syntax; /* "sheaf" or "arxiv"; NULL: sheaf */
} query_filter;

/* The choices of --match and --syntax. Static storage, ended by NULL. */
extern const char *const query_match_choices[], *const query_syntax_choices[];

/*
 * The rows of an options table for a query_filter that is `member` of the struct `type`: what
 * restricts any query, and the same with what says how words are read.
 */
/* clang-format off */
#define QUERY_RESTRICT_ROWS(type, member)                                                            \
	OPT_VALUE("since", 0, "DATE", OPTION_SPAN, offsetof(type, member.since),                   \
	          "submitted on or after DATE"),                                                   \
	OPT_VALUE("until", 0, "DATE", OPTION_SPAN, offsetof(type, member.until),                   \
	          "submitted up to and on DATE"),                                                  \
	OPT_VALUE("cat", 0, "CATEGORY", OPTION_LIST, offsetof(type, member.categories),            \
	          "in this category; repeated: in any of them")
#define QUERY_FILTER_ROWS(type, member)                                                            \
	QUERY_RESTRICT_ROWS(type, member),                                                         \
	OPT_WORD("match", 0, "HOW", offsetof(type, member.match), query_match_choices,             \
	         "must words side by side occur all (default) or any"),                            \
	OPT_WORD("syntax", 0, "S", offsetof(type, member.syntax), query_syntax_choices,            \
	         "sheaf (default), or arxiv: as arXiv's API reads queries")
/* clang-format on */

typedef struct query_input {
	session            *session;
	const query_filter *filter;
	sheaf_query_parser *parser;
} query_input;

/* 1 where the filter restricts anything. */
int query_filter_given(const query_filter *filter);
/* Makes the parser, over the session's database. `filter` is borrowed. */
sheaf_status query_input_begin(query_input *in, session *s, const query_filter *filter,
                               sheaf_error *err);
/*
 * Parses `text`, says the parser's remarks on standard error, and restricts the query
 * by the filter. Blank text with a filter means every paper that passes it.
 * Ownership: the caller frees the query.
 */
sheaf_status query_input_make(query_input *in, const char *text, sheaf_query **query,
                              sheaf_error *err);
/*
 * What `text` was most likely meant to be, where words of it seem misspelt; else NULL. It lives as
 * long as the session.
 */
sheaf_status query_input_correct(query_input *in, const char *text, const char **corrected,
                                 sheaf_error *err);
/* Restricts a query that is there by the filter; takes `*query` and gives it back. */
sheaf_status query_input_restrict(query_input *in, sheaf_query **query, sheaf_error *err);
void         query_input_end(query_input *in);

/* The command's words joined by blanks, living as long as the session. */
sheaf_status query_input_join(session *s, const char **text, sheaf_error *err);

#endif

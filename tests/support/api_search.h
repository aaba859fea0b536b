/*
 * api_search.h: search_query as arXiv's API has taken it since November 2025: field:term,
 * "phrases", trailing *, AND OR ANDNOT and parentheses; no precedence (a chain groups to
 * the right), a missing operator is OR, a bare word is all:word, field:(a b) goes to each
 * word, submittedDate:[… TO …]. Words are compared whole, without regard to ASCII case,
 * and are not stemmed.
 */
#ifndef API_SEARCH_H
#define API_SEARCH_H

#include <sheaf/status.h>

#include "arena.h"

typedef enum api_field {
	API_ALL = 0,
	API_TITLE,
	API_AUTHOR,
	API_ABSTRACT,
	API_COMMENT,
	API_JOURNAL,
	API_CATEGORY, /* codes, each between blanks */
	API_REPORT,
	API_ID,
	API_DOI,
	API_DATE, /* a range over `submitted` */
	API_FIELD_COUNT
} api_field;

/* What a query is matched against; NULL where the paper has no such field. */
typedef struct api_text {
	const char *fields[API_FIELD_COUNT];
	sheaf_time  submitted;
} api_text;

typedef struct api_node api_node;

/* Errors: QUERY_PARSER (the message says what), NOMEM. The tree lives in `a`. */
sheaf_status api_search_parse(const char *query, arena *a, api_node **root, sheaf_error *err);
/* 1 where the text matches; *score grows by what has matched. */
int api_search_match(const api_node *node, const api_text *text, int *score);

#endif

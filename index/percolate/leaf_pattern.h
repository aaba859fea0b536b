/*
 * leaf_pattern.h: what a leaf of a query looks for in a single document, read from its FTS5
 * expression, whatever its size.
 */
#ifndef LEAF_PATTERN_H
#define LEAF_PATTERN_H

#include "leaf_tokens.h"
#include "plan.h"

/* One position: any of some tokens. */
typedef struct pattern_word {
	leaf_token *tokens;
	size_t      count;
} pattern_word;

typedef struct pattern_phrase {
	int           column; /* -1: any */
	pattern_word *words;
	size_t        count;
	int           prefix; /* 1: the last word has one token, and that is how it begins */
} pattern_phrase;

typedef struct leaf_pattern {
	pattern_phrase *phrases;
	size_t          count;
	int    near; /* 1: all of them near each other, and the first one's places count; 0: any */
	size_t distance; /* near: so many positions may stand between the first and the last */
	size_t window;   /* not 0: near, and in order within so many positions */
} leaf_pattern;

/* Reads the expression of a leaf into memory of `a`. Errors: NOMEM, INVALID_OPERATION (unread). */
sheaf_status leaf_pattern_read(const plan_leaf *leaf, arena *a, leaf_pattern *pattern,
                               sheaf_error *err);

#endif

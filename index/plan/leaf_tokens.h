/*
 * leaf_tokens.h: what a leaf of a query looks for, where it looks for one of some tokens at a single
 * position: read back from its FTS5 expression, so that both ways of running a query start from one text.
 */
#ifndef LEAF_TOKENS_H
#define LEAF_TOKENS_H

#include "arena.h"
#include "leaf.h"

enum { LEAF_TOKENS_MAX = 8 }; /* alternatives at one position; with more, a leaf is no such one */

typedef struct leaf_token {
	char        marker; /* of tokens.h; 0: a plain word */
	const char *text;   /* behind the marker, ended by NUL */
	size_t      len;
} leaf_token;

typedef struct leaf_tokens {
	int    column; /* of the index; -1: any */
	int    prefix; /* 1: there is one token, and it is the beginning of what is looked for */
	size_t count;
	leaf_token list[LEAF_TOKENS_MAX];
} leaf_tokens;

/*
 * Reads the expression of a leaf. NULL where it is none of those, with *failed 1 where memory was wanting.
 */
const leaf_tokens *leaf_read_tokens(const char *fts, arena *a, int *failed);

#endif

/*
 * leaf_tokens.h: what a leaf of a query looks for: one of some tokens at a single position, or a sequence of
 * such positions; read back from its FTS5 expression, so that both ways of running a query start from one text.
 */
#ifndef LEAF_TOKENS_H
#define LEAF_TOKENS_H

#include "arena.h"
#include "leaf.h"

enum {
	LEAF_TOKENS_MAX = 8, /* alternatives at one position; with more, a leaf is no such one */
	SEQUENCE_PHRASES_MAX = 16, /* the same of a sequence */
	SEQUENCE_TOKENS_MAX = 64   /* in all phrases together */
};

typedef struct leaf_token {
	char        marker; /* of tokens.h; 0: a plain word */
	const char *text;   /* behind the marker, ended by NUL */
	size_t      len;
} leaf_token;

typedef struct leaf_tokens {
	/* Not NULL: what is looked for instead, and the rest says nothing: `count` 0, `column` -1. */
	const struct leaf_sequence *sequence;
	int                         column; /* of the index; -1: any */
	int    prefix; /* 1: there is one token, and it is the beginning of what is looked for */
	size_t count;
	leaf_token list[LEAF_TOKENS_MAX];
} leaf_tokens;

/*
 * Reading an expression piece by piece. The column filter at the beginning, -1 where there is none,
 * and *at behind it.
 */
int leaf_read_column(const char **at);
/* The end of the token that begins here, which may be that of the phrase. */
const char *leaf_token_end(const char *at);
/* Takes the token apart. 0: out of memory. */
int leaf_read_token(const char *begin, const char *end, leaf_token *t, arena *a);

/* Positions one behind the other. */
typedef struct leaf_phrase {
	leaf_tokens *words; /* a position each */
	size_t       count;
} leaf_phrase;

typedef struct leaf_sequence {
	int          column; /* -1: any */
	leaf_phrase *phrases;
	size_t       count;
	int    near; /* 1: all of them, near each other; occurrences are the first one's; 0: any */
	size_t distance; /* near: so many positions may stand between the first and the last */
	size_t window;   /* not 0: near, and in order within so many positions */
} leaf_sequence;

/*
 * Reads the expression of a leaf. `window`: of its shape. NULL where it is none of those, with *failed 1 where memory was wanting.
 */
const leaf_tokens *leaf_read_tokens(const char *fts, size_t window, arena *a, int *failed);

#endif

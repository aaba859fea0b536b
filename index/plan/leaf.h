/*
 * leaf.h: the leaves of a query as FTS5 expressions. The only file that writes FTS5 syntax is
 * leaf.c, with plan.c.
 */
#ifndef LEAF_H
#define LEAF_H

#include "buf.h"
#include "query_private.h"
#include "tokens.h"

enum { LEAF_WORDS_MAX = 1024 }; /* words of one leaf; the rest of a longer text is ignored */

/* A word or boolean term that a leaf looks for; for highlighting. */
typedef struct leaf_word {
	sheaf_field field;
	char       *text; /* folded word, or stem where `stemmed` */
	size_t      len;
	int         stemmed, prefix;
	char       *word; /* where `stemmed`: the folded word itself */
} leaf_word;

typedef struct leaf_words {
	leaf_word *list;
	size_t     count, size;
} leaf_words;

/* What an expression has in it. */
typedef struct leaf_shape {
	size_t phrases; /* FTS5 phrases, in the order of the text; 0: nothing to look for */
	size_t counted; /* the first ones, whose occurrences are the leaf's frequency */
	size_t window; /* not 0: the phrases must occur in order within so many positions, which the
	                   expression does not say; a place where they do is an occurrence */
} leaf_shape;

/*
 * Appends the FTS5 expression for a TERM, PHRASE, NEAR or SYNONYM. Every token is spelled out and
 * quoted: what the user wrote never becomes syntax. `words` (may be NULL) collects what to
 * highlight.
 */
sheaf_status leaf_write(const tokens_config *config, const sheaf_query *q, buf *out,
                        leaf_shape *shape, leaf_words *words, sheaf_error *err);
/* The pieces of such an expression: a phrase of tokens, each behind TOKENS_NEXT or TOKENS_SAME. */
void leaf_open_phrase(buf *out);
void leaf_put_token(buf *out, char before, char marker, const char *text, size_t len);
void leaf_close_phrase(buf *out, int prefix);
/*
 * Adds a word to highlight. `whole`: the word of which `text` is the stem; NULL: `text` is a word.
 */
sheaf_status leaf_remember(leaf_words *words, sheaf_field field, const char *text, size_t len,
                           const char *whole, size_t whole_len, int prefix, sheaf_error *err);
/* What the schema calls a column. */
const char *leaf_column_name(int column);
void        leaf_words_free(leaf_words *words);

#endif

/* ranking_keys.h: which ranking lists a token belongs to. */
#ifndef RANKING_KEYS_H
#define RANKING_KEYS_H

#include "tokens.h"

struct analysis;

/* What a token is to ranking lists, by its form. */
typedef enum ranking_kind {
	RANKING_NONE = 0,
	RANKING_WORD,   /* its own key, where the word is its own stem */
	RANKING_STEM,   /* the key is what follows the marker */
	RANKING_MARKED, /* its own key */
} ranking_kind;
ranking_kind ranking_kind_of(const char *text, size_t len);

/* Non-zero stops. */
typedef int (*ranking_key_fn)(void *ctx, const char *key, size_t len);
/* Calls `fn` for each occurrence of a key in a column. Answers what it did. */
int ranking_replay(const struct analysis *x, int column, ranking_key_fn fn, void *ctx);

#endif

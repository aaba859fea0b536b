/*
 * oai_old.h: how arXiv's OAI-PMH server of before 2025 differs: tokens that stand for a list it keeps, with the place
 * in it and the size of the whole; sets of archives only; `created` of the first version.
 */
#ifndef OAI_OLD_H
#define OAI_OLD_H

#include "buf.h"
#include "listing.h"

enum { OAI_LISTS_MAX = 64, OAI_QUERY_SIZE = 400 };

/* The lists that are under way, the oldest forgotten first: their tokens are dead. All-zero has none. */
typedef struct oai_memory {
	char   queries[OAI_LISTS_MAX][OAI_QUERY_SIZE]; /* number n is at n % OAI_LISTS_MAX */
	size_t count;                                  /* begun so far */
} oai_memory;

/* Begins a list for the arguments, written as a query string; its number. */
size_t oai_old_begin(oai_memory *m, const char *query);
/* What a token stands for; 0 where it is dead or was never given out. `query` is borrowed. */
int oai_old_read(const oai_memory *m, const char *token, const char **query, size_t *number,
                 size_t *shown);
/* The token after `shown` records of `total`, the page having begun at `cursor`; the last is empty. */
void oai_old_write(buf *out, size_t number, size_t cursor, size_t shown, size_t total);
/* The set of a header: cs:cs:NE is in cs, physics:cond-mat:dis-nn in physics:cond-mat. */
void oai_old_set(buf *out, const char *spec);

#endif

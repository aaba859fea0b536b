/*
 * df_cache.h: document frequencies counted so far, for one state of the database. Classifying in
 * windows and batches of queries ask for the same terms again and again.
 */
#ifndef DF_CACHE_H
#define DF_CACHE_H

#include <stdint.h>

enum { DF_CACHE_SLOTS = 1024 };

typedef struct df_cache_entry {
	char   *fts; /* the term's expression; NULL: free */
	int64_t documents, occurrences;
} df_cache_entry;

typedef struct df_cache {      /* all-zero is empty */
	df_cache_entry *slots; /* made at the first put */
} df_cache;

/* 1 and the counts where they are known. */
int df_cache_get(const df_cache *c, const char *fts, int64_t *documents, int64_t *occurrences);
/* Remembers counts, in place of others if need be; without memory it does nothing. */
void df_cache_put(df_cache *c, const char *fts, int64_t documents, int64_t occurrences);
/* Forgets everything: the database has changed. */
void df_cache_clear(df_cache *c);

#endif

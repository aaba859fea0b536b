#include "df_cache.h"

#include <string.h>

#include "alloc.h"
#include "hash.h"

static df_cache_entry *find_slot(const df_cache *c, const char *fts)
{
	uint64_t h = hash_bytes(HASH_SEED, fts, strlen(fts));

	return &c->slots[(h ^ h >> 32) & (DF_CACHE_SLOTS - 1)];
}

int df_cache_get(const df_cache *c, const char *fts, int64_t *documents, int64_t *occurrences)
{
	const df_cache_entry *e = c->slots ? find_slot(c, fts) : NULL;

	if (!e || !e->fts || strcmp(e->fts, fts) != 0)
		return 0;
	*documents = e->documents;
	*occurrences = e->occurrences;
	return 1;
}

void df_cache_put(df_cache *c, const char *fts, int64_t documents, int64_t occurrences)
{
	df_cache_entry *e;
	char           *copy;

	if (!c->slots)
		c->slots = mem_calloc(DF_CACHE_SLOTS, sizeof *c->slots);
	copy = c->slots ? mem_strdup(fts) : NULL;
	if (!copy)
		return;
	e = find_slot(c, fts);
	mem_free(e->fts);
	e->fts = copy;
	e->documents = documents;
	e->occurrences = occurrences;
}

void df_cache_clear(df_cache *c)
{
	for (size_t i = 0; c->slots && i < DF_CACHE_SLOTS; i++)
		mem_free(c->slots[i].fts);
	mem_free(c->slots);
	c->slots = NULL;
}

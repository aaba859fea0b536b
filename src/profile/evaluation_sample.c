/* evaluation_sample.c: of any number of papers so many, spread evenly by their identifiers. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "evaluation_private.h"
#include "hash.h"

uint64_t id_sample_hash(const char *id)
{
	return hash_finish(hash_bytes(HASH_SEED, id, strlen(id)));
}

static int is_after(const sampled *a, const sampled *b)
{
	return a->hash != b->hash ? a->hash > b->hash : a->docid > b->docid;
}

static void swap(sampled *a, sampled *b)
{
	sampled kept = *a;

	*a = *b;
	*b = kept;
}

static void rise(sampled *items, size_t at)
{
	for (; at && is_after(&items[at], &items[(at - 1) / 2]); at = (at - 1) / 2)
		swap(&items[at], &items[(at - 1) / 2]);
}

static void sink(sampled *items, size_t count)
{
	size_t at = 0, next;

	while ((next = 2 * at + 1) < count) {
		next += next + 1 < count && is_after(&items[next + 1], &items[next]);
		if (!is_after(&items[next], &items[at]))
			return;
		swap(&items[next], &items[at]);
		at = next;
	}
}

sheaf_status id_sample_add(id_sample *s, const char *id, sheaf_docid docid, sheaf_error *err)
{
	sampled added = {id_sample_hash(id), docid};

	if (s->count && (int64_t)s->count >= s->limit) {
		if (is_after(&added, s->items))
			return SHEAF_OK;
		s->items[0] = added;
		sink(s->items, s->count);
		return SHEAF_OK;
	}
	if (s->count == s->size) {
		size_t   size = 2 * s->size + 64;
		sampled *grown = mem_realloc_array(s->items, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		s->items = grown;
		s->size = size;
	}
	s->items[s->count++] = added;
	rise(s->items, s->count - 1);
	return SHEAF_OK;
}

static int by_docid(const void *a, const void *b)
{
	const sampled *x = a, *y = b;

	return (x->docid > y->docid) - (x->docid < y->docid);
}

void id_sample_sort(id_sample *s)
{
	if (s->count)
		qsort(s->items, s->count, sizeof *s->items, by_docid);
}

/*
 * found_postings.h: what documents have of something, gathered in any order, put in the order of revisions and
 * added up. Few are sorted; many go into a table of all revisions, a byte each, so that it stays in the processor's
 * cache; of the few documents that have more than a byte can say, the rest is kept apart.
 */
#ifndef FOUND_POSTINGS_H
#define FOUND_POSTINGS_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

typedef struct found_posting {
	uint32_t offset;    /* of the revision, from the first that was asked for */
	uint32_t frequency; /* by default weights */
} found_posting;

typedef struct found_postings { /* all-zero is empty */
	found_posting *list;    /* ascending; owned */
	size_t         count;
	int64_t        occurrences; /* frequencies added up */
} found_postings;

void found_postings_free(found_postings *found);
/* Adds others that ascend; where both have an offset, frequencies add up. `occurrences` is left as it is. */
sheaf_status found_unite(found_postings *found, const found_posting *more, size_t more_count,
                         sheaf_error *err);

enum { FOUND_WAITING = 16 };

/* Postings on their way there. */
typedef struct found_gathering {
	int64_t   first, last; /* revisions, fewer than 2^32 */
	uint64_t *entries;     /* offset and frequency, as they come; owned */
	size_t    count, size;
	int       ordered; /* 1: they ascend, none twice */
	unsigned char
		*table; /* frequencies by offset, once there are many, but for entries; owned */
	uint64_t waiting[FOUND_WAITING]; /* for their places in the table to come into the cache */
	size_t   waiting_count;
	unsigned char *gone; /* a bit an offset: the document is gone; NULL: none is; owned */
} found_gathering;

/* Pair with found_end(). */
void found_begin(found_gathering *g, int64_t first, int64_t last);
void found_end(found_gathering *g);
/* found_add() before there is a table. */
sheaf_status found_add_entry(found_gathering *g, uint32_t offset, uint32_t frequency,
                             sheaf_error *err);
/* Puts what is waiting into the table. */
sheaf_status found_settle(found_gathering *g, sheaf_error *err);
/* What a document of the range has; frequencies of one document add up. 0 adds nothing. */
static inline sheaf_status found_add(found_gathering *g, int64_t revision, uint32_t frequency,
                                     sheaf_error *err)
{
	uint32_t offset = (uint32_t)(revision - g->first);

	if (!g->table)
		return found_add_entry(g, offset, frequency, err);
	__builtin_prefetch(&g->table[offset], 1);
	g->waiting[g->waiting_count++] = (uint64_t)offset << 32 | frequency;
	return g->waiting_count == FOUND_WAITING ? found_settle(g, err) : SHEAF_OK;
}
/* A document of the range is gone, whatever is said of it before or after. */
sheaf_status found_note_gone(found_gathering *g, int64_t revision, sheaf_error *err);
/* All of it, in order; `found` is all-zero before. Once. */
sheaf_status found_take(found_gathering *g, found_postings *found, sheaf_error *err);

#endif

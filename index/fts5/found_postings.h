/*
 * found_postings.h: what documents have of something, gathered in any order, put in the order of revisions and
 * added up. Few are sorted; many go into a table of all revisions.
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

/* Postings on their way there. */
typedef struct found_gathering {
	int64_t        first, last; /* revisions, fewer than 2^32 */
	uint64_t      *entries;     /* offset and frequency, as they come; owned */
	size_t         count, size;
	int            ordered; /* 1: they ascend, none twice */
	uint32_t      *table;   /* frequencies by offset, once there are many; owned */
	unsigned char *gone;    /* a bit an offset: the document is gone; NULL: none is; owned */
} found_gathering;

/* Pair with found_end(). */
void found_begin(found_gathering *g, int64_t first, int64_t last);
void found_end(found_gathering *g);
/* What a document of the range has; frequencies of one document add up. 0 adds nothing. */
sheaf_status found_add(found_gathering *g, int64_t revision, uint32_t frequency, sheaf_error *err);
/* A document of the range is gone, whatever is said of it before or after. */
sheaf_status found_note_gone(found_gathering *g, int64_t revision, sheaf_error *err);
/* All of it, in order; `found` is all-zero before. Once. */
sheaf_status found_take(found_gathering *g, found_postings *found, sheaf_error *err);

#endif

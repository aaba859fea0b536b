/* ranking_batch.h: stored documents, analysed again, as a batch in an inverter. */
#ifndef RANKING_BATCH_H
#define RANKING_BATCH_H

#include "ranking_image.h"
#include "store.h"

typedef struct ranking_batch { /* all-zero is none */
	inverter       *inverter;
	int64_t        *revisions; /* of its documents */
	uint32_t       *lengths;
	size_t          count;
	int64_t         last; /* the last revision that was looked at */
	sheaf_document *doc;
	analysis       *analysis;
} ranking_batch;

/* Free it, whatever the outcome. */
sheaf_status ranking_batch_new(ranking_batch *b, sheaf_error *err);
void         ranking_batch_free(ranking_batch *b);
/*
 * Reads the documents of revisions from `first` on, up to `last` or as many as a batch holds,
 * which b->last tells, and sorts the inverter.
 */
sheaf_status ranking_batch_read(sheaf_database *db, ranking_batch *b, int64_t first, int64_t last,
                                sheaf_error *err);

#endif

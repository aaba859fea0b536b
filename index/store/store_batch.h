/*
 * store_batch.h: the inside of a batch: which of its documents have which revision, and its way into the
 * index. store.h has what the layers above see.
 *
 * The analysing thread adds documents, numbered from 0; the writing one stores them meanwhile and notes
 * their revisions here. What replaces a document of the same batch just takes its number out.
 */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include "analysis.h"
#include "batch_image.h"
#include "store.h"

typedef uint32_t batch_tokens[COLUMN_COUNT]; /* how many each column of a document has */

typedef struct batch_note_row {
	int64_t  revision;
	uint32_t number;
} batch_note_row;

struct store_batch {
	/* the analysing thread's until it hands the batch over, then the writing one's */
	inverter     *inverter;
	uint32_t     *lengths; /* by number */
	batch_tokens *tokens;
	size_t        added_size; /* of both */
	analysis     *scratch;
	/* the encoding thread's until it is done, then the writing one's */
	batch_image image;
	/* the writing thread's */
	int64_t        *revisions;   /* by number; 0: left out */
	size_t          count, size; /* numbers up to the last one stored */
	batch_note_row *notes;       /* in the order in which documents were stored */
	size_t          note_count, note_size;
	int64_t         first, last; /* revisions; 0: none yet */
	int64_t *later; /* a hash of the docids that wait for store_batch_put_late(); 0: free */
	size_t   later_count, later_size;
	int      busy; /* 1: documents are still being added */
};

/* Makes it the batch of the write transaction that is open. Errors: INVALID_OPERATION. */
sheaf_status batch_open(sheaf_database *db, store_batch *b, sheaf_error *err);
/* Notes what `x` tells of the document that the inverter was given last. */
sheaf_status batch_describe(store_batch *b, const analysis *x, sheaf_error *err);
/* The document `number` of the batch has this revision now. */
sheaf_status batch_note(store_batch *b, uint32_t number, sheaf_revision revision, sheaf_error *err);
/* 1 where the revision was one of the batch; it is none any more. */
int batch_forget(store_batch *b, sheaf_revision revision);
/* Documents whose stored copy has to be seen before they can be analysed wait, and others of their docid behind them. */
int          batch_waits(const store_batch *b, sheaf_docid docid);
sheaf_status batch_wait(store_batch *b, sheaf_docid docid, sheaf_error *err);

/*
 * Before the database is searched or committed: writes the batch that is open, where nobody is adding to it.
 * Errors: INVALID_OPERATION where somebody is, and `commit` is 1.
 */
sheaf_status batch_settle(sheaf_database *db, int commit, sheaf_error *err);

#endif

/*
 * ranking.h: ranking lists in the database, for searching. Derived from the index and only an
 * acceleration.
 *
 * A run covers a range of revisions, from `first` to `last`; runs are disjoint and ascend.
 * Together they cover all documents up to ranking_until(): what is between them was gone when
 * they were made. In a run there is a list for every key that any of its documents has, so a key
 * without a list is in none of its documents. Keys are tokens (tokens.h):
 *
 *   marker 0              a family of words, by its stem: the word that is its own stem, and
 *                         TOKEN_STEM tokens; the two never stand at one position. Other words
 *                         have no list
 *   TOKEN_NAME            an inflected word where it stands in a name, which the family does not
 *                         have
 *   TOKEN_BOOLEAN         a boolean term; those that mark single documents (id:, doi:) have no list
 *
 * ranking_has() tells which keys can have lists. Documents that were deleted or replaced after
 * their run was made are still in its lists: values_get_length() tells them. Counts leave them
 * out.
 *
 * Only where the strategy is SHEAF_STEM_SOME; else there are no runs.
 */
#ifndef RANKING_H
#define RANKING_H

#include <sheaf/database.h>

#include "list_cursor.h"

typedef struct ranking_run {
	int64_t run; /* its number */
	int64_t first, last;
	int64_t documents; /* when it was made */
} ranking_run;

/* What is known of a state of the database. All-zero: nothing yet. */
typedef struct ranking {
	int                  loaded;
	ranking_run         *runs; /* owned */
	size_t               run_count;
	int64_t              dead; /* revisions that are gone, but still in lists */
	struct ranking_loss *loss; /* not yet written; NULL: none */
} ranking;

/* Forgets what was read, and losses that were not written. */
void ranking_clear(ranking *r);

/* The runs, oldest first; valid until something is written. Errors: DATABASE_CORRUPT. */
sheaf_status ranking_runs(sheaf_database *db, const ranking_run **runs, size_t *count,
                          sheaf_error *err);
/* The last revision that runs cover; 0: there are none. */
sheaf_status ranking_until(sheaf_database *db, sheaf_revision *until, sheaf_error *err);
/* 1 where a key can have lists; 0: only the index knows it. -1: out of memory. */
int ranking_has(sheaf_database *db, char marker, const char *key, size_t len);
/*
 * Opens the list of a key in a run, before its first posting; a cursor at its end where there is
 * none. `err` (may be NULL) must live as long as the cursor. Close it with list_cursor_close(),
 * whatever the outcome.
 */
sheaf_status ranking_open(sheaf_database *db, const ranking_run *run, char marker, const char *key,
                          size_t len, list_cursor *c, sheaf_error *err);
/*
 * What documents that are gone, but still in lists, have of a key: to be taken off the cursors'
 * counts.
 */
sheaf_status ranking_lost(sheaf_database *db, char marker, const char *key, size_t len,
                          list_counts *counts, sheaf_error *err);
/* The error for what cannot be right. */
sheaf_status ranking_damaged(const sheaf_database *db, sheaf_error *err);

#endif

/* ranking_write.h: making, keeping and merging the runs of ranking.h. */
#ifndef RANKING_WRITE_H
#define RANKING_WRITE_H

#include "inverter.h"
#include "list_writer.h"
#include "ranking.h"
#include "tokens.h"

struct analysis;

enum {
	RANKING_TAIL_MAX = 1024, /* revisions that the index answers for, until the next settling */
	RANKING_TIER_FACTOR = 4, /* runs of a tier are at most so much larger than each other */
	RANKING_TIER_RUNS = 3    /* of one tier, at most */
};

/* ---- a run from an inverter ---- */

/* The rows of a run, in memory: made on any thread, stored on the one that has the database. */
typedef struct ranking_image ranking_image;

sheaf_status ranking_image_new(ranking_image **out, sheaf_error *err);
void         ranking_image_free(ranking_image *image);
/*
 * Fills it, emptied first, from an inverter that is sorted by `revisions`, which are all in
 * `first` to `last`, or 0. `lengths` has one of each document of the batch. `config` is that of
 * the tokens; its stemmer may be used, so it must be this thread's.
 */
sheaf_status ranking_image_fill(ranking_image *image, const tokens_config *config,
                                const inverter *v, const int64_t *revisions,
                                const uint32_t *lengths, int64_t first, int64_t last,
                                sheaf_error *err);

/*
 * Stores it as the newest run; inside a write transaction, once the documents and their values
 * are written. Documents before it that no run has are covered first. Where it has not all
 * documents of its range, it is left, and they are a matter of the next settling; where lists are
 * not kept, it does nothing.
 */
sheaf_status ranking_image_store(sheaf_database *db, const ranking_image *image, sheaf_error *err);
/* Both in one, without holding the rows in memory. */
sheaf_status ranking_write_run(sheaf_database *db, const inverter *v, const int64_t *revisions,
                               const uint32_t *lengths, int64_t first, int64_t last,
                               sheaf_error *err);

/* ---- keeping up; all inside a write transaction ---- */

/*
 * A document is taken out of the index: if a run has it, notes that it is gone, and what that
 * takes from the counts. `x`: its tokens, recorded.
 */
sheaf_status ranking_forget(sheaf_database *db, sheaf_revision revision, const struct analysis *x,
                            sheaf_error *err);
/* Writes what ranking_forget() collected; before a commit. */
sheaf_status ranking_flush(sheaf_database *db, sheaf_error *err);
/* Makes runs of the stored documents between the last run and `until`. */
sheaf_status ranking_cover(sheaf_database *db, sheaf_revision until, sheaf_error *err);
/*
 * Keeps lists in shape: a run of what is newer, once that is more than RANKING_TAIL_MAX
 * revisions; merges of runs of like size; a run of which more than an eighth is gone is written
 * anew. All in all the work is in proportion to what was written and removed since the last call,
 * times the logarithm of the database's size.
 */
sheaf_status ranking_settle(sheaf_database *db, sheaf_error *err);
/* Every document is in a run. */
sheaf_status ranking_complete(sheaf_database *db, sheaf_error *err);
/* One run of all documents. */
sheaf_status ranking_merge_all(sheaf_database *db, sheaf_error *err);
/*
 * The same in two halves: a reading handle, which may be another thread's, gives the rows of the one
 * run to a sink; the writing handle puts them in the place of all runs. *can 1 where both see the
 * same runs, and not too many.
 */
sheaf_status ranking_can_split_merge(sheaf_database *db, sheaf_database *reader, int *can,
                                     sheaf_error *err);
sheaf_status ranking_read_merged(sheaf_database *reader, const list_sink *sink, ranking_run *merged,
                                 sheaf_error *err);
/* Gives the rows of the first half to `sink`, and tells of what run they are. */
typedef sheaf_status (*ranking_rows_fn)(void *ctx, const list_sink *sink, ranking_run *run,
                                        sheaf_error *err);
sheaf_status ranking_write_merged(sheaf_database *db, ranking_rows_fn rows, void *ctx,
                                  sheaf_error *err);
/* Removes all runs. */
sheaf_status ranking_drop(sheaf_database *db, sheaf_error *err);
/* Compares all lists, counts and losses with the documents. Errors: DATABASE_CORRUPT. */
sheaf_status ranking_check(sheaf_database *db, sheaf_error *err);

#endif

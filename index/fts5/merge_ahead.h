/*
 * merge_ahead.h: the merge of all segments and of all ranking lists on a thread of its own, which
 * reads through a handle of its own, while the caller's thread writes what comes of it.
 */
#ifndef MERGE_AHEAD_H
#define MERGE_AHEAD_H

#include <sheaf/database.h>

#include "list_writer.h"
#include "ranking.h"
#include "segment_structure.h"
#include "segment_writer.h"

typedef struct merge_ahead merge_ahead;

/*
 * Begins, inside a write transaction that has not changed the index yet. *m NULL where it cannot be done this way, which is
 * no failure: another handle cannot read the database, or does not see the same segments.
 */
sheaf_status merge_ahead_new(sheaf_database *db, merge_ahead **m, sheaf_error *err);
/* Stops and frees it. Before the transaction is committed. Takes NULL. */
void merge_ahead_free(merge_ahead *m);

/* 1 where it merges the lists, too: those of ranking_complete(), committed before. */
int merge_ahead_has_lists(const merge_ahead *m);
/* 1 where it merges exactly these segments to pages of this size. */
int merge_ahead_is_of(const merge_ahead *m, const segment_range *list, size_t count,
                      size_t page_size);
/*
 * Writes the merged segment. What it was made of goes first, with the list of segments, so that the
 * new takes its room. Errors: those of segment_merge(), after which the transaction is to be
 * cancelled.
 */
sheaf_status merge_ahead_write(merge_ahead *m, const segment_sink *sink, int64_t *last_page,
                               sheaf_error *err);
/* For ranking_write_merged(), with the merge as `ctx`; what is left of the segments is dropped. */
sheaf_status merge_ahead_lists(void *ctx, const list_sink *sink, ranking_run *run,
                               sheaf_error *err);

#endif

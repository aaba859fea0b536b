/*
 * adopt.h: segments that were made outside FTS5 become part of its index, in place of the same documents
 * inserted one by one.
 */
#ifndef ADOPT_H
#define ADOPT_H

#include "merge_ahead.h"
#include "shadow.h"

/* One segment on its way in. */
typedef struct adoption {
	sheaf_database   *db;
	size_t            page_size; /* for segment_writer_new() */
	segment_structure structure;
	shadow_target     target;
} adoption;

/*
 * Begins, inside a write transaction, where shadow_is_known(). Until adopt_end() nothing may go through
 * FTS5. Where it fails there is nothing to end.
 */
sheaf_status adopt_begin(sheaf_database *db, size_t page_size, adoption *a, sheaf_error *err);
/* Where the segment's rows are to be written. */
segment_sink adopt_sink(adoption *a);
/*
 * Lists the segment as the newest, where `status`, the outcome of writing it, is OK and it has a page at
 * all. `more`: its rows, and the tokens of each column. Answers the outcome of all; if that is not OK, the
 * transaction is to be cancelled.
 */
sheaf_status adopt_end(adoption *a, sheaf_status status, int64_t last_page,
                       const segment_averages *more, sheaf_error *err);

/*
 * Makes one segment of all. *done 0: something about them is not understood, and nothing was changed. After
 * a failure the transaction is to be cancelled. `ahead`: has begun with it, and is used where it has the same segments;
 * what is not understood is a failure then, DATABASE_CORRUPT. NULL: nobody has.
 */
sheaf_status adopt_merge(sheaf_database *db, merge_ahead *ahead, int *done, sheaf_error *err);

#endif

/*
 * shadow.h: the tables in which FTS5 keeps the index, read and written past FTS5.
 *
 * FTS5 remembers the list of segments and the totals, and holds postings back in memory. So whoever writes
 * here calls shadow_open() first, within a write transaction, and leaves no statement of FTS5's between that
 * and shadow_close(). A failure in between leaves half a segment: the transaction is to be cancelled.
 */
#ifndef SHADOW_H
#define SHADOW_H

#include <sheaf/database.h>

#include "segment_structure.h"
#include "segment_writer.h"

/*
 * *known 1: the tables are of the form that index/segments/ knows, and made with sheaf's own options.
 * *page_size: bytes of a leaf (FTS5's pgsz).
 */
sheaf_status shadow_is_known(sheaf_database *db, int *known, size_t *page_size, sheaf_error *err);

/* A setting of the table; *number stays as it is where there is none. */
sheaf_status shadow_read_option(sheaf_database *db, const char *name, int64_t *number,
                                sheaf_error *err);

/*
 * Makes FTS5 write what it holds and forget what it remembers, and lets the tables be written. To be
 * closed after a failure, too.
 */
sheaf_status shadow_open(sheaf_database *db, sheaf_error *err);
void         shadow_close(sheaf_database *db);

/* Errors: DATABASE_CORRUPT; NOMEM. To be freed whatever the outcome. */
sheaf_status shadow_read_structure(sheaf_database *db, segment_structure *s, sheaf_error *err);
sheaf_status shadow_write_structure(sheaf_database *db, const segment_structure *s,
                                    sheaf_error *err);
/* Adds rows, and tokens of each column, to the totals of the index. */
sheaf_status shadow_add_averages(sheaf_database *db, const segment_averages *more,
                                 sheaf_error *err);

/* Where the rows of a new segment go; it has to outlive the sink. */
typedef struct shadow_target {
	sheaf_database *db;
	int             segment;
} shadow_target;
segment_sink shadow_sink(shadow_target *target);

/* Where rows are read from. A page is valid until the next is asked for; whoever has read some resets STMT_INDEX_PAGE. */
segment_source shadow_source(sheaf_database *db);

/* All that a segment has. */
sheaf_status shadow_delete_segment(sheaf_database *db, int segment, sheaf_error *err);
/*
 * All segments and their list; the totals stay. Costs a look at each page, where
 * shadow_delete_segment() has to find and take out each row. A list is to be written.
 */
sheaf_status shadow_clear(sheaf_database *db, sheaf_error *err);

#endif

/*
 * value_ranges.h: what a block of revisions holds, told without reading it: between which dates its
 * documents lie, and whether their docids follow from their revisions.
 *
 * A row of `value_block`, under a column number of its own, has VALUE_RANGES entries of so many
 * blocks, little-endian:
 *
 *   1 byte    flags: a bit each for SUBMITTED, UPDATED, DATE where every document has it; three
 *             more where each is known to the day; then, all docids are revision + difference; they
 *             are not
 *   6 * 4     of each of the three dates the smallest, in steps of 256 seconds plus 2^31, and the
 *             largest, 2^32 - 1 less that
 *   4         the difference, plus 2^31
 *
 * An entry of zeros says nothing. One may be wider than its documents, since those that go do not
 * change it; it is never narrower.
 */
#ifndef VALUE_RANGES_H
#define VALUE_RANGES_H

#include <sheaf/database.h>

#include "value_block.h"

enum { VALUE_RANGES = 512 };

typedef struct range_part {   /* a row */
	unsigned char *bytes; /* owned; NULL: not read yet */
	int            dirty;
} range_part;

typedef struct value_ranges { /* all-zero is empty */
	range_part *parts;
	size_t      size;
} value_ranges;

typedef struct date_range {
	int64_t least, most; /* least > most: no document has a date */
	int64_t last;        /* where the latest ends: that of a month with it */
	int     complete;    /* 1: every document has one */
} date_range;

typedef enum range_answer { RANGE_NONE = 0, RANGE_SOME, RANGE_ALL } range_answer;

/* The dates in a block; `field` is SUBMITTED, UPDATED or DATE. Errors: DATABASE_CORRUPT; NOMEM. */
sheaf_status value_ranges_get(sheaf_database *db, sheaf_field field, size_t block,
                              date_range *range, sheaf_error *err);
/*
 * Which of its documents lie in [begin, end]: surely none, surely all that live, or perhaps some.
 */
range_answer value_ranges_test(const date_range *range, int64_t begin, int64_t end);
/* The docid that a live revision must have; 0: the block does not tell. */
sheaf_status value_ranges_docid(sheaf_database *db, sheaf_revision revision, sheaf_docid *docid,
                                sheaf_error *err);

/* Notes the docid of a revision that was put; inside a transaction. */
sheaf_status value_ranges_put_docid(sheaf_database *db, sheaf_revision revision, sheaf_docid docid,
                                    sheaf_error *err);
/* Notes the dates of a block as the columns of values.h have them now. */
sheaf_status value_ranges_put_dates(sheaf_database *db, size_t block, sheaf_error *err);
/* Writes changed rows; inside a transaction. */
sheaf_status value_ranges_flush(sheaf_database *db, sheaf_error *err);
/* Errors: DATABASE_CORRUPT where documents of a block have dates that its entry excludes. */
sheaf_status value_ranges_check(sheaf_database *db, size_t block, sheaf_error *err);
/* Forgets everything read; what was not flushed is lost. */
void value_ranges_clear(value_ranges *v);

#endif

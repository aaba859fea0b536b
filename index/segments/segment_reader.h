/*
 * segment_reader.h: reads a segment of an FTS5 index from its pages: all of it in order, or one term's
 * posting for one row. Pages come from outside and may be damaged: every offset is checked.
 */
#ifndef SEGMENT_READER_H
#define SEGMENT_READER_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

/* Where pages come from. Several readers may share one: they copy what they are given. */
typedef struct segment_source {
	void *ctx;
	/*
	 * The page with this row id (segment << 37 included); *data is valid until the next call. NULL, 0: there
	 * is no such row.
	 */
	sheaf_status (*page)(void *ctx, int64_t id, const unsigned char **data, size_t *len,
	                     sheaf_error *err);
	/*
	 * The idx row with the largest term that is not after `term`, of segment `segment`: its pgno as
	 * stored; 0 where there is none. `term` begins with FTS5's mark, as those of the table do. May be
	 * NULL where a segment is read in order only.
	 */
	sheaf_status (*lookup)(void *ctx, int segment, const void *term, size_t len, int64_t *page,
	                       sheaf_error *err);
} segment_source;

typedef struct segment_range { /* of the structure record */
	int     segment;
	int64_t first_page, last_page; /* leaves; a first one of 0: a merge has used it up */
} segment_range;

typedef struct segment_reader segment_reader;

/* `source` is copied. */
sheaf_status segment_reader_new(const segment_source *source, const segment_range *range,
                                segment_reader **out, sheaf_error *err);
void         segment_reader_free(segment_reader *r);

/*
 * Before anything is read: the first term will be one that is not far before `term`, found through the idx
 * table. Without it, the first of all.
 */
sheaf_status segment_reader_start(segment_reader *r, const char *term, size_t len,
                                  sheaf_error *err);
/* Moves to the next term; *more 0 at the end. Errors: DATABASE_CORRUPT, for any form that is not known. */
sheaf_status segment_reader_next_term(segment_reader *r, int *more, sheaf_error *err);
/* The term without FTS5's mark; "" before the first. */
const char *segment_reader_term(const segment_reader *r, size_t *len);

typedef struct segment_posting {
	int64_t              row;
	const unsigned char *positions; /* valid until the next call */
	size_t               len;
	int                  deleted;
} segment_posting;
/* 1 for the mark of a row that is gone, which hides what older segments have of it. Row ids never come back. */
static inline int segment_posting_is_mark(const segment_posting *p)
{
	return p->deleted && !p->len;
}
/*
 * Moves to the next posting of the term; *more 0 at its end. Of `positions` eight bytes more can be read than
 * there are.
 */
sheaf_status segment_reader_next_posting(segment_reader *r, segment_posting *p, int *more,
                                         sheaf_error *err);
/* Passes the postings of the term that are left; *documents: those of them that have positions. */
sheaf_status segment_reader_count(segment_reader *r, int64_t *documents, sheaf_error *err);

/* Postings that stand side by side on a page. */
typedef struct segment_run {
	int64_t              first, last; /* row ids */
	const unsigned char *bytes; /* behind the first row id, to the end of the last positions */
	size_t               len;
} segment_run;
/*
 * Takes the postings that come next and are whole on the page, have positions, are not deleted and are of
 * rows before `before`, in at most `room` bytes. 0: there is none; next_posting() says what there is.
 */
int segment_reader_take(segment_reader *r, int64_t before, size_t room, segment_run *run);

/*
 * The posting that `term` has for `row`, found through the idx table and the doclist index, without reading
 * the postings before it; *found 0 where it has none. Does not move the reader. What is found out about a
 * term is kept for the next call: the last few terms and pages.
 */
sheaf_status segment_reader_seek(segment_reader *r, const char *term, size_t len, int64_t row,
                                 segment_posting *p, int *found, sheaf_error *err);

#endif

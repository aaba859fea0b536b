/*
 * segment_stream.h: walks forward over the postings that a term has in a segment, to rows that are asked for.
 * Pages that only have rows before are passed over unread, and positions are left alone until they are asked for.
 */
#ifndef SEGMENT_STREAM_H
#define SEGMENT_STREAM_H

#include "segment_finder.h"
#include "segment_page.h"

#define SEGMENT_STREAM_END INT64_MAX

/* Callers may read `row`; the rest is the inside. */
typedef struct segment_stream { /* all-zero can be closed */
	int64_t        row;     /* at hand; SEGMENT_STREAM_END: none is left */
	int64_t        behind;  /* the first row of the pages that follow */
	size_t         size;    /* of its positions, twice; 1 more where it is marked as deleted */
	size_t         at, end; /* in the page: its positions, and where postings end */
	segment_page   page;
	int64_t        number; /* of the page */
	segment_places places; /* of all pages */
	size_t         place;  /* of the page among them */
	segment_source source;
	segment_range  range;
	int64_t        term_page; /* where the term stands, and its postings there */
	size_t         term_at, term_end;
	segment_page   next; /* pages that positions go on on */
	buf            positions;
} segment_stream;

/*
 * Opens it at the first posting of a term, with what `f` knows of it, the finder of the same segment. `source` is
 * copied. Close it whatever the outcome. Errors: DATABASE_CORRUPT.
 */
sheaf_status segment_stream_open(segment_stream *s, segment_finder *f, const segment_source *source,
                                 const segment_range *range, const char *term, size_t len,
                                 sheaf_error *err);
void         segment_stream_close(segment_stream *s);

/* About how many bytes of postings there are. */
size_t segment_stream_bytes(const segment_stream *s);
/* As segment_stream_seek(), to a row that is past the one at hand. */
sheaf_status segment_stream_seek_far(segment_stream *s, int64_t row, sheaf_error *err);
/* Moves to the first posting that is not before `row`; never back. Errors: DATABASE_CORRUPT. */
static inline sheaf_status segment_stream_seek(segment_stream *s, int64_t row, sheaf_error *err)
{
	return s->row >= row ? SHEAF_OK : segment_stream_seek_far(s, row, err);
}
/* 1 where the posting at hand only says that the row is gone. */
static inline int segment_stream_is_mark(const segment_stream *s)
{
	return s->size == 1;
}
/* The positions of the posting at hand, valid until the next call. Errors: DATABASE_CORRUPT. */
sheaf_status segment_stream_positions(segment_stream *s, const unsigned char **positions,
                                      size_t *len, sheaf_error *err);

#endif

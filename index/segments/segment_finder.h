/*
 * segment_finder.h: single postings of a segment, found without reading what stands before them. Where a
 * term's postings are is found out once and kept, as are the pages read last.
 */
#ifndef SEGMENT_FINDER_H
#define SEGMENT_FINDER_H

#include "segment_places.h"
#include "segment_reader.h"

typedef struct segment_finder segment_finder;

/* `source` and `range` are copied. */
sheaf_status segment_finder_new(const segment_source *source, const segment_range *range,
                                segment_finder **out, sheaf_error *err);
void         segment_finder_free(segment_finder *f);
/* As segment_reader_seek(). */
sheaf_status segment_finder_seek(segment_finder *f, const char *term, size_t len, int64_t row,
                                 segment_posting *p, int *found, sheaf_error *err);

/* Where a term's postings stand, for who walks over them. */
typedef struct segment_term_at {
	const segment_places *places;  /* none: the segment does not have the term */
	int64_t               page;    /* where the term stands */
	size_t                at, end; /* its postings there */
} segment_term_at;
/* Valid until the next call. */
sheaf_status segment_finder_locate(segment_finder *f, const char *term, size_t len,
                                   segment_term_at *out, sheaf_error *err);

#endif

/*
 * segment_page.h: one leaf of a segment, as it comes from a damaged or hostile file: what is found in it is
 * checked as it is found.
 */
#ifndef SEGMENT_PAGE_H
#define SEGMENT_PAGE_H

#include "buf.h"
#include "segment_reader.h"
#include "segment_writer.h"

enum {
	SEGMENT_PAGE_HEAD = 4,
	SEGMENT_TERM_MARK = '0',
	SEGMENT_POSITIONS_MAX = 32 << 20 /* bytes of one document's */
};

/* Postings may be read to the end of the body without asking whether a number runs past it. */
typedef struct segment_page { /* all-zero holds nothing */
	unsigned char *data;  /* a copy */
	size_t         size;  /* allocated */
	size_t         len;
	size_t         body;       /* where the footer begins */
	size_t         first_row;  /* where a row id stands before any term; 0: nowhere */
	size_t         first_term; /* `body` where there is none */
	size_t         footer;     /* behind its first number */
} segment_page;

/* A term of a page. */
typedef struct segment_page_term {
	size_t footer;  /* where the number of the next one stands */
	size_t at, end; /* of its postings, on this page */
} segment_page_term;

/* Errors: DATABASE_CORRUPT, also where there is no such page; NOMEM; what the source answers. */
sheaf_status segment_page_load(segment_page *page, const segment_source *source, int segment,
                               int64_t number, sheaf_error *err);
void         segment_page_free(segment_page *page);
/*
 * Reads the first term of a page, which has one, or the one after `t`, for which t->end is not the end of
 * the body. `term` holds the term before, with its mark, and becomes this one; it must be later.
 */
sheaf_status segment_page_first_term(const segment_page *page, segment_page_term *t, buf *term,
                                     sheaf_error *err);
sheaf_status segment_page_next_term(const segment_page *page, segment_page_term *t, buf *term,
                                    sheaf_error *err);
/*
 * Of positions that began before the page and have `left` bytes to come, how many stand on it; SIZE_MAX
 * where that contradicts what else does.
 */
size_t segment_page_rest(const segment_page *page, size_t left);
/* DATABASE_CORRUPT. */
sheaf_status segment_damaged(sheaf_error *err);

#endif

/*
 * segment_places.h: which row a term's postings begin with on each page that has any, as its doclist index
 * says.
 */
#ifndef SEGMENT_PLACES_H
#define SEGMENT_PLACES_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

typedef struct segment_place {
	int64_t row;  /* the first one that begins on the page */
	int64_t page; /* a leaf */
} segment_place;

typedef struct segment_places { /* all-zero is empty */
	segment_place *items;   /* rows and pages ascend */
	size_t         count, size;
} segment_places;

/* Errors: DATABASE_CORRUPT where it does not come after the last; NOMEM. */
sheaf_status segment_places_add(segment_places *p, int64_t row, int64_t page, sheaf_error *err);
/*
 * Adds what a page of the lowest level of a doclist index says; its leaves come after `after` and none is
 * past `last_page`. *more: 1 where another page may follow.
 */
sheaf_status segment_places_read(segment_places *p, const unsigned char *data, size_t len,
                                 int64_t after, int64_t last_page, int *more, sheaf_error *err);
/* The place that has `row`, if any has; SIZE_MAX where all are past it. */
size_t segment_places_find(const segment_places *p, int64_t row);
void   segment_places_clear(segment_places *p); /* keeps its memory */
void   segment_places_free(segment_places *p);

#endif

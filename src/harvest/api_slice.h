/*
 * api_slice.h: a list of the API that is too long to be read whole, cut by the date of submission,
 * which never changes. Arithmetic alone; nothing here asks.
 */
#ifndef API_SLICE_H
#define API_SLICE_H

#include "buf.h"

/* Submitted from `first` to `last`, both included; whole minutes. */
typedef struct api_slice {
	sheaf_time first, last;
} api_slice;

/* Everything submitted up to `last`. */
api_slice api_slice_all(sheaf_time last);
/* Keeps the newer half. 0 where the slice is a minute already. */
int api_slice_halve(api_slice *s);
/*
 * Moves on to what was submitted before, and a minute of what was read, since where a minute ends
 * is the server's to say; twice as long where `wider`. 0 where there is nothing before.
 */
int api_slice_next(api_slice *s, int wider);
/* The query, limited to the slice. */
void api_slice_write_query(const api_slice *s, const char *query, buf *out);

/* "slice=FIRST-LAST+START": the slice, and how many of its results are stored. */
void api_slice_write_token(const api_slice *s, int64_t start, buf *out);
/* 1 on success. */
int api_slice_read_token(const char *token, api_slice *s, int64_t *start);

#endif

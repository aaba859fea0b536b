/* highlight.h: which words of a text a query looks for, and what each is worth. */
#ifndef HIGHLIGHT_H
#define HIGHLIGHT_H

#include <sheaf/database.h>

#include "query_private.h"

typedef struct highlight highlight;

/*
 * A word of the text: its bytes, and the number of the query's word that it meets, from 1, in the
 * order of the query; 0: none. Non-zero stops.
 */
typedef int (*highlight_fn)(void *ctx, size_t begin, size_t end, size_t number);

sheaf_status highlight_new(sheaf_database *db, const sheaf_query *query, highlight **h,
                           sheaf_error *err);
void         highlight_free(highlight *h);
/* How many words the query looks for: the highest number that a word can have. */
size_t highlight_count(const highlight *h);
/*
 * The weights of the query's words by their numbers, from [1] on: the idf of the word's family, 1
 * for prefixes, and for all where there are many or but one. Counted at the first call. Borrowed.
 */
sheaf_status highlight_weights(highlight *h, const double **weights, sheaf_error *err);
/* 1 where the query has the words of these numbers side by side, in this order. */
int highlight_are_neighbours(const highlight *h, size_t a, size_t b);
/* Calls `fn` for each word of `text`, which is that of `field`. */
sheaf_status highlight_split(highlight *h, sheaf_field field, const char *text, size_t len,
                             highlight_fn fn, void *ctx, sheaf_error *err);

#endif

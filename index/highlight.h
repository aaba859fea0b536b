/* highlight.h: which words of a text a query looks for. */
#ifndef HIGHLIGHT_H
#define HIGHLIGHT_H

#include <sheaf/database.h>

#include "query_private.h"

typedef struct highlight highlight;

/* A word of the text: its bytes, and whether the query looks for it. Non-zero stops. */
typedef int (*highlight_fn)(void *ctx, size_t begin, size_t end, int matches);

sheaf_status highlight_new(sheaf_database *db, const sheaf_query *query, highlight **h,
                           sheaf_error *err);
void         highlight_free(highlight *h);
/* Calls `fn` for each word of `text`, which is that of `field`. */
sheaf_status highlight_split(highlight *h, sheaf_field field, const char *text, size_t len,
                             highlight_fn fn, void *ctx, sheaf_error *err);

#endif

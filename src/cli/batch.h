/* batch.h: a file of queries, one a line: `QID<TAB>QUERY`, or a query alone. */
#ifndef BATCH_H
#define BATCH_H

#include "command.h"

/* One query, borrowed for the call. Where it has no id of its own, its line's number is one. */
typedef sheaf_status (*batch_fn)(void *ctx, const char *id, const char *query, sheaf_error *err);

/*
 * Calls `fn` for each line of `path` ("-": standard input) that is not blank. A query that is
 * refused (INVALID_ARGUMENT, QUERY_PARSER) is named on standard error, the rest goes on, and
 * the session's code says so. Errors: IO; what `fn` fails with.
 */
sheaf_status batch_run(session *s, const char *path, batch_fn fn, void *ctx, sheaf_error *err);

#endif

/* connect.h: getting at the file: is it there, is it ours, may it be written. */
#ifndef CONNECT_H
#define CONNECT_H

#include "database_private.h"

/*
 * Checks the file, takes the writer's lock for a writing mode, connects, and compares what the
 * file says it is with what this library knows. `*version` becomes the number of migrations
 * applied, 0 for a new file. What was taken is released by sheaf_database_close().
 */
sheaf_status connect_file(sheaf_database *db, const sheaf_database_options *options, int *version,
                          sheaf_error *err);

/*
 * The number that a pragma or a query answers first; `*number` stays where it answers nothing.
 * SQLite's result code.
 */
int connect_query_number(sqlite3 *sql, const char *text, int64_t *number);

#endif

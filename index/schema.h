/*
 * schema.h: the schema is its migrations, schema/NNNN-*.sql, applied in the order of their numbers.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <sheaf/status.h>
#include <sqlite3.h>

/* "SHEF", in the file's header, tells a sheaf database from any other. */
enum { SCHEMA_APPLICATION_ID = 0x53484546 };
/* The newest migration behind which texts must be indexed anew: only a reindex may apply it. */
enum { SCHEMA_REINDEX = 3 };

/* The texts, in order, ended by NULL; `PRAGMA user_version` is how many were applied. */
extern const char *const schema_text[];

int schema_version(void);
/* Applies what is missing after `from`, in one transaction. */
sheaf_status schema_migrate(sqlite3 *sql, int from, sheaf_error *err);

#endif

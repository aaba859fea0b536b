/* sql_error.h: SQLite's result codes as statuses. */
#ifndef SQL_ERROR_H
#define SQL_ERROR_H

#include <sheaf/status.h>
#include <sqlite3.h>

/* Fills `err` for the result code `rc` of a call on `sql`; answers the status. */
sheaf_status sql_fail(sqlite3 *sql, int rc, sheaf_error *err);

#endif

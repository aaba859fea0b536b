#include "sql_error.h"

#include "error.h"

sheaf_status sql_fail(sqlite3 *sql, int rc, sheaf_error *err)
{
	const char *path = sql ? sqlite3_db_filename(sql, "main") : NULL;
	const char *text = sql ? sqlite3_errmsg(sql) : sqlite3_errstr(rc);

	if (!path || !*path)
		path = "database";
	switch (rc & 0xFF) {
	case SQLITE_NOMEM: return sheaf_nomem(err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_LOCKED,
		                  "%s: another process is writing; try again later", path);
	case SQLITE_NOTADB:
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_OPENING, "%s: not a sheaf database",
		                  path);
	case SQLITE_READONLY:
		/*
		 * No write through a handle for reading gets here: begin_transaction() refuses it.
		 */
		return sheaf_fail(err, SHEAF_ERROR_IO,
		                  "%s: the file or its folder may not be written to", path);
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_TOOBIG:
	case SQLITE_PERM: return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path, text);
	case SQLITE_ABORT: /* what a statement was reading has been changed under it */
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: changed by a callback while it was read", path);
	case SQLITE_INTERRUPT: return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	default:
		/* The SQL is fixed and tested, so whatever else it fails on is in the file. */
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "%s: damaged (%s); restore a backup or run 'sheaf reindex'", path,
		                  text);
	}
}

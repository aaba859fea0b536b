/* How much is stored of the files whose import was interrupted. */
#include "database_private.h"
#include "error.h"
#include "store.h"

/* A number of such a row, which the file's owner can have made anything. */
static int64_t natural(sqlite3_stmt *stmt, int column, int *bad)
{
	int64_t n = sqlite3_column_int64(stmt, column);

	*bad |= sqlite3_column_type(stmt, column) != SQLITE_INTEGER || n < 0;
	return n;
}

/* *found 0 where it is a row that no import has written: its file is read from the beginning. */
static void read_row(sqlite3_stmt *stmt, import_row *row, int *found)
{
	int bad = sqlite3_column_type(stmt, 1) != SQLITE_INTEGER;

	row->size = natural(stmt, 0, &bad);
	row->modified = sqlite3_column_int64(stmt, 1);
	row->bytes = natural(stmt, 2, &bad);
	row->lines = natural(stmt, 3, &bad);
	row->newest = SHEAF_TIME_NONE;
	if (sqlite3_column_type(stmt, 4) == SQLITE_INTEGER)
		row->newest = sqlite3_column_int64(stmt, 4);
	row->exported = natural(stmt, 5, &bad) != 0;
	*found = !bad && row->lines <= row->bytes;
}

sheaf_status store_import_get(sheaf_database *db, const char *path, import_row *row, int *found,
                              sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           any = 0;
	sheaf_status  status = database_begin_read(db, err);

	*row = (import_row){.newest = SHEAF_TIME_NONE};
	*found = 0;
	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_IMPORT_GET, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
		status = statement_step(db, stmt, &any, err);
		if (status == SHEAF_OK && any)
			read_row(stmt, row, found);
		statement_reset(stmt);
	}
	database_end_read(db);
	if (!*found)
		*row = (import_row){.newest = SHEAF_TIME_NONE};
	return status;
}

sheaf_status store_import_put(sheaf_database *db, const char *path, const import_row *row,
                              sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_IMPORT_PUT, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
		sqlite3_bind_int64(stmt, 2, row->size);
		sqlite3_bind_int64(stmt, 3, row->modified);
		sqlite3_bind_int64(stmt, 4, row->bytes);
		sqlite3_bind_int64(stmt, 5, row->lines);
		if (row->newest != SHEAF_TIME_NONE)
			sqlite3_bind_int64(stmt, 6, row->newest);
		sqlite3_bind_int(stmt, 7, row->exported != 0);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

sheaf_status store_import_remove(sheaf_database *db, const char *path, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_IMPORT_DELETE, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

/* store_mark.c: of which papers a person said that they belong to a profile, or do not. */
#include "database_private.h"
#include "error.h"
#include "store.h"

/* NULL stays unbound. */
static void bind(sqlite3_stmt *stmt, int parameter, const char *text)
{
	if (text)
		sqlite3_bind_text(stmt, parameter, text, -1, SQLITE_STATIC);
}

static sheaf_status put(sheaf_database *db, const mark_row *row, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_MARK_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	bind(stmt, 1, row->profile);
	bind(stmt, 2, row->id);
	sqlite3_bind_int(stmt, 3, row->belongs);
	sqlite3_bind_int64(stmt, 4, row->marked);
	return statement_run(db, stmt, err);
}

sheaf_status store_mark_put(sheaf_database *db, const mark_row *row, sheaf_error *err)
{
	int          own = 0;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	return database_end_write(db, own, put(db, row, err), err);
}

sheaf_status store_mark_remove(sheaf_database *db, const char *profile, const char *id,
                               int64_t *removed, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	*removed = 0;
	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_MARK_DELETE, &stmt, err);
	if (status == SHEAF_OK) {
		bind(stmt, 1, profile);
		bind(stmt, 2, id);
		status = statement_run(db, stmt, err);
	}
	if (status == SHEAF_OK)
		*removed = sqlite3_changes(db->sql);
	return database_end_write(db, own, status, err);
}

static sheaf_status step(sheaf_database *db, sqlite3_stmt *stmt, store_mark_fn fn, void *ctx,
                         sheaf_error *err)
{
	int          found = 0;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK) {
		mark_row row;

		status = statement_step(db, stmt, &found, err);
		if (status != SHEAF_OK || !found)
			break;
		row.profile = (const char *)sqlite3_column_text(stmt, 0);
		row.id = (const char *)sqlite3_column_text(stmt, 1);
		row.belongs = sqlite3_column_int(stmt, 2) != 0;
		row.marked = sqlite3_column_int64(stmt, 3);
		if (!row.profile || !row.id)
			status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
			                    "a mark without a profile or an id");
		else if (fn(ctx, &row))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	return status;
}

sheaf_status store_mark_each(sheaf_database *db, const char *profile, store_mark_fn fn, void *ctx,
                             sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_MARK_EACH, &stmt, err);
	if (status == SHEAF_OK) {
		bind(stmt, 1, profile);
		status = step(db, stmt, fn, ctx, err);
	}
	statement_reset(stmt);
	database_end_read(db);
	return status;
}

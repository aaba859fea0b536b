/*
 * The key-value table: what the database knows of itself, and the user's own metadata under
 * "user:".
 */
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "database_private.h"
#include "error.h"

enum { KEY_MAX = 1024, VALUE_MAX = 1 << 20 };

char *column_text(sqlite3_stmt *stmt, int column, int *failed)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);
	char       *copy;

	if (!text) {
		*failed |= sqlite3_column_type(stmt, column) != SQLITE_NULL;
		return NULL;
	}
	copy = mem_strndup(text, (size_t)sqlite3_column_bytes(stmt, column));
	*failed |= !copy;
	return copy;
}

static sheaf_status find(sheaf_database *db, const char *key, sqlite3_stmt **stmt, int *row,
                         sheaf_error *err)
{
	sheaf_status status = statement_get(db, STMT_META_GET, stmt, err);

	*row = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(*stmt, 1, key, -1, SQLITE_STATIC);
	return statement_step(db, *stmt, row, err);
}

sheaf_status meta_get_text(sheaf_database *db, const char *key, char **text, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row, failed = 0;
	sheaf_status  status = find(db, key, &stmt, &row, err);

	*text = NULL;
	if (status == SHEAF_OK && row)
		*text = column_text(stmt, 0, &failed);
	statement_reset(stmt);
	return failed ? sheaf_nomem(err) : status;
}

sheaf_status meta_get_number(sheaf_database *db, const char *key, int64_t *number, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row;
	sheaf_status  status = find(db, key, &stmt, &row, err);

	if (status == SHEAF_OK && row)
		*number = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	return status;
}

sheaf_status meta_put_text(sheaf_database *db, const char *key, const char *text, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_META_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, text, -1, SQLITE_STATIC);
	return statement_run(db, stmt, err);
}

sheaf_status meta_put_number(sheaf_database *db, const char *key, int64_t number, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_META_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, number);
	return statement_run(db, stmt, err);
}

static sheaf_status meta_delete(sheaf_database *db, const char *key, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_META_DELETE, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
	return statement_run(db, stmt, err);
}

/* The key in the table, "" status on failure in `key`. */
static sheaf_status user_key(const char *key, buf *full, sheaf_error *err)
{
	if (!key || !*key || strlen(key) > KEY_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "metadata keys have 1 to %d bytes", KEY_MAX);
	buf_puts(full, "user:");
	buf_puts(full, key);
	return buf_status(full, err);
}

sheaf_status sheaf_database_get_metadata(sheaf_database *db, const char *key, char **value,
                                         sheaf_error *err)
{
	buf          full = BUF_INIT(0);
	sheaf_status status = user_key(key, &full, err);

	*value = NULL;
	if (status == SHEAF_OK)
		status = database_begin_read(db, err);
	if (status == SHEAF_OK) {
		status = meta_get_text(db, full.data, value, err);
		database_end_read(db);
	}
	buf_free(&full);
	return status;
}

sheaf_status sheaf_database_set_metadata(sheaf_database *db, const char *key, const char *value,
                                         sheaf_error *err)
{
	buf          full = BUF_INIT(0);
	int          own = 0;
	sheaf_status status = user_key(key, &full, err);

	if (status == SHEAF_OK && value && strlen(value) > VALUE_MAX)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "metadata values have at most %d bytes", VALUE_MAX);
	if (status == SHEAF_OK)
		status = database_begin_write(db, &own, err);
	if (status == SHEAF_OK) {
		status = value && *value ? meta_put_text(db, full.data, value, err)
		                         : meta_delete(db, full.data, err);
		status = database_end_write(db, own, status, err);
	}
	buf_free(&full);
	return status;
}

/* The keys from `from` on that begin so, without the `skip` bytes that the user does not know of. */
static sheaf_status walk_keys(sheaf_database *db, const buf *from, size_t skip,
                              sheaf_metadata_fn fn, void *ctx, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row;
	sheaf_status  status = statement_get(db, STMT_META_KEYS, &stmt, err);

	if (status == SHEAF_OK)
		sqlite3_bind_text(stmt, 1, from->data, (int)from->len, SQLITE_STATIC);
	while (status == SHEAF_OK) {
		const char *key;

		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		key = (const char *)sqlite3_column_text(stmt, 0);
		if (!key)
			status = sheaf_nomem(err);
		else if (strncmp(key, from->data, from->len) != 0)
			break;
		else if (fn(ctx, key + skip))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	statement_reset(stmt);
	return status;
}

sheaf_status sheaf_database_each_metadata_key(sheaf_database *db, const char *prefix,
                                              sheaf_metadata_fn fn, void *ctx, sheaf_error *err)
{
	buf          from = BUF_INIT(0);
	sheaf_status status;

	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	if (db->statements[STMT_META_KEYS] && sqlite3_stmt_busy(db->statements[STMT_META_KEYS]))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: a walk is under way on this handle", db->path);
	buf_printf(&from, "user:%s", prefix ? prefix : "");
	status = buf_status(&from, err);
	if (status == SHEAF_OK)
		status = database_begin_read(db, err);
	if (status == SHEAF_OK) {
		status = walk_keys(db, &from, strlen("user:"), fn, ctx, err);
		database_end_read(db);
	}
	buf_free(&from);
	return status;
}

/* Where each harvest stands. */
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "store.h"

/* The ten columns of a row from `first` on. */
static sheaf_status read_row(sqlite3_stmt *stmt, int first, harvest_row *row, sheaf_error *err)
{
	int failed = 0;

	row->token = column_text(stmt, first, &failed);
	row->high_water = column_text(stmt, first + 1, &failed);
	row->list_from = column_text(stmt, first + 2, &failed);
	row->response_date = column_text(stmt, first + 3, &failed);
	row->complete = sqlite3_column_int(stmt, first + 4) != 0;
	row->finished = sqlite3_column_type(stmt, first + 5) == SQLITE_NULL
	                        ? SHEAF_TIME_NONE
	                        : sqlite3_column_int64(stmt, first + 5);
	row->pages = sqlite3_column_int64(stmt, first + 6);
	row->records = sqlite3_column_int64(stmt, first + 7);
	row->etag = column_text(stmt, first + 8, &failed);
	row->last_modified = column_text(stmt, first + 9, &failed);
	return failed ? sheaf_nomem(err) : SHEAF_OK;
}

static void bind_key(sqlite3_stmt *stmt, const harvest_key *key)
{
	sqlite3_bind_text(stmt, 1, key->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, key->base_url, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, key->selection, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 4, key->metadata_prefix, -1, SQLITE_STATIC);
}

void harvest_row_clear(harvest_row *row)
{
	mem_free(row->token);
	mem_free(row->high_water);
	mem_free(row->list_from);
	mem_free(row->response_date);
	mem_free(row->etag);
	mem_free(row->last_modified);
	memset(row, 0, sizeof *row);
	row->finished = SHEAF_TIME_NONE;
}

sheaf_status store_harvest_get(sheaf_database *db, const harvest_key *key, harvest_row *row,
                               sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           found = 0;
	sheaf_status  status = database_begin_read(db, err);

	memset(row, 0, sizeof *row);
	row->finished = SHEAF_TIME_NONE;
	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_HARVEST_GET, &stmt, err);
	if (status == SHEAF_OK) {
		bind_key(stmt, key);
		status = statement_step(db, stmt, &found, err);
		if (status == SHEAF_OK && found)
			status = read_row(stmt, 0, row, err);
		statement_reset(stmt);
	}
	database_end_read(db);
	if (status != SHEAF_OK)
		harvest_row_clear(row);
	return status;
}

sheaf_status store_harvest_put(sheaf_database *db, const harvest_key *key, const harvest_row *row,
                               sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_HARVEST_PUT, &stmt, err);
	if (status == SHEAF_OK) {
		bind_key(stmt, key);
		sqlite3_bind_text(stmt, 5, row->token, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 6, row->high_water, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 7, row->list_from, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 8, row->response_date, -1, SQLITE_STATIC);
		sqlite3_bind_int(stmt, 9, row->complete != 0);
		if (row->finished != SHEAF_TIME_NONE)
			sqlite3_bind_int64(stmt, 10, row->finished);
		sqlite3_bind_int64(stmt, 11, row->pages);
		sqlite3_bind_int64(stmt, 12, row->records);
		sqlite3_bind_text(stmt, 13, row->etag, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 14, row->last_modified, -1, SQLITE_STATIC);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

static sheaf_status call_each(sqlite3_stmt *stmt, store_harvest_fn fn, void *ctx, sheaf_error *err)
{
	char        *text[4] = {NULL, NULL, NULL, NULL};
	harvest_row  row;
	int          failed = 0;
	sheaf_status status = read_row(stmt, 4, &row, err);

	for (int i = 0; i < 4; i++)
		text[i] = column_text(stmt, i, &failed);
	if (status == SHEAF_OK && (failed || !text[0] || !text[1] || !text[2] || !text[3]))
		status = sheaf_nomem(err);
	if (status == SHEAF_OK) {
		harvest_key key = {text[0], text[1], text[2], text[3]};

		if (fn(ctx, &key, &row))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	for (int i = 0; i < 4; i++)
		mem_free(text[i]);
	harvest_row_clear(&row);
	return status;
}

sheaf_status store_harvest_each(sheaf_database *db, store_harvest_fn fn, void *ctx,
                                sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int           row = 0;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_HARVEST_EACH, &stmt, err);
	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = call_each(stmt, fn, ctx, err);
	}
	statement_reset(stmt);
	database_end_read(db);
	return status;
}

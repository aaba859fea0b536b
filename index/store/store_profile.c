/* Profile sets as text, how far they were classified, what they placed. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "store.h"
#include "str.h"

/* Binds up to two texts to parameters 1 and 2; NULL stays unbound. */
static sheaf_status prepare(sheaf_database *db, statement_id id, const char *one, const char *two,
                            sqlite3_stmt **stmt, sheaf_error *err)
{
	sheaf_status status = statement_get(db, id, stmt, err);

	if (status != SHEAF_OK)
		return status;
	if (one)
		sqlite3_bind_text(*stmt, 1, one, -1, SQLITE_STATIC);
	if (two)
		sqlite3_bind_text(*stmt, 2, two, -1, SQLITE_STATIC);
	return SHEAF_OK;
}

/* One statement that writes, in the transaction that is open or in one of its own. */
typedef struct put {
	sqlite3_stmt *stmt;
	int           own;
} put;

/* Leaves the further parameters to the caller; pair with end_put() where it succeeds. */
static sheaf_status begin_put(sheaf_database *db, statement_id id, const char *one, const char *two,
                              put *p, sheaf_error *err)
{
	sheaf_status status = database_begin_write(db, &p->own, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, id, one, two, &p->stmt, err);
	return status == SHEAF_OK ? SHEAF_OK : database_end_write(db, p->own, status, err);
}

static sheaf_status end_put(sheaf_database *db, const put *p, sheaf_error *err)
{
	return database_end_write(db, p->own, statement_run(db, p->stmt, err), err);
}

sheaf_status store_profile_set_put(sheaf_database *db, const char *name, const char *yaml,
                                   sheaf_error *err)
{
	put          p;
	sheaf_status status = begin_put(db, STMT_SET_PUT, name, yaml, &p, err);

	if (status != SHEAF_OK)
		return status;
	return end_put(db, &p, err);
}

sheaf_status store_profile_set_remove(sheaf_database *db, const char *name, sheaf_error *err)
{
	put          p;
	sheaf_status status = begin_put(db, STMT_SET_DELETE, name, NULL, &p, err);

	return status == SHEAF_OK ? end_put(db, &p, err) : status;
}

sheaf_status store_profile_set_get(sheaf_database *db, const char *name, char **yaml,
                                   sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0, failed = 0;
	sheaf_status  status = database_begin_read(db, err);

	*yaml = NULL;
	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_SET_GET, name, NULL, &stmt, err);
	if (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status == SHEAF_OK && row)
			*yaml = column_text(stmt, 0, &failed);
		statement_reset(stmt);
	}
	database_end_read(db);
	return failed ? sheaf_nomem(err) : status;
}

/* Collects the first column, so that no statement is open while the caller works. */
typedef struct name_list {
	char **names;
	size_t count;
} name_list;

static void free_names(name_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		mem_free(list->names[i]);
	mem_free(list->names);
}

static sheaf_status collect(sheaf_database *db, statement_id id, const char *key, name_list *list,
                            sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int           row = 0;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, id, key, NULL, &stmt, err);
	while (status == SHEAF_OK) {
		char **grown;
		int    failed = 0;

		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		grown = mem_realloc_array(list->names, list->count + 1, sizeof *grown);
		if (!grown) {
			status = sheaf_nomem(err);
			break;
		}
		list->names = grown;
		list->names[list->count] = column_text(stmt, 0, &failed);
		if (list->names[list->count])
			list->count++;
		if (failed)
			status = sheaf_nomem(err);
	}
	statement_reset(stmt);
	database_end_read(db);
	return status;
}

sheaf_status store_profile_set_each(sheaf_database *db, store_name_fn fn, void *ctx,
                                    sheaf_error *err)
{
	name_list    list = {NULL, 0};
	sheaf_status status = collect(db, STMT_SET_EACH, NULL, &list, err);

	for (size_t i = 0; status == SHEAF_OK && i < list.count; i++)
		if (fn(ctx, list.names[i]))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	free_names(&list);
	return status;
}

static sheaf_status read_state(sqlite3_stmt *stmt, profile_state *state, sheaf_error *err)
{
	const void *model = sqlite3_column_blob(stmt, 2);
	int         len = sqlite3_column_bytes(stmt, 2);

	state->fingerprint = (uint64_t)sqlite3_column_int64(stmt, 0);
	state->classified = sqlite3_column_int64(stmt, 1);
	state->track = sqlite3_column_int64(stmt, 3);
	if (!model || len <= 0)
		return SHEAF_OK;
	state->model = mem_strndup(model, (size_t)len);
	state->model_len = (size_t)len;
	return state->model ? SHEAF_OK : sheaf_nomem(err);
}

sheaf_status store_profile_state_get(sheaf_database *db, const char *digest, const char *profile,
                                     profile_state *state, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = database_begin_read(db, err);

	memset(state, 0, sizeof *state);
	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_STATE_GET, digest, profile, &stmt, err);
	if (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status == SHEAF_OK && row)
			status = read_state(stmt, state, err);
		statement_reset(stmt);
	}
	database_end_read(db);
	return status;
}

sheaf_status store_profile_state_put(sheaf_database *db, const char *digest, const char *profile,
                                     uint64_t fingerprint, sheaf_revision classified,
                                     sheaf_error *err)
{
	put          p;
	sheaf_status status = begin_put(db, STMT_STATE_PUT, digest, profile, &p, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(p.stmt, 3, (int64_t)fingerprint);
	sqlite3_bind_int64(p.stmt, 4, classified);
	return end_put(db, &p, err);
}

sheaf_status store_profile_model_put(sheaf_database *db, const char *digest, const char *profile,
                                     const void *model, size_t len, sheaf_error *err)
{
	put          p;
	sheaf_status status = begin_put(db, STMT_STATE_MODEL, digest, profile, &p, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_blob64(p.stmt, 3, model, len, SQLITE_STATIC);
	return end_put(db, &p, err);
}

static sheaf_status forget(sheaf_database *db, const char *digest, const char *profile,
                           sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = prepare(db, STMT_STATE_DELETE, digest, profile, &stmt, err);

	return status == SHEAF_OK ? statement_run(db, stmt, err) : status;
}

static int compare_name(const void *name, const void *kept)
{
	return strcmp(name, *(const char *const *)kept);
}

sheaf_status store_profile_state_remove(sheaf_database *db, const char *digest, const char *profile,
                                        sheaf_error *err)
{
	int          own = 0;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = forget(db, digest, profile, err);
	if (status == SHEAF_OK)
		status = store_placement_sweep(db, err);
	return database_end_write(db, own, status, err);
}

sheaf_status store_profile_state_keep(sheaf_database *db, const char *digest,
                                      const char *const *keep, size_t count, sheaf_error *err)
{
	name_list    list = {NULL, 0};
	int          own = 0;
	size_t       forgotten = 0;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = collect(db, STMT_STATE_NAMES, digest, &list, err);
	for (size_t i = 0; status == SHEAF_OK && i < list.count; i++) {
		if (bsearch(list.names[i], keep, count, sizeof *keep, compare_name))
			continue;
		status = forget(db, digest, list.names[i], err);
		forgotten++;
	}
	if (status == SHEAF_OK && forgotten)
		status = store_placement_sweep(db, err);
	free_names(&list);
	return database_end_write(db, own, status, err);
}

enum { ROWS_AT_ONCE = 16, ROW_CELLS = 5 }; /* of STMT_PLACEMENT_PUT_MANY */

static sheaf_status put_rows(sheaf_database *db, statement_id id, const placement_row *rows,
                             int count, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, id, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	for (int i = 0; i < count; i++) {
		int at = ROW_CELLS * i;

		sqlite3_bind_int64(stmt, at + 1, rows[i].docid);
		sqlite3_bind_int64(stmt, at + 2, rows[i].track);
		sqlite3_bind_int64(stmt, at + 3, rows[i].revision);
		sqlite3_bind_double(stmt, at + 4, rows[i].weight);
		sqlite3_bind_int(stmt, at + 5, rows[i].percent);
	}
	return statement_run(db, stmt, err);
}

sheaf_status store_placement_put(sheaf_database *db, const placement_row *rows, size_t count,
                                 sheaf_error *err)
{
	int          own = 0;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	for (; status == SHEAF_OK && count >= ROWS_AT_ONCE;
	     rows += ROWS_AT_ONCE, count -= ROWS_AT_ONCE)
		status = put_rows(db, STMT_PLACEMENT_PUT_MANY, rows, ROWS_AT_ONCE, err);
	for (; status == SHEAF_OK && count; rows++, count--)
		status = put_rows(db, STMT_PLACEMENT_PUT, rows, 1, err);
	return database_end_write(db, own, status, err);
}

sheaf_status store_placement_sweep(sheaf_database *db, sheaf_error *err)
{
	put          p;
	sheaf_status status = begin_put(db, STMT_PLACEMENT_SWEEP, NULL, NULL, &p, err);

	return status == SHEAF_OK ? end_put(db, &p, err) : status;
}

sheaf_status store_placement_each(sheaf_database *db, const char *digest, sheaf_revision since,
                                  store_placement_fn fn, void *ctx, sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int           found = 0;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_PLACEMENT_EACH, digest, NULL, &stmt, err);
	if (status == SHEAF_OK)
		sqlite3_bind_int64(stmt, 2, since);
	while (status == SHEAF_OK) {
		placement_row row;

		status = statement_step(db, stmt, &found, err);
		if (status != SHEAF_OK || !found)
			break;
		row.docid = sqlite3_column_int64(stmt, 0);
		row.revision = sqlite3_column_int64(stmt, 1);
		row.weight = sqlite3_column_double(stmt, 2);
		row.percent = sqlite3_column_int(stmt, 3);
		row.track = sqlite3_column_int64(stmt, 4);
		if (fn(ctx, &row))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	statement_reset(stmt);
	database_end_read(db);
	return status;
}

sheaf_status store_placement_count(sheaf_database *db, const char *digest, const char *profile,
                                   store_placement_count_fn fn, void *ctx, sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int           found = 0;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_PLACEMENT_COUNT, digest, profile, &stmt, err);
	while (status == SHEAF_OK) {
		const char *name;

		status = statement_step(db, stmt, &found, err);
		if (status != SHEAF_OK || !found)
			break;
		name = (const char *)sqlite3_column_text(stmt, 0);
		if (!name)
			status = sheaf_nomem(err);
		else if (fn(ctx, name, sqlite3_column_int64(stmt, 1),
		            sqlite3_column_int64(stmt, 2)))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	statement_reset(stmt);
	database_end_read(db);
	return status;
}

/* What was announced, by list and day, and what was learned by asking. */
#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "store.h"

sheaf_status store_announce(sheaf_database *db, const char *category, const char *id, int version,
                            const announcement *a, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_ANNOUNCEMENT_PUT, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_int64(stmt, 1, a->day);
		sqlite3_bind_text(stmt, 2, category, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 3, id, -1, SQLITE_STATIC);
		sqlite3_bind_int(stmt, 4, version);
		sqlite3_bind_int(stmt, 5, a->kind);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

sheaf_status store_announcement_day_put(sheaf_database *db, const char *category,
                                        const announcement_day *day, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_ANNOUNCEMENT_DAY_PUT, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, category, -1, SQLITE_STATIC);
		sqlite3_bind_int64(stmt, 2, day->day);
		sqlite3_bind_int(stmt, 3, day->state);
		sqlite3_bind_int64(stmt, 4, day->papers);
		sqlite3_bind_int64(stmt, 5, day->checked);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

/* Calls for the row that `stmt` stands on. */
typedef sheaf_status (*row_fn)(sqlite3_stmt *stmt, const void *call, sheaf_error *err);

static sheaf_status walk(sheaf_database *db, sqlite3_stmt *stmt, row_fn fn, const void *call,
                         sheaf_error *err)
{
	int          row = 0;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = fn(stmt, call, err);
	}
	statement_reset(stmt);
	return status;
}

typedef struct day_call {
	store_announcement_day_fn fn;
	void                     *ctx;
} day_call;

static sheaf_status call_day(sqlite3_stmt *stmt, const void *call, sheaf_error *err)
{
	const day_call  *c = call;
	int              failed = 0, stop;
	char            *category = column_text(stmt, 0, &failed);
	announcement_day day = {sqlite3_column_int64(stmt, 1),
	                        (announcement_state)sqlite3_column_int(stmt, 2),
	                        sqlite3_column_int64(stmt, 3), sqlite3_column_int64(stmt, 4)};

	if (!category)
		return sheaf_nomem(err);
	stop = c->fn(c->ctx, category, &day);
	mem_free(category);
	return stop ? sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted") : SHEAF_OK;
}

sheaf_status store_announcement_day_each(sheaf_database *db, const char *category,
                                         store_announcement_day_fn fn, void *ctx, sheaf_error *err)
{
	day_call      call = {fn, ctx};
	sqlite3_stmt *stmt;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_ANNOUNCEMENT_DAY_EACH, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, category, -1, SQLITE_STATIC);
		status = walk(db, stmt, call_day, &call, err);
	}
	database_end_read(db);
	return status;
}

typedef struct paper_call {
	store_announcement_fn fn;
	void                 *ctx;
} paper_call;

static sheaf_status call_paper(sqlite3_stmt *stmt, const void *call, sheaf_error *err)
{
	const paper_call *c = call;
	int               failed = 0, stop = 0;
	announcement      a = {(announcement_kind)sqlite3_column_int(stmt, 4),
	                       sqlite3_column_int64(stmt, 0)};
	char             *category = column_text(stmt, 1, &failed);
	char             *id = column_text(stmt, 2, &failed);
	sheaf_status      status = category && id ? SHEAF_OK : sheaf_nomem(err);

	if (status == SHEAF_OK)
		stop = c->fn(c->ctx, category, id, sqlite3_column_int(stmt, 3), &a);
	mem_free(category);
	mem_free(id);
	return stop ? sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted") : status;
}

sheaf_status store_announcement_each(sheaf_database *db, const char *category, int64_t first,
                                     int64_t last, store_announcement_fn fn, void *ctx,
                                     sheaf_error *err)
{
	paper_call    call = {fn, ctx};
	sqlite3_stmt *stmt;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_ANNOUNCEMENT_EACH, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, category, -1, SQLITE_STATIC);
		sqlite3_bind_int64(stmt, 2, first);
		sqlite3_bind_int64(stmt, 3, last);
		status = walk(db, stmt, call_paper, &call, err);
	}
	database_end_read(db);
	return status;
}

sheaf_status store_announcement_of(sheaf_database *db, const char *id, store_announcement_fn fn,
                                   void *ctx, sheaf_error *err)
{
	paper_call    call = {fn, ctx};
	sqlite3_stmt *stmt;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_ANNOUNCEMENT_OF, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, id, -1, SQLITE_STATIC);
		status = walk(db, stmt, call_paper, &call, err);
	}
	database_end_read(db);
	return status;
}

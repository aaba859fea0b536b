#include "ranking_store.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

#define ROW_CAP ((size_t)1 << 30)

static sheaf_status put_blob(sheaf_database *db, statement_id id, int64_t row, const void *data,
                             size_t len, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, id, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, row);
	sqlite3_bind_blob64(stmt, 2, data, len, SQLITE_STATIC);
	status = statement_run(db, stmt, err);
	sqlite3_clear_bindings(stmt);
	return status;
}

static sheaf_status put_row(void *ctx, int64_t number, const void *data, size_t len,
                            sheaf_error *err)
{
	const ranking_target *t = ctx;

	return put_blob(t->db, STMT_RANKING_LIST_PUT, ranking_id(t->run, number), data, len, err);
}

static sheaf_status put_page(void *ctx, int64_t number, const void *data, size_t len,
                             sheaf_error *err)
{
	const ranking_target *t = ctx;

	return put_blob(t->db, STMT_RANKING_PAGE_PUT, ranking_id(t->run, number), data, len, err);
}

list_sink ranking_sink(ranking_target *target)
{
	return (list_sink){target, put_row, put_page};
}

sheaf_status ranking_new_number(sheaf_database *db, int64_t *run, sheaf_error *err)
{
	const ranking_run *runs;
	size_t             count;
	sheaf_status       status = ranking_runs(db, &runs, &count, err);

	/* One more than there are runs: some number up to it is free. */
	for (*run = 1; status == SHEAF_OK; ++*run) {
		size_t i = 0;

		while (i < count && runs[i].run != *run)
			i++;
		if (i == count)
			return SHEAF_OK;
	}
	return status;
}

sheaf_status ranking_put_run(sheaf_database *db, const ranking_run *run, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_RANKING_RUN_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, run->run);
	sqlite3_bind_int64(stmt, 2, run->first);
	sqlite3_bind_int64(stmt, 3, run->last);
	sqlite3_bind_int64(stmt, 4, run->documents);
	ranking_unload(&db->ranking);
	return statement_run(db, stmt, err);
}

sheaf_status ranking_delete_runs(sheaf_database *db, int64_t first, int64_t end, sheaf_error *err)
{
	static const struct {
		statement_id id;
		int          shift;
	} parts[] = {
		{STMT_RANKING_LIST_DELETE, LIST_HASH_BITS},
		{STMT_RANKING_PAGE_DELETE, LIST_HASH_BITS},
		{STMT_RANKING_RUN_DELETE, 0},
	};
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < sizeof parts / sizeof *parts; i++) {
		sqlite3_stmt *stmt;

		status = statement_get(db, parts[i].id, &stmt, err);
		if (status != SHEAF_OK)
			break;
		sqlite3_bind_int64(stmt, 1, first << parts[i].shift);
		sqlite3_bind_int64(stmt, 2, end << parts[i].shift);
		status = statement_run(db, stmt, err);
	}
	ranking_unload(&db->ranking);
	return status;
}

sheaf_status ranking_count_live(sheaf_database *db, int64_t first, int64_t last, int64_t *count,
                                sheaf_error *err)
{
	sheaf_status   status;
	sheaf_revision r = values_newest_alive(db, last, first - 1, &status, err);

	for (*count = 0; r; r = values_newest_alive(db, r - 1, first - 1, &status, err))
		++*count;
	return status;
}

sheaf_status ranking_count_dead(sheaf_database *db, int64_t first, int64_t last, int64_t *dead,
                                sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_RANKING_DEAD_COUNT, &stmt, err);

	*dead = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, first);
	sqlite3_bind_int64(stmt, 2, last);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		*dead = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	return status;
}

int ranking_blob(sqlite3_stmt *stmt, int column, const unsigned char **data, size_t *len)
{
	*data = NULL;
	*len = 0;
	if (sqlite3_column_type(stmt, column) != SQLITE_BLOB)
		return 0;
	*data = sqlite3_column_blob(stmt, column);
	*len = *data ? (size_t)sqlite3_column_bytes(stmt, column) : 0;
	return 1;
}

/* ---- walking ---- */

void ranking_walk_init(ranking_walk *w, sheaf_database *db, const ranking_run *run)
{
	*w = (ranking_walk){.db = db, .run = *run, .row = BUF_INIT(ROW_CAP), .more = 1};
	w->next = ranking_id(run->run, 0);
}

/* The next row into `w->row`, which stays empty at the end. */
static sheaf_status next_row(ranking_walk *w, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(w->db, STMT_RANKING_LIST_NEXT, &stmt, err);

	buf_clear(&w->row);
	w->at = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, w->next);
	sqlite3_bind_int64(stmt, 2, ranking_id(w->run.run + 1, 0));
	status = statement_step(w->db, stmt, &row, err);
	if (status == SHEAF_OK && row) {
		const unsigned char *data;
		size_t               len;

		w->next = sqlite3_column_int64(stmt, 0) + 1;
		if (ranking_blob(stmt, 1, &data, &len) && len)
			buf_append(&w->row, (const char *)data, len);
		else
			status = ranking_damaged(w->db, err);
		if (status == SHEAF_OK)
			status = buf_status(&w->row, err);
	}
	statement_reset(stmt);
	return status;
}

sheaf_status ranking_walk_next(ranking_walk *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (w->at == w->row.len)
		status = next_row(w, err);
	w->more = 0;
	if (status != SHEAF_OK || !w->row.len)
		return status;
	if (list_row_next((unsigned char *)w->row.data, w->row.len, &w->at, &w->entry) <= 0)
		return ranking_damaged(w->db, err);
	w->more = 1;
	return SHEAF_OK;
}

sheaf_status ranking_walk_open(const ranking_walk *w, list_cursor *c, sheaf_error *err)
{
	list_source source = ranking_source(w->db, &w->run);

	return list_cursor_open(w->entry.list, w->entry.list_len, w->run.first, w->run.last,
	                        &source, c, err);
}

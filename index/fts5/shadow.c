#include "shadow.h"

#include <string.h>

#include "database_private.h"
#include "error.h"
#include "field.h"
#include "sql_error.h"

static int is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether two statements differ in blanks alone. */
static int same_statement(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (is_blank(*a))
			a++;
		while (is_blank(*b))
			b++;
		if (*a != *b)
			return 0;
		if (!*a)
			return 1;
	}
}

static sheaf_status is_made_by(sheaf_database *db, const char *table, const char *expected,
                               int *same, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_TABLE_TEXT, &stmt, err);

	*same = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	status = statement_step(db, stmt, same, err);
	if (status == SHEAF_OK && *same) {
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		*same = text && same_statement(text, expected);
	}
	statement_reset(stmt);
	return status;
}

static sheaf_status are_tables_known(sheaf_database *db, int *known, sheaf_error *err)
{
	static const struct {
		const char  *table;
		statement_id made_by;
	} tables[] = {
		{"document_fts", STMT_INDEX_CREATE},
		{"document_fts_data", STMT_SHADOW_DATA},
		{"document_fts_idx", STMT_SHADOW_IDX},
		{"document_fts_config", STMT_SHADOW_CONFIG},
	};
	sheaf_status status = SHEAF_OK;

	*known = 1;
	for (size_t i = 0; status == SHEAF_OK && *known && i < sizeof tables / sizeof *tables; i++)
		status = is_made_by(db, tables[i].table, statement_text(tables[i].made_by), known,
		                    err);
	return status;
}

sheaf_status shadow_read_option(sheaf_database *db, const char *name, int64_t *number,
                                sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_INDEX_CONFIG, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		*number = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	return status;
}

sheaf_status shadow_is_known(sheaf_database *db, int *known, size_t *page_size, sheaf_error *err)
{
	int64_t      version = 0, size = SEGMENT_PAGE_DEFAULT;
	sheaf_status status = are_tables_known(db, known, err);

	*page_size = SEGMENT_PAGE_DEFAULT;
	if (status != SHEAF_OK || !*known)
		return status;
	status = shadow_read_option(db, "version", &version, err);
	if (status == SHEAF_OK)
		status = shadow_read_option(db, "pgsz", &size, err);
	*known = status == SHEAF_OK && version == SEGMENT_VERSION && size >= SEGMENT_PAGE_MIN &&
	         size <= SEGMENT_PAGE_MAX;
	if (*known)
		*page_size = (size_t)size;
	return status;
}

/*
 * A merge of no pages changes nothing, but makes FTS5 part of the transaction, so that it takes notice of a
 * savepoint: it writes what it holds where one begins, and forgets what it remembers where one is
 * rolled back.
 */
static sheaf_status make_fts5_forget(sheaf_database *db, sheaf_error *err)
{
	static const statement_id steps[] = {STMT_SAVEPOINT, STMT_SAVEPOINT_ROLLBACK,
	                                     STMT_SAVEPOINT_RELEASE};
	sheaf_status              status = index_option(db, "merge", 0, err);

	for (size_t i = 0; status == SHEAF_OK && i < sizeof steps / sizeof *steps; i++)
		status = statement_exec(db, steps[i], err);
	return status;
}

sheaf_status shadow_open(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = make_fts5_forget(db, err);

	/* Only now: where statements may write shadow tables, FTS5's table must not be in use. */
	if (status == SHEAF_OK &&
	    sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL) != SQLITE_OK)
		status = sql_fail(db->sql, SQLITE_ERROR, err);
	return status;
}

void shadow_close(sheaf_database *db)
{
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

/* *data lives until the statement is used again; NULL where there is no such row. */
static sheaf_status read_row(sheaf_database *db, int64_t id, const unsigned char **data,
                             size_t *len, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_INDEX_PAGE, &stmt, err);

	*data = NULL;
	*len = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, id);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row) {
		*data = sqlite3_column_blob(stmt, 0);
		*len = *data ? (size_t)sqlite3_column_bytes(stmt, 0) : 0;
	}
	return status;
}

static sheaf_status write_row(sheaf_database *db, int64_t id, const void *data, size_t len,
                              sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_SEGMENT_PAGE_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, id);
	sqlite3_bind_blob64(stmt, 2, data, len, SQLITE_STATIC);
	return statement_run(db, stmt, err);
}

/* Ends a statement that read_row() left open, lest it keep the page in use. */
static void end_row(sheaf_database *db)
{
	statement_reset(db->statements[STMT_INDEX_PAGE]);
}

sheaf_status shadow_read_structure(sheaf_database *db, segment_structure *s, sheaf_error *err)
{
	const unsigned char *data;
	size_t               len;
	sheaf_status         status;

	*s = (segment_structure){0};
	status = read_row(db, SEGMENT_ROW_STRUCTURE, &data, &len, err);
	if (status == SHEAF_OK && !data)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: the index has no list of segments; run 'sheaf reindex'",
		                    db->path);
	if (status == SHEAF_OK)
		status = segment_structure_read(data, len, s, err);
	end_row(db);
	return status;
}

sheaf_status shadow_write_structure(sheaf_database *db, const segment_structure *s,
                                    sheaf_error *err)
{
	buf          bytes = BUF_INIT(0);
	sheaf_status status;

	segment_structure_write(s, &bytes);
	status = buf_status(&bytes, err);
	if (status == SHEAF_OK)
		status = write_row(db, SEGMENT_ROW_STRUCTURE, bytes.data, bytes.len, err);
	buf_free(&bytes);
	return status;
}

/* An index that never had a row has an empty record. */
static sheaf_status read_averages(sheaf_database *db, segment_averages *a, sheaf_error *err)
{
	const unsigned char *data;
	size_t               len;
	sheaf_status         status = read_row(db, SEGMENT_ROW_AVERAGES, &data, &len, err);

	*a = (segment_averages){.columns = COLUMN_COUNT};
	if (status == SHEAF_OK && len && !segment_averages_read(data, len, COLUMN_COUNT, a))
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: the totals of the index are damaged; run 'sheaf reindex'",
		                    db->path);
	end_row(db);
	return status;
}

sheaf_status shadow_add_averages(sheaf_database *db, const segment_averages *more, sheaf_error *err)
{
	segment_averages a;
	buf              bytes = BUF_INIT(0);
	sheaf_status     status = read_averages(db, &a, err);

	if (status != SHEAF_OK)
		return status;
	a.rows += more->rows;
	for (size_t i = 0; i < a.columns; i++)
		a.tokens[i] += more->tokens[i];
	segment_averages_write(&a, &bytes);
	status = buf_status(&bytes, err);
	if (status == SHEAF_OK)
		status = write_row(db, SEGMENT_ROW_AVERAGES, bytes.data, bytes.len, err);
	buf_free(&bytes);
	return status;
}

static sheaf_status put_page(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	const shadow_target *target = ctx;

	return write_row(target->db, ((int64_t)target->segment << SEGMENT_SHIFT) | id, data, len,
	                 err);
}

static sheaf_status put_index(void *ctx, const void *term, size_t len, int64_t page,
                              sheaf_error *err)
{
	const shadow_target *target = ctx;
	sqlite3_stmt        *stmt;
	sheaf_status         status = statement_get(target->db, STMT_SEGMENT_INDEX_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int(stmt, 1, target->segment);
	/* An empty term is an empty blob, no NULL. */
	sqlite3_bind_blob64(stmt, 2, len ? term : "", len, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 3, page);
	return statement_run(target->db, stmt, err);
}

segment_sink shadow_sink(shadow_target *target)
{
	return (segment_sink){target, put_page, put_index};
}

static sheaf_status get_page(void *ctx, int64_t id, const unsigned char **data, size_t *len,
                             sheaf_error *err)
{
	return read_row(ctx, id, data, len, err);
}

static sheaf_status find_page(void *ctx, int segment, const void *term, size_t len, int64_t *page,
                              sheaf_error *err)
{
	sheaf_database *db = ctx;
	sqlite3_stmt   *stmt;
	int             row = 0;
	sheaf_status    status = statement_get(db, STMT_INDEX_LOOKUP, &stmt, err);

	*page = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int(stmt, 1, segment);
	sqlite3_bind_blob64(stmt, 2, len ? term : "", len, SQLITE_STATIC);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		*page = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	return status;
}

segment_source shadow_source(sheaf_database *db)
{
	return (segment_source){db, get_page, find_page};
}

sheaf_status shadow_delete_segment(sheaf_database *db, int segment, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_SEGMENT_PAGES_DELETE, &stmt, err);

	end_row(db);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, (int64_t)segment << SEGMENT_SHIFT);
	sqlite3_bind_int64(stmt, 2, (int64_t)(segment + 1) << SEGMENT_SHIFT);
	status = statement_run(db, stmt, err);
	if (status == SHEAF_OK)
		status = statement_get(db, STMT_SEGMENT_INDEX_DELETE, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int(stmt, 1, segment);
	return statement_run(db, stmt, err);
}

static sheaf_status clear_tables(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = statement_exec(db, STMT_SEGMENT_PAGES_CLEAR, err);

	return status == SHEAF_OK ? statement_exec(db, STMT_SEGMENT_INDEX_CLEAR, err) : status;
}

sheaf_status shadow_clear(sheaf_database *db, sheaf_error *err)
{
	const unsigned char *data;
	size_t               len;
	buf                  averages = BUF_INIT(0);
	sheaf_status         status = read_row(db, SEGMENT_ROW_AVERAGES, &data, &len, err);

	if (status == SHEAF_OK && len) {
		buf_append(&averages, (const char *)data, len);
		status = buf_status(&averages, err);
	}
	end_row(db);
	if (status == SHEAF_OK)
		status = clear_tables(db, err);
	if (status == SHEAF_OK && averages.len)
		status = write_row(db, SEGMENT_ROW_AVERAGES, averages.data, averages.len, err);
	buf_free(&averages);
	return status;
}

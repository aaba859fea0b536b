/* sql_rows.h: what a query of SQL finds, to be compared as a whole. */
#ifndef SQL_ROWS_H
#define SQL_ROWS_H

#include <sqlite3.h>

#include "buf.h"
#include "scratch_db.h"

static inline sqlite3_stmt *rows_begin(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return stmt;
}

static inline void rows_end(sqlite3_stmt *stmt, int rc)
{
	assert_int_equal(rc, SQLITE_DONE);
	sqlite3_finalize(stmt);
}

/* The number in the first column of the first row. */
static inline int64_t rows_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = rows_begin(db, sql);
	int64_t       n;

	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

/* A sum over all bytes of the first column, in the order of the rows. */
static inline uint64_t rows_sum(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = rows_begin(db, sql);
	uint64_t      sum = 0;
	int           rc;

	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		const unsigned char *data = sqlite3_column_blob(stmt, 0);

		for (int i = 0; i < sqlite3_column_bytes(stmt, 0); i++)
			sum = (sum ^ data[i]) * 0x100000001B3u;
	}
	rows_end(stmt, rc);
	return sum;
}

/* Two columns, a number and a text, as a line a row in place of what `out` has. */
static inline void rows_text(sqlite3 *db, const char *sql, buf *out)
{
	sqlite3_stmt *stmt = rows_begin(db, sql);
	int           rc;

	buf_clear(out);
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
		buf_printf(out, "%lld %s\n", (long long)sqlite3_column_int64(stmt, 0),
		           (const char *)sqlite3_column_text(stmt, 1));
	rows_end(stmt, rc);
}

#endif

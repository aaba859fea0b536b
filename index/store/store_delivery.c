/* What each digest has delivered, and what it is about to deliver. */
#include <limits.h>

#include "database_private.h"
#include "error.h"
#include "store.h"

/* The digest is parameter 1; `text`, where it is not NULL, parameter 2. */
static sheaf_status prepare(sheaf_database *db, statement_id id, const char *digest,
                            const char *text, sqlite3_stmt **stmt, sheaf_error *err)
{
	sheaf_status status = statement_get(db, id, stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(*stmt, 1, digest, -1, SQLITE_STATIC);
	if (text)
		sqlite3_bind_text(*stmt, 2, text, -1, SQLITE_STATIC);
	return SHEAF_OK;
}

/* Runs a statement that knows only the digest; inside a transaction. */
static sheaf_status run(sheaf_database *db, statement_id id, const char *digest, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = prepare(db, id, digest, NULL, &stmt, err);

	return status == SHEAF_OK ? statement_run(db, stmt, err) : status;
}

sheaf_status store_delivery_put(sheaf_database *db, const char *digest, const char *id, int version,
                                sheaf_time now, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_DELIVERY_PUT, digest, id, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_int(stmt, 3, version);
		sqlite3_bind_int64(stmt, 4, now);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

/* The number that the statement finds; *number is untouched where it finds none, or NULL. */
static sheaf_status find_number(sheaf_database *db, statement_id statement, const char *digest,
                                const char *id, int64_t *number, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, statement, digest, id, &stmt, err);
	if (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status == SHEAF_OK && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
			*number = sqlite3_column_int64(stmt, 0);
		statement_reset(stmt);
	}
	database_end_read(db);
	return status;
}

sheaf_status store_delivery_get(sheaf_database *db, const char *digest, const char *id,
                                int attempted, int *version, sheaf_error *err)
{
	int64_t      found = -1;
	sheaf_status status = find_number(db, STMT_DELIVERY_GET, digest, id, &found, err);

	/* An attempt is newer than what was delivered. */
	if (status == SHEAF_OK && attempted)
		status = find_number(db, STMT_ATTEMPT_PAPER_GET, digest, id, &found, err);
	/* The file may say anything. */
	if (found > INT_MAX)
		found = INT_MAX;
	*version = status == SHEAF_OK && found >= 0 ? (int)found : -1;
	return status;
}

sheaf_status store_delivery_each_settled(sheaf_database *db, const char *digest, store_docid_fn fn,
                                         void *ctx, sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int           row = 0;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_DELIVERY_SETTLED, digest, NULL, &stmt, err);
	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		if (fn(ctx, sqlite3_column_int64(stmt, 0)))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	statement_reset(stmt);
	database_end_read(db);
	return status;
}

sheaf_status store_delivery_last(sheaf_database *db, const char *digest, sheaf_time *last,
                                 sheaf_error *err)
{
	*last = SHEAF_TIME_NONE;
	return find_number(db, STMT_DELIVERY_LAST, digest, NULL, last, err);
}

static sheaf_status forget_attempt(sheaf_database *db, const char *digest, sheaf_error *err)
{
	sheaf_status status = run(db, STMT_ATTEMPT_PAPERS_DELETE, digest, err);

	return status == SHEAF_OK ? run(db, STMT_ATTEMPT_DELETE, digest, err) : status;
}

sheaf_status store_attempt_begin(sheaf_database *db, const char *digest, const char *receipt,
                                 sheaf_time now, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = forget_attempt(db, digest, err);
	if (status == SHEAF_OK)
		status = prepare(db, STMT_ATTEMPT_PUT, digest, receipt, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_int64(stmt, 3, now);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

sheaf_status store_attempt_put(sheaf_database *db, const char *digest, const char *id, int version,
                               sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own = 0;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_ATTEMPT_PAPER_PUT, digest, id, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_int(stmt, 3, version);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

sheaf_status store_attempt_get(sheaf_database *db, const char *digest, char **receipt,
                               sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0, failed = 0;
	sheaf_status  status = database_begin_read(db, err);

	*receipt = NULL;
	if (status != SHEAF_OK)
		return status;
	status = prepare(db, STMT_ATTEMPT_GET, digest, NULL, &stmt, err);
	if (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status == SHEAF_OK && row)
			*receipt = column_text(stmt, 0, &failed);
		statement_reset(stmt);
	}
	database_end_read(db);
	return failed ? sheaf_nomem(err) : status;
}

sheaf_status store_attempt_end(sheaf_database *db, const char *digest, int arrived,
                               sheaf_error *err)
{
	int          own = 0;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	if (arrived)
		status = run(db, STMT_ATTEMPT_DELIVER, digest, err);
	if (status == SHEAF_OK)
		status = forget_attempt(db, digest, err);
	return database_end_write(db, own, status, err);
}

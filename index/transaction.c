/* Snapshots and write transactions, and the caches that go with them. */
#include "database_private.h"
#include "error.h"
#include "ranking_write.h"
#include "store.h"
#include "store_batch.h"

static sheaf_status load_totals(sheaf_database *db, sheaf_error *err)
{
	database_totals t = {0, 0, 0};
	sheaf_status    status = meta_get_number(db, "revision", &t.revision, err);

	if (status == SHEAF_OK)
		status = meta_get_number(db, "documents", &t.documents, err);
	if (status == SHEAF_OK)
		status = meta_get_number(db, "length", &t.length, err);
	if (status != SHEAF_OK)
		return status;
	if (t.revision < 0 || t.revision > REVISION_MAX || t.documents < 0 ||
	    t.documents > t.revision || t.length < 0) {
		if (!db->for_reindex)
			return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
			                  "%s: impossible counts; run 'sheaf reindex'", db->path);
		t = (database_totals){0, 0, 0};
	}
	db->totals = t;
	return SHEAF_OK;
}

/*
 * Another process may have reindexed with another stemmer, or a reindex of our own was cancelled.
 */
static sheaf_status refresh_tokenizer(sheaf_database *db, sheaf_error *err)
{
	int64_t      fingerprint = -1;
	sheaf_status status;

	if (!db->stemmer)
		return SHEAF_OK;
	status = meta_get_number(db, "fingerprint", &fingerprint, err);
	if (status != SHEAF_OK || fingerprint == db->fingerprint)
		return status;
	return database_load_tokenizer(db, err);
}

static sheaf_status save_totals(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = meta_put_number(db, "revision", db->totals.revision, err);

	if (status == SHEAF_OK)
		status = meta_put_number(db, "documents", db->totals.documents, err);
	if (status == SHEAF_OK)
		status = meta_put_number(db, "length", db->totals.length, err);
	return status;
}

/* Drops what another process's commit made stale. A snapshot is open. */
static sheaf_status refresh(sheaf_database *db, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row;
	int64_t       version;
	sheaf_status  status = statement_get(db, STMT_DATA_VERSION, &stmt, err);

	if (status == SHEAF_OK)
		status = statement_step(db, stmt, &row, err);
	if (status != SHEAF_OK)
		return status;
	version = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	if (version == db->data_version)
		return SHEAF_OK;
	values_clear(&db->values);
	df_cache_clear(&db->frequencies);
	positions_clear(&db->positions);
	ranking_clear(&db->ranking);
	status = load_totals(db, err);
	if (status == SHEAF_OK)
		status = refresh_tokenizer(db, err);
	if (status == SHEAF_OK)
		db->data_version = version;
	return status;
}

/* More than one search and the showing of its results take. */
enum { SNAPSHOTS_MANY = 32 };

/* Pages are worth keeping for a reader that has come back often. */
static sheaf_status count_snapshot(sheaf_database *db, sheaf_error *err)
{
	if (db->mode != SHEAF_DB_READ_ONLY || db->snapshots == SNAPSHOTS_MANY)
		return SHEAF_OK;
	if (++db->snapshots < SNAPSHOTS_MANY)
		return SHEAF_OK;
	return statement_exec(db, STMT_LARGE_CACHE, err);
}

sheaf_status database_begin_read(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status;

	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	status = batch_settle(db, 0, err);
	if (status != SHEAF_OK)
		return status;
	if (db->in_transaction || db->read_depth) {
		db->read_depth++;
		return SHEAF_OK;
	}
	status = count_snapshot(db, err);
	if (status == SHEAF_OK)
		status = statement_exec(db, STMT_BEGIN_READ, err);
	if (status != SHEAF_OK)
		return status;
	db->read_depth = 1;
	status = refresh(db, err);
	if (status != SHEAF_OK)
		database_end_read(db);
	return status;
}

void database_end_read(sheaf_database *db)
{
	if (!db->read_depth || --db->read_depth || db->in_transaction)
		return;
	/* Lists borrow their pages from it; as long as it is open, so is the snapshot. */
	statement_reset(db->statements[STMT_RANKING_PAGE_GET]);
	if (statement_exec(db, STMT_COMMIT, NULL) != SHEAF_OK)
		statement_exec(db, STMT_ROLLBACK, NULL);
}

sheaf_status sheaf_database_begin_transaction(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status;

	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	if (db->mode == SHEAF_DB_READ_ONLY)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION, "%s: opened for reading only",
		                  db->path);
	if (db->in_transaction || db->read_depth)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: a transaction is open already", db->path);
	status = statement_exec(db, STMT_BEGIN_WRITE, err);
	if (status != SHEAF_OK)
		return status;
	status = refresh(db, err);
	if (status != SHEAF_OK) {
		statement_exec(db, STMT_ROLLBACK, NULL);
		return status;
	}
	db->in_transaction = 1;
	db->changed = 0;
	db->broken = 0;
	return SHEAF_OK;
}

sheaf_status sheaf_database_commit_transaction(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	if (!db->in_transaction)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION, "%s: no transaction is open",
		                  db->path);
	if (db->broken)
		status = sheaf_fail(
			err, SHEAF_ERROR_INVALID_OPERATION,
			"%s: a write of this transaction failed, so all of it is cancelled",
			db->path);
	if (status == SHEAF_OK) {
		status = batch_settle(db, 1, err);
		if (status != SHEAF_OK && !db->broken)
			return status;
	}
	if (status == SHEAF_OK && db->changed) {
		status = values_flush(db, err);
		if (status == SHEAF_OK)
			status = ranking_flush(db, err);
		if (status == SHEAF_OK)
			status = save_totals(db, err);
	}
	if (status == SHEAF_OK)
		status = statement_exec(db, STMT_COMMIT, err);
	if (status != SHEAF_OK) {
		sheaf_database_cancel_transaction(db);
		return status;
	}
	positions_clear(&db->positions);
	/* In a large load they would grow to those of all documents. */
	if (db->bulk)
		values_clear(&db->values);
	db->in_transaction = 0;
	db->changed = 0;
	return SHEAF_OK;
}

void sheaf_database_cancel_transaction(sheaf_database *db)
{
	if (!db || !db->in_transaction)
		return;
	if (!sqlite3_get_autocommit(db->sql))
		statement_exec(db, STMT_ROLLBACK, NULL);
	db->in_transaction = 0;
	db->changed = 0;
	db->batch = NULL;
	db->data_version = -1;
	db->any_removed = -1;
	values_clear(&db->values);
	df_cache_clear(&db->frequencies);
	positions_clear(&db->positions);
	ranking_clear(&db->ranking);
}

sheaf_status store_begin_read(sheaf_database *db, sheaf_error *err)
{
	return database_begin_read(db, err);
}

void store_end_read(sheaf_database *db)
{
	database_end_read(db);
}

int store_in_transaction(const sheaf_database *db)
{
	return db->in_transaction;
}

sheaf_revision store_next_revision(const sheaf_database *db)
{
	return db->totals.revision + 1;
}

sheaf_status database_begin_write(sheaf_database *db, int *own, sheaf_error *err)
{
	*own = 0;
	if (db && db->in_transaction)
		return batch_settle(db, 0, err);
	*own = 1;
	return sheaf_database_begin_transaction(db, err);
}

sheaf_status database_end_write(sheaf_database *db, int own, sheaf_status status, sheaf_error *err)
{
	if (!own)
		return status;
	if (status == SHEAF_OK)
		return sheaf_database_commit_transaction(db, err);
	sheaf_database_cancel_transaction(db);
	return status;
}

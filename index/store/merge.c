/* Keeping the index in shape: bulk loads, merges, and what is derived from the merged index. */
#include "adopt.h"
#include "database_private.h"
#include "ranking_write.h"
#include "spelling.h"
#include "store.h"

sheaf_status index_option(sheaf_database *db, const char *name, int64_t number, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_INDEX_OPTION, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, number);
	return statement_run(db, stmt, err);
}

/* FTS5 does what the merge here leaves to it. */
static sheaf_status merge_segments(sheaf_database *db, merge_ahead *ahead, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           done;
	sheaf_status  status = adopt_merge(db, ahead, &done, err);

	if (status != SHEAF_OK || done)
		return status;
	status = statement_get(db, STMT_INDEX_COMMAND, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, "optimize", -1, SQLITE_STATIC);
	return statement_run(db, stmt, err);
}

static sheaf_status merge_lists(sheaf_database *db, merge_ahead *ahead, sheaf_error *err)
{
	if (merge_ahead_has_lists(ahead))
		return ranking_write_merged(db, merge_ahead_lists, ahead, err);
	return ranking_merge_all(db, err);
}

/* `parallel` 1: nothing but this is in the transaction: another thread can merge what this writes. */
static sheaf_status merge_all(sheaf_database *db, int parallel, sheaf_error *err)
{
	int          broken = db->broken;
	merge_ahead *ahead = NULL;
	sheaf_status status = SHEAF_OK;

	db->broken = 1;
	if (parallel) {
		status = ranking_complete(db, err);
		if (status == SHEAF_OK)
			status = merge_ahead_new(db, &ahead, err);
	}
	if (status == SHEAF_OK)
		status = merge_segments(db, ahead, err);
	/* While the thread is at the lists. */
	if (status == SHEAF_OK)
		status = spelling_build(db, err);
	if (status == SHEAF_OK)
		status = merge_lists(db, ahead, err);
	merge_ahead_free(ahead);
	if (status == SHEAF_OK)
		db->broken = broken;
	return status;
}

sheaf_status index_merge(sheaf_database *db, sheaf_error *err)
{
	return merge_all(db, 0, err);
}

/*
 * A load that is small beside what was there is not worth a merge of all: a bounded one, as FTS5 does by
 * itself after single writes.
 */
static sheaf_status end_bulk(sheaf_database *db, int parallel, sheaf_error *err)
{
	enum { SHARE = 8, PAGES = 4096 };

	int64_t      written = db->totals.revision - db->bulk_from;
	sheaf_status status;

	if (written >= db->totals.documents / SHARE)
		return merge_all(db, parallel, err);
	status = index_option(db, "merge", PAGES, err);
	if (status == SHEAF_OK)
		status = ranking_settle(db, err);
	return status == SHEAF_OK ? spelling_settle(db, err) : status;
}

static sheaf_status set_bulk(sheaf_database *db, int bulk, int parallel, sheaf_error *err)
{
	int          own = 0;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	/*
	 * Merging while loading would write the same postings again and again; one merge at the end
	 * is enough.
	 */
	status = index_option(db, "automerge", bulk ? 0 : 4, err);
	if (status == SHEAF_OK && bulk)
		db->bulk_from = db->totals.revision;
	else if (status == SHEAF_OK)
		status = end_bulk(db, parallel && own, err);
	status = database_end_write(db, own, status, err);
	if (status == SHEAF_OK)
		db->bulk = bulk;
	return status;
}

/*
 * The transaction at the end of a load has nothing else in it: where the merge beside it fails over what it does not
 * understand, it is cancelled, and FTS5 gets its turn.
 */
sheaf_status store_set_bulk(sheaf_database *db, int bulk, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_status status;

	if (bulk == db->bulk)
		return SHEAF_OK;
	status = set_bulk(db, bulk, 1, &why);
	if (status == SHEAF_ERROR_DATABASE_CORRUPT && !db->in_transaction)
		return set_bulk(db, bulk, 0, err);
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

sheaf_status store_settle(sheaf_database *db, sheaf_error *err)
{
	int          own = 0;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = ranking_settle(db, err);
	if (status == SHEAF_OK)
		status = spelling_settle(db, err);
	return database_end_write(db, own, status, err);
}

/* Verifying. */
#include <string.h>

#include "alloc.h"
#include "analysis.h"
#include "database_private.h"
#include "error.h"
#include "facet_columns.h"
#include "ranking_write.h"
#include "row.h"
#include "spelling.h"
#include "store_batch.h"

/*
 * A page that could not be had, for want of memory or for a fault of the disk, is no damage of the
 * file, but is told among it; a page that the file does not have is told in other words.
 */
static int is_unread(const char *text)
{
	return strstr(text, "failed to get page") || strstr(text, "unable to get the page");
}

/* SQLite's own check of the file: pages, rows, the b-trees of tables and indexes. */
static sheaf_status check_file(sheaf_database *db, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_QUICK_CHECK, &stmt, err);

	if (status == SHEAF_OK)
		status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row) {
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		if (text && is_unread(text))
			status = sheaf_fail(err, SHEAF_ERROR_IO,
			                    "%s: could not be checked, a page was not read: %.200s",
			                    db->path, text);
		else if (!text || strcmp(text, "ok") != 0)
			status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT, "%s: %s", db->path,
			                    text ? text : "damaged");
	}
	statement_reset(stmt);
	return status;
}

static sheaf_status contradiction(sheaf_database *db, const char *what, int64_t one, int64_t two,
                                  sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: %s (%lld against %lld); run 'sheaf reindex'", db->path, what,
	                  (long long)one, (long long)two);
}

typedef struct counts {
	int64_t documents, length, slots;
} counts;

static int same_date(document_date a, document_date b)
{
	return a.time == b.time && a.month_only == b.month_only;
}

/* The terms and values that a document should have against those that it has. */
static sheaf_status check_document(sheaf_database *db, const sheaf_document *doc, analysis *x,
                                   counts *sum, sheaf_error *err)
{
	static const sheaf_field dates[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED};
	sheaf_revision           r = doc->revision;
	sheaf_docid              docid = 0;
	int64_t                  length;
	sheaf_status             status = analysis_run(&db->tokenizer.config, doc, x, err);

	if (status != SHEAF_OK)
		return status;
	if (r > db->totals.revision)
		return contradiction(db, "a document is newer than the database", r,
		                     db->totals.revision, err);
	length = values_get_length(db, r, &status, err);
	if (status == SHEAF_OK && length != x->length)
		return contradiction(db, "a document's length is wrong", length, x->length, err);
	for (size_t i = 0; status == SHEAF_OK && i < sizeof dates / sizeof *dates; i++) {
		document_date stored, right = document_get_date(doc, dates[i]);

		status = values_get_date(db, dates[i], r, &stored, err);
		if (status == SHEAF_OK && !same_date(stored, right))
			return contradiction(db, "a document's date is wrong", stored.time,
			                     right.time, err);
	}
	if (status == SHEAF_OK)
		status = value_ranges_docid(db, r, &docid, err);
	if (status == SHEAF_OK && docid && docid != doc->docid)
		return contradiction(db, "a document's id is noted wrong", docid, doc->docid, err);
	if (status == SHEAF_OK)
		status = facet_columns_check(db, doc, err);
	if (status == SHEAF_OK)
		status = slot_values_check(db, doc, err);
	sum->documents++;
	sum->length += length;
	sum->slots += (int64_t)doc->slot_count;
	return status;
}

static sheaf_status check_terms(sheaf_database *db, sheaf_revision revision, const analysis *x,
                                sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0, same = 1;
	sheaf_status  status = statement_get(db, STMT_TEXT_GET, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, revision);
	status = statement_step(db, stmt, &row, err);
	for (int i = 0; status == SHEAF_OK && row && same && i < COLUMN_COUNT; i++) {
		const void *text = sqlite3_column_text(stmt, i);

		same = text && (size_t)sqlite3_column_bytes(stmt, i) == x->text[i].len &&
		       memcmp(text, x->text[i].data, x->text[i].len) == 0;
	}
	statement_reset(stmt);
	if (status == SHEAF_OK && (!row || !same))
		return contradiction(db, "a document is indexed with other terms than it has",
		                     revision, revision, err);
	return status;
}

static sheaf_status check_documents(sheaf_database *db, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	analysis       *x = analysis_new();
	sqlite3_stmt   *stmt = NULL;
	counts          sum = {0, 0, 0};
	int64_t         slots = 0;
	int             row = 1;
	sheaf_status    status = x ? sheaf_document_new(&doc, err) : sheaf_nomem(err);

	if (status == SHEAF_OK)
		status = statement_get(db, STMT_DOCUMENT_EACH, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_int64(stmt, 1, INT64_MIN);
		sqlite3_bind_int64(stmt, 2, INT64_MAX);
	}
	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = row_read(stmt, doc, err);
		if (status == SHEAF_OK)
			status = check_document(db, doc, x, &sum, err);
		if (status == SHEAF_OK)
			status = check_terms(db, doc->revision, x, err);
	}
	statement_reset(stmt);
	sheaf_document_free(doc);
	analysis_free(x);
	if (status == SHEAF_OK && sum.documents != db->totals.documents)
		status = contradiction(db, "the number of documents is wrong", db->totals.documents,
		                       sum.documents, err);
	if (status == SHEAF_OK && sum.length != db->totals.length)
		status = contradiction(db, "the sum of lengths is wrong", db->totals.length,
		                       sum.length, err);
	if (status == SHEAF_OK)
		status = slot_values_count(db, &slots, err);
	if (status == SHEAF_OK && slots != sum.slots)
		status = contradiction(db, "the number of slot values is wrong", slots, sum.slots,
		                       err);
	return status;
}

/* No value block may know a revision that no document has, and no block's range of dates may leave out a document. */
static sheaf_status check_values(sheaf_database *db, sheaf_error *err)
{
	int64_t        live = 0;
	size_t         checked = SIZE_MAX;
	sheaf_status   status;
	sheaf_revision r = values_newest_alive(db, db->totals.revision, 0, &status, err);

	while (status == SHEAF_OK && r) {
		size_t block = (size_t)(r >> VALUE_BLOCK_SHIFT);

		live++;
		if (block != checked)
			status = value_ranges_check(db, block, err);
		checked = block;
		if (status == SHEAF_OK)
			r = values_newest_alive(db, r - 1, 0, &status, err);
	}
	if (status == SHEAF_OK && live != db->totals.documents)
		status = contradiction(db, "value blocks know other documents", live,
		                       db->totals.documents, err);
	return status;
}

sheaf_status sheaf_database_check(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	int          own = 0;

	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	/* FTS5 runs its check as a command, which is a write, although it writes nothing. */
	if (db->mode == SHEAF_DB_READ_ONLY)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: checking needs a handle that may write", db->path);
	status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	status = batch_settle(db, 1, err);
	/* What is known of whole blocks is put together where they are written. */
	if (status == SHEAF_OK && db->changed)
		status = values_flush(db, err);
	if (status == SHEAF_OK)
		status = check_file(db, err);
	if (status == SHEAF_OK)
		status = check_documents(db, err);
	if (status == SHEAF_OK)
		status = check_values(db, err);
	/*
	 * The form with a rank of 1 compares the index with the contents; the plain one does not.
	 */
	if (status == SHEAF_OK) {
		status = index_option(db, "integrity-check", 1, err);
		if (status == SHEAF_ERROR_DATABASE_CORRUPT)
			status = sheaf_fail(
				err, status,
				"%s: the index contradicts the documents; run 'sheaf reindex'",
				db->path);
	}
	if (status == SHEAF_OK)
		status = ranking_check(db, err);
	if (status == SHEAF_OK)
		status = spelling_check(db, err);
	return database_end_write(db, own, status, err);
}

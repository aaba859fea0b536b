/* Verifying, rebuilding and compacting. */
#include <string.h>

#include "alloc.h"
#include "analysis.h"
#include "database_private.h"
#include "error.h"
#include "facet_columns.h"
#include "ranklist.h"
#include "row.h"
#include "spelling.h"
#include "store.h"

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

		if (!text || strcmp(text, "ok") != 0)
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

/* No value block may know a revision that no document has. */
static sheaf_status check_values(sheaf_database *db, sheaf_error *err)
{
	int64_t        live = 0;
	sheaf_status   status;
	sheaf_revision r = values_newest_alive(db, db->totals.revision, 0, &status, err);

	for (; r; r = values_newest_alive(db, r - 1, 0, &status, err))
		live++;
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
		status = ranklist_check(db, err);
	if (status == SHEAF_OK)
		status = spelling_check(db, err);
	return database_end_write(db, own, status, err);
}

/* Analyses one document anew and writes its terms, values and postings. */
static sheaf_status reindex_one(sheaf_database *db, const sheaf_document *doc, analysis *x,
                                sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = analysis_run(&db->tokenizer.config, doc, x, err);

	if (status == SHEAF_OK)
		status = statement_get(db, STMT_DOCUMENT_SET_TERMS, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, doc->docid);
	sqlite3_bind_text(stmt, 2, x->text[COLUMN_TERMS].data + 1,
	                  (int)x->text[COLUMN_TERMS].len - 1, SQLITE_STATIC);
	status = statement_run(db, stmt, err);
	if (status == SHEAF_OK)
		status = index_insert(db, doc->revision, x, err);
	if (status == SHEAF_OK)
		status = values_put(db, doc->revision, x->length, doc, err);
	if (status != SHEAF_OK)
		return status;
	db->totals.documents++;
	db->totals.length += x->length;
	if (doc->revision > db->totals.revision)
		db->totals.revision = doc->revision;
	return SHEAF_OK;
}

/* Walks by docid, so that rows may be written on the way. */
static sheaf_status reindex_all(sheaf_database *db, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	analysis       *x = analysis_new();
	sheaf_docid     docid = 0;
	sheaf_status    status = x ? sheaf_document_new(&doc, err) : sheaf_nomem(err);

	while (status == SHEAF_OK) {
		sqlite3_stmt *stmt;
		int           row = 0;

		status = statement_get(db, STMT_DOCUMENT_NEXT, &stmt, err);
		if (status != SHEAF_OK)
			break;
		sqlite3_bind_int64(stmt, 1, docid);
		status = statement_step(db, stmt, &row, err);
		if (status == SHEAF_OK && row)
			status = row_read(stmt, doc, err);
		statement_reset(stmt);
		if (status != SHEAF_OK || !row)
			break;
		docid = doc->docid;
		status = reindex_one(db, doc, x, err);
	}
	sheaf_document_free(doc);
	analysis_free(x);
	return status;
}

/* The index table itself may be damaged: it is dropped and made again. */
static sheaf_status recreate_index(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = statement_exec(db, STMT_INDEX_DROP, err);

	if (status == SHEAF_OK)
		status = statement_exec(db, STMT_INDEX_CREATE, err);
	if (status == SHEAF_OK)
		status = index_option(db, "hashsize", INDEX_HASH_BYTES, err);
	if (status == SHEAF_OK)
		status = index_option(db, "automerge", 0, err);
	return status;
}

static sheaf_status reindex(sheaf_database *db, const sheaf_database_options *options,
                            sheaf_error *err)
{
	sheaf_stem_strategy strategy = db->tokenizer.config.strategy;
	buf                 language = BUF_INIT(256);
	sheaf_status        status = SHEAF_OK;

	if (options && options->stem_strategy != SHEAF_STEM_KEEP)
		strategy = options->stem_strategy;
	if (options && options->custom_stem)
		db->custom_stem = options->custom_stem;
	buf_puts(&language, database_stemmer_option(options, db->stemmer));
	status = buf_status(&language, err);
	if (status == SHEAF_OK)
		status = database_set_tokenizer(db, language.data, strategy, err);
	buf_free(&language);
	if (status == SHEAF_OK)
		status = recreate_index(db, err);
	if (status == SHEAF_OK)
		status = values_delete_all(db, err);
	if (status != SHEAF_OK)
		return status;
	df_cache_clear(&db->frequencies);
	db->totals.documents = db->totals.length = 0;
	if (db->totals.revision < 0)
		db->totals.revision = 0;
	db->changed = 1;
	status = reindex_all(db, err);
	if (status == SHEAF_OK)
		status = index_merge(db, err);
	return status == SHEAF_OK ? index_option(db, "automerge", 4, err) : status;
}

sheaf_status sheaf_database_reindex(sheaf_database *db, const sheaf_database_options *options,
                                    sheaf_error *err)
{
	const sheaf_stem *custom = db ? db->custom_stem : NULL;
	int               own, broken;
	sheaf_status      status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	broken = db->broken;
	db->broken = 1;
	status = reindex(db, options, err);
	if (status == SHEAF_OK)
		db->broken = broken;
	else
		db->custom_stem = custom;
	return database_end_write(db, own, status, err);
}

/* VACUUM makes a whole copy on the way, which belongs on disk. */
static sheaf_status vacuum(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = statement_exec(db, STMT_TEMPORARY_FILES, err), back;

	if (status != SHEAF_OK)
		return status;
	status = statement_exec(db, STMT_VACUUM, err);
	back = statement_exec(db, STMT_TEMPORARY_MEMORY, status == SHEAF_OK ? err : NULL);
	return status == SHEAF_OK ? back : status;
}

sheaf_status sheaf_database_compact(sheaf_database *db, sheaf_error *err)
{
	int          own;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status == SHEAF_OK)
		status = database_end_write(db, own, index_merge(db, err), err);
	return status == SHEAF_OK && own ? vacuum(db, err) : status;
}

/* Writing documents. */
#include "store.h"

#include <string.h>

#include "analysis.h"
#include "arxiv_id.h"
#include "database_private.h"
#include "error.h"
#include "group.h"
#include "ranking_write.h"
#include "removed.h"
#include "row.h"
#include "sql_error.h"
#include "store_batch.h"
#include "store_read.h"

static sheaf_status write_row(sheaf_database *db, const sheaf_document *doc, sheaf_docid docid,
                              sheaf_revision revision, const analysis *x, sheaf_error *err)
{
	row_buffers   b = {0};
	sqlite3_stmt *stmt;
	sheaf_status status = statement_get(db, docid ? STMT_DOCUMENT_UPDATE : STMT_DOCUMENT_INSERT,
	                                    &stmt, err);

	if (status == SHEAF_OK)
		status = row_bind(stmt, doc, revision, x, &b, err);
	if (status == SHEAF_OK) {
		if (docid)
			sqlite3_bind_int64(stmt, 1, docid);
		status = statement_run(db, stmt, err);
	}
	row_buffers_free(&b);
	return status;
}

sheaf_status index_insert(sheaf_database *db, sheaf_revision revision, const analysis *x,
                          sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_INDEX_INSERT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, revision);
	for (int i = 0; i < COLUMN_COUNT; i++)
		sqlite3_bind_text(stmt, i + 2, x->text[i].data, (int)x->text[i].len, SQLITE_STATIC);
	db->tokenizer.replay = x;
	db->tokenizer.replay_column = 0;
	status = statement_run(db, stmt, err);
	db->tokenizer.replay = NULL;
	sqlite3_clear_bindings(stmt);
	return status;
}

/* Gives FTS5 the columns at the row of `text`: the very text that was indexed. */
static sheaf_status bind_columns(sheaf_database *db, sqlite3_stmt *stmt, sqlite3_stmt *text,
                                 sheaf_error *err)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		int rc = sqlite3_bind_value(stmt, i + 2, sqlite3_column_value(text, i));

		if (rc != SQLITE_OK)
			return sql_fail(db->sql, rc, err);
	}
	return SHEAF_OK;
}

/* `x` has the tokens that FTS5 will ask for. */
static sheaf_status delete_postings(sheaf_database *db, sheaf_revision revision, const analysis *x,
                                    sheaf_error *err)
{
	sqlite3_stmt *text, *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_TEXT_GET, &text, err);

	if (status == SHEAF_OK)
		status = statement_get(db, STMT_INDEX_DELETE, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(text, 1, revision);
	status = statement_step(db, text, &row, err);
	if (status == SHEAF_OK && row) {
		sqlite3_bind_int64(stmt, 1, revision);
		status = bind_columns(db, stmt, text, err);
		db->tokenizer.replay = x;
		db->tokenizer.replay_column = 0;
		if (status == SHEAF_OK)
			status = statement_run(db, stmt, err);
		db->tokenizer.replay = NULL;
		sqlite3_clear_bindings(stmt);
	}
	statement_reset(text);
	return status;
}

/* Analyses into a scratch of the handle, which is made where there is none. */
static sheaf_status analyse_into(sheaf_database *db, const sheaf_document *doc, analysis **x,
                                 sheaf_error *err)
{
	if (!*x)
		*x = analysis_new();
	if (!*x)
		return sheaf_nomem(err);
	return analysis_run(&db->tokenizer.config, doc, *x, err);
}

static sheaf_status delete_indexed(sheaf_database *db, const sheaf_document *stored,
                                   sheaf_error *err)
{
	sheaf_status status = analyse_into(db, stored, &db->stored_analysis, err);

	if (status == SHEAF_OK)
		status = ranking_forget(db, stored->revision, db->stored_analysis, err);
	if (status == SHEAF_OK)
		status = delete_postings(db, stored->revision, db->stored_analysis, err);
	return status;
}

/* Takes a stored document out of the index, or out of the batch that is on its way there. */
static sheaf_status unindex(sheaf_database *db, const sheaf_document *stored, sheaf_error *err)
{
	sheaf_revision revision = stored->revision;
	int64_t        length = 0;
	sheaf_status   status = SHEAF_OK;

	if (!batch_forget(db->batch, revision))
		status = delete_indexed(db, stored, err);
	if (status == SHEAF_OK)
		length = values_get_length(db, revision, &status, err);
	if (status == SHEAF_OK)
		status = slot_values_remove(db, revision, stored, err);
	if (status != SHEAF_OK)
		return status;
	db->totals.documents--;
	db->totals.length -= length > 0 ? length : 0;
	return values_remove(db, revision, err);
}

static sheaf_status drop_placements(sheaf_database *db, sheaf_docid docid, statement_id id,
                                    sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, id, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, docid);
	return statement_run(db, stmt, err);
}

/* Loads the stored copy of a document into the handle's scratch. */
static sheaf_status load_stored(sheaf_database *db, sheaf_docid docid, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           found = 0;
	sheaf_status  status = SHEAF_OK;

	if (!db->stored)
		status = sheaf_document_new(&db->stored, err);
	if (status == SHEAF_OK)
		status = statement_get(db, STMT_DOCUMENT_GET, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, docid);
	return store_load(db, stmt, db->stored, &found, err);
}

/* Writes what is no part of the paper: that takes no revision. */
static sheaf_status put_aside(sheaf_database *db, sheaf_document *doc, sheaf_error *err)
{
	row_buffers   b = {0};
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_DOCUMENT_SET_ASIDE, &stmt, err);

	doc->docid = db->stored->docid;
	if (status == SHEAF_OK)
		status = row_bind_aside(stmt, doc, &b, err);
	if (status == SHEAF_OK)
		status = statement_run(db, stmt, err);
	row_buffers_free(&b);
	return status == SHEAF_OK ? values_put_announced(db, db->stored->revision, doc, err)
	                          : status;
}

/* Completes `doc` from the stored copy; *change UNCHANGED where it brings nothing new. */
static sheaf_status merge_stored(sheaf_database *db, sheaf_document *doc, sheaf_docid docid,
                                 sheaf_change *change, sheaf_error *err)
{
	document_merge_result result = MERGE_NOTHING;
	sheaf_status          status = load_stored(db, docid, err);

	if (status == SHEAF_OK)
		status = document_merge(doc, db->stored, &result, err);
	if (status == SHEAF_OK && result == MERGE_ASIDE)
		status = put_aside(db, doc, err);
	*change = result == MERGE_CHANGE ? SHEAF_UPDATED : SHEAF_UNCHANGED;
	return status;
}

/* The analysis still holds where merging left the indexed text as it was. */
static int same_text(const analysis *x, const sheaf_document *doc)
{
	static const struct {
		int         column;
		sheaf_field field;
	} columns[] = {
		{COLUMN_TITLE, SHEAF_FIELD_TITLE},
		{COLUMN_ABSTRACT, SHEAF_FIELD_ABSTRACT},
		{COLUMN_COMMENTS, SHEAF_FIELD_COMMENTS},
		{COLUMN_JOURNAL_REF, SHEAF_FIELD_JOURNAL_REF},
		{COLUMN_REPORT_NO, SHEAF_FIELD_REPORT_NO},
	};
	buf text = BUF_INIT(0);
	int same = 1;

	for (size_t i = 0; same && i < sizeof columns / sizeof *columns; i++) {
		const buf *b = &x->text[columns[i].column];

		same = b->len == doc->text_len[columns[i].field] + 1 &&
		       (b->len == 1 ||
		        memcmp(b->data + 1, doc->text[columns[i].field], b->len - 1) == 0);
	}
	if (same) {
		document_pack_author_names(doc, &text);
		same = text.len + 1 == x->text[COLUMN_AUTHORS].len &&
		       memcmp(buf_str(&text), x->text[COLUMN_AUTHORS].data + 1, text.len) == 0;
	}
	if (same) {
		buf_clear(&text);
		document_boolean_terms(doc, &text);
		same = text.len + 1 == x->text[COLUMN_TERMS].len &&
		       memcmp(buf_str(&text), x->text[COLUMN_TERMS].data + 1, text.len) == 0;
	}
	buf_free(&text);
	return same;
}

/* A paper that is not there: *change KEPT_OUT where it was removed. */
static sheaf_status admit(sheaf_database *db, sheaf_document *doc, sheaf_change *change,
                          sheaf_error *err)
{
	int          out = 0;
	sheaf_status status = removed_admit(db, doc, &out, err);

	if (out)
		*change = SHEAF_KEPT_OUT;
	else
		document_settle(doc);
	return status;
}

/* A document on its way to a row and postings. */
typedef struct writing {
	sheaf_document *doc;
	const analysis *x;     /* of `doc`; NULL: to be made */
	const analysis *texts; /* the columns as they were analysed; NULL: `x` has them */
	store_batch    *batch; /* takes the postings; NULL: FTS5 does */
	analysis *
		fresh; /* of a late document of the batch: to be made here, after merging; or NULL */
	uint32_t     number; /* in the batch */
	int          later;  /* the outcome: 1, it has to wait */
	sheaf_docid  docid;
	sheaf_change change;
} writing;

/* The terms of the document as it is after merging. */
static sheaf_status find_terms(sheaf_database *db, writing *w, sheaf_error *err)
{
	int          same = w->x && (!w->docid || same_text(w->texts ? w->texts : w->x, w->doc));
	sheaf_status status;

	if (w->fresh) {
		w->x = w->fresh;
		w->number = (uint32_t)inverter_documents(w->batch->inverter);
		status = analysis_invert(&db->tokenizer.config, w->doc, w->fresh,
		                         w->batch->inverter, err);
		return status == SHEAF_OK ? batch_describe(w->batch, w->fresh, err) : status;
	}
	if (w->batch && !same) {
		w->later = 1;
		return batch_wait(w->batch, w->docid, err);
	}
	if (same && (w->batch || w->x->recorded))
		return SHEAF_OK;
	status = analyse_into(db, w->doc, &db->analysis, err);
	w->x = db->analysis;
	return status;
}

static sheaf_status write_postings(sheaf_database *db, const writing *w, sheaf_revision revision,
                                   sheaf_error *err)
{
	if (w->batch)
		return batch_note(w->batch, w->number, revision, err);
	return index_insert(db, revision, w->x, err);
}

/* The stored copy goes, where there is one, and the document comes, under the next revision. */
static sheaf_status exchange(sheaf_database *db, writing *w, sheaf_error *err)
{
	sheaf_revision revision = db->totals.revision + 1;
	sheaf_status   status = SHEAF_OK;

	if (w->docid)
		status = unindex(db, db->stored, err);
	if (status == SHEAF_OK && w->docid)
		status = drop_placements(db, w->docid, STMT_PLACEMENT_DELETE_DOCUMENT, err);
	if (status == SHEAF_OK)
		status = write_row(db, w->doc, w->docid, revision, w->x, err);
	if (status == SHEAF_OK && !w->docid)
		w->docid = sqlite3_last_insert_rowid(db->sql);
	if (status == SHEAF_OK)
		status = write_postings(db, w, revision, err);
	if (status == SHEAF_OK)
		status = values_put(db, revision, w->x->length, w->doc, err);
	if (status == SHEAF_OK)
		status = value_ranges_put_docid(db, revision, w->docid, err);
	if (status != SHEAF_OK)
		return status;
	db->totals.revision = revision;
	db->totals.documents++;
	db->totals.length += w->x->length;
	db->changed = 1;
	w->doc->docid = w->docid;
	w->doc->revision = revision;
	return SHEAF_OK;
}

/* What is in a batch was analysed without keeping the texts. */
static sheaf_status keep_texts(sheaf_database *db, writing *w, sheaf_error *err)
{
	if (!w->batch || !w->x)
		return SHEAF_OK;
	if (!db->analysis)
		db->analysis = analysis_new();
	if (!db->analysis)
		return sheaf_nomem(err);
	w->texts = db->analysis;
	return analysis_columns(w->doc, db->analysis, err);
}

static int is_to_be_written(const writing *w)
{
	return w->change == SHEAF_ADDED || w->change == SHEAF_UPDATED;
}

static sheaf_status replace(sheaf_database *db, writing *w, sheaf_error *err)
{
	int          broken = db->broken;
	sheaf_status status = store_find_docid(db, w->doc->text[SHEAF_FIELD_ID], &w->docid, err);

	w->change = SHEAF_ADDED;
	if (status == SHEAF_OK && w->docid) {
		w->later = w->batch && !w->fresh && batch_waits(w->batch, w->docid);
		if (!w->later)
			status = keep_texts(db, w, err);
		if (status == SHEAF_OK && !w->later)
			status = merge_stored(db, w->doc, w->docid, &w->change, err);
	}
	if (status == SHEAF_OK && !w->docid)
		status = admit(db, w->doc, &w->change, err);
	if (status == SHEAF_OK && !w->later && is_to_be_written(w))
		status = find_terms(db, w, err);
	if (status != SHEAF_OK || w->later || !is_to_be_written(w))
		return status;
	db->broken = 1;
	status = exchange(db, w, err);
	if (status == SHEAF_OK)
		db->broken = broken;
	return status;
}

static sheaf_status has_identifier(const sheaf_document *doc, sheaf_error *err)
{
	if (doc->text[SHEAF_FIELD_ID])
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "the document has no identifier");
}

sheaf_status store_replace(sheaf_database *db, sheaf_document *doc, const analysis *x,
                           sheaf_docid *docid, sheaf_change *change, sheaf_error *err)
{
	writing      w = {.doc = doc, .x = x};
	int          own = 0;
	sheaf_status status = has_identifier(doc, err);

	if (docid)
		*docid = 0;
	if (change)
		*change = SHEAF_UNCHANGED;
	if (status == SHEAF_OK)
		status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	status = database_end_write(db, own, replace(db, &w, err), err);
	if (status != SHEAF_OK)
		return status;
	if (docid)
		*docid = w.docid;
	if (change)
		*change = w.change;
	return SHEAF_OK;
}

static sheaf_status put_in_batch(sheaf_database *db, writing *w, sheaf_error *err)
{
	sheaf_status status = has_identifier(w->doc, err);

	if (status == SHEAF_OK)
		status = batch_open(db, w->batch, err);
	return status == SHEAF_OK ? replace(db, w, err) : status;
}

sheaf_status store_batch_put(sheaf_database *db, store_batch *b, uint32_t number,
                             sheaf_document *doc, const analysis *x, sheaf_change *change,
                             int *later, sheaf_error *err)
{
	writing      w = {.doc = doc, .x = x, .batch = b, .number = number};
	sheaf_status status = put_in_batch(db, &w, err);

	*change = status == SHEAF_OK ? w.change : SHEAF_UNCHANGED;
	*later = status == SHEAF_OK && w.later;
	return status;
}

sheaf_status store_batch_put_late(sheaf_database *db, store_batch *b, sheaf_document *doc,
                                  analysis *x, sheaf_change *change, sheaf_error *err)
{
	writing      w = {.doc = doc, .batch = b, .fresh = x};
	sheaf_status status = put_in_batch(db, &w, err);

	*change = status == SHEAF_OK ? w.change : SHEAF_UNCHANGED;
	return status;
}

sheaf_status sheaf_database_replace_document(sheaf_database *db, const sheaf_document *doc,
                                             sheaf_docid *docid, sheaf_change *change,
                                             sheaf_error *err)
{
	sheaf_document *copy = NULL;
	sheaf_status    status;
	int             force;

	if (!db || !doc)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no document");
	force = db->force;
	status = sheaf_document_new(&copy, err);
	if (status == SHEAF_OK)
		status = document_copy(copy, doc, err);
	if (status == SHEAF_OK) {
		copy->source = DOCUMENT_SOURCE_NONE;
		copy->merged = 0;
		store_set_force(db, 1);
		status = store_replace(db, copy, NULL, docid, change, err);
		store_set_force(db, force);
	}
	if (status == SHEAF_OK && docid)
		*docid = group_docid(db, 0, *docid);
	sheaf_document_free(copy);
	return status;
}

static sheaf_status delete_docid(sheaf_database *db, sheaf_docid docid, sheaf_error *err)
{
	int          broken = db->broken;
	sheaf_status status = load_stored(db, docid, err);

	db->broken |= status == SHEAF_OK;
	if (status == SHEAF_OK)
		status = unindex(db, db->stored, err);
	if (status == SHEAF_OK)
		status = drop_placements(db, docid, STMT_PLACEMENT_DELETE_DOCUMENT, err);
	if (status == SHEAF_OK)
		status = drop_placements(db, docid, STMT_DOCUMENT_DELETE, err);
	if (status == SHEAF_OK) {
		/* The removal is a change, too: who follows revisions sees that one is gone. */
		db->totals.revision++;
		db->changed = 1;
		db->broken = broken;
	}
	return status;
}

sheaf_status sheaf_database_delete_document(sheaf_database *db, const char *text, sheaf_error *err)
{
	arxiv_id     id;
	sheaf_docid  docid = 0;
	int          own = 0;
	sheaf_status status = store_parse_id(text, &id, err);

	if (status == SHEAF_OK)
		status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	status = store_find_docid(db, id.id, &docid, err);
	if (status == SHEAF_OK && docid)
		status = delete_docid(db, docid, err);
	status = database_end_write(db, own, status, err);
	if (status == SHEAF_OK && !docid)
		status = sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "%s: no such paper in %s",
		                    id.id, db->path);
	return status;
}

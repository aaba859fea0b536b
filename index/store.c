/* Writing documents. */
#include "store.h"

#include <string.h>

#include "analysis.h"
#include "arxiv_id.h"
#include "database_private.h"
#include "error.h"
#include "match_group.h"
#include "row.h"
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

/* Takes a stored document out of the index. FTS5 needs the very text that was indexed. */
static sheaf_status unindex(sheaf_database *db, const sheaf_document *stored, sheaf_error *err)
{
	sheaf_revision revision = stored->revision;
	sqlite3_stmt  *text, *stmt;
	int            row = 0;
	int64_t        length;
	sheaf_status   status = statement_get(db, STMT_TEXT_GET, &text, err);

	if (status == SHEAF_OK)
		status = statement_get(db, STMT_INDEX_DELETE, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(text, 1, revision);
	status = statement_step(db, text, &row, err);
	if (status == SHEAF_OK && row) {
		sqlite3_bind_int64(stmt, 1, revision);
		for (int i = 0; i < COLUMN_COUNT; i++)
			sqlite3_bind_value(stmt, i + 2, sqlite3_column_value(text, i));
		status = statement_run(db, stmt, err);
		sqlite3_clear_bindings(stmt);
	}
	statement_reset(text);
	if (status != SHEAF_OK)
		return status;
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

/* Completes `doc` from the stored copy; *change UNCHANGED where it brings nothing new. */
static sheaf_status merge_stored(sheaf_database *db, sheaf_document *doc, sheaf_docid docid,
                                 sheaf_change *change, sheaf_error *err)
{
	int          changed;
	sheaf_status status = load_stored(db, docid, err);

	if (status != SHEAF_OK)
		return status;
	changed = document_merge(doc, db->stored, err, &status);
	*change = changed ? SHEAF_UPDATED : SHEAF_UNCHANGED;
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

static sheaf_status analyse_here(sheaf_database *db, const sheaf_document *doc, const analysis **x,
                                 sheaf_error *err)
{
	if (!db->analysis)
		db->analysis = analysis_new();
	if (!db->analysis)
		return sheaf_nomem(err);
	*x = db->analysis;
	return analysis_run(&db->tokenizer.config, doc, db->analysis, err);
}

static sheaf_status replace(sheaf_database *db, sheaf_document *doc, const analysis *x,
                            sheaf_docid *docid, sheaf_change *change, sheaf_error *err)
{
	sheaf_revision revision;
	int            broken = db->broken;
	sheaf_status   status = store_find_docid(db, doc->text[SHEAF_FIELD_ID], docid, err);

	*change = SHEAF_ADDED;
	if (status == SHEAF_OK && *docid)
		status = merge_stored(db, doc, *docid, change, err);
	if (status != SHEAF_OK || *change == SHEAF_UNCHANGED)
		return status;
	if (!x || (*docid && !same_text(x, doc)))
		status = analyse_here(db, doc, &x, err);
	if (status != SHEAF_OK)
		return status;
	db->broken = 1;
	if (*docid)
		status = unindex(db, db->stored, err);
	if (status == SHEAF_OK && *docid)
		status = drop_placements(db, *docid, STMT_PLACEMENT_DELETE_DOCUMENT, err);
	if (status != SHEAF_OK)
		return status;
	revision = db->totals.revision + 1;
	status = write_row(db, doc, *docid, revision, x, err);
	if (status == SHEAF_OK && !*docid)
		*docid = sqlite3_last_insert_rowid(db->sql);
	if (status == SHEAF_OK)
		status = index_insert(db, revision, x, err);
	if (status == SHEAF_OK)
		status = values_put(db, revision, x->length, doc, err);
	if (status != SHEAF_OK)
		return status;
	db->totals.revision = revision;
	db->totals.documents++;
	db->totals.length += x->length;
	db->changed = 1;
	db->broken = broken;
	doc->docid = *docid;
	doc->revision = revision;
	return SHEAF_OK;
}

sheaf_status store_replace(sheaf_database *db, sheaf_document *doc, const analysis *x,
                           sheaf_docid *docid, sheaf_change *change, sheaf_error *err)
{
	sheaf_docid  found = 0;
	sheaf_change done = SHEAF_UNCHANGED;
	int          own = 0;
	sheaf_status status;

	if (docid)
		*docid = 0;
	if (change)
		*change = SHEAF_UNCHANGED;
	if (!doc->text[SHEAF_FIELD_ID])
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the document has no identifier");
	status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	status = database_end_write(db, own, replace(db, doc, x, &found, &done, err), err);
	if (status != SHEAF_OK)
		return status;
	if (docid)
		*docid = found;
	if (change)
		*change = done;
	return SHEAF_OK;
}

sheaf_status sheaf_database_replace_document(sheaf_database *db, const sheaf_document *doc,
                                             sheaf_docid *docid, sheaf_change *change,
                                             sheaf_error *err)
{
	sheaf_document *copy = NULL;
	sheaf_status    status;

	if (!db || !doc)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no document");
	status = sheaf_document_new(&copy, err);
	if (status == SHEAF_OK)
		status = document_copy(copy, doc, err);
	if (status == SHEAF_OK)
		status = store_replace(db, copy, NULL, docid, change, err);
	if (status == SHEAF_OK && docid)
		*docid = match_group_docid(db, 0, *docid);
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
		status = drop_placements(db, docid, STMT_DELIVERY_DELETE_DOCUMENT, err);
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

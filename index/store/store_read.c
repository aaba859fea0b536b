/* Finding and reading documents. */
#include "store_read.h"

#include <string.h>

#include "database_private.h"
#include "error.h"
#include "group.h"
#include "row.h"
#include "store.h"

sheaf_status store_load(sheaf_database *db, sqlite3_stmt *stmt, sheaf_document *doc, int *found,
                        sheaf_error *err)
{
	sheaf_status status = statement_step(db, stmt, found, err);

	if (status == SHEAF_OK && *found)
		status = row_read(stmt, doc, err);
	statement_reset(stmt);
	return status;
}

sheaf_status store_find_docid(sheaf_database *db, const char *id, sheaf_docid *docid,
                              sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_DOCUMENT_FIND, &stmt, err);

	*docid = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, id, -1, SQLITE_STATIC);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		*docid = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	return status;
}

sheaf_status store_parse_id(const char *text, arxiv_id *id, sheaf_error *err)
{
	if (!text || !arxiv_id_parse(text, strlen(text), id))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "'%.64s' is no arXiv identifier", text ? text : "");
	return SHEAF_OK;
}

sheaf_status sheaf_database_find_document(sheaf_database *db, const char *text, sheaf_docid *docid,
                                          sheaf_error *err)
{
	arxiv_id     id;
	sheaf_status status = store_parse_id(text, &id, err);

	*docid = 0;
	if (status == SHEAF_OK)
		status = group_begin_read(db, err);
	if (status != SHEAF_OK)
		return status;
	for (size_t i = 0; status == SHEAF_OK && !*docid && i < group_count(db); i++) {
		sheaf_docid own;

		status = store_find_docid(group_member(db, i), id.id, &own, err);
		if (status == SHEAF_OK && own)
			*docid = group_docid(db, i, own);
	}
	group_end_read(db);
	if (status == SHEAF_OK && !*docid)
		status = sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "%s: no such paper in %s",
		                    id.id, db->path);
	return status;
}

static sheaf_status get(sheaf_database *db, statement_id id, int64_t key, sheaf_document **out,
                        sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sqlite3_stmt   *stmt;
	int             found = 0;
	sheaf_status    status = database_begin_read(db, err);

	*out = NULL;
	if (status != SHEAF_OK)
		return status;
	status = sheaf_document_new(&doc, err);
	if (status == SHEAF_OK)
		status = statement_get(db, id, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_int64(stmt, 1, key);
		status = store_load(db, stmt, doc, &found, err);
	}
	database_end_read(db);
	if (status == SHEAF_OK && !found)
		status = sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "%s: no document %lld",
		                    db->path, (long long)key);
	if (status != SHEAF_OK) {
		sheaf_document_free(doc);
		return status;
	}
	*out = doc;
	return SHEAF_OK;
}

sheaf_status sheaf_database_get_document(sheaf_database *db, sheaf_docid docid,
                                         sheaf_document **doc, sheaf_error *err)
{
	sheaf_docid     own;
	sheaf_database *member = group_own_docid(db, docid, &own);
	sheaf_status    status = get(member, STMT_DOCUMENT_GET, own, doc, err);

	if (status == SHEAF_OK)
		(*doc)->docid = docid;
	return status;
}

sheaf_status sheaf_database_each_document(sheaf_database *db, sheaf_revision since,
                                          sheaf_document_fn fn, void *ctx, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sqlite3_stmt   *stmt = NULL;
	int             row = 0;
	sheaf_status    status;

	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	if (db->statements[STMT_DOCUMENT_EACH] &&
	    sqlite3_stmt_busy(db->statements[STMT_DOCUMENT_EACH]))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: a walk is under way on this handle", db->path);
	status = database_begin_read(db, err);
	if (status != SHEAF_OK)
		return status;
	status = sheaf_document_new(&doc, err);
	if (status == SHEAF_OK)
		status = statement_get(db, STMT_DOCUMENT_EACH, &stmt, err);
	/* What the caller changes on the way becomes newer, and is not met again. */
	if (status == SHEAF_OK) {
		sqlite3_bind_int64(stmt, 1, since);
		sqlite3_bind_int64(stmt, 2, db->totals.revision);
	}
	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = row_read(stmt, doc, err);
		doc->docid = group_docid(db, 0, doc->docid);
		if (status == SHEAF_OK && fn(ctx, doc))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	statement_reset(stmt);
	sheaf_document_free(doc);
	database_end_read(db);
	return status;
}

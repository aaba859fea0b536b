/* Counts and lengths: of documents, of databases, of terms in all documents. */
#include "database_private.h"
#include "error.h"
#include "group.h"

/* One number that a statement gives; *found 0 where it gives no row. */
static sheaf_status read_number(sheaf_database *db, statement_id id, int64_t key, int64_t *number,
                                int *found, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, id, &stmt, err);

	*found = 0;
	if (status != SHEAF_OK)
		return status;
	if (sqlite3_bind_parameter_count(stmt))
		sqlite3_bind_int64(stmt, 1, key);
	status = statement_step(db, stmt, found, err);
	if (status == SHEAF_OK && *found)
		*number = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	return status;
}

/*
 * Docids of several databases are interleaved, so the largest is not that of the largest database.
 */
sheaf_status sheaf_database_get_lastdocid(sheaf_database *db, sheaf_docid *docid, sheaf_error *err)
{
	size_t       count;
	sheaf_status status;

	*docid = 0;
	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	status = group_begin_read(db, err);
	if (status != SHEAF_OK)
		return status;
	count = group_count(db);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		int64_t last = 0;
		int     found;

		status = read_number(group_member(db, i), STMT_DOCUMENT_LAST, 0, &last, &found,
		                     err);
		if (status != SHEAF_OK || !found || last < 1 || last > INT64_MAX / (int64_t)count)
			continue;
		last = group_docid(db, i, last);
		if (last > *docid)
			*docid = last;
	}
	group_end_read(db);
	if (status != SHEAF_OK)
		*docid = 0;
	return status;
}

static sheaf_status read_length(sheaf_database *db, sheaf_docid docid, int64_t *length,
                                sheaf_error *err)
{
	sheaf_revision revision = 0;
	int            found;
	int64_t        stored = -1;
	sheaf_status   status = read_number(db, STMT_DOCUMENT_REVISION, docid, &revision, &found,
	                                    err);

	if (status != SHEAF_OK)
		return status;
	if (!found)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "%s: no document %lld", db->path,
		                  (long long)docid);
	if (revision > 0 && revision <= REVISION_MAX)
		stored = values_get_length(db, revision, &status, err);
	if (status == SHEAF_OK && stored < 0)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "%s: the length of document %lld is missing; run 'sheaf reindex'",
		                  db->path, (long long)docid);
	if (status == SHEAF_OK)
		*length = stored;
	return status;
}

sheaf_status sheaf_database_get_doclength(sheaf_database *db, sheaf_docid docid, int64_t *length,
                                          sheaf_error *err)
{
	sheaf_database *member;
	sheaf_docid     own;
	sheaf_status    status;

	*length = 0;
	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	member = group_own_docid(db, docid, &own);
	status = database_begin_read(member, err);
	if (status != SHEAF_OK)
		return status;
	status = read_length(member, own, length, err);
	database_end_read(member);
	return status;
}

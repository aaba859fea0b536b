#include "removed.h"

#include "arxiv_id.h"
#include "database_private.h"
#include "error.h"
#include "store.h"
#include "store_read.h"

static sheaf_status has_row(sheaf_database *db, statement_id id, const char *paper, int *row,
                            sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, id, &stmt, err);

	*row = 0;
	if (status != SHEAF_OK)
		return status;
	if (paper)
		sqlite3_bind_text(stmt, 1, paper, -1, SQLITE_STATIC);
	status = statement_step(db, stmt, row, err);
	statement_reset(stmt);
	return status;
}

static sheaf_status forget(sheaf_database *db, const char *paper, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_REMOVED_DELETE, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, paper, -1, SQLITE_STATIC);
	return statement_run(db, stmt, err);
}

/* Only the one writer, which this handle is, changes the table. */
static sheaf_status look_for_any(sheaf_database *db, sheaf_error *err)
{
	return db->any_removed >= 0 ? SHEAF_OK
	                            : has_row(db, STMT_REMOVED_ANY, NULL, &db->any_removed, err);
}

sheaf_status removed_admit(sheaf_database *db, const sheaf_document *doc, int *out,
                           sheaf_error *err)
{
	const char  *paper = doc->text[SHEAF_FIELD_ID];
	int          row = 0;
	sheaf_status status = look_for_any(db, err);

	*out = 0;
	if (status == SHEAF_OK && db->any_removed)
		status = has_row(db, STMT_REMOVED_GET, paper, &row, err);
	if (status != SHEAF_OK || !row)
		return status;
	*out = !db->force;
	return *out ? SHEAF_OK : forget(db, paper, err);
}

static sheaf_status put(sheaf_database *db, const char *paper, sheaf_time now, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_REMOVED_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, paper, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, now);
	status = statement_run(db, stmt, err);
	if (status == SHEAF_OK)
		db->any_removed = 1;
	return status;
}

sheaf_status sheaf_database_exclude_document(sheaf_database *db, const char *text, sheaf_time now,
                                             sheaf_error *err)
{
	arxiv_id     id;
	int          own = 0;
	sheaf_status status = store_parse_id(text, &id, err), kept;

	if (status == SHEAF_OK)
		status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	status = sheaf_database_delete_document(db, id.id, err);
	if (status != SHEAF_OK && status != SHEAF_ERROR_DOC_NOT_FOUND)
		return database_end_write(db, own, status, err);
	kept = database_end_write(db, own, put(db, id.id, now, err), err);
	return kept == SHEAF_OK ? status : kept;
}

void store_set_force(sheaf_database *db, int force)
{
	db->force = force;
}

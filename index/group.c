#include "group.h"

#include "database_private.h"
#include "error.h"
#include "str.h"

sheaf_database *group_member(sheaf_database *db, size_t place)
{
	return place && db ? db->others[place - 1] : db;
}

size_t group_count(const sheaf_database *db)
{
	return db->other_count + 1;
}

sheaf_status group_begin_read(sheaf_database *db, sheaf_error *err)
{
	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	for (size_t i = 0; i < group_count(db); i++) {
		sheaf_status status = database_begin_read(group_member(db, i), err);

		if (status == SHEAF_OK)
			continue;
		while (i--)
			database_end_read(group_member(db, i));
		return status;
	}
	return SHEAF_OK;
}

void group_end_read(sheaf_database *db)
{
	for (size_t i = group_count(db); i--;)
		database_end_read(group_member(db, i));
}

database_totals group_totals(sheaf_database *db)
{
	database_totals sum = {0};

	for (size_t i = 0; i < group_count(db); i++) {
		sum.documents += group_member(db, i)->totals.documents;
		sum.length += group_member(db, i)->totals.length;
	}
	return sum;
}

size_t sheaf_database_size(const sheaf_database *db)
{
	return db ? group_count(db) : 0;
}

static int is_member(const sheaf_database *db, const sheaf_database *other)
{
	for (size_t i = 0; i < db->other_count; i++)
		if (db->others[i] == other)
			return 1;
	return db == other;
}

sheaf_status sheaf_database_add_database(sheaf_database *db, sheaf_database *other,
                                         sheaf_error *err)
{
	if (!db || !other || is_member(db, other) || other->other_count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a database is added once, and has no others itself");
	if (db->tokenizer.config.strategy != other->tokenizer.config.strategy ||
	    !str_eq(db->stemmer, other->stemmer))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%s: indexed with another stemmer or strategy than %s",
		                  other->path, db->path);
	if (db->other_count == DATABASE_OTHERS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "more than %d databases as one", DATABASE_OTHERS_MAX + 1);
	db->others[db->other_count++] = other;
	return SHEAF_OK;
}

sheaf_docid group_docid(const sheaf_database *db, size_t place, sheaf_docid own)
{
	return (own - 1) * (sheaf_docid)group_count(db) + (sheaf_docid)place + 1;
}

sheaf_database *group_own_docid(sheaf_database *db, sheaf_docid docid, sheaf_docid *own)
{
	sheaf_docid size = db ? (sheaf_docid)group_count(db) : 1;

	*own = docid > 0 ? (docid - 1) / size + 1 : 0;
	return group_member(db, docid > 0 ? (size_t)((docid - 1) % size) : 0);
}

sheaf_status group_docid_of(sheaf_database *db, sheaf_revision revision, sheaf_docid *docid,
                            sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = value_ranges_docid(db, revision, docid, err);

	if (status != SHEAF_OK || *docid)
		return status;
	status = statement_get(db, STMT_DOCUMENT_DOCID, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, revision);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		*docid = sqlite3_column_int64(stmt, 0);
	else if (status == SHEAF_OK)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: no document has revision %lld; run 'sheaf reindex'",
		                    db->path, (long long)revision);
	statement_reset(stmt);
	return status;
}

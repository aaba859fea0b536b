/* Of which days all is stored, for each list that is harvested. */
#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "store.h"

static void bind_key(sqlite3_stmt *stmt, const harvest_key *key)
{
	sqlite3_bind_text(stmt, 1, key->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, key->base_url, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, key->selection, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 4, key->metadata_prefix, -1, SQLITE_STATIC);
}

/* In a damaged file a number can be anything, and such a row would be met for ever. */
static sheaf_status read_range(sqlite3_stmt *stmt, coverage_range *range, sheaf_error *err)
{
	for (int i = 0; i < 3; i++)
		if (sqlite3_column_type(stmt, i) != SQLITE_INTEGER)
			return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
			                  "table coverage: a day that is no number; restore the "
			                  "database from a backup");
	*range = (coverage_range){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
	                          sqlite3_column_int64(stmt, 2)};
	return SHEAF_OK;
}

/* A range that has a day of `first` to `last`. */
static sheaf_status find_meeting(sheaf_database *db, const harvest_key *key, int64_t first,
                                 int64_t last, coverage_range *range, int *found, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_COVERAGE_MEETING, &stmt, err);

	*found = 0;
	if (status != SHEAF_OK)
		return status;
	bind_key(stmt, key);
	sqlite3_bind_int64(stmt, 5, first);
	sqlite3_bind_int64(stmt, 6, last);
	status = statement_step(db, stmt, found, err);
	if (status == SHEAF_OK && *found)
		status = read_range(stmt, range, err);
	statement_reset(stmt);
	return status;
}

static sheaf_status delete_range(sheaf_database *db, const harvest_key *key, int64_t first,
                                 sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_COVERAGE_DELETE, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	bind_key(stmt, key);
	sqlite3_bind_int64(stmt, 5, first);
	return statement_run(db, stmt, err);
}

static sheaf_status put_range(sheaf_database *db, const harvest_key *key, int64_t first,
                              int64_t last, sheaf_time read, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_COVERAGE_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	bind_key(stmt, key);
	sqlite3_bind_int64(stmt, 5, first);
	sqlite3_bind_int64(stmt, 6, last);
	sqlite3_bind_int64(stmt, 7, read);
	return statement_run(db, stmt, err);
}

/* The union, as old as the copy of its last day is. */
static void absorb(coverage_range *range, const coverage_range *other)
{
	if (other->last > range->last || (other->last == range->last && other->read > range->read))
		range->read = other->read;
	if (other->last > range->last)
		range->last = other->last;
	if (other->first < range->first)
		range->first = other->first;
}

static sheaf_status add_range(sheaf_database *db, const harvest_key *key, coverage_range range,
                              sheaf_error *err)
{
	int64_t        before = range.first == INT64_MIN ? INT64_MIN : range.first - 1;
	int64_t        after = range.last == INT64_MAX ? INT64_MAX : range.last + 1;
	coverage_range other;
	int            found;
	sheaf_status   status = find_meeting(db, key, before, after, &other, &found, err);

	while (status == SHEAF_OK && found) {
		absorb(&range, &other);
		status = delete_range(db, key, other.first, err);
		if (status == SHEAF_OK)
			status = find_meeting(db, key, before, after, &other, &found, err);
	}
	if (status != SHEAF_OK)
		return status;
	return put_range(db, key, range.first, range.last, range.read, err);
}

sheaf_status store_coverage_add(sheaf_database *db, const harvest_key *key,
                                const coverage_range *range, sheaf_error *err)
{
	int          own = 0;
	sheaf_status status;

	if (range->first > range->last)
		return SHEAF_OK;
	status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	return database_end_write(db, own, add_range(db, key, *range, err), err);
}

/* What of a range lies before and behind the days that are taken out. */
static sheaf_status cut_range(sheaf_database *db, const harvest_key *key,
                              const coverage_range *range, int64_t first, int64_t last,
                              sheaf_error *err)
{
	sheaf_status status = delete_range(db, key, range->first, err);

	if (status == SHEAF_OK && range->first < first)
		status = put_range(db, key, range->first, first - 1, range->read, err);
	if (status == SHEAF_OK && range->last > last)
		status = put_range(db, key, last + 1, range->last, range->read, err);
	return status;
}

static sheaf_status remove_days(sheaf_database *db, const harvest_key *key, int64_t first,
                                int64_t last, sheaf_error *err)
{
	coverage_range range;
	int            found;
	sheaf_status   status = find_meeting(db, key, first, last, &range, &found, err);

	while (status == SHEAF_OK && found) {
		status = cut_range(db, key, &range, first, last, err);
		if (status == SHEAF_OK)
			status = find_meeting(db, key, first, last, &range, &found, err);
	}
	return status;
}

sheaf_status store_coverage_remove(sheaf_database *db, const harvest_key *key, int64_t first,
                                   int64_t last, sheaf_error *err)
{
	int          own = 0;
	sheaf_status status;

	if (first > last)
		return SHEAF_OK;
	status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	return database_end_write(db, own, remove_days(db, key, first, last, err), err);
}

static sheaf_status call_each(sqlite3_stmt *stmt, store_coverage_fn fn, void *ctx, sheaf_error *err)
{
	char          *text[4];
	int            failed = 0;
	sheaf_status   status = SHEAF_OK;
	coverage_range range = {sqlite3_column_int64(stmt, 4), sqlite3_column_int64(stmt, 5),
	                        sqlite3_column_int64(stmt, 6)};

	for (int i = 0; i < 4; i++)
		text[i] = column_text(stmt, i, &failed);
	if (failed || !text[0] || !text[1] || !text[2] || !text[3]) {
		status = sheaf_nomem(err);
	} else {
		harvest_key key = {text[0], text[1], text[2], text[3]};

		if (fn(ctx, &key, &range))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	for (int i = 0; i < 4; i++)
		mem_free(text[i]);
	return status;
}

sheaf_status store_coverage_each(sheaf_database *db, const harvest_key *key, store_coverage_fn fn,
                                 void *ctx, sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int           row = 0;
	sheaf_status  status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, STMT_COVERAGE_EACH, &stmt, err);
	if (status == SHEAF_OK && key)
		bind_key(stmt, key);
	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = call_each(stmt, fn, ctx, err);
	}
	statement_reset(stmt);
	database_end_read(db);
	return status;
}

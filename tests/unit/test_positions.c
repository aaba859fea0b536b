/* What is read from the index's pages, where their list is lost: an error, not nothing. */
#include <sqlite3.h>

#include "database_private.h"
#include "positions.h"
#include "scratch_db.h"

enum { PAPERS = 1200 /* enough for ranking lists, beside which pages are read */ };

static char        path[SCRATCH_PATH_SIZE];
static sheaf_error error;

static void put_paper(sheaf_database *db, dice *d, unsigned number)
{
	char id[32];

	(void)d;
	snprintf(id, sizeof id, "2401.%05u", number);
	scratch_put(db, id, "Ferns", number % 3 ? "Moss on lamps." : "Lamps on moss.");
}

static int make(void **state)
{
	(void)state;
	scratch_path(path, "positions");
	sheaf_database_close(scratch_fill(path, PAPERS, put_paper, NULL));
	return 0;
}

static int clean(void **state)
{
	(void)state;
	scratch_remove(path);
	return 0;
}

/* What a search for a query answers, in *matches how many match. */
static sheaf_status search(const char *query, int64_t *matches)
{
	sheaf_database *db;
	sheaf_mset     *mset;
	sheaf_status    status;
	int             known = 0;

	must(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &error), &error);
	must(database_begin_read(db, &error), &error);
	if (positions_known(db, &known, &error) == SHEAF_OK)
		assert_int_equal(known, 1);
	database_end_read(db);
	status = scratch_search(db, query, SHEAF_OP_AND, 10, &mset, &error);
	*matches = sheaf_mset_get_matches_estimated(mset);
	sheaf_mset_free(mset);
	sheaf_database_close(db);
	return status;
}

static void alter(const char *sql)
{
	sqlite3 *raw;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_changes(raw), 1);
	sqlite3_close(raw);
}

static void a_lost_list_of_segments_is_damage(void **state)
{
	static const char *const queries[] = {"\"moss on\"", "lam*", "moss NEAR lamps", "=moss"};
	static const char *const damage[] = {
		"UPDATE document_fts_data SET block = x'' WHERE id = 10",
		"DELETE FROM document_fts_data WHERE id = 10",
	};
	int64_t matches;

	(void)state;
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		must(search(queries[i], &matches), &error);
		assert_true(matches >= PAPERS / 3);
	}
	for (size_t d = 0; d < sizeof damage / sizeof *damage; d++) {
		alter(damage[d]);
		for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
			if (search(queries[i], &matches) != SHEAF_ERROR_DATABASE_CORRUPT)
				fail_msg("%s after %s: %lld matches", queries[i], damage[d],
				         (long long)matches);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lost_list_of_segments_is_damage),
	};

	return cmocka_run_group_tests(tests, make, clean);
}

/* store_import_state.c: what is remembered of files whose import was interrupted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "database_private.h"
#include "engine_fixture.h"
#include "store.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "import-state");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void put(const char *path, int64_t lines)
{
	const import_row row = {4000000000, -5, 100 * lines, lines, SHEAF_TIME_NONE, 0};

	must(store_import_put(e.db, path, &row, NULL), NULL);
}

/* -1: nothing is remembered. */
static int64_t lines_of(const char *path)
{
	import_row row;
	int        found;

	must(store_import_get(e.db, path, &row, &found, NULL), NULL);
	if (!found)
		assert_true(!row.bytes && !row.lines && !row.size);
	return found ? row.lines : -1;
}

static void test_round_trip(void **state)
{
	const import_row row = {4000000000, -5, 123456789012, 77, 1700000000, 1};
	import_row       got;
	int              found;

	(void)state;
	must(store_import_put(e.db, "/a/b", &row, NULL), NULL);
	must(store_import_get(e.db, "/a/b", &got, &found, NULL), NULL);
	assert_true(found);
	assert_true(got.size == row.size && got.modified == row.modified);
	assert_true(got.bytes == row.bytes && got.lines == row.lines);
	assert_true(got.newest == row.newest && got.exported == 1);
	put("/a/b", 3);
	must(store_import_get(e.db, "/a/b", &got, &found, NULL), NULL);
	assert_true(found && got.lines == 3 && got.newest == SHEAF_TIME_NONE && !got.exported);
}

static void test_files_are_apart(void **state)
{
	(void)state;
	assert_int_equal(lines_of("/a"), -1);
	put("/a", 1);
	put("/b", 2);
	must(store_import_remove(e.db, "/a", NULL), NULL);
	must(store_import_remove(e.db, "/never", NULL), NULL);
	assert_int_equal(lines_of("/a"), -1);
	assert_int_equal(lines_of("/b"), 2);
}

static void test_goes_with_the_transaction(void **state)
{
	(void)state;
	put("/a", 1);
	must(sheaf_database_begin_transaction(e.db, NULL), NULL);
	put("/a", 2);
	put("/b", 1);
	sheaf_database_cancel_transaction(e.db);
	assert_int_equal(lines_of("/a"), 1);
	assert_int_equal(lines_of("/b"), -1);
	must(sheaf_database_begin_transaction(e.db, NULL), NULL);
	must(store_import_remove(e.db, "/a", NULL), NULL);
	must(sheaf_database_commit_transaction(e.db, NULL), NULL);
	assert_int_equal(lines_of("/a"), -1);
}

/* Such a row makes no import begin anywhere but at the beginning. */
static void test_damaged_rows_are_none(void **state)
{
	static const char *const damage[] = {
		"UPDATE import SET bytes = -1",        "UPDATE import SET lines = -1",
		"UPDATE import SET size = 'x'",        "UPDATE import SET modified = 'x'",
		"UPDATE import SET bytes = x'00'",     "UPDATE import SET exported = 'x'",
		"UPDATE import SET lines = bytes + 1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		put("/a", 5);
		assert_int_equal(lines_of("/a"), 5);
		assert_int_equal(sqlite3_exec(e.db->sql, damage[i], NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(lines_of("/a"), -1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_files_are_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_goes_with_the_transaction, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damaged_rows_are_none, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* schema.h: migrations apply once, in order, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database_private.h"
#include "engine_fixture.h"
#include "schema.h"

static int number(sqlite3 *sql, const char *query)
{
	sqlite3_stmt *stmt;
	int           n;

	assert_int_equal(sqlite3_prepare_v2(sql, query, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	n = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

static void a_new_database_has_them_all(void **state)
{
	engine e;

	(void)state;
	engine_begin(&e, "schema");
	assert_true(schema_version() >= 1);
	assert_int_equal(number(e.db->sql, "PRAGMA user_version"), schema_version());
	assert_int_equal(number(e.db->sql, "PRAGMA application_id"), SCHEMA_APPLICATION_ID);
	assert_int_equal(number(e.db->sql,
	                        "SELECT count(*) FROM sqlite_master WHERE name IN "
	                        "('meta', 'document', 'document_text', 'document_fts', "
	                        "'value_block', 'harvest', 'profile_set', 'profile_state', "
	                        "'placement', 'delivery')"),
	                 10);
	engine_end(&e);
}

static void applying_again_changes_nothing(void **state)
{
	engine e;
	int    objects;

	(void)state;
	engine_begin(&e, "schema");
	objects = number(e.db->sql, "SELECT count(*) FROM sqlite_master");
	must(schema_migrate(e.db->sql, schema_version(), NULL), NULL);
	assert_int_equal(number(e.db->sql, "SELECT count(*) FROM sqlite_master"), objects);
	engine_end(&e);
}

/* A migration that meets what it did not expect leaves the file as it was. */
static void a_migration_that_fails_leaves_no_trace(void **state)
{
	sqlite3    *sql;
	sheaf_error err;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &sql), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sql, "CREATE TABLE delivery(x)", NULL, NULL, NULL),
	                 SQLITE_OK);
	assert_int_equal(schema_migrate(sql, 0, &err), SHEAF_ERROR_DATABASE_CORRUPT);
	assert_non_null(strchr(err.message, '('));
	assert_int_equal(number(sql, "PRAGMA user_version"), 0);
	assert_int_equal(number(sql, "PRAGMA application_id"), 0);
	assert_int_equal(number(sql, "SELECT count(*) FROM sqlite_master"), 1);
	assert_int_not_equal(sqlite3_get_autocommit(sql), 0);
	sqlite3_close(sql);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_database_has_them_all),
		cmocka_unit_test(applying_again_changes_nothing),
		cmocka_unit_test(a_migration_that_fails_leaves_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

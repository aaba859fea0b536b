/*
 * A value block of a damaged file that cannot be converted for lack of memory is not called
 * damaged.
 */
#include "database_private.h"
#include "failing_malloc.h"
#include "scratch_db.h"

#if FAILING_MALLOC

static sheaf_status read_length(sheaf_database *db, memory_mode mode, long n, long *asked)
{
	sheaf_status status;
	sheaf_error  err = {0};

	values_clear(&db->values);
	memory_arm(mode, n);
	values_get_length(db, 1, &status, &err);
	*asked = memory_disarm();
	assert_int_equal(err.status, status);
	return status;
}

static void memory_is_not_damage(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db;
	sheaf_document *doc;
	sheaf_error     err;
	long            count, asked;

	(void)state;
	scratch_path(path, "values-oom");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, "2001.00001", "Ferns", "Many.", &err), &err);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	/* A number where a blob should be: SQLite makes a text of it when asked for its bytes. */
	assert_int_equal(sqlite3_exec(db->sql, "UPDATE value_block SET data = 7", NULL, NULL, NULL),
	                 SQLITE_OK);
	for (int i = 0; i < 2; i++)
		assert_int_equal(read_length(db, MEMORY_ENOUGH, 0, &count),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
	assert_true(count > 0);
	for (long n = 0; n < count; n++)
		assert_int_equal(read_length(db, MEMORY_FAILS_ONCE, n, &asked), SHEAF_ERROR_NOMEM);
	sheaf_document_free(doc);
	sheaf_database_close(db);
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(memory_is_not_damage)};

	/* Else small blocks come from memory that SQLite has set aside. */
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

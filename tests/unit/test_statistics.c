/* Counts and lengths that the database tells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sqlite3.h>

#include <cmocka.h>

#include "engine_fixture.h"

static engine      e;
static sheaf_error error;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "statistics");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static sheaf_docid last_docid(void)
{
	sheaf_docid docid = -1;

	must(sheaf_database_get_lastdocid(e.db, &docid, &error), &error);
	return docid;
}

static int64_t length_of(sheaf_docid docid)
{
	int64_t length = -1;

	must(sheaf_database_get_doclength(e.db, docid, &length, &error), &error);
	return length;
}

static int64_t total_length(void)
{
	int64_t length = -1;

	must(sheaf_database_get_total_length(e.db, &length, &error), &error);
	return length;
}

static int64_t occurrences(const char *term)
{
	int64_t count = -1;

	must(sheaf_database_get_collection_freq(e.db, term, &count, &error), &error);
	return count;
}

static void the_last_docid(void **state)
{
	(void)state;
	assert_int_equal(last_docid(), 0);
	engine_put(&e, "2401.00001", "One", "x");
	engine_put(&e, "2401.00002", "Two", "x");
	assert_int_equal(last_docid(), 2);
	must(sheaf_database_delete_document(e.db, "2401.00002", &error), &error);
	assert_int_equal(last_docid(), 2);
	engine_put(&e, "2401.00003", "Three", "x");
	assert_int_equal(last_docid(), 3);
}

/* A word of the title is as long as three. */
static void lengths(void **state)
{
	int64_t length = 7;

	(void)state;
	assert_int_equal(total_length(), 0);
	engine_put(&e, "2401.00001", "One two", "three four five");
	engine_put(&e, "2401.00002", "One", NULL);
	assert_int_equal(length_of(1), 9);
	assert_int_equal(length_of(2), 3);
	assert_int_equal(total_length(), 12);
	engine_put(&e, "2401.00002", "One", "two");
	assert_int_equal(length_of(2), 4);
	assert_int_equal(total_length(), 13);
	must(sheaf_database_delete_document(e.db, "2401.00001", &error), &error);
	assert_int_equal(total_length(), 4);
	assert_int_equal(sheaf_database_get_doclength(e.db, 1, &length, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(length, 0);
	assert_int_equal(sheaf_database_get_doclength(e.db, 0, &length, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(sheaf_database_get_doclength(e.db, INT64_MAX, &length, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(sheaf_database_get_doclength(e.db, -5, &length, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
}

static void collection_frequencies(void **state)
{
	int64_t count = 7;

	(void)state;
	assert_int_equal(occurrences("networks"), 0);
	engine_put(&e, "2401.00001", "Networks", "a network of networks");
	engine_put(&e, "2401.00002", "One", "networking networks");
	assert_int_equal(occurrences("networks"), 7);
	assert_int_equal(occurrences("=networks"), 5);
	assert_int_equal(occurrences("=network"), 1);
	assert_int_equal(occurrences("synapse"), 0);
	assert_int_equal(occurrences(""), 0);
	assert_int_equal(sheaf_database_get_collection_freq(e.db, NULL, &count, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(count, 0);
}

static void groups(void **state)
{
	engine other;

	(void)state;
	engine_begin(&other, "statistics-other");
	engine_put(&e, "2401.00001", "Networks", "x");
	engine_put(&e, "2401.00002", "Networks", "x");
	engine_put(&other, "2402.00001", "Networks", "x y z");
	must(sheaf_database_add_database(e.db, other.db, &error), &error);
	/* 1, 3 of the first, 2 of the second. */
	assert_int_equal(last_docid(), 3);
	assert_int_equal(length_of(1), 4);
	assert_int_equal(length_of(2), 6);
	assert_int_equal(length_of(3), 4);
	assert_int_equal(sheaf_database_get_doclength(e.db, 4, &(int64_t){0}, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(total_length(), 14);
	assert_int_equal(occurrences("networks"), 9);
	engine_put(&other, "2402.00002", "Two", "x");
	assert_int_equal(last_docid(), 4);
	sheaf_database_close(e.db);
	e.db = NULL;
	engine_end(&other);
}

static void a_length_that_is_missing(void **state)
{
	sqlite3 *raw;
	int64_t  length = 7;

	(void)state;
	engine_put(&e, "2401.00001", "One", "x");
	assert_int_equal(sqlite3_open(e.path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "DELETE FROM value_block", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	assert_int_equal(sheaf_database_get_doclength(e.db, 1, &length, NULL),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	assert_int_equal(length, 0);
}

static void no_database(void **state)
{
	int64_t n = 7;

	(void)state;
	assert_int_equal(sheaf_database_get_lastdocid(NULL, &n, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_total_length(NULL, &n, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_doclength(NULL, 1, &n, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_collection_freq(NULL, "x", &n, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(n, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(the_last_docid),           TEST(lengths),
		TEST(collection_frequencies),   TEST(groups),
		TEST(a_length_that_is_missing), TEST(no_database),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

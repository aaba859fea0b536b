/* The user's synonyms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"

static engine      e;
static sheaf_error error;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "synonym");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void add(const char *term, const char *synonym)
{
	must(sheaf_database_add_synonym(e.db, term, synonym, &error), &error);
}

static int put_line(void *ctx, const char *term, const char *synonym)
{
	buf_printf(ctx, "%s=%s;", term, synonym);
	return 0;
}

/* Fails unless the synonyms of `term` are these. */
static void expect(const char *term, const char *lines)
{
	buf found = BUF_INIT(0);

	must(sheaf_database_each_synonym(e.db, term, put_line, &found, &error), &error);
	assert_string_equal(buf_str(&found), lines);
	buf_free(&found);
}

static void add_walk_remove(void **state)
{
	(void)state;
	expect(NULL, "");
	expect("car", "");
	add("car", "vehicle");
	add("car", "automobile");
	add("car", "vehicle");
	add("bike", " motor cycle ");
	expect("car", "car=automobile;car=vehicle;");
	expect(NULL, "bike=motor cycle;car=automobile;car=vehicle;");
	must(sheaf_database_remove_synonym(e.db, "car", "vehicle", &error), &error);
	must(sheaf_database_remove_synonym(e.db, "car", "boat", &error), &error);
	must(sheaf_database_remove_synonym(e.db, "ship", "boat", &error), &error);
	expect(NULL, "bike=motor cycle;car=automobile;");
	must(sheaf_database_clear_synonyms(e.db, "ship", &error), &error);
	must(sheaf_database_clear_synonyms(e.db, "bike", &error), &error);
	expect(NULL, "car=automobile;");
	add("plane", "aircraft");
	must(sheaf_database_clear_synonyms(e.db, NULL, &error), &error);
	expect(NULL, "");
}

static void terms_are_folded_as_the_index_folds(void **state)
{
	(void)state;
	add("Schr\\\"odinger", "wave equation");
	expect("schrodinger", "schrodinger=wave equation;");
	expect("SCHR\xC3\x96"
	       "DINGER",
	       "schrodinger=wave equation;");
	add("Machine-Learning", "statistics");
	expect("machine learning", "machine learning=statistics;");
	must(sheaf_database_remove_synonym(e.db, "MACHINE LEARNING", "statistics", &error), &error);
	expect("machine learning", "");
	expect("", "");
	expect("?!", "");
}

static void what_is_no_synonym(void **state)
{
	char                     long_text[202];
	static const char *const bad[] = {NULL,   "",         "  ",   "?",
	                                  "a\nb", "a\033[1m", "\xFF", "a\xC2\x9B"};

	(void)state;
	memset(long_text, 'x', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = 0;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(sheaf_database_add_synonym(e.db, "car", bad[i], NULL),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_add_synonym(e.db, "car", long_text, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_add_synonym(e.db, long_text, "car", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_add_synonym(e.db, "", "car", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_add_synonym(e.db, NULL, "car", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_remove_synonym(e.db, "car", NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_add_synonym(NULL, "car", "bike", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_each_synonym(e.db, "car", NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	expect(NULL, "");
	long_text[200] = 0;
	add("car", long_text);
}

static void a_term_has_so_many_and_no_more(void **state)
{
	(void)state;
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	for (int i = 0; i < 1000; i++) {
		char text[32];

		snprintf(text, sizeof text, "word %d", i);
		add("car", text);
	}
	assert_int_equal(sheaf_database_add_synonym(e.db, "car", "one more", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	add("bike", "one more");
	must(sheaf_database_commit_transaction(e.db, &error), &error);
}

static int stop(void *ctx, const char *term, const char *synonym)
{
	(void)term;
	(void)synonym;
	++*(int *)ctx;
	return 1;
}

static int walk_again(void *ctx, const char *term, const char *synonym)
{
	int calls = 0;

	(void)ctx;
	(void)synonym;
	assert_int_equal(sheaf_database_each_synonym(e.db, NULL, stop, &calls, NULL),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(calls, 0);
	/* The synonyms of a term may be asked for on the way. */
	expect(term, "car=a;car=b;");
	return 0;
}

static void walks_can_be_stopped(void **state)
{
	int calls = 0;

	(void)state;
	add("car", "a");
	add("car", "b");
	assert_int_equal(sheaf_database_each_synonym(e.db, "car", stop, &calls, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(calls, 1);
	must(sheaf_database_each_synonym(e.db, NULL, walk_again, NULL, &error), &error);
}

static void transactions_and_readers(void **state)
{
	(void)state;
	add("car", "a");
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	add("car", "b");
	must(sheaf_database_clear_synonyms(e.db, "car", &error), &error);
	add("car", "c");
	expect("car", "car=c;");
	sheaf_database_cancel_transaction(e.db);
	expect("car", "car=a;");
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_READ_ONLY);
	expect(NULL, "car=a;");
	assert_int_equal(sheaf_database_add_synonym(e.db, "car", "b", NULL),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_clear_synonyms(e.db, NULL, NULL),
	                 SHEAF_ERROR_INVALID_OPERATION);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(add_walk_remove),      TEST(terms_are_folded_as_the_index_folds),
		TEST(what_is_no_synonym),   TEST(a_term_has_so_many_and_no_more),
		TEST(walks_can_be_stopped), TEST(transactions_and_readers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

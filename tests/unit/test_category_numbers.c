/* category_numbers.h: a number for each category. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "database_private.h"
#include "engine_fixture.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "category-numbers");
	engine_begin_write(&e);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static unsigned give(const char *name)
{
	unsigned    number;
	sheaf_error err;

	must(category_number_give(e.db, name, &number, &err), &err);
	return number;
}

static unsigned find(const char *name)
{
	unsigned    number;
	sheaf_error err;

	must(category_number_find(e.db, name, &number, &err), &err);
	return number;
}

static void sql(const char *text)
{
	char *why = NULL;

	if (sqlite3_exec(e.db->sql, text, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", text, why);
	values_clear(&e.db->values);
}

static void numbers_are_given_once(void **state)
{
	const char *name;
	char        text[16];
	sheaf_error err;

	(void)state;
	assert_int_equal(find("cs.NE"), 0);
	assert_int_equal(give("cs.NE"), 1);
	assert_int_equal(give("cs.ne"), 2);
	assert_int_equal(give("cs.NE"), 1);
	for (unsigned i = 3; i < 2000; i++) {
		snprintf(text, sizeof text, "x.%u", i);
		assert_int_equal(give(text), i);
	}
	engine_commit(&e);
	values_clear(&e.db->values);
	for (unsigned i = 3; i < 2000; i++) {
		snprintf(text, sizeof text, "x.%u", i);
		assert_int_equal(find(text), i);
		must(category_number_name(e.db, i, &name, &err), &err);
		assert_string_equal(name, text);
	}
	assert_int_equal(find("x.2000"), 0);
}

static void a_cancel_takes_numbers_back(void **state)
{
	(void)state;
	give("a");
	engine_commit(&e);
	engine_begin_write(&e);
	give("b");
	sheaf_database_cancel_transaction(e.db);
	engine_begin_write(&e);
	assert_int_equal(find("b"), 0);
	assert_int_equal(give("c"), 2);
	assert_int_equal(find("a"), 1);
}

static void there_is_a_last_number(void **state)
{
	(void)state;
	sql("INSERT INTO category_number VALUES(65534, 'late')");
	assert_int_equal(find("late"), 65534);
	assert_int_equal(give("last"), 65535);
	assert_int_equal(give("one too many"), 0);
	assert_int_equal(give("last"), 65535);
}

static void unknown_and_damaged_numbers(void **state)
{
	static const char *const bad[] = {
		"INSERT INTO category_number VALUES(0, 'x')",
		"INSERT INTO category_number VALUES(-7, 'x')",
		"INSERT INTO category_number VALUES(65536, 'x')",
		"INSERT INTO category_number VALUES(1 << 40, 'x')",
	};
	const char *name;
	unsigned    number;
	sheaf_error err;

	(void)state;
	give("a");
	for (unsigned n = 0; n < 700; n += 7) {
		assert_int_equal(category_number_name(e.db, n, &name, &err),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
		assert_null(name);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		sql("DELETE FROM category_number");
		sql(bad[i]);
		assert_int_equal(category_number_find(e.db, "a", &number, &err),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
		assert_int_equal(category_number_give(e.db, "a", &number, &err),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
		assert_int_equal(category_number_name(e.db, 1, &name, &err),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(numbers_are_given_once),
		TEST(a_cancel_takes_numbers_back),
		TEST(there_is_a_last_number),
		TEST(unknown_and_damaged_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* lazy_library.h: libraries loaded when needed, and what is said where they are missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sheaf/status.h>

#include "lazy_library.h"

typedef struct table {
	size_t (*length)(const char *text);
	int (*compare)(const char *a, const char *b);
} table;

static const lazy_function known[] = {
	LAZY_FUNCTION(table, length, strlen),
	LAZY_FUNCTION(table, compare, strcmp),
};

static void functions_are_found(void **state)
{
	const lazy_library c_library = {"libc.so.6", "run", known, 2};
	table              t = {NULL, NULL};

	(void)state;
	for (int again = 0; again < 2; again++) {
		assert_int_equal(lazy_library_load(&c_library, &t, NULL), SHEAF_OK);
		assert_int_equal(t.length("four"), 4);
		assert_true(t.compare("a", "b") < 0);
	}
}

static void expect_refusal(const lazy_library *library, const char *part)
{
	table       t;
	sheaf_error err;

	assert_int_equal(lazy_library_load(library, &t, &err), SHEAF_ERROR_FEATURE_UNAVAILABLE);
	assert_non_null(strstr(err.message, library->file));
	assert_non_null(strstr(err.message, "to fly"));
	assert_non_null(strstr(err.message, part));
	assert_null(strchr(err.message, '\n'));
	assert_int_equal(lazy_library_load(library, &t, NULL), SHEAF_ERROR_FEATURE_UNAVAILABLE);
}

static void what_is_missing_is_told(void **state)
{
	static const lazy_function unknown[] = {
		LAZY_FUNCTION(table, length, strlen),
		{"flap_wings", offsetof(table, compare)},
	};

	(void)state;
	expect_refusal(&(lazy_library){"libwings.so.99", "fly", known, 2}, "install it");
	expect_refusal(&(lazy_library){"libc.so.6", "fly", unknown, 2}, "flap_wings");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_are_found),
		cmocka_unit_test(what_is_missing_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

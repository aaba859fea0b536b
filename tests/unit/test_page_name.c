#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "page_name.h"

static arena memory;

static void gives(page_names *taken, const char *text, const char *expected)
{
	const char *made = page_name(taken, text, &memory);

	assert_non_null(made);
	assert_string_equal(made, expected);
	assert_true(page_name_is(made));
}

static void names_are_safe(void **state)
{
	page_names taken = {NULL, 0, 0};

	(void)state;
	gives(&taken, "hardware", "hardware");
	gives(&taken, "cs.NE", "cs.NE");
	gives(&taken, "a_b-c.d", "a_b-c.d");
	gives(&taken, "../../etc/passwd", "etc-passwd");
	gives(&taken, ".hidden", "hidden");
	gives(&taken, "-rf", "rf");
	gives(&taken, "q-bio.*", "q-bio");
	gives(&taken, "two  words & more", "two-words-more");
	gives(&taken, "a\x1b[31mb\r\n", "a-31mb");
	gives(&taken, "ends...", "ends");
	gives(&taken, "", "profile-84222325");
	gives(&taken, "\xE6\x97\xA5\xE6\x9C\xAC", "profile-a6d3ce91");
}

static void names_differ_in_more_than_case(void **state)
{
	page_names taken = {NULL, 0, 0};

	(void)state;
	gives(&taken, "Lamps", "Lamps");
	gives(&taken, "lamps", "lamps-2");
	gives(&taken, "LAMPS", "LAMPS-3");
	gives(&taken, "lamps-2", "lamps-2-2");
	gives(&taken, "la/mps", "la-mps");
	for (int i = 0; i < 100; i++)
		assert_non_null(page_name(&taken, "lamps", &memory));
	gives(&taken, "lamps", "lamps-104");
}

static void long_names_are_cut(void **state)
{
	page_names  taken = {NULL, 0, 0};
	char        text[1000];
	const char *made;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = 0;
	made = page_name(&taken, text, &memory);
	assert_int_equal(strlen(made), 100);
}

static void only_such_names_are_taken_for_ours(void **state)
{
	(void)state;
	assert_true(page_name_is("light.html"));
	assert_true(page_name_is("cs.NE-2.atom"));
	assert_false(page_name_is(""));
	assert_false(page_name_is("."));
	assert_false(page_name_is(".."));
	assert_false(page_name_is(".sheaf-digest"));
	assert_false(page_name_is("../x"));
	assert_false(page_name_is("a/b"));
	assert_false(page_name_is("# comment"));
	assert_false(page_name_is("/etc/passwd"));
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_safe),
		cmocka_unit_test(names_differ_in_more_than_case),
		cmocka_unit_test(long_names_are_cut),
		cmocka_unit_test(only_such_names_are_taken_for_ours),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}

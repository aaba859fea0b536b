/* error.h and status.h: filling an error, and what may stand in its message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "error.h"
#include "utf8.h"

static void an_error_is_filled(void **state)
{
	sheaf_error err = {SHEAF_OK, 5, "old"};

	(void)state;
	assert_int_equal(sheaf_fail(&err, SHEAF_ERROR_IO, "%s: %d", "disk", 7), SHEAF_ERROR_IO);
	assert_int_equal(err.status, SHEAF_ERROR_IO);
	assert_int_equal(err.offset, -1);
	assert_string_equal(err.message, "disk: 7");
	assert_int_equal(sheaf_fail_at(&err, SHEAF_ERROR_QUERY_PARSER, 12, "here"),
	                 SHEAF_ERROR_QUERY_PARSER);
	assert_int_equal(err.offset, 12);
	assert_string_equal(err.message, "here");
	assert_int_equal(sheaf_nomem(&err), SHEAF_ERROR_NOMEM);
	assert_int_equal(err.offset, -1);
	assert_string_equal(err.message, "out of memory");
}

static void no_error_is_fine(void **state)
{
	(void)state;
	assert_int_equal(sheaf_fail(NULL, SHEAF_ERROR_IO, "%s", "x"), SHEAF_ERROR_IO);
	assert_int_equal(sheaf_fail_at(NULL, SHEAF_ERROR_IO, 1, "x"), SHEAF_ERROR_IO);
	assert_int_equal(sheaf_nomem(NULL), SHEAF_ERROR_NOMEM);
}

static void messages_are_clean(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"two\nlines\r\n", "two lines  "},
		{"\x1B[31mred\x07", " [31mred "},
		{"tab\tdel\x7F", "tab del "},
		{"c1 \xC2\x9B"
	         "31m",
	         "c1  31m"},
		{"lone \x9B"
	         "31m",
	         "lone ?31m"},
		{"\xE2\x80\xAE"
	         "evil\xE2\x81\xA6",
	         " evil "},
		{"cut \xC3", "cut ?"},
		{"surrogate \xED\xA0\x80", "surrogate ???"},
		{"Erd\xC5\x91s \xF0\x9D\x9B\xBC", "Erd\xC5\x91s \xF0\x9D\x9B\xBC"},
	};
	sheaf_error err;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_fail(&err, SHEAF_ERROR_IO, "%s", cases[i].text);
		assert_string_equal(err.message, cases[i].message);
	}
}

static void long_messages_are_cut_between_characters(void **state)
{
	char        text[2000];
	sheaf_error err;

	(void)state;
	for (size_t shift = 0; shift < 4; shift++) {
		memset(text, 'x', shift);
		for (size_t i = shift; i + 4 < sizeof text; i += 4)
			memcpy(text + i, "\xF0\x9D\x9B\xBC", 5);
		sheaf_fail(&err, SHEAF_ERROR_IO, "%s", text);
		assert_true(strlen(err.message) < sizeof err.message);
		assert_true(strlen(err.message) + 8 >= sizeof err.message);
		assert_int_equal(utf8_valid_prefix(err.message, strlen(err.message)),
		                 strlen(err.message));
		assert_null(strchr(err.message, '?'));
	}
}

static void every_status_has_a_name(void **state)
{
	(void)state;
	for (int s = SHEAF_OK; s <= SHEAF_ERROR_CONFIG; s++) {
		assert_string_not_equal(sheaf_status_string((sheaf_status)s), "unknown status");
		for (int other = SHEAF_OK; other < s; other++)
			assert_string_not_equal(sheaf_status_string((sheaf_status)s),
			                        sheaf_status_string((sheaf_status)other));
	}
	assert_string_equal(sheaf_status_string((sheaf_status)-1), "unknown status");
	assert_string_equal(sheaf_status_string((sheaf_status)9999), "unknown status");
}

static void versions_are_told(void **state)
{
	char *components = sheaf_components();

	(void)state;
	assert_true(*sheaf_version_string() >= '0' && *sheaf_version_string() <= '9');
	assert_non_null(strchr(sheaf_version_string(), '.'));
	assert_non_null(components);
	assert_non_null(strstr(components, "SQLite 3."));
	assert_non_null(strstr(components, "Snowball "));
	sheaf_free(components);
	sheaf_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_is_filled),
		cmocka_unit_test(no_error_is_fine),
		cmocka_unit_test(messages_are_clean),
		cmocka_unit_test(long_messages_are_cut_between_characters),
		cmocka_unit_test(every_status_has_a_name),
		cmocka_unit_test(versions_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

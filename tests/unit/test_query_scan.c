/* Where words and values end. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "query_scan.h"

typedef struct row {
	const char *text;
	size_t      len;
} row;

static void test_word_end(void **state)
{
	static const row rows[] = {
		{"", 0},           {"a b", 1},           {"a(b", 1},
		{"a)b", 1},        {"a\"b", 1},          {"a\\\"b c", 4},
		{"$f(x)$ y", 6},   {"$f(x) y$", 2},      {"{\\H o}s x", 7},
		{"{\\H o x", 3},   {"{a b}", 2},         {"a\\", 2},
		{"a\\ b", 2},      {"\\(x\\) y", 5},     {"C++,", 4},
		{"\xC3\xA9 x", 2}, {"a\xE2\x80\x9C", 1}, {"$a\"b$", 2},
		{"\\$(a", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(query_word_end(rows[i].text) - rows[i].text, rows[i].len);
}

static void test_value_end(void **state)
{
	static const row rows[] = {
		{"", 0},        {"cs.NE x", 5}, {"cs.NE)", 5}, {"cs.NE,", 5}, {"cs.NE;, x", 5},
		{"a(b)c)d", 5}, {"a(b", 3},     {"a\"b\"", 1}, {",", 0},      {"a,b", 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(query_value_end(rows[i].text) - rows[i].text, rows[i].len);
}

static void test_trim(void **state)
{
	static const struct {
		const char *text, *trimmed;
	} rows[] = {
		{"a", "a"},  {"'a',", "a"}, {"--a--", "a"},     {"=~+a", "a"},  {"C++", "C++"},
		{"...", ""}, {"", ""},      {"a-b.c", "a-b.c"}, {"(a)", "(a)"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *text = rows[i].text;
		size_t      len = strlen(text);

		query_trim_word(&text, &len);
		assert_int_equal(len, strlen(rows[i].trimmed));
		assert_memory_equal(text, rows[i].trimmed, len);
	}
}

static void test_cut_factor(void **state)
{
	static const struct {
		const char *text;
		size_t      len;
		double      factor;
	} rows[] = {
		{"a^2", 1, 2},
		{"a^0.25", 1, 0.25},
		{"ab^2^3", 4, 3},
		{"a^2000000", 1, 1e6},
		{"a", 1, -1},
		{"a2", 2, -1},
		{"a^", 2, -1},
		{"^2", 2, -1},
		{"a^0", 3, -1},
		{"10^5", 4, -1},
		{"a^1.2.3", 7, -1},
		{"a^.", 3, -1},
		{"a^1234567890123", 15, -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		double factor = -1;

		assert_int_equal(query_cut_factor(rows[i].text, strlen(rows[i].text), &factor),
		                 rows[i].len);
		assert_true(factor >= rows[i].factor && factor <= rows[i].factor);
	}
}

static void test_open_tex(void **state)
{
	(void)state;
	assert_true(query_is_open_tex("a\\"));
	assert_true(query_is_open_tex("{\\H"));
	assert_false(query_is_open_tex("{\\H o}"));
	assert_false(query_is_open_tex("{a"));
	assert_false(query_is_open_tex(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_word_end), cmocka_unit_test(test_value_end),
		cmocka_unit_test(test_trim),     cmocka_unit_test(test_cut_factor),
		cmocka_unit_test(test_open_tex),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

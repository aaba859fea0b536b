/* str.h and hash.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "hash.h"
#include "str.h"

static void classes_are_those_of_ascii(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		unsigned char u = (unsigned char)c;

		assert_int_equal(str_is_space(u), c && c < 128 && strchr(" \t\n\v\f\r", c) != NULL);
		assert_int_equal(str_is_digit(u), c >= '0' && c <= '9');
		assert_int_equal(str_is_alpha(u), (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
		assert_int_equal((unsigned char)str_lower((char)u),
		                 c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
}

static void comparing(void **state)
{
	(void)state;
	assert_true(str_eq(NULL, NULL));
	assert_false(str_eq(NULL, ""));
	assert_false(str_eq("", NULL));
	assert_true(str_eq("a", "a"));
	assert_false(str_eq("a", "A"));
	assert_true(str_ieq(NULL, NULL));
	assert_false(str_ieq("x", NULL));
	assert_false(str_ieq(NULL, "x"));
	assert_true(str_ieq("cs.NE", "CS.ne"));
	assert_false(str_ieq("cs", "cs.NE"));
	assert_false(str_ieq("cs.NE", "cs"));
	/* Only letters have a case: @ and ` differ by the same bit. */
	assert_false(str_ieq("@", "`"));
	assert_true(str_ieq_n("arXiv:1", "ARXIV:2", 6));
	assert_false(str_ieq_n("arXiv:1", "ARXIV:2", 7));
	assert_true(str_ieq_n("ab", "AB", 10));
	assert_false(str_ieq_n("ab", "abc", 3));
	assert_true(str_ieq_n("x", "y", 0));
	assert_true(str_starts("submitted:", "sub"));
	assert_true(str_starts("x", ""));
	assert_false(str_starts("su", "sub"));
	assert_false(str_starts("SUB", "sub"));
	assert_true(str_istarts("SUBmitted", "sub"));
	assert_false(str_istarts("su", "sub"));
}

static void trimming(void **state)
{
	static const struct {
		const char *text, *trimmed;
	} cases[] = {
		{"", ""}, {" \t\r\n\v\f", ""}, {"a", "a"}, {"  a  b ", "a  b"}, {"\na\n", "a"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *s = cases[i].text;
		size_t      len = strlen(s);

		str_trim(&s, &len);
		assert_int_equal(len, strlen(cases[i].trimmed));
		assert_memory_equal(s, cases[i].trimmed, len);
	}
}

static void whole_numbers(void **state)
{
	static const struct {
		const char *text;
		int         good;
		int64_t     value;
	} cases[] = {
		{"0", 1, 0},
		{"-0", 1, 0},
		{"+12", 1, 12},
		{"-12", 1, -12},
		{"0012", 1, 12},
		{"9223372036854775807", 1, INT64_MAX},
		{"-9223372036854775807", 1, -INT64_MAX},
		{"9223372036854775808", 0, 0},
		{"99999999999999999999", 0, 0},
		{"", 0, 0},
		{"-", 0, 0},
		{"+", 0, 0},
		{"1 ", 0, 0},
		{" 1", 0, 0},
		{"1x", 0, 0},
		{"1.5", 0, 0},
		{"--1", 0, 0},
		{"0x10", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t value = 77;

		assert_int_equal(str_to_int64(cases[i].text, &value), cases[i].good);
		assert_int_equal(value, cases[i].good ? cases[i].value : 77);
	}
}

static void decimal_numbers(void **state)
{
	static const struct {
		const char *text;
		int         good;
		double      value;
	} cases[] = {
		{"0", 1, 0},     {"2.5", 1, 2.5},   {"-2.25", 1, -2.25},
		{"+3", 1, 3},    {".5", 1, 0.5},    {"7.", 1, 7},
		{"", 0, 0},      {".", 0, 0},       {"-", 0, 0},
		{"1e3", 0, 0},   {"nan", 0, 0},     {"inf", 0, 0},
		{"1,5", 0, 0},   {"1.5.", 0, 0},    {" 1", 0, 0},
		{"0x1p3", 0, 0}, {"2.35", 1, 2.35}, {"-0.123456789012345", 1, -0.123456789012345},
	};
	char   huge[2000];
	double value;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		value = 77;
		assert_int_equal(str_to_double(cases[i].text, &value), cases[i].good);
		assert_true(value == (cases[i].good ? cases[i].value : 77));
	}
	memset(huge, '9', sizeof huge - 1);
	huge[sizeof huge - 1] = 0;
	assert_int_equal(str_to_double(huge, &value), 0);
}

static void the_nearest_name(void **state)
{
	static const char *const names[] = {"harvest", "search", "count", "digest", "check", NULL};
	static const char *const none[] = {NULL};
	static const struct {
		const char *word, *nearest;
	} cases[] = {
		{"harvset", "harvest"},
		{"serach", "search"},
		{"digets", "digest"},
		{"chek", "check"},
		{"count", "count"},
		{"xyzzyplugh", NULL},
		{"", NULL},
		{"zzzzzz", NULL},
	};
	char very_long[300];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *nearest = str_nearest(cases[i].word, names);

		if (!str_eq(nearest, cases[i].nearest))
			fail_msg("'%s': %s", cases[i].word, nearest ? nearest : "none");
	}
	assert_null(str_nearest("word", none));
	memset(very_long, 'h', sizeof very_long - 1);
	very_long[sizeof very_long - 1] = 0;
	assert_null(str_nearest(very_long, names));
}

static void distances_have_a_limit(void **state)
{
	static const char *const names[] = {"abcdefghi", NULL};

	(void)state;
	/* Nine letters: a third and one makes four. */
	assert_non_null(str_nearest("abcdeWXYZ", names));
	assert_null(str_nearest("abcdVWXYZ", names));
}

static void hashes_are_those_of_fnv_1a(void **state)
{
	(void)state;
	assert_true(hash_bytes(HASH_SEED, "", 0) == 0xCBF29CE484222325u);
	assert_true(hash_bytes(HASH_SEED, "a", 1) == 0xAF63DC4C8601EC8Cu);
	assert_true(hash_bytes(HASH_SEED, "foobar", 6) == 0x85944171F73967E8u);
	assert_true(hash_bytes(hash_bytes(HASH_SEED, "foo", 3), "bar", 3) == 0x85944171F73967E8u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_are_those_of_ascii),
		cmocka_unit_test(comparing),
		cmocka_unit_test(trimming),
		cmocka_unit_test(whole_numbers),
		cmocka_unit_test(decimal_numbers),
		cmocka_unit_test(the_nearest_name),
		cmocka_unit_test(distances_have_a_limit),
		cmocka_unit_test(hashes_are_those_of_fnv_1a),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

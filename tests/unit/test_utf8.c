/* utf8.h: valid and broken characters, at every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "utf8.h"

static void every_character_goes_round(void **state)
{
	static const struct {
		uint32_t first, last;
		size_t   len;
	} ranges[] = {{0, 0x7F, 1},
	              {0x80, 0x7FF, 2},
	              {0x800, 0xD7FF, 3},
	              {0xE000, 0xFFFF, 3},
	              {0x10000, 0x10FFFF, 4}};

	(void)state;
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		for (uint32_t c = ranges[i].first; c <= ranges[i].last; c++) {
			char     bytes[4];
			uint32_t back = 1;

			if (utf8_put(c, bytes) != ranges[i].len ||
			    utf8_decode(bytes, ranges[i].len, &back) != ranges[i].len || back != c)
				fail_msg("U+%04X", (unsigned)c);
		}
	}
}

static void what_is_no_character_encodes_as_a_replacement(void **state)
{
	static const uint32_t cases[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};
	char                  bytes[4];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(utf8_put(cases[i], bytes), 3);
		assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
	}
}

static void broken_bytes_are_one_replacement_each(void **state)
{
	static const struct {
		const char *bytes;
		size_t      len;
	} cases[] = {
		{"\x80", 1},
		{"\xBF\x80", 2},
		{"\xC0\x80", 2},
		{"\xC1\xBF", 2},
		{"\xC3", 1},
		{"\xC3(", 2},
		{"\xE0\x80\xAF", 3},
		{"\xE0\x9F\xBF", 3},
		{"\xE2\x82", 2},
		{"\xE2(\xA1", 3},
		{"\xED\xA0\x80", 3},
		{"\xED\xBF\xBF", 3},
		{"\xF0\x80\x80\x80", 4},
		{"\xF0\x8F\xBF\xBF", 4},
		{"\xF4\x90\x80\x80", 4},
		{"\xF5\x80\x80\x80", 4},
		{"\xFF", 1},
		{"\xF0\x9D\x9B", 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t c = 0;

		assert_int_equal(utf8_decode(cases[i].bytes, cases[i].len, &c), 1);
		assert_int_equal(c, UTF8_REPLACEMENT);
		assert_int_equal(utf8_valid_prefix(cases[i].bytes, cases[i].len), 0);
	}
}

static void the_length_that_is_left_counts(void **state)
{
	uint32_t c;

	(void)state;
	/* The bytes after the end would complete the character. */
	assert_int_equal(utf8_decode("\xF0\x9D\x9B\xBC", 3, &c), 1);
	assert_int_equal(utf8_decode("\xE2\x82\xAC", 2, &c), 1);
	assert_int_equal(utf8_decode("\xC3\xA9", 1, &c), 1);
	assert_int_equal(utf8_decode("\xC3\xA9", 2, &c), 2);
	assert_int_equal(c, 0xE9);
}

static void valid_prefixes(void **state)
{
	(void)state;
	assert_int_equal(utf8_valid_prefix("", 0), 0);
	assert_int_equal(utf8_valid_prefix("na\xC3\xAFve", 6), 6);
	assert_int_equal(utf8_valid_prefix("na\xC3", 3), 2);
	assert_int_equal(utf8_valid_prefix("ab\0cd", 5), 2);
	/* A replacement that is there is a character like others. */
	assert_int_equal(utf8_valid_prefix("\xEF\xBF\xBD!", 4), 4);
}

static void cleaning(void **state)
{
	static const struct {
		const char *bytes;
		size_t      len;
		const char *clean;
	} cases[] = {
		{"", 0, ""},
		{"plain", 5, "plain"},
		{"a\0b", 3, "a b"},
		{"\xFF\xFE", 2, "\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"na\xC3\xAFve\xC3", 7, "na\xC3\xAFve\xEF\xBF\xBD"},
		{"\xE2\x82(", 3, "\xEF\xBF\xBD\xEF\xBF\xBD("},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf b = BUF_INIT(0);

		utf8_append_clean(&b, cases[i].bytes, cases[i].len);
		assert_string_equal(buf_str(&b), cases[i].clean);
		buf_free(&b);
	}
}

static void cuts_fall_between_characters(void **state)
{
	static const char   text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9D\x9B\xBCz";
	static const size_t floors[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};

	(void)state;
	for (size_t i = 0; i < sizeof floors / sizeof *floors; i++)
		assert_int_equal(utf8_floor(text, i), floors[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_goes_round),
		cmocka_unit_test(what_is_no_character_encodes_as_a_replacement),
		cmocka_unit_test(broken_bytes_are_one_replacement_each),
		cmocka_unit_test(the_length_that_is_left_counts),
		cmocka_unit_test(valid_prefixes),
		cmocka_unit_test(cleaning),
		cmocka_unit_test(cuts_fall_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

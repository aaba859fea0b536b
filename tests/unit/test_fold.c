/* fold.h and lower.h: characters as they are searched by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fold.h"
#include "lower.h"
#include "utf8.h"

static void ascii(void **state)
{
	char   out[FOLD_MAX];
	size_t len;

	(void)state;
	for (uint32_t c = 0; c < 0x80; c++) {
		int letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		int word = letter || (c >= '0' && c <= '9');

		assert_int_equal(fold_char(c, out, &len), word ? CHAR_WORD : CHAR_OTHER);
		assert_int_equal(len, word);
		if (word)
			assert_int_equal(out[0], c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
}

static void letters_of_the_world(void **state)
{
	static const struct {
		uint32_t    cp;
		char_class  cls;
		const char *folded;
	} cases[] = {
		{0xE9, CHAR_WORD, "e"},           /* é */
		{0xC9, CHAR_WORD, "e"},           /* É */
		{0xD6, CHAR_WORD, "o"},           /* Ö */
		{0x151, CHAR_WORD, "o"},          /* ő */
		{0xDF, CHAR_WORD, "ss"},          /* ß */
		{0x1E9E, CHAR_WORD, "ss"},        /* ẞ */
		{0xE6, CHAR_WORD, "ae"},          /* æ */
		{0xC6, CHAR_WORD, "ae"},          /* Æ */
		{0x152, CHAR_WORD, "oe"},         /* Œ */
		{0xF8, CHAR_WORD, "o"},           /* ø */
		{0xD8, CHAR_WORD, "o"},           /* Ø */
		{0x142, CHAR_WORD, "l"},          /* ł */
		{0x141, CHAR_WORD, "l"},          /* Ł */
		{0x110, CHAR_WORD, "d"},          /* Đ */
		{0x131, CHAR_WORD, "i"},          /* dotless i */
		{0x130, CHAR_WORD, "i"},          /* İ */
		{0xDE, CHAR_WORD, "th"},          /* Þ */
		{0x3B1, CHAR_WORD, "\xCE\xB1"},   /* α */
		{0x391, CHAR_WORD, "\xCE\xB1"},   /* Α */
		{0x3C2, CHAR_WORD, "\xCF\x83"},   /* final sigma */
		{0x3AC, CHAR_WORD, "\xCE\xB1"},   /* ά */
		{0x416, CHAR_WORD, "\xD0\xB6"},   /* Ж */
		{0xFB01, CHAR_WORD, "fi"},        /* the ligature */
		{0x2460, CHAR_WORD, "1"},         /* a number in a circle */
		{0xB2, CHAR_WORD, "2"},           /* superscript two */
		{0x2082, CHAR_WORD, "2"},         /* subscript two */
		{0x211D, CHAR_WORD, "r"},         /* double-struck R */
		{0x1D6FC, CHAR_WORD, "\xCE\xB1"}, /* mathematical α */
		{0xFF21, CHAR_WORD, "a"},         /* fullwidth A */
		{0x795E, CHAR_IDEOGRAPH, "\xE7\xA5\x9E"},
		{0x304B, CHAR_IDEOGRAPH, "\xE3\x81\x8B"},
		{0x304C, CHAR_IDEOGRAPH, "\xE3\x81\x8C"}, /* voiced kana stay voiced */
		{0xFF76, CHAR_IDEOGRAPH, "\xE3\x82\xAB"}, /* halfwidth kana */
		{0x0E01, CHAR_IDEOGRAPH, "\xE0\xB8\x81"}, /* Thai letter */
		{0x0E31, CHAR_IDEOGRAPH, "\xE0\xB8\xB1"}, /* Thai vowel sign */
		{0x093E, CHAR_WORD, "\xE0\xA4\xBE"},      /* Devanagari vowel sign */
		{0x0439, CHAR_WORD, "\xD0\xB9"},          /* Cyrillic short i is no i */
		{0x0419, CHAR_WORD, "\xD0\xB9"},
		{0x0451, CHAR_WORD, "\xD0\xB5"},                 /* but io is ie */
		{0x0623, CHAR_WORD, "\xD8\xA7"},                 /* alef with hamza */
		{0xAC00, CHAR_WORD, "\xE1\x84\x80\xE1\x85\xA1"}, /* Hangul: its letters */
		{0x064E, CHAR_MARK, ""},                         /* Arabic fatha */
		{0x05B8, CHAR_MARK, ""},                         /* Hebrew point */
		{0x0640, CHAR_MARK, ""},                         /* tatweel */
		{0x02BC, CHAR_MARK, ""},                         /* letter apostrophe */
		{0x00B4, CHAR_MARK, ""},                         /* an accent by itself */
		{0x00AD, CHAR_MARK, ""},                         /* soft hyphen */
		{0x200D, CHAR_MARK, ""},                         /* zero-width joiner */
		{0xFEFF, CHAR_MARK, ""},                         /* byte order mark */
		{0x200B, CHAR_OTHER, ""}, /* zero-width space: words end there */
		{0x00BD, CHAR_OTHER, ""}, /* a half is not twelve */
		{0x301, CHAR_MARK, ""},   /* combining acute */
		{0x20D7, CHAR_MARK, ""},
		{0x2014, CHAR_OTHER, ""}, /* dash */
		{0xA0, CHAR_OTHER, ""},
		{0x2264, CHAR_OTHER, ""}, /* less or equal */
		{0xFFFD, CHAR_OTHER, ""},
		{0x10FFFF, CHAR_OTHER, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char       out[FOLD_MAX];
		size_t     len;
		char_class cls = fold_char(cases[i].cp, out, &len);

		if (cls != cases[i].cls || len != strlen(cases[i].folded) ||
		    memcmp(out, cases[i].folded, len) != 0)
			fail_msg("U+%04X: class %d, '%.*s'", (unsigned)cases[i].cp, (int)cls,
			         (int)len, out);
	}
}

/* A folded form is its own folded form: a query that repeats what a text shows finds it. */
static void folding_is_settled(void **state)
{
	(void)state;
	for (uint32_t c = 0x80; c < 0x30000; c++) {
		char       out[FOLD_MAX], again[FOLD_MAX * FOLD_MAX];
		size_t     len, total = 0;
		char_class cls = fold_char(c, out, &len);

		assert_true(len <= FOLD_MAX);
		if (cls == CHAR_OTHER || cls == CHAR_MARK) {
			assert_int_equal(len, 0);
			continue;
		}
		assert_int_equal(utf8_valid_prefix(out, len), len);
		for (size_t at = 0; at < len;) {
			char     part[FOLD_MAX];
			size_t   part_len;
			uint32_t cp;

			at += utf8_decode(out + at, len - at, &cp);
			fold_char(cp, part, &part_len);
			memcpy(again + total, part, part_len);
			total += part_len;
		}
		if (total != len || memcmp(again, out, len) != 0)
			fail_msg("U+%04X: '%.*s' folds on to '%.*s'", (unsigned)c, (int)len, out,
			         (int)total, again);
	}
}

static void greek_names(void **state)
{
	(void)state;
	assert_string_equal(fold_greek_name(0x3B1), "alpha");
	assert_string_equal(fold_greek_name(0x3C2), "sigma");
	assert_string_equal(fold_greek_name(0x3C3), "sigma");
	assert_string_equal(fold_greek_name(0x3C9), "omega");
	assert_null(fold_greek_name(0x3B0));
	assert_null(fold_greek_name(0x3CA));
	assert_null(fold_greek_name('a'));
}

/* A letter that stays whole is the same when its parts come one by one. */
static void marks_that_make_a_letter(void **state)
{
	char text[] = "\xD0\xB8";

	(void)state;
	fold_combine(text, 2, 0x301);
	assert_string_equal(text, "\xD0\xB8");
	fold_combine(text, 1, 0x306);
	assert_string_equal(text, "\xD0\xB8");
	fold_combine(text, 2, 0x306);
	assert_string_equal(text, "\xD0\xB9");
}

static void lower_case(void **state)
{
	static const struct {
		const char *text, *lower;
	} cases[] = {
		{"", ""},
		{"cs.NE 42", "cs.ne 42"},
		{"\xC3\x89tude \xC3\x98", "\xC3\xA9tude \xC3\xB8"},
		{"\xC4\xB0", "i\xCC\x87"},
		{"\xCE\xA3\xCE\x91\xCE\xA3", "\xCF\x83\xCE\xB1\xCF\x83"},
		{"\xC3\x9F", "\xC3\x9F"},
		{"a\xFF"
	         "B\xC3",
	         "a\xEF\xBF\xBD"
	         "b\xEF\xBF\xBD"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf out = BUF_INIT(0);

		text_lower(&out, cases[i].text);
		assert_string_equal(buf_str(&out), cases[i].lower);
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii),
		cmocka_unit_test(letters_of_the_world),
		cmocka_unit_test(folding_is_settled),
		cmocka_unit_test(greek_names),
		cmocka_unit_test(marks_that_make_a_letter),
		cmocka_unit_test(lower_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

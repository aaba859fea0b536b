#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text_wrap.h"

static void wraps(const char *text, wrap_style style, const char *expected)
{
	buf out = BUF_INIT(0);

	text_wrap(&out, text, &style);
	assert_int_equal(out.status, SHEAF_OK);
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static void breaks_at_blanks(void **state)
{
	(void)state;
	wraps("one two three", (wrap_style){0, 7, NULL, NULL}, "one two\nthree\n");
	wraps("one two three", (wrap_style){2, 7, NULL, NULL}, "  one\n  two\n  three\n");
	wraps("  a \n b\t\tc  ", (wrap_style){1, 80, NULL, NULL}, " a b c\n");
	wraps("extraordinarily a b", (wrap_style){0, 5, NULL, NULL}, "extraordinarily\na b\n");
	wraps(" \n ", (wrap_style){4, 80, NULL, NULL}, "");
	wraps("", (wrap_style){4, 80, NULL, NULL}, "");
}

static void counts_columns_not_bytes(void **state)
{
	(void)state;
	wraps("\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9 x", (wrap_style){0, 5, NULL, NULL},
	      "\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\nx\n");
	wraps("\xE5\xAD\x97\xE5\xAD\x97 ab", (wrap_style){0, 6, NULL, NULL},
	      "\xE5\xAD\x97\xE5\xAD\x97\nab\n");
	wraps("e\xCC\x81 e\xCC\x81", (wrap_style){0, 3, NULL, NULL}, "e\xCC\x81 e\xCC\x81\n");
}

static void marks_become_what_the_style_says(void **state)
{
	const char *text = "a \xEE\x80\x80word\xEE\x80\x81 b";

	(void)state;
	wraps(text, (wrap_style){0, 80, "<", ">"}, "a <word> b\n");
	wraps(text, (wrap_style){0, 80, NULL, NULL}, "a word b\n");
	wraps("\xEE\x80\x80open", (wrap_style){0, 80, "<", ">"}, "<open>\n");
	wraps("\xEE\x80\x81shut\xEE\x80\x80\xEE\x80\x80x\xEE\x80\x81",
	      (wrap_style){0, 80, "<", ">"}, "shut<x>\n");
}

static void nothing_steers_the_terminal(void **state)
{
	(void)state;
	wraps("a\x1b[31mb \xC2\x9Bx \xE2\x80\xAEy\x07", (wrap_style){0, 80, NULL, NULL},
	      "a[31mb x y\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_at_blanks),
		cmocka_unit_test(counts_columns_not_bytes),
		cmocka_unit_test(marks_become_what_the_style_says),
		cmocka_unit_test(nothing_steers_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

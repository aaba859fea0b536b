#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sparkline.h"
#include "text_cell.h"

static void drawn(const int64_t *numbers, size_t count, size_t width, int utf8, size_t each,
                  const char *expected)
{
	output out;

	output_init(&out, -1);
	assert_int_equal(sparkline_print(&out, numbers, count, width, utf8), each);
	assert_string_equal(buf_str(&out.pending), expected);
	output_free(&out);
}

static void columns_grow_with_numbers(void **state)
{
	const int64_t steps[] = {0, 1, 2, 3, 4, 5, 6, 7}, rare[] = {0, 1, 1000, 0, 999};
	const int64_t many[] = {1, 1, 0, 0, 3, 4, 7};

	(void)state;
	drawn(steps, 8, 80, 1, 1, "▁▂▃▄▅▆▇█");
	drawn(steps, 8, 80, 0, 1, "_.:-=+*#");
	drawn(rare, 5, 80, 0, 1, "_.#_#");
	drawn(many, 7, 4, 0, 2, ":_##");
	drawn(many, 7, 0, 0, 7, "#");
	drawn(many + 2, 2, 80, 0, 1, "__");
	drawn(NULL, 0, 80, 1, 0, "");
}

static void cell(const char *text, size_t width, int utf8, const char *expected)
{
	output out;

	output_init(&out, -1);
	text_cell_print(&out, text, width, utf8);
	assert_string_equal(buf_str(&out.pending), expected);
	output_free(&out);
}

static void cells_have_the_width_asked_for(void **state)
{
	(void)state;
	cell("abc", 5, 1, "abc  ");
	cell("abcde", 5, 1, "abcde");
	cell("abcdef", 5, 1, "abcd…");
	cell("abcdef", 5, 0, "abc..");
	cell("Größer als", 6, 1, "Größe…");
	cell("a\033[31m\tb", 8, 1, "a[31m b ");
	cell("", 2, 1, "  ");
	assert_int_equal(text_cell_width("Größe\007"), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_grow_with_numbers),
		cmocka_unit_test(cells_have_the_width_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flatten.h"
#include "lower.h"

static void makes(void (*fn)(buf *, const char *), const char *text, const char *expected)
{
	buf out = BUF_INIT(0);

	fn(&out, text);
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static void words_are_divided_by_one_blank(void **state)
{
	(void)state;
	makes(flatten_words, "  a\n  b\t c ", "a b c");
	makes(flatten_words,
	      "a\xC2\xA0\xE2\x80\x83"
	      "b\xE3\x80\x80",
	      "a b");
	makes(flatten_words,
	      "\x1C"
	      "a\x1F\x1F"
	      "b\xC2\x85",
	      "a b");
	makes(flatten_words,
	      "a\xE2\x80\x8B"
	      "b",
	      "a\xE2\x80\x8B"
	      "b");
	makes(flatten_words, " \n ", "");
	makes(flatten_words, "", "");
}

static void lines_keep_their_inner_blanks(void **state)
{
	(void)state;
	makes(flatten_lines, "  one  two.\n  Three\n", "one  two.   Three");
	makes(flatten_lines, "a\r\nb\rc\nd", "a b c d");
	makes(flatten_lines, "a\n\nb", "a  b");
	makes(flatten_lines,
	      "\xC2\xA0"
	      "a\xC2\xA0"
	      "b\xE2\x80\x83",
	      "a\xC2\xA0"
	      "b");
	makes(flatten_lines, "\n", "");
}

static void broken_bytes_pass(void **state)
{
	(void)state;
	makes(flatten_words, "a\xFF\xC3 \xE2\x80", "a\xFF\xC3 \xE2\x80");
	makes(flatten_lines, "a\xFF\n\xC3", "a\xFF \xC3");
}

static void lower_case_follows_unicode(void **state)
{
	(void)state;
	makes(text_lower, "SNN and STDP-2", "snn and stdp-2");
	makes(text_lower, "\xC3\x89\xCE\xA3\xD0\x96\xE1\xBA\x9E",
	      "\xC3\xA9\xCF\x83\xD0\xB6\xC3\x9F");
	makes(text_lower, "\xC4\xB0stanbul", "i\xCC\x87stanbul");
	makes(text_lower, "\xE2\x84\xAA", "k");
	makes(text_lower, "a\xFF", "a\xEF\xBF\xBD");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_divided_by_one_blank),
		cmocka_unit_test(lines_keep_their_inner_blanks),
		cmocka_unit_test(broken_bytes_pass),
		cmocka_unit_test(lower_case_follows_unicode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Mending touches what a JSON parser would refuse, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json_mend.h"

static void becomes(const char *line, size_t len, const char *expected)
{
	buf out = BUF_INIT(0);

	json_mend(&out, line, len);
	assert_int_equal(buf_status(&out, NULL), SHEAF_OK);
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

#define BECOMES(line, expected) becomes(line, sizeof(line) - 1, expected)
#define STAYS(line) BECOMES(line, line)

static void test_stays(void **state)
{
	(void)state;
	STAYS("");
	STAYS("{\"a\":\"\\\"\\\\\\n\\u00e9\\ud83e\\udde0\xC3\xA9\"}");
	STAYS("\\\\ud800 \\\\\\\\udc00");
	STAYS("\\u12 \\uxyz1 \\");
	STAYS("\\u");
}

static void test_mended(void **state)
{
	(void)state;
	BECOMES("a\tb\x01"
	        "c\0d",
	        "a b c d");
	BECOMES("\xFF\xC3", "\xEF\xBF\xBD\xEF\xBF\xBD");
	BECOMES("\\ud800", "\\ufffd");
	BECOMES("\\uDC00\\uD83E", "\\ufffd\\ufffd");
	BECOMES("\\ud83e\\ud83e\\udde0", "\\ufffd\\ud83e\\udde0");
	BECOMES("\\ud83e\\u0041", "\\ufffd\\u0041");
	BECOMES("\\\\\\ud800x", "\\\\\\ufffdx");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stays),
		cmocka_unit_test(test_mended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

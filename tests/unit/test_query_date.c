/* The values of date fields. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "datetime.h"
#include "query_date.h"

enum { DAY = 86400 };

#define AT(y, m, d) (date_days(y, m, d) * DAY)

static void check(const char *text, int64_t begin, int64_t end)
{
	int64_t b = 0, e = 0;

	assert_true(query_date_parse(text, strlen(text), AT(2024, 3, 15) + 100, &b, &e));
	assert_int_equal(b, begin);
	assert_int_equal(e, end);
}

static void test_single(void **state)
{
	(void)state;
	check("2024", AT(2024, 1, 1), AT(2025, 1, 1) - 1);
	check("2024-02", AT(2024, 2, 1), AT(2024, 3, 1) - 1);
	check("202402", AT(2024, 2, 1), AT(2024, 3, 1) - 1);
	check("2024-02-29", AT(2024, 2, 29), AT(2024, 3, 1) - 1);
	check("20240229", AT(2024, 2, 29), AT(2024, 3, 1) - 1);
	check(" 2024,", AT(2024, 1, 1), AT(2025, 1, 1) - 1);
	check("2024-02-29T01:02", AT(2024, 2, 29) + 3720, AT(2024, 2, 29) + 3779);
	check("yesterday", AT(2024, 3, 14), AT(2024, 3, 15) - 1);
	check("2w", AT(2024, 3, 1), AT(2024, 3, 2) - 1);
	check("*", INT64_MIN, INT64_MAX);
}

static void test_ranges(void **state)
{
	(void)state;
	check("2023..2024", AT(2023, 1, 1), AT(2025, 1, 1) - 1);
	check("2023..", AT(2023, 1, 1), INT64_MAX);
	check("..2023", INT64_MIN, AT(2024, 1, 1) - 1);
	check("..", INT64_MIN, INT64_MAX);
	check("*..2023", INT64_MIN, AT(2024, 1, 1) - 1);
	check("2024..2023", AT(2023, 1, 1), AT(2025, 1, 1) - 1);
	check("1d..today", AT(2024, 3, 14), AT(2024, 3, 16) - 1);
	check("2024-01-01T00:00:00Z..2024-01-01T00:00:59Z", AT(2024, 1, 1), AT(2024, 1, 1) + 59);
}

static void test_brackets(void **state)
{
	(void)state;
	check("[202301010600 TO 202401010600]", AT(2023, 1, 1) + 21600, AT(2024, 1, 1) + 21659);
	check("[20230101 TO 20230102]", AT(2023, 1, 1), AT(2023, 1, 3) - 1);
	check("[2023+TO+2024]", AT(2023, 1, 1), AT(2025, 1, 1) - 1);
	check("[2023-01-01 TO 2023-01-02]", AT(2023, 1, 1), AT(2023, 1, 3) - 1);
	check("[* TO 2023]", INT64_MIN, AT(2024, 1, 1) - 1);
	check("[2023 TO *]", AT(2023, 1, 1), INT64_MAX);
	check("[* TO *]", INT64_MIN, INT64_MAX);
}

static void test_no_dates(void **state)
{
	static const char *const texts[] = {
		"",      "soon",        "2024-13",        "2024-02-30",
		"24",    "20245",       "2024...2025",    "2023..soon",
		"[",     "[]",          "[2023]",         "[2023 2024]",
		"[ TO",  "[TO]",        "[2023 to 2024]", "..soon",
		"2023-", "9999999999w", "\xE2\x88\x9E",
	};
	int64_t begin, end;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(query_date_parse(texts[i], strlen(texts[i]), AT(2024, 3, 15), &begin,
		                              &end));
	assert_false(query_date_parse("2w", 2, SHEAF_TIME_NONE, &begin, &end));
	assert_false(query_date_parse("2w..", 4, SHEAF_TIME_NONE, &begin, &end));
	assert_false(query_date_parse("today..2025", 11, SHEAF_TIME_NONE, &begin, &end));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_single),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_no_dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

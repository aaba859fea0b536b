/* The arithmetic of the OAI-PMH loop: ranges, overlaps, tokens that lead in a circle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "api_loop.h"
#include "oai_list.h"
#include "token_cycle.h"

static void test_ranges_go_round(void **state)
{
	static const struct {
		const char *text, *again;
	} cases[] = {
		{"2026-11-20", "2026-11-20"},
		{"2026-11-20..2026-11-22", "2026-11-20..2026-11-22"},
		{"..2026-11-22", "..2026-11-22"},
		{"", ""},
		{"nonsense", ""},
		{"2026-11-20..nonsense", "2026-11-20"},
		{"this is far too long to be a date of any kind..2026-11-22", "..2026-11-22"},
	};
	oai_range range;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[OAI_RANGE_SIZE];

		oai_range_parse(cases[i].text, &range);
		oai_range_format(&range, text);
		assert_string_equal(text, cases[i].again);
	}
	oai_range_parse(NULL, &range);
	assert_true(range.from == SHEAF_TIME_NONE && range.until == SHEAF_TIME_NONE);
}

static void read_on(const char *date, const char *from)
{
	char       text[TIME_TEXT_SIZE] = "";
	sheaf_time time = oai_read_on_from(harvest_date(date));

	if (time != SHEAF_TIME_NONE)
		time_format_date(time, text);
	assert_string_equal(text, from);
}

static void test_two_days_again(void **state)
{
	(void)state;
	read_on("2026-11-20", "2026-11-18");
	read_on("2026-03-01", "2026-02-27");
	read_on("2024-03-01", "2024-02-28");
	read_on("2026-01-01T17:03:00Z", "2025-12-30");
	/* arXiv refuses what is before its first datestamp. */
	read_on("2005-09-16", "");
	read_on("2005-09-18", "");
	read_on("2005-09-19", "2005-09-17");
	read_on(NULL, "");
}

/* Feeds `tail` different tokens and then a circle of `circle`; the step that notices it. */
static int steps_to_notice(int tail, int circle)
{
	token_cycle cycle = {0, 0, 0};

	for (int i = 0; i < 10000; i++) {
		char token[32];
		int  at = i < tail ? i : tail + (i - tail) % circle;

		snprintf(token, sizeof token, "token|%d", at);
		if (token_cycle_add(&cycle, token))
			return i;
	}
	return -1;
}

static void test_circles(void **state)
{
	(void)state;
	for (int tail = 0; tail < 40; tail += 3)
		for (int circle = 1; circle < 40; circle += 2) {
			int at = steps_to_notice(tail, circle);

			assert_true(at >= tail + circle);
			assert_true(at <= 4 * (tail + circle) + 4);
		}
	assert_int_equal(steps_to_notice(9999, 1000), -1);
}

static void test_api_tokens(void **state)
{
	(void)state;
	assert_int_equal(api_token_parse("start=0"), 0);
	assert_int_equal(api_token_parse("start=400"), 400);
	assert_int_equal(api_token_parse("start=10000"), 10000);
	assert_int_equal(api_token_parse("start=10001"), -1);
	assert_int_equal(api_token_parse("start=-1"), -1);
	assert_int_equal(api_token_parse("start="), -1);
	assert_int_equal(api_token_parse("start=4x"), -1);
	assert_int_equal(api_token_parse("1122234|1001"), -1);
	assert_int_equal(api_token_parse(""), -1);
	assert_int_equal(api_token_parse(NULL), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges_go_round),
		cmocka_unit_test(test_two_days_again),
		cmocka_unit_test(test_circles),
		cmocka_unit_test(test_api_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

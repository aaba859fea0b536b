/* Retry-After, and how long to wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "datetime.h"
#include "retry.h"

static void test_retry_after(void **state)
{
	static const struct {
		const char *text;
		int         ok;
		int64_t     seconds;
	} cases[] = {
		{"0", 1, 0},
		{" 120 ", 1, 120},
		{"86399", 1, 86399},
		{"86401", 1, RETRY_AFTER_MAX_S},
		{"99999999999999999999999999", 1, RETRY_AFTER_MAX_S},
		{"Sun, 22 Nov 2026 12:01:30 GMT", 1, 90},
		{"Sun, 22 Nov 2026 11:00:00 GMT", 1, 0},
		{"Sat, 22 Nov 2036 12:00:00 GMT", 1, RETRY_AFTER_MAX_S},
		{"Sunday, 22-Nov-26 12:01:30 GMT", 1, 90},
		{"Sun Nov 22 12:01:30 2026", 1, 90},
		{"Wed Nov  4 12:01:30 2026", 1, 0},
		{"Fri Dec  4 12:00:00 2026", 1, RETRY_AFTER_MAX_S},
		{"Sunday, 22-Nov-26", 0, 0},
		{"Sunday, 22-Xxx-26 12:01:30 GMT", 0, 0},
		{",", 0, 0},
		{"Sun Nov 22 12:01:30 2026 ", 1, 90},
		{"xxxxxxxxxxxxxxxxxxxxxxxx", 0, 0},
		{"1.5", 1, 2},
		{"3.0", 1, 3},
		{"0.001", 1, 1},
		{"86400.9", 1, RETRY_AFTER_MAX_S},
		{"", 0, 0},
		{".5", 0, 0},
		{"5.", 0, 0},
		{"1.5.2", 0, 0},
		{"-5", 0, 0},
		{"soon", 0, 0},
		{"12 monkeys", 0, 0},
	};
	sheaf_time now;

	(void)state;
	assert_true(time_parse("2026-11-22T12:00:00Z", strlen("2026-11-22T12:00:00Z"), &now));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t seconds = -7;

		if (retry_after_parse(cases[i].text, now, &seconds) != cases[i].ok ||
		    seconds != cases[i].seconds)
			fail_msg("'%s' gives %lld", cases[i].text, (long long)seconds);
	}
}

static void test_date_without_a_clock(void **state)
{
	int64_t seconds;

	(void)state;
	assert_false(retry_after_parse("Sun, 22 Nov 2026 12:01:30 GMT", SHEAF_TIME_NONE, &seconds));
	assert_true(retry_after_parse("7", SHEAF_TIME_NONE, &seconds));
	assert_int_equal(seconds, 7);
}

static void test_own_minimum_doubles(void **state)
{
	(void)state;
	assert_int_equal(retry_wait_ms(1, RETRY_REFUSED, 1, -1), 60000);
	assert_int_equal(retry_wait_ms(1, RETRY_REFUSED, 2, 0), 120000);
	assert_int_equal(retry_wait_ms(1, RETRY_REFUSED, 6, 5), 1920000);
	assert_int_equal(retry_wait_ms(1, RETRY_REFUSED, 7, 5), 3600000);
	assert_int_equal(retry_wait_ms(1, RETRY_REFUSED, 100, -1), 3600000);
	assert_int_equal(retry_wait_ms(0, RETRY_REFUSED, 1, 0), 1000);
	assert_int_equal(retry_wait_ms(0, RETRY_REFUSED, 4, -1), 8000);
	assert_int_equal(retry_wait_ms(0, RETRY_REFUSED, 5, -1), 8000);
	assert_int_equal(retry_wait_ms(0, RETRY_TRANSIENT, 1, -1), 500);
	assert_int_equal(retry_wait_ms(0, RETRY_TRANSIENT, 60, -1), 8000);
	assert_int_equal(retry_wait_ms(1, RETRY_TRANSIENT, 3, -1), 20000);
}

static void test_what_is_asked_for_is_obeyed(void **state)
{
	(void)state;
	assert_int_equal(retry_wait_ms(0, RETRY_REFUSED, 1, 30), 30000);
	assert_int_equal(retry_wait_ms(1, RETRY_REFUSED, 1, 300), 300000);
	assert_int_equal(retry_wait_ms(1, RETRY_REFUSED, 1, 86400), 86400000);
}

/* Never less, never much more, and not the same for all. */
static void test_jitter(void **state)
{
	int different = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		int64_t wait = retry_jitter_ms(60000, seed);

		assert_in_range(wait, 60000, 75000);
		different += wait != retry_jitter_ms(60000, seed + 1);
		assert_in_range(retry_jitter_ms(1000000, seed), 1000000, 1030000);
		assert_in_range(retry_jitter_ms(RETRY_PATIENCE_S * 1000 - 10, seed),
		                RETRY_PATIENCE_S * 1000 - 10, RETRY_PATIENCE_S * 1000);
		assert_int_equal(retry_jitter_ms(7200000, seed), 7200000);
		assert_int_equal(retry_jitter_ms(0, seed), 0);
		assert_int_equal(retry_jitter_ms(3, seed), 3);
	}
	assert_true(different > 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_retry_after),
		cmocka_unit_test(test_date_without_a_clock),
		cmocka_unit_test(test_own_minimum_doubles),
		cmocka_unit_test(test_what_is_asked_for_is_obeyed),
		cmocka_unit_test(test_jitter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

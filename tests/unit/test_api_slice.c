/* Ranges of submission dates: halved, moved on, written and read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "api_slice.h"

static void test_query(void **state)
{
	api_slice s = {1767225600, 1767225600 + 86399 - 59};
	buf       out = BUF_INIT(200);

	(void)state;
	api_slice_write_query(&s, "cat:a OR cat:b", &out);
	assert_string_equal(buf_str(&out), "(cat:a OR cat:b) AND "
	                                   "submittedDate:[202601010000 TO 202601012359]");
	buf_free(&out);
}

/* However slices are cut, no minute is passed over, and there is an end. */
static void test_nothing_is_passed_over(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed < 50; seed++) {
		api_slice  s = api_slice_all(1795348800 + (sheaf_time)seed);
		sheaf_time reached = s.last;
		unsigned   dice = seed, steps = 0;

		assert_int_equal(s.first, 0);
		do {
			for (dice = dice * 1103515245u + 12345u; (dice >> 16 & 3) == 3;
			     dice = dice * 1103515245u + 12345u)
				if (!api_slice_halve(&s))
					break;
			assert_true(s.last >= reached && s.first < reached);
			assert_true(s.first >= 0 && s.first % 60 == 0 && s.last % 60 == 0);
			reached = s.first;
		} while (++steps < 100000 && api_slice_next(&s, 1));
		assert_int_equal(reached, 0);
	}
}

static void test_a_minute_is_the_end(void **state)
{
	api_slice s = {600, 720};

	(void)state;
	assert_true(api_slice_halve(&s));
	assert_int_equal(s.first, 660);
	assert_false(api_slice_halve(&s));
	assert_int_equal(s.last, 720);
}

static void test_tokens(void **state)
{
	static const char *const bad[] = {
		"",
		"start=5",
		"slice=",
		"slice=60",
		"slice=60-120",
		"slice=60-120+",
		"slice=120-60+0",
		"slice=-60-120+0",
		"slice=61-120+0",
		"slice=60-120+-1",
		"slice=60-120+x",
		"slice=60-99999999999999999999999999+0",
		"slice=60-999999999999999960+0",
		"slice=60-120+5 ",
	};
	api_slice s = {60, 1767225600}, again;
	int64_t   start;
	buf       out = BUF_INIT(200);

	(void)state;
	api_slice_write_token(&s, 4000, &out);
	assert_int_equal(api_slice_read_token(buf_str(&out), &again, &start), 1);
	assert_int_equal(again.first, 60);
	assert_int_equal(again.last, 1767225600);
	assert_int_equal(start, 4000);
	buf_free(&out);
	assert_int_equal(api_slice_read_token(NULL, &again, &start), 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (api_slice_read_token(bad[i], &again, &start))
			fail_msg("'%s' was taken", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_nothing_is_passed_over),
		cmocka_unit_test(test_a_minute_is_the_end),
		cmocka_unit_test(test_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

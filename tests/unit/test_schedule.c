/* When arXiv announces: by the east coast's clock, over changes of it and over weekends. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "datetime.h"
#include "schedule.h"

static sheaf_time at(const char *text)
{
	sheaf_time time;

	assert_true(time_parse(text, strlen(text), &time));
	return time;
}

static int64_t day(const char *text)
{
	return at(text) / 86400;
}

static void the_clock_changes_twice_a_year(void **state)
{
	static const struct {
		const char *utc;
		int         hours;
	} times[] = {
		{"2026-01-15 12:00", -5},    {"2026-03-08 06:59:59", -5}, {"2026-03-08 07:00", -4},
		{"2026-07-01 12:00", -4},    {"2026-11-01 05:59:59", -4}, {"2026-11-01 06:00", -5},
		{"2024-03-10 07:00", -4},    {"2024-11-03 06:00", -5},    {"2006-03-20 12:00", -5},
		{"2006-04-02 07:00", -4},    {"2006-10-29 06:00", -5},    {"1993-04-04 07:00", -4},
		{"1993-10-31 05:59:59", -4}, {"1986-04-20 12:00", -5},    {"1986-04-27 07:00", -4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		assert_int_equal(schedule_offset(at(times[i].utc)), times[i].hours * 3600);
	assert_int_equal(schedule_offset(SHEAF_TIME_NONE), -5 * 3600);
	assert_int_equal(schedule_offset(INT64_MAX), -5 * 3600);
}

static void days_begin_at_midnight_there(void **state)
{
	(void)state;
	assert_int_equal(schedule_day(at("2026-11-23 04:59:59")), day("2026-11-22"));
	assert_int_equal(schedule_day(at("2026-11-23 05:00")), day("2026-11-23"));
	assert_int_equal(schedule_day(at("2026-07-01 03:59:59")), day("2026-06-30"));
	assert_int_equal(schedule_midnight(day("2026-11-23")), at("2026-11-23 05:00"));
	assert_int_equal(schedule_midnight(day("2026-07-01")), at("2026-07-01 04:00"));
	assert_int_equal(schedule_midnight(day("2026-03-08")), at("2026-03-08 05:00"));
	assert_int_equal(schedule_midnight(day("2026-11-01")), at("2026-11-01 04:00"));
	assert_int_equal(schedule_midnight(day("1969-12-31")), at("1969-12-31 05:00"));
}

static void papers_are_announced_the_day_after_their_deadline(void **state)
{
	static const struct {
		const char *submitted, *announced;
	} papers[] = {
		/* a Monday before and after 14:00, EST */
		{"2026-11-16 18:59:59", "2026-11-17"},
		{"2026-11-16 19:00", "2026-11-18"},
		{"2026-11-19 18:59:59", "2026-11-20"}, /* a Thursday */
		{"2026-11-19 19:00", "2026-11-23"},
		{"2026-11-20 18:59:59", "2026-11-23"}, /* a Friday */
		{"2026-11-20 19:00", "2026-11-24"},
		{"2026-11-21 12:00", "2026-11-24"},
		{"2026-11-22 23:00", "2026-11-24"},
		{"2026-06-15 17:59:59", "2026-06-16"}, /* EDT */
		{"2026-06-15 18:00", "2026-06-17"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
		assert_int_equal(schedule_announcement(at(papers[i].submitted)),
		                 day(papers[i].announced));
	assert_true(schedule_announcement(SHEAF_TIME_NONE) == INT64_MIN);
	assert_true(schedule_announcement(INT64_MAX) == INT64_MIN);
}

static void sources_are_renewed_on_evenings_before_announcements(void **state)
{
	static const struct {
		const char *now, *metadata, *feed;
	} times[] = {
		{"2026-11-18 12:00", "2026-11-19 03:30", "2026-11-19 05:00"}, /* a Wednesday */
		{"2026-11-19 03:29:59", "2026-11-19 03:30", "2026-11-19 05:00"},
		{"2026-11-19 03:30", "2026-11-20 03:30", "2026-11-19 05:00"},
		{"2026-11-20 03:30", "2026-11-23 03:30", "2026-11-20 05:00"}, /* after Thursday's */
		{"2026-11-20 05:00", "2026-11-23 03:30", "2026-11-23 05:00"},
		{"2026-11-22 12:00", "2026-11-23 03:30", "2026-11-23 05:00"}, /* a Sunday */
		{"2026-07-01 12:00", "2026-07-02 02:30", "2026-07-02 04:00"},
		{"2026-03-08 12:00", "2026-03-09 02:30",
	         "2026-03-09 04:00"}, /* the clock has changed */
		{"2026-11-01 12:00", "2026-11-02 03:30", "2026-11-02 05:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		assert_int_equal(schedule_next_metadata(at(times[i].now)), at(times[i].metadata));
		assert_int_equal(schedule_next_feed(at(times[i].now)), at(times[i].feed));
	}
	assert_int_equal(schedule_is_announced(day("2026-11-22")), 0);
	assert_int_equal(schedule_is_announced(day("2026-11-23")), 1);
	assert_int_equal(schedule_is_announced(day("2026-11-27")), 1);
	assert_int_equal(schedule_is_announced(day("2026-11-28")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clock_changes_twice_a_year),
		cmocka_unit_test(days_begin_at_midnight_there),
		cmocka_unit_test(papers_are_announced_the_day_after_their_deadline),
		cmocka_unit_test(sources_are_renewed_on_evenings_before_announcements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

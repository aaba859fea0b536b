/* datetime.h: calendars, spans, the forms that arXiv and people write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "datetime.h"

enum { DAY = 86400 };

static int64_t at(int y, int mo, int d, int h, int mi, int s)
{
	return date_days(y, mo, d) * DAY + h * 3600 + mi * 60 + s;
}

static void days_and_dates_go_round(void **state)
{
	int64_t before = date_days(-4, 12, 31);

	(void)state;
	assert_int_equal(date_days(1970, 1, 1), 0);
	assert_int_equal(date_days(1969, 12, 31), -1);
	assert_int_equal(date_days(2000, 3, 1), 11017);
	for (int64_t day = date_days(-3, 1, 1); day <= date_days(2401, 1, 1); day++) {
		int y, m, d;

		date_civil(day, &y, &m, &d);
		if (date_days(y, m, d) != day || day != before + 1)
			fail_msg("%d-%d-%d", y, m, d);
		before = day;
	}
}

static void leap_years(void **state)
{
	static const struct {
		int year, leap;
	} cases[] = {{1900, 0}, {1996, 1}, {1999, 0}, {2000, 1}, {2024, 1}, {2026, 0}, {2100, 0}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int  y = cases[i].year;
		char text[TIME_TEXT_SIZE];

		assert_int_equal(date_days(y, 3, 1) - date_days(y, 2, 28), 1 + cases[i].leap);
		time_format_date(at(y, 2, 28, 0, 0, 0) + DAY, text);
		assert_string_equal(text + 5, cases[i].leap ? "02-29" : "03-01");
	}
}

/* `text` as a span, against its two ends; NULL `first` where it is none. */
static void expect_span(const char *text, sheaf_time now, const char *first, const char *last)
{
	char      begin[TIME_TEXT_SIZE], end[TIME_TEXT_SIZE];
	time_span span = {0, 0};
	int       good = time_parse_span(text, strlen(text), now, &span);

	if (good != (first != NULL))
		fail_msg("'%s': %s", text, good ? "taken" : "refused");
	if (!good)
		return;
	time_format_iso(span.first, begin);
	time_format_iso(span.last, end);
	if (strcmp(begin, first) != 0 || strcmp(end, last) != 0)
		fail_msg("'%s': %s to %s", text, begin, end);
}

static void spans(void **state)
{
	static const struct {
		const char *text, *first, *last;
	} cases[] = {
		{"2024", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z"},
		{"2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"},
		{"2023-02", "2023-02-01T00:00:00Z", "2023-02-28T23:59:59Z"},
		{"2024-12", "2024-12-01T00:00:00Z", "2024-12-31T23:59:59Z"},
		{"2024-02-29", "2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z"},
		{" 2024-02-29\n", "2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z"},
		{"2024-02-29 10:20", "2024-02-29T10:20:00Z", "2024-02-29T10:20:59Z"},
		{"2024-02-29 10:20:30", "2024-02-29T10:20:30Z", "2024-02-29T10:20:30Z"},
		{"2024-02-29T10:20:30Z", "2024-02-29T10:20:30Z", "2024-02-29T10:20:30Z"},
		{"2024-02-29t10:20:30z", "2024-02-29T10:20:30Z", "2024-02-29T10:20:30Z"},
		{"2024-02-29T10:20:30.123456Z", "2024-02-29T10:20:30Z", "2024-02-29T10:20:30Z"},
		{"2024-02-29T10:20:30+05:30", "2024-02-29T04:50:30Z", "2024-02-29T04:50:30Z"},
		{"2024-02-29T00:20-0500", "2024-02-29T05:20:00Z", "2024-02-29T05:20:59Z"},
		{"0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T23:59:59Z"},
		{"9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59Z"},
		{"2023-02-29", NULL, NULL},
		{"2024-13", NULL, NULL},
		{"2024-00", NULL, NULL},
		{"2024-01-00", NULL, NULL},
		{"2024-04-31", NULL, NULL},
		{"2024-01-01T24:00", NULL, NULL},
		{"2024-01-01T10:60", NULL, NULL},
		{"2024-01-01T10:00:61", NULL, NULL},
		{"2024-01-01T10:00+24:00", NULL, NULL},
		{"2024-01-01T10:00+01:60", NULL, NULL},
		{"2024-01-01T10:00*01:00", NULL, NULL},
		{"2024-01-01T", NULL, NULL},
		{"2024-1-1", NULL, NULL},
		{"24-01-01", NULL, NULL},
		{"2024-", NULL, NULL},
		{"2024-01-01x", NULL, NULL},
		{"20240101", NULL, NULL},
		{"0000", NULL, NULL},
		{"", NULL, NULL},
		{"  ", NULL, NULL},
		{"-2024", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_span(cases[i].text, SHEAF_TIME_NONE, cases[i].first, cases[i].last);
}

static void spans_that_count_from_now(void **state)
{
	static const struct {
		const char *text, *first, *last;
	} cases[] = {
		{"now", "2024-03-31T09:08:07Z", "2024-03-31T09:08:07Z"},
		{"today", "2024-03-31T00:00:00Z", "2024-03-31T23:59:59Z"},
		{"Today", "2024-03-31T00:00:00Z", "2024-03-31T23:59:59Z"},
		{"yesterday", "2024-03-30T00:00:00Z", "2024-03-30T23:59:59Z"},
		{"0d", "2024-03-31T00:00:00Z", "2024-03-31T23:59:59Z"},
		{"3d", "2024-03-28T00:00:00Z", "2024-03-28T23:59:59Z"},
		{"2W", "2024-03-17T00:00:00Z", "2024-03-17T23:59:59Z"},
		{"1m", "2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z"},
		{"13m", "2023-02-28T00:00:00Z", "2023-02-28T23:59:59Z"},
		{"3m", "2023-12-31T00:00:00Z", "2023-12-31T23:59:59Z"},
		{"1y", "2023-03-31T00:00:00Z", "2023-03-31T23:59:59Z"},
		{"5h", "2024-03-31T04:08:07Z", "2024-03-31T05:08:06Z"},
		{"3 days", "2024-03-28T00:00:00Z", "2024-03-28T23:59:59Z"},
		{"3_days_ago", "2024-03-28T00:00:00Z", "2024-03-28T23:59:59Z"},
		{"2weeks", "2024-03-17T00:00:00Z", "2024-03-17T23:59:59Z"},
		{"1-month-ago", "2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z"},
		{"this week", "2024-03-25T00:00:00Z", "2024-03-31T23:59:59Z"},
		{"last-week", "2024-03-18T00:00:00Z", "2024-03-24T23:59:59Z"},
		{"this_month", "2024-03-01T00:00:00Z", "2024-03-31T23:59:59Z"},
		{"last month", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"},
		{"last year", "2023-01-01T00:00:00Z", "2023-12-31T23:59:59Z"},
		{"sunday", "2024-03-31T00:00:00Z", "2024-03-31T23:59:59Z"},
		{"Monday", "2024-03-25T00:00:00Z", "2024-03-25T23:59:59Z"},
		{"sat", "2024-03-30T00:00:00Z", "2024-03-30T23:59:59Z"},
		{"march", "2024-03-01T00:00:00Z", "2024-03-31T23:59:59Z"},
		{"apr", "2023-04-01T00:00:00Z", "2023-04-30T23:59:59Z"},
		{"december", "2023-12-01T00:00:00Z", "2023-12-31T23:59:59Z"},
		{"3000y", NULL, NULL},
		{"last", NULL, NULL},
		{"last day", NULL, NULL},
		{"lastweek", NULL, NULL},
		{"this fortnight", NULL, NULL},
		{"ago", NULL, NULL},
		{"3 ago", NULL, NULL},
		{"3  days", NULL, NULL},
		{"mo", NULL, NULL},
		{"mondays", NULL, NULL},
		{"d", NULL, NULL},
		{"3", NULL, NULL},
		{"3x", NULL, NULL},
		{"-3d", NULL, NULL},
		{"3dd", NULL, NULL},
		{"1234567d", NULL, NULL},
		{"tomorrow", NULL, NULL},
		{"yesterdayyesterday", NULL, NULL},
	};
	sheaf_time now = at(2024, 3, 31, 9, 8, 7);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		expect_span(cases[i].text, now, cases[i].first, cases[i].last);
		expect_span(cases[i].text, SHEAF_TIME_NONE, NULL, NULL);
	}
}

/* The week and the month before the first of January, seen from a Monday. */
static void relative_dates_at_the_turn_of_a_year(void **state)
{
	sheaf_time now = at(2024, 1, 1, 0, 0, 0);

	(void)state;
	expect_span("last week", now, "2023-12-25T00:00:00Z", "2023-12-31T23:59:59Z");
	expect_span("this week", now, "2024-01-01T00:00:00Z", "2024-01-07T23:59:59Z");
	expect_span("last month", now, "2023-12-01T00:00:00Z", "2023-12-31T23:59:59Z");
	expect_span("monday", now, "2024-01-01T00:00:00Z", "2024-01-01T23:59:59Z");
	expect_span("tuesday", now, "2023-12-26T00:00:00Z", "2023-12-26T23:59:59Z");
	expect_span("january", now, "2024-01-01T00:00:00Z", "2024-01-31T23:59:59Z");
	expect_span("february", now, "2023-02-01T00:00:00Z", "2023-02-28T23:59:59Z");
	expect_span("1h", now, "2023-12-31T23:00:00Z", "2023-12-31T23:59:59Z");
}

static void compact_spans(void **state)
{
	static const struct {
		const char *text, *first, *last;
	} cases[] = {
		{"2024", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z"},
		{"202402", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"},
		{"20240203", "2024-02-03T00:00:00Z", "2024-02-03T23:59:59Z"},
		{"202402031015", "2024-02-03T10:15:00Z", "2024-02-03T10:15:59Z"},
		{"20240203101530", "2024-02-03T10:15:30Z", "2024-02-03T10:15:30Z"},
		{"", NULL, NULL},
		{"202", NULL, NULL},
		{"20241", NULL, NULL},
		{"202413", NULL, NULL},
		{"20240230", NULL, NULL},
		{"20240203101", NULL, NULL},
		{"202402032460", NULL, NULL},
		{"20240203101530Z", NULL, NULL},
		{"2024-02", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char      begin[TIME_TEXT_SIZE], end[TIME_TEXT_SIZE];
		time_span span;
		int       good = time_parse_compact(cases[i].text, strlen(cases[i].text), &span);

		if (good != (cases[i].first != NULL))
			fail_msg("'%s'", cases[i].text);
		if (!good)
			continue;
		time_format_iso(span.first, begin);
		time_format_iso(span.last, end);
		assert_string_equal(begin, cases[i].first);
		assert_string_equal(end, cases[i].last);
	}
}

static void moments(void **state)
{
	static const struct {
		const char *text, *time;
	} cases[] = {
		{"2007-04-02T19:18:42Z", "2007-04-02T19:18:42Z"},
		{"2007-04-02", "2007-04-02T00:00:00Z"},
		{"2007", "2007-01-01T00:00:00Z"},
		{"Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02T19:18:42Z"},
		{"Mon, 02 Apr 2007 19:18:42 GMT", "2007-04-02T19:18:42Z"},
		{"  Mon, 2 Apr 2007 19:18:42 GMT\n", "2007-04-02T19:18:42Z"},
		{"2 Apr 2007 19:18:42 GMT", "2007-04-02T19:18:42Z"},
		{"Mon, 2 Apr 2007 19:18 GMT", "2007-04-02T19:18:00Z"},
		{"Mon, 2 Apr 2007 19:18:42", "2007-04-02T19:18:42Z"},
		{"Mon, 2 Apr 2007 19:18:42 +0000", "2007-04-02T19:18:42Z"},
		{"Mon, 2 Apr 2007 20:18:42 -0500", "2007-04-03T01:18:42Z"},
		{"Mon, 2 Apr 2007 20:18:42 EST", "2007-04-03T01:18:42Z"},
		{"Mon, 2 Apr 2007 20:18:42 EDT", "2007-04-03T00:18:42Z"},
		{"Mon, 2 apr 2007 19:18:42 utc", "2007-04-02T19:18:42Z"},
		{"Tue, 29 Feb 2000 00:00:00 GMT", "2000-02-29T00:00:00Z"},
		{"Mon, 31 Dec 2007 23:59:60 GMT", "2008-01-01T00:00:00Z"},
		{"Thu, 29 Feb 2001 00:00:00 GMT", NULL},
		{"Mon, 2 Foo 2007 19:18:42 GMT", NULL},
		{"Mon, 0 Apr 2007 19:18:42 GMT", NULL},
		{"Mon, 2 Apr 07 19:18:42 GMT", NULL},
		{"Mon, 2 Apr 2007 25:18:42 GMT", NULL},
		{"Mon, 2 Apr 2007 19:18:42 XYZ", NULL},
		{"Mon, 2 Apr 2007 19:18:42 GMT and more", NULL},
		{"Mon, 2 Apr 2007", NULL},
		{"Mon,", NULL},
		{"today", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char       text[TIME_TEXT_SIZE];
		sheaf_time time = 0;
		int        good = time_parse(cases[i].text, strlen(cases[i].text), &time);

		if (good != (cases[i].time != NULL))
			fail_msg("'%s': %s", cases[i].text, good ? "taken" : "refused");
		if (!good)
			continue;
		time_format_iso(time, text);
		assert_string_equal(text, cases[i].time);
	}
}

/* No parser reads past the length it was given. */
static void lengths_are_kept(void **state)
{
	static const char text[] = "2024-02-29T10:20:30Z";
	time_span         span;
	sheaf_time        time;

	(void)state;
	assert_true(time_parse_span(text, 7, SHEAF_TIME_NONE, &span));
	assert_int_equal(span.first, at(2024, 2, 1, 0, 0, 0));
	assert_true(time_parse(text, 10, &time));
	assert_int_equal(time, at(2024, 2, 29, 0, 0, 0));
	for (size_t len = 0; len < sizeof text - 1; len++)
		time_parse(text, len, &time);
}

static void formats(void **state)
{
	char       text[TIME_TEXT_SIZE];
	sheaf_time time = at(2007, 4, 2, 9, 8, 7);

	(void)state;
	time_format_iso(time, text);
	assert_string_equal(text, "2007-04-02T09:08:07Z");
	time_format_date(time, text);
	assert_string_equal(text, "2007-04-02");
	time_format_minute(time, text);
	assert_string_equal(text, "2007-04-02 09:08");
	time_format_rfc5322(time, text);
	assert_string_equal(text, "Mon, 2 Apr 2007 09:08:07 GMT");
	time_format_rfc5322(-1, text);
	assert_string_equal(text, "Wed, 31 Dec 1969 23:59:59 GMT");
	time_format_rfc5322(at(1900, 1, 1, 0, 0, 0), text);
	assert_string_equal(text, "Mon, 1 Jan 1900 00:00:00 GMT");
}

static void times_beyond_the_calendar_keep_their_width(void **state)
{
	static const sheaf_time low[] = {INT64_MIN, INT64_MIN + 1, -1000000000000};
	static const sheaf_time high[] = {INT64_MAX, 1000000000000};
	char                    text[TIME_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof low / sizeof *low; i++) {
		time_format_iso(low[i], text);
		assert_string_equal(text, "0001-01-01T00:00:00Z");
	}
	for (size_t i = 0; i < sizeof high / sizeof *high; i++) {
		time_format_iso(high[i], text);
		assert_string_equal(text, "9999-12-31T23:59:59Z");
		time_format_rfc5322(high[i], text);
		assert_string_equal(text, "Fri, 31 Dec 9999 23:59:59 GMT");
	}
}

static void test_zoned(void **state)
{
	static const struct {
		const char *text;
		int         ahead;
	} cases[] = {
		{"Mon, 09 Mar 2026 00:00:00 -0400", -4 * 3600},
		{"Mon, 09 Mar 2026 04:00:00 GMT", 0},
		{"2026-03-09T00:00:00-04:00", -4 * 3600},
		{"2026-03-09T09:30:00+05:30", 19800},
		{"2026-03-09T04:00:00Z", 0},
		{"2026-03-09 04:00", 0},
		{"Sun, 08 Mar 2026 23:00:00 EST", -5 * 3600},
	};
	sheaf_time time;
	int        ahead;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(
			time_parse_zoned(cases[i].text, strlen(cases[i].text), &time, &ahead), 1);
		assert_int_equal(time, 1773028800);
		assert_int_equal(ahead, cases[i].ahead);
	}
	assert_int_equal(time_parse_zoned("soon", 4, &time, &ahead), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zoned),
		cmocka_unit_test(days_and_dates_go_round),
		cmocka_unit_test(leap_years),
		cmocka_unit_test(spans),
		cmocka_unit_test(spans_that_count_from_now),
		cmocka_unit_test(relative_dates_at_the_turn_of_a_year),
		cmocka_unit_test(compact_spans),
		cmocka_unit_test(moments),
		cmocka_unit_test(lengths_are_kept),
		cmocka_unit_test(formats),
		cmocka_unit_test(times_beyond_the_calendar_keep_their_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

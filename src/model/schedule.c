#include "schedule.h"

#include "datetime.h"

enum {
	HOUR = 3600,
	DAY = 24 * HOUR,
	DEADLINE = 14 * HOUR,                   /* of a day on the east coast */
	METADATA_RENEWED = 22 * HOUR + HOUR / 2 /* the same */
};
enum { SUNDAY = 0, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY };

/* No date that can be formatted lies beyond. */
#define TIME_MAX ((int64_t)1 << 40)

static int64_t floor_days(int64_t seconds)
{
	return seconds >= 0 ? seconds / DAY : -((-seconds + DAY - 1) / DAY);
}

static int weekday(int64_t day)
{
	int64_t n = (day + THURSDAY) % 7; /* 1970-01-01 was one */

	return (int)(n < 0 ? n + 7 : n);
}

/* The first Sunday at or after a date. */
static int64_t sunday_from(int year, int month, int day)
{
	int64_t first = date_days(year, month, day);

	return first + (7 - weekday(first)) % 7;
}

/* When summer time begins and ends in a year: Energy Policy Act of 2005, and what held before it. */
static void summer(int year, sheaf_time *begin, sheaf_time *end)
{
	int64_t first = year >= 2007   ? sunday_from(year, 3, 8)
	                : year >= 1987 ? sunday_from(year, 4, 1)
	                               : sunday_from(year, 4, 24);
	int64_t last = year >= 2007 ? sunday_from(year, 11, 1) : sunday_from(year, 10, 25);

	*begin = first * DAY + 7 * HOUR; /* 2:00 of winter */
	*end = last * DAY + 6 * HOUR;    /* 2:00 of summer */
}

int64_t schedule_offset(sheaf_time utc)
{
	sheaf_time begin, end;
	int        year, month, day;

	if (utc < -TIME_MAX || utc > TIME_MAX)
		return -5 * HOUR;
	date_civil(floor_days(utc), &year, &month, &day);
	summer(year, &begin, &end);
	return utc >= begin && utc < end ? -4 * HOUR : -5 * HOUR;
}

int64_t schedule_day(sheaf_time utc)
{
	return floor_days(utc + schedule_offset(utc));
}

/* Summer time never begins or ends between midnight and 1:00. */
sheaf_time schedule_midnight(int64_t day)
{
	sheaf_time winter = day * DAY + 5 * HOUR;

	return schedule_offset(winter - HOUR) == -4 * HOUR ? winter - HOUR : winter;
}

int schedule_is_announced(int64_t day)
{
	return weekday(day) != SUNDAY && weekday(day) != SATURDAY;
}

int64_t schedule_announcement(sheaf_time submitted)
{
	int64_t local, day;

	if (submitted < -TIME_MAX || submitted > TIME_MAX)
		return INT64_MIN;
	local = submitted + schedule_offset(submitted);
	day = floor_days(local);
	if (local - day * DAY >= DEADLINE)
		day++;
	while (!schedule_is_announced(day))
		day++;
	return weekday(day) == FRIDAY ? day + 3 : day + 1;
}

sheaf_time schedule_next_metadata(sheaf_time utc)
{
	int64_t    day = schedule_day(utc);
	sheaf_time next;

	for (;; day++) {
		next = schedule_midnight(day) + METADATA_RENEWED;
		/* A day of 23 or 25 hours has its evening at the offset of then. */
		next += schedule_offset(schedule_midnight(day)) - schedule_offset(next);
		if (next > utc && weekday(day) != FRIDAY && weekday(day) != SATURDAY)
			return next;
	}
}

sheaf_time schedule_next_feed(sheaf_time utc)
{
	int64_t day = schedule_day(utc) + 1;

	while (!schedule_is_announced(day))
		day++;
	return schedule_midnight(day);
}

/* backtest_weeks.c: days, and the weeks that they are in. */
#include "alloc.h"
#include "backtest_private.h"
#include "datetime.h"
#include "error.h"

enum { YEAR_FIRST = 1900, YEAR_END = 2200, WEEKS_MAX = (YEAR_END - YEAR_FIRST) * 366 / 7 + 2 };

/* A Monday that no paper is older than. */
static int64_t origin(void)
{
	int64_t day = date_days(YEAR_FIRST, 1, 1);

	/* 1970-01-01 was a Thursday. */
	return day - ((day + 3) % 7 + 7) % 7;
}

static int64_t day_of_time(sheaf_time time)
{
	return time / DAY_SECONDS - (time % DAY_SECONDS < 0);
}

int backtest_day_of(const sheaf_document *doc, int64_t *day)
{
	sheaf_time time = sheaf_document_get_value(doc, SHEAF_FIELD_ANNOUNCED);

	if (time == SHEAF_TIME_NONE)
		time = sheaf_document_get_value(doc, SHEAF_FIELD_SUBMITTED);
	*day = 0;
	if (time == SHEAF_TIME_NONE)
		return 0;
	*day = day_of_time(time);
	return *day >= date_days(YEAR_FIRST, 1, 1) && *day < date_days(YEAR_END, 1, 1);
}

sheaf_status week_table_init(week_table *weeks, sheaf_error *err)
{
	*weeks = (week_table){.first = SIZE_MAX};
	weeks->items = mem_calloc(WEEKS_MAX, sizeof *weeks->items);
	return weeks->items ? SHEAF_OK : sheaf_nomem(err);
}

week_count *week_table_see(week_table *weeks, int64_t day)
{
	size_t week = (size_t)((day - origin()) / 7);

	if (weeks->first > weeks->last) {
		weeks->first = weeks->last = week;
		weeks->first_day = weeks->last_day = day;
	}
	weeks->first = week < weeks->first ? week : weeks->first;
	weeks->last = week > weeks->last ? week : weeks->last;
	weeks->first_day = day < weeks->first_day ? day : weeks->first_day;
	weeks->last_day = day > weeks->last_day ? day : weeks->last_day;
	return &weeks->items[week];
}

size_t week_table_count(const week_table *weeks)
{
	return weeks->first > weeks->last ? 0 : weeks->last - weeks->first + 1;
}

sheaf_backtest_week week_table_get(const week_table *weeks, size_t i)
{
	sheaf_backtest_week result = {0};
	const week_count   *w;
	int64_t             monday;
	int                 month, day;

	if (i >= week_table_count(weeks))
		return result;
	w = &weeks->items[weeks->first + i];
	monday = origin() + 7 * (int64_t)(weeks->first + i);
	date_civil(monday + 3, &result.year, &month, &day);
	result.number = (int)((monday + 3 - date_days(result.year, 1, 1)) / 7) + 1;
	result.begins = monday * DAY_SECONDS;
	result.looked_at = w->looked_at;
	result.papers = w->papers;
	result.papers_after = w->papers_after;
	return result;
}

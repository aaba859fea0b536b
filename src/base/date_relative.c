#include "date_relative.h"

#include <string.h>

#include "str.h"

enum { DAY = 86400, HOUR = 3600 };

/* A day that its month does not have becomes the month's last. 0 where that lies before year 1. */
static int go_back_months(int64_t months, int64_t *day)
{
	int y, m, d;

	date_civil(*day, &y, &m, &d);
	months = (int64_t)y * 12 + m - 1 - months;
	if (months < 12)
		return 0;
	y = (int)(months / 12);
	m = (int)(months % 12) + 1;
	*day = date_days(y, m, d > date_month_length(y, m) ? date_month_length(y, m) : d);
	return 1;
}

static int is_word(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && str_ieq_n(text, word, len);
}

/* The parts of the calendar that people count in. */
typedef enum unit { UNIT_NONE = 0, UNIT_HOUR, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } unit;

static unit find_unit(const char *text, size_t len)
{
	static const struct {
		const char *name;
		unit        is;
	} names[] = {
		{"h", UNIT_HOUR},  {"hour", UNIT_HOUR},   {"hours", UNIT_HOUR},
		{"d", UNIT_DAY},   {"day", UNIT_DAY},     {"days", UNIT_DAY},
		{"w", UNIT_WEEK},  {"week", UNIT_WEEK},   {"weeks", UNIT_WEEK},
		{"m", UNIT_MONTH}, {"month", UNIT_MONTH}, {"months", UNIT_MONTH},
		{"y", UNIT_YEAR},  {"year", UNIT_YEAR},   {"years", UNIT_YEAR},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is_word(text, len, names[i].name))
			return names[i].is;
	return UNIT_NONE;
}

static void whole_day(int64_t day, time_span *span)
{
	span->first = day * DAY;
	span->last = span->first + DAY - 1;
}

/* So long ago: the whole day, or, for hours, the whole hour. */
static int long_ago(int64_t count, unit in, sheaf_time now, time_span *span)
{
	int64_t day = date_of(now);

	switch (in) {
	case UNIT_HOUR:
		span->first = now - count * HOUR;
		span->last = span->first + HOUR - 1;
		return 1;
	case UNIT_DAY: day -= count; break;
	case UNIT_WEEK: day -= 7 * count; break;
	case UNIT_MONTH:
		if (!go_back_months(count, &day))
			return 0;
		break;
	case UNIT_YEAR:
		if (!go_back_months(12 * count, &day))
			return 0;
		break;
	default: return 0;
	}
	whole_day(day, span);
	return 1;
}

/* Blanks in the text of a word may be written as `_` or `-`, which need no quotes in a query. */
static int is_gap(char c)
{
	return c == ' ' || c == '_' || c == '-';
}

/* Takes the last word off the text where it is `word`. */
static int cut_word(const char *text, size_t *len, const char *word)
{
	size_t n = strlen(word);

	if (*len <= n + 1 || !is_gap(text[*len - n - 1]) || !str_ieq_n(text + *len - n, word, n))
		return 0;
	*len -= n + 1;
	return 1;
}

/* `7d`, `2w`, `3 months`, `1_year_ago`. */
static int parse_ago(const char *text, size_t len, sheaf_time now, time_span *span)
{
	enum { DIGITS_MAX = 6 };
	int64_t count = 0;
	size_t  i = 0;

	cut_word(text, &len, "ago");
	for (; i < len && i < DIGITS_MAX && str_is_digit((unsigned char)text[i]); i++)
		count = count * 10 + (text[i] - '0');
	if (!i)
		return 0;
	if (i < len && is_gap(text[i]))
		i++;
	return long_ago(count, find_unit(text + i, len - i), now, span);
}

/* The week (from Monday), month or year that `day` is in, or the one before it. */
static int calendar_part(unit part, int before, int64_t day, time_span *span)
{
	int y, m, d;

	date_civil(day, &y, &m, &d);
	if (part == UNIT_WEEK) {
		day -= date_weekday(day) ? date_weekday(day) - 1 : 6;
		whole_day(day - (before ? 7 : 0), span);
		span->last += 6 * (int64_t)DAY;
		return 1;
	}
	if (part == UNIT_YEAR)
		return date_span(y - before, 0, 0, -1, -1, -1, span);
	if (part != UNIT_MONTH)
		return 0;
	m -= before;
	return date_span(m ? y : y - 1, m ? m : 12, 0, -1, -1, -1, span);
}

/* `last week`, `this_month`. */
static int parse_part(const char *text, size_t len, sheaf_time now, time_span *span)
{
	enum { WORD = 4 };
	int last = len > WORD && str_ieq_n(text, "last", WORD);

	if (len <= WORD + 1 || !is_gap(text[WORD]) || !(last || str_ieq_n(text, "this", WORD)))
		return 0;
	return calendar_part(find_unit(text + WORD + 1, len - WORD - 1), last, date_of(now), span);
}

/* The number of the name that `text` is, or shortens to three letters; -1: none. */
static int find_name(const char *const *names, int count, const char *text, size_t len)
{
	for (int i = 0; i < count; i++)
		if (is_word(text, len, names[i]) || (len == 3 && str_ieq_n(text, names[i], 3)))
			return i;
	return -1;
}

/* `monday`, `mon`: the last one, which may be today; `january`: the last one, or this month. */
static int parse_name(const char *text, size_t len, sheaf_time now, time_span *span)
{
	static const char *const days[] = {"sunday",   "monday", "tuesday", "wednesday",
	                                   "thursday", "friday", "saturday"};
	static const char *const months[] = {"january",   "february", "march",    "april",
	                                     "may",       "june",     "july",     "august",
	                                     "september", "october",  "november", "december"};
	int64_t                  today = date_of(now);
	int                      i = find_name(days, 7, text, len), y, m, d;

	if (i >= 0) {
		whole_day(today - (date_weekday(today) - i + 7) % 7, span);
		return 1;
	}
	i = find_name(months, 12, text, len);
	date_civil(today, &y, &m, &d);
	return i >= 0 && date_span(i + 1 > m ? y - 1 : y, i + 1, 0, -1, -1, -1, span);
}

int date_parse_relative(const char *text, size_t len, sheaf_time now, time_span *span)
{
	int64_t day = date_of(now);

	if (is_word(text, len, "now")) {
		span->first = span->last = now;
		return 1;
	}
	if (is_word(text, len, "today") || is_word(text, len, "yesterday")) {
		whole_day(is_word(text, len, "today") ? day : day - 1, span);
		return 1;
	}
	return parse_ago(text, len, now, span) || parse_part(text, len, now, span) ||
	       parse_name(text, len, now, span);
}

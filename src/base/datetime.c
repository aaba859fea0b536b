#include "datetime.h"

#include <stdio.h>
#include <string.h>

#include "date_relative.h"
#include "str.h"

enum { DAY = 86400 };

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
int64_t date_days(int year, int month, int day)
{
	int64_t  y = year - (month <= 2);
	int64_t  era = (y >= 0 ? y : y - 399) / 400;
	unsigned yoe = (unsigned)(y - era * 400);
	unsigned doy = (153u * (unsigned)(month + (month > 2 ? -3 : 9)) + 2) / 5 + (unsigned)day -
	               1;
	unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + (int64_t)doe - 719468;
}

void date_civil(int64_t days, int *year, int *month, int *day)
{
	int64_t  z = days + 719468;
	int64_t  era = (z >= 0 ? z : z - 146096) / 146097;
	unsigned doe = (unsigned)(z - era * 146097);
	unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	unsigned mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)((int64_t)yoe + era * 400 + (*month <= 2));
}

int date_month_length(int year, int month)
{
	static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return lengths[month - 1] +
	       (month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0));
}

int date_weekday(int64_t day)
{
	return (int)(((day + 4) % 7 + 7) % 7);
}

int64_t date_of(sheaf_time t)
{
	return (t >= 0 ? t : t - (DAY - 1)) / DAY;
}

/* A cursor over the text; a digit group that is not there makes `bad`. */
typedef struct scan {
	const char *p, *end;
	int         bad;
} scan;

static int digits(scan *s, int count)
{
	int n = 0;

	if (s->end - s->p < count) {
		s->bad = 1;
		return 0;
	}
	while (count--) {
		if (!str_is_digit((unsigned char)*s->p)) {
			s->bad = 1;
			return 0;
		}
		n = n * 10 + (*s->p++ - '0');
	}
	return n;
}

static int literal(scan *s, char c)
{
	if (s->p < s->end && *s->p == c)
		return s->p++, 1;
	return 0;
}

int date_span(int y, int mo, int d, int h, int mi, int se, time_span *span)
{
	int64_t first;

	if (y < 1 || mo < 0 || mo > 12 || (mo && d > date_month_length(y, mo)) || d < 0 || h > 23 ||
	    mi > 59 || se > 60)
		return 0;
	first = date_days(y, mo ? mo : 1, d ? d : 1) * DAY;
	if (!mo)
		span->last = date_days(y + 1, 1, 1) * DAY - 1;
	else if (!d)
		span->last = first + (int64_t)date_month_length(y, mo) * DAY - 1;
	else
		span->last = first + DAY - 1;
	if (h >= 0) {
		first += h * 3600 + (mi > 0 ? mi : 0) * 60 + (se > 0 ? se : 0);
		span->last = first + (mi < 0 ? 3599 : se < 0 ? 59 : 0);
	}
	span->first = first;
	return 1;
}

/* `Z`, `+HH:MM`, `-HHMM`; seconds to subtract. */
static int zone(scan *s)
{
	int sign, hours, minutes;

	if (s->p == s->end || literal(s, 'Z') || literal(s, 'z'))
		return 0;
	sign = literal(s, '+') ? 1 : literal(s, '-') ? -1 : 0;
	hours = digits(s, 2);
	literal(s, ':');
	minutes = digits(s, 2);
	s->bad |= !sign || hours > 23 || minutes > 59;
	return sign * (hours * 60 + minutes) * 60;
}

/* RFC 5322's zones by name, section 4.3. */
static int named_zone(scan *s)
{
	static const struct {
		const char *name;
		int         hours;
	} zones[] = {{"GMT", 0},  {"UTC", 0},  {"UT", 0},   {"EST", -5}, {"EDT", -4}, {"CST", -6},
	             {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};

	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		size_t len = strlen(zones[i].name);

		if ((size_t)(s->end - s->p) == len && str_ieq_n(s->p, zones[i].name, len)) {
			s->p = s->end;
			return zones[i].hours * 3600;
		}
	}
	return zone(s);
}

static int parse_iso(const char *text, size_t len, time_span *span, int *ahead)
{
	scan s = {text, text + len, 0};
	int  y, mo = 0, d = 0, h = -1, mi = -1, se = -1;

	*ahead = 0;
	y = digits(&s, 4);
	if (s.bad)
		return 0;
	if (literal(&s, '-')) {
		mo = digits(&s, 2);
		s.bad |= !mo;
		if (literal(&s, '-')) {
			d = digits(&s, 2);
			s.bad |= !d;
			if (literal(&s, 'T') || literal(&s, 't') || literal(&s, ' ')) {
				h = digits(&s, 2);
				if (literal(&s, ':')) {
					mi = digits(&s, 2);
					if (literal(&s, ':')) {
						se = digits(&s, 2);
						if (literal(&s, '.'))
							while (s.p < s.end &&
							       str_is_digit((unsigned char)*s.p))
								s.p++;
					}
				}
				*ahead = zone(&s);
			}
		}
	}
	if (s.bad || s.p != s.end || !date_span(y, mo, d, h, mi, se, span))
		return 0;
	span->first -= *ahead;
	span->last -= *ahead;
	return 1;
}

int time_parse_span(const char *text, size_t len, sheaf_time now, time_span *span)
{
	int ahead;

	str_trim(&text, &len);
	if (parse_iso(text, len, span, &ahead))
		return 1;
	return now != SHEAF_TIME_NONE && date_parse_relative(text, len, now, span);
}

int time_parse_compact(const char *text, size_t len, time_span *span)
{
	scan s = {text, text + len, 0};
	int  y, mo = 0, d = 0, h = -1, mi = -1, se = -1;

	y = digits(&s, 4);
	if (len > 4)
		mo = digits(&s, 2), s.bad |= !mo;
	if (len > 6)
		d = digits(&s, 2), s.bad |= !d;
	if (len > 8)
		h = digits(&s, 2);
	if (len > 10)
		mi = digits(&s, 2);
	if (len > 12)
		se = digits(&s, 2);
	return !s.bad && s.p == s.end && date_span(y, mo, d, h, mi, se, span);
}

static int parse_rfc5322(const char *text, size_t len, sheaf_time *time, int *ahead)
{
	scan      s = {text, text + len, 0};
	int       d, mo = 0, y, h, mi, se = 0;
	time_span span;

	for (const char *comma = memchr(text, ',', len < 12 ? len : 12); comma; comma = NULL)
		s.p = comma + 1;
	while (literal(&s, ' '))
		;
	d = digits(&s, s.end - s.p > 1 && str_is_digit((unsigned char)s.p[1]) ? 2 : 1);
	s.bad |= !literal(&s, ' ');
	for (int i = 0; i < 12 && !mo && s.end - s.p >= 3; i++)
		if (str_lower(month_names[i][1]) == str_lower(s.p[1]) &&
		    str_ieq_n(s.p, month_names[i], 3))
			mo = i + 1;
	if (!mo || !d)
		return 0;
	s.p += 3;
	s.bad |= !literal(&s, ' ');
	y = digits(&s, 4);
	s.bad |= !literal(&s, ' ');
	h = digits(&s, 2);
	s.bad |= !literal(&s, ':');
	mi = digits(&s, 2);
	if (literal(&s, ':'))
		se = digits(&s, 2);
	if (s.bad || !date_span(y, mo, d, h, mi, se, &span))
		return 0;
	while (literal(&s, ' '))
		;
	*ahead = named_zone(&s);
	*time = span.first - *ahead;
	return !s.bad && s.p == s.end;
}

int time_parse_zoned(const char *text, size_t len, sheaf_time *time, int *ahead)
{
	time_span span;

	str_trim(&text, &len);
	if (parse_iso(text, len, &span, ahead)) {
		*time = span.first;
		return 1;
	}
	return len && parse_rfc5322(text, len, time, ahead);
}

int time_parse(const char *text, size_t len, sheaf_time *time)
{
	int ahead;

	return time_parse_zoned(text, len, time, &ahead);
}

typedef struct moment {
	int y, mo, d, h, mi, se, weekday;
} moment;

static moment split(sheaf_time time)
{
	moment  m;
	int64_t day, rest;

	/* Years 1 to 9999 keep every format at its width. */
	if (time < date_days(1, 1, 1) * DAY)
		time = date_days(1, 1, 1) * DAY;
	if (time > date_days(10000, 1, 1) * DAY - 1)
		time = date_days(10000, 1, 1) * DAY - 1;
	day = date_of(time);
	rest = time - day * DAY;
	date_civil(day, &m.y, &m.mo, &m.d);
	m.h = (int)(rest / 3600);
	m.mi = (int)(rest / 60 % 60);
	m.se = (int)(rest % 60);
	m.weekday = date_weekday(day);
	return m;
}

void time_format_iso(sheaf_time time, char out[TIME_TEXT_SIZE])
{
	moment m = split(time);

	snprintf(out, TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.y, m.mo, m.d, m.h, m.mi,
	         m.se);
}

void time_format_date(sheaf_time time, char out[TIME_TEXT_SIZE])
{
	moment m = split(time);

	snprintf(out, TIME_TEXT_SIZE, "%04d-%02d-%02d", m.y, m.mo, m.d);
}

void time_format_minute(sheaf_time time, char out[TIME_TEXT_SIZE])
{
	moment m = split(time);

	snprintf(out, TIME_TEXT_SIZE, "%04d-%02d-%02d %02d:%02d", m.y, m.mo, m.d, m.h, m.mi);
}

void time_format_rfc5322(sheaf_time time, char out[TIME_TEXT_SIZE])
{
	moment m = split(time);

	snprintf(out, TIME_TEXT_SIZE, "%s, %d %s %04d %02d:%02d:%02d GMT", day_names[m.weekday],
	         m.d, month_names[m.mo - 1], m.y, m.h, m.mi, m.se);
}

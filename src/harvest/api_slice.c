#include "api_slice.h"

#include <string.h>

#include "datetime.h"
#include "str.h"

enum { MINUTE = 60 };

/* 1970-01-01, before all that arXiv has, and the end of the year 9999. */
static const sheaf_time earliest = 0, latest = 253402300740;
static const char       prefix[] = "slice=";

api_slice api_slice_all(sheaf_time last)
{
	if (last < earliest || last > latest)
		last = latest;
	return (api_slice){earliest, last - last % MINUTE};
}

int api_slice_halve(api_slice *s)
{
	sheaf_time half = (s->last - s->first) / 2;

	if (s->last - s->first <= MINUTE)
		return 0;
	s->first = s->last - (half - half % MINUTE ? half - half % MINUTE : MINUTE);
	return 1;
}

int api_slice_next(api_slice *s, int wider)
{
	sheaf_time length = (s->last - s->first) * (wider ? 2 : 1);

	if (s->first <= earliest)
		return 0;
	if (length < MINUTE)
		length = MINUTE;
	s->last = s->first;
	s->first = s->last - earliest > length ? s->last - length : earliest;
	return 1;
}

/* YYYYMMDDHHMM, from "YYYY-MM-DD HH:MM". */
static void write_minute(sheaf_time time, buf *out)
{
	char text[TIME_TEXT_SIZE];

	time_format_minute(time, text);
	for (const char *p = text; *p; p++)
		if (str_is_digit((unsigned char)*p))
			buf_putc(out, *p);
}

void api_slice_write_query(const api_slice *s, const char *query, buf *out)
{
	buf_printf(out, "(%s) AND submittedDate:[", query);
	write_minute(s->first, out);
	buf_puts(out, " TO ");
	write_minute(s->last, out);
	buf_putc(out, ']');
}

void api_slice_write_token(const api_slice *s, int64_t start, buf *out)
{
	buf_printf(out, "%s%lld-%lld+%lld", prefix, (long long)s->first, (long long)s->last,
	           (long long)start);
}

/* The number before `end`; `*text` becomes what follows it. */
static int read_number(const char **text, char end, int64_t *number)
{
	const char *stop = strchr(*text, end);
	char        digits[24];
	size_t      len = stop ? (size_t)(stop - *text) : sizeof digits;

	if (len >= sizeof digits)
		return 0;
	memcpy(digits, *text, len);
	digits[len] = 0;
	*text = stop + (end != 0);
	return str_to_int64(digits, number) && *number >= 0;
}

int api_slice_read_token(const char *token, api_slice *s, int64_t *start)
{
	if (!token || !str_starts(token, prefix))
		return 0;
	token += sizeof prefix - 1;
	return read_number(&token, '-', &s->first) && read_number(&token, '+', &s->last) &&
	       read_number(&token, 0, start) && s->first >= earliest && s->last <= latest &&
	       s->first <= s->last && s->first % MINUTE == 0 && s->last % MINUTE == 0;
}

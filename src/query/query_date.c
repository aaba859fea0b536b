#include "query_date.h"

#include <string.h>

#include "datetime.h"
#include "str.h"

/* One side of a range. "" and `*` are open, which leaves `side` as it is. */
static int parse_side(const char *text, size_t len, sheaf_time now, time_span *side)
{
	str_trim(&text, &len);
	if (!len || (len == 1 && *text == '*'))
		return 1;
	return time_parse_compact(text, len, side) || time_parse_span(text, len, now, side);
}

static int parse_range(const char *a, size_t a_len, const char *b, size_t b_len, sheaf_time now,
                       int64_t *begin, int64_t *end)
{
	/* An open side reaches as far as it can in its own direction. */
	time_span from = {INT64_MIN, INT64_MIN}, to = {INT64_MAX, INT64_MAX};

	if (!parse_side(a, a_len, now, &from) || !parse_side(b, b_len, now, &to))
		return 0;
	*begin = from.first <= to.first ? from.first : to.first;
	*end = from.first <= to.first ? to.last : from.last;
	return 1;
}

/* [A TO B]; blanks may be written as plus signs, as in an URL. */
static int parse_bracket(const char *text, size_t len, sheaf_time now, int64_t *begin, int64_t *end)
{
	for (size_t i = 1; i + 4 < len; i++)
		if ((text[i] == ' ' || text[i] == '+') && text[i + 3] == text[i] &&
		    memcmp(text + i + 1, "TO", 2) == 0)
			return parse_range(text + 1, i - 1, text + i + 4, len - i - 5, now, begin,
			                   end);
	return 0;
}

int query_date_parse(const char *text, size_t len, sheaf_time now, int64_t *begin, int64_t *end)
{
	time_span span;

	str_trim(&text, &len);
	while (len && (text[len - 1] == ',' || text[len - 1] == ';'))
		len--;
	if (len > 1 && text[0] == '[' && text[len - 1] == ']')
		return parse_bracket(text, len, now, begin, end);
	for (size_t i = 0; i + 1 < len; i++)
		if (text[i] == '.' && text[i + 1] == '.')
			return parse_range(text, i, text + i + 2, len - i - 2, now, begin, end);
	if (len == 1 && *text == '*')
		return parse_range("", 0, "", 0, now, begin, end);
	if (!len ||
	    (!time_parse_span(text, len, now, &span) && !time_parse_compact(text, len, &span)))
		return 0;
	*begin = span.first;
	*end = span.last;
	return 1;
}

#include "query_url.h"

#include <string.h>

#include "str.h"

/*
 * With these nobody writes a query by hand: the operators between pluses, and quotes, brackets,
 * colons.
 */
static const char *const marks[] = {"+AND+", "+OR+", "+ANDNOT+", "+NOT+", "%22", "%20", "%28",
                                    "%29",   "%3A",  "%3a",      "%5B",   "%5b", "%5D", "%5d"};

/* The value of a parameter of an URL, up to its end; NULL: there is none. */
static const char *parameter(const char *text, const char *name, size_t *len)
{
	size_t n = strlen(name);

	for (const char *p = strstr(text, name); p; p = strstr(p + 1, name)) {
		if (p != text && p[-1] != '?' && p[-1] != '&')
			continue;
		*len = strcspn(p + n, "&#");
		return p + n;
	}
	return NULL;
}

int query_has_url_marks(const char *text)
{
	size_t len;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strstr(text, marks[i]))
			return 1;
	return parameter(text, "search_query=", &len) || parameter(text, "id_list=", &len);
}

static int hex(char c)
{
	char lower = str_lower(c);

	return str_is_digit((unsigned char)c) ? c - '0'
	       : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
	                                      : -1;
}

/* `+` is a blank, %XX a byte; %00 stays as it is. */
static void decode(const char *text, size_t len, buf *out)
{
	for (size_t i = 0; i < len; i++) {
		int high = text[i] == '%' && i + 2 < len ? hex(text[i + 1]) : -1;
		int low = high >= 0 ? hex(text[i + 2]) : -1;

		if (low >= 0 && high + low > 0) {
			buf_putc(out, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_putc(out, text[i] == '+' ? ' ' : text[i]);
		}
	}
}

static void append_ids(const char *list, size_t len, buf *out)
{
	size_t begin = 0;

	buf_puts(out, "id:(");
	for (size_t i = 0; i <= len; i++) {
		if (i < len && list[i] != ',')
			continue;
		if (begin)
			buf_puts(out, " OR ");
		decode(list + begin, i - begin, out);
		begin = i + 1;
	}
	buf_putc(out, ')');
}

int query_url_decode(const char *text, buf *out)
{
	size_t      len = strlen(text), query_len = 0, ids_len = 0;
	const char *query, *ids;

	str_trim(&text, &len);
	query = parameter(text, "search_query=", &query_len);
	ids = parameter(text, "id_list=", &ids_len);
	/*
	 * Blanks and quotes may stand in a URL that a browser shows, but its parameters give it
	 * away.
	 */
	for (size_t i = 0; !query && !ids && i < len; i++)
		if (str_is_space((unsigned char)text[i]) || text[i] == '"')
			return 0;
	if (!query && !ids && !query_has_url_marks(text))
		return 0;
	if (query_len > (size_t)(text + len - (query ? query : text)))
		query_len = (size_t)(text + len - query);
	if (ids_len > (size_t)(text + len - (ids ? ids : text)))
		ids_len = (size_t)(text + len - ids);
	if (!query && !ids) {
		decode(text, len, out);
		return 1;
	}
	if (query_len && ids_len)
		buf_putc(out, '(');
	if (query_len)
		decode(query, query_len, out);
	if (query_len && ids_len)
		buf_puts(out, ") AND ");
	if (ids_len)
		append_ids(ids, ids_len, out);
	return 1;
}

#include "json_mend.h"

#include <string.h>

#include "str.h"
#include "utf8.h"

enum { ESCAPE = 6 }; /* \uXXXX */

/* The code unit of an escape at `s`; -1 where there is none. */
static int code_unit(const char *s, size_t len)
{
	int unit = 0;

	if (len < ESCAPE || s[0] != '\\' || s[1] != 'u')
		return -1;
	for (int i = 2; i < ESCAPE; i++) {
		char c = str_lower(s[i]);

		if (!str_is_digit((unsigned char)c) && (c < 'a' || c > 'f'))
			return -1;
		unit = unit * 16 + (str_is_digit((unsigned char)c) ? c - '0' : c - 'a' + 10);
	}
	return unit;
}

/* The length of what stands at a backslash; `*half` is 1 for half a surrogate pair. */
static size_t escape_length(const char *s, size_t len, int *half)
{
	int unit = code_unit(s, len);

	*half = 0;
	if (unit < 0)
		return len > 1 ? 2 : 1;
	if (unit < 0xD800 || unit > 0xDFFF)
		return ESCAPE;
	if (unit < 0xDC00) {
		int low = code_unit(s + ESCAPE, len - ESCAPE);

		if (low >= 0xDC00 && low <= 0xDFFF)
			return 2 * ESCAPE;
	}
	*half = 1;
	return ESCAPE;
}

void json_mend(buf *out, const char *line, size_t len)
{
	buf clean = BUF_INIT(0);

	utf8_append_clean(&clean, line, len);
	if (clean.status != SHEAF_OK)
		out->status = clean.status;
	for (size_t i = 0; i < clean.len;) {
		const char *s = clean.data + i;
		size_t      n = 1;
		int         half = 0;

		if (*s == '\\')
			n = escape_length(s, clean.len - i, &half);
		if (half)
			buf_puts(out, "\\ufffd");
		else if ((unsigned char)*s < 0x20)
			buf_putc(out, ' ');
		else
			buf_append(out, s, n);
		i += n;
	}
	buf_free(&clean);
}

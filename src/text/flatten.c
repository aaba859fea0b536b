#include "flatten.h"

#include <string.h>

#include "utf8.h"

/* Unicode's White_Space, and the separators U+001C to U+001F, which many programs split at too. */
static int is_white(uint32_t c)
{
	return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Narrows [*text, *text + *len) by the white space at both ends. */
static void trim(const char **text, size_t *len)
{
	const char *p = *text, *end = p + *len, *last;
	uint32_t    c;
	size_t      n;

	for (; p < end; p += n) {
		n = utf8_decode(p, (size_t)(end - p), &c);
		if (!is_white(c))
			break;
	}
	*text = last = p;
	for (; p < end; p += n) {
		n = utf8_decode(p, (size_t)(end - p), &c);
		if (!is_white(c))
			last = p + n;
	}
	*len = (size_t)(last - *text);
}

void flatten_words(buf *out, const char *text)
{
	size_t len = strlen(text);
	int    gap = 0;

	trim(&text, &len);
	while (len) {
		uint32_t c;
		size_t   n = utf8_decode(text, len, &c);

		if (is_white(c)) {
			gap = 1;
		} else {
			if (gap)
				buf_putc(out, ' ');
			gap = 0;
			buf_append(out, text, n);
		}
		text += n;
		len -= n;
	}
}

void flatten_lines(buf *out, const char *text)
{
	size_t len = strlen(text);

	trim(&text, &len);
	while (len) {
		size_t n = strcspn(text, "\r\n");

		if (n > len)
			n = len;
		buf_append(out, text, n);
		text += n;
		len -= n;
		if (!len)
			break;
		n = len > 1 && text[0] == '\r' && text[1] == '\n' ? 2 : 1;
		buf_putc(out, ' ');
		text += n;
		len -= n;
	}
}

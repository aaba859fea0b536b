#include "quoted_printable.h"

#include <string.h>

#include "mime_header.h"

enum { ENCODED = 3 /* columns of an encoded byte */, FROM_LEN = 5 };

static int is_plain(const char *text, size_t left, size_t column)
{
	unsigned char c = (unsigned char)*text;

	if (c == ' ' || c == '\t')
		return left > 1 && text[1] != '\n';
	if (c < 0x20 || c >= 0x7F || c == '=')
		return 0;
	if (column > 0)
		return 1;
	return c == 'F' ? left >= FROM_LEN && memcmp(text, "From ", FROM_LEN) != 0 : c != '.';
}

void quoted_printable(buf *out, const char *text, size_t len, size_t *column)
{
	for (; len; text++, len--) {
		int plain;

		if (*text == '\n') {
			buf_putc(out, '\n');
			*column = 0;
			continue;
		}
		plain = is_plain(text, len, *column);
		/* The last column is for the sign that the line goes on. */
		if (*column + (plain ? 1 : ENCODED) >= MIME_LINE_MAX) {
			buf_puts(out, "=\n");
			*column = 0;
			plain = is_plain(text, len, 0);
		}
		if (plain)
			buf_putc(out, *text);
		else
			buf_printf(out, "=%02X", (unsigned char)*text);
		*column += plain ? 1 : ENCODED;
	}
}

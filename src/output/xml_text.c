#include "xml_text.h"

#include <string.h>

#include "escape.h"
#include "utf8.h"

/* 1 for the ASCII characters that stand for themselves. */
static int is_plain(unsigned char c)
{
	return (c >= 0x20 && c < 0x7F && c != '<' && c != '>' && c != '&') || c == '\n' ||
	       c == '\t';
}

static void put_other(buf *out, const char *bytes, size_t len, uint32_t c)
{
	switch (c) {
	case '<': buf_puts(out, "&lt;"); return;
	case '>': buf_puts(out, "&gt;"); return;
	case '&': buf_puts(out, "&amp;"); return;
	default: break;
	}
	if (c < 0x20 && c != '\r')
		buf_putc(out, ' ');
	else if ((c == UTF8_REPLACEMENT && len == 1) || (c & 0xFFFE) == 0xFFFE)
		buf_puts(out, "\xEF\xBF\xBD");
	else if (escape_is_control(c))
		buf_printf(out, "&#x%X;", (unsigned)c);
	else
		buf_append(out, bytes, len);
}

void xml_text(buf *out, const char *text)
{
	size_t len = strlen(text);

	while (len) {
		size_t   n = 0;
		uint32_t c;

		while (n < len && is_plain((unsigned char)text[n]))
			n++;
		buf_append(out, text, n);
		text += n;
		len -= n;
		if (!len)
			return;
		n = utf8_decode(text, len, &c);
		put_other(out, text, n, c);
		text += n;
		len -= n;
	}
}

void xml_element_text(buf *out, const char *name, const char *text)
{
	if (!text)
		return;
	buf_printf(out, "<%s>", name);
	xml_text(out, text);
	buf_printf(out, "</%s>\n", name);
}

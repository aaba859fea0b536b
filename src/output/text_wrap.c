#include "text_wrap.h"

#include <string.h>

#include "escape.h"
#include "utf8.h"

/* What takes no column: combining accents, joiners, variation selectors, the marks. */
static int is_narrow(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200D) ||
	       (c >= 0xFE00 && c <= 0xFE0F) || c == MARK_BEGIN || c == MARK_END;
}

/* What takes two: the blocks of East Asian scripts and of emoji, as wholes. */
static int is_wide(uint32_t c)
{
	return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
	       (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
	       (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
	       (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

size_t text_columns(const char *text, size_t len)
{
	size_t count = 0;

	while (len) {
		uint32_t c = (unsigned char)*text;
		size_t   n = c < 0x80 ? 1 : utf8_decode(text, len, &c);

		count += is_narrow(c) ? 0 : is_wide(c) ? 2 : 1;
		text += n;
		len -= n;
	}
	return count;
}

enum { MARKS_LEAD = 0xEE /* the first byte of both marks */ };

static void put_indent(buf *out, size_t indent)
{
	while (indent--)
		buf_putc(out, ' ');
}

/* *marked says whether a mark is open; marks that do not alternate are dropped. */
static void put_word(buf *out, const char *word, size_t len, const wrap_style *style, int *marked)
{
	while (len) {
		const char *mark = NULL, *lead = memchr(word, MARKS_LEAD, len);
		uint32_t    c = 0;
		size_t      n = lead ? (size_t)(lead - word) : len;

		if (n == 0)
			n = utf8_decode(word, len, &c);
		if (c == MARK_BEGIN || c == MARK_END) {
			if (*marked != (c == MARK_BEGIN))
				mark = *marked ? style->after : style->before;
			*marked = c == MARK_BEGIN;
			buf_puts(out, mark ? mark : "");
		} else {
			buf_append(out, word, n);
		}
		word += n;
		len -= n;
	}
}

void text_wrap(buf *out, const char *text, const wrap_style *style)
{
	buf         clean = BUF_INIT(0);
	const char *p;
	size_t      column = 0;
	int         marked = 0;

	escape_folded(&clean, text);
	for (p = buf_str(&clean); *p;) {
		size_t len = strcspn(p, " "), wide = text_columns(p, len);

		if (column && column + 1 + wide > style->width) {
			buf_putc(out, '\n');
			column = 0;
		}
		if (!column) {
			put_indent(out, style->indent);
			column = style->indent;
		} else {
			buf_putc(out, ' ');
			column++;
		}
		put_word(out, p, len, style, &marked);
		column += wide;
		p += len + strspn(p + len, " ");
	}
	if (marked && style->after)
		buf_puts(out, style->after);
	if (column)
		buf_putc(out, '\n');
	if (out->status == SHEAF_OK)
		out->status = clean.status;
	buf_free(&clean);
}

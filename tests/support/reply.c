#include "reply.h"

#include <string.h>

#include "utf8.h"

void reply_text(buf *out, const char *text)
{
	buf clean = BUF_INIT(0);

	utf8_append_clean(&clean, text, strlen(text));
	for (const char *p = buf_str(&clean); *p; p++) {
		switch (*p) {
		case '&': buf_puts(out, "&amp;"); break;
		case '<': buf_puts(out, "&lt;"); break;
		case '>': buf_puts(out, "&gt;"); break;
		case '"': buf_puts(out, "&#34;"); break;
		case '\'': buf_puts(out, "&#39;"); break;
		default:
			buf_putc(out,
			         (unsigned char)*p < ' ' && *p != '\n' && *p != '\t' ? ' ' : *p);
		}
	}
	buf_free(&clean);
}

void reply_element(buf *out, const char *indent, const char *name, const char *text)
{
	if (!text)
		return;
	buf_printf(out, "%s<%s>", indent, name);
	reply_text(out, text);
	buf_printf(out, "</%s>\n", name);
}

#include "lower.h"

#include <string.h>
#include <utf8proc.h>

#include "str.h"
#include "utf8.h"

/* The one character whose lower case is two. */
#define CAPITAL_I_WITH_DOT 0x130u

void text_lower(buf *out, const char *text)
{
	size_t len = strlen(text);

	while (len) {
		char     bytes[4];
		uint32_t c;
		size_t   n = utf8_decode(text, len, &c);

		if (c < 0x80) {
			buf_putc(out, str_lower((char)c));
		} else if (c == CAPITAL_I_WITH_DOT) {
			buf_puts(out, "i\xCC\x87");
		} else {
			uint32_t low = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);

			buf_append(out, bytes, utf8_put(low, bytes));
		}
		text += n;
		len -= n;
	}
}

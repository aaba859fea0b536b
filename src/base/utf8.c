#include "utf8.h"

#include <string.h>

#include "bytes.h"

size_t utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t             c = p[0];
	size_t               n, i;

	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	n = c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC2 && c < 0xE0 ? 2 : 0;
	*cp = UTF8_REPLACEMENT;
	if (!n || n > len)
		return 1;
	c &= 0x7Fu >> n;
	for (i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 1;
		c = c << 6 | (p[i] & 0x3F);
	}
	if ((n == 3 && c < 0x800) || (n == 4 && c < 0x10000) || c > 0x10FFFF ||
	    (c >= 0xD800 && c < 0xE000))
		return 1;
	*cp = c;
	return n;
}

size_t utf8_put(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* How many bytes from the start are ASCII without NUL. */
static size_t plain_bytes(const char *s, size_t len)
{
	size_t n = 0;

	while (len - n >= 8) {
		uint64_t bytes = bytes_load_8(s + n);
		/*
		 * High bits of bytes that are not ASCII, of NULs, and perhaps of what follows one.
		 */
		uint64_t other = (bytes | (bytes - BYTES_ALL(1))) & BYTES_HIGH;

		if (other)
			return n + bytes_first(other);
		n += 8;
	}
	while (n < len && (unsigned char)s[n] - 1u < 0x7F)
		n++;
	return n;
}

size_t utf8_valid_prefix(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		uint32_t cp;
		size_t   n;

		i += plain_bytes(s + i, len - i);
		if (i == len || !s[i])
			break;
		n = utf8_decode(s + i, len - i, &cp);
		if (n == 1)
			break;
		i += n;
	}
	return i;
}

void utf8_append_clean(buf *out, const char *s, size_t len)
{
	while (len) {
		size_t good = utf8_valid_prefix(s, len);

		buf_append(out, s, good);
		s += good;
		len -= good;
		if (len) {
			if (*s)
				buf_append(out, "\xEF\xBF\xBD", 3);
			else
				buf_putc(out, ' ');
			s++;
			len--;
		}
	}
}

size_t utf8_floor(const char *s, size_t len)
{
	size_t i = len;

	while (i && ((unsigned char)s[i] & 0xC0) == 0x80)
		i--;
	return i;
}

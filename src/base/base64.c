#include "base64.h"

#include <stdint.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const void *bytes, size_t len, buf *out)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i += 3) {
		uint32_t n = (uint32_t)p[i] << 16;
		char     four[4] = {0, 0, '=', '='};

		if (i + 1 < len)
			n |= (uint32_t)p[i + 1] << 8;
		if (i + 2 < len)
			n |= p[i + 2];
		four[0] = digits[n >> 18];
		four[1] = digits[n >> 12 & 63];
		if (i + 1 < len)
			four[2] = digits[n >> 6 & 63];
		if (i + 2 < len)
			four[3] = digits[n & 63];
		buf_append(out, four, sizeof four);
	}
}

/* -1 for what is no digit. */
static int digit_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Reads four characters, the last `padding` of which are not there; 0 where they are damaged. */
static int decode_four(const char *text, size_t padding, buf *out)
{
	uint32_t n = 0;
	char     three[3];

	for (size_t i = 0; i < 4; i++) {
		int value = i < 4 - padding ? digit_value(text[i]) : 0;

		if (value < 0)
			return 0;
		n = n << 6 | (uint32_t)value;
	}
	if (n & ((1u << (8 * padding)) - 1))
		return 0;
	three[0] = (char)(n >> 16 & 0xFF);
	three[1] = (char)(n >> 8 & 0xFF);
	three[2] = (char)(n & 0xFF);
	buf_append(out, three, 3 - padding);
	return 1;
}

int base64_decode(const char *text, size_t len, buf *out)
{
	size_t start = out->len;
	int    good = len % 4 == 0;

	for (size_t i = 0; good && i < len; i += 4) {
		size_t padding = 0;

		if (i + 4 == len && text[i + 3] == '=')
			padding = text[i + 2] == '=' ? 2 : 1;
		good = decode_four(text + i, padding, out);
	}
	if (!good)
		buf_truncate(out, start);
	return good;
}

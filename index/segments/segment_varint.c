#include "segment_varint.h"

size_t segment_varint_put_long(unsigned char *at, uint64_t n)
{
	size_t   len = 1;
	uint64_t left = n;

	if (n >> 56) {
		at[8] = (unsigned char)(n & 0xFF);
		n >>= 8;
		for (size_t i = 8; i--; n >>= 7)
			at[i] = (unsigned char)((n & 0x7F) | 0x80);
		return SEGMENT_VARINT_MAX;
	}
	while (left >>= 7)
		len++;
	for (size_t i = len; i--; n >>= 7)
		at[i] = (unsigned char)((n & 0x7F) | (i + 1 < len ? 0x80 : 0));
	return len;
}

size_t segment_varint_get_long(const unsigned char *at, uint64_t *n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < SEGMENT_VARINT_MAX - 1; i++) {
		value = value << 7 | (at[i] & 0x7F);
		if (at[i] < 0x80) {
			*n = value;
			return i + 1;
		}
	}
	*n = value << 8 | at[8];
	return SEGMENT_VARINT_MAX;
}

int segment_varint_read(const unsigned char **at, const unsigned char *end, uint64_t *n)
{
	const unsigned char *last = *at;

	while (last < end && last - *at < SEGMENT_VARINT_MAX - 1 && *last >= 0x80)
		last++;
	if (last >= end)
		return 0;
	*at += segment_varint_get_long(*at, n);
	return 1;
}

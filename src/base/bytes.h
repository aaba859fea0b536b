/* bytes.h: numbers as bytes, the lowest first, and eight bytes of a text at a time. */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The byte `b` eight times. */
#define BYTES_ALL(b) (0x0101010101010101u * (b))
#define BYTES_HIGH BYTES_ALL(0x80u)

static inline uint64_t bytes_reverse(uint64_t n)
{
	n = (n & 0x00FF00FF00FF00FFu) << 8 | (n >> 8 & 0x00FF00FF00FF00FFu);
	n = (n & 0x0000FFFF0000FFFFu) << 16 | (n >> 16 & 0x0000FFFF0000FFFFu);
	return n << 32 | n >> 32;
}

/* Eight bytes as they lie in memory, to or from a number whose lowest byte is the first. */
static inline uint64_t bytes_ordered(uint64_t n)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return bytes_reverse(n);
#else
	return n;
#endif
}

/* The first byte becomes the lowest, on any machine. */
static inline uint64_t bytes_load_8(const void *from)
{
	uint64_t n;

	memcpy(&n, from, sizeof n);
	return bytes_ordered(n);
}

static inline void bytes_store_8(void *to, uint64_t n)
{
	n = bytes_ordered(n);
	memcpy(to, &n, sizeof n);
}

static inline uint64_t bytes_load_4(const void *from)
{
	const unsigned char *p = from;

	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

/* Up to eight bytes, the rest 0; none beyond `len` is read. */
static inline uint64_t bytes_load(const void *from, size_t len)
{
	const unsigned char *p = from;

	if (len >= 8)
		return bytes_load_8(p);
	/* Two halves that overlap, where they say the same. */
	if (len >= 4)
		return bytes_load_4(p) | bytes_load_4(p + len - 4) << 8 * (len - 4);
	if (!len)
		return 0;
	return (uint64_t)p[0] | (uint64_t)p[len / 2] << 8 * (len / 2) |
	       (uint64_t)p[len - 1] << 8 * (len - 1);
}

/* The first eight bytes, 0 after the last, as a number that is ordered as memcmp() orders them. */
static inline uint64_t bytes_front(const void *from, size_t len)
{
	return bytes_reverse(bytes_load(from, len < 8 ? len : 8));
}

/*
 * The first of eight bytes that has its high bit set, from 0: `high` has no bits but such, and one
 * of them at least.
 */
static inline size_t bytes_first(uint64_t high)
{
	/* The lowest bit alone shifts the number of its byte to the top. */
	return (size_t)(((high & (0 - high)) >> 7) * 0x0001020304050607u >> 56);
}

#endif

/*
 * segment_varint.h: SQLite's numbers of one to nine bytes: groups of seven bits, the high ones first; a
 * ninth byte has eight.
 */
#ifndef SEGMENT_VARINT_H
#define SEGMENT_VARINT_H

#include <stddef.h>
#include <stdint.h>

enum { SEGMENT_VARINT_MAX = 9 };

/* What the functions below leave: numbers of any length. They answer the bytes. */
size_t segment_varint_put_long(unsigned char *at, uint64_t n);
size_t segment_varint_get_long(const unsigned char *at, uint64_t *n);
/* Reads a number that ends before `end`, and moves behind it. 0: there is none. */
int segment_varint_read(const unsigned char **at, const unsigned char *end, uint64_t *n);

/* Answers the bytes written: nine at most. */
static inline size_t segment_varint_put(unsigned char *at, uint64_t n)
{
	if (n < 0x80) {
		at[0] = (unsigned char)n;
		return 1;
	}
	if (n < 0x4000) {
		at[0] = (unsigned char)(n >> 7 | 0x80);
		at[1] = (unsigned char)(n & 0x7F);
		return 2;
	}
	return segment_varint_put_long(at, n);
}

/* Answers the bytes read. Nine bytes from `at` on must be readable, whatever they are. */
static inline size_t segment_varint_get(const unsigned char *at, uint64_t *n)
{
	if (at[0] < 0x80) {
		*n = at[0];
		return 1;
	}
	if (at[1] < 0x80) {
		*n = (uint64_t)(at[0] & 0x7F) << 7 | at[1];
		return 2;
	}
	return segment_varint_get_long(at, n);
}

#endif

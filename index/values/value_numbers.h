/*
 * value_numbers.h: the numbers of a block of 1024 revisions, each in as many bits as the widest of
 * them needs, so that a search reads few pages of them.
 *
 * In the file a block is 128 bytes for each bit of its width, 1 to 32 or 64: the numbers one after
 * the other, each from its lowest bit on, in bytes that are filled from their lowest bit on. Where
 * the numbers lie far from 0 and near to each other, 8 bytes stand before them, little-endian: what
 * is added to each but 0, which stays 0. So the length of a block tells its form.
 */
#ifndef VALUE_NUMBERS_H
#define VALUE_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "value_block.h"

enum {
	VALUE_NUMBERS_WIDE = 64,  /* the width that takes any number */
	VALUE_NUMBERS_SHORT = 32, /* else the largest */
	VALUE_NUMBERS_BYTES = VALUE_BLOCK / 8 * VALUE_NUMBERS_WIDE /* of a block at most */
};

typedef struct value_numbers {
	uint64_t      base;   /* added to each but 0 */
	unsigned      width;  /* bits of each */
	unsigned char bits[]; /* as in the file, and 8 bytes that are read and not looked at */
} value_numbers;

/* A block of zeros of that width, to be freed with mem_free(). NULL: out of memory. */
value_numbers *value_numbers_new(unsigned width);
/* A copy without a base. NULL: out of memory. */
value_numbers *value_numbers_widen(const value_numbers *from, unsigned width);

/* What the file has. 1: there it is; 0: it is damaged; -1: out of memory. */
int value_numbers_decode(const unsigned char *bytes, size_t len, value_numbers **out);
/* Fills `out` with the shortest form; `based`: it may have a base. The number of bytes. */
size_t value_numbers_encode(const value_numbers *n, int based,
                            unsigned char out[VALUE_NUMBERS_BYTES]);

/* Sets the `i`-th; only of a block without a base whose width the number fits in, 32 or 64. */
void value_numbers_set(value_numbers *n, size_t i, uint64_t number);

/* The `i`-th without the base. Eight bytes at once: a search asks for each of its hits. */
static inline uint64_t value_numbers_bare(const value_numbers *n, size_t i)
{
	const size_t         at = i * n->width;
	const unsigned char *p = n->bits + at / 8;
	const uint64_t       eight = p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	                       (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
	                       (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;

	return eight >> at % 8 & UINT64_MAX >> (64 - n->width);
}

/* The `i`-th. */
static inline uint64_t value_numbers_get(const value_numbers *n, size_t i)
{
	const uint64_t bare = value_numbers_bare(n, i);

	return bare ? bare + n->base : 0;
}

#endif

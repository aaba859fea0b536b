#include "value_numbers.h"

#include <string.h>

#include "alloc.h"

enum { BIT_BYTES = VALUE_BLOCK / 8, BASE_BYTES = 8, SLACK_BYTES = 8 };

static value_numbers *make(unsigned width, uint64_t base)
{
	value_numbers *n = mem_alloc(sizeof *n + (size_t)width * BIT_BYTES + SLACK_BYTES);

	if (!n)
		return NULL;
	n->base = base;
	n->width = width;
	memset(n->bits + (size_t)width * BIT_BYTES, 0, SLACK_BYTES);
	return n;
}

value_numbers *value_numbers_new(unsigned width)
{
	value_numbers *n = make(width, 0);

	if (n)
		memset(n->bits, 0, (size_t)width * BIT_BYTES);
	return n;
}

value_numbers *value_numbers_widen(const value_numbers *from, unsigned width)
{
	value_numbers *n = make(width, 0);

	for (size_t i = 0; n && i < VALUE_BLOCK; i++)
		value_numbers_set(n, i, value_numbers_get(from, i));
	return n;
}

static void write_number(unsigned char *p, size_t bytes, uint64_t number)
{
	for (size_t i = 0; i < bytes; i++, number >>= 8)
		p[i] = (unsigned char)number;
}

void value_numbers_set(value_numbers *n, size_t i, uint64_t number)
{
	size_t bytes = n->width / 8;

	write_number(n->bits + i * bytes, bytes, number);
}

static uint64_t read_base(const unsigned char *bytes)
{
	uint64_t base = 0;

	for (size_t i = BASE_BYTES; i-- > 0;)
		base = base << 8 | bytes[i];
	return base;
}

int value_numbers_decode(const unsigned char *bytes, size_t len, value_numbers **out)
{
	size_t head = len % BIT_BYTES, width = len / BIT_BYTES;

	*out = NULL;
	if ((head && head != BASE_BYTES) || !width ||
	    (width > VALUE_NUMBERS_SHORT && (width != VALUE_NUMBERS_WIDE || head)))
		return 0;
	*out = make((unsigned)width, head ? read_base(bytes) : 0);
	if (!*out)
		return -1;
	memcpy((*out)->bits, bytes + head, width * BIT_BYTES);
	return 1;
}

/* ---- writing ---- */

static unsigned bits_of(uint64_t number)
{
	unsigned bits = 1;

	while (number >>= 1)
		bits++;
	return bits <= VALUE_NUMBERS_SHORT ? bits : VALUE_NUMBERS_WIDE;
}

/* The smallest but 0, and the largest; 0 where all are. */
static void find_range(const value_numbers *n, uint64_t *least, uint64_t *most)
{
	*least = 0;
	*most = 0;
	for (size_t i = 0; i < VALUE_BLOCK; i++) {
		uint64_t number = value_numbers_get(n, i);

		if (number && (!*least || number < *least))
			*least = number;
		if (number > *most)
			*most = number;
	}
}

static size_t pack(const value_numbers *n, uint64_t base, unsigned width, unsigned char *out)
{
	uint64_t held = 0;
	unsigned bits = 0;
	size_t   len = 0;

	for (size_t i = 0; i < VALUE_BLOCK; i++) {
		uint64_t number = value_numbers_get(n, i);

		held |= (number ? number - base : 0) << bits;
		for (bits += width; bits >= 8; bits -= 8, held >>= 8)
			out[len++] = (unsigned char)held;
	}
	return len;
}

size_t value_numbers_encode(const value_numbers *n, int based,
                            unsigned char out[VALUE_NUMBERS_BYTES])
{
	uint64_t least, most;
	unsigned width, near;

	find_range(n, &least, &most);
	width = bits_of(most);
	/* None but 0 may become 0. */
	near = least ? bits_of(most - least + 1) : width;
	if (based && near < width) {
		write_number(out, BASE_BYTES, least - 1);
		return BASE_BYTES + pack(n, least - 1, near, out + BASE_BYTES);
	}
	return pack(n, 0, width, out);
}

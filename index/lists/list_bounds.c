#include "list_bounds.h"

#include <string.h>

enum { EXACT = 32, STEPS = 16, CODE_MAX = 255 };

/* The place of the highest bit that is set; n is not 0. */
static unsigned highest_bit(uint64_t n)
{
	return 63u - (unsigned)__builtin_clzll(n);
}

unsigned char list_code_down(uint64_t n)
{
	unsigned high, code;

	if (n < EXACT)
		return (unsigned char)n;
	high = highest_bit(n);
	code = EXACT + (high - 5) * STEPS + (unsigned)(n >> (high - 4) & (STEPS - 1));
	return (unsigned char)(code < CODE_MAX ? code : CODE_MAX - 1);
}

uint32_t list_code_number(unsigned char code)
{
	if (code < EXACT)
		return code;
	if (code == CODE_MAX)
		return UINT32_MAX;
	return (uint32_t)(STEPS + (code - EXACT) % STEPS) << ((code - EXACT) / STEPS + 1);
}

unsigned char list_code_up(uint64_t n)
{
	unsigned char code = list_code_down(n);

	return (unsigned char)(code + (list_code_number(code) < n));
}

void list_front_init(list_front *f)
{
	memset(f->lengths, 0xFF, sizeof f->lengths);
	f->low = CODE_MAX + 1;
	f->high = 0;
}

void list_front_clear(list_front *f)
{
	for (unsigned i = f->low; i <= f->high; i++)
		f->lengths[i] = UINT32_MAX;
	f->low = CODE_MAX + 1;
	f->high = 0;
}

void list_front_add(list_front *f, int64_t frequency, uint32_t length)
{
	unsigned code = list_code_up((uint64_t)frequency);

	/* UINT32_MAX marks what was not met. */
	if (length == UINT32_MAX)
		length--;
	if (length < f->lengths[code])
		f->lengths[code] = length;
	if (code < f->low)
		f->low = code;
	if (code > f->high)
		f->high = code;
}

void list_front_add_bounds(list_front *f, const list_bounds *b)
{
	for (unsigned i = 0; i < b->count; i++)
		list_front_add(f, b->pairs[i].frequency, b->pairs[i].length);
}

/* Grows and falls as a score does; which pairs are merged rests on it, not whether they hold. */
static double worth(uint32_t frequency, uint32_t length)
{
	double f = (double)frequency;

	return f / (f + 0.3 + (double)length / 180);
}

/* Merges the two neighbours whose common pair is worth the least. */
static void drop_one(list_pair *pairs, unsigned count)
{
	unsigned best = 0;
	double   least = 2;

	for (unsigned i = 0; i + 1 < count; i++) {
		double now = worth(pairs[i].frequency, pairs[i + 1].length);

		if (now < least) {
			least = now;
			best = i;
		}
	}
	pairs[best].length = pairs[best + 1].length;
	memmove(pairs + best + 1, pairs + best + 2, (count - best - 2) * sizeof *pairs);
}

void list_front_bounds(const list_front *f, list_bounds *out)
{
	list_pair pairs[LIST_PAIRS_MAX + 1];
	uint32_t  shortest = UINT32_MAX;
	unsigned  count = 0;

	for (unsigned code = f->high + 1; f->low <= f->high && code-- > f->low;) {
		uint32_t length = list_code_number(list_code_down(f->lengths[code]));

		if (f->lengths[code] == UINT32_MAX || length >= shortest)
			continue;
		shortest = length;
		pairs[count++] = (list_pair){list_code_number((unsigned char)code), length};
		if (count > LIST_PAIRS_MAX)
			drop_one(pairs, count--);
	}
	out->count = count;
	memcpy(out->pairs, pairs, count * sizeof *pairs);
}

size_t list_bounds_put(const list_bounds *b, unsigned char *at)
{
	unsigned char *start = at;

	*at++ = (unsigned char)b->count;
	for (unsigned i = 0; i < b->count; i++) {
		*at++ = list_code_up(b->pairs[i].frequency);
		*at++ = list_code_down(b->pairs[i].length);
	}
	return (size_t)(at - start);
}

size_t list_bounds_get(list_bounds *b, const unsigned char *at, const unsigned char *end)
{
	size_t bytes;

	b->count = 0;
	if (at >= end || !*at || *at > LIST_PAIRS_MAX)
		return 0;
	bytes = 1 + 2 * (size_t)*at;
	if ((size_t)(end - at) < bytes)
		return 0;
	b->count = *at;
	for (unsigned i = 0; i < b->count; i++)
		b->pairs[i] = (list_pair){list_code_number(at[1 + 2 * i]),
		                          list_code_number(at[2 + 2 * i])};
	return bytes;
}

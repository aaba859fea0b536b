/* Terms in the order of their bytes. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "bytes.h"
#include "error.h"
#include "inverter_private.h"

enum { BYTE_VALUES = 256, FEW = 64 };

/* A term, and its first eight bytes as a number in their order. */
typedef struct fronted {
	uint64_t       front;
	inverter_term *term;
} fronted;

static size_t collect(const inverter *v, fronted *terms)
{
	size_t count = 0;

	for (size_t i = 0; i < v->slot_count; i++) {
		inverter_term *t = v->slots[i].term;

		if (t && t->used)
			terms[count++] = (fronted){bytes_front(t->text, t->len), t};
	}
	return count;
}

static int by_text(const void *a, const void *b)
{
	const fronted       *x = a, *y = b;
	const inverter_term *s = x->term, *t = y->term;
	int                  order;

	if (x->front != y->front)
		return x->front < y->front ? -1 : 1;
	order = memcmp(s->text, t->text, s->len < t->len ? s->len : t->len);
	return order ? order : (s->len > t->len) - (s->len < t->len);
}

/* Moves `from` to `to` in the order of one byte of the fronts; 0 where it is the same in all. */
static int sort_by_byte(const fronted *from, fronted *to, size_t count, unsigned shift)
{
	size_t starts[BYTE_VALUES] = {0}, sum = 0;

	for (size_t i = 0; i < count; i++)
		starts[from[i].front >> shift & 0xFF]++;
	if (starts[from[0].front >> shift & 0xFF] == count)
		return 0;
	for (size_t b = 0; b < BYTE_VALUES; b++) {
		size_t n = starts[b];

		starts[b] = sum;
		sum += n;
	}
	for (size_t i = 0; i < count; i++)
		to[starts[from[i].front >> shift & 0xFF]++] = from[i];
	return 1;
}

/* By fronts, byte after byte from the last one on. Answers which of the two arrays has them. */
static fronted *sort_by_fronts(fronted *terms, fronted *spare, size_t count)
{
	for (unsigned shift = 0; count && shift < 64; shift += 8) {
		fronted *from = terms;

		if (!sort_by_byte(from, spare, count, shift))
			continue;
		terms = spare;
		spare = from;
	}
	return terms;
}

/* Those with the same front by what follows it. */
static void sort_ties(fronted *terms, size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		end = i + 1;
		while (end < count && terms[end].front == terms[i].front)
			end++;
		if (end > i + 1)
			qsort(&terms[i], end - i, sizeof *terms, by_text);
	}
}

static fronted *sort_terms(fronted *terms, fronted *spare, size_t count)
{
	if (count < FEW) {
		qsort(terms, count, sizeof *terms, by_text);
		return terms;
	}
	terms = sort_by_fronts(terms, spare, count);
	sort_ties(terms, count);
	return terms;
}

sheaf_status inverter_sort(inverter *v, const int64_t *revisions, sheaf_error *err)
{
	fronted        *terms = mem_alloc(2 * v->count * sizeof *terms), *sorted;
	inverter_term **order = NULL;
	size_t          count;

	if (terms && !v->failed) {
		count = collect(v, terms);
		order = mem_alloc(count * sizeof *order);
	}
	if (!order) {
		mem_free(terms);
		return sheaf_nomem(err);
	}
	sorted = sort_terms(terms, terms + v->count, count);
	for (size_t i = 0; i < count; i++)
		order[i] = sorted[i].term;
	mem_free(terms);
	mem_free(v->order);
	v->order = order;
	v->order_count = count;
	v->revisions = revisions;
	return SHEAF_OK;
}

size_t inverter_term_count(const inverter *v)
{
	return v->order_count;
}

const char *inverter_term_text(const inverter *v, size_t i, size_t *len)
{
	*len = v->order[i]->len;
	return v->order[i]->text;
}

const inverter_term *inverter_term_at(const inverter *v, size_t i)
{
	return v->order[i];
}

#include "found_postings.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

/* Where the revisions are at most so many times the postings found, a table of all of them is made. */
enum { TABLE_PART = 16, SPARSE_MIN = 4096 };
enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

void found_postings_free(found_postings *found)
{
	mem_free(found->list);
	memset(found, 0, sizeof *found);
}

void found_begin(found_gathering *g, int64_t first, int64_t last)
{
	*g = (found_gathering){.first = first, .last = last, .ordered = 1};
}

void found_end(found_gathering *g)
{
	mem_free(g->entries);
	mem_free(g->table);
	mem_free(g->gone);
}

/* ---- gathering ---- */

/* The most entries that are kept as they come. */
static size_t sparse_most(const found_gathering *g)
{
	uint64_t part = ((uint64_t)g->last - (uint64_t)g->first) / TABLE_PART;

	return part > SPARSE_MIN ? (size_t)part : SPARSE_MIN;
}

static sheaf_status make_table(found_gathering *g, sheaf_error *err)
{
	g->table = mem_calloc((size_t)(g->last - g->first) + 1, sizeof *g->table);
	if (!g->table)
		return sheaf_nomem(err);
	for (size_t i = 0; i < g->count; i++)
		g->table[g->entries[i] >> 32] += (uint32_t)g->entries[i];
	mem_free(g->entries);
	g->entries = NULL;
	g->count = 0;
	return SHEAF_OK;
}

static sheaf_status make_room(found_gathering *g, sheaf_error *err)
{
	size_t    size = g->size ? g->size * 2 : 256;
	uint64_t *grown;

	if (g->count >= sparse_most(g))
		return make_table(g, err);
	grown = mem_realloc_array(g->entries, size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	g->entries = grown;
	g->size = size;
	return SHEAF_OK;
}

sheaf_status found_add(found_gathering *g, int64_t revision, uint32_t frequency, sheaf_error *err)
{
	uint32_t offset = (uint32_t)(revision - g->first);

	if (!frequency)
		return SHEAF_OK;
	if (!g->table && g->count == g->size) {
		sheaf_status status = make_room(g, err);

		if (status != SHEAF_OK)
			return status;
	}
	if (g->table) {
		g->table[offset] += frequency;
		return SHEAF_OK;
	}
	g->ordered = g->ordered && (!g->count || g->entries[g->count - 1] >> 32 < offset);
	g->entries[g->count++] = (uint64_t)offset << 32 | frequency;
	return SHEAF_OK;
}

sheaf_status found_note_gone(found_gathering *g, int64_t revision, sheaf_error *err)
{
	uint32_t offset = (uint32_t)(revision - g->first);

	if (!g->gone)
		g->gone = mem_calloc(((size_t)(g->last - g->first) >> 3) + 1, 1);
	if (!g->gone)
		return sheaf_nomem(err);
	g->gone[offset >> 3] |= (unsigned char)(1u << (offset & 7));
	return SHEAF_OK;
}

/* ---- in order ---- */

/* By the bits of the offset from `shift` on; what has the same stays in its order. */
static void sort_digit(const uint64_t *from, uint64_t *to, size_t count, unsigned shift)
{
	size_t starts[DIGITS] = {0}, sum = 0;

	for (size_t i = 0; i < count; i++)
		starts[from[i] >> shift & (DIGITS - 1)]++;
	for (size_t i = 0; i < DIGITS; i++) {
		size_t here = starts[i];

		starts[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[starts[from[i] >> shift & (DIGITS - 1)]++] = from[i];
}

static sheaf_status sort_entries(found_gathering *g, sheaf_error *err)
{
	uint64_t  span = (uint64_t)g->last - (uint64_t)g->first;
	uint64_t *other;

	if (g->ordered)
		return SHEAF_OK;
	other = mem_realloc_array(NULL, g->count, sizeof *other);
	if (!other)
		return sheaf_nomem(err);
	for (unsigned shift = 32; shift < 64 && span >> (shift - 32); shift += DIGIT_BITS) {
		uint64_t *sorted = other;

		sort_digit(g->entries, sorted, g->count, shift);
		other = g->entries;
		g->entries = sorted;
	}
	mem_free(other);
	return SHEAF_OK;
}

static sheaf_status take_entries(found_gathering *g, found_postings *found, sheaf_error *err)
{
	sheaf_status status = sort_entries(g, err);

	if (status != SHEAF_OK)
		return status;
	found->list = mem_realloc_array(NULL, g->count + 1, sizeof *found->list);
	if (!found->list)
		return sheaf_nomem(err);
	for (size_t i = 0; i < g->count; i++) {
		uint32_t offset = (uint32_t)(g->entries[i] >> 32);

		if (found->count && found->list[found->count - 1].offset == offset)
			found->list[found->count - 1].frequency += (uint32_t)g->entries[i];
		else
			found->list[found->count++] = (found_posting){offset,
			                                              (uint32_t)g->entries[i]};
	}
	return SHEAF_OK;
}

static sheaf_status take_table(found_gathering *g, found_postings *found, sheaf_error *err)
{
	size_t span = (size_t)(g->last - g->first) + 1, count = 0;

	for (size_t i = 0; i < span; i++)
		count += g->table[i] != 0;
	found->list = mem_realloc_array(NULL, count + 1, sizeof *found->list);
	if (!found->list)
		return sheaf_nomem(err);
	/* One more than there are has room, so that every offset can be written before it is known to be there. */
	for (size_t i = 0; i < span; i++) {
		found->list[found->count] = (found_posting){(uint32_t)i, g->table[i]};
		found->count += g->table[i] != 0;
	}
	return SHEAF_OK;
}

static void drop_gone(const found_gathering *g, found_postings *found)
{
	size_t kept = 0;

	for (size_t i = 0; i < found->count; i++) {
		found_posting p = found->list[i];

		found->list[kept] = p;
		kept += !(g->gone[p.offset >> 3] >> (p.offset & 7) & 1);
	}
	found->count = kept;
}

static void settle(const found_gathering *g, found_postings *found)
{
	if (g->gone)
		drop_gone(g, found);
	for (size_t i = 0; i < found->count; i++)
		found->occurrences += found->list[i].frequency;
}

sheaf_status found_take(found_gathering *g, found_postings *found, sheaf_error *err)
{
	sheaf_status status = g->table ? take_table(g, found, err) : take_entries(g, found, err);

	if (status == SHEAF_OK)
		settle(g, found);
	else
		found_postings_free(found);
	return status;
}

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

static sheaf_status put_entry(found_gathering *g, uint32_t offset, uint32_t frequency,
                              sheaf_error *err)
{
	size_t    size = g->size ? g->size * 2 : 256;
	uint64_t *grown;

	if (g->count == g->size) {
		grown = mem_realloc_array(g->entries, size, sizeof *grown);
		if (!grown)
			return sheaf_nomem(err);
		g->entries = grown;
		g->size = size;
	}
	g->ordered = g->ordered && (!g->count || g->entries[g->count - 1] >> 32 < offset);
	g->entries[g->count++] = (uint64_t)offset << 32 | frequency;
	return SHEAF_OK;
}

/* What all entries say goes into it; they begin anew. */
static sheaf_status make_table(found_gathering *g, sheaf_error *err)
{
	uint64_t    *entries = g->entries;
	size_t       count = g->count;
	sheaf_status status = SHEAF_OK;

	g->table = mem_calloc((size_t)(g->last - g->first) + 1, 1);
	if (!g->table)
		return sheaf_nomem(err);
	g->entries = NULL;
	g->count = g->size = 0;
	g->ordered = 1;
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = found_add(g, g->first + (int64_t)(entries[i] >> 32), (uint32_t)entries[i],
		                   err);
	mem_free(entries);
	return status;
}

sheaf_status found_add_entry(found_gathering *g, uint32_t offset, uint32_t frequency,
                             sheaf_error *err)
{
	sheaf_status status;

	if (!frequency)
		return SHEAF_OK;
	if (g->count < sparse_most(g))
		return put_entry(g, offset, frequency, err);
	status = make_table(g, err);
	return status == SHEAF_OK ? found_add(g, g->first + offset, frequency, err) : status;
}

sheaf_status found_settle(found_gathering *g, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < g->waiting_count; i++) {
		uint32_t offset = (uint32_t)(g->waiting[i] >> 32);
		uint32_t frequency = (uint32_t)g->waiting[i];

		if (frequency <= UINT8_MAX - (uint32_t)g->table[offset]) {
			g->table[offset] = (unsigned char)(g->table[offset] + frequency);
			continue;
		}
		/* What the table has moves, too: so there is an entry for each 256 at most. */
		frequency += g->table[offset];
		g->table[offset] = 0;
		status = put_entry(g, offset, frequency, err);
	}
	g->waiting_count = 0;
	return status;
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

/* Those of a table, written to a list with room for one more. */
static size_t list_table(const unsigned char *table, size_t span, found_posting *list)
{
	size_t count = 0, i = 0;

	while (i < span) {
		size_t   stop = i + sizeof(uint64_t);
		uint64_t part = 1;

		if (stop <= span)
			memcpy(&part, table + i, sizeof part);
		else
			stop = span;
		/* Every offset is written before it is known to be there. */
		for (; part && i < stop; i++) {
			list[count] = (found_posting){(uint32_t)i, table[i]};
			count += table[i] != 0;
		}
		i = stop;
	}
	return count;
}

static sheaf_status take_table(const found_gathering *g, found_postings *found, sheaf_error *err)
{
	size_t span = (size_t)(g->last - g->first) + 1, count = 0;

	for (size_t i = 0; i < span; i++)
		count += g->table[i] != 0;
	found->list = mem_realloc_array(NULL, count + 1, sizeof *found->list);
	if (!found->list)
		return sheaf_nomem(err);
	found->count = list_table(g->table, span, found->list);
	return SHEAF_OK;
}

sheaf_status found_unite(found_postings *found, const found_posting *more, size_t more_count,
                         sheaf_error *err)
{
	found_posting *all = mem_realloc_array(NULL, found->count + more_count + 1, sizeof *all);
	size_t         a = 0, b = 0, n = 0;

	if (!all)
		return sheaf_nomem(err);
	while (a < found->count || b < more_count) {
		int take_a = b == more_count ||
		             (a < found->count && found->list[a].offset <= more[b].offset);
		const found_posting *from = take_a ? &found->list[a++] : &more[b++];

		if (n && all[n - 1].offset == from->offset)
			all[n - 1].frequency += from->frequency;
		else
			all[n++] = *from;
	}
	mem_free(found->list);
	found->list = all;
	found->count = n;
	return SHEAF_OK;
}

/* The table, and the entries beside it. */
static sheaf_status take_both(found_gathering *g, found_postings *found, sheaf_error *err)
{
	found_postings large = {0};
	sheaf_status   status = found_settle(g, err);

	if (status == SHEAF_OK)
		status = take_table(g, found, err);
	if (status == SHEAF_OK && g->count)
		status = take_entries(g, &large, err);
	if (status == SHEAF_OK && large.count)
		status = found_unite(found, large.list, large.count, err);
	found_postings_free(&large);
	return status;
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
	sheaf_status status = g->table ? take_both(g, found, err) : take_entries(g, found, err);

	if (status == SHEAF_OK)
		settle(g, found);
	else
		found_postings_free(found);
	return status;
}

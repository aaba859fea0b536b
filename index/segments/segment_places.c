#include "segment_places.h"

#include "alloc.h"
#include "error.h"
#include "segment_page.h"
#include "segment_varint.h"

sheaf_status segment_places_add(segment_places *p, int64_t row, int64_t page, sheaf_error *err)
{
	if (p->count && (row <= p->items[p->count - 1].row || page <= p->items[p->count - 1].page))
		return segment_damaged(err);
	if (p->count == p->size) {
		size_t         size = p->size ? 2 * p->size : 16;
		segment_place *grown = mem_realloc_array(p->items, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		p->items = grown;
		p->size = size;
	}
	p->items[p->count++] = (segment_place){row, page};
	return SHEAF_OK;
}

/* 1 for any page but the root; a leaf and its first row; then a difference for each leaf, 0: no row. */
sheaf_status segment_places_read(segment_places *p, const unsigned char *data, size_t len,
                                 int64_t after, int64_t last_page, int *more, sheaf_error *err)
{
	const unsigned char *at = data, *end = data + len;
	uint64_t             kind, page, row, step;
	sheaf_status         status;

	*more = 0;
	if (!segment_varint_read(&at, end, &kind) || !segment_varint_read(&at, end, &page) ||
	    !segment_varint_read(&at, end, &row) || kind > 1 || page <= (uint64_t)after ||
	    page > (uint64_t)last_page)
		return segment_damaged(err);
	status = segment_places_add(p, (int64_t)row, (int64_t)page, err);
	while (status == SHEAF_OK && at < end) {
		if (!segment_varint_read(&at, end, &step) || ++page > (uint64_t)last_page)
			return segment_damaged(err);
		row += step;
		if (step)
			status = segment_places_add(p, (int64_t)row, (int64_t)page, err);
	}
	*more = status == SHEAF_OK && kind == 1;
	return status;
}

size_t segment_places_find(const segment_places *p, int64_t row)
{
	size_t low = 0, high = p->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->items[middle].row <= row)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : SIZE_MAX;
}

void segment_places_clear(segment_places *p)
{
	p->count = 0;
}

void segment_places_free(segment_places *p)
{
	mem_free(p->items);
	*p = (segment_places){0};
}

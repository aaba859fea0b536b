/*
 * A page of a doclist index: a byte that is 0 for the root alone, the number of the page below that the
 * first row id stands on, that row id, then for each page after it the difference of its row id, or 0
 * where a leaf has none.
 */
#include "segment_doclist.h"

#include "error.h"
#include "segment_varint.h"

static void put(buf *out, uint64_t n)
{
	unsigned char bytes[SEGMENT_VARINT_MAX];

	buf_append(out, (const char *)bytes, segment_varint_put(bytes, n));
}

void doclist_index_begin(doclist_index *d, int64_t leaf)
{
	d->levels[0].number = leaf;
}

void doclist_index_skip(doclist_index *d)
{
	if (d->levels[0].page.len)
		put(&d->levels[0].page, 0);
}

int doclist_index_begun(const doclist_index *d)
{
	return d->levels[0].page.len > 0;
}

static sheaf_status write_level(const doclist_index *d, size_t i, const segment_sink *sink,
                                sheaf_error *err)
{
	const doclist_level *level = &d->levels[i];
	sheaf_status         status = buf_status(&level->page, err);

	if (status != SHEAF_OK)
		return status;
	return sink->page(sink->ctx,
	                  (int64_t)1 << DOCLIST_INDEX_BIT |
	                          (int64_t)((uint64_t)i << DOCLIST_LEVEL_SHIFT) | level->number,
	                  level->page.data, level->page.len, err);
}

static void begin_page(doclist_level *level, int root, int64_t below, int64_t row)
{
	put(&level->page, root ? 0 : 1);
	put(&level->page, (uint64_t)below);
	put(&level->page, (uint64_t)row);
	level->linked = 1;
	level->last = row;
}

/* The row id that a page begins with. */
static int64_t first_row(const buf *page)
{
	const unsigned char *at = (const unsigned char *)page->data + 1,
			    *end = (const unsigned char *)page->data + page->len;
	uint64_t n = 0;

	if (segment_varint_read(&at, end, &n))
		(void)segment_varint_read(&at, end, &n);
	return (int64_t)n;
}

/* A full page goes out; where it was the root, a new root tells of it. */
static sheaf_status turn_page(doclist_index *d, size_t i, const segment_sink *sink,
                              sheaf_error *err)
{
	doclist_level *level = &d->levels[i], *above = level + 1;
	sheaf_status   status;

	if (i + 1 >= DOCLIST_LEVELS)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a doclist index of more than %d levels", DOCLIST_LEVELS);
	level->page.data[0] = 1;
	status = write_level(d, i, sink, err);
	if (status != SHEAF_OK)
		return status;
	if (!above->page.len) {
		above->number = level->number;
		begin_page(above, 1, level->number, first_row(&level->page));
	}
	buf_clear(&level->page);
	level->linked = 0;
	level->number++;
	return SHEAF_OK;
}

sheaf_status doclist_index_add(doclist_index *d, int64_t leaf, int64_t row, size_t page_size,
                               const segment_sink *sink, sheaf_error *err)
{
	int64_t below = leaf;

	for (size_t i = 0;; i++) {
		doclist_level *level = &d->levels[i];
		int            full = level->page.len >= page_size;
		sheaf_status   status = full ? turn_page(d, i, sink, err) : SHEAF_OK;

		if (status != SHEAF_OK)
			return status;
		if (level->linked)
			put(&level->page, (uint64_t)row - (uint64_t)level->last);
		else
			begin_page(level, !full, below, row);
		level->last = row;
		if (!full)
			return buf_status(&level->page, err);
		below = level->number;
	}
}

sheaf_status doclist_index_end(doclist_index *d, int keep, const segment_sink *sink,
                               sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < DOCLIST_LEVELS && d->levels[i].page.len; i++) {
		if (keep && status == SHEAF_OK)
			status = write_level(d, i, sink, err);
		buf_clear(&d->levels[i].page);
		d->levels[i].linked = 0;
	}
	return status;
}

void doclist_index_free(doclist_index *d)
{
	for (size_t i = 0; i < DOCLIST_LEVELS; i++)
		buf_free(&d->levels[i].page);
}

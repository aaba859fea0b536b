#include "list_cursor.h"

#include <string.h>

#include "alloc.h"
#include "list_cursor_private.h"

/* ---- chunks ---- */

/* The bytes of a chunk in a page, copied behind which there is padding. */
static int copy_page(list_cursor *c, list_view *v, size_t chunk, const unsigned char **data,
                     size_t *len)
{
	const unsigned char *page;
	unsigned char       *copy;
	size_t               at = chunk ? 0 : c->page_at;
	sheaf_status status = c->source.page(c->source.ctx, c->source.run, c->page + (int64_t)chunk,
	                                     &page, len, c->err);

	if (status != SHEAF_OK) {
		list_cursor_fail(c, status);
		return 0;
	}
	if (!page || at >= *len) {
		list_cursor_damaged(c);
		return 0;
	}
	*len -= at;
	copy = mem_realloc(v->page, *len + LIST_PADDING);
	if (!copy) {
		list_cursor_fail(c, SHEAF_ERROR_NOMEM);
		return 0;
	}
	memcpy(copy, page + at, *len);
	memset(copy + *len, 0, LIST_PADDING);
	v->page = copy;
	*data = copy;
	return 1;
}

/*
 * The view of a chunk: one of the two, or read in place of the one that is not at hand. NULL:
 * failed.
 */
static list_view *get_view(list_cursor *c, size_t chunk)
{
	size_t               other = c->view == 0 ? 1 : 0;
	const unsigned char *data;
	size_t               len;

	for (size_t i = 0; i < 2; i++)
		if (c->views[i].chunk == chunk)
			return &c->views[i];
	c->views[other].chunk = LIST_NONE;
	if (!copy_page(c, &c->views[other], chunk, &data, &len) ||
	    !list_view_read(c, &c->views[other], chunk, data, len))
		return NULL;
	return &c->views[other];
}

/* The first chunk from `chunk` on that does not end before `offset`; there is one. */
static size_t find_chunk(const list_cursor *c, size_t chunk, uint32_t offset)
{
	size_t high = c->chunk_count - 1;

	while (chunk < high) {
		size_t middle = chunk + (high - chunk) / 2;

		if (c->chunks[middle].last < offset)
			chunk = middle + 1;
		else
			high = middle;
	}
	return chunk;
}

/* The first block from `block` on that does not end before `offset`; block_count: none. */
static size_t find_block(const list_view *v, size_t block, uint32_t offset)
{
	size_t high = v->block_count;

	while (block < high) {
		size_t middle = block + (high - block) / 2;

		if (v->blocks[middle].last < offset)
			block = middle + 1;
		else
			high = middle;
	}
	return block;
}

/*
 * The chunk and block where a revision is looked for. NULL: none is left, or the cursor has
 * failed.
 */
static list_view *locate(list_cursor *c, uint32_t offset, size_t *block)
{
	list_view *v = c->view == LIST_NONE ? NULL : &c->views[c->view];
	size_t     start = c->block == LIST_NONE ? 0 : c->block;

	/* A list without blocks is decoded as it is opened. */
	if (!c->chunks && c->views[0].chunk == LIST_NONE)
		return NULL;
	if (!v || (c->chunks && c->chunks[v->chunk].last < offset)) {
		size_t chunk = 0;

		if (c->chunks) {
			if (c->chunks[c->chunk_count - 1].last < offset)
				return NULL;
			chunk = find_chunk(c, v ? v->chunk + 1 : 0, offset);
		}
		v = get_view(c, chunk);
		start = 0;
	}
	if (!v)
		return NULL;
	*block = find_block(v, start, offset);
	return *block < v->block_count ? v : NULL;
}

/* ---- blocks ---- */

int list_cursor_decode(list_cursor *c, size_t block)
{
	const list_view        *v = &c->views[c->view == LIST_NONE ? 0 : c->view];
	const list_block_place *b = &v->blocks[block];
	int64_t                 before, last = b->last;

	c->view = (size_t)(v - c->views);
	c->block = block;
	c->at = LIST_NONE;
	c->count = b->count;
	c->codes_ready = 0;
	if (block)
		before = v->blocks[block - 1].last;
	else
		before = v->chunk ? (int64_t)c->chunks[v->chunk - 1].last : -1;
	if (!list_block_revisions(v->data + b->at, b->len, b->count, c->offsets, &c->codes_at) ||
	    last - c->offsets[c->count - 1] <= before) {
		list_cursor_damaged(c);
		return 0;
	}
	c->base = c->first + last - c->offsets[c->count - 1];
	return 1;
}

void list_cursor_read_block(list_cursor *c)
{
	const list_view        *v;
	const list_block_place *b;

	if (c->codes_ready || c->view == LIST_NONE || c->block == LIST_NONE)
		return;
	v = &c->views[c->view];
	b = &v->blocks[c->block];
	c->codes_ready = 1;
	if (!list_block_codes(v->data + b->at, b->len, b->count, c->codes_at, c->codes, c->rare))
		list_cursor_damaged(c);
}

const list_occurrences *list_cursor_peek(const list_cursor *c)
{
	const list_view        *v;
	const list_block_place *b;
	unsigned                code;

	if (!c->codes_ready) {
		v = &c->views[c->view];
		b = &v->blocks[c->block];
		code = list_block_code(v->data + b->at, b->len, b->count, c->codes_at, c->at);
		return code < LIST_CODES ? &list_code_table[code] : NULL;
	}
	code = c->codes[c->at];
	return code < LIST_CODES ? &list_code_table[code] : &c->rare[code - LIST_CODES];
}

static void end(list_cursor *c)
{
	c->revision = LIST_END;
	c->at = c->count = 0;
	c->codes_ready = 1;
	c->codes[0] = 0;
}

/* To the first posting of a block. */
static void enter(list_cursor *c, list_view *v, size_t block)
{
	c->view = (size_t)(v - c->views);
	if (!list_cursor_decode(c, block))
		return;
	c->at = 0;
	c->revision = c->base;
}

/* The block behind the one at hand, and its view. NULL: none is left, or the cursor has failed. */
static list_view *next_place(list_cursor *c, size_t *block)
{
	list_view *v = NULL;

	*block = 0;
	if (c->view != LIST_NONE && c->block + 1 < c->views[c->view].block_count) {
		v = &c->views[c->view];
		*block = c->block + 1;
	} else if (c->chunks) {
		size_t chunk = c->view == LIST_NONE ? 0 : c->views[c->view].chunk + 1;

		v = chunk < c->chunk_count ? get_view(c, chunk) : NULL;
	} else if (c->view == LIST_NONE && c->views[0].chunk == 0) {
		v = &c->views[0];
	}
	return v;
}

void list_cursor_next_block(list_cursor *c)
{
	size_t     block;
	list_view *v = next_place(c, &block);

	if (v)
		enter(c, v, block);
	else
		end(c);
}

int list_cursor_take_block(list_cursor *c, list_whole_block *b)
{
	size_t                  block;
	const list_view        *v = next_place(c, &block);
	const list_block_place *at;

	if (!v) {
		end(c);
		return 0;
	}
	c->view = (size_t)(v - c->views);
	c->block = block;
	at = &v->blocks[block];
	*b = (list_whole_block){.bytes = v->data + at->at,
	                        .len = at->len,
	                        .count = at->count,
	                        .last = c->first + at->last};
	if (list_bounds_get(&b->bounds, v->data + at->bounds_at, v->data + v->len))
		return 1;
	list_cursor_damaged(c);
	return 0;
}

/* Steps of twice the size, then halves. */
size_t list_cursor_find_near(const list_cursor *c, size_t at, int64_t offset)
{
	size_t low = at, high = c->count - 1, step = 1;

	while (low + step < high && c->offsets[low + step] < offset) {
		low += step;
		step *= 2;
	}
	if (low + step < high)
		high = low + step;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->offsets[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* In the block at hand, which has a posting that is not before. */
static void seek_near(list_cursor *c, int64_t revision)
{
	c->at = list_cursor_find_near(c, c->at == LIST_NONE ? 0 : c->at, revision - c->base);
	c->revision = c->base + c->offsets[c->at];
}

static int ends_in_block(const list_cursor *c, int64_t revision)
{
	return c->count && list_cursor_block_end(c) >= revision;
}

size_t list_cursor_find(const list_cursor *c, int64_t revision)
{
	return ends_in_block(c, revision) ? list_cursor_find_near(c, c->at, revision - c->base)
	                                  : c->count;
}

/* The offset of a revision in the run; 0: it is behind its end. */
static int offset_of(const list_cursor *c, int64_t revision, uint32_t *offset)
{
	if (revision > c->last)
		return 0;
	*offset = revision > c->first ? (uint32_t)(revision - c->first) : 0;
	return 1;
}

void list_cursor_seek_far(list_cursor *c, int64_t revision)
{
	uint32_t   offset;
	list_view *v;
	size_t     block;

	if (c->revision == LIST_END)
		return;
	if (ends_in_block(c, revision)) {
		seek_near(c, revision);
		return;
	}
	v = offset_of(c, revision, &offset) ? locate(c, offset, &block) : NULL;
	if (!v) {
		end(c);
		return;
	}
	enter(c, v, block);
	if (c->revision < revision)
		seek_near(c, revision);
}

/* ---- looking ahead ---- */

static void no_block(int64_t *last, list_bounds *bounds)
{
	*last = LIST_END;
	bounds->count = 0;
}

void list_cursor_block(list_cursor *c, int64_t revision, int64_t *last, list_bounds *bounds)
{
	uint32_t   offset;
	list_view *v;
	size_t     block;

	no_block(last, bounds);
	if (c->revision == LIST_END || !offset_of(c, revision, &offset))
		return;
	if (c->view == LIST_NONE && !c->chunks && c->views[0].chunk != 0) {
		/* A small list is one block. */
		if (ends_in_block(c, revision)) {
			*last = c->base + c->offsets[c->count - 1];
			*bounds = c->top;
		}
		return;
	}
	v = locate(c, offset, &block);
	if (!v)
		return;
	*last = c->first + v->blocks[block].last;
	if (!list_bounds_get(bounds, v->data + v->blocks[block].bounds_at, v->data + v->len))
		list_cursor_damaged(c);
}

void list_cursor_stretch(const list_cursor *c, int64_t revision, int64_t *last, list_bounds *bounds)
{
	const list_view *v = &c->views[0];
	uint32_t         offset;
	size_t           chunk;

	no_block(last, bounds);
	if (c->revision == LIST_END || !offset_of(c, revision, &offset))
		return;
	if (!c->chunks) {
		int64_t end_of_all = v->chunk == 0 ? c->first + v->blocks[v->block_count - 1].last
		                                   : c->base + c->offsets[c->count - 1];

		if (end_of_all >= revision) {
			*last = end_of_all;
			*bounds = c->top;
		}
		return;
	}
	if (c->chunks[c->chunk_count - 1].last < offset)
		return;
	chunk = find_chunk(c, c->view == LIST_NONE ? 0 : c->views[c->view].chunk, offset);
	*last = c->first + c->chunks[chunk].last;
	list_bounds_get(bounds, c->list + c->chunks[chunk].bounds_at, c->list + c->list_len);
}

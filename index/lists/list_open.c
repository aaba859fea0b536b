/* Opening lists. */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "list_cursor_private.h"
#include "list_writer.h"

void list_cursor_fail(list_cursor *c, sheaf_status status)
{
	if (c->status == SHEAF_OK) {
		c->status = status;
		if (status == SHEAF_ERROR_NOMEM)
			sheaf_nomem(c->err);
	}
	c->revision = LIST_END;
	c->at = c->count = 0;
	c->codes_ready = 1;
	c->codes[0] = 0;
}

void list_cursor_damaged(list_cursor *c)
{
	if (c->status == SHEAF_OK)
		sheaf_fail(c->err, SHEAF_ERROR_DATABASE_CORRUPT,
		           "a ranking list is damaged; run 'sheaf reindex'");
	list_cursor_fail(c, SHEAF_ERROR_DATABASE_CORRUPT);
}

int list_view_read(list_cursor *c, list_view *v, size_t chunk, const unsigned char *data,
                   size_t len)
{
	list_block_place blocks[LIST_CHUNK_BLOCKS_MAX];
	uint32_t         base = chunk ? c->chunks[chunk - 1].last + 1 : 0;
	uint32_t         last = c->chunks ? c->chunks[chunk].last : (uint32_t)(c->last - c->first);
	size_t           count = list_chunk_read(data, len, base, last, blocks);

	v->chunk = LIST_NONE;
	if (!count || (c->chunks && blocks[count - 1].last != last)) {
		list_cursor_damaged(c);
		return 0;
	}
	mem_free(v->blocks);
	v->blocks = mem_alloc(count * sizeof *blocks);
	if (!v->blocks) {
		list_cursor_fail(c, SHEAF_ERROR_NOMEM);
		return 0;
	}
	memcpy(v->blocks, blocks, count * sizeof *blocks);
	v->block_count = count;
	v->data = data;
	v->len = len;
	v->chunk = chunk;
	return 1;
}

/* Counts and bounds of postings that are all decoded, lengths apart. */
static void count_decoded(list_cursor *c, list_front *front, uint32_t length)
{
	posting p = {0};

	c->counts = (list_counts){0};
	for (size_t i = 0; i < c->count; i++) {
		c->at = i;
		list_cursor_read(c);
		p = (posting){0, c->title, c->abstract, c->other, length};
		list_counts_add(&c->counts, &p, 1);
		if (front)
			list_front_add(front, posting_frequency(&p), length);
	}
	c->at = LIST_NONE;
}

/* A list without blocks: all of it is decoded here. */
static int open_small(list_cursor *c, const unsigned char *at, const unsigned char *end,
                      size_t count)
{
	list_front front;
	uint32_t   length;
	uint64_t   n, next = 0, last = (uint64_t)(c->last - c->first);
	unsigned   rare = 0, code;

	if (at == end)
		return 0;
	length = list_code_number(*at++);
	for (size_t i = 0; i < count; i++) {
		if (!list_varint_get(&at, end, &n) || n / 4 < 1 || n / 4 > last + 1)
			return 0;
		next += n / 4;
		code = n % 4;
		if (next > last + 1 || (code == LIST_SMALL_ESCAPE &&
		                        !list_occurrences_get(&at, end, &code, &c->rare[rare])))
			return 0;
		code += code == LIST_CODES ? rare++ : 0;
		c->offsets[i] = (uint32_t)(next - 1);
		c->codes[i] = (unsigned char)code;
	}
	c->base = c->first;
	c->count = count;
	c->codes_ready = 1;
	list_front_init(&front);
	count_decoded(c, &front, length);
	list_front_bounds(&front, &c->top);
	return 1;
}

/* What long lists say of themselves. */
static int read_counts(list_cursor *c, const unsigned char **at, const unsigned char *end)
{
	uint64_t n[5];

	for (int i = 0; i < 5; i++)
		if (!list_varint_get(at, end, &n[i]) || n[i] > (uint64_t)LIST_COUNT_MAX)
			return 0;
	c->counts.occurrences = (int64_t)n[0];
	c->counts.title_documents = (int64_t)n[1];
	c->counts.title_occurrences = (int64_t)n[2];
	c->counts.abstract_documents = (int64_t)n[3];
	c->counts.abstract_occurrences = (int64_t)n[4];
	return 1;
}

/* All blocks are in the list. */
static int open_inline(list_cursor *c, const unsigned char *at, const unsigned char *end)
{
	list_view  *v = &c->views[0];
	list_front  front;
	list_bounds bounds;
	int64_t     sum = 0;

	if (!list_view_read(c, v, 0, at, (size_t)(end - at)))
		return 0;
	list_front_init(&front);
	for (size_t i = 0; i < v->block_count; i++) {
		if (!list_bounds_get(&bounds, v->data + v->blocks[i].bounds_at, end))
			return 0;
		list_front_add_bounds(&front, &bounds);
		sum += v->blocks[i].count;
	}
	list_front_bounds(&front, &c->top);
	if (sum != c->counts.documents)
		return 0;
	if (sum > LIST_BLOCK)
		return 1;
	if (v->block_count != 1 || !list_cursor_decode(c, 0))
		return 0;
	list_cursor_read_block(c);
	if (c->status == SHEAF_OK)
		count_decoded(c, NULL, 0);
	return c->status == SHEAF_OK;
}

/* The table of chunks. `count` cannot be more than what the list has bytes for. */
static int open_chunks(list_cursor *c, const unsigned char *at, const unsigned char *end,
                       uint64_t count)
{
	uint64_t    n, next = 0;
	list_bounds bounds;
	size_t      bytes = list_bounds_get(&c->top, at, end);

	at += bytes;
	if (!bytes || !list_varint_get(&at, end, &n) || n > INT32_MAX)
		return 0;
	c->page = (int64_t)n;
	if (!list_varint_get(&at, end, &n) || n > INT32_MAX || count > (uint64_t)(end - at))
		return 0;
	c->page_at = (size_t)n;
	c->chunks = mem_alloc((size_t)count * sizeof *c->chunks);
	if (!c->chunks) {
		list_cursor_fail(c, SHEAF_ERROR_NOMEM);
		return 0;
	}
	c->chunk_count = (size_t)count;
	for (size_t i = 0; i < count; i++) {
		if (!list_varint_get(&at, end, &n) || n > UINT32_MAX)
			return 0;
		next += n;
		if (next > (uint64_t)(c->last - c->first))
			return 0;
		c->chunks[i] = (list_chunk_place){(uint32_t)next++, (uint32_t)(at - c->list)};
		bytes = list_bounds_get(&bounds, at, end);
		if (!bytes)
			return 0;
		at += bytes;
	}
	return 1;
}

static int open_parts(list_cursor *c)
{
	const unsigned char *at = c->list, *end = c->list + c->list_len;
	uint64_t             count, chunks;

	if (!list_varint_get(&at, end, &count) || !count ||
	    count > (uint64_t)(c->last - c->first) + 1)
		return 0;
	c->counts.documents = (int64_t)count;
	if (count < LIST_SMALL)
		return open_small(c, at, end, (size_t)count);
	if (count > LIST_BLOCK && !read_counts(c, &at, end))
		return 0;
	if (!list_varint_get(&at, end, &chunks))
		return 0;
	return chunks ? open_chunks(c, at, end, chunks) : open_inline(c, at, end);
}

/* Without clearing what is only read once it is decoded. */
static void clear(list_cursor *c)
{
	memset(c, 0, offsetof(list_cursor, offsets));
	memset(&c->err, 0, sizeof *c - offsetof(list_cursor, err));
	c->codes[0] = 0;
	c->at = c->view = c->block = LIST_NONE;
	c->views[0].chunk = c->views[1].chunk = LIST_NONE;
}

sheaf_status list_cursor_open(const void *list, size_t len, int64_t first, int64_t last,
                              const list_source *source, list_cursor *c, sheaf_error *err)
{
	clear(c);
	c->err = err;
	c->source = *source;
	c->first = first;
	c->last = last;
	if (first < 1 || last < first || last - first >= UINT32_MAX) {
		list_cursor_damaged(c);
		return c->status;
	}
	c->list = mem_alloc(len + LIST_PADDING);
	if (!c->list) {
		list_cursor_fail(c, SHEAF_ERROR_NOMEM);
		return c->status;
	}
	memcpy(c->list, list, len);
	memset(c->list + len, 0, LIST_PADDING);
	c->list_len = len;
	if (!open_parts(c))
		list_cursor_damaged(c);
	return c->status;
}

/* What has no blocks was decoded as it was opened, and its end has forgotten it. */
static void rewind_small(list_cursor *c)
{
	const unsigned char *at = c->list, *end = c->list + c->list_len;
	uint64_t             count;

	if (!list_varint_get(&at, end, &count) || count >= LIST_SMALL ||
	    !open_small(c, at, end, (size_t)count))
		list_cursor_damaged(c);
}

void list_cursor_rewind(list_cursor *c)
{
	if (!c->list || c->status != SHEAF_OK)
		return;
	c->revision = 0;
	c->at = LIST_NONE;
	if (!c->chunks && c->views[0].chunk == LIST_NONE) {
		rewind_small(c);
		return;
	}
	c->view = c->block = LIST_NONE;
	c->count = 0;
	c->codes_ready = 0;
}

void list_cursor_empty(list_cursor *c)
{
	clear(c);
	c->revision = LIST_END;
	c->at = 0;
	c->codes_ready = 1;
}

void list_cursor_close(list_cursor *c)
{
	mem_free(c->list);
	mem_free(c->chunks);
	for (int i = 0; i < 2; i++) {
		mem_free(c->views[i].page);
		mem_free(c->views[i].blocks);
	}
	list_cursor_empty(c);
}

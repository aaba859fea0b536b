/*
 * Records one behind the other in blocks of memory: an id, a length, the bytes. Pages and index rows are in
 * chains of their own, since one goes before the other.
 */
#include "segment_image.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

enum { BLOCK_BYTES = 1 << 20 };

typedef struct block {
	struct block *next;
	size_t        used, size; /* of `data` */
	unsigned char data[];
} block;

typedef struct chain {
	block *first, *last; /* `last`: the one that is being filled */
} chain;

typedef struct record { /* as it stands before its bytes */
	int64_t id;
	size_t  len;
} record;

struct segment_image {
	chain pages, rows;
};

sheaf_status segment_image_new(segment_image **out, sheaf_error *err)
{
	*out = mem_calloc(1, sizeof **out);
	return *out ? SHEAF_OK : sheaf_nomem(err);
}

static void free_chain(chain *c)
{
	block *b = c->first;

	while (b) {
		block *next = b->next;

		mem_free(b);
		b = next;
	}
}

void segment_image_free(segment_image *image)
{
	if (!image)
		return;
	free_chain(&image->pages);
	free_chain(&image->rows);
	mem_free(image);
}

static void clear_chain(chain *c)
{
	for (block *b = c->first; b; b = b->next)
		b->used = 0;
	c->last = c->first;
}

void segment_image_clear(segment_image *image)
{
	clear_chain(&image->pages);
	clear_chain(&image->rows);
}

/* Room for `len` bytes: in the last block, in one that a clearing left behind it, or in a new one. */
static unsigned char *reserve(chain *c, size_t len)
{
	block *b = c->last;
	size_t size = len > BLOCK_BYTES ? len : BLOCK_BYTES;

	while (b && b->size - b->used < len && b->next) {
		b = b->next;
		c->last = b;
	}
	if (!b || b->size - b->used < len) {
		block *more = mem_alloc(sizeof *more + size);

		if (!more)
			return NULL;
		more->next = NULL;
		more->used = 0;
		more->size = size;
		if (b)
			b->next = more;
		else
			c->first = more;
		c->last = b = more;
	}
	b->used += len;
	return b->data + b->used - len;
}

static sheaf_status add(chain *c, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	record         head = {id, len};
	unsigned char *at;

	at = len < SIZE_MAX / 2 ? reserve(c, sizeof head + len) : NULL;
	if (!at)
		return sheaf_nomem(err);
	memcpy(at, &head, sizeof head);
	if (len)
		memcpy(at + sizeof head, data, len);
	return SHEAF_OK;
}

static sheaf_status add_page(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	segment_image *image = ctx;

	return add(&image->pages, id, data, len, err);
}

static sheaf_status add_row(void *ctx, const void *term, size_t len, int64_t page, sheaf_error *err)
{
	segment_image *image = ctx;

	return add(&image->rows, page, term, len, err);
}

segment_sink segment_image_sink(segment_image *image)
{
	return (segment_sink){.ctx = image, .page = add_page, .index = add_row};
}

static sheaf_status replay(const chain *c, const segment_sink *sink, int pages, sheaf_error *err)
{
	for (const block *b = c->first; b; b = b->next) {
		for (size_t at = 0; at < b->used;) {
			const unsigned char *bytes = b->data + at + sizeof(record);
			record               head;
			sheaf_status         status;

			memcpy(&head, b->data + at, sizeof head);
			if (pages)
				status = sink->page(sink->ctx, head.id, bytes, head.len, err);
			else
				status = sink->index(sink->ctx, bytes, head.len, head.id, err);
			if (status != SHEAF_OK)
				return status;
			at += sizeof head + head.len;
		}
	}
	return SHEAF_OK;
}

sheaf_status segment_image_replay(const segment_image *image, const segment_sink *sink,
                                  sheaf_error *err)
{
	sheaf_status status = replay(&image->pages, sink, 1, err);

	return status == SHEAF_OK ? replay(&image->rows, sink, 0, err) : status;
}

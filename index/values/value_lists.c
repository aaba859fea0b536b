#include "value_lists.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"

static const struct {
	int      column;
	unsigned width;
	unsigned max;  /* numbers of one list */
	size_t   keep; /* bytes of blocks, before they are let go */
} columns[LIST_COLUMNS] = {
	[LIST_CATEGORIES] = {BLOCK_COLUMN_CATEGORIES, CATEGORY_WIDTH, DOCUMENT_CATEGORIES_MAX,
                             32u << 20},
	[LIST_AUTHORS] = {BLOCK_COLUMN_AUTHORS, AUTHOR_WIDTH, DOCUMENT_AUTHORS_MAX, 12u << 20},
};

enum { COUNT_BYTES_MAX = 3 }; /* of the varint for any list's count */

static void free_block(list_block *b)
{
	if (b)
		mem_free(b->bytes);
	mem_free(b);
}

void value_lists_clear(value_lists *v)
{
	for (int i = 0; i < LIST_COLUMNS; i++) {
		list_column *c = &v->columns[i];

		for (size_t block = 0; block < c->size; block++)
			free_block(c->blocks[block]);
		mem_free(c->blocks);
		memset(c, 0, sizeof *c);
	}
}

/* The count at `p`, of at most `left` bytes; its bytes, or 0 for what is none. */
static size_t read_count(const unsigned char *p, size_t left, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < left && i < COUNT_BYTES_MAX; i++) {
		*count |= (size_t)(p[i] & 0x7F) << (7 * i);
		if (!(p[i] & 0x80))
			return i + 1;
	}
	return 0;
}

static size_t write_count(unsigned char *p, size_t count)
{
	size_t n = 0;

	for (; count >= 0x80; count >>= 7)
		p[n++] = (unsigned char)(count | 0x80);
	p[n++] = (unsigned char)count;
	return n;
}

/* Finds the lists in the bytes of a block; 0 where they are damaged. */
static int index_block(list_block *b, list_column_id id)
{
	size_t at = 0;

	while (at < b->len) {
		size_t count, head = read_count(b->bytes + at, b->len - at, &count);

		if (!head || b->filled == VALUE_BLOCK || count > columns[id].max ||
		    count * columns[id].width > b->len - at - head)
			return 0;
		b->at[b->filled++] = (uint32_t)at;
		at += head + count * columns[id].width;
	}
	return 1;
}

static sheaf_status read_lists(sheaf_database *db, list_column_id id, size_t block,
                               list_block **out, sheaf_error *err)
{
	list_block  *b = mem_alloc(sizeof *b);
	sheaf_status status;

	if (!b)
		return sheaf_nomem(err);
	b->filled = 0;
	b->dirty = 0;
	status = value_block_read(db, columns[id].column, block, &b->bytes, &b->len, err);
	b->size = b->len;
	if (status == SHEAF_OK && (b->len > UINT32_MAX || !index_block(b, id)))
		status = value_block_damaged(db, columns[id].column, block, err);
	if (status != SHEAF_OK)
		free_block(b);
	else
		*out = b;
	return status;
}

static sheaf_status reserve(list_column *c, size_t block, sheaf_error *err)
{
	size_t       size = c->size ? c->size : 64;
	list_block **blocks;

	if (block < c->size)
		return SHEAF_OK;
	while (size <= block)
		size *= 2;
	blocks = mem_realloc_array(c->blocks, size, sizeof *blocks);
	if (!blocks)
		return sheaf_nomem(err);
	memset(blocks + c->size, 0, (size - c->size) * sizeof *blocks);
	c->blocks = blocks;
	c->size = size;
	return SHEAF_OK;
}

/* Lets blocks go that can be read again: those of millions of papers would fill the memory. */
static void let_go(list_column *c)
{
	c->kept = 0;
	for (size_t block = 0; block < c->size; block++) {
		list_block *b = c->blocks[block];

		if (b && b->dirty) {
			c->kept += sizeof *b + b->size;
		} else {
			free_block(b);
			c->blocks[block] = NULL;
		}
	}
}

static sheaf_status get_block(sheaf_database *db, list_column_id id, sheaf_revision revision,
                              list_block **out, sheaf_error *err)
{
	list_column *c = &db->values.lists.columns[id];
	size_t       block = (size_t)(revision >> VALUE_BLOCK_SHIFT);
	sheaf_status status = SHEAF_OK;

	if (revision < 0 || revision > REVISION_MAX)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT, "%s: impossible revision %lld",
		                  db->path, (long long)revision);
	if (block >= c->size)
		status = reserve(c, block, err);
	if (status == SHEAF_OK && !c->blocks[block]) {
		if (c->kept > columns[id].keep)
			let_go(c);
		status = read_lists(db, id, block, &c->blocks[block], err);
		if (status == SHEAF_OK)
			c->kept += sizeof **c->blocks + c->blocks[block]->size;
	}
	if (status == SHEAF_OK)
		*out = c->blocks[block];
	return status;
}

sheaf_status value_lists_block(sheaf_database *db, list_column_id column, sheaf_revision revision,
                               const list_block **block, sheaf_error *err)
{
	list_block  *b = NULL;
	sheaf_status status = get_block(db, column, revision, &b, err);

	*block = b;
	return status;
}

sheaf_status value_lists_get(sheaf_database *db, list_column_id column, sheaf_revision revision,
                             value_list *list, sheaf_error *err)
{
	const list_block *b;
	sheaf_status      status = value_lists_block(db, column, revision, &b, err);

	*list = (value_list){NULL, 0};
	if (status == SHEAF_OK)
		*list = value_lists_at(b, revision);
	return status;
}

/* Makes the gap of `old` bytes at `at` one of `bytes`. */
static sheaf_status resize_gap(list_block *b, size_t at, size_t old, size_t bytes, sheaf_error *err)
{
	size_t len = b->len - old + bytes, size = b->size ? b->size : 1024;

	while (size < len)
		size *= 2;
	if (size > b->size) {
		unsigned char *grown = mem_realloc(b->bytes, size);

		if (!grown)
			return sheaf_nomem(err);
		b->bytes = grown;
		b->size = size;
	}
	memmove(b->bytes + at + bytes, b->bytes + at + old, b->len - at - old);
	b->len = len;
	return SHEAF_OK;
}

/* Empty lists up to the `i`-th. */
static sheaf_status fill_up(list_block *b, unsigned i, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && b->filled <= i) {
		status = resize_gap(b, b->len, 0, 1, err);
		if (status == SHEAF_OK) {
			b->bytes[b->len - 1] = 0;
			b->at[b->filled++] = (uint32_t)(b->len - 1);
		}
	}
	return status;
}

static void write_list(unsigned char *p, const uint64_t *numbers, size_t count, unsigned width)
{
	p += write_count(p, count);
	for (size_t i = 0; i < count; i++) {
		uint64_t n = numbers[i];

		for (unsigned byte = 0; byte < width; byte++, n >>= 8)
			*p++ = (unsigned char)n;
	}
}

sheaf_status value_lists_put(sheaf_database *db, list_column_id column, sheaf_revision revision,
                             const uint64_t *numbers, size_t count, sheaf_error *err)
{
	unsigned      i = (unsigned)(revision & (VALUE_BLOCK - 1)), width = columns[column].width;
	unsigned char head[COUNT_BYTES_MAX];
	size_t        bytes = write_count(head, count) + count * width, old;
	list_block   *b = NULL;
	sheaf_status  status = get_block(db, column, revision, &b, err);

	if (status == SHEAF_OK)
		status = fill_up(b, i, err);
	if (status != SHEAF_OK)
		return status;
	old = (i + 1 < b->filled ? b->at[i + 1] : b->len) - b->at[i];
	status = resize_gap(b, b->at[i], old, bytes, err);
	if (status != SHEAF_OK)
		return status;
	write_list(b->bytes + b->at[i], numbers, count, width);
	for (unsigned next = i + 1; next < b->filled; next++)
		b->at[next] = (uint32_t)(b->at[next] + bytes - old);
	b->dirty = 1;
	db->changed = 1;
	return SHEAF_OK;
}

sheaf_status value_lists_flush(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (int i = 0; i < LIST_COLUMNS; i++) {
		list_column *c = &db->values.lists.columns[i];

		for (size_t block = 0; status == SHEAF_OK && block < c->size; block++) {
			list_block *b = c->blocks[block];

			if (!b || !b->dirty)
				continue;
			status = value_block_write(db, columns[i].column, block, b->bytes, b->len,
			                           err);
			if (status == SHEAF_OK)
				b->dirty = 0;
		}
	}
	return status;
}

/*
 * value_lists.h: columns of which each revision has a list of numbers, beside the columns of
 * values.h and in the same table.
 *
 * A block holds, for each of its revisions in order, a count (a varint, 7 bits a byte, the low ones
 * first, all but the last byte with 0x80) and so many numbers, little-endian and of the column's
 * width; revisions at its end may be missing, and have none. Revisions grow, so that mostly a list
 * is appended; that of a document which is gone stays: its length says that it is.
 *
 *   CATEGORIES  2 bytes: numbers of category_numbers.h, the primary one first
 *   AUTHORS     6 bytes: author_hash.h, each once, in ascending order
 */
#ifndef VALUE_LISTS_H
#define VALUE_LISTS_H

#include <sheaf/database.h>

#include "bytes.h"
#include "value_block.h"

typedef enum list_column_id { LIST_CATEGORIES = 0, LIST_AUTHORS, LIST_COLUMNS } list_column_id;

enum { CATEGORY_WIDTH = 2, AUTHOR_WIDTH = 6 };

typedef struct list_block {
	unsigned char *bytes; /* as stored */
	size_t         len, size;
	uint32_t       at[VALUE_BLOCK]; /* where each list begins */
	unsigned       filled;          /* lists that there are */
	int            dirty;
} list_block;

typedef struct list_column {
	list_block **blocks; /* NULL: not read yet, or let go again */
	size_t       size;
	size_t       kept; /* bytes of the blocks that were read */
} list_column;

typedef struct value_lists { /* all-zero is empty */
	list_column columns[LIST_COLUMNS];
} value_lists;

typedef struct value_list {
	const unsigned char *numbers; /* borrowed as long as its block is */
	size_t               count;
} value_list;

/* The `i`-th number of a list. */
static inline unsigned value_list_category(const value_list *list, size_t i)
{
	const unsigned char *p = list->numbers + i * CATEGORY_WIDTH;

	return p[0] | (unsigned)p[1] << 8;
}

static inline uint64_t value_list_author(const value_list *list, size_t i)
{
	return bytes_load(list->numbers + i * AUTHOR_WIDTH, AUTHOR_WIDTH);
}

/*
 * The lists of the block that a revision is in; borrowed until the column changes, or another block
 * of it is asked for. Errors: DATABASE_CORRUPT; NOMEM.
 */
sheaf_status value_lists_block(sheaf_database *db, list_column_id column, sheaf_revision revision,
                               const list_block **block, sheaf_error *err);

/* The list of a revision in its block; empty where there is none. */
static inline value_list value_lists_at(const list_block *b, sheaf_revision revision)
{
	unsigned             i = (unsigned)(revision & (VALUE_BLOCK - 1));
	const unsigned char *p = i < b->filled ? b->bytes + b->at[i] : NULL;
	value_list           list = {NULL, 0};

	if (!p)
		return list;
	/* Counts were checked as the block was read. */
	for (unsigned shift = 0;; shift += 7) {
		list.count |= (size_t)(*p & 0x7F) << shift;
		if (!(*p++ & 0x80))
			break;
	}
	list.numbers = p;
	return list;
}

/* The list of a revision; empty where there is none. Errors: DATABASE_CORRUPT; NOMEM. */
sheaf_status value_lists_get(sheaf_database *db, list_column_id column, sheaf_revision revision,
                             value_list *list, sheaf_error *err);
/* Sets the list of a revision to `count` numbers, of which the low bytes are kept. */
sheaf_status value_lists_put(sheaf_database *db, list_column_id column, sheaf_revision revision,
                             const uint64_t *numbers, size_t count, sheaf_error *err);
/* Writes changed blocks; inside a transaction. */
sheaf_status value_lists_flush(sheaf_database *db, sheaf_error *err);
/* Forgets everything read; what was not flushed is lost. */
void value_lists_clear(value_lists *v);

#endif

/*
 * value_block.h: rows of the table `value_block`: what a column holds for 1024 revisions, under the
 * row id column * 2^40 + block.
 */
#ifndef VALUE_BLOCK_H
#define VALUE_BLOCK_H

#include <sheaf/database.h>

enum { VALUE_BLOCK_SHIFT = 10, VALUE_BLOCK = 1 << VALUE_BLOCK_SHIFT };

/* The columns by their numbers in the file. Append-only. */
enum {
	BLOCK_COLUMN_LENGTH = 0,
	BLOCK_COLUMN_SUBMITTED,
	BLOCK_COLUMN_UPDATED,
	BLOCK_COLUMN_CATEGORIES,
	BLOCK_COLUMN_AUTHORS,
	BLOCK_COLUMN_RANGES,
	BLOCK_COLUMN_ANNOUNCED
};

/*
 * A copy of a block, to be freed with mem_free(); *data stays NULL where it is not there. What is
 * no blob, or an empty one, is damage. Errors: DATABASE_CORRUPT; NOMEM.
 */
sheaf_status value_block_read(sheaf_database *db, int column, size_t block, unsigned char **data,
                              size_t *len, sheaf_error *err);
sheaf_status value_block_write(sheaf_database *db, int column, size_t block, const void *data,
                               size_t len, sheaf_error *err);
/* The error for a block that cannot be right. */
sheaf_status value_block_damaged(const sheaf_database *db, int column, size_t block,
                                 sheaf_error *err);

#endif

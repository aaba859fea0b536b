#include "length_codes.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "list_bounds.h"

void length_codes_clear(length_codes *c)
{
	mem_free(c->codes);
	mem_free(c->seen);
	memset(c, 0, sizeof *c);
}

void length_codes_begin(length_codes *c, sheaf_revision last)
{
	size_t   blocks = (size_t)(last >> VALUE_BLOCK_SHIFT) + 1;
	uint32_t search = c->search + 1;

	if (blocks > c->blocks || search == LENGTH_CODED) {
		length_codes_clear(c);
		search = 1;
		c->codes = mem_alloc(blocks * VALUE_BLOCK);
		c->seen = mem_calloc(blocks, sizeof *c->seen);
		if (c->codes && c->seen)
			c->blocks = blocks;
	}
	c->search = search;
}

void length_codes_forget(length_codes *c, sheaf_revision revision)
{
	size_t block = (size_t)(revision >> VALUE_BLOCK_SHIFT);

	if (block < c->blocks)
		c->seen[block] = 0;
}

int length_codes_make(sheaf_database *db, sheaf_revision revision)
{
	length_codes  *c = &db->values.codes;
	size_t         block = (size_t)(revision >> VALUE_BLOCK_SHIFT);
	sheaf_revision first = (sheaf_revision)block << VALUE_BLOCK_SHIFT;

	if (block >= c->blocks || values_peek_length(&db->values, revision) == -2)
		return -1;
	if (!c->seen[block])
		c->seen[block] = c->search;
	if (c->seen[block] == c->search)
		return -1;
	for (size_t i = 0; i < VALUE_BLOCK; i++) {
		int64_t length = values_peek_length(&db->values, first + (sheaf_revision)i);

		c->codes[first + (sheaf_revision)i] = list_code_down(length > 0 ? (uint64_t)length
		                                                                : 0);
	}
	c->seen[block] = LENGTH_CODED;
	return c->codes[revision];
}

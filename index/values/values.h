/*
 * values.h: columnar values by revision, for sorting, ranges, document lengths and facets.
 *
 * A column's numbers lie in blocks of 1024 revisions (value_numbers.h), LENGTH in 32 bits at most and
 * without a base. Blocks are read when first asked for and kept. A block that is not there holds
 * zeros.
 *
 *   LENGTH     0: no document has this revision (any more); else its length + 1
 *   dates      time * 2 + month_only, plus 2^62; 0: not known
 *
 * Behind them come the columns of lists (value_lists.h), and what is known of whole blocks
 * (value_ranges.h); the caller's slots are in a table of their own (slot_values.h).
 */
#ifndef VALUES_H
#define VALUES_H

#include <sheaf/database.h>

#include "category_numbers.h"
#include "document_private.h"
#include "length_codes.h"
#include "slot_values.h"
#include "value_block.h"
#include "value_lists.h"
#include "value_numbers.h"
#include "value_ranges.h"

typedef enum value_slot {
	VALUE_LENGTH = 0,
	VALUE_SUBMITTED,
	VALUE_UPDATED,
	VALUE_ANNOUNCED,
	VALUE_SLOTS
} value_slot;

typedef enum block_state { BLOCK_CLEAN = 0, BLOCK_DIRTY, BLOCK_ABSENT } block_state;

typedef struct value_column {
	value_numbers **blocks; /* NULL: not read yet, or not there */
	unsigned char  *state;  /* a block_state each */
	size_t          size;   /* of both arrays */
} value_column;

typedef struct values { /* all-zero is empty */
	value_column     columns[VALUE_SLOTS];
	value_lists      lists;
	value_ranges     ranges;
	category_numbers categories;
	slot_cache       slots;
	length_codes     codes; /* of lengths */
} values;

/* values_get_length(), quick where the block is there already. */
static inline int64_t values_peek_length(const values *v, sheaf_revision revision)
{
	const value_column *c = &v->columns[VALUE_LENGTH];
	size_t              block = (size_t)(revision >> VALUE_BLOCK_SHIFT);

	if (block >= c->size || !c->blocks[block])
		return -2;
	return (int64_t)value_numbers_bare(c->blocks[block],
	                                   (size_t)(revision & (VALUE_BLOCK - 1))) -
	       1;
}

/* Forgets everything read; what was not flushed is lost. */
void values_clear(values *v);

/*
 * The length of the document with this revision, -1 where there is none, -2 on failure (`status`,
 * `err` filled).
 */
int64_t values_get_length(sheaf_database *db, sheaf_revision revision, sheaf_status *status,
                          sheaf_error *err);
/*
 * The newest revision in (after, from] that a document has; 0 where there is none, and on failure
 * (`status`, `err` filled). Blocks that are not there are passed over as a whole.
 */
sheaf_revision values_newest_alive(sheaf_database *db, sheaf_revision from, sheaf_revision after,
                                   sheaf_status *status, sheaf_error *err);
/* A date; SUBMITTED, UPDATED or DATE, with their fallbacks as in document_get_date(). */
sheaf_status values_get_date(sheaf_database *db, sheaf_field field, sheaf_revision revision,
                             document_date *date, sheaf_error *err);

/* Sets all values of a document, lists and slots too; inside a transaction. */
sheaf_status values_put(sheaf_database *db, sheaf_revision revision, int64_t length,
                        const sheaf_document *doc, sheaf_error *err);
/* Of that, the day of the announcement alone. */
sheaf_status values_put_announced(sheaf_database *db, sheaf_revision revision,
                                  const sheaf_document *doc, sheaf_error *err);
/* Says that no document has this revision any more; the caller's slots are to be removed apart. */
sheaf_status values_remove(sheaf_database *db, sheaf_revision revision, sheaf_error *err);
/* Forgets all that the file holds, for a reindex. */
sheaf_status values_delete_all(sheaf_database *db, sheaf_error *err);
/* Writes changed blocks; inside a transaction. */
sheaf_status values_flush(sheaf_database *db, sheaf_error *err);

#endif

/*
 * slot_values.h: the caller's value slots by revision, in the table `slot_value`. A slot is read a
 * block of revisions at a time, since a search asks for one revision after the other.
 */
#ifndef SLOT_VALUES_H
#define SLOT_VALUES_H

#include <sheaf/database.h>

#include "buf.h"
#include "value_block.h"

enum {
	SLOT_BLOCKS = SHEAF_SLOTS_MAX
}; /* kept at a time: one for each slot that a search asks for */

typedef struct slot_block {
	int      filled; /* 0: nothing is kept here */
	uint32_t slot;
	size_t   block;
	uint32_t at[VALUE_BLOCK + 1]; /* where each value begins, and where the last one ends */
	buf      bytes;
} slot_block;

typedef struct slot_cache { /* all-zero is empty */
	slot_block *blocks[SLOT_BLOCKS];
	unsigned    next; /* to be given up */
} slot_cache;

/*
 * The value in a slot of the document with this revision; NULL and 0 where it is empty. Borrowed
 * until the next call. Errors: DATABASE_CORRUPT; NOMEM.
 */
sheaf_status slot_value_get(sheaf_database *db, sheaf_revision revision, uint32_t slot,
                            const void **value, size_t *len, sheaf_error *err);
/* Writes or removes all slots of a document under a revision; inside a transaction. */
sheaf_status slot_values_put(sheaf_database *db, sheaf_revision revision, const sheaf_document *doc,
                             sheaf_error *err);
sheaf_status slot_values_remove(sheaf_database *db, sheaf_revision revision,
                                const sheaf_document *doc, sheaf_error *err);
/* Errors: DATABASE_CORRUPT where the table has not what the document has. */
sheaf_status slot_values_check(sheaf_database *db, const sheaf_document *doc, sheaf_error *err);
/* How many values the table holds. */
sheaf_status slot_values_count(sheaf_database *db, int64_t *count, sheaf_error *err);
/* Forgets everything read. */
void slot_values_clear(slot_cache *c);

#endif

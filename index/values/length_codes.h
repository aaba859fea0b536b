/*
 * length_codes.h: the lengths of documents in a byte each, rounded down (list_bounds.h), for a database of
 * which more than one question is asked: most documents that a search considers are told by it to be out
 * of the question, and the bytes of all of them stay in the processor's cache where numbers would not.
 */
#ifndef LENGTH_CODES_H
#define LENGTH_CODES_H

#include <sheaf/database.h>
#include <stddef.h>
#include <stdint.h>

#include "value_block.h"

#define LENGTH_CODED UINT32_MAX

typedef struct length_codes { /* all-zero is empty */
	unsigned char *codes; /* by revision */
	uint32_t *seen; /* by block: the search that first had its lengths; LENGTH_CODED; 0: none */
	size_t    blocks; /* of both */
	uint32_t  search; /* the number of the one under way, from 1 */
} length_codes;

void length_codes_clear(length_codes *c);
/* Another search begins, over revisions up to `last`. Without memory there are no codes. */
void length_codes_begin(length_codes *c, sheaf_revision last);
/* Lengths of this revision's block are about to change. */
void length_codes_forget(length_codes *c, sheaf_revision revision);
/* The code where it is not known yet; -1: not to be had, the length itself is to be asked for. */
int length_codes_make(sheaf_database *db, sheaf_revision revision);

/* The code of a document's length; -1: ask for the length itself. */
static inline int length_codes_get(sheaf_database *db, const length_codes *c,
                                   sheaf_revision revision)
{
	size_t block = (size_t)(revision >> VALUE_BLOCK_SHIFT);

	return block < c->blocks && c->seen[block] == LENGTH_CODED
	               ? c->codes[revision]
	               : length_codes_make(db, revision);
}

#endif

/*
 * ranklist.h: the postings of frequent stems in compact form.
 *
 * Derived from the index and only an acceleration: FTS5 spends 0.1 to 0.3 us on each hit, a list a
 * few nanoseconds. A list holds, for each revision up to `ranked_until` that had a word of the
 * family in any text column, the field-weighted frequency under the default weights. It answers
 * exactly what the index answers: revisions that are gone are told by their length, newer ones are
 * asked of FTS5.
 *
 * Format: for each posting in the order of revisions a varint (7 bits a byte, low first, the high
 * bit set on all but the last) of 2 * (revision - the one before) + (frequency > 1), and, where
 * that bit is set, one of the frequency.
 */
#ifndef RANKLIST_H
#define RANKLIST_H

#include <sheaf/database.h>

enum { RANKLIST_DF_MIN = 1000 }; /* documents that a stem must be in to have a list */

typedef struct ranklist {    /* all-zero is none */
	unsigned char *data; /* owned */
	size_t         len, at;
	sheaf_revision until; /* newer revisions are not in it */
	sheaf_revision revision;
	int64_t        frequency;
} ranklist;

/* Opens the list of a stem; *found 0 where there is none. */
sheaf_status ranklist_open(sheaf_database *db, const char *stem, ranklist *list, int *found,
                           sheaf_error *err);
void         ranklist_close(ranklist *list);
/* Moves to the next posting. 1: there is one; 0: the end; -1: the list is damaged. */
int ranklist_next(ranklist *list);
/* Fills `err` for -1. */
sheaf_status ranklist_damaged(sheaf_database *db, sheaf_error *err);

/*
 * Builds all lists anew; inside a write transaction. A sample of the documents tells which stems
 * are worth it, so one near the minimum may go without.
 */
sheaf_status ranklist_build(sheaf_database *db, sheaf_error *err);
/* The same, where so much is new that the lists have lost their use. */
sheaf_status ranklist_settle(sheaf_database *db, sheaf_error *err);
/* Compares all lists with the index. Errors: DATABASE_CORRUPT. */
sheaf_status ranklist_check(sheaf_database *db, sheaf_error *err);
/* Registers what collects postings on the connection. */
sheaf_status ranklist_register(sheaf_database *db, sheaf_error *err);

#endif

/* size_postings.h: what the segments of a database's index hold, by kind of token. */
#ifndef SIZE_POSTINGS_H
#define SIZE_POSTINGS_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

typedef struct postings_part {
	const char *name;
	int64_t     bytes;
} postings_part;

enum { POSTINGS_PARTS = 9 };

/*
 * Adds up the lists of all tokens in the index of a database of sheaf: for words, stems, names and the terms
 * that filter, what its rows take and what the positions in them take; last, the rest of the
 * leaf pages, which are the tokens themselves, the headers and indexes of pages, and the few records beside them.
 * `leaves` is the size of all of it. Ends the program where the index is not of the form that is known.
 */
void size_postings(sqlite3 *db, int64_t leaves, postings_part parts[POSTINGS_PARTS]);

#endif

/*
 * spelling.h: the dictionary that suggestions come from.
 *
 * Derived from the index: the words of all text fields that consist of letters alone and that
 * enough documents have, a row for each number of letters and first letter, so that the few rows
 * whose words can be within two edits are read and nothing else, and of most words only the row that
 * has them. Without rows nothing is suggested.
 *
 * A row's id (the column `length`) is the number of letters << 21 | the first letter's code point.
 * Format of a row: its words in byte order, each as its bytes (the row's number of letters in
 * UTF-8) and a varint (7 bits a byte, low first, the high bit set on all but the last) of the
 * documents that have it.
 */
#ifndef SPELLING_H
#define SPELLING_H

#include <sheaf/database.h>

enum { SPELLING_LETTERS_MIN = 3, SPELLING_LETTERS_MAX = 40, SPELLING_FIRST_BITS = 21 };

/* The id of a row. */
static inline int64_t spelling_row(size_t letters, uint32_t first)
{
	return ((int64_t)letters << SPELLING_FIRST_BITS) + (int64_t)first;
}

/* Builds the dictionary anew; inside a write transaction. */
sheaf_status spelling_build(sheaf_database *db, sheaf_error *err);
/* The same, where so much is new that the dictionary does not know. */
sheaf_status spelling_settle(sheaf_database *db, sheaf_error *err);
/* Verifies the dictionary. Errors: DATABASE_CORRUPT. */
sheaf_status spelling_check(sheaf_database *db, sheaf_error *err);

/* The documents that a word must be in to be suggested: slips of the pen are in some, too. */
int64_t spelling_least_documents(int64_t documents);
/* The number of letters of a word; 0 where it has anything else, too few or too many of them. */
size_t spelling_letters(const char *word, size_t len);

typedef struct spelling_reader {
	const unsigned char *at, *end;
	size_t               letters; /* of each word */
} spelling_reader;

typedef struct spelling_entry {
	const char *word; /* in the row */
	size_t      len;
	uint32_t    letters; /* a bit for each letter there is in it; letters share bits */
	int64_t     documents;
} spelling_entry;

/* The next word of a row. 1: there is one; 0: the end; -1: the row is damaged. */
int spelling_next(spelling_reader *r, spelling_entry *entry);
/* Fills `err` for -1. */
sheaf_status spelling_damaged(const sheaf_database *db, sheaf_error *err);

#endif

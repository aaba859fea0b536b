/*
 * positions.h: where tokens stand in single documents, read from the index's pages. FTS5 tells positions
 * only while it walks over all documents that match; this asks for the few that matter.
 */
#ifndef POSITIONS_H
#define POSITIONS_H

#include "leaf_tokens.h"
#include "segment_finder.h"
#include "statement.h"

/* Open segments, kept in the handle as long as the index stays as it is. All-zero is none. */
typedef struct positions_cache {
	segment_finder **finders; /* to look up terms and single documents */
	segment_range   *ranges;  /* where they look, oldest first */
	size_t           count;
	int              known; /* 1: the pages have the form that is known here */
	int              open;
} positions_cache;

void positions_clear(positions_cache *cache);

/* A place: column, then the word's place in it. */
typedef struct word_place {
	uint32_t column, offset;
} word_place;

typedef struct word_places { /* all-zero is empty */
	word_place *list;
	size_t      count, size;
} word_places;

void word_places_free(word_places *list);

/* 1 in *answer where positions can be read so: FTS5's form of pages is the known one. */
sheaf_status positions_known(sheaf_database *db, int *answer, sheaf_error *err);
/* The segments there are, oldest first, where that is so; valid as long as the index stays as it is. */
sheaf_status positions_segments(sheaf_database *db, const segment_range **ranges, size_t *count,
                                sheaf_error *err);
/* What is known of the terms of the i-th of them. */
segment_finder *positions_finder(sheaf_database *db, size_t i);
/* A token as the index has it. 0: it is too long to be there. */
size_t positions_term(const leaf_token *t, char text[TOKEN_MAX]);
/*
 * Where a document has any of the tokens, in order; `list` is emptied first. Outside of write transactions.
 * Errors: DATABASE_CORRUPT.
 */
sheaf_status positions_read(sheaf_database *db, const leaf_tokens *tokens, sheaf_revision revision,
                            word_places *list, sheaf_error *err);

#endif

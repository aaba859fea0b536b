/* terms_walk.h: reading the terms of the index, through FTS5's own tables of its vocabulary. */
#ifndef TERMS_WALK_H
#define TERMS_WALK_H

#include <sheaf/database.h>

/*
 * Makes the vocabulary tables of the connection, where they are not there. They live in its
 * temporary schema, and are gone after a transaction that was cancelled.
 */
sheaf_status terms_tables(sheaf_database *db, sheaf_error *err);

/*
 * Says what a token of the index is: field, stemmed, text and length of `info`. Answers 0 for the
 * tokens that only mark something. `all_stems`: words are not indexed, only stems.
 */
int terms_describe(const char *text, size_t len, int all_stems, sheaf_term_info *info);

/* Byte order of texts; then fields, words before stems. */
int terms_compare(const sheaf_term_info *a, const sheaf_term_info *b);

#endif

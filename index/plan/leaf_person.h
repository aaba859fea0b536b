/* leaf_person.h: persons' names in queries as FTS5 expressions. */
#ifndef LEAF_PERSON_H
#define LEAF_PERSON_H

#include "leaf.h"

/*
 * Appends what finds the person `text` in the column of authors, without the column: an OR of
 * phrases of spelled-out tokens, all of them counted. `flags` has SHEAF_TERM_NAME or
 * SHEAF_TERM_WHOLE; docs/authors.md says which names are met. No phrases where `text` has no words.
 */
sheaf_status leaf_person_write(const char *text, unsigned flags, buf *out, leaf_shape *shape,
                               leaf_words *words, sheaf_error *err);

/* 1 where the text is one family name without a blank: "Quist", "O'Dara", "Smith-Jones". */
int leaf_person_is_family(const char *text);

#endif

/* person_read.h: the words of a person's name, and what stands between them. */
#ifndef PERSON_READ_H
#define PERSON_READ_H

#include "person_name.h"

/*
 * Fills `words`, `bytes`, `word_count` (which is 0 before) and `overflow`: each word folded, with
 * its roles, the signs behind it, how it is written, and whether it stands in brackets.
 */
void person_read(person_name *p, const char *text, size_t len);

#endif

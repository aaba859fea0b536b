/* corpus_people.h: the authors of synthetic papers. */
#ifndef CORPUS_PEOPLE_H
#define CORPUS_PEOPLE_H

#include "buf.h"
#include "corpus_random.h"

/*
 * Appends the keys "authors" and "authors_parsed" with their values. `i` is the number of the
 * paper: the more papers there are, the more people have come to write them. Those of one `field`
 * know each other.
 */
void corpus_people_write(corpus_random *random, uint64_t i, uint64_t field, buf *out);

#endif

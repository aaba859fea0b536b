/* corpus_law.h: how frequent the word, the category … of each rank is. */
#ifndef CORPUS_LAW_H
#define CORPUS_LAW_H

#include <stddef.h>
#include <stdint.h>

#include "corpus_random.h"

/* A point of a law: so frequent (in any unit) is what has this rank. */
typedef struct corpus_knot {
	double rank, frequency;
} corpus_knot;

/*
 * A law is straight between its knots when both axes are logarithmic, which is Zipf's law with an
 * exponent that changes with the rank.
 */
typedef struct corpus_law corpus_law;

/*
 * Makes a law from knots, of which the first has rank 1. `tail` > 1: the exponent past the last
 * knot, with ranks without end; 0: the last knot is the last rank. Out of memory, the program ends.
 */
corpus_law *corpus_law_new(const corpus_knot *knots, size_t count, double tail);
void        corpus_law_free(corpus_law *law);
/* A random rank from 1 on, at most CORPUS_RANK_MAX. */
uint32_t corpus_law_draw(const corpus_law *law, corpus_random *random);

#define CORPUS_RANK_MAX 4000000000u

#endif

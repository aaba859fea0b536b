/*
 * match_any.h: the best of the documents that have any of some words: what match_any.c, which finds them one by
 * one, and any_sums.c, many at a time, share.
 */
#ifndef MATCH_ANY_H
#define MATCH_ANY_H

#include "match_walk.h"

typedef struct any_of {
	match_walk      *w;
	walk_leaf      **words; /* with weight, each once; in a window, the lowest bound first */
	double          *below; /* the bounds of the words before, added up */
	double          *bound; /* of each in the window at hand */
	double           all;   /* of them together */
	size_t           count;
	double           threshold; /* below it nothing is kept; -1: all is */
	struct any_sums *sums;      /* NULL: not needed yet */
} any_of;

/* A function that bounds what a word can weigh from a revision on to *last, which it moves down. */
typedef double (*any_bound)(const match_walk *w, walk_leaf *l, int64_t revision, int64_t *last);

/* Bounds are a hair more than they are, so that what was rounded elsewhere does not pass them. */
static inline int any_reaches(const any_of *a, double bound)
{
	return bound * MATCH_MARGIN >= a->threshold;
}

/* Finds the bounds of a window that begins at `revision`; *last: where it ends. */
void any_open_window(any_of *a, any_bound bound, int64_t revision, int64_t *last);
/* The first word of those that lead: words whose bounds together stay below the threshold do not. */
size_t any_first_leading(const any_of *a);
/* The earliest revision, not before `revision`, that one of the words from the first leading one on has. */
int64_t any_earliest(any_of *a, size_t first, int64_t revision);
/*
 * `sum`: what words from `first` on weigh; adds the others as long as they can carry it over the threshold. 0: they
 * cannot.
 */
int any_can_pass(any_of *a, size_t first, int64_t revision, double norm, double sum);
/* Offers a document of this worth to the best. */
void any_offer(any_of *a, int64_t revision, const match_worth *worth);

/* ---- any_sums.c ---- */

/*
 * Finds the best in a window from `revision` on, all at once; *last: where it ends. 0: that would not pay, or cannot
 * be; then nothing has moved.
 */
int any_sums_window(any_of *a, int64_t revision, int64_t *last);

#endif

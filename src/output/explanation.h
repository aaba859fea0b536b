/* explanation.h: why a paper has its score, a line a part of the query, for people. */
#ifndef EXPLANATION_H
#define EXPLANATION_H

#include "writer_private.h"

typedef struct explanation_line {         /* begin with all-zero */
	char        weight[32];           /* with EXPLANATION_DIGITS decimals */
	const char *description, *detail; /* borrowed; `detail` may be NULL */
	size_t      next; /* of the explanations; past their end: the sum was given */
	double      sum;  /* so far, exact */
} explanation_line;

enum { EXPLANATION_DIGITS = 3 };

/*
 * The next line; 0 where there is none. The last one is the score, which the weights of the others add
 * up to as they are printed.
 */
int explanation_next(const sheaf_item *item, explanation_line *line);

#endif

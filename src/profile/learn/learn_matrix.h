/*
 * learn_matrix.h: papers as rows of what they have of some features: words, and pairs of words that
 * stand side by side.
 */
#ifndef LEARN_MATRIX_H
#define LEARN_MATRIX_H

#include "learn_corpus.h"

/* A word, or two side by side. */
typedef struct learn_feature {
	uint32_t first, second; /* families; second LEARN_GAP: a single word */
	float    scale;         /* what its weight in a query is worth in the matrix */
} learn_feature;

typedef struct learn_matrix { /* all-zero is empty */
	learn_feature *features;
	size_t         columns;
	size_t         rows;
	size_t        *begin; /* rows + 1: where each begins in the two below */
	uint32_t      *column;
	float         *value;
	uint32_t      *class_of; /* by row */
	unsigned char *test;     /* by row */
	size_t         classes;
	uint32_t      *labels; /* of the corpus, by class */
} learn_matrix;

/*
 * The papers of the `classes` most frequent labels, fewer where there are fewer. A value is what
 * SHEAF_SCORE_WEIGHTS makes of a frequency and the paper's length, times idf^1.5 of the papers to
 * learn from: rare words may then come to weigh as much as frequent ones. Words of fewer than three
 * of those papers and pairs of fewer than five have no column. Free it whatever the outcome.
 * Errors: NOMEM.
 */
sheaf_status learn_matrix_make(learn_matrix *m, const learn_corpus *c, size_t classes,
                               sheaf_error *err);
/* Each column becomes number `moved` of `columns`, in the same order; UINT32_MAX: it is dropped. */
void learn_matrix_narrow(learn_matrix *m, const uint32_t *moved, size_t columns);
void learn_matrix_free(learn_matrix *m);

#endif

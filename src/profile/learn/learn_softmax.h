/*
 * learn_softmax.h: multinomial logistic regression with weights that are never negative.
 *
 * The chance that a paper is of class k is exp(s_k) / sum of exp(s_j), with s_k = bias_k + sum over
 * its features of weight * value. Weights minimise the cross-entropy between that and a target (the
 * class itself, or softer) plus l2 / 2 * weight^2, by Adam (Kingma and Ba, "Adam: a method for
 * stochastic optimization", ICLR 2015) in small batches, each step projected on what is allowed. A
 * class's score only compares with the other classes': what speaks against a class can as well
 * speak for the others, so nothing is lost where no weight is below zero.
 */
#ifndef LEARN_SOFTMAX_H
#define LEARN_SOFTMAX_H

#include "learn_matrix.h"

typedef struct learn_model { /* all-zero is empty */
	size_t         columns, classes;
	float         *weights; /* columns * classes */
	unsigned char *allowed; /* the same; 0: that weight stays 0; NULL: all are allowed */
	float         *bias;    /* by class */
} learn_model;

typedef struct learn_training {
	const learn_matrix  *m;
	const float         *target; /* rows * classes */
	const unsigned char *rows;   /* by row: 1 where it is learnt from */
	int                  signs;  /* 1: weights may be negative */
	double               rate, l2;
	int                  epochs;
} learn_training;

/* Weights 0, and the bias of each class from how frequent it is among the rows. */
sheaf_status learn_model_init(learn_model *model, const learn_matrix *m, const unsigned char *rows,
                              sheaf_error *err);
/* Goes on from the weights that there are. The same input gives the same weights. */
sheaf_status learn_model_train(learn_model *model, const learn_training *training,
                               sheaf_error *err);
/* The scores of a row: one a class. */
void learn_model_score(const learn_model *model, const learn_matrix *m, size_t row, float *scores);
/* Scores become chances, which sum to 1. */
void learn_softmax(float *scores, size_t classes);
void learn_model_free(learn_model *model);

#endif

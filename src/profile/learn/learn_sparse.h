/*
 * learn_sparse.h: a model of few terms a class, which a person can read.
 *
 * A model of all features is trained, and cut again and again: of each class's weights those stay
 * that do most (weight * spread of the feature's values), the rest becomes 0, and what is left is
 * trained on. Targets are softened by what other models, which have not seen the paper, say of it
 * (Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015): few terms
 * cannot learn a label by heart, and should not try.
 */
#ifndef LEARN_SPARSE_H
#define LEARN_SPARSE_H

#include "learn_softmax.h"

/* Says what is being done, `part` of `parts`. Non-zero stops (INTERRUPTED). May be NULL. */
typedef int (*learn_progress_fn)(void *ctx, size_t part, size_t parts);

/*
 * Trains a model with at most `terms` weights above 0 for each class. `m` is narrowed to the
 * features that are left. Free the model whatever the outcome.
 */
sheaf_status learn_sparse(learn_matrix *m, size_t terms, learn_progress_fn progress, void *ctx,
                          learn_model *model, sheaf_error *err);

#endif

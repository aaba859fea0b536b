/*
 * ranking_loss.h: what documents that are gone take from the counts of lists, until it is
 * written.
 */
#ifndef RANKING_LOSS_H
#define RANKING_LOSS_H

#include <stddef.h>

#include "posting.h"

/* Counts by key. */
typedef struct ranking_loss ranking_loss;
ranking_loss               *ranking_loss_new(void); /* NULL: out of memory */
void                        ranking_loss_free(ranking_loss *loss);
/* Adds to a key's counts, `sign` times. 0: out of memory. */
int ranking_loss_add(ranking_loss *loss, const char *key, size_t len, const list_counts *counts,
                     int sign);
/* 1 where all that was added has been taken off again. */
int ranking_loss_is_even(const ranking_loss *loss);

#endif

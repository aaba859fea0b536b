/* due.h: whether a source can have something new. */
#ifndef DUE_H
#define DUE_H

#include "harvest_run.h"

/*
 * 0 where the last harvest of the run's list came to its end, and what it was told is still what there is, by
 * arXiv's times of renewal. Answers may have come from a cache that keeps them for an hour.
 */
int due_is(const harvest_run *run);

#endif

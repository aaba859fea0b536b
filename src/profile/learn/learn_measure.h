/* learn_measure.h: how well a model's scores tell classes, and what its scores mean. */
#ifndef LEARN_MEASURE_H
#define LEARN_MEASURE_H

#include "learn_softmax.h"

typedef struct learn_quality {
	int64_t papers;
	double  accuracy, macro_f1; /* NaN where there are no papers */
} learn_quality;

/* The rows whose `test` is as given. Errors: NOMEM. */
sheaf_status learn_measure(const learn_model *model, const learn_matrix *m, int test,
                           learn_quality *quality, sheaf_error *err);

/*
 * A scale and a shift by which a class's score becomes the logarithm of the odds that a paper
 * belongs to it, by the rows that were learnt from. Errors: NOMEM.
 */
sheaf_status learn_calibrate(const learn_model *model, const learn_matrix *m, double *scale,
                             double *shift, sheaf_error *err);

#endif

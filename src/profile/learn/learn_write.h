/* learn_write.h: a model as a profile file. */
#ifndef LEARN_WRITE_H
#define LEARN_WRITE_H

#include <sheaf/learn.h>

#include "buf.h"
#include "learn_softmax.h"

/* What stands at the beginning of the file. */
typedef struct learn_note {
	const sheaf_learn_stats *stats;
	size_t                   terms;
	double                   scale, shift; /* of scores: learn_calibrate() */
} learn_note;

/*
 * Appends the file: what it is from, and a profile for each class that a word speaks for. Errors:
 * INVALID_OPERATION (there is no such class), NOMEM.
 */
sheaf_status learn_write(const learn_corpus *c, const learn_matrix *m, const learn_model *model,
                         const learn_note *note, buf *out, sheaf_error *err);

#endif

/* learn_forms.h: how features are written, for people to read. */
#ifndef LEARN_FORMS_H
#define LEARN_FORMS_H

#include "buf.h"
#include "learn_matrix.h"

/* A feature's words, as forms of the corpus. */
typedef struct learn_forms {
	uint32_t (*words)[2]; /* by column; LEARN_GAP: there is no second */
} learn_forms;

/*
 * Finds how each feature is written most often, of equal words the first in the order of bytes, of
 * pairs the one that came first. Pair with learn_forms_free(), also on failure. Errors: NOMEM.
 */
sheaf_status learn_forms_find(learn_forms *f, const learn_corpus *c, const learn_matrix *m,
                              sheaf_error *err);
/* As a query has it: one word, or two with a hyphen, which stand side by side in any inflection. */
void learn_forms_put(const learn_forms *f, const learn_corpus *c, size_t column, buf *out);
void learn_forms_free(learn_forms *f);

#endif

/* classify_explain.h: why a paper is in a section of a digest, and not in the others. */
#ifndef CLASSIFY_EXPLAIN_H
#define CLASSIFY_EXPLAIN_H

#include <sheaf/classifier.h>

#include "command.h"

/*
 * Prints it, as text or as a line of JSON. *placed becomes 1 where it is in some section, and stays
 * as it is otherwise. Errors: DOC_NOT_FOUND.
 */
sheaf_status classify_explain(session *s, const sheaf_profile_set *set, const char *id, int json,
                              int *placed, sheaf_error *err);

#endif

/*
 * announced.h: the day of a paper's first announcement. Lists tell it; where none was seen, it is inferred:
 * from the datestamp of a record of the first version, which is given when a paper is announced, or else from
 * arXiv's schedule.
 */
#ifndef ANNOUNCED_H
#define ANNOUNCED_H

#include "document_private.h"

/* How the day is known, as the value of SHEAF_FIELD_ANNOUNCED_SEEN. */
enum { ANNOUNCED_BY_SCHEDULE = 0, ANNOUNCED_SEEN = 1, ANNOUNCED_BY_DATESTAMP = 2 };

/*
 * Takes the day from the list that the copy is from, or infers it from what the copy tells; `submitted` (or
 * SHEAF_TIME_NONE) where it does not tell when it was submitted.
 */
void announced_infer(sheaf_document *doc, sheaf_time submitted);
/* The better known of two days, the earlier of two that are known equally well. */
void announced_merge(sheaf_document *doc, const sheaf_document *stored);

#endif

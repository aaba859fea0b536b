/* suggest_threshold.h: from which percentage on papers belong to a suggested profile. */
#ifndef SUGGEST_THRESHOLD_H
#define SUGGEST_THRESHOLD_H

#include "command.h"

/*
 * The `min_percent` that leaves in the most of `like` and out the most of `unlike`, when the query is
 * run as a profile; where several do, the middle between the papers that it divides. 0: none is
 * needed. Errors: those of reading.
 */
sheaf_status suggest_threshold(session *s, const char *query, const sheaf_docid *like,
                               size_t like_count, const sheaf_docid *unlike, size_t unlike_count,
                               int *percent, sheaf_error *err);

#endif

/* mset_private.h: how an enquire session makes an mset, and what its snippets need. */
#ifndef MSET_PRIVATE_H
#define MSET_PRIVATE_H

#include <sheaf/mset.h>

#include "highlight.h"
#include "match.h"

/* Takes the items of `result` from `first` on; the query is copied, for snippets. */
sheaf_status mset_new(sheaf_database *db, const sheaf_query *query, match_result *result,
                      size_t first, sheaf_mset **mset, sheaf_error *err);
/* Which words its query looks for; made at the first call. Borrowed. */
sheaf_status mset_highlight(sheaf_mset *m, highlight **h, sheaf_error *err);

#endif

/* match_tally.h: counts a leaf in FTS5. */
#ifndef MATCH_TALLY_H
#define MATCH_TALLY_H

#include "leaf_tokens.h"
#include "match_run.h"
#include "posting.h"

/* Adds what documents of the revisions in (after, until] have of a leaf. */
sheaf_status tally_leaf(sheaf_database *db, const plan_leaf *leaf, sheaf_revision after,
                        sheaf_revision until, leaf_counts *counts, sheaf_error *err);
/* The postings of one token in (after, until]. mem_free() the list. */
sheaf_status collect_token(sheaf_database *db, const leaf_token *t, sheaf_revision after,
                           sheaf_revision until, posting **list, size_t *count, sheaf_error *err);
/* 1 where any document has a token. */
sheaf_status token_is_there(sheaf_database *db, const leaf_token *t, int *answer, sheaf_error *err);
/* Registers what counts on the connection. */
sheaf_status tally_register(sheaf_database *db, sheaf_error *err);

#endif

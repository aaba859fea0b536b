/* match_tally.h: counts a leaf in FTS5. */
#ifndef MATCH_TALLY_H
#define MATCH_TALLY_H

#include "match_run.h"

/* Adds what documents of the revisions in (after, until] have of a leaf. */
sheaf_status tally_leaf(sheaf_database *db, const plan_leaf *leaf, sheaf_revision after,
                        sheaf_revision until, leaf_counts *counts, sheaf_error *err);
/* Registers what counts on the connection. */
sheaf_status tally_register(sheaf_database *db, sheaf_error *err);

#endif

/*
 * token_postings.h: the documents that have a token, or any of several, or of those with a prefix, or a sequence, and how
 * often; read from the index's pages, for what has no ranking list.
 */
#ifndef TOKEN_POSTINGS_H
#define TOKEN_POSTINGS_H

#include <sheaf/database.h>

#include "found_postings.h"
#include "leaf_tokens.h"

/*
 * Finds what documents of the revisions from `first` to `last` have of the tokens, in the column that they ask for
 * or, where that is -1, in any; what stands at one place counts once. Documents that are gone are left out. Memory:
 * at most twelve bytes a revision, however many postings are read. Outside of write transactions, and where
 * positions_known(). `found` is emptied first. Errors: DATABASE_CORRUPT.
 */
sheaf_status token_postings_find(sheaf_database *db, int64_t first, int64_t last,
                                 const leaf_tokens *tokens, found_postings *found,
                                 sheaf_error *err);

#endif

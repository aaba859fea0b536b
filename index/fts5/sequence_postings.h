/*
 * sequence_postings.h: the documents that have a phrase, or words near each other, and how often; read from the
 * index's pages. The rarest word leads, and of the others only pages that can have its documents are read.
 */
#ifndef SEQUENCE_POSTINGS_H
#define SEQUENCE_POSTINGS_H

#include <sheaf/database.h>

#include "found_postings.h"
#include "leaf_tokens.h"

/* As token_postings_find(). */
sheaf_status sequence_postings_find(sheaf_database *db, int64_t first, int64_t last,
                                    const leaf_sequence *sequence, found_postings *found,
                                    sheaf_error *err);

#endif

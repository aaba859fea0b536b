/* wildcard.h: the words of the index that a pattern stands for. */
#ifndef WILDCARD_H
#define WILDCARD_H

#include <sheaf/database.h>

#include "query_private.h"

/*
 * Puts in the place of a WILDCARD what it stands for: a term with PREFIX, where `abc*` has no limit,
 * else the words of the vocabulary as synonyms. Errors: INVALID_ARGUMENT (more words than the
 * query allows).
 */
sheaf_status wildcard_expand(sheaf_database *db, sheaf_query **query, sheaf_error *err);

#endif

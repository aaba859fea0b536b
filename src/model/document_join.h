/* document_join.h: lists of one paper from two copies, made into one. */
#ifndef DOCUMENT_JOIN_H
#define DOCUMENT_JOIN_H

#include "document_private.h"

int document_same_authors(const sheaf_document *a, const sheaf_document *b);
int document_same_versions(const sheaf_document *a, const sheaf_document *b);
/* 1 where both name the same people, however their names are written. */
int document_same_names(const sheaf_document *a, const sheaf_document *b);

/*
 * Adds to the copy's versions those that only the stored one has; of what both have, the copy's counts, or,
 * where `stored_first` is 1, the stored one's. What one does not tell of a version the other does.
 */
sheaf_status document_join_versions(sheaf_document *doc, const sheaf_document *stored,
                                    int stored_first, sheaf_error *err);
/*
 * Both have the same people: how the better source writes them, with the affiliations that either
 * tells. *origin becomes that source in the newer state of both.
 */
sheaf_status document_join_authors(sheaf_document *doc, const sheaf_document *stored,
                                   document_origin *origin, document_origin from, sheaf_error *err);

#endif

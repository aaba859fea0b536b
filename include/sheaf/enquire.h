/* sheaf/enquire.h: runs a query and ranks what it finds. */
#ifndef SHEAF_ENQUIRE_H
#define SHEAF_ENQUIRE_H

#include <sheaf/database.h>
#include <sheaf/mset.h>
#include <sheaf/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_enquire sheaf_enquire;

/* Makes an enquire session. `db` is borrowed and must outlive it. */
SHEAF_API sheaf_status sheaf_enquire_new(sheaf_database *db, sheaf_enquire **enquire,
                                         sheaf_error *err);
/* Frees a session and its query. Takes NULL. */
SHEAF_API void sheaf_enquire_free(sheaf_enquire *enquire);
/* Sets the query. Takes it. */
SHEAF_API void sheaf_enquire_set_query(sheaf_enquire *enquire, sheaf_query *query);
/* Multiplies occurrences in a text field. Defaults: title 3, every other text field 1. */
SHEAF_API void sheaf_enquire_set_field_weight(sheaf_enquire *enquire, sheaf_field field,
                                              double weight);
/* Best first; ties by newest revision. The default. */
SHEAF_API void sheaf_enquire_set_sort_by_relevance(sheaf_enquire *enquire);
/*
 * Orders by SUBMITTED, UPDATED or DATE, newest first (`reverse`: oldest first);
 * ties by newest revision. Documents without the value come last.
 */
SHEAF_API void sheaf_enquire_set_sort_by_value(sheaf_enquire *enquire, sheaf_field field,
                                               int reverse);
/* Drops what weighs less than `weight`. 0: nothing. */
SHEAF_API void sheaf_enquire_set_cutoff(sheaf_enquire *enquire, double weight);
/* Only documents changed after revision `begin` and up to `end` (0, 0: all). */
SHEAF_API void sheaf_enquire_set_revision_range(sheaf_enquire *enquire, sheaf_revision begin,
                                                sheaf_revision end);
/*
 * Runs the query: the `maxitems` best after the first `first`. The weight is
 * Okapi BM25 (Robertson et al., TREC-3, 1994) over field-weighted frequencies
 * (BM25F in its simple form: Robertson, Zaragoza, Taylor, CIKM 2004);
 * docs/ARCHITECTURE.md, "Ranking", has the formula and its constants.
 * Ownership: the caller frees the mset. Errors: DATABASE_CORRUPT.
 */
SHEAF_API sheaf_status sheaf_enquire_get_mset(sheaf_enquire *enquire, size_t first, size_t maxitems,
                                              sheaf_mset **mset, sheaf_error *err);
/* How the query would be run, in words, one step a line. sheaf_free() it. */
SHEAF_API sheaf_status sheaf_enquire_get_plan(sheaf_enquire *enquire, char **text,
                                              sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif

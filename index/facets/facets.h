/* facets.h: counts the values of one property over the matches of a run. */
#ifndef FACETS_H
#define FACETS_H

#include <sheaf/match_spy.h>

typedef struct facets facets;

/* As sheaf_value_count_match_spy_new() and sheaf_slot_count_match_spy_new() say. */
sheaf_status facets_new(sheaf_field field, facets **out, sheaf_error *err);
sheaf_status facets_new_slot(uint32_t slot, facets **out, sheaf_error *err);
void         facets_free(facets *f);

/* Forgets all counts. */
void facets_clear(facets *f);
/* Counts a match. `db`, the one at `place` of the session's, is borrowed until the next clear. */
sheaf_status facets_see(facets *f, sheaf_database *db, size_t place, sheaf_revision revision,
                        sheaf_error *err);
/* Counts many that ascend in one block of revisions. */
sheaf_status facets_see_many(facets *f, sheaf_database *db, size_t place,
                             const sheaf_revision *revisions, size_t count, sheaf_error *err);
/* As sheaf_match_spy_top_values() says. */
sheaf_status facets_top(facets *f, size_t max, sheaf_value_count_fn fn, void *ctx,
                        sheaf_error *err);
/* The docid of a match in the session's group. */
sheaf_status facets_docid(const sheaf_database *group, sheaf_database *db, size_t place,
                          sheaf_revision revision, sheaf_docid *docid, sheaf_error *err);

#endif

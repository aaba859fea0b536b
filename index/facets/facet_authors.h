/* facet_authors.h: the people who have written the most of the matches. */
#ifndef FACET_AUTHORS_H
#define FACET_AUTHORS_H

#include <sheaf/match_spy.h>

/* A match: its revision, and above that the place of its database in the group. There may be millions. */
typedef uint64_t author_hit;

typedef struct facet_authors { /* all-zero is empty */
	author_hit      *hits;
	size_t           hit_count, hit_size;
	sheaf_database **databases; /* by place, borrowed */
	size_t           database_count;
} facet_authors;

/* Remembers matches. Who has written them is looked up when all are known, from the value lists. */
sheaf_status facet_authors_see(facet_authors *a, sheaf_database *db, size_t place,
                               const sheaf_revision *revisions, size_t count, sheaf_error *err);
/*
 * The same as facet_values_top(). Names are those of the newest paper; a person all of whose
 * papers were changed or removed since the run is left out.
 */
sheaf_status facet_authors_top(const facet_authors *a, size_t max, sheaf_value_count_fn fn,
                               void *ctx, sheaf_error *err);
/* Empties it and keeps its memory. */
void facet_authors_clear(facet_authors *a);
void facet_authors_free(facet_authors *a);

#endif

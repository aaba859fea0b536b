/* match_lists.h: the ranking lists that one run of a query uses: a walk for each run of revisions. */
#ifndef MATCH_LISTS_H
#define MATCH_LISTS_H

#include "match_walk.h"

/* Opens the lists, where they can answer the query; else there are none. Errors: DATABASE_CORRUPT. */
sheaf_status match_lists_open(match_run_state *m, sheaf_error *err);
void         match_lists_close(match_run_state *m);
/* Moves all of them back to their beginning. */
sheaf_status match_lists_rewind(match_run_state *m, sheaf_error *err);
/*
 * Adds what the runs of one database have of a leaf; *until becomes the last revision that they cover, 0
 * where there are none.
 */
sheaf_status match_lists_count(match_run_state *m, sheaf_database *db, size_t leaf,
                               leaf_counts *counts, sheaf_revision *until, sheaf_error *err);
/*
 * Visits what the lists of the database at hand have; `*after` becomes the revision after which FTS5 has to
 * be asked.
 */
sheaf_status match_lists_visit(match_run_state *m, sheaf_revision *after, sheaf_error *err);

/* A query of one word: the heads of its lists say how many documents of the database at hand have it. */
sheaf_status match_lists_count_single(match_run_state *m, sheaf_error *err);

/* ---- match_newest.c ---- */

/* 1 where the best by date are asked for, and nothing else of the matches. */
int match_newest_can(const match_run_state *m);
/* Finds them in all lists of the database at hand, and counts the matches. */
sheaf_status match_newest(match_run_state *m, sheaf_error *err);

#endif

/* match_run.h: the state of one run of a query, shared by the files that find, score and keep. */
#ifndef MATCH_RUN_H
#define MATCH_RUN_H

#include <sqlite3.h>

#include "database_private.h"
#include "match.h"
#include "plan.h"

typedef struct match_run_state {
	sheaf_database      *db;
	const plan          *plan;
	const match_options *options;
	sheaf_field          sort;        /* as chosen: a query without weight sorts by date */
	double              *leaf_weight; /* factor * idf, by leaf; 0: carries none */
	double        *leaf_share; /* factor * idf without the deferred scale, for percentages */
	double         total_share;
	unsigned char *present;    /* by leaf, of the candidate at hand */
	double        *leaf_score; /* by leaf, of the candidate at hand */
	double         avg_length;
	unsigned char *seen; /* bitmap of candidates by revision, for a sweep */
	match_item    *heap; /* the worst kept item first */
	size_t         heap_count, heap_size;
	int64_t        hits;
	double         max_attained, best_share;
	sheaf_status   status;
	sheaf_error   *err;
} match_run_state;

/* Tests a candidate against a tree; `present` says which leaves it has. */
int match_test(match_run_state *m, const plan_node *n, sheaf_revision revision);
/* Counts a match, and keeps it if it is among the best. */
void match_keep(match_run_state *m, sheaf_revision revision, double weight, double share);
/* Best first; for the heap and for the final order. 1 where `a` comes before `b`. */
int match_before(const match_run_state *m, const match_item *a, const match_item *b);
/* Turns the heap into the list in order. */
void match_sort(match_run_state *m);

/*
 * Visits what the ranking list of the query's one term knows, where it has one; `*after` becomes
 * the revision after which FTS5 has to be asked.
 */
sheaf_status match_visit_list(match_run_state *m, sheaf_revision *after, sheaf_error *err);
/* How many documents have a leaf. */
sheaf_status match_count_leaf(sheaf_database *db, const plan *p, const plan_leaf *leaf,
                              int64_t *count, sheaf_error *err);

/* BM25's saturation of a frequency in a document of `length`; in [0, K1 + 1). */
double match_saturation(double frequency, double length, double avg_length);
/* The weight of a term that `df` of `documents` documents have. */
double match_idf(int64_t documents, int64_t df);
/* The most that match_saturation() approaches. */
double match_saturation_limit(void);

#endif

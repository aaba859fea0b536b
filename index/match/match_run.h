/* match_run.h: the state of one run of a query, shared by the files that find, score and keep. */
#ifndef MATCH_RUN_H
#define MATCH_RUN_H

#include <sqlite3.h>

#include "database_private.h"
#include "fts5_api.h"
#include "match.h"
#include "group.h"
#include "plan.h"
#include "rewrite.h"

enum { MATCH_PAIRS_BEST = 100 }; /* the best so many gain by neighbouring words */

/* How often a leaf occurs; `occurrences` by default field weights. */
typedef struct leaf_counts {
	int64_t documents, occurrences;
} leaf_counts;

/* A leaf of the plan, for the run. */
typedef struct match_leaf {
	leaf_counts   counts;  /* of all databases */
	double        weight;  /* factor * idf * burst; 0: carries none */
	double        share;   /* the same without a deferred idf, for percentages */
	unsigned char present; /* in the candidate at hand */
	unsigned char idle;    /* there, but in a part of the tree that does not match */
	double        score;   /* there */
} match_leaf;

/* The ranking lists in use: match_lists.h. */
typedef struct match_lists {
	struct match_walk *walks; /* of each database's runs, in order; owned */
	size_t             count; /* 0: FTS5 answers */
	struct match_part *parts; /* a database each: what its walks share; owned */
	int                exact; /* 1: matches are counted one by one, however many there are */
} match_lists;

typedef struct match_run_state {
	sheaf_database      *group; /* that was asked; itself or one of its others is visited */
	sheaf_database      *db;    /* the one that is visited */
	size_t               place; /* of it in the group */
	const plan          *plan;
	const match_options *options;
	match_order          order; /* as chosen: a query without weight sorts by date */
	sheaf_field          sort;
	match_leaf          *leaves;
	match_lists          lists;
	double               total_share;
	double               k1; /* for the length of this query */
	int64_t              documents;
	double               avg_length;
	double               pair_weight[PLAN_PAIRS_MAX];
	int64_t              pair_documents
		[PLAN_PAIRS_MAX];             /* that have them side by side, as far as is known */
	size_t                    pair_count; /* 0: neighbours do not count here */
	unsigned char            *seen;       /* bitmap of candidates by revision, for a sweep */
	match_item               *heap;       /* the worst kept item first */
	size_t                    heap_count, heap_size;
	int64_t                   hits;        /* about, where the next two are not 0 */
	int64_t                   fewer, more; /* by so many it may be fewer, or more */
	double                    max_attained, best_share;
	const Fts5ExtensionApi   *api; /* while a candidate is scored */
	Fts5Context              *fts;
	double                    length;      /* of the candidate at hand */
	double                    norm;        /* of it, where a walk weighs it */
	struct match_explanation *explanation; /* of one document that is looked at; NULL: none */
	int                       deferred;    /* 1: the one leaf is counted while it is visited */
	int64_t                   deadline;    /* in milliseconds of SQLite's clock; 0: none */
	unsigned                  ticks;       /* candidates since the clock was looked at */
	int                       timed_out;
	sheaf_status              status;
	sheaf_error              *err;
} match_run_state;

/* ---- match.c ---- */

/* One run of a plan, in snapshots that are open; `explanation` may be NULL. */
sheaf_status match_run_plan(sheaf_database *db, const plan *p, const match_options *options,
                            match_result *result, struct match_explanation *explanation,
                            sheaf_error *err);

/* ---- match_tree.c: what a candidate has of the plan's tree ---- */

/* What the parts of a tree that matched are worth. */
typedef struct match_worth {
	double weight, share;
} match_worth;

/* Tests a candidate against a tree; the leaves' `present` says which it has. */
int match_test(match_run_state *m, const plan_node *n, sheaf_revision revision);
/*
 * The same, and adds up what matched; a part that does not match adds nothing.
 */
int match_weigh(match_run_state *m, const plan_node *n, sheaf_revision revision, match_worth *sum);

/* ---- match_blocks.c: ranges of dates, a block of revisions at a time ---- */

/* Takes blocks off both ends of (after, until] where nothing can match. */
sheaf_status match_narrow(match_run_state *m, sheaf_revision *after, sheaf_revision *until);
/*
 * The newest live revision, not newer than `from`, in a block where a document without any leaf can match; 0: there is
 * none, or `status` is set. `asked`: the block that it came from; SIZE_MAX before the first.
 */
sheaf_revision match_next_rest(match_run_state *m, sheaf_revision from, size_t *asked,
                               sheaf_status *status);

/* ---- match_keep.c ---- */

/* Counts a match, and keeps it if it is among the best. */
void match_keep(match_run_state *m, sheaf_revision revision, double weight, double share);
/* The same without counting it, or showing it to anyone. */
void match_offer(match_run_state *m, sheaf_revision revision, double weight, double share);
/* 1 where `a` comes before `b` in the order that was asked for. */
int match_before(const match_run_state *m, const match_item *a, const match_item *b);
/*
 * Bounds are sums and products in another order than the weights they bound: this much is added, so that a rounding
 * keeps none out.
 */
#define MATCH_MARGIN (1 + 1e-9)

/* 1 where as many are kept as are asked for. */
static inline int match_is_full(const match_run_state *m)
{
	return m->heap_count == m->heap_size;
}
/* Turns the heap into the list in order. */
void match_sort(match_run_state *m);
void match_items_free(match_item *items, size_t count);

/* ---- match_lists.c ---- */

/* 1 where fields weigh as they do by default. */
int match_has_default_weights(const match_options *options);

/* ---- match_count.c ---- */

/* How many documents of all databases have the i-th leaf, and how often. */
sheaf_status match_count_leaf(match_run_state *m, size_t i, leaf_counts *sum, sheaf_error *err);
/* The same for a leaf outside of a run. */
sheaf_status match_count_everywhere(sheaf_database *group, const plan_leaf *leaf, leaf_counts *sum,
                                    sheaf_error *err);
/* The counts known of this state of a database. */
df_cache *match_known_counts(sheaf_database *db);

/* ---- match_weight.c: the formula's parts ---- */

/* What a document's length does to its frequencies: k1 * L. */
static inline double match_norm(const match_run_state *m, double length)
{
	double b = m->options->weighting.b;

	return m->k1 * (1 - b + b * length / m->avg_length);
}

/* BM25's saturation of a frequency, with the norm of the document; in [0, k1 + 1). */
static inline double match_saturate(const match_run_state *m, double frequency, double norm)
{
	return frequency * (m->k1 + 1) / (frequency + norm);
}

/* The same for a document of `length`. */
static inline double match_saturation(const match_run_state *m, double frequency, double length)
{
	return match_saturate(m, frequency, match_norm(m, length));
}
/*
 * Counts the leaves and gives them their weights; `defer`: the one leaf's hits are counted while
 * visiting.
 */
sheaf_status match_weigh_leaves(match_run_state *m, int defer, sheaf_error *err);
/* The weights of a deferred term, now that its hits are counted. */
void match_apply_deferred(match_run_state *m);

/* ---- match_pairs.c: neighbouring words ---- */

/* Counts the neighbouring words that the run looks at, and gives them theirs. */
sheaf_status match_weigh_pairs(match_run_state *m, sheaf_error *err);
/* Has the candidate at hand both words of the i-th pair, in a part of the query that matches? */
int match_may_have_pair(const match_run_state *m, size_t i);
/* The pairs of which that is so, a bit each, and the most that they can add. */
uint64_t match_pairs_there(const match_run_state *m, double *most);
/* What the neighbouring words of the query in the candidate at hand are worth. */
double match_pair_bonus(match_run_state *m);
/*
 * Gives the best their bonus, as far as it can matter to those that are asked for. The list is in order before,
 * and its front after.
 */
sheaf_status match_apply_pairs(match_run_state *m, sheaf_error *err);

/* ---- match_frequency.c: occurrences in a row of FTS5 ---- */

/*
 * The frequency of a leaf in the row at hand, by `weights` of the text columns; *present tells
 * whether it occurs at all. `columns` (may be NULL): occurrences by column.
 */
double match_frequency(const plan_leaf *leaf, const double *weights, const Fts5ExtensionApi *api,
                       Fts5Context *fts, unsigned char *present, uint32_t *columns, int *rc);
/* How often the second of two leaves stands right behind the first, by `weights`. */
double match_adjacent(const plan_leaf *a, const plan_leaf *b, const double *weights,
                      const Fts5ExtensionApi *api, Fts5Context *fts, uint32_t *columns, int *rc);
/* The default weights of text columns. */
const double *match_default_weights(void);

/* 1 where the time that the caller gave is up: looks at the clock now and then. */
int match_look_at_clock(match_run_state *m);
/* The same, to be asked at each candidate. */
static inline int match_is_late(match_run_state *m)
{
	return m->deadline && match_look_at_clock(m);
}

#endif

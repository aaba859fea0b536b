/*
 * match_walk.h: a query on the ranking lists of one run of revisions: the lists of its leaves, and moving
 * over its tree from match to match.
 */
#ifndef MATCH_WALK_H
#define MATCH_WALK_H

#include "walk_leaf.h"

/* A node of the plan's tree, with where it stands. */
typedef struct walk_node {
	plan_type  type; /* LEAF, AND, OR, AND_NOT; RANGE and SLOT_RANGE below an AND, as tests */
	int64_t    revision;
	walk_leaf *leaf;
	const plan_node   *test;
	size_t             block; /* of revisions, that a test was last asked for; SIZE_MAX: none */
	range_answer       answer; /* what it says of all of it */
	struct walk_node **sub;
	size_t             count;
	size_t             documents;
} walk_node;

typedef struct match_walk {
	match_run_state   *m;
	sheaf_database    *db;
	const ranking_run *run;
	arena              arena;
	walk_leaf         *leaves; /* of the plan, by number */
	walk_node         *root;
	int flat; /* 1: all leaves that a match has count: no part of the tree can fail on its own */
	int            counted;            /* 1: how many match is known already */
	double        *norms;              /* by code of length; NULL: not known yet */
	int64_t        first, last;        /* revisions to be visited */
	sheaf_revision shown[VALUE_BLOCK]; /* matches of one block, to be shown to hooks */
	size_t         shown_count;
} match_walk;

/* 1 where a plan is one that lists can answer, or a single leaf without a tree. */
int match_walk_can(const plan *p);
/*
 * Opens the lists, and what is read from pages (walk_leaf.h), by leaf. Free it whatever the outcome. Errors:
 * DATABASE_CORRUPT.
 */
sheaf_status match_walk_open(match_walk *w, match_run_state *m, sheaf_database *db,
                             const ranking_run *run, leaf_pages *pages, sheaf_error *err);
void         match_walk_close(match_walk *w);
/* What went wrong in a list. */
sheaf_status match_walk_status(match_walk *w, sheaf_error *err);

/* Takes over the weights of the leaves. */
void match_walk_weigh(match_walk *w);
/* Moves back before the beginning. */
sheaf_status match_walk_rewind(match_walk *w, sheaf_error *err);
/* The same to the first postings from `first` on. */
sheaf_status match_walk_move(match_walk *w, int64_t first, sheaf_error *err);
/*
 * The most that it can weigh from `revision` to *last, which moves down to the end of its block; nothing is
 * decoded.
 */
double walk_leaf_bound(const match_walk *w, walk_leaf *l, int64_t revision, int64_t *last);
/* The same of a stretch of many blocks, from what is in memory. */
double walk_leaf_stretch(const match_walk *w, walk_leaf *l, int64_t revision, int64_t *last);
/* The most that a posting of this frequency can weigh in the block that was looked at last. */
double walk_leaf_most(const match_walk *w, walk_leaf *l, uint32_t frequency);
/* Moves to the first match that is not before `revision`; its tests have passed. */
int64_t walk_seek(match_walk *w, walk_node *n, int64_t revision);

/* The length of a posting's document; -1 where it is gone, and on failure. */
int64_t walk_length(match_walk *w, int64_t revision);
/* 1 where the document of a posting is still there; 0 where it is gone, and on failure. */
int walk_is_alive(match_walk *w, int64_t revision);

/* ---- match_best.c ---- */

/* Weighs a match; 0 where the document is gone, and on failure. */
int walk_weigh(match_walk *w, int64_t revision, match_worth *sum);
/* Its parts: the length of the document, by which words are weighed; 0 as above. */
int walk_begin(match_walk *w, int64_t revision);
/* And the sum of what the leaves at hand weigh, where all that a document has count. */
match_worth walk_add_up(const match_run_state *m);
/* Norms (match_norm()) by the code of a length; NULL: out of memory, which is no error. */
const double *walk_norms(match_walk *w);
/*
 * Not more than the norm of a document: what is weighed with it cannot be less than the weight. Below 0: not known,
 * and without memory neither.
 */
double walk_norm(match_walk *w, int64_t revision);
/* The norm of a document, or a little less; below 0 where it is gone, and on failure. */
double walk_find_norm(match_walk *w, int64_t revision);
/* Visits all matches of the run, in order, and keeps them. */
sheaf_status match_walk_all(match_walk *w, sheaf_error *err);
/* Counts them. */
sheaf_status match_walk_count(match_walk *w, sheaf_error *err);
/*
 * Visits those that can be among the best, and counts all, or about; all are shown to hooks, which can see
 * many.
 */
sheaf_status match_walk_best(match_walk *w, sheaf_error *err);

/* ---- match_one.c ---- */

/* Visits the documents that can be among the best where the tree is a leaf with weight; none is counted. */
sheaf_status match_best_of_one(match_walk *w, sheaf_error *err);

/* ---- match_best_all.c ---- */

/* 1 where all of some words are asked for, and nothing is shown each match. */
int match_all_can(const match_walk *w);
/* match_walk_best() of these. */
sheaf_status match_best_all(match_walk *w, sheaf_error *err);

/* ---- match_any.c ---- */

/*
 * Visits the documents that can be among the best of those that have any of the words of the tree, an OR of leaves
 * with weight; none is counted.
 */
sheaf_status match_best_of_any(match_walk *w, sheaf_error *err);

/* ---- match_show.c ---- */

/* 1 where no hook asks for weights. */
int match_shows_many(const match_run_state *m);
/* Shows a match, together with others of its block. */
sheaf_status match_show(match_walk *w, sheaf_revision revision, sheaf_error *err);
/* Shows those that are waiting. */
sheaf_status match_show_flush(match_walk *w, sheaf_error *err);
/*
 * Shows the documents that have any of the words of the tree, a leaf or an OR of leaves, and counts them; then
 * begins anew.
 */
sheaf_status match_show_any(match_walk *w, sheaf_error *err);

/* ---- match_total.c ---- */

/* 1 where the tree is a leaf or an OR of leaves. */
int walk_is_any(const match_walk *w);

/* Counts the documents that have any of the words of the tree, a leaf or an OR of leaves; then begins anew. */
sheaf_status match_total(match_walk *w, sheaf_error *err);
/* 1 where the matches of any tree are too many to be counted one by one. */
int match_total_is_about(const match_walk *w);
/* Where they are counted about: of so many revisions, how many are looked at for it. */
double match_total_part(const match_walk *w, double span);
/* Adds to the total matches of which `found` were met: `about` so many, but never more than there can be. */
void match_total_add(match_walk *w, int64_t found, int64_t about);
/* Counts them about; then begins anew. */
sheaf_status match_total_about(match_walk *w, sheaf_error *err);

#endif

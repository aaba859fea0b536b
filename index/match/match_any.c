/*
 * The best of the documents that have any of some words, from the ranking lists of a run.
 *
 * What can be among the best is told from bounds: each block of a list knows the most that its postings can
 * weigh. A stretch of revisions where the bounds of all lists together fall short of the worst document
 * kept is passed over without being decoded (block-max pruning: Ding, Suel, "Faster top-k document
 * retrieval using block-max indexes", SIGIR 2011); within the others, only lists that can carry a document
 * over that mark lead, and the rest are asked for the documents found (MaxScore: Turtle, Flood,
 * "Query evaluation: strategies and optimizations", IPM 1995). Here that is done document by document, as
 * suits rare words; any_sums.c does it for frequent ones.
 */
#include "match_any.h"

#include "error.h"

/* ---- windows ---- */

/* Puts a word where its bound belongs among the first `i`. */
static void insert_word(any_of *a, size_t i, walk_leaf *l, double bound)
{
	for (; i && a->bound[i - 1] > bound; i--) {
		a->bound[i] = a->bound[i - 1];
		a->words[i] = a->words[i - 1];
	}
	a->bound[i] = bound;
	a->words[i] = l;
}

void any_open_window(any_of *a, any_bound bound, int64_t revision, int64_t *last)
{
	*last = a->w->last;
	for (size_t i = 0; i < a->count; i++) {
		walk_leaf *l = a->words[i];

		insert_word(a, i, l, bound(a->w, l, revision, last));
	}
	a->all = 0;
	for (size_t i = 0; i < a->count; i++) {
		a->below[i] = a->all;
		a->all += a->bound[i];
	}
}

size_t any_first_leading(const any_of *a)
{
	size_t first = 0;

	while (first + 1 < a->count && !any_reaches(a, a->below[first + 1]))
		first++;
	return first;
}

int64_t any_earliest(any_of *a, size_t first, int64_t revision)
{
	int64_t least = WALK_END;

	for (size_t i = first; i < a->count; i++) {
		walk_leaf *l = a->words[i];

		if (l->revision < revision)
			walk_leaf_seek(l, revision);
		least = l->revision < least ? l->revision : least;
	}
	return least;
}

/* ---- a document ---- */

static double score_word(match_walk *w, walk_leaf *l, double norm)
{
	return l->weight * match_saturate(w->m, (double)walk_leaf_frequency(l), norm);
}

int any_can_pass(any_of *a, size_t first, int64_t revision, double norm, double sum)
{
	for (size_t i = first; i--;) {
		if (!any_reaches(a, sum + a->below[i + 1]))
			return 0;
		if (a->words[i]->revision < revision)
			walk_leaf_seek(a->words[i], revision);
		if (a->words[i]->revision == revision)
			sum += score_word(a->w, a->words[i], norm);
	}
	return any_reaches(a, sum);
}

void any_offer(any_of *a, int64_t revision, const match_worth *worth)
{
	match_run_state *m = a->w->m;

	match_offer(m, revision, worth->weight, worth->share);
	if (match_is_full(m))
		a->threshold = m->heap[0].weight;
}

/* By the bounds of the window alone: can the document pass the threshold? */
static int may_pass(const any_of *a, size_t first, int64_t revision)
{
	double sum = a->below[first];

	for (size_t i = first; i < a->count; i++)
		if (a->words[i]->revision == revision)
			sum += a->bound[i];
	return any_reaches(a, sum);
}

static double score_leading(any_of *a, size_t first, int64_t revision, double norm)
{
	double sum = 0;

	for (size_t i = first; i < a->count; i++)
		if (a->words[i]->revision == revision)
			sum += score_word(a->w, a->words[i], norm);
	return sum;
}

static void consider(any_of *a, size_t first, int64_t revision)
{
	match_worth worth;
	double      norm;

	if (a->threshold >= 0) {
		if (!may_pass(a, first, revision))
			return;
		norm = walk_find_norm(a->w, revision);
		if (norm < 0 || !any_can_pass(a, first, revision, norm,
		                              score_leading(a, first, revision, norm)))
			return;
	}
	if (walk_weigh(a->w, revision, &worth))
		any_offer(a, revision, &worth);
}

/* ---- the walk ---- */

/* Document by document, from `revision` on as far as the blocks at hand go; answers the last revision of them. */
static int64_t walk_blocks(any_of *a, int64_t revision)
{
	match_run_state *m = a->w->m;
	int64_t          last;
	size_t           first;

	any_open_window(a, walk_leaf_bound, revision, &last);
	if (a->all <= 0 || !any_reaches(a, a->all))
		return last;
	first = any_first_leading(a);
	for (int64_t at = revision; (at = any_earliest(a, first, at)) <= last; at++) {
		if (match_is_late(m))
			break;
		consider(a, first, at);
		if (m->status != SHEAF_OK)
			break;
	}
	return last;
}

/* Over as many blocks as bounds in memory tell to be out of the question; the first revision behind them. */
static int64_t pass_stretches(any_of *a, int64_t revision)
{
	while (a->threshold >= 0 && revision <= a->w->last) {
		double  sum = 0;
		int64_t last = a->w->last;

		for (size_t i = 0; i < a->count; i++)
			sum += walk_leaf_stretch(a->w, a->words[i], revision, &last);
		if (any_reaches(a, sum))
			break;
		revision = last + 1;
	}
	return revision;
}

static sheaf_status walk_windows(any_of *a, sheaf_error *err)
{
	match_run_state *m = a->w->m;
	int64_t          last;

	for (int64_t r = a->w->first; (r = pass_stretches(a, r)) <= a->w->last; r = last + 1) {
		if (!any_sums_window(a, r, &last))
			last = walk_blocks(a, r);
		if (m->status != SHEAF_OK || m->timed_out || match_is_late(m))
			break;
	}
	return m->status == SHEAF_OK ? match_walk_status(a->w, err) : m->status;
}

/* A word that the query has twice is one: its leaf is the same. */
static void add_word(any_of *a, walk_leaf *l)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->words[i] == l)
			return;
	a->words[a->count++] = l;
}

sheaf_status match_best_of_any(match_walk *w, sheaf_error *err)
{
	const walk_node *words = w->root;
	match_run_state *m = w->m;
	any_of           a = {.w = w, .threshold = match_is_full(m) ? m->heap[0].weight : -1};

	a.words = arena_calloc(&w->arena, words->count, sizeof *a.words);
	a.below = arena_calloc(&w->arena, words->count, sizeof *a.below);
	a.bound = arena_calloc(&w->arena, words->count, sizeof *a.bound);
	if (!a.words || !a.below || !a.bound)
		return sheaf_nomem(err);
	for (size_t i = 0; i < words->count; i++)
		add_word(&a, words->sub[i]->leaf);
	return walk_windows(&a, err);
}

/*
 * The best matches of a run of revisions, from its ranking lists.
 *
 * What can be among the best is told from bounds: each block of a list knows the most that its postings can
 * weigh. A stretch of revisions where the bounds of all lists together fall short of the worst document
 * kept is passed over without being decoded (block-max pruning: Ding, Suel, "Faster top-k document
 * retrieval using block-max indexes", SIGIR 2011); within the others, only lists that can carry a document
 * over that mark are walked, and the rest are asked for the documents found (MaxScore: Turtle, Flood,
 * "Query evaluation: strategies and optimizations", IPM 1995). Weights are added in the order of the leaves,
 * as where FTS5 finds the matches, so they are the same to the last bit.
 */
#include "alloc.h"
#include "error.h"
#include "match_walk.h"

/* ---- one document ---- */

int64_t walk_length(match_walk *w, int64_t revision)
{
	int64_t length = values_peek_length(&w->db->values, revision);

	return length == -2 ? values_get_length(w->db, revision, &w->m->status, w->m->err) : length;
}

int walk_is_alive(match_walk *w, int64_t revision)
{
	return !w->db->ranking.dead || walk_length(w, revision) >= 0;
}

/* What the leaves have of the document at hand. */
static void look(match_walk *w, int64_t revision)
{
	match_run_state *m = w->m;

	for (size_t i = 0; i < m->plan->leaf_count; i++) {
		walk_leaf  *l = &w->leaves[i];
		match_leaf *leaf = &m->leaves[i];

		leaf->idle = 0;
		leaf->present = 0;
		leaf->score = 0;
		if (!l->used)
			continue;
		if (l->revision < revision)
			walk_leaf_seek(l, revision);
		leaf->present = l->revision == revision;
		if (leaf->present && leaf->weight > 0)
			leaf->score = leaf->weight *
			              match_saturate(m, (double)walk_leaf_frequency(l), m->norm);
	}
}

match_worth walk_add_up(const match_run_state *m)
{
	match_worth sum = {0, 0};

	for (size_t i = 0; i < m->plan->leaf_count; i++)
		if (m->leaves[i].present && m->leaves[i].score > 0) {
			sum.weight += m->leaves[i].score;
			sum.share += m->leaves[i].share;
		}
	return sum;
}

int walk_begin(match_walk *w, int64_t revision)
{
	match_run_state *m = w->m;
	int64_t          length = walk_length(w, revision);

	if (length < 0)
		return 0;
	m->length = (double)length;
	m->norm = match_norm(m, m->length);
	return 1;
}

int walk_weigh(match_walk *w, int64_t revision, match_worth *sum)
{
	match_run_state *m = w->m;

	if (!walk_begin(w, revision))
		return 0;
	look(w, revision);
	*sum = (match_worth){0, 0};
	if (w->flat)
		*sum = walk_add_up(m);
	else
		match_weigh(m, m->plan->root, revision, sum);
	return m->status == SHEAF_OK;
}

sheaf_status match_walk_all(match_walk *w, sheaf_error *err)
{
	match_run_state *m = w->m;
	match_worth      sum;

	for (int64_t r = walk_seek(w, w->root, w->first); r <= w->last && !match_is_late(m);
	     r = walk_seek(w, w->root, r + 1)) {
		if (walk_weigh(w, r, &sum))
			match_keep(m, r, sum.weight, sum.share);
		if (m->status != SHEAF_OK)
			return m->status;
	}
	return m->status == SHEAF_OK ? match_walk_status(w, err) : m->status;
}

sheaf_status match_walk_count(match_walk *w, sheaf_error *err)
{
	match_run_state *m = w->m;

	for (int64_t r = walk_seek(w, w->root, w->first); r <= w->last && !match_is_late(m);
	     r = walk_seek(w, w->root, r + 1)) {
		m->hits += walk_is_alive(w, r);
		if (m->status != SHEAF_OK)
			return m->status;
	}
	return m->status == SHEAF_OK ? match_walk_status(w, err) : m->status;
}

/* ---- words that must all be there ---- */

/* The most that any document can weigh from `revision` on to *last. */
static double bound_all(match_walk *w, int64_t revision, int64_t *last)
{
	double sum = 0;

	*last = w->last;
	for (size_t i = 0; i < w->m->plan->leaf_count; i++)
		if (w->leaves[i].used && w->leaves[i].weight > 0)
			sum += walk_leaf_bound(w, &w->leaves[i], revision, last);
	return sum;
}

const double *walk_norms(match_walk *w)
{
	if (w->norms)
		return w->norms;
	w->norms = arena_calloc(&w->arena, LIST_NUMBERS, sizeof *w->norms);
	for (int i = 0; w->norms && i < LIST_NUMBERS; i++)
		w->norms[i] = match_norm(w->m, (double)list_code_number((unsigned char)i));
	return w->norms;
}

/* By the code of its length. */
double walk_norm(match_walk *w, int64_t revision)
{
	int           code = length_codes_get(w->db, &w->db->values.codes, revision);
	const double *norms = code < 0 ? NULL : walk_norms(w);

	return norms ? norms[code] : -1;
}

double walk_find_norm(match_walk *w, int64_t revision)
{
	double  norm = walk_norm(w, revision);
	int64_t length;

	if (norm >= 0)
		return norm;
	length = walk_length(w, revision);
	return length < 0 ? -1 : match_norm(w->m, (double)length);
}

/* The most that a word can weigh in the document at hand: by `norm`, or by the bounds of its block. */
static double most_of(match_walk *w, walk_leaf *l, double norm)
{
	uint32_t frequency = walk_leaf_frequency(l);

	return norm >= 0 ? l->weight * match_saturate(w->m, (double)frequency, norm)
	                 : walk_leaf_most(w, l, frequency);
}

/* By how often the words are there, and about how long it is: can the document pass the threshold? */
static int can_weigh(match_walk *w, int64_t revision, double threshold)
{
	double sum = 0, norm = walk_norm(w, revision);

	for (size_t i = 0; i < w->m->plan->leaf_count; i++) {
		walk_leaf *l = &w->leaves[i];

		if (!l->used || l->weight <= 0)
			continue;
		if (l->revision < revision)
			walk_leaf_seek(l, revision);
		if (l->revision == revision)
			sum += most_of(w, l, norm);
	}
	return sum * MATCH_MARGIN >= threshold;
}

static int can_be_kept(match_walk *w, int64_t revision, double bound)
{
	match_run_state *m = w->m;

	return !match_is_full(m) ||
	       (bound >= m->heap[0].weight && can_weigh(w, revision, m->heap[0].weight));
}

/* All matches are counted and shown; only those that can be among the best are weighed. */
static sheaf_status best_and_all(match_walk *w, sheaf_error *err)
{
	match_run_state *m = w->m;
	int              shows = m->options->hook_count > 0;
	match_worth      sum;
	int64_t          bound_until = -1;
	double           bound = 0;

	for (int64_t r = walk_seek(w, w->root, w->first); r <= w->last && !match_is_late(m);
	     r = walk_seek(w, w->root, r + 1)) {
		if (r > bound_until)
			bound = bound_all(w, r, &bound_until);
		if (walk_is_alive(w, r)) {
			m->hits++;
			if (shows)
				m->status = match_show(w, r, err);
			if (can_be_kept(w, r, bound) && walk_weigh(w, r, &sum))
				match_offer(m, r, sum.weight, sum.share);
		}
		if (m->status != SHEAF_OK)
			return m->status;
	}
	if (m->status == SHEAF_OK && shows)
		m->status = match_show_flush(w, err);
	return m->status == SHEAF_OK ? match_walk_status(w, err) : m->status;
}

/* Matches that are too many are counted about; where none can be among the best, they are passed over. */
static sheaf_status best_alone(match_walk *w, sheaf_error *err)
{
	match_run_state *m = w->m;
	match_worth      sum;
	int64_t          bound_until = -1, next;
	double           bound = 0;
	sheaf_status     status = match_total_about(w, err);

	if (status != SHEAF_OK)
		return status;
	for (int64_t r = walk_seek(w, w->root, w->first); r <= w->last && !match_is_late(m);
	     r = walk_seek(w, w->root, next)) {
		if (r > bound_until)
			bound = bound_all(w, r, &bound_until);
		next = r + 1;
		if (match_is_full(m) && bound < m->heap[0].weight)
			next = bound_until + 1;
		else if (can_be_kept(w, r, bound) && walk_weigh(w, r, &sum))
			match_offer(m, r, sum.weight, sum.share);
		if (m->status != SHEAF_OK)
			return m->status;
	}
	return m->status == SHEAF_OK ? match_walk_status(w, err) : m->status;
}

static sheaf_status best_of_all(match_walk *w, sheaf_error *err)
{
	return w->m->options->hook_count || !match_total_is_about(w) ? best_and_all(w, err)
	                                                             : best_alone(w, err);
}

/* Words with weight of which one is enough, and nothing else. */
static int is_any_of(const walk_node *n)
{
	if (n->type == PLAN_LEAF)
		return n->leaf->weight > 0;
	for (size_t i = 0; i < n->count; i++)
		if (n->sub[i]->type != PLAN_LEAF || n->sub[i]->leaf->weight <= 0)
			return 0;
	return n->type == PLAN_OR;
}

sheaf_status match_walk_best(match_walk *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (match_all_can(w))
		return match_best_all(w, err);
	if (!is_any_of(w->root))
		return best_of_all(w, err);
	if (w->m->options->hook_count)
		status = match_show_any(w, err);
	else if (!w->counted)
		status = match_total(w, err);
	if (status != SHEAF_OK)
		return status;
	return w->root->type == PLAN_LEAF ? match_best_of_one(w, err) : match_best_of_any(w, err);
}

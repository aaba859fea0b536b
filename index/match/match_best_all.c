/*
 * The best of the documents that have all of some words, which is what most searches ask for: the walk of
 * match_best.c without its tree, and with as little done as can be for a document that cannot be among the best. Of
 * such a one, in most blocks, a single code is read of each word.
 */
#include "alloc.h"
#include "error.h"
#include "field.h"
#include "match_all.h"

int match_all_can(const match_walk *w)
{
	const walk_node *n = w->root;

	for (size_t i = 0; i < n->count; i++)
		if (n->sub[i]->type != PLAN_LEAF)
			return 0;
	return n->type == PLAN_AND && n->count && !w->m->options->hook_count;
}

/* ---- from match to match ---- */

/* The first match from `revision` on; past the last where there is none. */
static int64_t seek(const all_of *a, int64_t revision)
{
	int64_t last = a->w->last;

	while (revision <= last) {
		size_t  i = 1;
		int64_t at;

		revision = all_seek_word(&a->words[0], revision);
		if (revision > last)
			break;
		for (at = revision; i < a->count && at == revision; i++)
			at = all_seek_word(&a->words[i], revision);
		if (at == revision)
			return revision;
		revision = at;
	}
	return WALK_END;
}

/* ---- what it can weigh ---- */

void all_open_stretch(all_of *a, int64_t revision)
{
	a->bound = 0;
	a->until = a->w->last;
	for (size_t i = 0; i < a->count; i++)
		if (a->words[i].weight > 0)
			a->bound += walk_leaf_bound(a->w, a->words[i].leaf, revision, &a->until);
}

static uint32_t sum_up(const list_occurrences *o)
{
	return FIELD_TITLE_WEIGHT * o->title + o->abstract + o->other;
}

/* Not more than the word's part in the weight; `norm` below 0: not known. */
static double most_of(const all_of *a, const all_word *word, double norm)
{
	walk_leaf              *l = word->leaf;
	const list_occurrences *o = word->plain ? list_cursor_peek(&l->cursor) : NULL;
	uint32_t                frequency;

	if (word->plain && !o)
		return l->block_most;
	frequency = o ? sum_up(o) : walk_leaf_frequency(l);
	return norm >= 0 ? word->weight * match_saturate(a->w->m, (double)frequency, norm)
	                 : walk_leaf_most(a->w, l, frequency);
}

static int can_pass(const all_of *a, int64_t revision)
{
	double norm = walk_norm(a->w, revision), most = a->bound;

	for (size_t i = 0; i < a->count; i++) {
		const all_word *word = &a->words[i];

		if (word->weight <= 0)
			continue;
		most += most_of(a, word, norm) - word->leaf->block_most;
		if (most * MATCH_MARGIN < a->threshold)
			return 0;
	}
	return 1;
}

static uint32_t frequency_of(const all_of *a, walk_leaf *l)
{
	const list_occurrences *o = NULL;

	for (size_t i = 0; i < a->count; i++)
		if (a->words[i].leaf == l && a->words[i].plain)
			o = list_cursor_peek(&l->cursor);
	return o ? sum_up(o) : walk_leaf_frequency(l);
}

/* As walk_weigh(), of a match of all words. */
static int weigh(const all_of *a, int64_t revision, match_worth *sum)
{
	match_run_state *m = a->w->m;
	int64_t          length = walk_length(a->w, revision);

	*sum = (match_worth){0, 0};
	if (length < 0)
		return 0;
	m->length = (double)length;
	m->norm = match_norm(m, m->length);
	for (size_t i = 0; i < m->plan->leaf_count; i++) {
		match_leaf *leaf = &m->leaves[i];
		walk_leaf  *l = &a->w->leaves[i];

		leaf->idle = 0;
		leaf->present = l->used != 0;
		leaf->score = 0;
		if (!l->used || leaf->weight <= 0)
			continue;
		leaf->score = leaf->weight * match_saturate(m, (double)frequency_of(a, l), m->norm);
		sum->weight += leaf->score > 0 ? leaf->score : 0;
		sum->share += leaf->score > 0 ? leaf->share : 0;
	}
	return m->status == SHEAF_OK;
}

/* ---- all of them ---- */

void all_consider(all_of *a, int64_t revision)
{
	match_run_state *m = a->w->m;
	match_worth      sum;

	if (a->threshold >= 0 && (a->bound < a->threshold || !can_pass(a, revision)))
		return;
	if (!weigh(a, revision, &sum))
		return;
	match_offer(m, revision, sum.weight, sum.share);
	if (match_is_full(m))
		a->threshold = m->heap[0].weight;
}

static sheaf_status walk(all_of *a, sheaf_error *err)
{
	match_walk      *w = a->w;
	match_run_state *m = w->m;
	int64_t          next;

	for (int64_t r = seek(a, w->first); r <= w->last && !match_is_late(m); r = seek(a, next)) {
		next = r + 1;
		if (r > a->until)
			all_open_stretch(a, r);
		if (!a->counts && a->bound < a->threshold)
			next = a->until + 1;
		else if (!a->counts)
			all_consider(a, r);
		else if (walk_is_alive(w, r)) {
			m->hits++;
			all_consider(a, r);
		}
		if (m->status != SHEAF_OK)
			return m->status;
	}
	return m->status == SHEAF_OK ? match_walk_status(w, err) : m->status;
}

sheaf_status match_best_all(match_walk *w, sheaf_error *err)
{
	const walk_node *n = w->root;
	match_run_state *m = w->m;
	all_of           a = {.w = w, .threshold = -1, .until = -1};
	sheaf_status     status = SHEAF_OK;

	a.counts = !match_total_is_about(w);
	a.words = arena_calloc(&w->arena, n->count, sizeof *a.words);
	if (!a.words)
		return sheaf_nomem(err);
	for (; a.count < n->count; a.count++) {
		walk_leaf *l = n->sub[a.count]->leaf;

		a.words[a.count] = (all_word){.leaf = l,
		                              .plain = !l->all && !l->count && l->column < 0,
		                              .weight = l->weight};
	}
	if (match_is_full(m))
		a.threshold = m->heap[0].weight;
	if (all_blocks_can(&a))
		return all_blocks_walk(&a, err);
	if (!a.counts)
		status = match_total_about(w, err);
	return status == SHEAF_OK ? walk(&a, err) : status;
}

#include "match_walk.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "field.h"
#include "str.h"

/* ---- what lists can answer ---- */

static int can_walk(const plan *p, const plan_node *n, int below_and)
{
	switch (n->type) {
	case PLAN_LEAF: return walk_leaf_can(&p->leaves[n->leaf]);
	case PLAN_RANGE:
	case PLAN_SLOT_RANGE: return below_and;
	case PLAN_AND:
	case PLAN_OR:
	case PLAN_AND_NOT: break;
	default: return 0;
	}
	for (size_t i = 0; i < n->count; i++)
		if (!can_walk(p, n->sub[i], n->type == PLAN_AND))
			return 0;
	return 1;
}

/* An AND needs a part that finds something for its tests. */
static int only_tests(const plan_node *n)
{
	if (n->type == PLAN_RANGE || n->type == PLAN_SLOT_RANGE)
		return 1;
	if (n->type != PLAN_AND && n->type != PLAN_OR)
		return n->type == PLAN_AND_NOT && only_tests(n->sub[0]);
	for (size_t i = 0; i < n->count; i++)
		if (!only_tests(n->sub[i]))
			return 0;
	return 1;
}

int match_walk_can(const plan *p)
{
	if (!p->root)
		return p->leaf_count == 1 && walk_leaf_can(&p->leaves[0]);
	return p->fts.len && !p->sweep && !only_tests(p->root) && can_walk(p, p->root, 0);
}

/* ---- the tree ---- */

static int is_test(const plan_node *n)
{
	return n->type == PLAN_RANGE || n->type == PLAN_SLOT_RANGE;
}

static void estimate(walk_node *n)
{
	n->documents = n->type == PLAN_AND || n->type == PLAN_AND_NOT ? SIZE_MAX : 0;
	if (n->type == PLAN_LEAF)
		n->documents = (size_t)(n->leaf->counts.documents > 0 ? n->leaf->counts.documents
		                                                      : 0);
	else if (n->test)
		n->documents = SIZE_MAX;
	else if (n->type == PLAN_AND_NOT)
		n->documents = n->sub[0]->documents;
	for (size_t i = 0; i < n->count && n->type != PLAN_AND_NOT; i++) {
		size_t documents = n->sub[i]->documents;

		if (n->type == PLAN_OR)
			n->documents += documents;
		else if (documents < n->documents)
			n->documents = documents;
	}
}

/* The rarest first; tests, which are SIZE_MAX, last. */
static void order(walk_node *n)
{
	for (size_t i = 1; n->type == PLAN_AND && i < n->count; i++) {
		walk_node *now = n->sub[i];
		size_t     at = i;

		for (; at && n->sub[at - 1]->documents > now->documents; at--)
			n->sub[at] = n->sub[at - 1];
		n->sub[at] = now;
	}
}

/* NULL: out of memory. */
static walk_node *make_node(match_walk *w, const plan_node *from)
{
	walk_node *n = arena_calloc(&w->arena, 1, sizeof *n);

	if (!n)
		return NULL;
	n->type = from->type;
	n->revision = -1;
	n->block = SIZE_MAX;
	n->test = is_test(from) ? from : NULL;
	if (from->type == PLAN_LEAF)
		n->leaf = &w->leaves[from->leaf];
	n->sub = from->count ? arena_calloc(&w->arena, from->count, sizeof *n->sub) : NULL;
	if (from->count && !n->sub)
		return NULL;
	for (size_t i = 0; i < from->count; i++) {
		n->sub[n->count] = make_node(w, from->sub[i]);
		if (!n->sub[n->count++])
			return NULL;
	}
	estimate(n);
	order(n);
	return n;
}

/* An AND, or what excludes, below an OR may fail where others match. */
static int is_flat(const walk_node *n, int below_or)
{
	if (below_or && (n->type == PLAN_AND || n->type == PLAN_AND_NOT))
		return 0;
	for (size_t i = 0; i < n->count; i++)
		if (!is_flat(n->sub[i], below_or || n->type == PLAN_OR))
			return 0;
	return 1;
}

/* A walk outside of the revisions that are asked for only counts. */
static sheaf_status open_leaf(match_walk *w, size_t i, leaf_pages *pages, sheaf_error *err)
{
	const plan_leaf *leaf = &w->m->plan->leaves[i];
	int              listed = w->run->run && walk_leaf_has_lists(w->db, leaf->tokens);
	int64_t          unused;
	int              counted = w->first > w->last &&
	              df_cache_get(match_known_counts(w->db), leaf->key, &unused, &unused);

	return walk_leaf_open(&w->leaves[i], w->db, w->run, leaf->tokens, listed ? NULL : &pages[i],
	                      w->first, counted, err);
}

sheaf_status match_walk_open(match_walk *w, match_run_state *m, sheaf_database *db,
                             const ranking_run *run, leaf_pages *pages, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	memset(w, 0, sizeof *w);
	w->m = m;
	w->db = db;
	w->run = run;
	w->first = m->options->after + 1 > run->first ? m->options->after + 1 : run->first;
	w->last = m->options->until && m->options->until < run->last ? m->options->until
	                                                             : run->last;
	w->leaves = mem_calloc(m->plan->leaf_count, sizeof *w->leaves);
	if (!w->leaves)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < m->plan->leaf_count; i++)
		if (m->plan->leaves[i].used)
			status = open_leaf(w, i, pages, err);
	if (status != SHEAF_OK)
		return status;
	w->root = m->plan->root ? make_node(w, m->plan->root) : NULL;
	if (!w->root && !m->plan->root)
		return SHEAF_OK;
	if (!w->root)
		return sheaf_nomem(err);
	w->flat = is_flat(w->root, 0);
	return SHEAF_OK;
}

void match_walk_weigh(match_walk *w)
{
	for (size_t i = 0; i < w->m->plan->leaf_count; i++)
		w->leaves[i].weight = w->m->leaves[i].weight;
}

static void rewind_nodes(walk_node *n)
{
	n->revision = -1;
	for (size_t i = 0; i < n->count; i++)
		rewind_nodes(n->sub[i]);
}

sheaf_status match_walk_move(match_walk *w, int64_t first, sheaf_error *err)
{
	for (size_t i = 0; i < w->m->plan->leaf_count; i++)
		if (w->leaves[i].used)
			walk_leaf_rewind(&w->leaves[i], first);
	if (w->root)
		rewind_nodes(w->root);
	return match_walk_status(w, err);
}

sheaf_status match_walk_rewind(match_walk *w, sheaf_error *err)
{
	return match_walk_move(w, w->first, err);
}

void match_walk_close(match_walk *w)
{
	for (size_t i = 0; w->leaves && i < w->m->plan->leaf_count; i++) {
		walk_leaf_close(&w->leaves[i]);
	}
	mem_free(w->leaves);
	arena_free(&w->arena);
	memset(w, 0, sizeof *w);
}

sheaf_status match_walk_status(match_walk *w, sheaf_error *err)
{
	for (size_t i = 0; i < w->m->plan->leaf_count; i++)
		if (w->leaves[i].cursor.status == SHEAF_ERROR_NOMEM)
			return sheaf_nomem(err);
		else if (w->leaves[i].cursor.status != SHEAF_OK)
			return ranking_damaged(w->db, err);
	return SHEAF_OK;
}

/* ---- moving ---- */

static double weigh_most(const match_walk *w, const walk_leaf *l, const list_bounds *bounds)
{
	double most = 0;

	for (size_t i = 0; i < bounds->count; i++) {
		double weight = l->weight * match_saturation(w->m,
		                                             (double)bounds->pairs[i].frequency,
		                                             (double)bounds->pairs[i].length);

		most = weight > most ? weight : most;
	}
	/* A hair more: what is rounded elsewhere must not pass it. */
	return most * MATCH_MARGIN;
}

/* By the shortest document that has so large a frequency, as far as the block's bounds tell. */
static void find_most_at(const match_walk *w, walk_leaf *l)
{
	for (uint32_t f = 0; f < WALK_FREQUENCIES; f++) {
		uint32_t least = UINT32_MAX;

		for (unsigned i = 0; i < l->bounds.count; i++)
			if (l->bounds.pairs[i].frequency >= f && l->bounds.pairs[i].length < least)
				least = l->bounds.pairs[i].length;
		l->most_at[f] = l->weight * match_saturation(w->m, (double)f, (double)least) *
		                MATCH_MARGIN;
	}
	l->known = 1;
}

double walk_leaf_most(const match_walk *w, walk_leaf *l, uint32_t frequency)
{
	if (frequency >= WALK_FREQUENCIES || (l->count && !l->all))
		return l->block_most;
	if (!l->known)
		find_most_at(w, l);
	return l->most_at[frequency];
}

double walk_leaf_bound(const match_walk *w, walk_leaf *l, int64_t revision, int64_t *last)
{
	sheaf_status status;

	if (l->block_from > revision || revision > l->block_last) {
		l->block_from = revision;
		l->block_last = w->last;
		status = walk_leaf_block(l, w->db, revision, &l->block_last, &l->bounds, w->m->err);
		if (status != SHEAF_OK)
			w->m->status = status;
		l->known = 0;
		l->block_most = weigh_most(w, l, &l->bounds);
		/* Beside the list, no frequency passes the limit of saturation. */
		if (l->count && !l->all && walk_leaf_has_more(l, revision, l->block_last))
			l->block_most = l->weight * (w->m->k1 + 1);
	}
	if (l->block_last < *last)
		*last = l->block_last;
	return l->block_most;
}

double walk_leaf_stretch(const match_walk *w, walk_leaf *l, int64_t revision, int64_t *last)
{
	list_bounds bounds;

	if (l->count)
		return walk_leaf_bound(w, l, revision, last);
	if (l->stretch_from > revision || revision > l->stretch_last) {
		l->stretch_from = revision;
		list_cursor_stretch(&l->cursor, revision, &l->stretch_last, &bounds);
		l->stretch_most = weigh_most(w, l, &bounds);
	}
	if (l->stretch_last < *last)
		*last = l->stretch_last;
	return l->stretch_most;
}

/* What a test says of the whole block that a revision is in. */
static range_answer ask_block(match_walk *w, walk_node *n, int64_t revision)
{
	size_t     block = (size_t)(revision >> VALUE_BLOCK_SHIFT);
	date_range range;

	if (n->test->type != PLAN_RANGE)
		return RANGE_SOME;
	if (n->block == block)
		return n->answer;
	w->m->status = value_ranges_get(w->db, n->test->field, block, &range, w->m->err);
	n->block = block;
	n->answer = value_ranges_test(&range, n->test->begin, n->test->end);
	return n->answer;
}

/* The revision itself, where it passes a test; else the next that may. Of those that are gone, any may pass. */
static int64_t seek_test(match_walk *w, walk_node *n, int64_t revision)
{
	int64_t      asked = revision;
	range_answer answer = ask_block(w, n, revision);

	/* As far as blocks tell, so that no list is looked at in between. */
	while (w->m->status == SHEAF_OK && answer == RANGE_NONE && revision <= w->last) {
		revision = (revision | (VALUE_BLOCK - 1)) + 1;
		answer = revision <= w->last ? ask_block(w, n, revision) : RANGE_NONE;
	}
	if (w->m->status != SHEAF_OK)
		return WALK_END;
	if (answer == RANGE_ALL || revision > asked || match_test(w->m, n->test, revision))
		return revision;
	return w->m->status == SHEAF_OK ? revision + 1 : WALK_END;
}

static int64_t seek_all(match_walk *w, walk_node *n, int64_t revision)
{
	size_t i = 0;

	while (i < n->count && revision <= w->last) {
		walk_node *sub = n->sub[i];
		int64_t    at;

		if (sub->type == PLAN_LEAF) {
			if (sub->leaf->revision < revision)
				walk_leaf_seek(sub->leaf, revision);
			at = sub->leaf->revision;
		} else {
			at = sub->test ? seek_test(w, sub, revision) : walk_seek(w, sub, revision);
		}

		if (at > revision) {
			revision = at;
			/* The one that moved stands there already. */
			i = i || sub->test ? 0 : 1;
		} else {
			i++;
		}
	}
	return revision <= w->last ? revision : WALK_END;
}

static int64_t seek_any(match_walk *w, walk_node *n, int64_t revision)
{
	int64_t least = WALK_END;

	for (size_t i = 0; i < n->count; i++) {
		int64_t at = walk_seek(w, n->sub[i], revision);

		least = at < least ? at : least;
	}
	return least;
}

static int64_t seek_but(match_walk *w, walk_node *n, int64_t revision)
{
	for (;;) {
		int64_t at = walk_seek(w, n->sub[0], revision);

		if (at == WALK_END || walk_seek(w, n->sub[1], at) != at)
			return at;
		revision = at + 1;
	}
}

int64_t walk_seek(match_walk *w, walk_node *n, int64_t revision)
{
	if (n->type == PLAN_LEAF) {
		if (n->leaf->revision < revision)
			walk_leaf_seek(n->leaf, revision);
		return n->leaf->revision;
	}
	if (n->revision >= revision)
		return n->revision;
	if (n->type == PLAN_AND)
		n->revision = seek_all(w, n, revision);
	else
		n->revision = n->type == PLAN_OR ? seek_any(w, n, revision)
		                                 : seek_but(w, n, revision);
	return n->revision;
}

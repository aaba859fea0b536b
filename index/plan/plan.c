#include "plan.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

/*
 * The depth of a tree that FTS5 can carry whole; 0 where it cannot. A leaf whose words must stand
 * in order is carried as one in any order: *more becomes 1, and what is found is to be tested;
 * where it is excluded, that would exclude too much.
 */
static int fts_depth(const plan *p, const plan_node *n, int excluded, int *more)
{
	int deepest = 0;

	switch (n->type) {
	case PLAN_LEAF:
		if (!p->leaves[n->leaf].shape.window)
			return 1;
		*more = 1;
		return !excluded;
	case PLAN_AND:
	case PLAN_OR:
	case PLAN_AND_NOT:
		for (size_t i = 0; i < n->count; i++) {
			int depth = fts_depth(p, n->sub[i],
			                      excluded || (i && n->type == PLAN_AND_NOT), more);

			if (!depth)
				return 0;
			if (depth > deepest)
				deepest = depth;
		}
		return deepest + 1;
	default: return 0;
	}
}

/* Writes a tree that FTS5 can carry, numbering phrases as they come. */
static void write_fts(plan *p, const plan_node *n, size_t *phrases)
{
	static const char *const operators[] = {
		[PLAN_AND] = " AND ", [PLAN_OR] = " OR ", [PLAN_AND_NOT] = " NOT "};

	if (n->type == PLAN_LEAF) {
		plan_leaf *leaf = &p->leaves[n->leaf];

		leaf->first = *phrases;
		*phrases += leaf->shape.phrases;
		buf_puts(&p->fts, leaf->fts);
		return;
	}
	for (size_t i = 0; i < n->count; i++) {
		const plan_node *sub = n->sub[i];

		if (i)
			buf_puts(&p->fts, operators[n->type]);
		if (sub->type != PLAN_LEAF)
			buf_putc(&p->fts, '(');
		write_fts(p, sub, phrases);
		if (sub->type != PLAN_LEAF)
			buf_putc(&p->fts, ')');
	}
}

/* Could a document that has none of the leaves match? */
static int matches_bare(const plan_node *n)
{
	switch (n->type) {
	case PLAN_ALL:
	case PLAN_SLOT_RANGE:
	case PLAN_RANGE: return 1;
	case PLAN_AND:
		for (size_t i = 0; i < n->count; i++)
			if (!matches_bare(n->sub[i]))
				return 0;
		return 1;
	case PLAN_OR:
	case PLAN_XOR:
		for (size_t i = 0; i < n->count; i++)
			if (matches_bare(n->sub[i]))
				return 1;
		return 0;
	case PLAN_AND_NOT: return matches_bare(n->sub[0]);
	default: return 0;
	}
}

/*
 * Every leaf in one flat OR: FTS5 says which are there, and the tree is tested on each candidate.
 */
static void use_flat(plan *p)
{
	size_t phrases = 0;

	for (size_t i = 0; i < p->leaf_count; i++) {
		plan_leaf *leaf = &p->leaves[i];

		if (!leaf->used)
			continue;
		if (phrases)
			buf_puts(&p->fts, " OR ");
		leaf->first = phrases;
		phrases += leaf->shape.phrases;
		buf_puts(&p->fts, leaf->fts);
	}
	p->residual = p->root;
	p->exact = 0;
	p->sweep = matches_bare(p->root);
}

static int is_range(const plan_node *n)
{
	return n->type == PLAN_RANGE || n->type == PLAN_SLOT_RANGE;
}

/*
 * The part of an AND that is left without its ranges, which become the residual; `root` itself
 * where there are none, or nothing else. NULL: out of memory.
 */
static plan_node *split_ranges(plan *p, plan_node *root)
{
	plan_node *ranges, *others;

	if (root->type != PLAN_AND)
		return root;
	ranges = plan_new_node(p, PLAN_AND, root->count);
	others = plan_new_node(p, PLAN_AND, root->count);
	if (!ranges || !others)
		return NULL;
	for (size_t i = 0; i < root->count; i++) {
		plan_node *to = is_range(root->sub[i]) ? ranges : others;

		to->sub[to->count++] = root->sub[i];
	}
	if (!ranges->count || !others->count)
		return root;
	p->residual = ranges;
	return others->count == 1 ? others->sub[0] : others;
}

/*
 * Tells the leaves that are still in the tree from those that went with a part that can match
 * nothing.
 */
static void mark_used(plan *p, const plan_node *n)
{
	if (n->type == PLAN_LEAF)
		p->leaves[n->leaf].used = 1;
	for (size_t i = 0; i < n->count; i++)
		mark_used(p, n->sub[i]);
}

/* Leaves that went take their pairs with them. */
static void drop_unused_pairs(plan *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->pair_count; i++)
		if (p->leaves[p->pairs[i].a].used && p->leaves[p->pairs[i].b].used)
			p->pairs[kept++] = p->pairs[i];
	p->pair_count = kept;
}

static int has_weight(const plan *p, const plan_node *n)
{
	size_t count = n->type == PLAN_AND_NOT ? 1 : n->count;

	if (n->type == PLAN_LEAF)
		return p->leaves[n->leaf].weighted;
	for (size_t i = 0; i < count; i++)
		if (has_weight(p, n->sub[i]))
			return 1;
	return 0;
}

/* Is there an OR in it whose leaves carry weight? One in a leaf (of a hyphened word) counts. */
static int holds_or(const plan *p, const plan_node *n)
{
	size_t count = n->type == PLAN_AND_NOT ? 1 : n->count;

	if (n->type == PLAN_LEAF)
		return p->leaves[n->leaf].weighted && p->leaves[n->leaf].shape.counted > 1;
	if (n->type == PLAN_OR)
		return has_weight(p, n);
	for (size_t i = 0; i < count; i++)
		if (holds_or(p, n->sub[i]))
			return 1;
	return 0;
}

/*
 * Would FTS5 lose occurrences? Where an AND that is not the root fails on a row because of a phrase
 * or a column, it drops the positions of all leaves below, and those of an OR may stand at a later
 * row already (3.40.1). What matches is right even so.
 */
static int loses_positions(const plan *p, const plan_node *n, int is_root)
{
	size_t count = n->type == PLAN_AND_NOT ? 1 : n->count;

	if (n->type == PLAN_AND && !is_root && holds_or(p, n))
		return 1;
	for (size_t i = 0; i < count; i++)
		if (loses_positions(p, n->sub[i], 0))
			return 1;
	return 0;
}

/* `(a AND b) NOT c` as `(a NOT c) AND b`: FTS5 does best with an AND at the root. */
static plan_node *lift_and(plan *p, plan_node *root)
{
	plan_node *lifted, *inner, *base = root->count ? root->sub[0] : NULL;
	size_t     at = 0;

	if (root->type != PLAN_AND_NOT || base->type != PLAN_AND)
		return root;
	while (at < base->count && is_range(base->sub[at]))
		at++;
	if (at == base->count)
		return root;
	lifted = plan_new_node(p, PLAN_AND, base->count);
	inner = plan_new_node(p, PLAN_AND_NOT, 2);
	if (!lifted || !inner)
		return NULL;
	inner->sub[0] = base->sub[at];
	inner->sub[1] = root->sub[1];
	inner->count = 2;
	for (size_t i = 0; i < base->count; i++)
		lifted->sub[lifted->count++] = i == at ? inner : base->sub[i];
	return lifted;
}

static sheaf_status choose(plan *p, sheaf_error *err)
{
	plan_node *carried;
	size_t     phrases = 0;
	int        depth, more = 0;

	p->root = lift_and(p, p->root);
	carried = p->root ? split_ranges(p, p->root) : NULL;
	if (!carried)
		return sheaf_nomem(err);
	mark_used(p, p->root);
	drop_unused_pairs(p);
	depth = fts_depth(p, carried, 0, &more);
	if (depth && depth <= PLAN_FTS_DEPTH && !loses_positions(p, carried, 1)) {
		p->exact = !more;
		if (more)
			p->residual = p->root;
		write_fts(p, carried, &phrases);
	} else {
		use_flat(p);
	}
	return buf_status(&p->fts, err);
}

sheaf_status plan_make(const tokens_config *config, const sheaf_query *query, plan *p,
                       sheaf_error *err)
{
	sheaf_status status = plan_build(config, query, p, err);

	if (status != SHEAF_OK || p->root->type == PLAN_NONE)
		return status;
	return choose(p, err);
}

void plan_free(plan *p)
{
	sheaf_query_free(p->rewritten);
	leaf_words_free(&p->words);
	buf_free(&p->fts);
	mem_free(p->leaves);
	arena_free(&p->arena);
	memset(p, 0, sizeof *p);
}

/* The first half of a plan: the tree of the query, its leaves as FTS5 expressions. */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "field.h"
#include "plan.h"

/* What the nodes above say about a part of the query. */
typedef struct build_context {
	const tokens_config *config;
	plan                *p;
	sheaf_error         *err;
	sheaf_status         status;
	int                  depth;
} build_context;

static plan_node *build(build_context *c, const sheaf_query *q, int weighted, double factor);

plan_node *plan_new_node(plan *p, plan_type type, size_t subs)
{
	plan_node *n = arena_calloc(&p->arena, 1, sizeof *n);

	if (n && subs)
		n->sub = arena_calloc(&p->arena, subs, sizeof *n->sub);
	if (!n || (subs && !n->sub))
		return NULL;
	n->type = type;
	return n;
}

static plan_node *new_node(build_context *c, plan_type type, size_t subs)
{
	plan_node *n = plan_new_node(c->p, type, subs);

	if (!n)
		c->status = sheaf_nomem(c->err);
	return n;
}

static plan_leaf *new_leaf(build_context *c)
{
	plan      *p = c->p;
	plan_leaf *grown;
	size_t     size = p->leaf_size ? p->leaf_size * 2 : 16;

	if (p->leaf_count == PLAN_LEAVES_MAX) {
		c->status = sheaf_fail(c->err, SHEAF_ERROR_INVALID_ARGUMENT,
		                       "more than %d terms in one query", PLAN_LEAVES_MAX);
		return NULL;
	}
	if (p->leaf_count == p->leaf_size) {
		grown = mem_realloc_array(p->leaves, size, sizeof *grown);
		if (!grown) {
			c->status = sheaf_nomem(c->err);
			return NULL;
		}
		p->leaves = grown;
		p->leaf_size = size;
	}
	memset(&p->leaves[p->leaf_count], 0, sizeof *p->leaves);
	return &p->leaves[p->leaf_count++];
}

/* Boolean terms restrict; but the caller's own may weigh. */
static int has_weight(const sheaf_query *q)
{
	return q->type != QUERY_TERM || q->field == SHEAF_FIELD_TERM ||
	       field_get(q->field)->kind != FIELD_BOOLEAN;
}

static void describe_leaf(const build_context *c, const sheaf_query *q, size_t words,
                          plan_leaf *leaf)
{
	const leaf_words *w = &c->p->words;
	int               single = q->type == QUERY_TERM && q->field == SHEAF_FIELD_ANY &&
	             w->count == words + 1 && leaf->shape.phrases == 1 && !w->list[words].prefix;

	leaf->own_term = q->type == QUERY_TERM && q->field == SHEAF_FIELD_TERM;
	leaf->source = q;
	leaf->word = single ? words + 1 : 0;
}

/* NULL for a leaf without any word: there is nothing to ask for, and it is left out. */
static plan_node *build_leaf(build_context *c, const sheaf_query *q, int weighted, double factor)
{
	buf        text = BUF_INIT(0);
	leaf_shape shape;
	plan_node *n = NULL;
	plan_leaf *leaf;
	size_t     words = c->p->words.count;
	int        failed = 0;

	weighted = weighted && has_weight(q);
	c->status = leaf_write(c->config, q, &text, &shape, weighted ? &c->p->words : NULL, c->err);
	if (c->status == SHEAF_OK && shape.phrases && (leaf = new_leaf(c))) {
		leaf->fts = arena_strndup(&c->p->arena, text.data, text.len);
		leaf->key = leaf->fts;
		if (shape.window)
			buf_puts(&text, " in order");
		if (shape.window && text.status == SHEAF_OK)
			leaf->key = arena_strndup(&c->p->arena, text.data, text.len);
		leaf->shape = shape;
		leaf->weighted = weighted && factor > 0;
		leaf->factor = factor;
		describe_leaf(c, q, words, leaf);
		n = new_node(c, PLAN_LEAF, 0);
		if (n)
			n->leaf = c->p->leaf_count - 1;
		if (leaf->fts)
			leaf->tokens = leaf_read_tokens(leaf->fts, shape.window, &c->p->arena,
			                                &failed);
		if (!leaf->fts || !leaf->key || failed || text.status != SHEAF_OK)
			c->status = sheaf_nomem(c->err);
	}
	buf_free(&text);
	return n;
}

/* Takes `sub` into an AND or OR: flattened, and without what changes nothing. */
static void absorb(plan_node *n, plan_node *sub)
{
	if (!sub)
		return;
	if (n->type == PLAN_AND && sub->type == PLAN_ALL)
		return;
	if (n->type == PLAN_OR && sub->type == PLAN_NONE)
		return;
	n->sub[n->count++] = sub;
}

/*
 * Flattens, and replaces an AND or OR that has become trivial. `seen`: subqueries that asked for
 * anything.
 */
static plan_node *settle(build_context *c, plan_node *n, size_t seen)
{
	plan_node *flat;
	size_t     total = 0;

	if (!seen)
		return NULL;
	for (size_t i = 0; i < n->count; i++) {
		if ((n->type == PLAN_AND && n->sub[i]->type == PLAN_NONE) ||
		    (n->type == PLAN_OR && n->sub[i]->type == PLAN_ALL))
			return n->sub[i];
		total += n->sub[i]->type == n->type ? n->sub[i]->count : 1;
	}
	if (!n->count)
		return new_node(c, n->type == PLAN_AND ? PLAN_ALL : PLAN_NONE, 0);
	if (n->count == 1)
		return n->sub[0];
	if (total == n->count)
		return n;
	flat = new_node(c, n->type, total);
	for (size_t i = 0; flat && i < n->count; i++) {
		plan_node *sub = n->sub[i];

		if (sub->type != n->type) {
			flat->sub[flat->count++] = sub;
			continue;
		}
		for (size_t j = 0; j < sub->count; j++)
			flat->sub[flat->count++] = sub->sub[j];
	}
	return flat;
}

enum { REPEATS_MAX = 4096 }; /* leaves that are looked through for a repetition */

/*
 * A leaf that the group has already: its weight is added to that one, which takes its place, and it is
 * asked for once. Where it is the last of the leaves, it is taken back. NULL: it is new.
 */
static plan_node *find_repeated(build_context *c, const plan_node *group, const plan_node *sub)
{
	plan_leaf *leaf = sub->type == PLAN_LEAF ? &c->p->leaves[sub->leaf] : NULL;

	for (size_t i = 0; leaf && i < group->count && i < REPEATS_MAX; i++) {
		plan_node *other = group->sub[i];
		plan_leaf *first = other->type == PLAN_LEAF ? &c->p->leaves[other->leaf] : NULL;

		if (!first || first->weighted != leaf->weighted ||
		    strcmp(first->key, leaf->key) != 0)
			continue;
		first->factor += leaf->factor;
		if (sub->leaf == c->p->leaf_count - 1)
			c->p->leaf_count--;
		return other;
	}
	return NULL;
}

static int is_single_word(const plan *p, const plan_node *n)
{
	return n && n->type == PLAN_LEAF && p->leaves[n->leaf].weighted && p->leaves[n->leaf].word;
}

/* Remembers that two single words follow each other in the query. */
static void add_pair(plan *p, const plan_node *before, const plan_node *now, double factor)
{
	if (!is_single_word(p, before) || !is_single_word(p, now) || before->leaf == now->leaf)
		return;
	for (size_t i = 0; i < p->pair_count; i++)
		if (p->pairs[i].a == before->leaf && p->pairs[i].b == now->leaf) {
			p->pairs[i].factor += factor;
			return;
		}
	if (p->pair_count < PLAN_PAIRS_MAX)
		p->pairs[p->pair_count++] = (plan_pair){before->leaf, now->leaf, factor};
}

static plan_node *build_group(build_context *c, const sheaf_query *q, plan_type type, int weighted,
                              double factor)
{
	plan_node *n = new_node(c, type, q->count), *before = NULL;
	size_t     seen = 0;

	for (size_t i = 0; n && c->status == SHEAF_OK && i < q->count; i++) {
		int        filter = q->type == QUERY_FILTER && i > 0;
		plan_node *sub = build(c, q->sub[i], weighted && !filter, factor), *first;

		if (!sub || c->status != SHEAF_OK)
			continue;
		seen++;
		first = find_repeated(c, n, sub);
		if (!first)
			absorb(n, sub);
		if (first)
			sub = first;
		/* A word with a weight of its own is no part of running text. */
		if (q->sub[i]->type != QUERY_TERM)
			sub = NULL;
		if (q->type == QUERY_AND || q->type == QUERY_OR)
			add_pair(c->p, before, sub, factor);
		before = sub;
	}
	if (!n || c->status != SHEAF_OK)
		return NULL;
	return settle(c, n, q->count ? seen : 1);
}

static plan_node *build_xor(build_context *c, const sheaf_query *q, int weighted, double factor)
{
	plan_node *n = new_node(c, PLAN_XOR, q->count);

	for (size_t i = 0; n && c->status == SHEAF_OK && i < q->count; i++) {
		plan_node *sub = build(c, q->sub[i], weighted, factor);

		if (sub)
			n->sub[n->count++] = sub;
	}
	if (!n || c->status != SHEAF_OK || !n->count)
		return NULL;
	return n->count == 1 ? n->sub[0] : n;
}

/*
 * `a AND_MAYBE b` as `a AND (a OR b)`, where the second a has no weight: so FTS5 finds what a finds,
 * and tells where b is.
 */
static plan_node *build_maybe(build_context *c, const sheaf_query *q, int weighted, double factor)
{
	plan_node *base = build(c, q->sub[0], weighted, factor), *any, *both;

	if (!base || c->status != SHEAF_OK)
		return NULL;
	any = new_node(c, PLAN_OR, q->count);
	both = new_node(c, PLAN_AND, 2);
	if (!any || !both)
		return NULL;
	any->sub[any->count++] = base->type == PLAN_ALL ? base : build(c, q->sub[0], 0, factor);
	for (size_t i = 1; c->status == SHEAF_OK && i < q->count; i++)
		absorb(any, build(c, q->sub[i], weighted, factor));
	if (c->status != SHEAF_OK || !any->sub[0])
		return NULL;
	if (any->count == 1 || base->type == PLAN_NONE)
		return base;
	if (base->type == PLAN_ALL)
		return any;
	both->sub[0] = base;
	both->sub[1] = any;
	both->count = 2;
	return both;
}

static plan_node *build_and_not(build_context *c, const sheaf_query *q, int weighted, double factor)
{
	plan_node *n = new_node(c, PLAN_AND_NOT, 2), *none;

	if (!n || !q->count)
		return NULL;
	n->sub[0] = build(c, q->sub[0], weighted, factor);
	none = new_node(c, PLAN_OR, q->count);
	for (size_t i = 1; none && c->status == SHEAF_OK && i < q->count; i++)
		absorb(none, build(c, q->sub[i], 0, factor));
	if (!none || c->status != SHEAF_OK)
		return NULL;
	if (!none->count)
		return n->sub[0];
	n->sub[1] = settle(c, none, 1);
	if (!n->sub[0])
		n->sub[0] = new_node(c, PLAN_ALL, 0);
	if (!n->sub[0] || !n->sub[1])
		return NULL;
	n->count = 2;
	if (n->sub[0]->type == PLAN_NONE)
		return n->sub[0];
	return n->sub[1]->type == PLAN_ALL ? new_node(c, PLAN_NONE, 0) : n;
}

static plan_node *build_range(build_context *c, const sheaf_query *q)
{
	plan_node *n = new_node(c, PLAN_RANGE, 0);

	if (!n)
		return NULL;
	n->field = q->field;
	n->begin = q->begin;
	n->end = q->end;
	if (q->begin > q->end)
		n->type = PLAN_NONE;
	return n;
}

static plan_node *build_slot_range(build_context *c, const sheaf_query *q)
{
	plan_node *n = new_node(c, PLAN_SLOT_RANGE, 0);

	if (n)
		n->slot = q;
	return n;
}

static plan_node *build(build_context *c, const sheaf_query *q, int weighted, double factor)
{
	plan_node *n = NULL;

	if (c->depth == PLAN_DEPTH_MAX) {
		c->status = sheaf_fail(c->err, SHEAF_ERROR_INVALID_ARGUMENT,
		                       "query nested more than %d deep", PLAN_DEPTH_MAX);
		return NULL;
	}
	c->depth++;
	switch (q->type) {
	case QUERY_NOTHING: n = new_node(c, PLAN_NONE, 0); break;
	case QUERY_ALL: n = new_node(c, PLAN_ALL, 0); break;
	case QUERY_RANGE: n = build_range(c, q); break;
	case QUERY_SLOT_RANGE: n = build_slot_range(c, q); break;
	case QUERY_WILDCARD:
	case QUERY_TERM:
	case QUERY_PHRASE:
	case QUERY_NEAR:
	case QUERY_SYNONYM: n = build_leaf(c, q, weighted, factor); break;
	case QUERY_AND:
	case QUERY_FILTER: n = build_group(c, q, PLAN_AND, weighted, factor); break;
	case QUERY_ELITE:
	case QUERY_OR: n = build_group(c, q, PLAN_OR, weighted, factor); break;
	case QUERY_XOR: n = build_xor(c, q, weighted, factor); break;
	case QUERY_MAYBE: n = build_maybe(c, q, weighted, factor); break;
	case QUERY_AND_NOT: n = build_and_not(c, q, weighted, factor); break;
	case QUERY_SCALE:
		n = q->count ? build(c, q->sub[0], weighted, factor * q->factor) : NULL;
		break;
	}
	c->depth--;
	return c->status == SHEAF_OK ? n : NULL;
}

sheaf_status plan_build(const tokens_config *config, const sheaf_query *query, plan *p,
                        sheaf_error *err)
{
	build_context c = {config, p, err, SHEAF_OK, 0};

	p->root = query ? build(&c, query, 1, 1.0) : NULL;
	if (c.status == SHEAF_OK && !p->root)
		p->root = new_node(&c, PLAN_NONE, 0);
	return c.status;
}

#include "plan.h"

#include <string.h>

#include "alloc.h"
#include "datetime.h"
#include "error.h"
#include "field.h"

/* What the nodes above say about a part of the query. */
typedef struct build_context {
	const tokens_config *config;
	plan                *p;
	sheaf_error         *err;
	sheaf_status         status;
	int                  depth;
} build_context;

static plan_node *build(build_context *c, const sheaf_query *q, int weighted, double factor);

static plan_node *new_node(build_context *c, plan_type type, size_t subs)
{
	plan_node *n = arena_calloc(&c->p->arena, 1, sizeof *n);

	if (n && subs)
		n->sub = arena_calloc(&c->p->arena, subs, sizeof *n->sub);
	if (!n || (subs && !n->sub)) {
		c->status = sheaf_nomem(c->err);
		return NULL;
	}
	n->type = type;
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

/* NULL for a leaf without any word: there is nothing to ask for, and it is left out. */
static plan_node *build_leaf(build_context *c, const sheaf_query *q, int weighted, double factor)
{
	buf        text = BUF_INIT(0);
	leaf_shape shape;
	plan_node *n = NULL;
	plan_leaf *leaf;
	int        boolean = q->type == QUERY_TERM && field_get(q->field)->kind == FIELD_BOOLEAN;
	size_t     words = c->p->words.count;

	c->status = leaf_write(c->config, q, &text, &shape,
	                       weighted && !boolean ? &c->p->words : NULL, c->err);
	if (c->status == SHEAF_OK && shape.phrases && (leaf = new_leaf(c))) {
		leaf->fts = arena_strndup(&c->p->arena, text.data, text.len);
		leaf->shape = shape;
		leaf->weighted = weighted && !boolean && factor > 0;
		leaf->factor = factor;
		if (q->type == QUERY_TERM && q->field == SHEAF_FIELD_ANY &&
		    c->p->words.count == words + 1 && c->p->words.list[words].stemmed &&
		    c->config->strategy == SHEAF_STEM_SOME)
			leaf->family = words + 1;
		n = new_node(c, PLAN_LEAF, 0);
		if (n)
			n->leaf = c->p->leaf_count - 1;
		if (!leaf->fts)
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
 * A leaf that the group has already: its weight is added to that one, and it is asked for once. It is the
 * last of the leaves, so it can be taken back.
 */
static int is_repeated(build_context *c, const plan_node *group, const plan_node *sub)
{
	plan_leaf *leaf = sub->type == PLAN_LEAF ? &c->p->leaves[sub->leaf] : NULL;

	for (size_t i = 0; leaf && i < group->count && i < REPEATS_MAX; i++) {
		const plan_node *other = group->sub[i];
		plan_leaf *first = other->type == PLAN_LEAF ? &c->p->leaves[other->leaf] : NULL;

		if (!first || first->weighted != leaf->weighted ||
		    strcmp(first->fts, leaf->fts) != 0)
			continue;
		first->factor += leaf->factor;
		c->p->leaf_count--;
		return 1;
	}
	return 0;
}

static plan_node *build_group(build_context *c, const sheaf_query *q, plan_type type, int weighted,
                              double factor)
{
	plan_node *n = new_node(c, type, q->count);
	size_t     seen = 0;

	for (size_t i = 0; n && c->status == SHEAF_OK && i < q->count; i++) {
		int        filter = q->type == QUERY_FILTER && i > 0;
		plan_node *sub = build(c, q->sub[i], weighted && !filter, factor);

		seen += sub != NULL;
		if (sub && c->status == SHEAF_OK && !is_repeated(c, n, sub))
			absorb(n, sub);
	}
	if (!n || c->status != SHEAF_OK)
		return NULL;
	return settle(c, n, q->count ? seen : 1);
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
	case QUERY_TERM:
	case QUERY_PHRASE:
	case QUERY_NEAR: n = build_leaf(c, q, weighted, factor); break;
	case QUERY_AND:
	case QUERY_FILTER: n = build_group(c, q, PLAN_AND, weighted, factor); break;
	case QUERY_OR: n = build_group(c, q, PLAN_OR, weighted, factor); break;
	case QUERY_AND_NOT: n = build_and_not(c, q, weighted, factor); break;
	case QUERY_SCALE:
		n = q->count ? build(c, q->sub[0], weighted, factor * q->factor) : NULL;
		break;
	}
	c->depth--;
	return c->status == SHEAF_OK ? n : NULL;
}

/* The depth of a tree that FTS5 can carry whole; 0 where it cannot. */
static int fts_depth(const plan_node *n)
{
	int deepest = 0;

	switch (n->type) {
	case PLAN_LEAF: return 1;
	case PLAN_AND:
	case PLAN_OR:
	case PLAN_AND_NOT:
		for (size_t i = 0; i < n->count; i++) {
			int depth = fts_depth(n->sub[i]);

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
	case PLAN_RANGE: return 1;
	case PLAN_AND:
		for (size_t i = 0; i < n->count; i++)
			if (!matches_bare(n->sub[i]))
				return 0;
		return 1;
	case PLAN_OR:
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

/* The AND of ranges and of a part that FTS5 can carry; the ranges are tested on each candidate. */
static sheaf_status split_ranges(build_context *c, plan_node *root, plan_node **rest)
{
	plan_node *ranges = new_node(c, PLAN_AND, root->count),
		  *others = new_node(c, PLAN_AND, root->count);

	*rest = NULL;
	if (!ranges || !others)
		return c->status;
	for (size_t i = 0; i < root->count; i++) {
		plan_node *to = root->sub[i]->type == PLAN_RANGE ? ranges : others;

		to->sub[to->count++] = root->sub[i];
	}
	if (ranges->count && others->count) {
		c->p->residual = ranges;
		*rest = others->count == 1 ? others->sub[0] : others;
	}
	return SHEAF_OK;
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
static plan_node *lift_and(build_context *c, plan_node *root)
{
	plan_node *lifted, *inner, *base = root->count ? root->sub[0] : NULL;
	size_t     at = 0;

	if (root->type != PLAN_AND_NOT || base->type != PLAN_AND)
		return root;
	while (at < base->count && base->sub[at]->type == PLAN_RANGE)
		at++;
	if (at == base->count)
		return root;
	lifted = new_node(c, PLAN_AND, base->count);
	inner = new_node(c, PLAN_AND_NOT, 2);
	if (!lifted || !inner)
		return NULL;
	inner->sub[0] = base->sub[at];
	inner->sub[1] = root->sub[1];
	inner->count = 2;
	for (size_t i = 0; i < base->count; i++)
		lifted->sub[lifted->count++] = i == at ? inner : base->sub[i];
	return lifted;
}

static sheaf_status choose(build_context *c)
{
	plan        *p = c->p;
	plan_node   *carried;
	size_t       phrases = 0;
	int          depth;
	sheaf_status status = SHEAF_OK;

	p->root = lift_and(c, p->root);
	if (!p->root)
		return c->status;
	mark_used(p, p->root);
	if (p->root->type == PLAN_AND)
		status = split_ranges(c, p->root, &carried);
	else
		carried = p->root;
	if (status != SHEAF_OK)
		return status;
	if (!carried)
		carried = p->root;
	depth = fts_depth(carried);
	if (depth && depth <= PLAN_FTS_DEPTH && !loses_positions(p, carried, 1)) {
		p->exact = 1;
		write_fts(p, carried, &phrases);
	} else {
		use_flat(p);
	}
	return buf_status(&p->fts, c->err);
}

sheaf_status plan_make(const tokens_config *config, const sheaf_query *query, plan *p,
                       sheaf_error *err)
{
	build_context c = {config, p, err, SHEAF_OK, 0};

	p->root = query ? build(&c, query, 1, 1.0) : NULL;
	if (c.status != SHEAF_OK)
		return c.status;
	if (!p->root) {
		p->root = new_node(&c, PLAN_NONE, 0);
		if (!p->root)
			return c.status;
	}
	return p->root->type == PLAN_NONE ? SHEAF_OK : choose(&c);
}

void plan_free(plan *p)
{
	leaf_words_free(&p->words);
	buf_free(&p->fts);
	mem_free(p->leaves);
	arena_free(&p->arena);
	memset(p, 0, sizeof *p);
}

/* An expression with its private bytes in readable form. */
static void readable(buf *out, const char *fts)
{
	for (; *fts; fts++) {
		switch (*fts) {
		case MODE_TOKENS: break;
		case TOKEN_STEM: buf_putc(out, '~'); break;
		case TOKEN_NAME: buf_putc(out, '@'); break;
		case TOKENS_NEXT: buf_puts(out, fts[-1] == MODE_TOKENS ? "" : " "); break;
		case TOKENS_SAME: buf_putc(out, '|'); break;
		case TOKEN_BOOLEAN: break;
		default: buf_putc(out, *fts);
		}
	}
}

static void describe_ranges(const plan_node *n, buf *out)
{
	if (n->type == PLAN_RANGE) {
		char text[TIME_TEXT_SIZE] = "";

		buf_printf(out, "  keep: %s from ", field_get(n->field)->name);
		if (n->begin != INT64_MIN)
			time_format_iso(n->begin, text);
		buf_puts(out, text[0] ? text : "the beginning");
		text[0] = 0;
		if (n->end != INT64_MAX)
			time_format_iso(n->end, text);
		buf_printf(out, " to %s\n", text[0] ? text : "the end");
	}
	for (size_t i = 0; i < n->count; i++)
		describe_ranges(n->sub[i], out);
}

void plan_describe(const plan *p, buf *out)
{
	size_t weighted = 0;

	for (size_t i = 0; i < p->leaf_count; i++)
		weighted += p->leaves[i].weighted && p->leaves[i].used;
	if (!p->root || p->root->type == PLAN_NONE) {
		buf_puts(out, "  nothing to look for\n");
		return;
	}
	if (p->fts.len) {
		buf_puts(out, p->exact ? "  find: " : "  candidates: ");
		readable(out, p->fts.data);
		buf_putc(out, '\n');
	}
	if (!p->exact)
		buf_puts(out, "  test each candidate against the whole query\n");
	if (p->residual)
		describe_ranges(p->residual, out);
	if (p->sweep)
		buf_puts(out, "  then walk all other documents, newest first\n");
	if (weighted)
		buf_printf(out, "  rank: BM25 over %zu %s, best first, ties by newest\n", weighted,
		           weighted == 1 ? "term" : "terms");
	else
		buf_puts(out, "  order: newest first (no term carries weight)\n");
}

/*
 * plan.h: how a query is run: an FTS5 expression that finds candidates, and what is left to test on
 * each.
 */
#ifndef PLAN_H
#define PLAN_H

#include "arena.h"
#include "leaf.h"
#include "leaf_tokens.h"
#include "query_private.h"

enum {
	PLAN_FTS_DEPTH =
		24, /* nesting that FTS5's parser takes for certain (it fails from about 30) */
	PLAN_DEPTH_MAX = QUERY_TREE_DEPTH_MAX + 2, /* nesting of a query built through the API */
	PLAN_LEAVES_MAX = 20000,
	PLAN_PAIRS_MAX = 64 /* neighbouring words that are looked at together */
};

typedef enum plan_type {
	PLAN_NONE = 0,
	PLAN_ALL,
	PLAN_LEAF,
	PLAN_RANGE,
	PLAN_SLOT_RANGE,
	PLAN_AND,
	PLAN_OR,
	PLAN_XOR, /* an odd number of `sub` */
	PLAN_AND_NOT
} plan_type;

typedef struct plan_node {
	plan_type          type;
	size_t             leaf;  /* LEAF: its number */
	sheaf_field        field; /* RANGE */
	int64_t            begin, end;
	const sheaf_query *slot;  /* SLOT_RANGE: the slot and its bounds; borrowed */
	size_t             count; /* AND, OR, XOR, AND_NOT: of `sub`; AND_NOT has two */
	struct plan_node **sub;
} plan_node;

typedef struct plan_leaf {
	const char        *fts; /* its own expression */
	const char        *key; /* what tells it from other leaves: two may share an expression */
	leaf_shape         shape;
	const sheaf_query *source;   /* borrowed */
	size_t             first;    /* its first phrase in the plan's expression */
	int                weighted; /* 0: a filter, or negated */
	int    own_term; /* 1: of the caller's terms, which are counted in their column */
	int    used;     /* 0: it stands in a part that can match nothing, and was dropped */
	double factor;   /* of its weight */
	size_t word;     /* of a single word in any field: its place in the plan's words, plus 1 */
	const leaf_tokens *tokens; /* what it looks for; NULL: something else */
} plan_leaf;

/* Two single words that stand side by side in the query, by the numbers of their leaves. */
typedef struct plan_pair {
	size_t a, b;
	double factor; /* how often the query has them so, and the scale above */
} plan_pair;

typedef struct plan {
	arena        arena;
	sheaf_query *rewritten; /* owned; NULL: the query is run as it came */
	plan_node   *root;
	plan_leaf   *leaves;
	size_t       leaf_count, leaf_size;
	plan_pair    pairs[PLAN_PAIRS_MAX];
	size_t       pair_count;
	plan_node   *residual; /* what a candidate must pass beside the expression; NULL: nothing */
	int          exact;    /* 1: the expression is the query, but for ranges in `residual` */
	int          sweep;    /* 1: documents outside the expression can match as well */
	buf          fts;      /* the expression; empty: there is none */
	leaf_words   words;    /* what to highlight */
} plan;

/*
 * Makes a plan. `p` is all-zero; free it with plan_free() whatever the outcome. `query` is
 * borrowed.
 */
sheaf_status plan_make(const tokens_config *config, const sheaf_query *query, plan *p,
                       sheaf_error *err);
/* The first half of it: the tree and its leaves, without the expression. */
sheaf_status plan_build(const tokens_config *config, const sheaf_query *query, plan *p,
                        sheaf_error *err);
void         plan_free(plan *p);
/* In words, a step a line. */
void plan_describe(const plan *p, buf *out);

/* Adds a node with room for `subs` below it. NULL: out of memory. */
plan_node *plan_new_node(plan *p, plan_type type, size_t subs);

#endif

/*
 * plan.h: how a query is run: an FTS5 expression that finds candidates, and what is left to test on
 * each.
 */
#ifndef PLAN_H
#define PLAN_H

#include "arena.h"
#include "leaf.h"
#include "query_private.h"

enum {
	PLAN_FTS_DEPTH =
		24, /* nesting that FTS5's parser takes for certain (it fails from about 30) */
	PLAN_DEPTH_MAX = 256, /* nesting of a query built through the API */
	PLAN_LEAVES_MAX = 20000
};

typedef enum plan_type {
	PLAN_NONE = 0,
	PLAN_ALL,
	PLAN_LEAF,
	PLAN_RANGE,
	PLAN_AND,
	PLAN_OR,
	PLAN_AND_NOT
} plan_type;

typedef struct plan_node {
	plan_type          type;
	size_t             leaf;  /* LEAF: its number */
	sheaf_field        field; /* RANGE */
	int64_t            begin, end;
	size_t             count; /* AND, OR, AND_NOT: of `sub`; AND_NOT has two */
	struct plan_node **sub;
} plan_node;

typedef struct plan_leaf {
	const char *fts; /* its own expression */
	leaf_shape  shape;
	size_t      first;    /* its first phrase in the plan's expression */
	int         weighted; /* 0: a filter, or negated */
	int         used;     /* 0: it stands in a part that can match nothing, and was dropped */
	double      factor;   /* of its weight */
	size_t family; /* of a single stemmed word in any field: where in the plan's words it is,
	                  plus 1; else 0 */
} plan_leaf;

typedef struct plan {
	arena      arena;
	plan_node *root;
	plan_leaf *leaves;
	size_t     leaf_count, leaf_size;
	plan_node *residual; /* what a candidate must pass beside the expression; NULL: nothing */
	int        exact;    /* 1: the expression is the query, but for ranges in `residual` */
	int        sweep;    /* 1: documents outside the expression can match as well */
	buf        fts;      /* the expression; empty: there is none */
	leaf_words words;    /* what to highlight */
} plan;

/* Makes a plan. `p` is all-zero; free it with plan_free() whatever the outcome. */
sheaf_status plan_make(const tokens_config *config, const sheaf_query *query, plan *p,
                       sheaf_error *err);
void         plan_free(plan *p);
/* In words, a step a line. */
void plan_describe(const plan *p, buf *out);

#endif

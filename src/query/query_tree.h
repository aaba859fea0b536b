/* query_tree.h: nodes of a query tree: making, joining, copying, visiting. */
#ifndef QUERY_TREE_H
#define QUERY_TREE_H

#include "query_private.h"

/* Nodes on their way into an operator. All-zero is an empty list. */
typedef struct query_list {
	sheaf_query **items; /* owned, as are the nodes */
	size_t        count, size;
	int           failed; /* out of memory: something is missing */
} query_list;

/* Takes `node`. NULL, which is what a node that could not be made is, fails the list. */
void query_list_push(query_list *list, sheaf_query *node);
/* Moves everything to the end of `to`. */
void query_list_move(query_list *to, query_list *from);
/* Frees the nodes. */
void query_list_clear(query_list *list);

/* Leaves. NULL: out of memory. */
sheaf_query *query_new_simple(query_type type); /* NOTHING or ALL */
sheaf_query *query_new_term(sheaf_field field, unsigned flags, const char *text, size_t len);
sheaf_query *query_new_range(sheaf_field field, int64_t begin, int64_t end);
sheaf_query *query_new_wildcard(sheaf_field field, const char *pattern, size_t len, unsigned max,
                                sheaf_wildcard_limit limit);
/* `low` and `high`: NULL is open. */
sheaf_query *query_new_slot_range(uint32_t slot, const void *low, size_t low_len, const void *high,
                                  size_t high_len);

/*
 * Operators. They take their operands and answer the simplest tree that means the same:
 * AND and OR are flat, nothing has a single operand, NOTHING and ALL are resolved, and what a
 * conjunction excludes stands in one AND_NOT around it. The lists are empty afterwards.
 * NULL: out of memory (also where a list had failed); the operands are freed then.
 */
sheaf_query *query_and(query_list *list); /* of nothing: ALL */
sheaf_query *query_or(query_list *list);  /* of nothing: NOTHING */
sheaf_query *query_and_not(sheaf_query *base, query_list *excluded);
sheaf_query *query_filter(sheaf_query *base, query_list *filters);
sheaf_query *query_xor(query_list *list); /* of nothing: NOTHING */
sheaf_query *query_maybe(sheaf_query *base, query_list *more);
/*
 * NEAR or PHRASE over a list for which query_can_be_near() holds. A window smaller than the number
 * of operands becomes that number.
 */
sheaf_query *query_near(query_type type, query_list *list, size_t window);
/* SYNONYM over a list for which query_can_be_synonyms() holds; of nothing: NOTHING. */
sheaf_query *query_synonym(query_list *list);
sheaf_query *query_elite(query_list *list, unsigned window);
sheaf_query *query_scale(sheaf_query *node, double factor);

/* 1 where all are whole words or phrases of one text field, and none is a person's name. */
int query_can_be_near(const query_list *list);
/* 1 where all are what SYNONYM can weigh as one term; NOTHING is passed over. */
int query_can_be_synonyms(const query_list *list);

/* A deep copy; NULL: out of memory. */
sheaf_query *query_clone(const sheaf_query *query);

typedef enum query_role {
	QUERY_WEIGHTED, /* adds to the score */
	QUERY_REQUIRED, /* restricts only */
	QUERY_EXCLUDED
} query_role;

/* `factor` is the product of the scales above the leaf. Non-zero stops. */
typedef int (*query_leaf_fn)(void *ctx, const sheaf_query *leaf, query_role role, double factor);

/*
 * Visits the leaves (TERM, WILDCARD, RANGE, SLOT_RANGE) from left to right; answers what `fn`
 * stopped with, else 0. Boolean terms and ranges are never WEIGHTED, but for terms of the caller's.
 */
int query_walk(const sheaf_query *query, query_leaf_fn fn, void *ctx);
/* 1 where no leaf adds to the score: every answer weighs the same. */
int query_is_filter(const sheaf_query *query);
/*
 * The same as the query language sees it, where terms of the caller's are filters, although they
 * may weigh.
 */
int query_restricts(const sheaf_query *query);
/* 1 where terms of `field` are words of text. */
int query_field_is_text(sheaf_field field);

#endif

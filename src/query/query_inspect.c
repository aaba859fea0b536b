/* query_inspect.c: looking into a tree from outside. */
#include <sheaf/query.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "query_tree.h"

static const sheaf_op ops[] = {
	[QUERY_NOTHING] = SHEAF_OP_MATCH_NOTHING,
	[QUERY_ALL] = SHEAF_OP_MATCH_ALL,
	[QUERY_TERM] = SHEAF_OP_TERM,
	[QUERY_RANGE] = SHEAF_OP_RANGE,
	[QUERY_AND] = SHEAF_OP_AND,
	[QUERY_OR] = SHEAF_OP_OR,
	[QUERY_AND_NOT] = SHEAF_OP_AND_NOT,
	[QUERY_FILTER] = SHEAF_OP_FILTER,
	[QUERY_PHRASE] = SHEAF_OP_PHRASE,
	[QUERY_NEAR] = SHEAF_OP_NEAR,
	[QUERY_SCALE] = SHEAF_OP_SCALE_WEIGHT,
	[QUERY_XOR] = SHEAF_OP_XOR,
	[QUERY_MAYBE] = SHEAF_OP_AND_MAYBE,
	[QUERY_SYNONYM] = SHEAF_OP_SYNONYM,
	[QUERY_ELITE] = SHEAF_OP_ELITE_SET,
	[QUERY_WILDCARD] = SHEAF_OP_WILDCARD,
	[QUERY_SLOT_RANGE] = SHEAF_OP_SLOT_RANGE,
};

sheaf_op sheaf_query_get_type(const sheaf_query *query)
{
	return query ? ops[query->type] : SHEAF_OP_MATCH_NOTHING;
}

size_t sheaf_query_get_num_subqueries(const sheaf_query *query)
{
	return query ? query->count : 0;
}

const sheaf_query *sheaf_query_get_subquery(const sheaf_query *query, size_t i)
{
	return query && i < query->count ? query->sub[i] : NULL;
}

static int slot_range_is_empty(const sheaf_query *q)
{
	size_t shorter = q->low_len < q->high_len ? q->low_len : q->high_len;
	int    order;

	if (!q->high)
		return 0;
	/* A slot that is filled holds at least a byte. */
	if (!q->high_len)
		return 1;
	if (!q->low)
		return 0;
	order = memcmp(q->low, q->high, shorter);
	return order > 0 || (!order && q->low_len > q->high_len);
}

int sheaf_query_empty(const sheaf_query *query)
{
	return !query || query->type == QUERY_NOTHING ||
	       (query->type == QUERY_RANGE && query->begin > query->end) ||
	       (query->type == QUERY_SLOT_RANGE && slot_range_is_empty(query));
}

/* A leaf on its way to the caller. */
typedef struct seen_term {
	sheaf_query_term term;
	query_type       type;
	size_t           place; /* from left to right */
	int              again; /* one like it stands before it */
} seen_term;

typedef struct seen_terms {
	seen_term *items;
	size_t     count, size;
} seen_terms;

static int see(void *ctx, const sheaf_query *leaf, query_role role, double factor)
{
	seen_terms *seen = ctx;

	if (leaf->type != QUERY_TERM && leaf->type != QUERY_WILDCARD)
		return 0;
	if (seen->count == seen->size) {
		size_t     size = seen->size ? seen->size * 2 : 16;
		seen_term *grown = mem_realloc_array(seen->items, size, sizeof *grown);

		if (!grown)
			return 1;
		seen->items = grown;
		seen->size = size;
	}
	seen->items[seen->count] = (seen_term){
		.term = {leaf->field, leaf->flags, leaf->text, factor, role == QUERY_EXCLUDED},
		.type = leaf->type,
		.place = seen->count,
	};
	seen->count++;
	return 0;
}

static int compare_terms(const seen_term *a, const seen_term *b)
{
	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	if (a->term.field != b->term.field)
		return a->term.field < b->term.field ? -1 : 1;
	if (a->term.flags != b->term.flags)
		return a->term.flags < b->term.flags ? -1 : 1;
	return strcmp(a->term.text, b->term.text);
}

static int by_term(const void *a, const void *b)
{
	const seen_term *x = a, *y = b;
	int              order = compare_terms(x, y);

	return order ? order : x->place < y->place ? -1 : x->place > y->place;
}

static int by_place(const void *a, const void *b)
{
	const seen_term *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

static void mark_repeated(seen_terms *seen)
{
	if (!seen->count)
		return;
	qsort(seen->items, seen->count, sizeof *seen->items, by_term);
	for (size_t i = 1; i < seen->count; i++)
		seen->items[i].again = !compare_terms(&seen->items[i - 1], &seen->items[i]);
	qsort(seen->items, seen->count, sizeof *seen->items, by_place);
}

sheaf_status sheaf_query_each_term(const sheaf_query *query, int unique, sheaf_query_term_fn fn,
                                   void *ctx, sheaf_error *err)
{
	seen_terms   seen = {NULL, 0, 0};
	sheaf_status status = SHEAF_OK;

	if (!query || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no query or no function");
	if (query_walk(query, see, &seen))
		status = sheaf_nomem(err);
	else if (unique)
		mark_repeated(&seen);
	for (size_t i = 0; status == SHEAF_OK && i < seen.count; i++)
		if (!seen.items[i].again && fn(ctx, &seen.items[i].term))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED,
			                    "stopped by the caller's function");
	mem_free(seen.items);
	return status;
}

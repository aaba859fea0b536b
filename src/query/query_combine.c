/* The operators of query_tree.h: each answers the simplest tree that means the same. */
#include "alloc.h"
#include "query_tree.h"

static int is(const sheaf_query *q, query_type type)
{
	return q->type == type;
}

/* 1 for "everything but …". */
static int is_exclusion(const sheaf_query *q)
{
	return is(q, QUERY_AND_NOT) && is(q->sub[0], QUERY_ALL);
}

/* Moves the operands of `node` from the `first` on to `to`, and frees the rest. */
static void absorb(query_list *to, sheaf_query *node, size_t first)
{
	for (size_t i = first; i < node->count; i++)
		query_list_push(to, node->sub[i]);
	node->count = first;
	sheaf_query_free(node);
}

/* Takes the first operand out of `node`, which is left to be absorbed from 1. */
static sheaf_query *detach(sheaf_query *node)
{
	sheaf_query *first = node->sub[0];

	node->sub[0] = NULL; /* freeing takes NULL */
	return first;
}

/* Frees both lists and answers NULL where one has failed; else an operator over `list`. */
static sheaf_query *node_over(query_type type, query_list *list)
{
	sheaf_query *q = list->failed ? NULL : query_new_simple(type);

	if (!q) {
		query_list_clear(list);
		return NULL;
	}
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->depth >= q->depth)
			q->depth = list->items[i]->depth + 1;
	q->sub = list->items;
	q->count = list->count;
	*list = (query_list){0};
	return q;
}

/* What is left of a flat operator: nothing, its only operand, or a node. */
static sheaf_query *settle(query_type type, query_list *list, query_type when_empty)
{
	sheaf_query *only;

	if (!list->failed && !list->count) {
		query_list_clear(list);
		return query_new_simple(when_empty);
	}
	if (list->failed || list->count > 1)
		return node_over(type, list);
	only = list->items[0];
	list->count = 0;
	query_list_clear(list);
	return only;
}

static sheaf_query *collapse(query_type type, query_list *a, query_list *b)
{
	int failed = a->failed || (b && b->failed);

	query_list_clear(a);
	if (b)
		query_list_clear(b);
	return failed ? NULL : query_new_simple(type);
}

/* Sorts one operand of an AND: what it demands to `in`, what it excludes to `out`. */
static void add_to_and(sheaf_query *q, query_list *in, query_list *out)
{
	if (is(q, QUERY_AND_NOT)) {
		sheaf_query *base = detach(q);

		absorb(out, q, 1);
		q = base;
	}
	if (is(q, QUERY_ALL))
		sheaf_query_free(q);
	else if (is(q, QUERY_AND))
		absorb(in, q, 0);
	else
		query_list_push(in, q);
}

static int has(const query_list *list, query_type type)
{
	for (size_t i = 0; i < list->count; i++)
		if (is(list->items[i], type))
			return 1;
	return 0;
}

sheaf_query *query_and(query_list *list)
{
	query_list   in = {.failed = list->failed}, out = {0};
	sheaf_query *base;

	for (size_t i = 0; i < list->count; i++)
		add_to_and(list->items[i], &in, &out);
	list->count = 0;
	query_list_clear(list);
	if (in.failed || has(&in, QUERY_NOTHING))
		return collapse(QUERY_NOTHING, &in, &out);
	base = settle(QUERY_AND, &in, QUERY_ALL);
	return query_and_not(base, &out);
}

sheaf_query *query_or(query_list *list)
{
	query_list flat = {.failed = list->failed};

	for (size_t i = 0; i < list->count; i++) {
		if (is(list->items[i], QUERY_OR))
			absorb(&flat, list->items[i], 0);
		else if (is(list->items[i], QUERY_NOTHING))
			sheaf_query_free(list->items[i]);
		else
			query_list_push(&flat, list->items[i]);
	}
	list->count = 0;
	query_list_clear(list);
	if (has(&flat, QUERY_ALL))
		return collapse(QUERY_ALL, &flat, NULL);
	return settle(QUERY_OR, &flat, QUERY_NOTHING);
}

sheaf_query *query_and_not(sheaf_query *base, query_list *excluded)
{
	query_list all = {.failed = excluded->failed};

	if (base && is(base, QUERY_AND_NOT)) {
		absorb(&all, base, 0);
	} else {
		query_list_push(&all, base);
	}
	for (size_t i = 0; i < excluded->count; i++) {
		if (is(excluded->items[i], QUERY_NOTHING))
			sheaf_query_free(excluded->items[i]);
		else
			query_list_push(&all, excluded->items[i]);
	}
	excluded->count = 0;
	query_list_clear(excluded);
	if (all.failed || is(all.items[0], QUERY_NOTHING))
		return collapse(QUERY_NOTHING, &all, NULL);
	for (size_t i = 1; i < all.count; i++)
		if (is(all.items[i], QUERY_ALL))
			return collapse(QUERY_NOTHING, &all, NULL);
	return settle(QUERY_AND_NOT, &all, QUERY_NOTHING);
}

/* Sorts one restriction; what it excludes goes to `out`, where it need not be a set of its own. */
static void add_to_filter(sheaf_query *q, query_list *in, query_list *out)
{
	if (is_exclusion(q))
		absorb(out, q, 1);
	else if (is(q, QUERY_ALL))
		sheaf_query_free(q);
	else if (is(q, QUERY_AND))
		absorb(in, q, 0);
	else
		query_list_push(in, q);
}

static int all_filters(const query_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (!query_is_filter(list->items[i]))
			return 0;
	return 1;
}

sheaf_query *query_filter(sheaf_query *base, query_list *filters)
{
	query_list in = {.failed = filters->failed}, out = {0};
	int        plain;

	if (base && is(base, QUERY_FILTER))
		absorb(&in, base, 0);
	else
		query_list_push(&in, base);
	for (size_t i = 0; i < filters->count; i++)
		add_to_filter(filters->items[i], &in, &out);
	filters->count = 0;
	query_list_clear(filters);
	if (in.failed || has(&in, QUERY_NOTHING))
		return collapse(QUERY_NOTHING, &in, &out);
	/* Where nothing has a weight, to filter is to demand. */
	plain = all_filters(&in);
	base = plain ? query_and(&in) : settle(QUERY_FILTER, &in, QUERY_ALL);
	return query_and_not(base, &out);
}

/* Moves the operands of `list` to `to`, those of nested operators of `type` in place of them. */
static void flatten(query_list *to, query_list *list, query_type type)
{
	for (size_t i = 0; i < list->count; i++) {
		if (is(list->items[i], type))
			absorb(to, list->items[i], 0);
		else if (is(list->items[i], QUERY_NOTHING))
			sheaf_query_free(list->items[i]);
		else
			query_list_push(to, list->items[i]);
	}
	to->failed |= list->failed;
	list->count = 0;
	query_list_clear(list);
}

/* Takes all ALLs out of `list`; answers how many there were. */
static size_t take_everything(query_list *list)
{
	size_t kept = 0, count = list->count;

	for (size_t i = 0; i < count; i++) {
		if (is(list->items[i], QUERY_ALL))
			sheaf_query_free(list->items[i]);
		else
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
	return count - kept;
}

sheaf_query *query_xor(query_list *list)
{
	query_list flat = {0}, rest = {0};
	size_t     everything;

	flatten(&flat, list, QUERY_XOR);
	everything = take_everything(&flat);
	if (everything % 2 == 0)
		return settle(QUERY_XOR, &flat, QUERY_NOTHING);
	/* Everything but what an odd number of the others has. */
	query_list_push(&rest, settle(QUERY_XOR, &flat, QUERY_NOTHING));
	return query_and_not(query_new_simple(QUERY_ALL), &rest);
}

/* What cannot add weight is left out. */
sheaf_query *query_maybe(sheaf_query *base, query_list *more)
{
	query_list all = {.failed = more->failed};

	if (base && is(base, QUERY_MAYBE))
		absorb(&all, base, 0);
	else
		query_list_push(&all, base);
	for (size_t i = 0; i < more->count; i++) {
		if (query_is_filter(more->items[i]))
			sheaf_query_free(more->items[i]);
		else
			query_list_push(&all, more->items[i]);
	}
	more->count = 0;
	query_list_clear(more);
	if (all.failed || is(all.items[0], QUERY_NOTHING))
		return collapse(QUERY_NOTHING, &all, NULL);
	return settle(QUERY_MAYBE, &all, QUERY_NOTHING);
}

int query_can_be_near(const query_list *list)
{
	const unsigned barred = SHEAF_TERM_PREFIX | SHEAF_TERM_NAME | SHEAF_TERM_WHOLE;

	for (size_t i = 0; i < list->count; i++) {
		const sheaf_query *q = list->items[i];

		if (!is(q, QUERY_TERM) || !query_field_is_text(q->field) ||
		    q->field != list->items[0]->field || (q->flags & barred))
			return 0;
	}
	return 1;
}

sheaf_query *query_near(query_type type, query_list *list, size_t window)
{
	sheaf_query *q = settle(type, list, QUERY_NOTHING);

	if (q && is(q, type))
		q->window = (unsigned)(window > q->count ? window : q->count);
	return q;
}

int query_can_be_synonyms(const query_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const sheaf_query *q = list->items[i];

		if (!is(q, QUERY_NOTHING) && !is(q, QUERY_TERM) && !is(q, QUERY_WILDCARD) &&
		    !is(q, QUERY_SYNONYM) && !(is(q, QUERY_PHRASE) && q->window <= q->count))
			return 0;
	}
	return 1;
}

sheaf_query *query_synonym(query_list *list)
{
	query_list flat = {0};

	flatten(&flat, list, QUERY_SYNONYM);
	return settle(QUERY_SYNONYM, &flat, QUERY_NOTHING);
}

sheaf_query *query_elite(query_list *list, unsigned window)
{
	query_list   some = {0};
	size_t       everything;
	sheaf_query *q;

	flatten(&some, list, QUERY_NOTHING);
	/* It weighs the least there is, and takes the places that the others leave. */
	everything = take_everything(&some);
	if (everything && some.count < window)
		return collapse(QUERY_ALL, &some, NULL);
	if (some.count <= window)
		return query_or(&some);
	q = settle(QUERY_ELITE, &some, QUERY_NOTHING);
	if (q && is(q, QUERY_ELITE))
		q->window = window;
	return q;
}

sheaf_query *query_scale(sheaf_query *node, double factor)
{
	query_list list = {0};

	if (!node)
		return NULL;
	if (is(node, QUERY_SCALE)) {
		factor *= node->factor;
		if (factor > QUERY_FACTOR_MAX)
			factor = QUERY_FACTOR_MAX;
		node->factor = factor;
		return node;
	}
	if (is(node, QUERY_NOTHING) || is(node, QUERY_ALL) || (factor >= 1 && factor <= 1))
		return node;
	query_list_push(&list, node);
	node = node_over(QUERY_SCALE, &list);
	if (node)
		node->factor = factor;
	return node;
}

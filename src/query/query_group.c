#include "query_group.h"

/* Filters that are a choice where several stand side by side: values, and spans with both ends. */
static int is_choice(const sheaf_query *q)
{
	return q->type == QUERY_TERM ||
	       (q->type == QUERY_RANGE && q->begin != INT64_MIN && q->end != INT64_MAX);
}

/* A filter that stands beside others: one of its field among them is enough. */
static void push_choice(query_group *g, sheaf_query *filter)
{
	sheaf_field field = filter->field;

	if (g->place[field]) {
		query_list_push(&g->choices[field], filter);
	} else {
		query_list_push(&g->filters, filter);
		g->place[field] = g->filters.count;
	}
}

static void push_text(query_group *g, query_list *list, sheaf_query *node)
{
	g->weighted |= !query_is_filter(node);
	query_list_push(list, node);
}

void query_group_add(query_group *g, query_operand o)
{
	if (!o.node)
		return;
	g->demanded |= o.sign == '+';
	if (o.sign == '-')
		query_list_push(&g->excluded, o.node);
	else if (!query_is_filter(o.node) && o.stop)
		query_list_push(&g->stops, o.node);
	else if (!query_is_filter(o.node))
		push_text(g, o.sign == '+' && g->join == SHEAF_OP_OR ? &g->required : &g->text,
		          o.node);
	else if (o.sign != '+' && is_choice(o.node))
		push_choice(g, o.node);
	else
		query_list_push(&g->filters, o.node);
}

void query_group_join(query_group *g, query_operand o)
{
	if (!o.node)
		return;
	g->demanded |= o.sign == '+';
	if (o.sign == '-')
		query_list_push(&g->excluded, o.node);
	else if (o.stop)
		query_list_push(&g->stops, o.node);
	else
		push_text(g, &g->text, o.node);
}

void query_group_exclude(query_group *g, query_operand o)
{
	if (o.node)
		query_list_push(&g->excluded, o.node);
}

void query_group_restrict(query_group *g, query_operand o)
{
	if (o.node)
		query_list_push(&g->filters, o.node);
}

int query_group_add_chain(query_group *g, query_group *chain)
{
	query_operand whole = {.sign = chain->demanded ? '+' : 0};

	/* What is left of such a chain says something about the whole group. */
	if (!chain->text.count && !chain->text.failed) {
		query_list_move(&g->stops, &chain->stops);
		query_list_move(&g->excluded, &chain->excluded);
		return 1;
	}
	if (!query_group_finish(chain, &whole))
		return 0;
	if (whole.node && query_is_filter(whole.node))
		query_group_restrict(g, whole);
	else
		query_group_add(g, whole);
	return 1;
}

int query_group_is_empty(const query_group *g)
{
	return !(g->text.count + g->stops.count + g->required.count + g->filters.count +
	         g->excluded.count);
}

/* Some must occur and the others add weight: any of all, restricted by those that must. */
static sheaf_query *any_but_required(query_group *g)
{
	query_list any = {.failed = g->required.failed};

	if (!g->text.count) {
		query_list_move(&any, &g->required);
		return query_and(&any);
	}
	for (size_t i = 0; i < g->required.count; i++)
		query_list_push(&any, query_clone(g->required.items[i]));
	query_list_move(&any, &g->text);
	return query_filter(query_or(&any), &g->required);
}

/* The part that has a weight; NULL where it is empty or memory ran out. */
static sheaf_query *finish_text(query_group *g)
{
	if (g->required.count)
		return any_but_required(g);
	if (!g->text.count)
		return NULL;
	return g->join == SHEAF_OP_OR ? query_or(&g->text) : query_and(&g->text);
}

static void clear(query_group *g)
{
	query_list *lists[] = {&g->text, &g->stops, &g->required, &g->filters, &g->excluded};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		query_list_clear(lists[i]);
	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		query_list_clear(&g->choices[i]);
}

static int has_failed(const query_group *g)
{
	int failed = g->text.failed | g->stops.failed | g->required.failed | g->filters.failed |
	             g->excluded.failed;

	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		failed |= g->choices[i].failed;
	return failed;
}

/* Puts the alternatives of each filter beside it. */
static void join_choices(query_group *g)
{
	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++) {
		query_list any = {0};

		if (!g->choices[i].count)
			continue;
		query_list_push(&any, g->filters.items[g->place[i] - 1]);
		query_list_move(&any, &g->choices[i]);
		g->filters.items[g->place[i] - 1] = query_or(&any);
		g->filters.failed |= !g->filters.items[g->place[i] - 1];
	}
}

/* Text, filters around it, then what is excluded. The group is not empty and has not failed. */
static sheaf_query *assemble(query_group *g)
{
	int          has_text = g->text.count + g->required.count > 0;
	sheaf_query *base = finish_text(g);

	if (!has_text)
		base = query_and(&g->filters); /* everything, where there are none */
	else if (g->filters.count)
		base = query_filter(base, &g->filters);
	return query_and_not(base, &g->excluded);
}

int query_group_finish(query_group *g, query_operand *result)
{
	int ok = !has_failed(g);

	*result = (query_operand){.sign = result->sign};
	if (ok && !query_group_is_empty(g)) {
		result->stop = !(g->text.count + g->required.count + g->filters.count +
		                 g->excluded.count);
		if (!g->weighted)
			query_list_move(&g->text, &g->stops);
		join_choices(g);
		if (!has_failed(g))
			result->node = assemble(g);
		ok = result->node != NULL;
	}
	clear(g);
	return ok;
}

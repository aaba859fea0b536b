#include "query_group.h"

#include "alloc.h"

/* Filters that are a choice where several stand side by side: values, and spans with both ends. */
static int is_choice(const sheaf_query *q)
{
	return q->type == QUERY_TERM ||
	       (q->type == QUERY_RANGE && q->begin != INT64_MIN && q->end != INT64_MAX);
}

static query_choice *new_choice(query_group *g, unsigned number)
{
	if (g->choice_count == g->choice_size) {
		size_t        size = g->choice_size ? g->choice_size * 2 : 4;
		query_choice *grown = mem_realloc_array(g->choices, size, sizeof *grown);

		if (!grown) {
			g->failed = 1;
			return NULL;
		}
		g->choices = grown;
		g->choice_size = size;
	}
	g->choices[g->choice_count] = (query_choice){.number = number, .place = g->filters.count};
	return &g->choices[g->choice_count++];
}

/* A filter that stands beside others: one of its kind among them is enough. */
static void push_choice(query_group *g, sheaf_query *filter, unsigned number)
{
	for (size_t i = 0; i < g->choice_count; i++) {
		if (g->choices[i].number == number) {
			query_list_push(&g->choices[i].others, filter);
			return;
		}
	}
	if (new_choice(g, number))
		query_list_push(&g->filters, filter);
	else
		sheaf_query_free(filter);
}

static void push_text(query_group *g, query_list *list, sheaf_query *node)
{
	g->weighted |= !query_restricts(node);
	query_list_push(list, node);
}

/* Where any of the words is enough. */
static int joins_any(sheaf_op op)
{
	return op == SHEAF_OP_OR || op == SHEAF_OP_ELITE_SET || op == SHEAF_OP_SYNONYM;
}

void query_group_add(query_group *g, query_operand o)
{
	if (!o.node)
		return;
	g->demanded |= o.sign == '+';
	if (o.sign == '-')
		query_list_push(&g->excluded, o.node);
	else if (!query_restricts(o.node) && o.stop)
		query_list_push(&g->stops, o.node);
	else if (!query_restricts(o.node))
		push_text(g, o.sign == '+' && joins_any(g->join) ? &g->required : &g->text, o.node);
	else if (o.sign != '+' && o.choice != QUERY_NO_CHOICE && is_choice(o.node))
		push_choice(g, o.node, o.choice ? o.choice : (unsigned)o.node->field);
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

int query_group_add_chain(query_group *g, query_group *chain, query_list *dropped)
{
	query_operand whole = {.sign = chain->demanded ? '+' : 0};

	/* What is left of such a chain says something about the whole group. */
	if (!chain->text.count && !chain->text.failed) {
		query_list_move(&g->stops, &chain->stops);
		query_list_move(&g->excluded, &chain->excluded);
		return 1;
	}
	if (!query_group_finish(chain, &whole, dropped))
		return 0;
	if (whole.node && query_restricts(whole.node))
		query_group_restrict(g, whole);
	else
		query_group_add(g, whole);
	return 1;
}

int query_group_has_words(const query_group *g)
{
	return g->text.count + g->required.count + g->filters.count + g->excluded.count > 0;
}

int query_group_is_empty(const query_group *g)
{
	return !query_group_has_words(g) && !g->stops.count;
}

static sheaf_query *elite(query_list *list)
{
	return query_elite(list, QUERY_ELITE_DEFAULT);
}

static sheaf_query *synonym(query_list *list)
{
	return list->failed || query_can_be_synonyms(list) ? query_synonym(list) : query_or(list);
}

static sheaf_query *close_by(query_type type, query_list *list)
{
	if (list->failed || !query_can_be_near(list))
		return query_and(list);
	return query_near(type, list, QUERY_WINDOW_DEFAULT + list->count - 1);
}

static sheaf_query *near(query_list *list)
{
	return close_by(QUERY_NEAR, list);
}

static sheaf_query *phrase(query_list *list)
{
	return close_by(QUERY_PHRASE, list);
}

/* How juxtaposed words are joined. */
static sheaf_query *(*const joins[])(query_list *list) = {
	[SHEAF_OP_AND] = query_and,   [SHEAF_OP_OR] = query_or, [SHEAF_OP_ELITE_SET] = elite,
	[SHEAF_OP_SYNONYM] = synonym, [SHEAF_OP_NEAR] = near,   [SHEAF_OP_PHRASE] = phrase,
};

int query_group_joins(sheaf_op op)
{
	return (size_t)op < sizeof joins / sizeof *joins && joins[op];
}

/* `*` beside what must occur says nothing. */
static void drop_everything(query_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i]->type == QUERY_ALL)
			sheaf_query_free(list->items[i]);
		else
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

/* Some must occur and the others add weight: any of all, restricted by those that must. */
static sheaf_query *any_but_required(query_group *g)
{
	query_list any = {.failed = g->required.failed};

	drop_everything(&g->text);
	if (!g->text.count) {
		query_list_move(&any, &g->required);
		return query_and(&any);
	}
	for (size_t i = 0; i < g->required.count; i++)
		query_list_push(&any, query_clone(g->required.items[i]));
	query_list_move(&any, &g->text);
	return query_filter(joins[g->join](&any), &g->required);
}

/* The part that has a weight; NULL where it is empty or memory ran out. */
static sheaf_query *finish_text(query_group *g)
{
	if (g->required.count)
		return any_but_required(g);
	return g->text.count ? joins[g->join](&g->text) : NULL;
}

static void clear(query_group *g)
{
	query_list *lists[] = {&g->text, &g->stops, &g->required, &g->filters, &g->excluded};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		query_list_clear(lists[i]);
	for (size_t i = 0; i < g->choice_count; i++)
		query_list_clear(&g->choices[i].others);
	mem_free(g->choices);
	g->choices = NULL;
	g->choice_count = g->choice_size = 0;
}

static int has_failed(const query_group *g)
{
	int failed = g->failed | g->text.failed | g->stops.failed | g->required.failed |
	             g->filters.failed | g->excluded.failed;

	for (size_t i = 0; i < g->choice_count; i++)
		failed |= g->choices[i].others.failed;
	return failed;
}

/* Puts the alternatives of each filter beside it. */
static void join_choices(query_group *g)
{
	for (size_t i = 0; i < g->choice_count; i++) {
		query_choice *choice = &g->choices[i];
		query_list    any = {0};

		if (!choice->others.count)
			continue;
		query_list_push(&any, g->filters.items[choice->place]);
		query_list_move(&any, &choice->others);
		g->filters.items[choice->place] = query_or(&any);
		g->filters.failed |= !g->filters.items[choice->place];
	}
}

/* Takes both; where `base` restricts, too, all are alike. */
static sheaf_query *restrict_by(sheaf_query *base, query_list *filters)
{
	query_list all = {0};

	if (base && !query_restricts(base))
		return query_filter(base, filters);
	query_list_push(&all, base);
	query_list_move(&all, filters);
	return query_and(&all);
}

/* Text, filters around it, then what is excluded. The group is not empty and has not failed. */
static sheaf_query *assemble(query_group *g)
{
	int          has_text = g->text.count + g->required.count > 0;
	sheaf_query *base = finish_text(g);

	if (!has_text)
		base = query_and(&g->filters); /* everything, where there are none */
	else if (g->filters.count)
		base = restrict_by(base, &g->filters);
	return query_and_not(base, &g->excluded);
}

int query_group_finish(query_group *g, query_operand *result, query_list *dropped)
{
	int ok = !has_failed(g);

	*result = (query_operand){.sign = result->sign};
	if (ok && !query_group_is_empty(g)) {
		result->stop = !(g->text.count + g->required.count + g->filters.count +
		                 g->excluded.count);
		query_list_move(g->weighted ? dropped : &g->text, &g->stops);
		join_choices(g);
		if (!has_failed(g))
			result->node = assemble(g);
		ok = result->node != NULL;
	}
	clear(g);
	return ok;
}

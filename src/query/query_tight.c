/* query_tight.c: the tight end of the grammar: operands, and the operators that bind them first. */
#include <string.h>

#include "query_grammar_private.h"

/* How the operators of a chain are put together. */
typedef struct tight_joint {
	const char *name;
	int (*fits)(const query_list *list); /* NULL: anything does */
	const char *needs;                   /* else, in a note */
	sheaf_query *(*join)(query_list *list, unsigned window);
	sheaf_query *(*instead)(query_list *list);
	const char *instead_name;
} tight_joint;

/* The cost of looking for words near each other grows with the square of their number. */
enum { NEAR_OPERANDS_MAX = 16 };

static int can_be_near(const query_list *list)
{
	return list->count <= NEAR_OPERANDS_MAX && query_can_be_near(list);
}

static sheaf_query *join_near(query_list *list, unsigned distance)
{
	return query_near(QUERY_NEAR, list, (size_t)distance + list->count - 1);
}

static sheaf_query *join_adjacent(query_list *list, unsigned distance)
{
	return query_near(QUERY_PHRASE, list, (size_t)distance + list->count - 1);
}

static sheaf_query *join_synonyms(query_list *list, unsigned window)
{
	(void)window;
	return query_synonym(list);
}

static sheaf_query *join_maybe(query_list *list, unsigned window)
{
	sheaf_query *base = list->items[0];

	(void)window;
	memmove(list->items, list->items + 1, --list->count * sizeof *list->items);
	return query_maybe(base, list);
}

static const tight_joint joints[] = {
	[TOKEN_NEAR] = {"NEAR", can_be_near, "up to 16 whole words", join_near, query_and, "AND"},
	[TOKEN_ADJ] = {"ADJ", can_be_near, "up to 16 whole words", join_adjacent, query_and, "AND"},
	[TOKEN_SYNONYM] = {"SYNONYM", query_can_be_synonyms, "words and phrases", join_synonyms,
                           query_or, "OR"},
	[TOKEN_MAYBE] = {"AND_MAYBE", NULL, NULL, join_maybe, NULL, NULL},
	[TOKEN_ELITE] = {"ELITE", NULL, NULL, query_elite, NULL, NULL},
};

static const tight_joint *joint_of(token_type type)
{
	return (size_t)type < sizeof joints / sizeof *joints && joints[type].name ? &joints[type]
	                                                                          : NULL;
}

/* Multiplies an operand's weight; a filter has none. */
static void weigh(grammar *g, query_operand *o, double factor)
{
	if (!o->node || factor < 0 || query_restricts(o->node))
		return;
	o->node = query_scale(o->node, factor);
	g->failed |= !o->node;
}

static query_operand read_group(grammar *g)
{
	const query_scope outer = g->scope;
	char              sign = g->token.sign;
	query_operand     inner;

	if (g->token.field || g->token.name)
		g->scope = (query_scope){g->token.field, g->token.name};
	g->depth++;
	grammar_advance(g);
	inner = g->flags & SHEAF_FLAG_ARXIV ? grammar_read_rightward(g) : grammar_read_any(g);
	inner.sign = sign;
	g->scope = outer;
	g->depth--;
	if (g->token.type == TOKEN_CLOSE) {
		weigh(g, &inner, g->token.factor);
		grammar_advance(g);
	}
	return inner;
}

/* An operator that nobody would miss, where an operand is wanted, is the word that it says. */
static void be_word(query_token *t)
{
	if (t->type == TOKEN_XOR || t->type == TOKEN_SYNONYM)
		t->type = TOKEN_WORD;
}

/* An operand; one without a node where there is nothing to search for, or no operand. */
static query_operand read_operand(grammar *g)
{
	query_operand o = {0};

	be_word(&g->token);
	if (g->token.type == TOKEN_OPEN)
		return read_group(g);
	if (!grammar_at_operand(g))
		return o;
	if (!query_leaf(g->qp, g->flags, &g->token, &g->scope, &o))
		g->failed = 1;
	weigh(g, &o, g->token.factor);
	grammar_advance(g);
	return o;
}

/* Joins what a chain of one operator has gathered; the list is empty afterwards. */
static sheaf_query *join_chain(grammar *g, const tight_joint *joint, query_list *list,
                               unsigned window)
{
	sheaf_query *q;

	if (!list->count) {
		g->failed |= list->failed;
		query_list_clear(list);
		return NULL;
	}
	if (list->failed || !joint->fits || joint->fits(list)) {
		q = joint->join(list, window);
	} else {
		query_note(g->qp, "%s joins %s of one field: taken as %s", joint->name,
		           joint->needs, joint->instead_name);
		q = joint->instead(list);
	}
	g->failed |= !q;
	return q;
}

/* The rest of a chain of one operator behind its first operand; the widest distance holds. */
static query_operand read_chain(grammar *g, const tight_joint *joint, query_operand first)
{
	const token_type type = g->token.type;
	query_list       list = {0};
	unsigned         window = 0;

	if (first.node)
		query_list_push(&list, first.node);
	while (g->token.type == type) {
		query_operand next;

		if (g->token.window > window)
			window = g->token.window;
		grammar_advance(g);
		next = read_operand(g);
		if (next.node)
			query_list_push(&list, next.node);
	}
	return (query_operand){.node = join_chain(g, joint, &list, window), .sign = first.sign};
}

query_operand grammar_read_tight(grammar *g)
{
	query_operand      o = read_operand(g);
	const tight_joint *joint;

	while ((joint = joint_of(g->token.type)) && !g->failed) {
		/* SYNONYM at the end is a word. */
		if (g->token.type == TOKEN_SYNONYM && !(o.node && grammar_leads_on(g)))
			break;
		o = read_chain(g, joint, o);
	}
	return o;
}

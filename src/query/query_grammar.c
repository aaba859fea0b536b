#include "query_grammar.h"

#include <string.h>

#include "query_date.h"
#include "query_group.h"
#include "query_leaf.h"
#include "query_lexer.h"
#include "query_parser_private.h"

typedef struct grammar {
	sheaf_query_parser *qp;
	unsigned            flags;
	query_lexer         lexer;
	query_token         token;       /* the one to be read next */
	int                 after_group; /* it stands behind ) or * */
	unsigned            depth;       /* open parentheses */
	size_t              flat;   /* those opened beyond QUERY_DEPTH_MAX, which group nothing */
	const field_info   *field;  /* of the group around it; NULL: none */
	int                 failed; /* out of memory */
} grammar;

static query_operand read_any(grammar *g);

static void advance(grammar *g)
{
	const query_token *t = &g->token;

	g->after_group = t->type == TOKEN_CLOSE ||
	                 (t->type == TOKEN_WORD && t->len == 1 && *t->text == '*');
	for (;;) {
		query_lexer_next(&g->lexer, &g->token);
		if (t->type == TOKEN_OPEN && g->depth >= QUERY_DEPTH_MAX)
			g->flat++;
		else if (t->type == TOKEN_CLOSE && g->flat)
			g->flat--;
		else if (t->type != TOKEN_CLOSE || g->depth)
			return;
	}
}

static int at_operand(const grammar *g)
{
	return g->token.type == TOKEN_WORD || g->token.type == TOKEN_PHRASE ||
	       g->token.type == TOKEN_OPEN;
}

static int ends_side(const grammar *g)
{
	return g->token.type == TOKEN_OR || g->token.type == TOKEN_CLOSE ||
	       g->token.type == TOKEN_END;
}

/* Multiplies an operand's weight; a filter has none. */
static void weigh(grammar *g, query_operand *o, double factor)
{
	if (!o->node || factor < 0 || query_is_filter(o->node))
		return;
	o->node = query_scale(o->node, factor);
	g->failed |= !o->node;
}

static query_operand read_group(grammar *g)
{
	const field_info *outer = g->field;
	char              sign = g->token.sign;
	query_operand     inner;

	if (g->token.field)
		g->field = g->token.field;
	g->depth++;
	advance(g);
	inner = read_any(g);
	inner.sign = sign;
	g->field = outer;
	g->depth--;
	if (g->token.type == TOKEN_CLOSE) {
		weigh(g, &inner, g->token.factor);
		advance(g);
	}
	return inner;
}

/* An operand; one without a node where there is nothing to search for, or no operand. */
static query_operand read_operand(grammar *g)
{
	query_operand o = {0};

	if (g->token.type == TOKEN_OPEN)
		return read_group(g);
	if (!at_operand(g))
		return o;
	if (!query_leaf(g->qp, g->flags, &g->token, g->field, &o))
		g->failed = 1;
	weigh(g, &o, g->token.factor);
	advance(g);
	return o;
}

static query_operand read_near(grammar *g)
{
	query_operand first = read_operand(g);
	query_list    list = {0};
	unsigned      window = 0;
	int           near;

	if (g->token.type != TOKEN_NEAR)
		return first;
	if (first.node)
		query_list_push(&list, first.node);
	while (g->token.type == TOKEN_NEAR) {
		query_operand next;

		if (g->token.window > window)
			window = g->token.window;
		advance(g);
		next = read_operand(g);
		if (next.node)
			query_list_push(&list, next.node);
	}
	first = (query_operand){.sign = first.sign};
	g->failed |= list.failed;
	if (!list.count)
		return first;
	near = query_can_be_near(&list);
	if (!near)
		query_note(g->qp, "NEAR joins whole words of one field: taken as AND");
	first.node = near ? query_near(QUERY_NEAR, &list, window) : query_and(&list);
	g->failed |= !first.node;
	return first;
}

/* Passes AND and NOT; 1 where a NOT was among them. */
static int read_links(grammar *g)
{
	int negated = 0;

	while (g->token.type == TOKEN_AND || g->token.type == TOKEN_NOT) {
		negated |= g->token.type == TOKEN_NOT;
		advance(g);
	}
	return negated;
}

/* The rest of a chain of explicit ANDs and NOTs, into `to`. */
static void read_links_into(grammar *g, query_group *to, query_operand first, int negated)
{
	for (;;) {
		if (negated)
			query_group_exclude(to, first);
		else
			query_group_join(to, first);
		if (g->token.type != TOKEN_AND && g->token.type != TOKEN_NOT)
			return;
		negated = read_links(g);
		first = read_near(g);
	}
}

/* Where words join by OR, a chain is one operand of its own. */
static void read_own_chain(grammar *g, query_group *side, query_operand first, int negated)
{
	query_group chain = {.join = SHEAF_OP_AND};

	read_links_into(g, &chain, first, negated);
	g->failed |= !query_group_add_chain(side, &chain);
}

static void read_chain(grammar *g, query_group *side)
{
	int           negated = read_links(g);
	query_operand first = read_near(g);
	int           linked = g->token.type == TOKEN_AND || g->token.type == TOKEN_NOT;

	if (!linked && negated)
		query_group_exclude(side, first);
	else if (!linked)
		query_group_add(side, first);
	else if (side->join == SHEAF_OP_AND)
		read_links_into(g, side, first, negated);
	else
		read_own_chain(g, side, first, negated);
}

static int is_filter_token(const grammar *g, const query_token *t)
{
	int64_t begin, end;

	if (t->type != TOKEN_WORD && t->type != TOKEN_PHRASE)
		return 0;
	if (!t->field)
		return t->len == 1 && *t->text == '*';
	return t->field->kind == FIELD_BOOLEAN ||
	       (t->field->kind == FIELD_VALUE &&
	        query_date_parse(t->text, t->len, g->qp->now, &begin, &end));
}

/* 1 where what comes next, or what is in the parentheses that open there, begins with a filter. */
static int leads_to_filter(const grammar *g)
{
	query_lexer ahead = g->lexer;
	query_token t;

	do
		query_lexer_next(&ahead, &t);
	while (t.type == TOKEN_OPEN);
	return is_filter_token(g, &t);
}

static int is_filter_word(const grammar *g)
{
	const query_token *t = &g->token;

	return t->type == TOKEN_WORD && t->len == 6 && memcmp(t->text, "FILTER", 6) == 0 &&
	       t->begin == t->text && !t->sign && t->factor < 0 && g->depth &&
	       (g->flags & SHEAF_FLAG_BOOLEAN);
}

/*
 * Descriptions write `(text FILTER cat:cs.NE)`, and are to be read back. The word is an operator
 * only where they have it: in parentheses, behind a group or before a filter. Elsewhere
 * KALMAN FILTER is what it says. 1 where it was read, with its operands.
 */
static int read_filters(grammar *g, query_group *side)
{
	if (!is_filter_word(g) || query_group_is_empty(side) ||
	    !(g->after_group || leads_to_filter(g)))
		return 0;
	while (is_filter_word(g)) {
		advance(g);
		query_group_restrict(side, read_near(g));
	}
	return 1;
}

static query_operand read_side(grammar *g)
{
	query_group   side = {.join = g->qp->join};
	query_operand result = {0};

	while (!ends_side(g))
		if (!read_filters(g, &side))
			read_chain(g, &side);
	g->failed |= !query_group_finish(&side, &result);
	return result;
}

static query_operand read_any(grammar *g)
{
	query_list    sides = {0}, stops = {0};
	query_operand result = {0};

	for (;;) {
		query_operand side = read_side(g);

		if (side.node)
			query_list_push(side.stop ? &stops : &sides, side.node);
		if (g->token.type != TOKEN_OR)
			break;
		advance(g);
	}
	g->failed |= sides.failed | stops.failed;
	result.stop = !sides.count && stops.count;
	if (result.stop)
		query_list_move(&sides, &stops);
	query_list_clear(&stops);
	if (!sides.count)
		return result;
	result.node = query_or(&sides);
	g->failed |= !result.node;
	return result;
}

sheaf_query *query_grammar_run(sheaf_query_parser *qp, const char *text, unsigned flags)
{
	grammar       g = {.qp = qp, .flags = flags};
	query_operand whole;

	query_lexer_init(&g.lexer, text, flags);
	advance(&g);
	whole = read_any(&g);
	if (g.failed) {
		sheaf_query_free(whole.node);
		return NULL;
	}
	return whole.node ? whole.node : query_new_simple(QUERY_NOTHING);
}

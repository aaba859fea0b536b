#include "query_grammar.h"

#include <string.h>

#include "query_date.h"
#include "query_grammar_private.h"
#include "words.h"

void grammar_advance(grammar *g)
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

static int begins_operand(token_type type)
{
	return type == TOKEN_WORD || type == TOKEN_PHRASE || type == TOKEN_OPEN;
}

int grammar_at_operand(const grammar *g)
{
	return begins_operand(g->token.type);
}

/* 1 for NOT and ANDNOT, AND. */
static int at_link(const grammar *g)
{
	return g->token.type == TOKEN_AND || g->token.type == TOKEN_NOT;
}

int grammar_leads_on(const grammar *g)
{
	query_lexer ahead = g->lexer;
	query_token t;

	query_lexer_next(&ahead, &t);
	return begins_operand(t.type) || t.type == TOKEN_NOT;
}

/* XOR without words before and behind it is a word itself: the XOR problem. */
static int divides(const grammar *g, const query_group *side)
{
	return g->token.type == TOKEN_XOR && query_group_has_words(side) && grammar_leads_on(g);
}

static int ends_side(const grammar *g, const query_group *side)
{
	return g->token.type == TOKEN_OR || g->token.type == TOKEN_CLOSE ||
	       g->token.type == TOKEN_END || divides(g, side);
}

/* Passes AND and NOT; 1 where a NOT was among them. */
static int read_links(grammar *g)
{
	int negated = 0;

	while (at_link(g)) {
		negated ^= g->token.type == TOKEN_NOT;
		grammar_advance(g);
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
		if (!at_link(g))
			return;
		negated = read_links(g);
		first = grammar_read_tight(g);
	}
}

/* Where words join otherwise, a chain is one operand of its own. */
static void read_own_chain(grammar *g, query_group *side, query_operand first, int negated)
{
	query_group chain = {.join = SHEAF_OP_AND};

	read_links_into(g, &chain, first, negated);
	g->failed |= !query_group_add_chain(side, &chain, &g->dropped);
}

static void read_chain(grammar *g, query_group *side)
{
	int           negated = read_links(g);
	query_operand first = grammar_read_tight(g);
	int           linked = at_link(g);

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
		grammar_advance(g);
		query_group_restrict(side, grammar_read_tight(g));
	}
	return 1;
}

static query_operand read_side(grammar *g)
{
	query_group   side = {.join = g->qp->join};
	query_operand result = {0};

	while (!g->failed && !ends_side(g, &side))
		if (!read_filters(g, &side))
			read_chain(g, &side);
	g->failed |= !query_group_finish(&side, &result, &g->dropped);
	return result;
}

/* Operands of one operator; those of stop words alone count only where there are no others. */
static query_operand read_sides(grammar *g, token_type joint, query_operand (*read)(grammar *g),
                                sheaf_query *(*join)(query_list *list))
{
	query_list    sides = {0}, stops = {0};
	query_operand result = {0};

	for (;;) {
		query_operand side = read(g);

		if (side.node)
			query_list_push(side.stop ? &stops : &sides, side.node);
		if (g->token.type != joint)
			break;
		grammar_advance(g);
	}
	g->failed |= sides.failed | stops.failed;
	result.stop = !sides.count && stops.count;
	query_list_move(result.stop ? &sides : &g->dropped, &stops);
	if (!sides.count) {
		query_list_clear(&sides);
		return result;
	}
	result.node = join(&sides);
	g->failed |= !result.node;
	return result;
}

static query_operand read_exclusive(grammar *g)
{
	return read_sides(g, TOKEN_XOR, read_side, query_xor);
}

query_operand grammar_read_any(grammar *g)
{
	return read_sides(g, TOKEN_OR, read_exclusive, query_or);
}

static int keep_word(void *ctx, const word *w)
{
	buf_append(ctx, w->text, w->len);
	buf_putc(ctx, 0);
	return 0;
}

static int keep_stop_word(void *ctx, const sheaf_query *leaf, query_role role, double factor)
{
	words_sink sink = {ctx, keep_word, NULL};

	(void)role, (void)factor;
	words_split(leaf->text, strlen(leaf->text), WORDS_PROSE, &sink);
	return 0;
}

/* Remembers the stop words that were dropped. */
static void keep_dropped(grammar *g)
{
	for (size_t i = 0; i < g->dropped.count; i++)
		query_walk(g->dropped.items[i], keep_stop_word, &g->qp->stopped);
	g->failed |= g->dropped.failed;
	query_list_clear(&g->dropped);
}

sheaf_query *query_grammar_run(sheaf_query_parser *qp, const char *text, unsigned flags)
{
	grammar       g = {.qp = qp, .flags = flags};
	query_operand whole;

	query_lexer_init(&g.lexer, text, flags, &qp->names);
	grammar_advance(&g);
	whole = flags & SHEAF_FLAG_ARXIV ? grammar_read_rightward(&g) : grammar_read_any(&g);
	keep_dropped(&g);
	if (g.failed) {
		sheaf_query_free(whole.node);
		return NULL;
	}
	return whole.node ? whole.node : query_new_simple(QUERY_NOTHING);
}

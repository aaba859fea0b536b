/*
 * query_rightward.c: operators as arXiv's API has them: all bind alike, a chain groups to the
 * right, and what stands merely side by side is joined by OR.
 */
#include "alloc.h"
#include "query_grammar_private.h"

/* An operand, and how it is joined to what stands to the left of it. */
typedef struct link {
	token_type    joint; /* AND, OR, XOR or NOT */
	query_operand operand;
} link;

typedef struct chain {
	link  *links;
	size_t count, size;
	int    words; /* some operand is more than stop words */
} chain;

static void push(grammar *g, chain *c, token_type joint, query_operand o)
{
	if (c->count == c->size) {
		size_t size = c->size ? c->size * 2 : 8;
		link  *grown = mem_realloc_array(c->links, size, sizeof *grown);

		if (!grown) {
			g->failed = 1;
			sheaf_query_free(o.node);
			return;
		}
		c->links = grown;
		c->size = size;
	}
	c->words |= !o.stop;
	c->links[c->count++] = (link){joint, o};
}

static int is_joint(token_type type)
{
	return type == TOKEN_AND || type == TOKEN_OR || type == TOKEN_NOT || type == TOKEN_XOR;
}

/*
 * Passes operators; of several in a row the last counts, but for NOT, which stays with its operand.
 * XOR without operands on both sides is left, as a word.
 */
static token_type read_joint(grammar *g, int first, int *negated)
{
	token_type joint = TOKEN_OR;
	int        seen = 0;

	*negated = 0;
	for (; is_joint(g->token.type); grammar_advance(g), seen = 1) {
		token_type type = g->token.type;

		if (type == TOKEN_XOR && (first || seen || !grammar_leads_on(g)))
			break;
		if (type == TOKEN_NOT && seen && (joint == TOKEN_OR || joint == TOKEN_XOR))
			*negated = 1;
		else if (type != TOKEN_AND || joint != TOKEN_NOT)
			joint = type;
	}
	return joint;
}

/* Everything but what the operand finds. */
static sheaf_query *all_but(sheaf_query *node)
{
	query_list list = {0};

	query_list_push(&list, node);
	return query_and_not(query_new_simple(QUERY_ALL), &list);
}

/* 1 where the `i`-th operand is a stop word that nothing hangs on. */
static int is_dropped(const chain *c, size_t i)
{
	return c->words && c->links[i].operand.stop && c->links[i].joint != TOKEN_NOT &&
	       (i + 1 == c->count || c->links[i + 1].joint != TOKEN_NOT);
}

static void drop_stop_words(grammar *g, chain *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->count; i++)
		if (is_dropped(c, i)) {
			query_list_push(&g->dropped, c->links[i].operand.node);
			c->links[i].operand.node = NULL;
		}
	for (size_t i = 0; i < c->count; i++)
		if (c->links[i].operand.node)
			c->links[kept++] = c->links[i];
	c->count = kept;
}

static sheaf_query *take_node(chain *c, size_t i)
{
	sheaf_query *node = c->links[i].operand.node;

	c->links[i].operand.node = NULL;
	return node;
}

/* Joins the operands from `begin` up to `end` with `rest`, which stands to the right of them. */
static sheaf_query *join_run(chain *c, size_t begin, size_t end, token_type joint,
                             sheaf_query *rest)
{
	query_list list = {0};

	if (joint == TOKEN_NOT) {
		query_list_push(&list, rest);
		return query_and_not(take_node(c, begin), &list);
	}
	for (size_t i = begin; i < end; i++)
		query_list_push(&list, take_node(c, i));
	query_list_push(&list, rest);
	return joint == TOKEN_AND   ? query_and(&list)
	       : joint == TOKEN_XOR ? query_xor(&list)
	                            : query_or(&list);
}

/*
 * Folds the chain from its right end. Where it would nest deeper than parentheses may, the rest is
 * joined by OR.
 */
static sheaf_query *fold(grammar *g, chain *c)
{
	size_t       end = c->count ? c->count - 1 : 0;
	sheaf_query *all = c->count ? take_node(c, end) : NULL;

	while (end && all) {
		token_type joint = c->links[end].joint;
		size_t     begin = end - 1;
		int        deep = all->depth >= QUERY_DEPTH_MAX && joint != TOKEN_OR;

		if (deep)
			query_note(g->qp,
			           "operators nested deeper than %d: the first are taken as OR",
			           QUERY_DEPTH_MAX);
		while (begin && (deep || (joint != TOKEN_NOT && c->links[begin].joint == joint)))
			begin--;
		all = join_run(c, begin, end, deep ? TOKEN_OR : joint, all);
		end = begin;
	}
	g->failed |= c->count && !all;
	return all;
}

static void free_chain(chain *c)
{
	for (size_t i = 0; i < c->count; i++)
		sheaf_query_free(c->links[i].operand.node);
	mem_free(c->links);
}

/* Sorts an operand: what has a sign says something about the whole. */
static void take(grammar *g, chain *c, query_group *whole, token_type joint, query_operand o)
{
	if (o.sign)
		query_group_add(whole, o);
	else if (o.node)
		push(g, c, joint, o);
}

query_operand grammar_read_rightward(grammar *g)
{
	query_group   whole = {.join = SHEAF_OP_OR};
	query_operand result = {0}, rest = {0};
	chain         c = {NULL, 0, 0, 0};

	while (g->token.type != TOKEN_END && g->token.type != TOKEN_CLOSE && !g->failed) {
		int           negated;
		token_type    joint = read_joint(g, !c.count, &negated);
		query_operand o = grammar_read_tight(g);

		if (o.node && (negated || (joint == TOKEN_NOT && !c.count))) {
			o.node = all_but(o.node);
			g->failed |= !o.node;
		}
		take(g, &c, &whole, joint, o);
	}
	rest.stop = !c.words;
	drop_stop_words(g, &c);
	rest.node = fold(g, &c);
	free_chain(&c);
	query_group_join(&whole, rest);
	g->failed |= !query_group_finish(&whole, &result, &g->dropped);
	return result;
}

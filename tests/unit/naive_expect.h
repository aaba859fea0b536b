/* naive_expect.h: what a session must answer: which papers, in which order, with which weights. */
#ifndef NAIVE_EXPECT_H
#define NAIVE_EXPECT_H

#include "naive_ask.h"

enum { NAIVE_PAIRS_BEST = 100 }; /* neighbouring words count in so many of the best */

typedef enum naive_order {
	NAIVE_BY_RELEVANCE,
	NAIVE_BY_VALUE,
	NAIVE_BY_VALUE_THEN_RELEVANCE,
	NAIVE_BY_RELEVANCE_THEN_VALUE
} naive_order;

typedef struct run_options {
	sheaf_revision after, until;
	double         cutoff;
	int            percent;
	naive_order    order;
	sheaf_field    sort;
	int            by_slot, reverse, oldest;
} run_options;

typedef struct expectation {
	const world *w;
	run_options  o;
	naive_node  *root;
	sheaf_query *query; /* as it is asked */
	double       possible;
	int          matches[NAIVE_PAPERS];
	int          either[NAIVE_PAPERS]; /* rounding decides whether neighbours count in it */
	naive_worth  worth[NAIVE_PAPERS];
	int64_t      count;
} expectation;

static inline int close_to(double a, double b)
{
	return fabs(a - b) <= 1e-9 * (1 + fabs(a) + fabs(b));
}

static inline void complain(const expectation *x, const char *what, double got, double right)
{
	char *text = NULL;

	sheaf_query_get_description(x->query, &text, NULL);
	fail_msg("%s: %.17g, not %.17g (SHEAF_TEST_SEED=%#llx): %s", what, got, right,
	         (unsigned long long)x->w->seed, text ? text : "");
}

/* ---- order ---- */

/* Below 0 where the value of `a` comes first: the largest, what has none last. */
static inline int naive_compare_values(const expectation *x, const naive_paper *a,
                                       const naive_paper *b)
{
	int     order;
	int64_t one, two;

	if (x->o.by_slot) {
		if (!a->slot_len || !b->slot_len)
			return !a->slot_len - !b->slot_len;
		order = naive_compare_bytes(a->slot, a->slot_len, b->slot, b->slot_len);
		return x->o.reverse ? order : -order;
	}
	one = naive_date(a, x->o.sort);
	two = naive_date(b, x->o.sort);
	if (one == two)
		return 0;
	if (one == SHEAF_TIME_NONE || two == SHEAF_TIME_NONE)
		return one == SHEAF_TIME_NONE ? 1 : -1;
	return (one > two) != (x->o.reverse != 0) ? -1 : 1;
}

/* Below 0 where `a`, of weight `aw`, comes first. */
static inline int naive_compare(const expectation *x, const naive_paper *a, double aw,
                                const naive_paper *b, double bw)
{
	int weights = (aw < bw) - (aw > bw), values = 0, order = 0;

	if (x->o.order != NAIVE_BY_RELEVANCE)
		values = naive_compare_values(x, a, b);
	if (x->o.order == NAIVE_BY_RELEVANCE || x->o.order == NAIVE_BY_RELEVANCE_THEN_VALUE)
		order = weights;
	if (!order)
		order = values;
	if (!order && x->o.order == NAIVE_BY_VALUE_THEN_RELEVANCE)
		order = weights;
	if (order)
		return order;
	order = (a->revision < b->revision) - (a->revision > b->revision);
	if (x->o.oldest)
		order = -order;
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* ---- what is expected ---- */

static inline int naive_by_order(const expectation *x, size_t a, size_t b)
{
	const naive_paper *papers = x->w->corpus.papers;

	return naive_compare(x, &papers[a], x->worth[a].weight, &papers[b], x->worth[b].weight);
}

/* How many matches come before paper `i`, without neighbours. */
static inline size_t naive_rank(const expectation *x, size_t i, int count_close)
{
	size_t n = 0;

	for (size_t j = 0; j < x->w->corpus.count; j++) {
		if (!x->matches[j] || i == j)
			continue;
		if (close_to(x->worth[j].weight, x->worth[i].weight))
			n += (size_t)count_close;
		else
			n += naive_by_order(x, j, i) < 0;
	}
	return n;
}

/* Neighbours count where the order is by relevance and no weight decides what matches. */
static inline int naive_has_pairs(const expectation *x)
{
	return x->o.cutoff <= 0 && !x->o.percent &&
	       (x->o.order == NAIVE_BY_RELEVANCE || x->o.order == NAIVE_BY_RELEVANCE_THEN_VALUE);
}

static inline void naive_forget_pairs(expectation *x)
{
	for (size_t i = 0; i < x->w->corpus.count; i++)
		x->worth[i].bonus = 0;
}

/* Then they count in the best. */
static inline void naive_settle_pairs(expectation *x)
{
	for (size_t i = 0; i < x->w->corpus.count; i++) {
		if (!x->matches[i] || x->worth[i].bonus <= 0)
			continue;
		if (naive_rank(x, i, 0) >= NAIVE_PAIRS_BEST)
			x->worth[i].bonus = 0;
		else if (naive_rank(x, i, 1) >= NAIVE_PAIRS_BEST)
			x->either[i] = 1;
	}
}

static inline int is_in_revisions(const naive_paper *p, const run_options *o)
{
	return p->alive && p->revision > o->after && (!o->until || p->revision <= o->until);
}

/* Sums what the terms can weigh, each once. */
static inline double naive_possible(const naive_node *n)
{
	double sum = n->is_leaf && n->weighted ? n->weight : 0;

	if (n->constant != NAIVE_VARIES)
		return 0;
	for (size_t i = 0; i < n->count; i++)
		sum += naive_possible(n->sub[i]);
	return sum;
}

/*
 * The percentage of a weight, unrounded; the best document decides what of. -1: two are the best.
 */
static inline double naive_percent(const expectation *x, double weight)
{
	double best = 0, share = 0;

	for (size_t i = 0; i < x->w->corpus.count; i++) {
		double own = x->worth[i].weight + x->worth[i].bonus;

		if (!x->matches[i])
			continue;
		if (own > 0 && close_to(own, best) && !close_to(share, x->worth[i].share))
			return -1;
		if (own > best) {
			best = own;
			share = x->worth[i].share;
		}
	}
	return best > 0 && x->possible > 0 ? 100 * share / x->possible * weight / best : 100;
}

/* A number so near the edge of rounding that it would be no fair test. */
static inline int is_on_the_edge(double percent)
{
	return fabs(percent - floor(percent) - 0.5) < 1e-6 || percent < 0;
}

/* Drops what weighs too little; 0 where rounding decides. */
static inline int naive_cut(expectation *x)
{
	size_t count = x->w->corpus.count;
	double percent[NAIVE_PAPERS];

	for (size_t i = 0; x->o.cutoff > 0 && i < count; i++) {
		if (x->matches[i] && close_to(x->worth[i].weight, x->o.cutoff))
			return 0;
		x->matches[i] &= x->worth[i].weight >= x->o.cutoff;
	}
	for (size_t i = 0; x->o.percent > 0 && i < count; i++) {
		percent[i] = x->matches[i] ? naive_percent(x, x->worth[i].weight) : 0;
		if (x->matches[i] && is_on_the_edge(percent[i]))
			return 0;
	}
	/* Whatever matches has one percent. */
	for (size_t i = 0; x->o.percent > 1 && i < count; i++)
		x->matches[i] &= percent[i] + 0.5 >= x->o.percent;
	return 1;
}

/*
 * 0 where it would be no fair test. `x` has the query and options; what a query is without weight
 * is told.
 */
static inline int expect(expectation *x)
{
	const naive_corpus *c = &x->w->corpus;
	naive_scorer        s = {.c = c, .average = naive_average_length(c)};
	size_t              terms;
	int                 fair;

	naive_find_same(c, x->root);
	s.k1 = naive_k1(c, x->root, &terms);
	x->possible = naive_possible(x->root);
	if (x->o.order == NAIVE_BY_RELEVANCE && !terms) {
		x->o.order = NAIVE_BY_VALUE;
		x->o.sort = SHEAF_FIELD_DATE;
	}
	for (size_t i = 0; i < c->count; i++)
		x->matches[i] = is_in_revisions(&c->papers[i], &x->o) &&
		                naive_match(&s, x->root, i, &x->worth[i]);
	if (!naive_has_pairs(x))
		naive_forget_pairs(x);
	fair = naive_cut(x);
	for (size_t i = 0; i < c->count; i++)
		x->count += x->matches[i];
	naive_settle_pairs(x);
	return fair;
}

#endif

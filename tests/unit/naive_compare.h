/* naive_compare.h: runs a random query both ways, and fails where the answers differ. */
#ifndef NAIVE_COMPARE_H
#define NAIVE_COMPARE_H

#include "naive_expect.h"

/* ---- the set, by the tree as it was asked for ---- */

static inline int naive_holds(const world *w, const naive_ask *a, unsigned char *set);

/* 0 where the leaf is an error. */
static inline int naive_hold_leaf(const world *w, const naive_ask *a, unsigned char *set)
{
	const naive_corpus *c = &w->corpus;
	naive_scorer        s = {.c = c, .k1 = 1, .average = 1};
	sheaf_query        *q = naive_to_sheaf(a);
	naive_node         *n;
	naive_worth         worth;
	int                 holds = naive_rewrite(c, &q);

	n = holds ? naive_build(c, q, 1, 1) : NULL;
	for (size_t i = 0; holds && i < c->count; i++)
		set[i] = c->papers[i].alive && naive_match(&s, n, i, &worth);
	naive_free(n);
	sheaf_query_free(q);
	return holds;
}

/* 0 where weights decide the set, or a leaf that is an error was left out. */
static inline int naive_hold_op(const world *w, const naive_ask *a, unsigned char *set)
{
	unsigned char first[NAIVE_PAPERS] = {0}, sub[NAIVE_PAPERS];
	unsigned      matching[NAIVE_PAPERS] = {0};

	if (a->op == SHEAF_OP_ELITE_SET && a->count > a->window)
		return 0;
	for (size_t j = 0; j < a->count; j++) {
		if (!naive_holds(w, a->sub[j], sub))
			return 0;
		for (size_t i = 0; i < w->corpus.count; i++) {
			matching[i] += sub[i];
			first[i] = j ? first[i] : sub[i];
		}
	}
	for (size_t i = 0; i < w->corpus.count; i++)
		switch (a->op) {
		case SHEAF_OP_OR:
		case SHEAF_OP_ELITE_SET: set[i] = matching[i] > 0; break;
		case SHEAF_OP_XOR: set[i] = matching[i] % 2; break;
		case SHEAF_OP_AND_NOT: set[i] = first[i] && matching[i] == 1; break;
		case SHEAF_OP_AND_MAYBE: set[i] = first[i]; break;
		default: set[i] = w->corpus.papers[i].alive && matching[i] == a->count;
		}
	return 1;
}

static inline int naive_holds(const world *w, const naive_ask *a, unsigned char *set)
{
	if (a->scale)
		return naive_holds(w, a->sub[0], set);
	if (!a->leaf)
		return naive_hold_op(w, a, set);
	return naive_hold_leaf(w, a, set);
}

static inline void compare_with_asked(const expectation *x, const naive_ask *a)
{
	unsigned char set[NAIVE_PAPERS];

	if (x->o.cutoff > 0 || x->o.percent > 0 || !naive_holds(x->w, a, set))
		return;
	for (size_t i = 0; i < x->w->corpus.count; i++)
		if ((set[i] && is_in_revisions(&x->w->corpus.papers[i], &x->o)) != x->matches[i])
			complain(x, "as simplified, a paper is in the set", x->matches[i], set[i]);
}

/* ---- one answer against the other ---- */

static inline size_t paper_of(const naive_corpus *c, sheaf_docid docid)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->papers[i].alive && c->papers[i].docid == docid)
			return i;
	fail_msg("no paper %d", (int)docid);
	return 0;
}

/*
 * Weights of papers of different lengths that are the same by the formula differ by rounding at
 * some step of the sum: no order of them is wrong.
 */
static inline int is_rounded(const naive_paper *a, const naive_paper *b)
{
	double difference = naive_length(a) - naive_length(b);

	return difference < 0 || difference > 0;
}

static inline void compare_item(const expectation *x, sheaf_mset *mset, size_t i)
{
	const naive_paper *papers = x->w->corpus.papers;
	size_t             at = paper_of(&x->w->corpus, sheaf_mset_get_docid(mset, i)), before;
	double             weight = sheaf_mset_get_weight(mset, i);
	double             right = x->worth[at].weight + x->worth[at].bonus, last;

	if (!x->matches[at])
		complain(x, "a paper that does not match", (double)at, 0);
	if (!close_to(weight, right) && !(x->either[at] && close_to(weight, x->worth[at].weight)))
		complain(x, "weight", weight, right);
	assert_int_equal(sheaf_mset_get_revision(mset, i), papers[at].revision);
	if (!i)
		return;
	before = paper_of(&x->w->corpus, sheaf_mset_get_docid(mset, i - 1));
	last = sheaf_mset_get_weight(mset, i - 1);
	if (naive_compare(x, &papers[before], last, &papers[at], weight) >= 0 &&
	    !(close_to(weight, last) && is_rounded(&papers[before], &papers[at])))
		complain(x, "order at", (double)i, 0);
}

static inline void compare_percents(const expectation *x, sheaf_mset *mset)
{
	for (size_t i = 0; i < x->w->corpus.count; i++)
		if (x->either[i])
			return;
	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		double weight = sheaf_mset_get_weight(mset, i), right = naive_percent(x, weight);
		int    percent = sheaf_mset_get_percent(mset, i);

		if (is_on_the_edge(right))
			continue;
		right = right < 1 ? 1 : floor(right + 0.5);
		if (percent < right || percent > right)
			complain(x, "percent", percent, right);
	}
}

static inline void compare_answer(const expectation *x, sheaf_mset *mset)
{
	double best = 0;

	if (sheaf_mset_get_matches_estimated(mset) != x->count)
		complain(x, "matches", (double)sheaf_mset_get_matches_estimated(mset),
		         (double)x->count);
	assert_int_equal(sheaf_mset_size(mset), x->count);
	assert_true(sheaf_mset_matches_exact(mset));
	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		compare_item(x, mset, i);
		best = fmax(best, sheaf_mset_get_weight(mset, i));
	}
	if (!close_to(sheaf_mset_get_max_attained(mset), best))
		complain(x, "best weight", sheaf_mset_get_max_attained(mset), best);
	if (sheaf_mset_get_max_possible(mset) < best * (1 - 1e-12))
		complain(x, "possible weight", sheaf_mset_get_max_possible(mset), best);
	compare_percents(x, mset);
}

/* Any part of the answer is the same part of the whole answer. */
static inline void compare_page(world *w, const expectation *x, sheaf_enquire *enquire,
                                sheaf_mset *whole)
{
	size_t      first = below(w, 12), most = 1 + below(w, 10), size = sheaf_mset_size(whole);
	size_t      left = first < size ? size - first : 0;
	sheaf_mset *page;

	must(sheaf_enquire_get_mset(enquire, first, most, &page, NULL), NULL);
	assert_int_equal(sheaf_mset_size(page), left < most ? left : most);
	assert_int_equal(sheaf_mset_get_firstitem(page), first);
	assert_int_equal(sheaf_mset_get_matches_estimated(page), size);
	for (size_t i = 0; i < sheaf_mset_size(page); i++)
		if (sheaf_mset_get_docid(page, i) != sheaf_mset_get_docid(whole, first + i) ||
		    !close_to(sheaf_mset_get_weight(page, i),
		              sheaf_mset_get_weight(whole, first + i)) ||
		    sheaf_mset_get_percent(page, i) != sheaf_mset_get_percent(whole, first + i))
			complain(x, "item of a page", (double)i, (double)(first + i));
	sheaf_mset_free(page);
}

typedef struct naive_sum {
	double weight, bonus;
} naive_sum;

static inline int naive_add_up(void *ctx, const sheaf_matching_term *term)
{
	naive_sum *sum = ctx;

	assert_true(!term->filter || term->weight <= 0);
	sum->weight += term->weight;
	sum->bonus += term->adjacency ? term->weight : 0;
	return 0;
}

/* What each part of the query adds to a document adds up to its weight. */
static inline void compare_explanation(world *w, const expectation *x, sheaf_enquire *enquire,
                                       sheaf_mset *mset)
{
	size_t    i;
	naive_sum sum = {0, 0};

	if (!sheaf_mset_size(mset))
		return;
	i = below(w, sheaf_mset_size(mset));
	must(sheaf_enquire_each_matching_term(enquire, sheaf_mset_get_docid(mset, i), naive_add_up,
	                                      &sum, NULL),
	     NULL);
	if (!close_to(sum.weight, sheaf_mset_get_weight(mset, i)))
		complain(x, "explained weight", sum.weight, sheaf_mset_get_weight(mset, i));
}

/* ---- sessions ---- */

static inline run_options naive_any_options(world *w)
{
	static const sheaf_field sorts[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                    SHEAF_FIELD_DATE};
	run_options              o = {.order = NAIVE_BY_RELEVANCE, .sort = SHEAF_FIELD_DATE};

	if (!below(w, 2)) {
		o.order = (naive_order)(1 + below(w, 3));
		o.sort = sorts[below(w, 3)];
		o.by_slot = !below(w, 3);
		o.reverse = below(w, 2) != 0;
	}
	o.oldest = !below(w, 4);
	if (!below(w, 6))
		o.after = below(w, w->corpus.count / w->databases);
	if (!below(w, 6))
		o.until = o.after + 1 + below(w, w->corpus.count / w->databases);
	if (!below(w, 9))
		o.cutoff = 0.1 + 0.01 * below(w, 300);
	else if (!below(w, 9))
		o.percent = below(w, 4) ? (int)below(w, 101) : 1;
	return o;
}

static inline void naive_set_order(sheaf_enquire *enquire, const run_options *o)
{
	if (o->order == NAIVE_BY_VALUE)
		sheaf_enquire_set_sort_by_value(enquire, o->sort, o->reverse);
	if (o->order == NAIVE_BY_VALUE_THEN_RELEVANCE)
		sheaf_enquire_set_sort_by_value_then_relevance(enquire, o->sort, o->reverse);
	if (o->order == NAIVE_BY_RELEVANCE_THEN_VALUE)
		sheaf_enquire_set_sort_by_relevance_then_value(enquire, o->sort, o->reverse);
	if (o->by_slot)
		sheaf_enquire_set_sort_slot(enquire, NAIVE_SLOT, o->reverse);
	sheaf_enquire_set_docid_order(enquire,
	                              o->oldest ? SHEAF_DOCID_ASCENDING : SHEAF_DOCID_DESCENDING);
	sheaf_enquire_set_cutoff(enquire, o->cutoff);
	sheaf_enquire_set_cutoff_percent(enquire, o->percent);
	sheaf_enquire_set_revision_range(enquire, o->after, o->until);
}

static inline void naive_set_weighting(world *w, sheaf_enquire *enquire)
{
	naive_corpus *c = &w->corpus;

	c->weighting = (sheaf_weighting){1.2, 0.75, 0.3, 0.25, 0.3};
	c->boolean = 0;
	for (int i = 0; i < NAIVE_COLUMNS; i++)
		c->weight[i] = naive_columns[i].weight;
	if (!below(w, 4)) {
		c->weighting = (sheaf_weighting){0.25 * below(w, 12), 0.25 * below(w, 5),
		                                 0.25 * below(w, 5), 0.25 * below(w, 5),
		                                 0.25 * below(w, 5)};
		must(sheaf_enquire_set_weighting(enquire, &c->weighting, NULL), NULL);
	} else if (!below(w, 12)) {
		c->boolean = 1;
		sheaf_enquire_set_bool_weighting(enquire);
	}
	for (int i = 0; !below(w, 4) && i < NAIVE_COLUMNS; i++) {
		c->weight[i] = 0.5 * below(w, 9);
		sheaf_enquire_set_field_weight(enquire, naive_columns[i].field, c->weight[i]);
	}
}

/* A wildcard for too many words is an error, and nothing else is. */
static inline int naive_run(sheaf_enquire *enquire, expectation *x, int expected, sheaf_mset **mset)
{
	sheaf_error  err;
	sheaf_status status = sheaf_enquire_get_mset(enquire, 0, SIZE_MAX, mset, &err);

	if (expected)
		must(status, &err);
	else if (status != SHEAF_ERROR_INVALID_ARGUMENT)
		complain(x, "status for too many words", status, SHEAF_ERROR_INVALID_ARGUMENT);
	return status == SHEAF_OK;
}

/* Where a test looks at more of an answer. */
typedef void (*naive_look_fn)(world *w, const expectation *x, sheaf_mset *mset);

/* Runs a query with any options, and frees it; 0 where it is no fair test. */
static inline int naive_try(world *w, naive_ask *a, sheaf_match_spy *const *spies,
                            naive_look_fn look)
{
	sheaf_query   *query = naive_to_sheaf(a), *rewritten = NULL;
	expectation    x = {.w = w, .o = naive_any_options(w), .query = query};
	sheaf_enquire *enquire;
	sheaf_mset    *mset;
	int            fair = 1, runs;

	must(sheaf_enquire_new(w->db[0], &enquire, NULL), NULL);
	naive_set_weighting(w, enquire);
	naive_set_order(enquire, &x.o);
	for (size_t i = 0; spies && spies[i]; i++)
		must(sheaf_enquire_add_matchspy(enquire, spies[i], NULL), NULL);
	must(sheaf_query_copy(query, &rewritten, NULL), NULL);
	runs = naive_rewrite(&w->corpus, &rewritten);
	sheaf_enquire_set_query(enquire, query);
	if (runs) {
		x.root = naive_build(&w->corpus, rewritten, !w->corpus.boolean, 1);
		fair = expect(&x);
	}
	if (fair && naive_run(enquire, &x, runs, &mset)) {
		compare_answer(&x, mset);
		compare_with_asked(&x, a);
		compare_page(w, &x, enquire, mset);
		compare_explanation(w, &x, enquire, mset);
		if (look)
			look(w, &x, mset);
		sheaf_mset_free(mset);
	}
	naive_free(x.root);
	sheaf_query_free(rewritten);
	sheaf_enquire_free(enquire);
	naive_ask_free(a);
	return fair;
}

#endif

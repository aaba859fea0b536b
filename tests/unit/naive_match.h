/*
 * naive_match.h: which papers a query finds and what they weigh, by the definition: every leaf is
 * looked for in every paper, every part of the tree is decided on its own.
 */
#ifndef NAIVE_MATCH_H
#define NAIVE_MATCH_H

#include "naive_rewrite.h"

/* A part that is everything, or nothing, whatever the papers. */
typedef enum naive_constant { NAIVE_VARIES, NAIVE_EVERYTHING, NAIVE_NOTHING } naive_constant;

/* A part of a query, with what is known of a leaf. */
typedef struct naive_node {
	sheaf_query        *q; /* of the query at hand */
	struct naive_node **sub;
	size_t              count;
	query_type          type; /* that of `q`; OR for an elite set */
	naive_constant      constant;
	int                 is_leaf, weighted;
	double              factor; /* of the parts around it, too */
	double             *tf;     /* of a leaf, by paper */
	unsigned char      *present;
	double              documents, occurrences, weight;
	naive_leaf          leaf;
	double *pair_idf;        /* of a group: of each part with the next one, once it is known */
	struct naive_node *same; /* the first of a group that asks for the same; itself */
} naive_node;

/* What of a paper's weight comes from where. */
typedef struct naive_worth {
	double weight, bonus, share;
} naive_worth;

static inline void naive_free(naive_node *n)
{
	for (size_t i = 0; n && i < n->count; i++)
		naive_free(n->sub[i]);
	if (n) {
		free(n->sub);
		free(n->tf);
		free(n->present);
		free(n->pair_idf);
		naive_leaf_clear(&n->leaf);
		free(n);
	}
}

static inline int naive_is_leaf(const sheaf_query *q)
{
	return q->type == QUERY_TERM || q->type == QUERY_PHRASE || q->type == QUERY_NEAR ||
	       q->type == QUERY_SYNONYM;
}

/* Boolean terms never weigh. */
static inline int naive_is_category(const sheaf_query *q)
{
	return q->type == QUERY_TERM && q->field == SHEAF_FIELD_CATEGORY;
}

static inline int naive_is_text(const sheaf_query *q)
{
	return q->type != QUERY_TERM ||
	       (q->field != SHEAF_FIELD_CATEGORY && q->field != SHEAF_FIELD_TERM);
}

static inline double naive_idf(const naive_corpus *c, double df)
{
	return log(1 + (naive_documents(c) - df + 0.5) / (df + 0.5));
}

/* ---- leaves ---- */

static inline int naive_has_category(const naive_paper *p, const char *name)
{
	for (unsigned i = 0; i < NAIVE_CATEGORIES; i++)
		if (p->categories >> i & 1 && strcmp(naive_category(i), name) == 0)
			return 1;
	return 0;
}

/* The frequency of one of the caller's terms; -1 where it is not there. */
static inline int naive_own_frequency(const naive_paper *p, const char *name)
{
	for (unsigned i = 0; i < NAIVE_OWN_TERMS; i++)
		if (strcmp(naive_own_term(i), name) == 0)
			return p->own[i];
	return -1;
}

static inline void naive_look_for_text(const naive_corpus *c, naive_node *n, size_t i)
{
	for (int column = 0; column < NAIVE_COLUMNS; column++) {
		double found = (double)naive_count(c, &n->leaf, &c->papers[i], column);

		n->present[i] |= found > 0;
		n->tf[i] += c->weight[column] * found;
		n->occurrences += naive_columns[column].weight * found;
	}
}

static inline void naive_look(const naive_corpus *c, naive_node *n, size_t i)
{
	const naive_paper *p = &c->papers[i];
	int                own;

	if (!p->alive)
		return;
	if (naive_is_category(n->q)) {
		n->present[i] = (unsigned char)naive_has_category(p, n->q->text);
	} else if (!naive_is_text(n->q)) {
		own = naive_own_frequency(p, n->q->text);
		n->present[i] = own >= 0;
		n->tf[i] = own > 0 ? own : 0;
		n->occurrences += n->tf[i];
	} else {
		naive_look_for_text(c, n, i);
	}
	n->documents += n->present[i];
}

static inline double naive_burst(const naive_corpus *c, const naive_node *n)
{
	if (n->occurrences <= n->documents || c->weighting.burst <= 0)
		return 1;
	return pow(n->occurrences / n->documents, c->weighting.burst);
}

static inline void naive_prepare_leaf(const naive_corpus *c, naive_node *n)
{
	n->tf = calloc(NAIVE_PAPERS, sizeof *n->tf);
	n->present = calloc(NAIVE_PAPERS, 1);
	assert_true(n->tf && n->present);
	if (naive_is_text(n->q))
		naive_take_apart(c, n->q, &n->leaf);
	for (size_t i = 0; i < c->count; i++)
		naive_look(c, n, i);
	n->weighted &= !naive_is_category(n->q) && n->factor > 0;
	if (n->weighted)
		n->weight = n->factor * naive_idf(c, n->documents) * naive_burst(c, n);
}

/* ---- trees ---- */

static inline naive_node *naive_build(const naive_corpus *c, sheaf_query *q, int weighted,
                                      double factor);

static inline double naive_add_most(const naive_corpus *c, const naive_node *n)
{
	double sum = 0;

	if (n->is_leaf)
		return n->weighted && n->documents > 0 ? n->factor * naive_idf(c, n->documents) : 0;
	for (size_t i = 0; i < n->count; i++)
		sum += naive_add_most(c, n->sub[i]);
	return sum;
}

/* What a part of an elite set can add at most, wherever that stands. */
static inline double naive_most(const naive_corpus *c, const naive_node *n)
{
	naive_node *alone = naive_build(c, n->q, 1, 1);
	double      sum = naive_add_most(c, alone);

	naive_free(alone);
	return sum;
}

/* Leaves the heaviest parts, of equals the earlier ones. */
static inline void naive_choose(const naive_corpus *c, naive_node *n)
{
	while (n->count > n->q->window) {
		size_t lightest = 0;

		for (size_t i = 1; i < n->count; i++)
			if (naive_most(c, n->sub[i]) <= naive_most(c, n->sub[lightest]))
				lightest = i;
		naive_free(n->sub[lightest]);
		n->count--;
		memmove(n->sub + lightest, n->sub + lightest + 1,
		        (n->count - lightest) * sizeof *n->sub);
	}
	n->type = QUERY_OR;
}

static inline naive_constant naive_find_constant(const naive_node *n)
{
	naive_constant first = n->count ? n->sub[0]->constant : NAIVE_VARIES;
	size_t         everything = 0, nothing = 0;

	for (size_t i = 0; i < n->count; i++) {
		naive_constant sub = n->sub[i]->constant;

		everything += sub == NAIVE_EVERYTHING;
		nothing += sub == NAIVE_NOTHING;
	}
	switch (n->type) {
	case QUERY_ALL: return NAIVE_EVERYTHING;
	case QUERY_NOTHING: return NAIVE_NOTHING;
	case QUERY_RANGE: return n->q->begin > n->q->end ? NAIVE_NOTHING : NAIVE_VARIES;
	case QUERY_AND:
	case QUERY_FILTER:
		return nothing                  ? NAIVE_NOTHING
		       : everything == n->count ? NAIVE_EVERYTHING
		                                : NAIVE_VARIES;
	case QUERY_OR:
		return everything            ? NAIVE_EVERYTHING
		       : nothing == n->count ? NAIVE_NOTHING
		                             : NAIVE_VARIES;
	case QUERY_AND_NOT:
		if (first == NAIVE_NOTHING || everything > (first == NAIVE_EVERYTHING))
			return NAIVE_NOTHING;
		return nothing == n->count - 1 ? first : NAIVE_VARIES;
	case QUERY_MAYBE:
		return first == NAIVE_NOTHING || nothing == n->count - 1 ? first : NAIVE_VARIES;
	case QUERY_SCALE: return first;
	default: return NAIVE_VARIES;
	}
}

static inline naive_node *naive_build(const naive_corpus *c, sheaf_query *q, int weighted,
                                      double factor)
{
	naive_node *n = calloc(1, sizeof *n);

	assert_non_null(n);
	*n = (naive_node){.q = q,
	                  .type = q->type,
	                  .is_leaf = naive_is_leaf(q),
	                  .weighted = weighted,
	                  .factor = factor,
	                  .same = n};
	if (n->is_leaf) {
		naive_prepare_leaf(c, n);
		return n;
	}
	n->sub = calloc(q->count + 1, sizeof *n->sub);
	assert_non_null(n->sub);
	for (size_t i = 0; i < q->count; i++) {
		int adds = !i || (q->type != QUERY_AND_NOT && q->type != QUERY_FILTER);

		n->sub[n->count++] = naive_build(c, q->sub[i], weighted && adds,
		                                 q->type == QUERY_SCALE ? factor * q->factor
		                                                        : factor);
	}
	if (q->type == QUERY_ELITE)
		naive_choose(c, n);
	n->constant = naive_find_constant(n);
	return n;
}

/* ---- terms and neighbours ---- */

/* The leaf that a part comes down to; NULL: it is more than one. */
static inline naive_node *naive_only_leaf(naive_node *n)
{
	naive_constant neutral = n->type == QUERY_AND || n->type == QUERY_FILTER ? NAIVE_EVERYTHING
	                                                                         : NAIVE_NOTHING;
	naive_node    *only = NULL;

	if (n->is_leaf)
		return n;
	for (size_t i = 0; i < n->count && n->type != QUERY_XOR; i++) {
		if (n->sub[i]->constant == neutral)
			continue;
		if (only || (i && (n->type == QUERY_AND_NOT || n->type == QUERY_MAYBE)))
			return NULL;
		only = n->sub[i];
	}
	return only ? naive_only_leaf(only) : NULL;
}

/* Do two leaves look for the same, by the words that they are met as? */
static inline int naive_looks_alike(const naive_corpus *c, const sheaf_query *a,
                                    const sheaf_query *b)
{
	naive_part x = {.count = 0}, y = {.count = 0};

	if (a->type != b->type || a->count != b->count || a->field != b->field ||
	    a->window != b->window)
		return 0;
	for (size_t i = 0; i < a->count; i++)
		if (!naive_looks_alike(c, a->sub[i], b->sub[i]))
			return 0;
	if (a->type != QUERY_TERM)
		return 1;
	if (a->field == SHEAF_FIELD_CATEGORY || a->field == SHEAF_FIELD_TERM)
		return strcmp(a->text, b->text) == 0;
	naive_add_words(c, a, &x);
	naive_add_words(c, b, &y);
	if (!naive_parts_alike(c, &x, &y))
		return 0;
	/* A hyphened word is also met joined. */
	return !x.hyphened && !y.hyphened
	               ? 1
	               : x.hyphened == y.hyphened && !((a->flags ^ b->flags) & SHEAF_TERM_STEMMED);
}

/* Finds the leaves of each group that ask for the same: they are one term. */
static inline void naive_find_same(const naive_corpus *c, naive_node *n)
{
	int group = n->type == QUERY_AND || n->type == QUERY_OR || n->type == QUERY_FILTER;

	for (size_t i = 0; i < n->count; i++) {
		naive_node *leaf = group ? naive_only_leaf(n->sub[i]) : NULL;

		for (size_t j = 0; leaf && j < i; j++) {
			naive_node *before = naive_only_leaf(n->sub[j]);

			if (before && before->same == before && before != leaf &&
			    before->weighted == leaf->weighted &&
			    naive_looks_alike(c, before->q, leaf->q)) {
				leaf->same = before;
				break;
			}
		}
		naive_find_same(c, n->sub[i]);
	}
}

/* The factor of a term, wherever its group repeats it. */
static inline double naive_total_factor(const naive_node *n, const naive_node *leaf)
{
	double sum = n->is_leaf && n->same == leaf ? n->factor : 0;

	for (size_t i = 0; i < n->count; i++)
		sum += naive_total_factor(n->sub[i], leaf);
	return sum;
}

/* Counts the terms that weigh, and those of full weight. */
static inline void naive_count_terms(const naive_node *root, const naive_node *n, size_t *terms,
                                     size_t *full)
{
	if (n->constant != NAIVE_VARIES)
		return;
	if (n->is_leaf && n->weighted && n->same == n) {
		++*terms;
		*full += naive_total_factor(root, n) >= 1;
	}
	for (size_t i = 0; i < n->count; i++)
		naive_count_terms(root, n->sub[i], terms, full);
}

/* 0 where nothing weighs anything. */
static inline double naive_k1(const naive_corpus *c, const naive_node *root, size_t *terms)
{
	size_t full = 0;
	double growth;

	*terms = 0;
	naive_count_terms(root, root, terms, &full);
	growth = pow((double)(full ? full : *terms) / 8, c->weighting.length_exponent);
	if (c->weighting.length_exponent <= 0 || !*terms)
		growth = 1;
	return c->weighting.k1 * (growth < 0.5 ? 0.5 : growth > 2 ? 2 : growth);
}

typedef struct naive_scorer {
	const naive_corpus *c;
	double              k1, average;
} naive_scorer;

static inline double naive_saturation(const naive_scorer *s, double tf, size_t i)
{
	double b = s->c->weighting.b;
	double length = 1 - b + b * naive_length(&s->c->papers[i]) / s->average;

	return tf * (s->k1 + 1) / (tf + s->k1 * length);
}

static inline int naive_is_pair_word(const naive_node *n)
{
	return n->q->type == QUERY_TERM && n->q->field == SHEAF_FIELD_ANY && n->weighted &&
	       naive_is_single_word(n->q);
}

/* How often two words of a query stand side by side in a paper. */
static inline double naive_side_by_side(const naive_corpus *c, const naive_leaf *phrase, size_t i,
                                        const double *weights)
{
	double pf = 0;

	for (int column = 0; c->papers[i].alive && column < NAIVE_COLUMNS; column++)
		pf += (weights ? weights[column] : 1) *
		      (double)naive_count(c, phrase, &c->papers[i], column);
	return pf;
}

/* What the j-th word of a group, and the one before it, add to a paper. */
static inline double naive_pair(const naive_scorer *s, naive_node *n, size_t j, size_t i)
{
	sheaf_query *words[] = {n->sub[j - 1]->same->q, n->sub[j]->same->q};
	sheaf_query  query = {.type = QUERY_PHRASE, .count = 2, .sub = words};
	naive_leaf   phrase = {.count = 0};
	double       df = 0, pf;

	naive_take_apart(s->c, &query, &phrase);
	pf = naive_side_by_side(s->c, &phrase, i, s->c->weight);
	if (pf <= 0)
		return 0;
	if (!n->pair_idf)
		n->pair_idf = calloc(n->count, sizeof *n->pair_idf);
	assert_non_null(n->pair_idf);
	if (n->pair_idf[j] <= 0) {
		for (size_t p = 0; p < s->c->count; p++)
			df += naive_side_by_side(s->c, &phrase, p, NULL) > 0;
		n->pair_idf[j] = naive_idf(s->c, df);
	}
	return s->c->weighting.adjacency * n->factor * n->pair_idf[j] * naive_saturation(s, pf, i);
}

static inline double naive_pairs(const naive_scorer *s, naive_node *n, size_t i)
{
	double sum = 0;

	if ((n->q->type != QUERY_AND && n->type != QUERY_OR) || s->c->weighting.adjacency <= 0)
		return 0;
	for (size_t j = 1; j < n->count; j++) {
		const naive_node *a = n->sub[j - 1]->same, *b = n->sub[j]->same;

		if (naive_is_pair_word(n->sub[j - 1]) && naive_is_pair_word(n->sub[j]) && a != b &&
		    a->present[i] && b->present[i])
			sum += naive_pair(s, n, j, i);
	}
	return sum;
}

/* ---- one paper ---- */

static inline int naive_in_slot_range(const naive_paper *p, const sheaf_query *q)
{
	if (q->slot != NAIVE_SLOT || !p->slot_len)
		return 0;
	return (!q->low || naive_compare_bytes(p->slot, p->slot_len, q->low, q->low_len) >= 0) &&
	       (!q->high || naive_compare_bytes(p->slot, p->slot_len, q->high, q->high_len) <= 0);
}

/* Does a part of a group match, and what is it worth? A part that does not match adds nothing. */
static inline int naive_match(const naive_scorer *s, naive_node *n, size_t i, naive_worth *worth)
{
	const naive_paper *p = &s->c->papers[i];
	size_t             matching = 0;
	int                first = 0, matches;
	naive_worth        sum = {0, 0, 0};

	*worth = sum;
	if (n->constant != NAIVE_VARIES)
		return n->constant == NAIVE_EVERYTHING;
	if (n->is_leaf) {
		if (n->present[i] && n->weighted && n->tf[i] > 0)
			*worth = (naive_worth){n->weight * naive_saturation(s, n->tf[i], i), 0,
			                       n->weight};
		return n->present[i];
	}
	if (n->type == QUERY_RANGE)
		return naive_in_range(p, n->q->field, n->q->begin, n->q->end);
	if (n->type == QUERY_SLOT_RANGE)
		return naive_in_slot_range(p, n->q);
	for (size_t j = 0; j < n->count; j++) {
		naive_worth own;
		int         has = naive_match(s, n->sub[j], i, &own);

		matching += (size_t)has;
		first = j ? first : has;
		sum.weight += own.weight;
		sum.bonus += own.bonus;
		sum.share += own.share;
	}
	switch (n->type) {
	case QUERY_OR: matches = matching > 0; break;
	case QUERY_XOR: matches = matching % 2 == 1; break;
	case QUERY_AND_NOT: matches = first && matching == 1; break;
	case QUERY_MAYBE: matches = first; break;
	default: matches = matching == n->count;
	}
	sum.bonus += naive_pairs(s, n, i);
	if (matches)
		*worth = sum;
	return matches;
}

#endif

/*
 * naive_verdicts.h: where each paper of a world belongs, found the slow way: one search a profile,
 * and the formulas as <sheaf/classifier.h> and sheaf-profile(5) have them.
 */
#ifndef NAIVE_VERDICTS_H
#define NAIVE_VERDICTS_H

#include <math.h>

#include <sheaf/classifier.h>

#include "bm25.h"
#include "naive_topics.h"

typedef struct naive_verdicts {
	/* By paper: what it weighs, NAN where it does not match. */
	double select[TOPIC_PAPERS];
	double weight[TOPIC_PROFILES][TOPIC_PAPERS];
	double require[TOPIC_PROFILES][TOPIC_PAPERS];
	double exclude[TOPIC_PROFILES][TOPIC_PAPERS];
	double mean[TOPIC_PROFILES];
	int    matches[TOPIC_PROFILES];
} naive_verdicts;

/* ---- searches ---- */

/* Fills `weights`; a query that there is not is matched by all where `otherwise` is 1. */
static inline void naive_search(const topic_world *w, const char *text, sheaf_weighting weighting,
                                int otherwise, double *weights)
{
	sheaf_mset *found;

	for (size_t i = 0; i < w->count; i++)
		weights[i] = !text && otherwise ? 0 : NAN;
	if (!text)
		return;
	must(scratch_search_weighed(w->db, text, SHEAF_OP_AND, TOPIC_PAPERS, &weighting, &found,
	                            NULL),
	     NULL);
	for (size_t i = 0; i < w->count; i++)
		for (size_t m = 0; m < sheaf_mset_size(found); m++)
			if (sheaf_mset_get_docid(found, m) == w->papers[i].docid)
				weights[i] = sheaf_mset_get_weight(found, m);
	sheaf_mset_free(found);
}

/* What a clause weighs before frequencies count: with k1 = 0 they do not. */
static inline double naive_clause_weight(const topic_world *w, const topic_clause *c)
{
	double weights[TOPIC_PAPERS];

	naive_search(w, c->bare, (sheaf_weighting){.burst = 0.25}, 0, weights);
	for (size_t i = 0; i < w->count; i++)
		if (!isnan(weights[i]))
			return c->factor * weights[i];
	return c->factor * bm25_idf((int64_t)w->count, 0);
}

static inline void naive_find_mean(const topic_world *w, size_t i, naive_verdicts *v)
{
	const topic_profile *p = &w->profiles[i];
	double               sum = 0;

	for (size_t c = 0; c < p->count; c++)
		sum += naive_clause_weight(w, &p->clauses[c]) / (double)p->count;
	v->matches[i] = 0;
	for (size_t d = 0; d < w->count; d++) {
		if (isnan(v->weight[i][d]))
			continue;
		v->matches[i]++;
		sum += v->weight[i][d];
	}
	v->mean[i] = sum / (v->matches[i] + 1);
}

/* ---- score: weights, counted in the texts ---- */

static inline double naive_occurrences(const topic_clause *c, const char *const *words,
                                       size_t count)
{
	double found = 0;

	for (size_t i = 0; i + (c->second != NULL) < count; i++)
		found += words[i] == c->word && (!c->second || words[i + 1] == c->second);
	return found;
}

static inline double naive_weights_score(const topic_paper *d, const topic_profile *p)
{
	double length = 3 * (double)d->title_count + (double)d->abstract_count;
	double sum = 0;

	for (size_t i = 0; i < p->count; i++) {
		const topic_clause *c = &p->clauses[i];
		double              tf = 3 * naive_occurrences(c, d->title, d->title_count);

		if (!c->title)
			tf += naive_occurrences(c, d->abstract, d->abstract_count);
		sum += c->factor * tf * 4 / (tf + 3);
	}
	return p->bias + pow(180 / (length < 20 ? 20 : length), 0.3) * sum;
}

/* ---- keywords ---- */

static inline int naive_has(const topic_paper *d, const char *word)
{
	const topic_clause one = {.word = word};

	return naive_occurrences(&one, d->title, d->title_count) +
	               naive_occurrences(&one, d->abstract, d->abstract_count) >
	       0;
}

static inline double naive_keywords(const topic_paper *d, const topic_profile *p)
{
	double found = 0;

	for (size_t i = 0; i < p->keyword_count; i++)
		found += naive_has(d, p->keywords[i]);
	return found > 0 ? found : NAN;
}

/* ---- verdicts ---- */

static inline void naive_judge(const topic_world *w, naive_verdicts *v)
{
	const sheaf_weighting plain = {1.2, 0.75, 0.3, 0.25, 0};

	naive_search(w, w->select, plain, 1, v->select);
	for (size_t i = 0; i < w->profile_count; i++) {
		const topic_profile *p = &w->profiles[i];

		naive_search(w, p->query, plain, 0, v->weight[i]);
		naive_search(w, p->require, plain, 1, v->require[i]);
		naive_search(w, p->exclude, plain, 0, v->exclude[i]);
		naive_find_mean(w, i, v);
		for (size_t d = 0; d < w->count; d++)
			if (w->keywords)
				v->weight[i][d] = naive_keywords(&w->papers[d], p);
	}
}

static inline int naive_percent(double share, int least)
{
	int percent = (int)floor(100 * share + 0.5);

	return percent < least ? least : percent;
}

static inline void naive_score(const topic_world *w, const naive_verdicts *v, size_t paper,
                               sheaf_class *c)
{
	const topic_profile *p = &w->profiles[c->profile];
	size_t               i = c->profile;

	c->weight = c->score = v->weight[i][paper];
	if (w->keywords) {
		c->percent = (int)(100 * c->weight / (double)p->keyword_count);
	} else if (w->weights) {
		c->weight = c->score = naive_weights_score(&w->papers[paper], p);
		c->percent = naive_percent(1 / (1 + exp(-c->score)), 0);
	} else {
		c->score = log((double)(w->count + 1) / (v->matches[i] + 1)) +
		           c->weight / v->mean[i];
		c->percent = naive_percent(1 - exp(-c->weight / v->mean[i]), 1);
	}
}

static inline sheaf_verdict naive_verdict(const topic_world *w, const naive_verdicts *v,
                                          size_t paper, const sheaf_class *c)
{
	if (isnan(v->select[paper]))
		return SHEAF_VERDICT_SELECT;
	if (isnan(v->require[c->profile][paper]))
		return SHEAF_VERDICT_REQUIRE;
	if (!isnan(v->exclude[c->profile][paper]))
		return SHEAF_VERDICT_EXCLUDE;
	if (c->percent < w->profiles[c->profile].min_percent)
		return SHEAF_VERDICT_MIN_PERCENT;
	return SHEAF_VERDICT_IN;
}

static inline int naive_same(double a, double b)
{
	return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

/* assign: best leaves one. */
static inline void naive_assign(sheaf_class *classes, size_t count)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < count; i++)
		if (classes[i].verdict == SHEAF_VERDICT_IN &&
		    (best == SIZE_MAX || (classes[i].score > classes[best].score &&
		                          !naive_same(classes[i].score, classes[best].score))))
			best = i;
	for (size_t i = 0; i < count; i++)
		if (classes[i].verdict == SHEAF_VERDICT_IN && i != best)
			classes[i].verdict = naive_same(classes[i].score, classes[best].score)
			                             ? SHEAF_VERDICT_TIE
			                             : SHEAF_VERDICT_LESS;
}

/* By score; equals stay in the order of the file, and what does not match comes last. */
static inline void naive_sort(sheaf_class *classes, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j; j--) {
			const sheaf_class *a = &classes[j - 1], *b = &classes[j], was = *a;
			int                none = a->verdict == SHEAF_VERDICT_NO_MATCH;

			if (b->verdict == SHEAF_VERDICT_NO_MATCH)
				break;
			if (!none && (a->score > b->score || naive_same(a->score, b->score)))
				break;
			classes[j - 1] = *b;
			classes[j] = was;
		}
}

/* What explain should tell of a paper, in its order; `classes` has room for the fallback, too. */
static inline size_t naive_classes(const topic_world *w, const naive_verdicts *v, size_t paper,
                                   sheaf_class *classes)
{
	size_t count = w->profile_count, in = 0;

	for (size_t i = 0; i < count; i++) {
		classes[i] = (sheaf_class){.profile = i, .verdict = SHEAF_VERDICT_NO_MATCH};
		if (isnan(v->weight[i][paper]))
			continue;
		naive_score(w, v, paper, &classes[i]);
		classes[i].verdict = naive_verdict(w, v, paper, &classes[i]);
	}
	if (!w->all)
		naive_assign(classes, count);
	naive_sort(classes, count);
	for (size_t i = 0; i < count; i++)
		in += classes[i].verdict == SHEAF_VERDICT_IN;
	if (w->fallback && !in && !isnan(v->select[paper]))
		classes[count++] = (sheaf_class){.profile = SIZE_MAX};
	return count;
}

#endif

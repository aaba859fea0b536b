/*
 * What a term is worth for an expansion. N documents, n of them with the term, F occurrences in all
 * of them; R relevant documents, r of them with the term; tf occurrences in a relevant document, w
 * the weight of that document.
 *
 * RELEVANCE_MODEL  sqrt(p(t)), p(t) = sum of w * tf / length, over the sum of w
 *     Lavrenko, Croft, "Relevance-based language models", SIGIR 2001: the probability of a term in a
 *     document drawn from the relevant ones, unsmoothed. The root brings the weights nearer together, as a
 *     factor of a BM25 weight, which has the rarity of the term in it already.
 * BO1              T log2((1 + F/N) / (F/N)) + log2(1 + F/N), T = sum of w * tf
 *     Amati, "Probabilistic models for information retrieval based on divergence from randomness",
 *     thesis, Glasgow, 2003: what T occurrences tell where F/N are expected, by Bose and Einstein.
 * TRAD             r log((r + .5) (N - n - R + r + .5) / ((n - r + .5) (R - r + .5)))
 *     Robertson, "On term selection for query expansion", Journal of Documentation 46, 1990, with the
 *     weight of Robertson and Sparck Jones, JASIS 27, 1976.
 */
#include <math.h>

#include "eset_private.h"
#include "field.h"

static double weigh_relevance_model(const eset_counts *c)
{
	return c->total_weight > 0 ? sqrt(c->mass / c->total_weight) : 0;
}

static double weigh_bo1(const eset_counts *c)
{
	double expected;

	if (c->documents <= 0 || c->occurrences <= 0)
		return 0;
	expected = (double)c->occurrences / (double)c->documents;
	return c->mass * log2((1 + expected) / expected) + log2(1 + expected);
}

/*
 * Statistics of a database that is written to may not fit each other; no count is below 0 for that.
 */
static double no_less_than_0(int64_t count)
{
	return count > 0 ? (double)count : 0;
}

static double weigh_trad(const eset_counts *c)
{
	int64_t n = c->documents, r = c->rset_freq, rest = c->rset_size - r;
	double  with = no_less_than_0(c->termfreq - r);
	double  without = no_less_than_0(n - c->termfreq - rest);
	double  hit = (double)r, missed = (double)rest;

	return hit * log((hit + 0.5) * (without + 0.5) / ((with + 0.5) * (missed + 0.5)));
}

const eset_scheme *eset_scheme_get(sheaf_expansion expansion)
{
	static const eset_scheme schemes[] = {
		[SHEAF_EXPANSION_RELEVANCE_MODEL] = {1, 1, 1, weigh_relevance_model},
		[SHEAF_EXPANSION_BO1] = {FIELD_TITLE_WEIGHT, 0, 0, weigh_bo1},
		[SHEAF_EXPANSION_TRAD] = {FIELD_TITLE_WEIGHT, 0, 0, weigh_trad},
	};
	size_t at = (size_t)expansion;

	return at < sizeof schemes / sizeof *schemes ? &schemes[at] : NULL;
}

/*
 * What a document weighs.
 *
 * Okapi BM25 (Robertson, Walker, Jones, Hancock-Beaulieu, Gatford, "Okapi at TREC-3", 1994) over
 * field-weighted frequencies (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple
 * weighted fields", CIKM 2004), with an idf that is never negative, a term weight that grows with
 * how often the term comes where it comes at all, and something for words that stand side by side:
 *
 *   S     = sum over terms of factor * idf * burst * tf * (k1 + 1) / (tf + k1 * L)
 *         + sum over neighbouring query words of adjacency * idf * pf * (k1 + 1) / (pf + k1 * L)
 *   tf    = sum over fields of field weight * occurrences; pf the same of the two words side by side
 *   L     = 1 - b + b * length / average length
 *   idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
 *   burst = (occurrences in all documents / df) ^ burst exponent
 *   k1    = k1 * clamp((terms of the query / 8) ^ length exponent, 0.5, 2)
 *
 * Terms that the query itself gives less than full weight, as those of an expansion, do not count
 * in its length. Neighbours are looked at in the best documents without them (MATCH_PAIRS_BEST)
 * only; their df is counted in a sample of a large collection (match_pairs.c). A term counts
 * where the part of the query that it stands in matches: in `a OR (b AND c)`, b adds nothing to a
 * document without c. FTS5 reports occurrences so; where the tree is tested here, match_weigh()
 * does.
 */
#include "bm25.h"
#include "match_run.h"

static void set_k1(match_run_state *m, size_t terms)
{
	m->k1 = bm25_k1(m->options->weighting.k1, terms, m->options->weighting.length_exponent);
}

/* What is known of a term from its counts. */
static double term_weight(const match_run_state *m, leaf_counts counts)
{
	return bm25_idf(m->documents, counts.documents) *
	       bm25_burst(counts.occurrences, counts.documents, m->options->weighting.burst);
}

sheaf_status match_weigh_leaves(match_run_state *m, int defer, sheaf_error *err)
{
	const plan  *p = m->plan;
	sheaf_status status = SHEAF_OK;
	size_t       terms = 0, full = 0;

	for (size_t i = 0; status == SHEAF_OK && i < p->leaf_count; i++) {
		const plan_leaf *leaf = &p->leaves[i];
		match_leaf      *l = &m->leaves[i];

		if (!leaf->weighted || !leaf->used || m->options->boolean)
			continue;
		terms++;
		full += leaf->factor >= 1;
		l->weight = leaf->factor;
		if (!defer) {
			status = match_count_leaf(m, i, &l->counts, err);
			l->weight *= term_weight(m, l->counts);
		}
		l->share = l->weight;
		m->total_share += l->share;
	}
	set_k1(m, full ? full : terms);
	m->pair_count = m->options->weighting.adjacency > 0 && !m->options->boolean
	                        ? m->plan->pair_count
	                        : 0;
	return status;
}

void match_apply_deferred(match_run_state *m)
{
	match_leaf *l = &m->leaves[0];
	double      weight;

	l->counts.documents = m->hits;
	weight = term_weight(m, l->counts);
	l->weight *= weight;
	for (size_t i = 0; i < m->heap_count; i++) {
		m->heap[i].weight *= weight;
		m->heap[i].share *= weight;
	}
	m->max_attained *= weight;
	m->best_share *= weight;
	m->total_share *= weight;
}

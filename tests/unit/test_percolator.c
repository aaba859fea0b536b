/* Random queries shown random papers, one at a time, against the engine that searches for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

/* The engine's private headers come last: they have names that those of the fixture use. */
#include "naive_compare.h"

#include "analysis.h"
#include "bm25.h"
#include "database_private.h"
#include "match_run.h"
#include "percolator.h"

enum { QUERIES = 400, ALL_COLUMNS = (1 << COLUMN_COUNT) - 1 };

typedef struct shown {
	world       *w;
	percolator  *p;
	sheaf_query *queries[QUERIES];
	match_result found[QUERIES];
	size_t       count;
	analysis    *x;
} shown;

/* The statistics that the engine goes by. */
static void set_weights(shown *s, const plan *made, size_t number)
{
	const match_options o = match_defaults();
	size_t              terms = 0, full = 0;
	int64_t             documents = s->w->db[0]->totals.documents;

	for (size_t i = 0; i < made->leaf_count; i++) {
		const plan_leaf *leaf = &made->leaves[i];
		leaf_counts      counts;

		if (!leaf->weighted || !leaf->used)
			continue;
		terms++;
		full += leaf->factor >= 1;
		must(match_count_everywhere(s->w->db[0], leaf, &counts, NULL), NULL);
		percolator_set_weight(s->p, number, i,
		                      leaf->factor * bm25_idf(documents, counts.documents) *
		                              bm25_burst(counts.occurrences, counts.documents,
		                                         o.weighting.burst));
	}
	percolator_set_norm(
		s->p, number,
		(percolator_norm){
			bm25_k1(o.weighting.k1, full ? full : terms, o.weighting.length_exponent),
			o.weighting.b, (double)s->w->db[0]->totals.length / (double)documents});
}

static void add_query(shown *s, sheaf_query *query)
{
	match_options o = match_defaults();
	plan          made = {0};
	size_t        number;

	o.weighting.adjacency = 0;
	o.keep = 10000;
	/* A wildcard may stand for more words than it was allowed to. */
	if (match_run(s->w->db[0], query, &o, &s->found[s->count], NULL) != SHEAF_OK) {
		sheaf_query_free(query);
		return;
	}
	s->queries[s->count] = query;
	must(plan_prepare(s->w->db[0], query, &made, NULL), NULL);
	must(percolator_add(s->p, &made, s->count % 3 != 0, &number, NULL), NULL);
	assert_int_equal(number, s->count);
	set_weights(s, &made, number);
	plan_free(&made);
	s->count++;
}

static const match_item *item_of(const match_result *found, sheaf_revision revision)
{
	for (size_t i = 0; i < found->count; i++)
		if (found->items[i].revision == revision)
			return &found->items[i];
	return NULL;
}

static int is_reported(const shown *s, size_t number)
{
	size_t          count;
	const uint32_t *matches = percolator_matches(s->p, &count);

	for (size_t i = 0; i < count; i++)
		if (matches[i] == number)
			return 1;
	return 0;
}

static double shares(shown *s, size_t number)
{
	double sum = 0;

	for (size_t i = 0; i < percolator_leaf_count(s->p, number); i++)
		sum += percolator_share(s->p, number, i);
	return sum;
}

static int compare_document(void *ctx, const sheaf_document *doc)
{
	shown          *s = ctx;
	percolator_view view = {s->x->text, ALL_COLUMNS, doc};

	must(analysis_columns(doc, s->x, NULL), NULL);
	must(percolator_show(s->p, &view, NULL), NULL);
	for (size_t i = 0; i < s->count; i++) {
		const match_item *item = item_of(&s->found[i], sheaf_document_get_revision(doc));

		assert_int_equal(percolator_test(s->p, i), item != NULL);
		assert_int_equal(is_reported(s, i), i % 3 != 0 && item != NULL);
		if (!item || i % 3 == 0)
			continue;
		assert_true(fabs(percolator_weight(s->p, i) - item->weight) <=
		            1e-9 * (1 + item->weight));
		assert_true(fabs(shares(s, i) - item->weight) <= 1e-9 * (1 + item->weight));
	}
	return 0;
}

static void with_world(sheaf_stem_strategy strategy, unsigned number,
                       void (*ask)(shown *s, world *w))
{
	world *w = naive_open(strategy, 1, number);
	shown  s = {.w = w};

	must(percolator_new(&w->db[0]->tokenizer.config, &s.p, NULL), NULL);
	s.x = analysis_new();
	ask(&s, w);
	must(sheaf_database_each_document(w->db[0], 0, compare_document, &s, NULL), NULL);
	for (size_t i = 0; i < s.count; i++) {
		sheaf_query_free(s.queries[i]);
		match_result_free(&s.found[i]);
	}
	analysis_free(s.x);
	percolator_free(s.p);
	naive_close(w);
}

static void ask_trees(shown *s, world *w)
{
	for (size_t i = 0; i < QUERIES; i++) {
		naive_ask *a = naive_ask_tree(w, 1 + (int)below(w, 4));

		add_query(s, naive_to_sheaf(a));
		naive_ask_free(a);
	}
}

static void trees(void **state)
{
	(void)state;
	with_world(SHEAF_STEM_SOME, 1, ask_trees);
}

static void stems_alone(void **state)
{
	(void)state;
	with_world(SHEAF_STEM_ALL, 2, ask_trees);
}

static void words_alone(void **state)
{
	(void)state;
	with_world(SHEAF_STEM_NONE, 3, ask_trees);
}

/* What the query language has, in the words of the random papers. */
static void ask_texts(shown *s, world *w)
{
	static const char *const texts[] = {
		"network spiking",
		"\"spiking neural\" OR graph^3",
		"netw*",
		"\"spiking neur*\"",
		"neural NEAR/3 network",
		"neural ADJ/4 network",
		"event-based",
		"eventbased theory",
		"ti:(graph OR lattice) -quantum",
		"-graph",
		"NOT (network OR graph)",
		"cat:cs.* network",
		"spiking XOR neural",
		"(network OR graph) AND (spiking OR lattices)",
		"=networks",
		"l?ttic*",
		"net*ing OR comp*e",
		"date:2000.. graph",
		"au:moor OR au:\"graph network\"",
		"abs:\"the theory of\"",
	};
	sheaf_query_parser *qp;

	(void)w;
	must(sheaf_query_parser_new(&qp, NULL), NULL);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		sheaf_query *query;

		must(sheaf_query_parser_parse_query(qp, texts[i], SHEAF_FLAG_DEFAULT, &query, NULL),
		     NULL);
		add_query(s, query);
	}
	sheaf_query_parser_free(qp);
}

static void texts_of_queries(void **state)
{
	(void)state;
	with_world(SHEAF_STEM_SOME, 4, ask_texts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees),
		cmocka_unit_test(stems_alone),
		cmocka_unit_test(words_alone),
		cmocka_unit_test(texts_of_queries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

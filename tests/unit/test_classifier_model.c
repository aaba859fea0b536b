/* What is learnt of a profile when it is first classified, kept with it, and forgotten. */
#include <math.h>

#include "naive_topics.h"

#include <sheaf/classifier.h>

#include "bm25.h"
#include "bytes.h"
#include "store.h"

/* Writes over what is kept of the profile; `len` 0: as long as it is. */
static void damage(sheaf_database *db, size_t at, uint64_t number, size_t len)
{
	profile_state state;

	must(store_profile_state_get(db, "test", "a", &state, NULL), NULL);
	assert_non_null(state.model);
	assert_true(at + 8 <= state.model_len);
	bytes_store_8(state.model + at, number);
	must(store_profile_model_put(db, "test", "a", state.model, len ? len : state.model_len,
	                             NULL),
	     NULL);
	sheaf_free(state.model);
}

static void what_is_kept_may_be_damaged(void **state)
{
	static const struct {
		size_t   at;
		uint64_t number;
		size_t   len;
	} damages[] = {
		{0, 77, 0},                            /* another version */
		{8, UINT64_MAX, 0},                    /* papers: -1 */
		{8, 0, 0},                             /* none */
		{16, 1u << 20, 0},                     /* a sample larger than any */
		{24, UINT64_MAX, 0},                   /* matches: -1 */
		{24, 4000, 0},                         /* more than papers */
		{32, UINT64_C(0x7FF8000000000000), 0}, /* NAN */
		{40, UINT64_C(0xFFF0000000000000), 0}, /* -INFINITY */
		{48, UINT64_C(0xBFF0000000000000), 0}, /* -1 */
		{0, 1, 1},                             /* cut short */
		{0, 1, 56},                            /* of fewer clauses */
	};
	topic_world        w;
	buf                before, after;
	sheaf_profile_set *set = fixture_profiles("profiles:\n  a: {query: alder OR birch}\n");

	(void)state;
	topic_open(&w, 400, 30);
	fixture_classify(w.db, set, 0);
	before = topic_placements(w.db, set);
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		damage(w.db, damages[i].at, damages[i].number, damages[i].len);
		fixture_classify(w.db, set, 1);
		after = topic_placements(w.db, set);
		assert_string_equal(buf_str(&before), buf_str(&after));
		buf_free(&after);
	}
	buf_free(&before);
	sheaf_profile_set_free(set);
	topic_close(&w);
}

static void a_query_of_the_same_length_is_learnt_anew(void **state)
{
	topic_world        w;
	buf                first, again;
	sheaf_profile_set *one = fixture_profiles("profiles:\n  a: {query: alder OR birch}\n");
	sheaf_profile_set *two = fixture_profiles("profiles:\n  a: {query: poplar OR rowan}\n");

	(void)state;
	topic_open(&w, 500, 30);
	fixture_classify(w.db, one, 0);
	first = topic_placements(w.db, one);
	fixture_classify(w.db, two, 0);
	fixture_classify(w.db, one, 0);
	again = topic_placements(w.db, one);
	assert_string_equal(buf_str(&first), buf_str(&again));
	buf_free(&first);
	buf_free(&again);
	sheaf_profile_set_free(one);
	sheaf_profile_set_free(two);
	topic_close(&w);
}

static void put_lamps(sheaf_database *db, unsigned from, unsigned to, unsigned each)
{
	must(sheaf_database_begin_transaction(db, NULL), NULL);
	for (unsigned i = from; i < to; i++) {
		char id[16];

		snprintf(id, sizeof id, "2601.%05u", i + 1);
		scratch_put(db, id, i % each ? "sun" : "lamp", "one two");
	}
	must(sheaf_database_commit_transaction(db, NULL), NULL);
}

typedef struct lamp {
	double weight, score, idf;
} lamp;

static int take_lamp(void *ctx, const sheaf_class *result)
{
	lamp *l = ctx;

	l->weight = result->weight;
	l->score = result->score;
	return 0;
}

static int take_clause(void *ctx, const sheaf_class *result, const sheaf_clause *clause)
{
	lamp *l = ctx;

	(void)result;
	l->idf = clause->idf;
	return 0;
}

static lamp explain_lamp(sheaf_database *db, const sheaf_profile_set *set)
{
	lamp              l = {0};
	sheaf_document   *doc;
	sheaf_classifier *c;
	sheaf_error       err;

	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, "2601.09999", "lamp", "one two", &err), &err);
	must(sheaf_classifier_new(db, set, &c, &err), &err);
	must(sheaf_classifier_explain(c, doc, take_lamp, take_clause, &l, &err), &err);
	sheaf_classifier_free(c);
	sheaf_document_free(doc);
	return l;
}

/* The sample of many papers stands for all of them, and is kept. */
static void many_papers_are_sampled_once(void **state)
{
	enum { PAPERS = 6000, EACH = 5 };
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = fixture_open(path, "rules-sample");
	sheaf_profile_set *set = fixture_profiles("profiles:\n  a: {query: lamp}\n");
	lamp               first, later;
	double             idf = bm25_idf(PAPERS, PAPERS / EACH) * bm25_burst(3, 1, 0.25);

	(void)state;
	put_lamps(db, 0, PAPERS, EACH);
	first = explain_lamp(db, set);
	assert_true(fabs(first.idf / idf - 1) < 0.05);
	fixture_classify(db, set, 0);
	put_lamps(db, PAPERS, PAPERS + 1500, 1);
	later = explain_lamp(db, set);
	assert_true(fabs(first.score - later.score) < 1e-12);
	assert_true(fabs(first.weight - later.weight) < 1e-12);
	sheaf_profile_set_free(set);
	fixture_close(db, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_may_be_damaged),
		cmocka_unit_test(a_query_of_the_same_length_is_learnt_anew),
		cmocka_unit_test(many_papers_are_sampled_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

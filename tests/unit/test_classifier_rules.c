/* What holds for every classification: ties, biases, what is not looked at, what moves nothing. */
#include <math.h>

#include "naive_topics.h"

#include <sheaf/classifier.h>

/* What was told of one paper: "profile:verdict " in its order. */
typedef struct telling {
	buf         text;
	sheaf_class last;
	int         stop;
} telling;

static int tell(void *ctx, const sheaf_class *result)
{
	telling *t = ctx;

	buf_printf(&t->text, "%d:%d ", result->profile == SIZE_MAX ? -1 : (int)result->profile,
	           (int)result->verdict);
	t->last = *result;
	return t->stop;
}

static int tell_clause(void *ctx, const sheaf_class *result, const sheaf_clause *clause)
{
	telling *t = ctx;

	(void)result, (void)clause;
	return t->stop > 1;
}

static sheaf_document *paper(const char *title, const char *abstract, const char *categories)
{
	sheaf_document *doc;
	sheaf_error     err;

	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, "2601.09999", title, abstract, &err), &err);
	if (categories)
		must(document_add_category_line(doc, categories, &err), &err);
	return doc;
}

/* Explains, twice, a paper that is nowhere stored; `last` may be NULL. */
static void explain(sheaf_database *db, const char *yaml, int blind, const char *title,
                    const char *expected, sheaf_class *last)
{
	telling            t = {BUF_INIT(0), {0}, 0};
	sheaf_profile_set *set = fixture_profiles(yaml);
	sheaf_document    *doc = paper(title, "one two", "cs.NE");
	sheaf_classifier  *c;
	sheaf_error        err;

	must(sheaf_classifier_new(db, set, &c, &err), &err);
	sheaf_classifier_set_blind(c, blind);
	for (int i = 0; i < 2; i++) {
		buf_clear(&t.text);
		must(sheaf_classifier_explain(c, doc, tell, tell_clause, &t, &err), &err);
		assert_string_equal(buf_str(&t.text), expected);
	}
	if (last)
		*last = t.last;
	sheaf_classifier_free(c);
	sheaf_document_free(doc);
	sheaf_profile_set_free(set);
	buf_free(&t.text);
}

static void ties_go_to_the_first_of_the_file(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "rules-ties");

	(void)state;
	explain(db,
	        "profiles:\n  c: {query: lamp}\n  a: {query: lamp, exclude: none}\n"
	        "  b: {query: lamp}\n  d: {query: sun}\n",
	        0, "lamp", "0:0 1:7 2:7 3:1 ", NULL);
	/* The first that is in, not the first. */
	explain(db,
	        "profiles:\n  c: {query: lamp, exclude: lamp}\n  a: {query: lamp}\n"
	        "  b: {query: lamp}\n",
	        0, "lamp", "0:4 1:0 2:7 ", NULL);
	explain(db,
	        "digest: {match: keywords}\nprofiles:\n  c: {keywords: [lamp]}\n"
	        "  a: {keywords: [lamp, sun]}\n",
	        0, "lamp", "0:0 1:7 ", NULL);
	fixture_close(db, path);
}

static void weights_are_a_logarithm_of_odds(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "rules-bias");
	sheaf_class     last;

	(void)state;
	/* Five words are taken for 20; three lamps are worth two. */
	explain(db, "digest: {score: weights}\nprofiles: {a: {query: lamp^0.5, bias: -1}}\n", 0,
	        "lamp", "0:0 ", &last);
	assert_true(fabs(last.score - 0.933182) < 1e-6);
	assert_true(fabs(last.weight - last.score) < 1e-12);
	assert_int_equal(last.percent, 72);
	/* A high bias takes nothing that does not match; the higher bias has what both match. */
	explain(db,
	        "digest: {score: weights, fallback: R}\n"
	        "profiles:\n  a: {query: sun, bias: 50}\n  b: {query: lamp, bias: -9}\n"
	        "  c: {query: lamp, bias: -8.5}\n",
	        0, "lamp", "2:0 1:6 0:1 ", NULL);
	/* Without `score: weights` it is nothing. */
	explain(db, "profiles:\n  b: {query: lamp}\n  a: {query: lamp, bias: 50}\n", 0, "lamp",
	        "0:0 1:7 ", NULL);
	fixture_close(db, path);
}

static void blind_is_title_and_abstract_alone(void **state)
{
	static const char yaml[] = "digest: {fallback: R}\n"
				   "profiles: {a: {query: 'cat:cs.NE'}, b: {query: lamp}}\n";
	char              path[SCRATCH_PATH_SIZE];
	sheaf_database   *db = fixture_open(path, "rules-blind");

	(void)state;
	explain(db, yaml, 1, "lamp", "1:0 0:1 ", NULL);
	explain(db, yaml, 1, "sun", "0:1 1:1 -1:0 ", NULL);
	explain(db, yaml, 0, "sun", "0:0 1:1 ", NULL);
	fixture_close(db, path);
}

/* ---- what is stored ---- */

static void same_when_classified_again(sheaf_database *db, const sheaf_profile_set *set)
{
	buf before = topic_placements(db, set), after;

	fixture_classify(db, set, 1);
	after = topic_placements(db, set);
	assert_string_equal(buf_str(&before), buf_str(&after));
	buf_free(&before);
	buf_free(&after);
}

/* Fewer are added than there were, so that what was learnt of the first is kept. */
static void the_new_are_placed_as_all_would_be(void **state)
{
	topic_world w;

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		sheaf_profile_set *set;

		topic_open(&w, 100 + i, TOPIC_PAPERS / 2 + 5);
		topic_make_set(&w);
		set = topic_set(&w);
		assert_int_equal(fixture_classify(w.db, set, 0).documents, w.count);
		for (size_t n = 0; n < 5; n++)
			topic_write(&w, dice_below(&w.dice, w.count));
		fixture_classify(w.db, set, 0);
		same_when_classified_again(w.db, set);
		for (; w.count < TOPIC_PAPERS; w.count++)
			topic_write(&w, w.count);
		assert_int_equal(fixture_classify(w.db, set, 0).documents, TOPIC_PAPERS / 2 - 5);
		same_when_classified_again(w.db, set);
		sheaf_profile_set_free(set);
		topic_close(&w);
	}
}

static void what_only_tests_and_digests_use_moves_nothing(void **state)
{
	topic_world        w;
	buf                before, after;
	sheaf_profile_set *set = fixture_profiles(
		"profiles:\n  a: {query: alder}\n  b: {query: birch}\n");

	(void)state;
	topic_open(&w, 200, 20);
	fixture_classify(w.db, set, 0);
	before = topic_placements(w.db, set);
	sheaf_profile_set_free(set);
	set = fixture_profiles("digest: {order: relevance, limit: 2, intro: x}\n"
	                       "profiles:\n"
	                       "  a: {query: alder, max: 1, heading: A, include: [new, replace],\n"
	                       "      must: [2601.00001], mustnot: [2601.00002]}\n"
	                       "  b: {query: birch, mustnot: [2601.00001], include: [cross]}\n");
	assert_int_equal(fixture_classify(w.db, set, 0).documents, 0);
	assert_int_equal(fixture_classify(w.db, set, 1).documents, 20);
	after = topic_placements(w.db, set);
	assert_string_equal(buf_str(&before), buf_str(&after));
	buf_free(&before);
	buf_free(&after);
	sheaf_profile_set_free(set);
	topic_close(&w);
}

static void heavier_papers_have_the_higher_percentage(void **state)
{
	topic_world        w;
	sheaf_profile_set *set = fixture_profiles(
		"digest: {assign: all}\nprofiles:\n  a: {query: alder OR fir^2}\n");
	char  *line;
	buf    text;
	double weight, last = INFINITY;
	int    percent, least = 100, lines = 0;

	(void)state;
	topic_open(&w, 300, TOPIC_PAPERS);
	fixture_classify(w.db, set, 0);
	text = topic_placements(w.db, set);
	/* They come best first. */
	for (line = text.data; line && *line; line = strchr(line, '\n') + 1, lines++) {
		assert_int_equal(sscanf(line, "a %*s %lf %d", &weight, &percent), 2);
		assert_true(weight <= last && percent <= least && percent > 0);
		last = weight;
		least = percent;
	}
	assert_true(lines > 20 && least < 50);
	buf_free(&text);
	sheaf_profile_set_free(set);
	topic_close(&w);
}

/* ---- calls ---- */

static void a_caller_may_stop(void **state)
{
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = fixture_open(path, "rules-stop");
	sheaf_profile_set *set = fixture_profiles("profiles:\n  a: {query: lamp}\n");
	sheaf_document    *doc = paper("lamp", "x", NULL);
	telling            t = {BUF_INIT(0), {0}, 1};
	sheaf_classifier  *c;
	sheaf_error        err;

	(void)state;
	must(sheaf_classifier_new(db, set, &c, &err), &err);
	assert_int_equal(sheaf_classifier_classify(c, doc, tell, &t, &err),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(sheaf_classifier_explain(c, doc, tell, NULL, &t, &err),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_string_equal(buf_str(&t.text), "0:0 0:0 ");
	t.stop = 2;
	assert_int_equal(sheaf_classifier_explain(c, doc, tell, tell_clause, &t, &err),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_string_equal(buf_str(&t.text), "0:0 0:0 ");
	sheaf_classifier_free(c);
	sheaf_document_free(doc);
	sheaf_profile_set_free(set);
	buf_free(&t.text);
	fixture_close(db, path);
}

static void wrong_calls_are_refused(void **state)
{
	sheaf_profile_set *set = fixture_profiles("profiles:\n  a: {query: lamp}\n");
	sheaf_classifier  *c;
	sheaf_error        err;

	(void)state;
	assert_int_equal(sheaf_classifier_new(NULL, set, &c, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(c);
	assert_int_equal(sheaf_classifier_new(NULL, set, NULL, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_classifier_classify(NULL, NULL, tell, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_classifier_explain(NULL, NULL, tell, NULL, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_classifier_set_blind(NULL, 1);
	sheaf_classifier_free(NULL);
	sheaf_profile_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ties_go_to_the_first_of_the_file),
		cmocka_unit_test(weights_are_a_logarithm_of_odds),
		cmocka_unit_test(blind_is_title_and_abstract_alone),
		cmocka_unit_test(the_new_are_placed_as_all_would_be),
		cmocka_unit_test(what_only_tests_and_digests_use_moves_nothing),
		cmocka_unit_test(heavier_papers_have_the_higher_percentage),
		cmocka_unit_test(a_caller_may_stop),
		cmocka_unit_test(wrong_calls_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

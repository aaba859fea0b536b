/* enquire.h: order, pages, cutoffs, ranges of revisions. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"

static engine         e;
static sheaf_enquire *enquire;

static void paper(const char *id, const char *title, const char *abstract, sheaf_time submitted,
                  sheaf_time updated)
{
	must(scratch_paper(e.doc, id, title, abstract, NULL), NULL);
	must(sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED, submitted, NULL), NULL);
	must(sheaf_document_set_value(e.doc, SHEAF_FIELD_UPDATED, updated, NULL), NULL);
	engine_store(&e);
}

static int set_up(void **state)
{
	const sheaf_time none = SHEAF_TIME_NONE;

	(void)state;
	engine_begin(&e, "enquire");
	/* Revisions 1 to 6; equal texts, so that only titles and dates decide. */
	paper("p1", "filler words", "network of things", 3000, none);
	paper("p2", "network", "other words here", 1000, 9000);
	paper("p3", "filler words", "network of things", 3000, 2000);
	paper("p4", "filler words", "network of things", none, none);
	paper("p5", "quiet words", "nothing of interest", none, 5000);
	paper("p6", "filler words", "network network things", 2000, 3000);
	must(sheaf_enquire_new(e.db, &enquire, NULL), NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sheaf_enquire_free(enquire);
	engine_end(&e);
	return 0;
}

static void ask(const char *text)
{
	sheaf_query_parser *parser;
	sheaf_query        *q;

	must(sheaf_query_parser_new(&parser, NULL), NULL);
	must(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &q, NULL), NULL);
	sheaf_enquire_set_query(enquire, q);
	sheaf_query_parser_free(parser);
}

static sheaf_mset *run(size_t first, size_t most)
{
	sheaf_mset *mset;
	sheaf_error err;

	must(sheaf_enquire_get_mset(enquire, first, most, &mset, &err), &err);
	return mset;
}

static void expect(const char *ids)
{
	sheaf_mset *mset = run(0, 100);
	buf         got = BUF_INIT(0);

	engine_ids(mset, &got);
	assert_string_equal(buf_str(&got), ids);
	buf_free(&got);
	sheaf_mset_free(mset);
}

static void best_first_and_ties_by_newest(void **state)
{
	sheaf_mset *mset;

	(void)state;
	ask("network");
	/*
	 * In the title it counts three times, in the abstract of p6 twice; p1, p3 and p4 are equal.
	 */
	expect("p2 p6 p4 p3 p1");
	mset = run(0, 10);
	assert_true(sheaf_mset_get_weight(mset, 0) > sheaf_mset_get_weight(mset, 1));
	assert_true(sheaf_mset_get_weight(mset, 1) > sheaf_mset_get_weight(mset, 2));
	assert_true(fabs(sheaf_mset_get_weight(mset, 2) - sheaf_mset_get_weight(mset, 4)) < 1e-12);
	sheaf_mset_free(mset);
}

/* The formula by hand, for a corpus that is easy to count. */
static void the_weight_is_the_formula(void **state)
{
	/* Lengths: title words times three and abstract words. */
	const double lengths[] = {9, 6, 9, 9, 9, 9}, average = (9 + 6 + 9 + 9 + 9 + 9) / 6.0;
	/* It comes eight times in five papers, the one in a title counting three times. */
	const double idf = log(1 + (6 - 5 + 0.5) / (5 + 0.5)) * pow(8 / 5.0, 0.25);
	/* One term of the eight of a typical query. */
	const double k1 = 1.2 * pow(1 / 8.0, 0.3);
	const double title = idf * 3 * (k1 + 1) / (3 + k1 * (0.25 + 0.75 * lengths[1] / average));
	const double twice = idf * 2 * (k1 + 1) / (2 + k1 * (0.25 + 0.75 * lengths[5] / average));
	double       measured;
	sheaf_mset  *mset;

	(void)state;
	must(sheaf_database_get_avlength(e.db, &measured, NULL), NULL);
	assert_true(fabs(measured - average) < 1e-12);
	ask("network");
	mset = run(0, 10);
	assert_true(fabs(sheaf_mset_get_weight(mset, 0) - title) < 1e-12);
	assert_true(fabs(sheaf_mset_get_weight(mset, 1) - twice) < 1e-12);
	assert_true(fabs(sheaf_mset_get_max_attained(mset) - title) < 1e-12);
	assert_true(fabs(sheaf_mset_get_max_possible(mset) - idf * (k1 + 1)) < 1e-12);
	sheaf_mset_free(mset);
}

static void field_weights(void **state)
{
	(void)state;
	ask("network");
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_TITLE, 0.01);
	expect("p6 p4 p3 p1 p2");
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_TITLE, 0);
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_ABSTRACT, 0);
	/* What weighs nothing still matches; equal weights go by newest revision. */
	expect("p6 p4 p3 p2 p1");
	/* What is no weight, or no text field, changes nothing. */
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_TITLE, -1);
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_TITLE, NAN);
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_TITLE, INFINITY);
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_CATEGORY, 5);
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_COUNT, 5);
	expect("p6 p4 p3 p2 p1");
}

static void order_by_value(void **state)
{
	static const struct {
		sheaf_field field;
		int         reverse;
		const char *query, *ids;
	} cases[] = {
		/* Documents without the value last, whatever the direction; ties by newest
	           revision. */
		{SHEAF_FIELD_SUBMITTED, 0, "*", "p3 p1 p6 p2 p5 p4"},
		{SHEAF_FIELD_SUBMITTED, 1, "*", "p2 p6 p3 p1 p5 p4"},
		{SHEAF_FIELD_UPDATED, 0, "*", "p2 p5 p6 p1 p3 p4"},
		{SHEAF_FIELD_UPDATED, 1, "*", "p3 p6 p1 p5 p2 p4"},
		{SHEAF_FIELD_DATE, 0, "*", "p5 p3 p1 p6 p2 p4"},
		{SHEAF_FIELD_DATE, 1, "*", "p2 p6 p3 p1 p5 p4"},
		{SHEAF_FIELD_SUBMITTED, 0, "network", "p3 p1 p6 p2 p4"},
		{SHEAF_FIELD_SUBMITTED, 1, "network", "p2 p6 p3 p1 p4"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ask(cases[i].query);
		sheaf_enquire_set_sort_by_value(enquire, cases[i].field, cases[i].reverse);
		expect(cases[i].ids);
	}
	ask("network");
	/* Fields that are no dates are not sorted by. */
	sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_TITLE, 1);
	sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_VERSION, 1);
	expect("p2 p6 p3 p1 p4");
	sheaf_enquire_set_sort_by_relevance(enquire);
	expect("p2 p6 p4 p3 p1");
}

static void without_weights_the_newest_come_first(void **state)
{
	(void)state;
	ask("*");
	expect("p5 p3 p1 p6 p2 p4");
	ask("NOT network");
	expect("p5");
	ask("id:p1 OR id:p5 OR id:p6");
	expect("p5 p1 p6");
}

static void pages(void **state)
{
	static const struct {
		size_t      first, most, size;
		const char *ids;
	} cases[] = {
		{0, 2, 2, "p2 p6"},
		{1, 2, 2, "p6 p4"},
		{4, 2, 1, "p1"},
		{5, 2, 0, ""},
		{99, 2, 0, ""},
		{0, 0, 0, ""},
		{2, 0, 0, ""},
		{0, SIZE_MAX, 5, "p2 p6 p4 p3 p1"},
		{3, SIZE_MAX, 2, "p3 p1"},
		{SIZE_MAX, SIZE_MAX, 0, ""},
		{SIZE_MAX, 1, 0, ""},
	};

	(void)state;
	ask("network");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_mset *mset = run(cases[i].first, cases[i].most);
		buf         ids = BUF_INIT(0);

		assert_int_equal(sheaf_mset_size(mset), cases[i].size);
		assert_int_equal(sheaf_mset_get_firstitem(mset), cases[i].first);
		assert_int_equal(sheaf_mset_get_matches_estimated(mset), 5);
		assert_true(sheaf_mset_matches_exact(mset));
		engine_ids(mset, &ids);
		assert_string_equal(buf_str(&ids), cases[i].ids);
		buf_free(&ids);
		sheaf_mset_free(mset);
	}
}

static int count_hit(void *ctx, sheaf_docid docid, double weight)
{
	(void)docid, (void)weight;
	++*(int *)ctx;
	return 0;
}

/* Whatever matches has one percent at least, and a spy sees what is not dropped. */
static void cutoffs_by_percent(void **state)
{
	static const struct {
		const char *query, *ids;
		int         percent;
	} cases[] = {
		{"network OR id:p5", "p2 p6 p4 p3 p1 p5", 0},
		{"network OR id:p5", "p2 p6 p4 p3 p1 p5", 1},
		{"network OR id:p5", "p2 p6 p4 p3 p1", 2},
		{"network OR id:p5", "p2", 100},
		/* Where nothing weighs anything, all have a hundred. */
		{"id:p1 OR id:p5", "p5 p1", 100},
	};
	sheaf_match_spy *spy;
	int              hits;

	(void)state;
	must(sheaf_match_spy_new(e.db, count_hit, &hits, &spy, NULL), NULL);
	must(sheaf_enquire_add_matchspy(enquire, spy, NULL), NULL);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_mset *mset;

		ask(cases[i].query);
		sheaf_enquire_set_cutoff_percent(enquire, cases[i].percent);
		hits = 0;
		mset = run(0, 0);
		assert_int_equal(sheaf_mset_size(mset), 0);
		assert_int_equal(sheaf_mset_get_matches_estimated(mset), hits);
		sheaf_mset_free(mset);
		expect(cases[i].ids);
	}
	sheaf_enquire_clear_matchspies(enquire);
	sheaf_match_spy_free(spy);
}

static int add_weight(void *ctx, const sheaf_matching_term *term)
{
	*(double *)ctx += term->weight;
	return 0;
}

/* A part that can match nothing is in no expression, and not asked for its occurrences. */
static void explained_without_impossible_parts(void **state)
{
	sheaf_query *parts[3], *near, *both, *query;
	sheaf_mset  *mset;
	double       sum = 0;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		must(sheaf_query_new_term(SHEAF_FIELD_ANY, "network", 0, &parts[i], NULL), NULL);
	must(sheaf_query_new_op(SHEAF_OP_NEAR, parts, 3, 0, &near, NULL), NULL);
	must(sheaf_query_new_range(SHEAF_FIELD_DATE, 5, 4, &parts[0], NULL), NULL);
	parts[1] = near;
	must(sheaf_query_new_op(SHEAF_OP_AND, parts, 2, 0, &both, NULL), NULL);
	parts[0] = both;
	must(sheaf_query_new_term(SHEAF_FIELD_ANY, "network", 0, &parts[1], NULL), NULL);
	must(sheaf_query_new_op(SHEAF_OP_OR, parts, 2, 0, &query, NULL), NULL);
	sheaf_enquire_set_query(enquire, query);
	mset = run(0, 1);
	must(sheaf_enquire_each_matching_term(enquire, sheaf_mset_get_docid(mset, 0), add_weight,
	                                      &sum, NULL),
	     NULL);
	assert_true(sum > 0 && fabs(sum - sheaf_mset_get_weight(mset, 0)) < 1e-12);
	sheaf_mset_free(mset);
}

/* Neighbouring words count only where the part of the query that they stand in matches. */
static void neighbours_of_a_part_that_fails(void **state)
{
	sheaf_mset *mset;
	double      alone;

	(void)state;
	/* Words of one field are no neighbours. */
	ask("(ti:filler ti:words date:2100..) OR things");
	mset = run(0, 1);
	alone = sheaf_mset_get_weight(mset, 0);
	sheaf_mset_free(mset);
	ask("(filler words date:2100..) OR things");
	mset = run(0, 1);
	assert_true(alone > 0 && fabs(alone - sheaf_mset_get_weight(mset, 0)) < 1e-12);
	sheaf_mset_free(mset);
	ask("(filler words date:..2100) OR things");
	mset = run(0, 1);
	assert_true(sheaf_mset_get_weight(mset, 0) > alone);
	sheaf_mset_free(mset);
}

static void cutoffs(void **state)
{
	sheaf_mset *mset;
	double      second;

	(void)state;
	ask("network");
	mset = run(0, 10);
	second = sheaf_mset_get_weight(mset, 1);
	sheaf_mset_free(mset);
	sheaf_enquire_set_cutoff(enquire, second * (1 - 1e-9));
	expect("p2 p6");
	sheaf_enquire_set_cutoff(enquire, second * (1 + 1e-9));
	expect("p2");
	mset = run(0, 10);
	assert_int_equal(sheaf_mset_get_matches_estimated(mset), 1);
	sheaf_mset_free(mset);
	sheaf_enquire_set_cutoff(enquire, 1e9);
	expect("");
	sheaf_enquire_set_cutoff(enquire, -1);
	expect("p2 p6 p4 p3 p1");
	sheaf_enquire_set_cutoff(enquire, NAN);
	expect("p2 p6 p4 p3 p1");
}

static void revisions(void **state)
{
	static const struct {
		sheaf_revision begin, end;
		const char    *network, *all;
	} cases[] = {
		{0, 0, "p2 p6 p4 p3 p1", "p5 p3 p1 p6 p2 p4"},
		{3, 0, "p6 p4", "p5 p6 p4"},
		{0, 3, "p2 p3 p1", "p3 p1 p2"},
		{2, 4, "p4 p3", "p3 p4"},
		{6, 0, "", ""},
		{5, 6, "p6", "p6"},
		{4, 2, "", ""},
		{0, 100, "p2 p6 p4 p3 p1", "p5 p3 p1 p6 p2 p4"},
		{-5, -5, "p2 p6 p4 p3 p1", "p5 p3 p1 p6 p2 p4"},
		{INT64_MAX, INT64_MAX, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_enquire_set_revision_range(enquire, cases[i].begin, cases[i].end);
		ask("network");
		expect(cases[i].network);
		ask("*");
		expect(cases[i].all);
	}
}

static void no_query_finds_nothing(void **state)
{
	char *plan = NULL;

	(void)state;
	expect("");
	must(sheaf_enquire_get_plan(enquire, &plan, NULL), NULL);
	assert_non_null(strstr(plan, "nothing to look for"));
	sheaf_free(plan);
	sheaf_enquire_free(NULL);
}

static void a_query_is_replaced(void **state)
{
	char *plan = NULL;

	(void)state;
	ask("network");
	ask("quiet");
	expect("p5");
	must(sheaf_enquire_get_plan(enquire, &plan, NULL), NULL);
	assert_non_null(strstr(plan, "quiet"));
	for (const char *p = plan; *p; p++)
		assert_true(*p == '\n' || (unsigned char)*p >= 0x20);
	sheaf_free(plan);
	sheaf_enquire_set_query(enquire, NULL);
	expect("");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(best_first_and_ties_by_newest),
		TEST(the_weight_is_the_formula),
		TEST(field_weights),
		TEST(order_by_value),
		TEST(without_weights_the_newest_come_first),
		TEST(pages),
		TEST(cutoffs),
		TEST(cutoffs_by_percent),
		TEST(explained_without_impossible_parts),
		TEST(neighbours_of_a_part_that_fails),
		TEST(revisions),
		TEST(no_query_finds_nothing),
		TEST(a_query_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

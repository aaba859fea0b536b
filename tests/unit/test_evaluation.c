/* Counts against numbers worked out by hand, and labels where the right answer is known by construction. */
#include "profile_fixture.h"

#include <math.h>
#include <sheaf/evaluation.h>
#include <stdlib.h>

#include "alloc.h"
#include "dice.h"
#include "evaluation_private.h"
#include "id_split.h"

/* ---- counts ---- */

static const char three[] = "digest: {name: t}\nprofiles:\n"
			    "  a: {query: alder}\n  b: {query: birch}\n  c: {query: cedar}\n";
static const char three_all[] = "digest: {name: t, assign: all}\nprofiles:\n"
				"  a: {query: alder}\n  b: {query: birch}\n  c: {query: cedar}\n";

static sheaf_evaluation *begin(const char *yaml)
{
	sheaf_profile_set *set = fixture_profiles(yaml);
	sheaf_evaluation  *e;
	sheaf_error        err;

	must(evaluation_new(set, &e, &err), &err);
	sheaf_profile_set_free(set);
	for (size_t i = 0; i < e->size; i++)
		e->counts[i].measured = 1;
	return e;
}

/* Counts a paper so many times: "ab" belongs to a and b, "-c" is said not to be in c. */
static void count(sheaf_evaluation *e, int times, const char *labels, const char *placed,
                  int closed)
{
	sheaf_error err;

	while (times--) {
		for (const char *p = labels; *p; p++) {
			int not = *p == '-';

			p += not ;
			profile_marks_put(&e->labels, (size_t)(*p - 'a'),
			                  not ? LABEL_NOT : LABEL_BELONGS);
		}
		for (const char *p = placed; *p; p++)
			profile_marks_put(&e->placed, (size_t)(*p - 'a'), 1);
		must(evaluation_count_paper(e, closed, &err), &err);
	}
}

static void near(double value, double expected)
{
	assert_true(fabs(value - expected) < 1e-12);
}

static void counted(const sheaf_evaluation *e, size_t i, int64_t labelled, int64_t placed,
                    int64_t right)
{
	sheaf_evaluation_class c = sheaf_evaluation_get(e, i);

	assert_int_equal(c.labelled, labelled);
	assert_int_equal(c.placed, placed);
	assert_int_equal(c.right, right);
}

static void confused(const sheaf_evaluation *e, size_t i, size_t from, size_t placed,
                     int64_t papers)
{
	sheaf_confusion c = sheaf_evaluation_get_confusion(e, i);

	assert_true(c.label == from);
	assert_true(c.placed == placed);
	assert_int_equal(c.papers, papers);
}

static void measures_are_those_of_the_formulas(void **state)
{
	sheaf_evaluation       *e = begin(three);
	sheaf_evaluation_totals t;

	(void)state;
	count(e, 5, "a", "a", 1);
	count(e, 3, "a", "b", 1);
	count(e, 2, "b", "b", 1);
	count(e, 1, "b", "", 1);
	count(e, 4, "c", "a", 1);
	evaluation_finish(e);
	counted(e, 0, 8, 9, 5);
	counted(e, 1, 3, 5, 2);
	counted(e, 2, 4, 0, 0);
	near(sheaf_evaluation_get(e, 0).measures.precision, 5.0 / 9);
	near(sheaf_evaluation_get(e, 0).measures.recall, 5.0 / 8);
	near(sheaf_evaluation_get(e, 0).measures.f1, 10.0 / 17);
	assert_true(isnan(sheaf_evaluation_get(e, 2).measures.precision));
	near(sheaf_evaluation_get(e, 2).measures.recall, 0);
	near(sheaf_evaluation_get(e, 2).measures.f1, 0);
	t = sheaf_evaluation_get_totals(e);
	assert_int_equal(t.papers, 15);
	assert_int_equal(t.unplaced, 1);
	near(t.macro.precision, (5.0 / 9 + 2.0 / 5) / 3);
	near(t.macro.recall, (5.0 / 8 + 2.0 / 3) / 3);
	near(t.macro.f1, (10.0 / 17 + 4.0 / 8) / 3);
	near(t.micro.precision, 7.0 / 14);
	near(t.micro.recall, 7.0 / 15);
	near(t.micro.f1, 14.0 / 29);
	near(t.accuracy, 7.0 / 15);
	assert_int_equal(sheaf_evaluation_confusion_count(e), 5);
	confused(e, 0, 0, 0, 5);
	confused(e, 1, 2, 0, 4);
	confused(e, 2, 0, 1, 3);
	confused(e, 3, 1, 1, 2);
	confused(e, 4, 1, SIZE_MAX, 1);
	confused(e, 5, SIZE_MAX, SIZE_MAX, 0);
	assert_null(sheaf_evaluation_get(e, 3).name);
	sheaf_evaluation_free(e);
}

/* With one label and one section a paper, what is wrongly here is missing there. */
static void micro_averages_are_the_accuracy(void **state)
{
	dice d = {7};

	(void)state;
	for (int round = 0; round < 20; round++) {
		sheaf_evaluation       *e = begin(three);
		sheaf_evaluation_totals t;
		int64_t                 sum = 0;

		for (int i = 0; i < 200; i++) {
			const char from[] = {(char)('a' + dice_below(&d, 3)), 0};
			const char to[] = {(char)('a' + dice_below(&d, 3)), 0};

			count(e, 1, from, to, 1);
		}
		evaluation_finish(e);
		t = sheaf_evaluation_get_totals(e);
		near(t.micro.precision, t.accuracy);
		near(t.micro.recall, t.accuracy);
		near(t.micro.f1, t.accuracy);
		for (size_t i = 0; i < sheaf_evaluation_confusion_count(e); i++)
			sum += sheaf_evaluation_get_confusion(e, i).papers;
		assert_int_equal(sum, 200);
		sheaf_evaluation_free(e);
	}
}

static void what_nobody_said_is_not_wrong(void **state)
{
	sheaf_evaluation       *e = begin(three_all);
	sheaf_evaluation_totals t;

	(void)state;
	count(e, 2, "a", "abc", 0); /* b and c are not known of */
	count(e, 3, "-a", "ac", 0);
	count(e, 1, "a-b", "b", 0);
	evaluation_finish(e);
	counted(e, 0, 3, 5, 2);
	counted(e, 1, 0, 1, 0);
	counted(e, 2, 0, 0, 0);
	t = sheaf_evaluation_get_totals(e);
	assert_int_equal(t.papers, 6);
	assert_int_equal(t.labelled, 3);
	assert_true(isnan(t.accuracy));
	assert_int_equal(sheaf_evaluation_confusion_count(e), 3);
	confused(e, 0, SIZE_MAX, 0, 3);
	confused(e, 1, 0, 0, 2);
	confused(e, 2, 0, 1, 1);
	sheaf_evaluation_free(e);
}

static void overlapping_labels_are_paired_with_what_is_wrong(void **state)
{
	sheaf_evaluation *e = begin(three_all);

	(void)state;
	count(e, 4, "ab", "ac", 1); /* b was missed, c is wrong */
	count(e, 2, "a", "ac", 1);  /* none was missed */
	count(e, 1, "ab", "ba", 1);
	evaluation_finish(e);
	counted(e, 0, 7, 7, 7);
	counted(e, 1, 5, 1, 1);
	counted(e, 2, 0, 6, 0);
	assert_int_equal(sheaf_evaluation_get_totals(e).right, 1);
	assert_int_equal(sheaf_evaluation_confusion_count(e), 4);
	confused(e, 0, 0, 0, 7);
	confused(e, 1, 1, 2, 4);
	confused(e, 2, 0, 2, 2);
	confused(e, 3, 1, 1, 1);
	sheaf_evaluation_free(e);
}

static void nothing_counted_measures_nothing(void **state)
{
	sheaf_evaluation       *e = begin(three);
	sheaf_evaluation_totals t;

	(void)state;
	evaluation_finish(e);
	t = sheaf_evaluation_get_totals(e);
	assert_true(isnan(t.accuracy) && isnan(t.micro.f1) && isnan(t.micro.precision));
	near(t.macro.f1, 0);
	sheaf_evaluation_free(e);
	sheaf_evaluation_free(NULL);
	assert_int_equal(sheaf_evaluation_size(NULL), 0);
	assert_int_equal(sheaf_evaluation_get_totals(NULL).papers, 0);
	assert_int_equal(sheaf_evaluation_confusion_count(NULL), 0);
	assert_null(sheaf_evaluation_get(NULL, 0).name);
}

/* ---- samples and parts ---- */

static int by_sample_hash(const void *a, const void *b)
{
	const sampled *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void a_sample_has_the_smallest_hashes(void **state)
{
	enum { PAPERS = 1000, TAKEN = 137 };

	id_sample   s = {.limit = TAKEN};
	sampled     all[PAPERS];
	sheaf_error err;

	(void)state;
	for (int i = 0; i < PAPERS; i++) {
		char id[16];

		snprintf(id, sizeof id, "2401.%05d", i);
		all[i] = (sampled){id_sample_hash(id), i + 1};
		must(id_sample_add(&s, id, i + 1, &err), &err);
	}
	qsort(all, PAPERS, sizeof *all, by_sample_hash);
	assert_int_equal(s.count, TAKEN);
	id_sample_sort(&s);
	for (int i = 0; i < TAKEN; i++) {
		assert_true(s.items[i].hash <= all[TAKEN - 1].hash);
		assert_true(!i || s.items[i].docid > s.items[i - 1].docid);
	}
	mem_free(s.items);
}

/* Worked out by another program: FNV-1a of 64 bits, modulo 5. */
static void parts_are_told_by_the_identifier(void **state)
{
	int tests = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		char id[16];

		snprintf(id, sizeof id, "2401.%05d", i);
		tests += id_split_is_test(id);
	}
	assert_in_range(tests, 1900, 2100);
	assert_int_equal(hash_bytes(HASH_SEED, "a", 1), 0xAF63DC4C8601EC8Cu);
	assert_int_equal(id_split_is_test("a"), 0xAF63DC4C8601EC8Cu % 5 == 0);
	assert_int_equal(id_split_is_test("0704.0001"), 0);
	assert_int_equal(id_split_is_test("math/0309136"), 0);
	assert_int_equal(id_split_is_test("hep-th/9901001"), 0);
	assert_int_equal(id_split_is_test("2401.00003"), 1);
	assert_int_equal(id_split_is_test("2401.00004"), 1);
}

/* ---- categories ---- */

static const char trees[] = "digest: {name: t}\nprofiles:\n"
			    "  cs.NE: {query: alder}\n"
			    "  numbers: {heading: cs.na, query: birch}\n"
			    "  physics: {query: cedar}\n"
			    "  hep-th: {query: 'elm OR cat:hep-th'}\n"
			    "  other: {query: fir}\n";

static void put_trees(sheaf_database *db)
{
	fixture_put(db, "2401.00001", "alder", "x", NULL, "cs.NE cs.LG");
	fixture_put(db, "2401.00002", "birch", "x", NULL, "cs.NE");
	fixture_put(db, "2401.00003", "birch", "x", NULL, "math.NA");
	fixture_put(db, "2401.00004", "fir", "x", NULL, "cs.NA math.NA");
	fixture_put(db, "2401.00005", "cedar", "x", NULL, "astro-ph.GA");
	fixture_put(db, "2401.00006", "cedar", "x", NULL, "physics.optics");
	fixture_put(db, "2401.00007", "elm", "x", NULL, "hep-th");
	fixture_put(db, "2401.00008", "oak", "x", NULL, "hep-th"); /* its category is hidden */
	fixture_put(db, "2401.00009", "alder", "x", NULL, "cs.LG cs.NE");
	fixture_put(db, "2401.00010", "alder", "x", NULL, NULL);
}

static sheaf_evaluation *evaluate(sheaf_database *db, const char *yaml,
                                  const sheaf_evaluation_options *options)
{
	sheaf_profile_set *set = fixture_profiles(yaml);
	sheaf_evaluation  *e;
	sheaf_error        err;

	must(sheaf_evaluate(db, set, options, &e, &err), &err);
	sheaf_profile_set_free(set);
	return e;
}

static void papers_are_labelled_by_their_primary_categories(void **state)
{
	const sheaf_evaluation_options o = {.labels = SHEAF_LABELS_CATEGORIES};
	char                           path[SCRATCH_PATH_SIZE];
	sheaf_database                *db = fixture_open(path, "evaluation");
	sheaf_evaluation              *e;
	sheaf_evaluation_totals        t;

	(void)state;
	put_trees(db);
	e = evaluate(db, trees, &o);
	counted(e, 0, 2, 1, 1);
	counted(e, 1, 2, 2, 1);
	counted(e, 2, 2, 2, 2);
	counted(e, 3, 2, 1, 1);
	counted(e, 4, 0, 1, 0);
	assert_string_equal(sheaf_evaluation_get(e, 1).category, "cs.NA");
	assert_string_equal(sheaf_evaluation_get(e, 1).name, "numbers");
	assert_null(sheaf_evaluation_get(e, 4).category);
	assert_true(isnan(sheaf_evaluation_get(e, 4).measures.precision));
	t = sheaf_evaluation_get_totals(e);
	assert_int_equal(t.papers, 8);
	assert_int_equal(t.left_out, 2);
	assert_int_equal(t.unplaced, 1);
	assert_int_equal(t.measured, 4);
	near(t.accuracy, 5.0 / 8);
	near(t.micro.precision, 5.0 / 7);
	near(t.macro.f1, (2.0 / 3 + 2.0 / 4 + 1 + 2.0 / 3) / 4);
	sheaf_evaluation_free(e);
	fixture_close(db, path);
}

static void all_categories_are_labels_where_sections_overlap(void **state)
{
	const sheaf_evaluation_options o = {.labels = SHEAF_LABELS_CATEGORIES};
	char                           path[SCRATCH_PATH_SIZE];
	sheaf_database                *db = fixture_open(path, "evaluation");
	sheaf_evaluation              *e;

	(void)state;
	put_trees(db);
	e = evaluate(db,
	             "digest: {name: t, assign: all}\nprofiles:\n"
	             "  cs.NE: {query: alder OR birch}\n"
	             "  cs.LG: {query: alder}\n"
	             "  math.NA: {query: birch}\n",
	             &o);
	counted(e, 0, 3, 4, 3);
	counted(e, 1, 2, 2, 2);
	counted(e, 2, 2, 2, 1);
	assert_int_equal(sheaf_evaluation_get_totals(e).papers, 5);
	assert_true(isnan(sheaf_evaluation_get_totals(e).accuracy));
	sheaf_evaluation_free(e);
	fixture_close(db, path);
}

/* Either of two profiles for one category is right; where none has the paper, the first misses it. */
static void profiles_may_share_a_category(void **state)
{
	const sheaf_evaluation_options o = {.labels = SHEAF_LABELS_CATEGORIES};
	char                           path[SCRATCH_PATH_SIZE];
	sheaf_database                *db = fixture_open(path, "evaluation");
	sheaf_evaluation              *e;

	(void)state;
	fixture_put(db, "2401.00001", "alder", "x", NULL, "cs.NE");
	fixture_put(db, "2401.00002", "birch", "x", NULL, "cs.NE");
	fixture_put(db, "2401.00003", "cedar", "x", NULL, "cs.NE");
	e = evaluate(db,
	             "digest: {name: t}\nprofiles:\n"
	             "  one: {query: alder, heading: cs.NE}\n"
	             "  two: {query: birch, heading: cs.ne}\n",
	             &o);
	counted(e, 0, 2, 1, 1);
	counted(e, 1, 1, 1, 1);
	near(sheaf_evaluation_get_totals(e).accuracy, 2.0 / 3);
	sheaf_evaluation_free(e);
	fixture_close(db, path);
}

static int64_t papers_of(sheaf_database *db, sheaf_split split, int64_t limit)
{
	const sheaf_evaluation_options o = {
		.labels = SHEAF_LABELS_CATEGORIES, .split = split, .limit = limit};
	sheaf_evaluation *e = evaluate(db, trees, &o);
	int64_t           papers = sheaf_evaluation_get_totals(e).papers;

	sheaf_evaluation_free(e);
	return papers;
}

static void parts_and_limits_are_kept(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "evaluation");
	int64_t         tests = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		char id[16];

		snprintf(id, sizeof id, "2401.%05d", i + 1);
		fixture_put(db, id, "alder", "x", NULL, i % 10 ? "cs.NE" : "cs.LG");
		tests += i % 10 && id_split_is_test(id);
	}
	assert_int_equal(papers_of(db, SHEAF_SPLIT_ALL, 0), 90);
	assert_int_equal(papers_of(db, SHEAF_SPLIT_TEST, 0), tests);
	assert_int_equal(papers_of(db, SHEAF_SPLIT_TRAIN, 0), 90 - tests);
	assert_int_equal(papers_of(db, SHEAF_SPLIT_TEST, 5), 5);
	assert_int_equal(papers_of(db, SHEAF_SPLIT_ALL, 40), 40);
	assert_int_equal(papers_of(db, SHEAF_SPLIT_ALL, 1000), 90);
	fixture_close(db, path);
}

static int stop_at_three(void *ctx, int64_t done, int64_t total)
{
	assert_int_equal(total, 10);
	++*(int *)ctx;
	return done == 3;
}

static void what_cannot_be_done_is_an_error(void **state)
{
	int                            calls = 0;
	const sheaf_evaluation_options o = {.labels = SHEAF_LABELS_CATEGORIES,
	                                    .progress = stop_at_three,
	                                    .progress_ctx = &calls};
	char                           path[SCRATCH_PATH_SIZE];
	sheaf_database                *db = fixture_open(path, "evaluation");
	sheaf_profile_set             *set = fixture_profiles(trees);
	sheaf_evaluation              *e = (sheaf_evaluation *)&calls;
	sheaf_error                    err;

	(void)state;
	put_trees(db);
	assert_int_equal(sheaf_evaluate(db, set, &o, &e, &err), SHEAF_ERROR_INTERRUPTED);
	assert_null(e);
	assert_int_equal(calls, 3);
	assert_int_equal(sheaf_evaluate(NULL, set, NULL, &e, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_evaluate(db, NULL, NULL, &e, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_evaluate(db, set, NULL, NULL, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_profile_set_free(set);
	fixture_close(db, path);
}

/* ---- marks ---- */

static void mark(sheaf_database *db, const char *profile, const char *id, int belongs)
{
	sheaf_error err;

	must(sheaf_mark_put(db, profile, id, belongs, 1, &err), &err);
}

static void marked_papers_are_counted(void **state)
{
	char                    path[SCRATCH_PATH_SIZE];
	sheaf_database         *db = fixture_open(path, "evaluation");
	sheaf_evaluation       *e;
	sheaf_evaluation_totals t;

	(void)state;
	put_trees(db);
	mark(db, "cs.NE", "2401.00001", 1);
	mark(db, "cs.NE", "2401.00009v2", 0);
	mark(db, "cs.NE", "2401.00002", 1); /* is among the numbers, and so in the wrong place */
	mark(db, "other", "2401.00003", 0);
	mark(db, "numbers", "2401.99999", 1); /* is not there */
	mark(db, "stranger", "2401.00005", 1);
	e = evaluate(db, trees, NULL);
	counted(e, 0, 2, 2, 1);
	counted(e, 1, 0, 1, 0);
	counted(e, 4, 0, 0, 0);
	t = sheaf_evaluation_get_totals(e);
	assert_int_equal(t.papers, 4);
	assert_int_equal(t.labelled, 2);
	assert_int_equal(t.missing, 1);
	assert_int_equal(t.measured, 3);
	near(t.accuracy, 1.0 / 2);
	sheaf_evaluation_free(e);
	e = evaluate(db, trees, &(sheaf_evaluation_options){.limit = 2});
	assert_int_equal(sheaf_evaluation_get_totals(e).papers, 2);
	sheaf_evaluation_free(e);
	fixture_close(db, path);
}

static void nothing_marked_is_nothing_measured(void **state)
{
	char              path[SCRATCH_PATH_SIZE];
	sheaf_database   *db = fixture_open(path, "evaluation");
	sheaf_evaluation *e = evaluate(db, trees, NULL);

	(void)state;
	assert_int_equal(sheaf_evaluation_get_totals(e).measured, 0);
	assert_true(isnan(sheaf_evaluation_get_totals(e).macro.f1));
	sheaf_evaluation_free(e);
	e = evaluate(db, three, &(sheaf_evaluation_options){.labels = SHEAF_LABELS_CATEGORIES});
	assert_int_equal(sheaf_evaluation_get_totals(e).measured, 0);
	sheaf_evaluation_free(e);
	fixture_close(db, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_are_those_of_the_formulas),
		cmocka_unit_test(micro_averages_are_the_accuracy),
		cmocka_unit_test(what_nobody_said_is_not_wrong),
		cmocka_unit_test(overlapping_labels_are_paired_with_what_is_wrong),
		cmocka_unit_test(nothing_counted_measures_nothing),
		cmocka_unit_test(a_sample_has_the_smallest_hashes),
		cmocka_unit_test(parts_are_told_by_the_identifier),
		cmocka_unit_test(papers_are_labelled_by_their_primary_categories),
		cmocka_unit_test(all_categories_are_labels_where_sections_overlap),
		cmocka_unit_test(profiles_may_share_a_category),
		cmocka_unit_test(parts_and_limits_are_kept),
		cmocka_unit_test(what_cannot_be_done_is_an_error),
		cmocka_unit_test(marked_papers_are_counted),
		cmocka_unit_test(nothing_marked_is_nothing_measured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

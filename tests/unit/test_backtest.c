/* Spans of time, sections that overlap, and changes, where the right answer is known by construction. */
#include "profile_fixture.h"

#include <math.h>
#include <sheaf/backtest.h>
#include <stdlib.h>

#include "alloc.h"
#include "backtest_private.h"
#include "dice.h"

/* ---- weeks ---- */

static void in_week(const char *day, int year, int number)
{
	sheaf_error         err;
	week_table          weeks;
	sheaf_backtest_week w;

	must(week_table_init(&weeks, &err), &err);
	assert_int_equal(week_table_count(&weeks), 0);
	week_table_see(&weeks, fixture_time(day) / DAY_SECONDS)->papers = 3;
	assert_int_equal(week_table_count(&weeks), 1);
	w = week_table_get(&weeks, 0);
	assert_int_equal(w.year, year);
	assert_int_equal(w.number, number);
	assert_int_equal(w.papers, 3);
	assert_int_equal(week_table_get(&weeks, 1).number, 0);
	mem_free(weeks.items);
}

static void weeks_are_those_of_iso_8601(void **state)
{
	(void)state;
	in_week("2021-01-03", 2020, 53);
	in_week("2021-01-04", 2021, 1);
	in_week("2024-12-30", 2025, 1);
	in_week("2025-12-28", 2025, 52);
	in_week("2027-01-01", 2026, 53);
	in_week("1991-08-14", 1991, 33);
}

/* Every day of three hundred years: its week holds it, and the next one is the next. */
static void every_day_has_its_week(void **state)
{
	int64_t             day = date_days(1900, 1, 1), end = date_days(2200, 1, 1);
	sheaf_backtest_week last = {0};
	sheaf_error         err;
	week_table          weeks;

	(void)state;
	must(week_table_init(&weeks, &err), &err);
	for (int64_t d = day; d < end; d++)
		week_table_see(&weeks, d)->looked_at++;
	for (size_t i = 0; i < week_table_count(&weeks); i++) {
		sheaf_backtest_week w = week_table_get(&weeks, i);

		assert_true(w.looked_at == 7 || !i || i + 1 == week_table_count(&weeks));
		if (!i || (w.year == last.year && w.number == last.number + 1)) {
			last = w;
			continue;
		}
		assert_int_equal(w.year, last.year + 1);
		assert_int_equal(w.number, 1);
		assert_in_range(last.number, 52, 53);
		assert_true(w.begins == last.begins + (int64_t)7 * DAY_SECONDS);
		last = w;
	}
	mem_free(weeks.items);
}

/* ---- lists ---- */

static void the_newest_are_kept(void **state)
{
	enum { PAPERS = 500, KEPT = 40 };

	newest_list     list = {.limit = KEPT};
	dice            d = {3};
	sheaf_document *doc;
	sheaf_error     err;
	int             seen[PAPERS] = {0};

	(void)state;
	must(sheaf_document_new(&doc, &err), &err);
	for (int i = 0; i < PAPERS; i++) {
		int  number = (int)dice_below(&d, PAPERS);
		char id[16];

		while (seen[number])
			number = (number + 1) % PAPERS;
		seen[number] = 1;
		snprintf(id, sizeof id, "2401.%05d", number);
		must(scratch_paper(doc, id, "T", "a", &err), &err);
		must(newest_list_add(&list, doc, number / 3, 0, &err), &err);
	}
	newest_list_sort(&list);
	assert_int_equal(list.count, KEPT);
	for (int i = 0; i < KEPT; i++) {
		char id[16];

		snprintf(id, sizeof id, "2401.%05d", PAPERS - 1 - i);
		assert_string_equal(list.items[i].id, id);
	}
	newest_list_free(&list);
	sheaf_document_free(doc);
}

/* ---- backtests ---- */

/* `day` NULL: not known. */
static void put(sheaf_database *db, const char *id, const char *title, const char *day)
{
	sheaf_document *doc;
	sheaf_error     err;

	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, id, title, "x", &err), &err);
	if (day) {
		must(sheaf_document_set_value(doc, SHEAF_FIELD_ANNOUNCED, fixture_time(day), &err),
		     &err);
		must(sheaf_document_set_value(doc, SHEAF_FIELD_ANNOUNCED_SEEN, 1, &err), &err);
	}
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	sheaf_document_free(doc);
}

static void put_trees(sheaf_database *db)
{
	put(db, "2401.00001", "alder", "2024-01-01");
	put(db, "2401.00002", "alder birch", "2024-01-07");
	put(db, "2401.00003", "alder birch", "2024-01-16");
	put(db, "2401.00004", "alder alder fir", "2024-01-17");
	put(db, "2401.00005", "birch fir", "2024-01-18");
	put(db, "2401.00006", "oak", "2024-01-29");
	put(db, "2401.00007", "alder", NULL);
	put(db, "2401.00008", "alder", "2023-12-31");
	put(db, "2401.00009", "alder", "2024-01-30");
}

static const char trees[] = "digest: {name: t, score: weights, fallback: Rest}\nprofiles:\n"
			    "  a: {query: alder^2}\n"
			    "  b: {query: birch^3}\n"
			    "  c: {query: fir}\n";

static sheaf_backtest *backtest(sheaf_database *db, const char *yaml,
                                const sheaf_backtest_options *change)
{
	sheaf_profile_set     *set = fixture_profiles(yaml);
	sheaf_backtest_options o = {0};
	sheaf_backtest        *b;
	sheaf_error            err;

	if (change)
		o = *change;
	o.since = fixture_time("2024-01-01 12:00");
	o.until = fixture_time("2024-01-29");
	must(sheaf_backtest_run(db, set, 0, &o, &b, &err), &err);
	sheaf_profile_set_free(set);
	return b;
}

static void near(double value, double expected)
{
	assert_true(fabs(value - expected) < 1e-12);
}

static void papers_are_counted_by_week(void **state)
{
	char                  path[SCRATCH_PATH_SIZE];
	sheaf_database       *db = fixture_open(path, "backtest");
	sheaf_backtest       *b;
	sheaf_backtest_totals t;
	const int64_t         papers[] = {1, 0, 1, 0, 0}, looked_at[] = {2, 0, 3, 0, 1};

	(void)state;
	put_trees(db);
	b = backtest(db, trees, NULL);
	t = sheaf_backtest_get_totals(b);
	assert_int_equal(t.looked_at, 6);
	assert_int_equal(t.undated, 1);
	assert_int_equal(t.matches, 4);
	assert_int_equal(t.papers, 2);
	assert_int_equal(t.papers_after, 2);
	assert_false(t.changed);
	assert_true(t.first == fixture_time("2024-01-01"));
	assert_true(t.last == fixture_time("2024-01-29"));
	near(t.per_week, 2.0 * 7 / 29);
	assert_int_equal(t.busiest, 2);
	assert_int_equal(sheaf_backtest_week_count(b), 5);
	for (size_t i = 0; i < 5; i++) {
		sheaf_backtest_week w = sheaf_backtest_get_week(b, i);

		assert_int_equal(w.number, i + 1);
		assert_int_equal(w.papers, papers[i]);
		assert_int_equal(w.papers_after, papers[i]);
		assert_int_equal(w.looked_at, looked_at[i]);
	}
	sheaf_backtest_free(b);
	fixture_close(db, path);
}

static void overlaps(const sheaf_backtest *b, size_t i, const char *name, int64_t matches,
                     int64_t common, int64_t lost)
{
	sheaf_overlap o = sheaf_backtest_get_overlap(b, i);

	assert_string_equal(o.name, name);
	assert_int_equal(o.matches, matches);
	assert_int_equal(o.common, common);
	assert_int_equal(o.lost, lost);
}

static void overlaps_are_of_what_profiles_take(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "backtest");
	sheaf_backtest *b;

	(void)state;
	put_trees(db);
	b = backtest(db, trees, NULL);
	assert_int_equal(sheaf_backtest_overlap_count(b), 2);
	overlaps(b, 0, "b", 3, 2, 2);
	overlaps(b, 1, "c", 2, 1, 0);
	near(sheaf_backtest_get_overlap(b, 0).jaccard, 2.0 / 5);
	near(sheaf_backtest_get_overlap(b, 0).share, 2.0 / 4);
	near(sheaf_backtest_get_overlap(b, 1).jaccard, 1.0 / 5);
	sheaf_backtest_free(b);
	b = backtest(db,
	             "digest: {name: t, assign: all}\nprofiles:\n"
	             "  a: {query: alder}\n  b: {query: birch, exclude: fir}\n  c: {query: yew}\n",
	             NULL);
	overlaps(b, 0, "b", 2, 2, 0);
	overlaps(b, 1, "c", 0, 0, 0);
	assert_int_equal(sheaf_backtest_get_totals(b).papers, 4);
	sheaf_backtest_free(b);
	fixture_close(db, path);
}

static void a_span_may_have_no_end(void **state)
{
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = fixture_open(path, "backtest");
	sheaf_profile_set *set = fixture_profiles(trees);
	sheaf_backtest    *b;
	sheaf_error        err;

	(void)state;
	put_trees(db);
	put(db, "2401.00010", "alder", "1969-12-31");
	must(sheaf_backtest_run(db, set, 0, NULL, &b, &err), &err);
	assert_int_equal(sheaf_backtest_get_totals(b).looked_at, 8);
	sheaf_backtest_free(b);
	must(sheaf_backtest_run(
		     db, set, 0,
		     &(sheaf_backtest_options){.since = SHEAF_TIME_NONE, .until = SHEAF_TIME_NONE},
		     &b, &err),
	     &err);
	assert_int_equal(sheaf_backtest_get_totals(b).looked_at, 9);
	assert_true(sheaf_backtest_get_totals(b).first == fixture_time("1969-12-31"));
	sheaf_backtest_free(b);
	sheaf_profile_set_free(set);
	fixture_close(db, path);
}

static void listed_as(const sheaf_backtest *b, int dropped, size_t i, const char *id,
                      const char *day, const char *other)
{
	sheaf_backtest_paper p = sheaf_backtest_get_paper(b, dropped, i);

	assert_string_equal(p.id, id);
	assert_true(p.day == fixture_time(day));
	if (other)
		assert_string_equal(p.other, other);
	else
		assert_null(p.other);
}

/* What is dropped goes to the next best section, what is added comes from another or the fallback. */
static void a_change_moves_papers_between_sections(void **state)
{
	const sheaf_backtest_options o = {.query = "alder^0.5 OR oak OR birch^4", .limit = 2};
	char                         path[SCRATCH_PATH_SIZE];
	sheaf_database              *db = fixture_open(path, "backtest");
	sheaf_backtest              *b;
	sheaf_backtest_totals        t;

	(void)state;
	put_trees(db);
	b = backtest(db, trees, &o);
	t = sheaf_backtest_get_totals(b);
	assert_true(t.changed);
	assert_int_equal(t.papers, 2);
	assert_int_equal(t.papers_after, 5);
	assert_int_equal(t.added, 4);
	assert_int_equal(t.dropped, 1);
	assert_int_equal(sheaf_backtest_paper_count(b, 0), 2);
	listed_as(b, 0, 0, "2401.00006", "2024-01-29", "Rest");
	listed_as(b, 0, 1, "2401.00005", "2024-01-18", "b");
	assert_int_equal(sheaf_backtest_paper_count(b, 1), 1);
	listed_as(b, 1, 0, "2401.00004", "2024-01-17", "c");
	assert_string_equal(sheaf_backtest_get_paper(b, 1, 0).title, "alder alder fir");
	assert_null(sheaf_backtest_get_paper(b, 1, 1).id);
	assert_int_equal(sheaf_backtest_get_week(b, 4).papers_after, 1);
	assert_int_equal(sheaf_backtest_get_week(b, 4).papers, 0);
	sheaf_backtest_free(b);
	fixture_close(db, path);
}

static void a_profile_of_another_file_takes_the_place(void **state)
{
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = fixture_open(path, "backtest");
	sheaf_profile_set *with = fixture_profiles("digest: {name: u, score: weights}\nprofiles:\n"
	                                           "  a: {query: alder^2, exclude: fir}\n");
	sheaf_backtest_options o = {.with = with, .limit = 5};
	sheaf_backtest        *b;

	(void)state;
	put_trees(db);
	b = backtest(db, trees, &o);
	sheaf_profile_set_free(with);
	assert_int_equal(sheaf_backtest_get_totals(b).added, 0);
	assert_int_equal(sheaf_backtest_get_totals(b).dropped, 1);
	listed_as(b, 1, 0, "2401.00004", "2024-01-17", "c");
	sheaf_backtest_free(b);
	/* The same text changes nothing. */
	b = backtest(db, trees, &(sheaf_backtest_options){.query = "alder^2", .limit = 5});
	assert_int_equal(sheaf_backtest_get_totals(b).added, 0);
	assert_int_equal(sheaf_backtest_get_totals(b).dropped, 0);
	sheaf_backtest_free(b);
	fixture_close(db, path);
}

static void mark(sheaf_database *db, const char *id, int belongs)
{
	sheaf_error err;

	must(sheaf_mark_put(db, "a", id, belongs, 1, &err), &err);
}

static void marks_tell_whether_a_change_is_for_the_better(void **state)
{
	char                  path[SCRATCH_PATH_SIZE];
	sheaf_database       *db = fixture_open(path, "backtest");
	sheaf_backtest       *b;
	sheaf_backtest_totals t;

	(void)state;
	put_trees(db);
	mark(db, "2401.00001", 1);
	mark(db, "2401.00002", 1);
	mark(db, "2401.00004", 0);
	mark(db, "2401.00008", 1); /* before the span */
	b = backtest(db, trees, &(sheaf_backtest_options){.query = "alder^9"});
	t = sheaf_backtest_get_totals(b);
	assert_int_equal(t.marks_belong, 2);
	assert_int_equal(t.marks_not, 1);
	near(t.before.precision, 1.0 / 2);
	near(t.before.recall, 1.0 / 2);
	near(t.before.f1, 1.0 / 2);
	near(t.after.precision, 2.0 / 3);
	near(t.after.recall, 1);
	near(t.after.f1, 4.0 / 5);
	assert_int_equal(t.added, 2);
	assert_int_equal(sheaf_backtest_paper_count(b, 0), 0);
	sheaf_backtest_free(b);
	fixture_close(db, path);
}

static void refused(sheaf_database *db, const sheaf_profile_set *set, size_t profile,
                    const sheaf_backtest_options *o, sheaf_status expected)
{
	sheaf_backtest *b = (sheaf_backtest *)&expected;
	sheaf_error     err;

	assert_int_equal(sheaf_backtest_run(db, set, profile, o, &b, &err), expected);
	assert_null(b);
}

static int stop(void *ctx, int64_t done, int64_t total)
{
	assert_int_equal(total, 9);
	*(int64_t *)ctx = done;
	return done == 4;
}

static void what_cannot_be_compared_is_refused(void **state)
{
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = fixture_open(path, "backtest");
	sheaf_profile_set *set = fixture_profiles(trees);
	sheaf_profile_set *other = fixture_profiles("profiles:\n  a: {query: alder}\n");
	sheaf_profile_set *without = fixture_profiles(
		"digest: {score: weights}\nprofiles:\n  z: {query: alder}\n");
	sheaf_profile_set *words = fixture_profiles("digest: {match: keywords}\nprofiles:\n"
	                                            "  a: {keywords: [alder]}\n");
	int64_t            done = 0;

	(void)state;
	put_trees(db);
	refused(NULL, set, 0, NULL, SHEAF_ERROR_INVALID_ARGUMENT);
	refused(db, NULL, 0, NULL, SHEAF_ERROR_INVALID_ARGUMENT);
	refused(db, set, 3, NULL, SHEAF_ERROR_INVALID_ARGUMENT);
	refused(db, set, 0, &(sheaf_backtest_options){.query = ""}, SHEAF_ERROR_INVALID_ARGUMENT);
	refused(db, set, 0, &(sheaf_backtest_options){.query = "x", .with = set},
	        SHEAF_ERROR_INVALID_ARGUMENT);
	refused(db, set, 0, &(sheaf_backtest_options){.with = other}, SHEAF_ERROR_INVALID_ARGUMENT);
	refused(db, set, 0, &(sheaf_backtest_options){.with = without}, SHEAF_ERROR_DOC_NOT_FOUND);
	refused(db, words, 0, &(sheaf_backtest_options){.query = "x"},
	        SHEAF_ERROR_INVALID_ARGUMENT);
	refused(db, set, 0, &(sheaf_backtest_options){.progress = stop, .progress_ctx = &done},
	        SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(done, 4);
	assert_int_equal(sheaf_backtest_run(db, set, 0, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_profile_set_free(set);
	sheaf_profile_set_free(other);
	sheaf_profile_set_free(without);
	sheaf_profile_set_free(words);
	fixture_close(db, path);
}

static void nothing_has_no_weeks(void **state)
{
	char                  path[SCRATCH_PATH_SIZE];
	sheaf_database       *db = fixture_open(path, "backtest");
	sheaf_backtest       *b = backtest(db, trees, NULL);
	sheaf_backtest_totals t = sheaf_backtest_get_totals(b);

	(void)state;
	assert_int_equal(t.looked_at, 0);
	assert_true(t.first == SHEAF_TIME_NONE && t.last == SHEAF_TIME_NONE);
	assert_int_equal(sheaf_backtest_week_count(b), 0);
	assert_true(isnan(sheaf_backtest_get_overlap(b, 0).jaccard));
	assert_null(sheaf_backtest_get_overlap(b, 2).name);
	sheaf_backtest_free(b);
	sheaf_backtest_free(NULL);
	assert_int_equal(sheaf_backtest_week_count(NULL), 0);
	assert_int_equal(sheaf_backtest_overlap_count(NULL), 0);
	assert_int_equal(sheaf_backtest_paper_count(NULL, 0), 0);
	assert_int_equal(sheaf_backtest_get_totals(NULL).looked_at, 0);
	fixture_close(db, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weeks_are_those_of_iso_8601),
		cmocka_unit_test(every_day_has_its_week),
		cmocka_unit_test(the_newest_are_kept),
		cmocka_unit_test(papers_are_counted_by_week),
		cmocka_unit_test(overlaps_are_of_what_profiles_take),
		cmocka_unit_test(a_span_may_have_no_end),
		cmocka_unit_test(a_change_moves_papers_between_sections),
		cmocka_unit_test(a_profile_of_another_file_takes_the_place),
		cmocka_unit_test(marks_tell_whether_a_change_is_for_the_better),
		cmocka_unit_test(what_cannot_be_compared_is_refused),
		cmocka_unit_test(nothing_has_no_weeks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

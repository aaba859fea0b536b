#include "profile_fixture.h"

#include <sheaf/enquire.h>

#include "store.h"

/* 1 garden, 2 kitchen, 3 both, more kitchen, 4 neither. */
static void put_papers(sheaf_database *db)
{
	fixture_put(db, "2601.00001", "Gardens of stone", "Every garden has a gate.", "2026-01-01",
	            "q-bio.PE");
	fixture_put(db, "2601.00002", "Kitchens", "A kitchen with an oven.", "2026-01-02", "cs.CY");
	fixture_put(db, "2601.00003", "Kitchen and oven",
	            "An oven beside the garden, a kitchen oven.", "2026-01-03", "cs.CY q-bio.PE");
	fixture_put(db, "2601.00004", "Rain", "Nothing but rain.", "2026-01-04", "physics.ao-ph");
}

#define TOPICS                                \
	"profiles:\n"                         \
	"  garden: {query: garden OR gate}\n" \
	"  kitchen: {query: kitchen OR oven}\n"

static void with_database(void (*test)(sheaf_database *db))
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "classify");

	put_papers(db);
	test(db);
	fixture_close(db, path);
}

static void expect(sheaf_database *db, const char *yaml, const char *placed)
{
	sheaf_profile_set *set = fixture_profiles(yaml);

	fixture_classify(db, set, 0);
	fixture_placed(db, set, placed);
	sheaf_profile_set_free(set);
}

static void best_puts_a_paper_where_it_weighs_most(sheaf_database *db)
{
	expect(db, TOPICS, "garden:2601.00001 kitchen:2601.00003 kitchen:2601.00002 ");
}

static void all_puts_a_paper_everywhere(sheaf_database *db)
{
	expect(db, "digest: {assign: all}\n" TOPICS,
	       "garden:2601.00001 garden:2601.00003 kitchen:2601.00003 kitchen:2601.00002 ");
}

static void ties_go_to_the_first(sheaf_database *db)
{
	expect(db, "profiles:\n  a: {query: rain}\n  b: {query: rain}\n", "a:2601.00004 ");
	expect(db, "profiles:\n  b: {query: rain}\n  a: {query: rain}\n", "b:2601.00004 ");
	expect(db, "profiles:\n  x: {query: 'cat:cs.CY'}\n  y: {query: 'cat:q-bio.PE'}\n",
	       "x:2601.00003 x:2601.00002 y:2601.00001 ");
}

static void the_fallback_takes_the_rest(sheaf_database *db)
{
	expect(db, "digest: {fallback: Rest}\n" TOPICS,
	       "garden:2601.00001 kitchen:2601.00003 kitchen:2601.00002 :2601.00004 ");
	expect(db, "digest: {fallback: Rest, assign: all}\nprofiles: {a: {query: oven}}\n",
	       "a:2601.00003 a:2601.00002 :2601.00004 :2601.00001 ");
}

static void select_require_and_exclude_hold(sheaf_database *db)
{
	expect(db,
	       "digest: {select: 'cat:cs.CY', fallback: Rest}\nprofiles:\n  garden: {query: garden}\n",
	       "garden:2601.00003 :2601.00002 ");
	expect(db,
	       "profiles:\n  a: {query: garden OR oven, require: 'cat:cs.*', exclude: 'gate OR \"kitchen oven\"'}\n",
	       "a:2601.00002 ");
	expect(db, "profiles:\n  a: {query: 'rain OR garden', exclude: rain}\n",
	       "a:2601.00001 a:2601.00003 ");
}

static int take_percent(void *ctx, const sheaf_placement *placement)
{
	int *percents = ctx;

	percents[percents[0] ? 1 : 0] = placement->percent;
	return 0;
}

/* Of the papers that match, so many weigh less. */
static void percents_tell_strong_matches_from_weak_ones(sheaf_database *db)
{
	sheaf_profile_set *set = fixture_profiles(
		"profiles:\n  a: {query: garden OR gate OR stone}\n");
	int percents[2] = {0, 0};

	fixture_classify(db, set, 0);
	must(sheaf_placement_each(db, set, 0, take_percent, percents, NULL), NULL);
	assert_true(percents[0] > 80 && percents[0] < 100);
	assert_true(percents[1] > 0 && percents[1] < 50);
	sheaf_profile_set_free(set);
	expect(db, "profiles:\n  a: {query: garden OR gate OR stone, min_percent: 60}\n",
	       "a:2601.00001 ");
}

static void keywords_count_once_each(sheaf_database *db)
{
	static const char  yaml[] = "digest: {match: keywords, fallback: Rest}\n"
				    "profiles:\n"
				    "  one: {keywords: [GARDEN, tone, absent]}\n"
				    "  two: {keywords: [kitchen, oven]}\n";
	sheaf_profile_set *set = fixture_profiles(yaml);

	/*
	 * "tone" is inside "stone"; the oven of 3 comes three times and counts once, the kitchen
	 * once.
	 */
	fixture_put(db, "2601.00005", "Garden tones", "Oven. Kitchen.", "2026-01-05", NULL);
	fixture_classify(db, set, 0);
	fixture_placed(db, set,
	               "one:2601.00005 one:2601.00001 two:2601.00003 two:2601.00002 :2601.00004 ");
	sheaf_profile_set_free(set);
	expect(db,
	       "digest: {match: keywords, assign: all}\nprofiles:\n  a: {keywords: [garden]}\n"
	       "  b: {keywords: [oven], exclude: beside}\n  c: {keywords: [a], require: 'cat:cs.*'}\n",
	       "a:2601.00005 a:2601.00003 a:2601.00001 b:2601.00005 b:2601.00002 c:2601.00003 c:2601.00002 ");
	expect(db,
	       "digest: {match: keywords, select: 'cat:cs.*', fallback: R}\nprofiles:\n  a: {keywords: [garden]}\n",
	       "a:2601.00003 :2601.00002 ");
}

static void keywords_cross_the_line_and_the_title(sheaf_database *db)
{
	fixture_put(db, "2601.00006", "An end\n  of", "Liquid\nstate.", "2026-01-05", NULL);
	expect(db, "digest: {match: keywords}\nprofiles:\n  a: {keywords: [liquid state]}\n",
	       "a:2601.00006 ");
	expect(db, "digest: {match: keywords}\nprofiles:\n  b: {keywords: [end of liquid]}\n",
	       "b:2601.00006 ");
}

static void only_news_are_looked_at(sheaf_database *db)
{
	sheaf_profile_set   *set = fixture_profiles("digest: {fallback: Rest}\n" TOPICS);
	sheaf_classify_stats stats = fixture_classify(db, set, 0);

	assert_int_equal(stats.profiles, 2);
	assert_int_equal(stats.documents, 4);
	assert_int_equal(stats.matches, 4);
	stats = fixture_classify(db, set, 0);
	assert_int_equal(stats.documents, 0);
	fixture_put(db, "2601.00007", "Garden again", "x", "2026-01-07", NULL);
	stats = fixture_classify(db, set, 0);
	assert_int_equal(stats.documents, 1);
	assert_int_equal(stats.matches, 1);
	stats = fixture_classify(db, set, 1);
	assert_int_equal(stats.documents, 5);
	assert_int_equal(stats.matches, 5);
	sheaf_profile_set_free(set);
}

static void a_changed_paper_moves(sheaf_database *db)
{
	sheaf_error err;

	expect(db, TOPICS, "garden:2601.00001 kitchen:2601.00003 kitchen:2601.00002 ");
	fixture_put(db, "2601.00001", "Ovens of stone", "Every oven has a kitchen.", "2026-01-01",
	            NULL);
	must(sheaf_database_delete_document(db, "2601.00003", &err), &err);
	expect(db, TOPICS, "kitchen:2601.00002 kitchen:2601.00001 ");
	fixture_put(db, "2601.00002", "Sun", "Only sun.", "2026-01-02", NULL);
	expect(db, TOPICS, "kitchen:2601.00001 ");
}

static void a_changed_profile_begins_again(sheaf_database *db)
{
	sheaf_profile_set   *set = fixture_profiles("digest: {assign: all}\n" TOPICS
	                                            "  rain: {query: snow}\n");
	sheaf_classify_stats stats = fixture_classify(db, set, 0);

	sheaf_profile_set_free(set);
	/* Another heading changes nothing; another query only its own profile. */
	set = fixture_profiles("digest: {assign: all, title: T, limit: 3}\n" TOPICS
	                       "  rain: {query: snow, heading: Rain}\n");
	stats = fixture_classify(db, set, 0);
	assert_int_equal(stats.documents, 0);
	sheaf_profile_set_free(set);
	set = fixture_profiles("digest: {assign: all}\n" TOPICS "  rain: {query: rain}\n");
	stats = fixture_classify(db, set, 0);
	assert_int_equal(stats.documents, 4);
	assert_int_equal(stats.matches, 1);
	fixture_placed(
		db, set,
		"garden:2601.00001 garden:2601.00003 kitchen:2601.00003 kitchen:2601.00002 rain:2601.00004 ");
	sheaf_profile_set_free(set);
	/* With `best` they depend on each other: all begin again. */
	set = fixture_profiles(TOPICS "  rain: {query: rain}\n");
	stats = fixture_classify(db, set, 0);
	assert_int_equal(stats.matches, 4);
	sheaf_profile_set_free(set);
	set = fixture_profiles(
		"profiles:\n  garden: {query: garden OR gate}\n  kitchen: {query: sun}\n");
	stats = fixture_classify(db, set, 0);
	assert_int_equal(stats.documents, 4);
	fixture_placed(db, set, "garden:2601.00001 garden:2601.00003 ");
	sheaf_profile_set_free(set);
}

static void a_profile_that_is_gone_takes_its_placements(sheaf_database *db)
{
	sheaf_profile_set *both = fixture_profiles("digest: {assign: all}\n" TOPICS);

	fixture_classify(db, both, 0);
	expect(db, "digest: {assign: all}\nprofiles:\n  garden: {query: garden OR gate}\n",
	       "garden:2601.00001 garden:2601.00003 ");
	fixture_placed(db, both, "garden:2601.00001 garden:2601.00003 ");
	sheaf_profile_set_free(both);
}

/* A set under another name is another digest. */
static void sets_do_not_disturb_each_other(sheaf_database *db)
{
	sheaf_profile_set *a = fixture_profiles(
		"digest: {name: a}\nprofiles:\n  x: {query: garden}\n");
	sheaf_profile_set *b = fixture_profiles(
		"digest: {name: b}\nprofiles:\n  x: {query: rain}\n");

	fixture_classify(db, a, 0);
	fixture_classify(db, b, 0);
	fixture_placed(db, a, "x:2601.00001 x:2601.00003 ");
	fixture_placed(db, b, "x:2601.00004 ");
	sheaf_profile_set_free(a);
	sheaf_profile_set_free(b);
}

static void a_run_that_was_undone_is_repeated(sheaf_database *db)
{
	sheaf_profile_set *set = fixture_profiles(TOPICS);
	sheaf_error        err;

	must(sheaf_database_begin_transaction(db, &err), &err);
	fixture_classify(db, set, 0);
	sheaf_database_cancel_transaction(db);
	fixture_placed(db, set, "");
	/* Marks that do not fit together are not trusted. */
	must(store_profile_state_put(db, "test", "garden", 1, 4, &err), &err);
	must(store_profile_state_put(db, "test", "kitchen", 1, 99, &err), &err);
	assert_int_equal(fixture_classify(db, set, 0).documents, 4);
	fixture_placed(db, set, "garden:2601.00001 kitchen:2601.00003 kitchen:2601.00002 ");
	sheaf_profile_set_free(set);
}

static int stop(void *ctx, const char *name)
{
	(void)ctx, (void)name;
	return 1;
}

static void sets_are_stored_and_loaded(sheaf_database *db)
{
	sheaf_profile_set *set, *again;
	sheaf_error        err;

	assert_int_equal(sheaf_profile_set_load(db, NULL, &again, &err), SHEAF_ERROR_DOC_NOT_FOUND);
	set = fixture_profiles(TOPICS);
	must(sheaf_profile_set_store(db, set, &err), &err);
	must(sheaf_profile_set_load(db, NULL, &again, &err), &err);
	assert_string_equal(sheaf_profile_set_get_digest(again)->name, "test");
	assert_int_equal(sheaf_profile_set_size(again), 2);
	/* What was read from the file and what was stored are one set: nothing begins again. */
	fixture_classify(db, set, 0);
	assert_int_equal(fixture_classify(db, again, 0).documents, 0);
	sheaf_profile_set_free(again);
	sheaf_profile_set_free(set);
	set = fixture_profiles("digest: {name: other/one}\nprofiles: {a: {query: b}}\n");
	must(sheaf_profile_set_store(db, set, &err), &err);
	sheaf_profile_set_free(set);
	assert_int_equal(sheaf_profile_set_load(db, NULL, &again, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_non_null(strstr(err.message, "other/one, test"));
	must(sheaf_profile_set_load(db, "other/one", &again, &err), &err);
	assert_string_equal(sheaf_profile_set_get_digest(again)->name, "other/one");
	sheaf_profile_set_free(again);
	assert_int_equal(sheaf_profile_set_load(db, "none", &again, &err),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_null(again);
	assert_int_equal(sheaf_profile_set_each(db, stop, NULL, &err), SHEAF_ERROR_INTERRUPTED);
}

/* More revisions than one window has, most of them of papers that were changed since. */
static void many_windows_are_one_classification(void **state)
{
	enum { PAPERS = 300, CHANGES = 17000 };
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = fixture_open(path, "windows");
	sheaf_profile_set *set = fixture_profiles(
		"digest: {fallback: Rest}\nprofiles:\n  a: {query: even}\n");
	sheaf_document      *doc;
	sheaf_error          err;
	sheaf_classify_stats stats;

	(void)state;
	must(sheaf_document_new(&doc, &err), &err);
	must(sheaf_database_begin_transaction(db, &err), &err);
	for (int i = 0; i < CHANGES; i++) {
		char id[32], text[32];

		snprintf(id, sizeof id, "2601.%05d", 1 + i % PAPERS);
		snprintf(text, sizeof text, "%s %d", i % 2 ? "odd" : "even", i);
		must(scratch_paper(doc, id, text, NULL, &err), &err);
		must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
		if (i == PAPERS / 3) {
			must(sheaf_database_commit_transaction(db, &err), &err);
			fixture_classify(db, set, 0);
			must(sheaf_database_begin_transaction(db, &err), &err);
		}
	}
	must(sheaf_database_commit_transaction(db, &err), &err);
	sheaf_document_free(doc);
	stats = fixture_classify(db, set, 0);
	assert_int_equal(stats.documents, PAPERS);
	assert_int_equal(stats.matches, PAPERS);
	stats = fixture_classify(db, set, 1);
	assert_int_equal(stats.documents, PAPERS);
	sheaf_profile_set_free(set);
	fixture_close(db, path);
}

static void nothing_is_classified_in_an_empty_database(void **state)
{
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = fixture_open(path, "classify-empty");
	sheaf_profile_set *set = fixture_profiles("digest: {fallback: Rest}\n" TOPICS);

	(void)state;
	assert_int_equal(fixture_classify(db, set, 0).documents, 0);
	fixture_placed(db, set, "");
	put_papers(db);
	assert_int_equal(fixture_classify(db, set, 0).documents, 4);
	sheaf_profile_set_free(set);
	fixture_close(db, path);
}

static void wrong_calls_are_refused(void **state)
{
	sheaf_profile_set *set = fixture_profiles(TOPICS);
	sheaf_error        err;

	(void)state;
	assert_int_equal(sheaf_classify(NULL, set, 0, NULL, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_placement_each(NULL, set, 0, NULL, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_profile_set_store(NULL, set, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_profile_set_free(set);
	sheaf_profile_set_free(NULL);
}

#define ON_DATABASE(test)                    \
	static void run_##test(void **state) \
	{                                    \
		(void)state;                 \
		with_database(test);         \
	}

ON_DATABASE(best_puts_a_paper_where_it_weighs_most)
ON_DATABASE(all_puts_a_paper_everywhere)
ON_DATABASE(ties_go_to_the_first)
ON_DATABASE(the_fallback_takes_the_rest)
ON_DATABASE(select_require_and_exclude_hold)
ON_DATABASE(percents_tell_strong_matches_from_weak_ones)
ON_DATABASE(keywords_count_once_each)
ON_DATABASE(keywords_cross_the_line_and_the_title)
ON_DATABASE(only_news_are_looked_at)
ON_DATABASE(a_changed_paper_moves)
ON_DATABASE(a_changed_profile_begins_again)
ON_DATABASE(a_profile_that_is_gone_takes_its_placements)
ON_DATABASE(sets_do_not_disturb_each_other)
ON_DATABASE(a_run_that_was_undone_is_repeated)
ON_DATABASE(sets_are_stored_and_loaded)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(run_best_puts_a_paper_where_it_weighs_most),
		cmocka_unit_test(run_all_puts_a_paper_everywhere),
		cmocka_unit_test(run_ties_go_to_the_first),
		cmocka_unit_test(run_the_fallback_takes_the_rest),
		cmocka_unit_test(run_select_require_and_exclude_hold),
		cmocka_unit_test(run_percents_tell_strong_matches_from_weak_ones),
		cmocka_unit_test(run_keywords_count_once_each),
		cmocka_unit_test(run_keywords_cross_the_line_and_the_title),
		cmocka_unit_test(run_only_news_are_looked_at),
		cmocka_unit_test(run_a_changed_paper_moves),
		cmocka_unit_test(run_a_changed_profile_begins_again),
		cmocka_unit_test(run_a_profile_that_is_gone_takes_its_placements),
		cmocka_unit_test(run_sets_do_not_disturb_each_other),
		cmocka_unit_test(run_a_run_that_was_undone_is_repeated),
		cmocka_unit_test(run_sets_are_stored_and_loaded),
		cmocka_unit_test(many_windows_are_one_classification),
		cmocka_unit_test(nothing_is_classified_in_an_empty_database),
		cmocka_unit_test(wrong_calls_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

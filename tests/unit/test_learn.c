/* Profiles learnt from categories: what they know, what they hold to, what is no use to learn from. */
#include "learn_fixture.h"

#include <math.h>

#include <sheaf/evaluation.h>
#include <sheaf/learn.h>

#include "alloc.h"
#include "id_split.h"
#include "str.h"

#define ON_PAPERS(test, count)                                    \
	static void run_##test(void **state)                      \
	{                                                         \
		char            path[SCRATCH_PATH_SIZE];          \
		sheaf_database *db = fixture_open(path, "learn"); \
                                                                  \
		(void)state;                                      \
		learn_papers(db, count);                          \
		test(db);                                         \
		fixture_close(db, path);                          \
	}

static char *learn(sheaf_database *db, const sheaf_learn_options *options, sheaf_learn_stats *stats)
{
	char       *yaml = NULL;
	sheaf_error err;

	must(sheaf_learn_categories(db, options, &yaml, stats, &err), &err);
	assert_non_null(yaml);
	return yaml;
}

static size_t count_of(const char *text, const char *what)
{
	size_t count = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		count++;
	return count;
}

/* Their places in the split are kept for ever; FNV-1a of 64 bits is computed by hand. */
static void the_split_is_by_the_identifier(void **state)
{
	int tests = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char     id[16];
		uint64_t hash = 0xCBF29CE484222325u;
		int      len = snprintf(id, sizeof id, "24%02d.%05d", 1 + i / 9000, 1 + i % 9000);

		for (int k = 0; k < len; k++)
			hash = (hash ^ (unsigned char)id[k]) * 0x100000001B3u;
		assert_int_equal(id_split_is_test(id), hash % 5 == 0);
		tests += id_split_is_test(id);
	}
	assert_in_range(tests, 3800, 4200);
}

static void what_is_learnt_sorts_papers_that_were_held_out(sheaf_database *db)
{
	const sheaf_evaluation_options with = {.labels = SHEAF_LABELS_CATEGORIES,
	                                       .split = SHEAF_SPLIT_TEST};
	sheaf_learn_stats              stats;
	sheaf_evaluation              *evaluation;
	sheaf_evaluation_totals        totals;
	sheaf_error                    err;
	char                          *yaml = learn(db, NULL, &stats);
	sheaf_profile_set             *set = fixture_profiles(yaml);

	assert_int_equal(stats.categories, 3);
	assert_int_equal(stats.learnt_from + stats.held_out, 600);
	assert_in_range(stats.held_out, 80, 160);
	assert_true(stats.accuracy > 0.95 && stats.macro_f1 > 0.95);
	assert_int_equal(sheaf_profile_set_size(set), 3);
	assert_int_equal(sheaf_profile_set_get_digest(set)->score, SHEAF_SCORE_WEIGHTS);
	must(sheaf_evaluate(db, set, &with, &evaluation, &err), &err);
	totals = sheaf_evaluation_get_totals(evaluation);
	assert_int_equal(totals.papers, stats.held_out);
	/* What was told is what the written profiles do, but for the digits that are written. */
	assert_true(fabs(totals.accuracy - stats.accuracy) < 0.02);
	assert_true(totals.accuracy > 0.95);
	sheaf_evaluation_free(evaluation);
	sheaf_profile_set_free(set);
	mem_free(yaml);
}
ON_PAPERS(what_is_learnt_sorts_papers_that_were_held_out, 600)

static void words_speak_for_their_own_category(sheaf_database *db)
{
	char              *yaml = learn(db, NULL, NULL);
	sheaf_profile_set *set = fixture_profiles(yaml);

	for (size_t i = 0; i < sheaf_profile_set_size(set); i++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);

		assert_true(str_eq(p->name, "cs.NE") == (strstr(p->query, "spiking") != NULL));
		assert_true(str_eq(p->name, "q-bio.NC") == (strstr(p->query, "synapse") != NULL));
		assert_true(str_eq(p->name, "math.NA") == (strstr(p->query, "matrix") != NULL));
	}
	/* No word speaks against one. */
	assert_int_equal(count_of(yaml, "^-"), 0);
	assert_int_equal(count_of(yaml, "^0.00"), 0);
	sheaf_profile_set_free(set);
	mem_free(yaml);
}
ON_PAPERS(words_speak_for_their_own_category, 600)

static void no_more_terms_and_categories_than_asked_for(sheaf_database *db)
{
	const sheaf_learn_options options = {.categories = 2, .terms = 3};
	sheaf_learn_stats         stats;
	char                     *yaml = learn(db, &options, &stats);
	sheaf_profile_set        *set = fixture_profiles(yaml);

	assert_int_equal(stats.categories, 2);
	assert_int_equal(sheaf_profile_set_size(set), 2);
	for (size_t i = 0; i < 2; i++)
		assert_in_range(count_of(sheaf_profile_set_get(set, i)->query, "^"), 1, 3);
	sheaf_profile_set_free(set);
	mem_free(yaml);
}
ON_PAPERS(no_more_terms_and_categories_than_asked_for, 600)

static void the_same_papers_give_the_same_file(sheaf_database *db)
{
	char *one = learn(db, NULL, NULL), *two = learn(db, NULL, NULL);

	assert_string_equal(one, two);
	mem_free(one);
	mem_free(two);
}
ON_PAPERS(the_same_papers_give_the_same_file, 300)

/* A category is what a paper says; what could be none is none, and the others are quoted. */
static void names_of_categories_are_read_back(sheaf_database *db)
{
	static const char *const odd[] = {"null", "true", "a.b-c", "*a", "\"q"};

	for (int i = 0; i < 100; i++) {
		char id[16], text[80];

		snprintf(id, sizeof id, "2501.%05d", i + 1);
		snprintf(text, sizeof text, "lamp%d lamp%d of all", i % 5, i % 5);
		fixture_put(db, id, text, text, "2025-01-05", odd[i % 5]);
	}
	{
		char              *yaml = learn(db, NULL, NULL);
		sheaf_profile_set *set = fixture_profiles(yaml);
		size_t             found = 0;

		for (size_t i = 0; i < sheaf_profile_set_size(set); i++)
			for (size_t k = 0; k < 5; k++)
				found += str_eq(sheaf_profile_set_get(set, i)->name, odd[k]);
		assert_int_equal(found, 3);
		assert_int_equal(sheaf_profile_set_size(set), 3);
		sheaf_profile_set_free(set);
		mem_free(yaml);
	}
}
ON_PAPERS(names_of_categories_are_read_back, 0)

static int stop(void *ctx, size_t part, size_t parts)
{
	(void)ctx;
	return part * 2 > parts;
}

static void what_cannot_be_learnt_is_told(sheaf_database *db)
{
	const sheaf_learn_options stopping = {.progress = stop}, many = {.terms = 10001};
	char                     *yaml = NULL;
	sheaf_error               err;

	assert_int_equal(sheaf_learn_categories(NULL, NULL, &yaml, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_learn_categories(db, NULL, NULL, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_learn_categories(db, &many, &yaml, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_learn_categories(db, NULL, &yaml, NULL, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_null(yaml);
	fixture_put(db, "2401.00001", "Lamps", "Lamps.", "2024-01-05", "cs.NE");
	assert_int_equal(sheaf_learn_categories(db, NULL, &yaml, NULL, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	learn_papers(db, 300);
	assert_int_equal(sheaf_learn_categories(db, &stopping, &yaml, NULL, &err),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_null(yaml);
}
ON_PAPERS(what_cannot_be_learnt_is_told, 0)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_split_is_by_the_identifier),
		cmocka_unit_test(run_what_is_learnt_sorts_papers_that_were_held_out),
		cmocka_unit_test(run_words_speak_for_their_own_category),
		cmocka_unit_test(run_no_more_terms_and_categories_than_asked_for),
		cmocka_unit_test(run_the_same_papers_give_the_same_file),
		cmocka_unit_test(run_names_of_categories_are_read_back),
		cmocka_unit_test(run_what_cannot_be_learnt_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

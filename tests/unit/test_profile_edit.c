#include "profile_fixture.h"

#include "profile_private.h"
#include "profile_write.h"

static void stored_is(sheaf_database *db, const char *set, const char *expected)
{
	char       *yaml;
	sheaf_error err;

	must(sheaf_profile_set_get_text(db, set, &yaml, &err), &err);
	assert_string_equal(yaml, expected);
	sheaf_free(yaml);
}

static void put_set(sheaf_database *db, const char *yaml)
{
	sheaf_profile_set *set = fixture_profiles(yaml);
	sheaf_error        err;

	must(sheaf_profile_set_store(db, set, &err), &err);
	sheaf_profile_set_free(set);
}

/* Adds "new: query: q" (or removes `drop`) and expects the text. */
static void edited_is(sheaf_database *db, const char *yaml, const char *drop, const char *expected)
{
	sheaf_error err;

	put_set(db, yaml);
	if (drop)
		must(sheaf_profile_set_drop(db, "test", drop, &err), &err);
	else
		must(sheaf_profile_set_add(db, "test", "new", "q", &err), &err);
	stored_is(db, "test", expected);
}

static void lines_are_put_between_the_others(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "edit");

	(void)state;
	edited_is(db, "profiles:\n  a: {query: x}", NULL,
	          "profiles:\n  a: {query: x}\n  new:\n    query: q\n");
	edited_is(db,
	          "profiles:\n   # A.\n   a:\n      query: |\n        x\n\n        # no comment\n\n"
	          "# of the digest\ndigest:\n  limit: 3\n",
	          NULL,
	          "profiles:\n   # A.\n   a:\n      query: |\n        x\n\n        # no comment\n"
	          "   new:\n      query: q\n\n# of the digest\ndigest:\n  limit: 3\n");
	edited_is(db, "profiles: {a: {query: x}} # gone\n", NULL,
	          "digest:\n  name: test\nprofiles:\n  a:\n    query: x\n  new:\n    query: q\n");
	edited_is(db, "profiles:\n  ? a\n  : {query: x}\n", NULL,
	          "digest:\n  name: test\nprofiles:\n  a:\n    query: x\n  new:\n    query: q\n");
	fixture_close(db, path);
}

static void lines_are_taken_away(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "edit");

	(void)state;
	edited_is(db, "profiles:\n  # of a\n  a:\n    query: x\n\n  # of b\n  b:\n    query: y\n",
	          "a", "profiles:\n\n  # of b\n  b:\n    query: y\n");
	edited_is(db, "profiles:\n  a: {query: x}\n  b:\n    query: \"y\n      z\"\n# end\n", "b",
	          "profiles:\n  a: {query: x}\n# end\n");
	edited_is(db, "profiles:\n  a: {query: x}\n  b: {query: y}", "b",
	          "profiles:\n  a: {query: x}\n");
	edited_is(db, "profiles: {a: {query: x}, b: {query: z, bias: -0.1}}\n", "a",
	          "digest:\n  name: test\nprofiles:\n  b:\n    query: z\n    bias: -0.1\n");
	fixture_close(db, path);
}

static void edits_that_make_no_sense_change_nothing(void **state)
{
	static const char yaml[] = "profiles:\n  a: {query: x}\n";
	char              path[SCRATCH_PATH_SIZE];
	sheaf_database   *db = fixture_open(path, "edit");
	sheaf_error       err;

	(void)state;
	put_set(db, yaml);
	assert_int_equal(sheaf_profile_set_add(db, "test", "a", "y", &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_profile_set_add(db, "test", "b", "()", &err), SHEAF_ERROR_CONFIG);
	assert_int_equal(sheaf_profile_set_add(db, "test", "b\x07", "y", &err), SHEAF_ERROR_CONFIG);
	assert_int_equal(sheaf_profile_set_add(db, "test", "b", " \n", &err), SHEAF_ERROR_CONFIG);
	assert_int_equal(sheaf_profile_set_drop(db, "test", "b", &err), SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(sheaf_profile_set_drop(db, "tset", "a", &err), SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(sheaf_profile_set_remove(db, "tset", &err), SHEAF_ERROR_DOC_NOT_FOUND);
	stored_is(db, "test", yaml);
	must(sheaf_profile_set_drop(db, "test", "a", &err), &err);
	assert_int_equal(sheaf_profile_set_load(db, "test", &(sheaf_profile_set *){NULL}, &err),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	must(sheaf_profile_set_add(db, "other", "a", "x\ny OR z", &err), &err);
	stored_is(db, "other",
	          "digest:\n  name: other\nprofiles:\n  a:\n    query: |\n      x\n      y OR z\n");
	fixture_close(db, path);
}

static void what_was_placed_goes_with_the_profile(void **state)
{
	char                 path[SCRATCH_PATH_SIZE];
	sheaf_database      *db = fixture_open(path, "edit");
	sheaf_profile_set   *set;
	sheaf_profile_counts counts;
	sheaf_error          err;

	(void)state;
	fixture_put(db, "2401.00001", "A kettle", "It boils.", NULL, NULL);
	set = fixture_profiles("profiles:\n  a: {query: kettle}\n  b: {query: boil*}\n");
	must(sheaf_profile_set_store(db, set, &err), &err);
	fixture_classify(db, set, 0);
	sheaf_profile_set_free(set);
	must(sheaf_mark_put(db, "a", "2401.00001", 1, 0, &err), &err);
	must(sheaf_profile_get_counts(db, "test", "a", &counts, &err), &err);
	assert_int_equal(counts.papers, 1);
	assert_int_equal(counts.delivered, 0);
	assert_int_equal(counts.classified, 1);
	must(sheaf_profile_set_add(db, "two", "a", "x", &err), &err);
	must(sheaf_profile_set_drop(db, "test", "a", &err), &err);
	must(sheaf_profile_get_counts(db, "test", "a", &counts, &err), &err);
	assert_int_equal(counts.papers, 0);
	assert_int_equal(counts.classified, 0);
	{
		int64_t removed;

		/* The other set's profile keeps it. */
		must(sheaf_mark_remove(db, "a", "2401.00001", &removed, &err), &err);
		assert_int_equal(removed, 1);
	}
	fixture_close(db, path);
}

/* Every key, and texts that YAML could take for something else. */
static void what_is_written_reads_back(void **state)
{
	static const char *const texts[] = {"plain words",
	                                    "null",
	                                    "No",
	                                    "'quoted'",
	                                    "a: b",
	                                    "# c",
	                                    "- d",
	                                    "2.5",
	                                    "[e]",
	                                    "{f}",
	                                    "*g",
	                                    "&h",
	                                    "!i",
	                                    "%j",
	                                    "@k",
	                                    "l\nm",
	                                    "é 光",
	                                    "\"n\"",
	                                    "back\\slash",
	                                    "x:",
	                                    "t\tt",
	                                    "?",
	                                    "~",
	                                    "line\xE2\x80\xA8sep",
	                                    "right\xE2\x80\xAEto left"};
	static const char        yaml[] =
		"digest:\n  name: n\n  title: 'T: t'\n  intro: |\n    one\n    two\n  select: s\n"
		"  assign: all\n  match: query\n  score: weights\n  fallback: '#'\n  limit: 7\n"
		"  order: relevance\n  link: http://x.example/{id}\n  escape: false\n"
		"profiles:\n  'a: b':\n    heading: \"\\e[1m\"\n    query: |\n      x OR\n        y\n\n      z\n"
		"    keywords: [\"it's\", '1', \"a, b\"]\n    exclude: e\n    require: r\n"
		"    min_percent: 9\n    max: 8\n    bias: -1.23456789012345\n"
		"    include: [cross, replace]\n    must: ['2401.00001']\n    mustnot: [math/0309136]\n"
		"  '2': {query: q}\n";
	sheaf_profile_set *set = fixture_profiles(yaml), *again;
	char              *once, *twice;
	sheaf_error        err;

	(void)state;
	must(sheaf_profile_set_to_yaml(set, &once, &err), &err);
	again = fixture_profiles(once);
	must(sheaf_profile_set_to_yaml(again, &twice, &err), &err);
	assert_string_equal(once, twice);
	assert_string_equal(again->profiles[0].query, "x OR\n  y\n\nz");
	assert_true(again->profiles[0].bias == set->profiles[0].bias);
	assert_string_equal(again->profiles[0].keywords[2], "a, b");
	assert_string_equal(again->profiles[0].heading, "\x1B[1m");
	assert_int_equal(again->profiles[0].include, set->profiles[0].include);
	assert_string_equal(again->profiles[1].name, "2");
	assert_string_equal(again->digest.intro, "one\ntwo");
	assert_int_equal(again->digest.escape, 0);
	sheaf_free(once);
	sheaf_free(twice);
	sheaf_profile_set_free(set);
	sheaf_profile_set_free(again);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		buf file = BUF_INIT(0);

		buf_puts(&file, "profiles:\n  a:\n    query: q\n    heading: ");
		profile_write_text(&file, texts[i]);
		/* What steers a terminal is not shown as it is. */
		assert_null(strstr(buf_str(&file), "\xE2\x80\xAE"));
		set = fixture_profiles(file.data);
		assert_string_equal(set->profiles[0].heading, texts[i]);
		sheaf_profile_set_free(set);
		buf_free(&file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_put_between_the_others),
		cmocka_unit_test(lines_are_taken_away),
		cmocka_unit_test(edits_that_make_no_sense_change_nothing),
		cmocka_unit_test(what_was_placed_goes_with_the_profile),
		cmocka_unit_test(what_is_written_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

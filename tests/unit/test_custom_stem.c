/* stem.h and database.h: stemmers of the caller's, and databases made with one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"

/* The first `*ctx` letters of a word. */
static int front(void *ctx, const char *text, size_t len, char *out)
{
	size_t keep = *(const size_t *)ctx;

	if (len < keep)
		return (int)len + 17; /* more than there is room for: the word stays */
	memcpy(out, text, keep);
	return (int)keep;
}

static int grow(void *ctx, const char *text, size_t len, char *out)
{
	(void)ctx;
	memcpy(out, text, len);
	memset(out + len, 'x', 16);
	return (int)len + 16;
}

static int mark(void *ctx, const char *text, size_t len, char *out)
{
	(void)ctx;
	memcpy(out, text, len);
	out[0] = '\x04';
	return (int)len;
}

static int nothing(void *ctx, const char *text, size_t len, char *out)
{
	(void)ctx;
	(void)text;
	(void)len;
	(void)out;
	return 0;
}

static sheaf_stem *make(const char *name, sheaf_stem_fn fn, void *ctx)
{
	sheaf_stem *stem;
	sheaf_error err;

	must(sheaf_stem_new_custom(name, fn, ctx, &stem, &err), &err);
	return stem;
}

static void expect(sheaf_stem *stem, const char *text, const char *expected)
{
	const char *out;
	size_t      len;

	for (int again = 0; again < 2; again++) {
		assert_int_equal(sheaf_stem_word(stem, text, strlen(text), &out, &len, NULL),
		                 SHEAF_OK);
		assert_int_equal(len, strlen(expected));
		assert_memory_equal(out, expected, len);
	}
	sheaf_stem_free(stem);
}

static void stems_of_the_caller(void **state)
{
	static const char long_word[] = "abcdefghijklmnopqrstuvwxyzabcdefghij";
	size_t            three = 3;

	(void)state;
	expect(make("front-3", front, &three), "network", "net");
	expect(make("front-3", front, &three), "ab", "ab");
	expect(make("front-3", front, &three), long_word, "abc");
	expect(make("grow", grow, NULL), "ab", "abxxxxxxxxxxxxxxxx");
	expect(make("mark", mark, NULL), "ab", "ab");
	expect(make("nothing", nothing, NULL), "ab", "ab");
	expect(make("nothing", nothing, NULL), "", "");
}

static void names(void **state)
{
	static const char *const bad[] = {
		"",
		"english",
		"none",
		"en",
		"a b",
		"a:b",
		"caf\xC3\xA9",
		"x/y",
		"a234567890123456789012345678901234",
		NULL,
	};
	sheaf_stem *stem;
	sheaf_error err;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(sheaf_stem_new_custom(bad[i], grow, NULL, &stem, &err),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
		assert_null(stem);
	}
	assert_int_equal(sheaf_stem_new_custom("ok", NULL, NULL, &stem, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	stem = make("A2345678901234567890123456789-32", grow, NULL);
	assert_string_equal(sheaf_stem_get_name(stem), "A2345678901234567890123456789-32");
	assert_int_equal(sheaf_stem_is_none(stem), 0);
	sheaf_stem_free(stem);
	must(sheaf_stem_new("none", &stem, &err), &err);
	assert_string_equal(sheaf_stem_get_name(stem), "none");
	assert_int_equal(sheaf_stem_is_none(stem), 1);
	sheaf_stem_free(stem);
	must(sheaf_stem_new(NULL, &stem, &err), &err);
	assert_string_equal(sheaf_stem_get_name(stem), "english");
	assert_int_equal(sheaf_stem_is_none(stem), 0);
	sheaf_stem_free(stem);
	assert_null(sheaf_stem_get_name(NULL));
	assert_int_equal(sheaf_stem_is_none(NULL), 0);
}

static char path[SCRATCH_PATH_SIZE];

static sheaf_status open_with(sheaf_db_mode mode, const sheaf_stem *stem, int for_reindex,
                              sheaf_database **db, sheaf_error *err)
{
	const sheaf_database_options options = {
		.custom_stem = stem, .for_reindex = for_reindex, .busy_timeout_ms = -1};

	return sheaf_database_open(path, mode, &options, db, err);
}

static void put_paper(sheaf_database *db, const char *title)
{
	sheaf_document *doc;
	sheaf_error     err;

	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, "2601.00001", title, NULL, &err), &err);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	sheaf_document_free(doc);
}

static void a_database_of_its_own_stemmer(void **state)
{
	size_t      three = 3, four = 4;
	sheaf_stem *stem = make("front", front, &three), *other = make("other", front, &three),
		   *changed = make("front", front, &four);
	sheaf_database *db;
	sheaf_error     err;

	(void)state;
	scratch_path(path, "custom");
	must(open_with(SHEAF_DB_CREATE, stem, 0, &db, &err), &err);
	assert_string_equal(sheaf_database_get_stemmer(db), "custom:front");
	put_paper(db, "Netting");
	engine_finds(db, "network", "2601.00001");
	engine_finds(db, "nation", "");
	sheaf_database_close(db);
	assert_int_equal(open_with(SHEAF_DB_OPEN, NULL, 0, &db, &err),
	                 SHEAF_ERROR_DATABASE_VERSION);
	assert_null(db);
	assert_non_null(strstr(err.message, "custom:front"));
	assert_int_equal(open_with(SHEAF_DB_READ_ONLY, other, 0, &db, &err),
	                 SHEAF_ERROR_DATABASE_VERSION);
	assert_int_equal(open_with(SHEAF_DB_READ_ONLY, changed, 0, &db, &err),
	                 SHEAF_ERROR_DATABASE_VERSION);
	must(open_with(SHEAF_DB_READ_ONLY, stem, 0, &db, &err), &err);
	engine_finds(db, "network", "2601.00001");
	sheaf_database_close(db);
	sheaf_stem_free(stem);
	sheaf_stem_free(other);
	sheaf_stem_free(changed);
	scratch_remove(path);
}

static void reindexing_to_and_from(void **state)
{
	size_t                 three = 3;
	sheaf_stem            *stem = make("front", front, &three);
	sheaf_database_options with = {.custom_stem = stem, .stem_strategy = SHEAF_STEM_KEEP};
	sheaf_database        *db;
	sheaf_error            err;

	(void)state;
	scratch_path(path, "custom");
	must(open_with(SHEAF_DB_CREATE, NULL, 0, &db, &err), &err);
	put_paper(db, "Netting");
	engine_finds(db, "network", "");
	must(sheaf_database_reindex(db, &with, &err), &err);
	assert_string_equal(sheaf_database_get_stemmer(db), "custom:front");
	engine_finds(db, "network", "2601.00001");
	sheaf_database_close(db);
	/* Without the stemmer, the only way in is to take another. */
	must(open_with(SHEAF_DB_OPEN, NULL, 1, &db, &err), &err);
	assert_int_equal(sheaf_database_reindex(db, NULL, &err), SHEAF_ERROR_DATABASE_VERSION);
	with = (sheaf_database_options){.stemmer = "english", .stem_strategy = SHEAF_STEM_KEEP};
	must(sheaf_database_reindex(db, &with, &err), &err);
	engine_finds(db, "network", "");
	engine_finds(db, "nets", "2601.00001");
	engine_finds(db, "netx", "");
	sheaf_database_close(db);
	/* Snowball's, given as a handle. */
	sheaf_stem_free(stem);
	must(sheaf_stem_new("german", &stem, &err), &err);
	scratch_remove(path);
	must(open_with(SHEAF_DB_CREATE, stem, 0, &db, &err), &err);
	assert_string_equal(sheaf_database_get_stemmer(db), "german");
	sheaf_database_close(db);
	must(open_with(SHEAF_DB_OPEN, NULL, 0, &db, &err), &err);
	sheaf_database_close(db);
	sheaf_stem_free(stem);
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stems_of_the_caller),
		cmocka_unit_test(names),
		cmocka_unit_test(a_database_of_its_own_stemmer),
		cmocka_unit_test(reindexing_to_and_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

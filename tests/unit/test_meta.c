/* The user's metadata, and the settings that it cannot reach. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "meta");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void set(const char *key, const char *value)
{
	sheaf_error err;

	must(sheaf_database_set_metadata(e.db, key, value, &err), &err);
}

static void expect(const char *key, const char *value)
{
	char       *got = NULL;
	sheaf_error err;

	must(sheaf_database_get_metadata(e.db, key, &got, &err), &err);
	if (value) {
		assert_non_null(got);
		assert_string_equal(got, value);
	} else {
		assert_null(got);
	}
	sheaf_free(got);
}

static void set_get_remove(void **state)
{
	(void)state;
	expect("colour", NULL);
	set("colour", "blue");
	expect("colour", "blue");
	set("colour", "na\xC3\xAFve; DROP TABLE meta");
	expect("colour", "na\xC3\xAFve; DROP TABLE meta");
	expect("Colour", NULL);
	set("colour", NULL);
	expect("colour", NULL);
	set("colour", "red");
	set("colour", "");
	expect("colour", NULL);
	set("never set", NULL);
}

static void the_settings_are_out_of_reach(void **state)
{
	static const char *const keys[] = {"uuid", "stemmer", "revision", "fingerprint", "user:x"};

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		expect(keys[i], NULL);
		set(keys[i], "mine");
		expect(keys[i], "mine");
	}
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	assert_int_equal(strlen(sheaf_database_get_uuid(e.db)), 36);
	assert_string_equal(sheaf_database_get_stemmer(e.db), "english");
	expect("stemmer", "mine");
}

static void it_follows_transactions(void **state)
{
	(void)state;
	set("k", "before");
	must(sheaf_database_begin_transaction(e.db, NULL), NULL);
	set("k", "inside");
	expect("k", "inside");
	sheaf_database_cancel_transaction(e.db);
	expect("k", "before");
}

static void limits(void **state)
{
	size_t len = (1 << 20) + 1;
	char  *text = malloc(len + 1), *got = text;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', len);
	text[len] = 0;
	assert_int_equal(sheaf_database_set_metadata(e.db, "k", text, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_set_metadata(e.db, text, "v", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_metadata(e.db, text, &got, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(got);
	text[len - 1] = 0;
	set("k", text);
	expect("k", text);
	assert_int_equal(sheaf_database_set_metadata(e.db, "", "v", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_set_metadata(e.db, NULL, "v", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_metadata(e.db, NULL, &got, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_metadata(NULL, "k", &got, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	free(text);
}

static void readers_may_only_read(void **state)
{
	sheaf_error err;

	(void)state;
	set("k", "v");
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_READ_ONLY);
	expect("k", "v");
	assert_int_equal(sheaf_database_set_metadata(e.db, "k", "w", &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_set_metadata(e.db, "k", NULL, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	expect("k", "v");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(set_get_remove),          TEST(the_settings_are_out_of_reach),
		TEST(it_follows_transactions), TEST(limits),
		TEST(readers_may_only_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

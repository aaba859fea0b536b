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

/* ---- walking the keys ---- */

static int put_key(void *ctx, const char *key)
{
	buf_printf(ctx, "%s;", key);
	return 0;
}

static void expect_keys(const char *prefix, const char *keys)
{
	buf         found = BUF_INIT(0);
	sheaf_error err;

	must(sheaf_database_each_metadata_key(e.db, prefix, put_key, &found, &err), &err);
	assert_string_equal(buf_str(&found), keys);
	buf_free(&found);
}

static void keys_are_walked_in_order(void **state)
{
	(void)state;
	expect_keys(NULL, "");
	set("pear", "1");
	set("apple", "1");
	set("apple tart", "1");
	set("uuid", "1");
	set("\xFF\xFE", "1");
	expect_keys(NULL, "apple;apple tart;pear;uuid;\xFF\xFE;");
	expect_keys("", "apple;apple tart;pear;uuid;\xFF\xFE;");
	expect_keys("apple", "apple;apple tart;");
	expect_keys("\xFF", "\xFF\xFE;");
	expect_keys("b", "");
	set("apple", NULL);
	expect_keys("a", "apple tart;");
}

static int read_and_stop(void *ctx, const char *key)
{
	char *value = NULL;

	++*(int *)ctx;
	/* Values may be read on the way, but no other walk begun. */
	must(sheaf_database_get_metadata(e.db, key, &value, NULL), NULL);
	assert_string_equal(value, "1");
	sheaf_free(value);
	assert_int_equal(sheaf_database_each_metadata_key(e.db, NULL, put_key, NULL, NULL),
	                 SHEAF_ERROR_INVALID_OPERATION);
	return 1;
}

static void a_walk_can_be_stopped(void **state)
{
	int calls = 0;

	(void)state;
	set("a", "1");
	set("b", "1");
	assert_int_equal(sheaf_database_each_metadata_key(e.db, NULL, read_and_stop, &calls, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(calls, 1);
	assert_int_equal(sheaf_database_each_metadata_key(NULL, NULL, put_key, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_each_metadata_key(e.db, NULL, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	expect_keys(NULL, "a;b;");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(set_get_remove),          TEST(the_settings_are_out_of_reach),
		TEST(it_follows_transactions), TEST(limits),
		TEST(readers_may_only_read),   TEST(keys_are_walked_in_order),
		TEST(a_walk_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

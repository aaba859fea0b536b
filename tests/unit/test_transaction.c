/* transaction.c: all or nothing, and the caches that go with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database_private.h"
#include "engine_fixture.h"
#include "store.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "transaction");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void expect_state(int64_t count, int64_t revision, int64_t length)
{
	int64_t     number;
	double      average;
	sheaf_error err;

	must(sheaf_database_get_doccount(e.db, &number, &err), &err);
	assert_int_equal(number, count);
	must(sheaf_database_get_revision(e.db, &number, &err), &err);
	assert_int_equal(number, revision);
	must(sheaf_database_get_avlength(e.db, &average, &err), &err);
	assert_int_equal((int64_t)(average * (double)count + 0.5), length);
}

static void reopen(sheaf_db_mode mode)
{
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, mode);
}

static void a_commit_keeps_all(void **state)
{
	(void)state;
	engine_begin_write(&e);
	assert_true(store_in_transaction(e.db));
	engine_put(&e, "2601.00001", "Spiking networks", "alpha beta");
	engine_put(&e, "2601.00002", "Quiet networks", "gamma");
	expect_state(2, 2, 3 * 4 + 3);
	engine_commit(&e);
	assert_false(store_in_transaction(e.db));
	reopen(SHEAF_DB_OPEN);
	expect_state(2, 2, 15);
	engine_finds(e.db, "networks", "2601.00001 2601.00002");
	must(sheaf_database_check(e.db, NULL), NULL);
}

static void a_cancel_restores_all(void **state)
{
	sheaf_docid docid;

	(void)state;
	engine_put(&e, "2601.00001", "Spiking networks", "alpha");
	engine_put(&e, "2601.00002", "Quiet networks", "beta");
	engine_begin_write(&e);
	engine_put(&e, "2601.00001v2", "Other words entirely", "gamma");
	engine_put(&e, "2601.00003", "Third", NULL);
	must(sheaf_database_delete_document(e.db, "2601.00002", NULL), NULL);
	expect_state(2, 5, 3 * 3 + 1 + 3);
	engine_finds(e.db, "spiking", "");
	sheaf_database_cancel_transaction(e.db);
	expect_state(2, 2, 14);
	engine_finds(e.db, "spiking", "2601.00001");
	engine_finds(e.db, "networks", "2601.00001 2601.00002");
	engine_finds(e.db, "gamma OR third", "");
	assert_int_equal(sheaf_database_find_document(e.db, "2601.00003", &docid, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	must(sheaf_database_check(e.db, NULL), NULL);
	engine_put(&e, "2601.00004", "Fourth", NULL);
	expect_state(3, 3, 17);
	must(sheaf_database_check(e.db, NULL), NULL);
}

static void closing_cancels(void **state)
{
	(void)state;
	engine_put(&e, "2601.00001", "Kept", NULL);
	engine_begin_write(&e);
	engine_put(&e, "2601.00002", "Lost", NULL);
	reopen(SHEAF_DB_OPEN);
	expect_state(1, 1, 3);
	engine_finds(e.db, "lost", "");
	must(sheaf_database_check(e.db, NULL), NULL);
}

static void one_at_a_time(void **state)
{
	sheaf_error err;

	(void)state;
	assert_int_equal(sheaf_database_commit_transaction(e.db, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	sheaf_database_cancel_transaction(e.db);
	engine_begin_write(&e);
	assert_int_equal(sheaf_database_begin_transaction(e.db, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_non_null(strstr(err.message, e.path));
	engine_put(&e, "2601.00001", "Still inside", NULL);
	engine_commit(&e);
	assert_int_equal(sheaf_database_commit_transaction(e.db, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	expect_state(1, 1, 6);
}

static void a_reading_handle_writes_nothing(void **state)
{
	sheaf_error err;

	(void)state;
	engine_put(&e, "2601.00001", "Here", NULL);
	reopen(SHEAF_DB_READ_ONLY);
	assert_int_equal(sheaf_database_begin_transaction(e.db, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_non_null(strstr(err.message, "reading only"));
	must(scratch_paper(e.doc, "2601.00002", "New", NULL, &err), &err);
	assert_int_equal(sheaf_database_replace_document(e.db, e.doc, NULL, NULL, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_delete_document(e.db, "2601.00001", &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_reindex(e.db, NULL, &err), SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_compact(e.db, &err), SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_check(e.db, &err), SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(store_set_bulk(e.db, 1, &err), SHEAF_ERROR_INVALID_OPERATION);
	engine_finds(e.db, "here", "2601.00001");
}

static int write_inside(void *ctx, const sheaf_document *doc)
{
	sheaf_document *copy;

	(void)doc;
	assert_int_equal(sheaf_document_new(&copy, NULL), SHEAF_OK);
	must(scratch_paper(copy, "2601.00009", "Inside", NULL, NULL), NULL);
	assert_int_equal(sheaf_database_replace_document(e.db, copy, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_OPERATION);
	sheaf_document_free(copy);
	++*(int *)ctx;
	return 0;
}

static int walk_inside(void *ctx, const sheaf_document *doc)
{
	sheaf_document *other;
	int             inner = 0;

	assert_int_equal(sheaf_database_each_document(e.db, 0, walk_inside, &inner, NULL),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(inner, 0);
	/* Reading by other means is fine. */
	must(sheaf_database_get_document(e.db, sheaf_document_get_docid(doc), &other, NULL), NULL);
	sheaf_document_free(other);
	engine_finds(e.db, "first", "2601.00001");
	++*(int *)ctx;
	return 0;
}

static void a_walk_allows_reading_alone(void **state)
{
	int seen = 0;

	(void)state;
	engine_put(&e, "2601.00001", "First", NULL);
	engine_put(&e, "2601.00002", "Second", NULL);
	must(sheaf_database_each_document(e.db, 0, write_inside, &seen, NULL), NULL);
	assert_int_equal(seen, 2);
	must(sheaf_database_each_document(e.db, 0, walk_inside, &seen, NULL), NULL);
	assert_int_equal(seen, 4);
	expect_state(2, 2, 6);
}

/*
 * Half of a change cannot be committed: the row is there already, so storing fails after
 * unindexing.
 */
static void a_broken_transaction_cannot_be_committed(void **state)
{
	sheaf_error err;

	(void)state;
	engine_put(&e, "2601.00001", "First words", NULL);
	engine_begin_write(&e);
	engine_put(&e, "2601.00002", "Second words", NULL);
	assert_int_equal(sqlite3_exec(e.db->sql,
	                              "CREATE TEMP TRIGGER fail BEFORE UPDATE ON document BEGIN "
	                              "SELECT raise(FAIL, 'planted'); END",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	must(scratch_paper(e.doc, "2601.00001v2", "Changed", NULL, &err), &err);
	assert_int_not_equal(sheaf_database_replace_document(e.db, e.doc, NULL, NULL, &err),
	                     SHEAF_OK);
	sqlite3_exec(e.db->sql, "DROP TRIGGER fail", NULL, NULL, NULL);
	assert_int_equal(sheaf_database_commit_transaction(e.db, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_false(store_in_transaction(e.db));
	expect_state(1, 1, 6);
	engine_finds(e.db, "words", "2601.00001");
	must(sheaf_database_check(e.db, &err), &err);
}

/* What changed nothing leaves the transaction as it was. */
static void a_refused_write_breaks_nothing(void **state)
{
	(void)state;
	engine_begin_write(&e);
	engine_put(&e, "2601.00001", "First", NULL);
	assert_int_equal(sheaf_database_delete_document(e.db, "2601.00009", NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	sheaf_document_clear(e.doc);
	assert_int_equal(sheaf_database_replace_document(e.db, e.doc, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	engine_commit(&e);
	expect_state(1, 1, 3);
}

static void a_cancelled_reindex_keeps_the_stemmer(void **state)
{
	const sheaf_database_options german = {.stemmer = "german",
	                                       .stem_strategy = SHEAF_STEM_ALL};

	(void)state;
	engine_put(&e, "2601.00001", "Networking", NULL);
	engine_begin_write(&e);
	must(sheaf_database_reindex(e.db, &german, NULL), NULL);
	assert_string_equal(sheaf_database_get_stemmer(e.db), "german");
	sheaf_database_cancel_transaction(e.db);
	engine_finds(e.db, "networks", "2601.00001");
	assert_string_equal(sheaf_database_get_stemmer(e.db), "english");
	engine_put(&e, "2601.00002", "Networked", NULL);
	engine_finds(e.db, "networks", "2601.00001 2601.00002");
	must(sheaf_database_check(e.db, NULL), NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_commit_keeps_all),
		TEST(a_cancel_restores_all),
		TEST(closing_cancels),
		TEST(one_at_a_time),
		TEST(a_reading_handle_writes_nothing),
		TEST(a_walk_allows_reading_alone),
		TEST(a_broken_transaction_cannot_be_committed),
		TEST(a_refused_write_breaks_nothing),
		TEST(a_cancelled_reindex_keeps_the_stemmer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

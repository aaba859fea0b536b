/* row.c: what a program adds to a document, stored and read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "database_private.h"
#include "document_private.h"
#include "engine_fixture.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "row");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void fill(const char *id)
{
	must(scratch_paper(e.doc, id, "Ferns", "Many.", NULL), NULL);
}

static void own(void)
{
	must(sheaf_document_set_data(e.doc, "a\0b", 3, NULL), NULL);
	must(sheaf_document_add_slot_value(e.doc, 7, "\0\xFF", 2, NULL), NULL);
	must(sheaf_document_add_slot_value(e.doc, UINT32_MAX, "last", 4, NULL), NULL);
	must(sheaf_document_add_term(e.doc, "XFern:1", 3, NULL), NULL);
	must(sheaf_document_add_term(e.doc, "bool", 0, NULL), NULL);
}

static sheaf_status load(const char *id, sheaf_document **doc, sheaf_error *err)
{
	sheaf_docid docid;

	must(sheaf_database_find_document(e.db, id, &docid, err), err);
	return sheaf_database_get_document(e.db, docid, doc, err);
}

static void expect_stored(const char *id)
{
	sheaf_document *doc;
	sheaf_error     err;

	must(load(id, &doc, &err), &err);
	assert_int_equal(document_same_data(doc, e.doc), 1);
	assert_int_equal(document_same_slots(doc, e.doc), 1);
	assert_int_equal(document_same_terms(doc, e.doc), 1);
	sheaf_document_free(doc);
}

static void it_comes_back_and_its_changes_are_changes(void **state)
{
	sheaf_error err;

	(void)state;
	fill("2601.00001");
	own();
	assert_int_equal(engine_store(&e), SHEAF_ADDED);
	expect_stored("2601.00001");
	assert_int_equal(engine_store(&e), SHEAF_UNCHANGED);
	sheaf_document_add_term(e.doc, "bool", 1, NULL);
	assert_int_equal(engine_store(&e), SHEAF_UPDATED);
	expect_stored("2601.00001");
	sheaf_document_add_slot_value(e.doc, 7, "other", 5, NULL);
	assert_int_equal(engine_store(&e), SHEAF_UPDATED);
	expect_stored("2601.00001");
	sheaf_document_set_data(e.doc, "", 0, NULL);
	assert_int_equal(engine_store(&e), SHEAF_UPDATED);
	expect_stored("2601.00001");
	assert_int_equal(engine_store(&e), SHEAF_UNCHANGED);
	/* A harvested copy knows nothing of it, and takes nothing away. */
	assert_int_equal(engine_put(&e, "2601.00001", "Ferns", "Many."), SHEAF_UNCHANGED);
	assert_int_equal(engine_put(&e, "2601.00001v2", "New ferns", "Many."), SHEAF_UPDATED);
	engine_finds(e.db, "term:XFern:1", "2601.00001");
	/* What is said to be none goes. */
	sheaf_document_set_data(e.doc, NULL, 0, NULL);
	sheaf_document_clear_slot_values(e.doc);
	sheaf_document_clear_terms(e.doc);
	assert_int_equal(engine_store(&e), SHEAF_UPDATED);
	expect_stored("2601.00001");
	engine_finds(e.db, "term:XFern:1", "");
	must(sheaf_database_check(e.db, &err), &err);
}

static void terms_are_found_byte_by_byte(void **state)
{
	(void)state;
	fill("2601.00001");
	own();
	engine_store(&e);
	fill("2601.00002");
	sheaf_document_add_term(e.doc, "xfern:1", 1, NULL);
	engine_store(&e);
	engine_finds(e.db, "term:XFern:1", "2601.00001");
	engine_finds(e.db, "term:xfern:1", "2601.00002");
	engine_finds(e.db, "term:XFERN:1", "");
	engine_finds(e.db, "term:XFern", "");
	engine_finds(e.db, "term:bool ferns", "2601.00001");
	engine_finds(e.db, "ferns NOT term:bool", "2601.00002");
}

static void states_are_found(void **state)
{
	(void)state;
	fill("2601.00001v1");
	sheaf_document_set_text(e.doc, SHEAF_FIELD_DOI, "10.5555/1", SIZE_MAX, NULL);
	engine_store(&e);
	fill("2601.00002v3");
	sheaf_document_set_text(e.doc, SHEAF_FIELD_COMMENTS, "12 pages", SIZE_MAX, NULL);
	sheaf_document_set_value(e.doc, SHEAF_FIELD_WITHDRAWN, 1, NULL);
	engine_store(&e);
	engine_finds(e.db, "is:new", "2601.00001");
	engine_finds(e.db, "is:updated", "2601.00002");
	engine_finds(e.db, "is:withdrawn", "2601.00002");
	engine_finds(e.db, "ferns NOT is:withdrawn", "2601.00001");
	engine_finds(e.db, "has:doi", "2601.00001");
	engine_finds(e.db, "has:comment", "2601.00002");
	engine_finds(e.db, "has:license", "");
	/* A newer version is an update from then on. */
	engine_put(&e, "2601.00001v2", "Ferns", NULL);
	engine_finds(e.db, "is:new", "");
	engine_finds(e.db, "has:doi", "2601.00001");
}

/* Nothing that a file can hold in these columns does harm. */
static void damaged_columns(void **state)
{
	static const char *const bad[] = {
		"own_values = x'00'",
		"own_values = x'00000001FFFF78'",
		"own_values = 'text that is no slot'",
		"own_values = 7",
		"own_values = zeroblob(70)",
		"own_terms = 'x'",
		"own_terms = '1 a b'",
		"own_terms = '99999 a'",
		"own_terms = CAST(x'3120FF' AS TEXT)",
		"own_terms = '1 ' || char(9)",
		"data = zeroblob(1048577)",
	};
	static const char *const harmless[] = {
		"own_values = x''", "own_terms = ''",
		"data = x''",       "data = 'text'",
		"data = 7.5",       "own_values = NULL, own_terms = NULL, data = NULL",
	};
	static const char none[] =
		"UPDATE document SET own_values = NULL, own_terms = NULL, data = NULL";
	sheaf_document *doc;
	char            sql[128];
	sheaf_error     err;

	(void)state;
	fill("2601.00001");
	own();
	engine_store(&e);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		sqlite3_exec(e.db->sql, none, NULL, NULL, NULL);
		snprintf(sql, sizeof sql, "UPDATE document SET %s", bad[i]);
		assert_int_equal(sqlite3_exec(e.db->sql, sql, NULL, NULL, NULL), SQLITE_OK);
		if (load("2601.00001", &doc, &err) != SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("%s was read", bad[i]);
		assert_non_null(strstr(err.message, "document 1 has"));
		assert_null(doc);
	}
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
		sqlite3_exec(e.db->sql, none, NULL, NULL, NULL);
		snprintf(sql, sizeof sql, "UPDATE document SET %s", harmless[i]);
		assert_int_equal(sqlite3_exec(e.db->sql, sql, NULL, NULL, NULL), SQLITE_OK);
		must(load("2601.00001", &doc, &err), &err);
		sheaf_document_free(doc);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(it_comes_back_and_its_changes_are_changes),
		TEST(terms_are_found_byte_by_byte),
		TEST(states_are_found),
		TEST(damaged_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

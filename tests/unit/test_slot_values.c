/* slot_values.h: the caller's value slots by revision. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "database_private.h"
#include "dice.h"
#include "engine_fixture.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "slot-values");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void expect(sheaf_revision revision, uint32_t slot, const void *bytes, size_t bytes_len)
{
	const void *value;
	size_t      len;
	sheaf_error err;

	must(slot_value_get(e.db, revision, slot, &value, &len, &err), &err);
	assert_int_equal(len, bytes_len);
	assert_int_equal(!value, !bytes_len);
	if (value)
		assert_memory_equal(value, bytes, len);
}

/* A number in `slots` slots of the paper `n`. */
static void store(int n, int slots, int number)
{
	char        id[32], value[32];
	sheaf_error err;

	snprintf(id, sizeof id, "2601.%05d", n);
	must(scratch_paper(e.doc, id, "Ferns", "Many.", &err), &err);
	sheaf_document_clear_slot_values(e.doc);
	for (int i = 0; i < slots; i++) {
		snprintf(value, sizeof value, "%d/%d", number, i);
		must(sheaf_document_add_slot_value(e.doc, (uint32_t)i * 100, value, strlen(value),
		                                   &err),
		     &err);
	}
	engine_store(&e);
}

static sheaf_revision revision_of(int n)
{
	char            id[32];
	sheaf_docid     docid;
	sheaf_document *doc;
	sheaf_revision  revision;
	sheaf_error     err;

	snprintf(id, sizeof id, "2601.%05d", n);
	must(sheaf_database_find_document(e.db, id, &docid, &err), &err);
	must(sheaf_database_get_document(e.db, docid, &doc, &err), &err);
	revision = sheaf_document_get_revision(doc);
	sheaf_document_free(doc);
	return revision;
}

static void expect_paper(int n, int slots, int number)
{
	sheaf_revision r = revision_of(n);
	char           value[32];

	for (int i = 0; i < 6; i++) {
		snprintf(value, sizeof value, "%d/%d", number, i);
		expect(r, (uint32_t)i * 100, value, i < slots ? strlen(value) : 0);
	}
}

static void slots_follow_their_papers(void **state)
{
	int64_t     count;
	sheaf_error err;

	(void)state;
	store(1, 3, 7);
	store(2, 0, 0);
	store(3, 1, 9);
	expect_paper(1, 3, 7);
	expect_paper(2, 0, 0);
	expect_paper(3, 1, 9);
	store(1, 5, 8);
	expect_paper(1, 5, 8);
	expect(1, 0, NULL, 0);
	must(slot_values_count(e.db, &count, &err), &err);
	assert_int_equal(count, 6);
	store(1, 0, 0);
	must(sheaf_database_delete_document(e.db, "2601.00003", &err), &err);
	must(slot_values_count(e.db, &count, &err), &err);
	assert_int_equal(count, 0);
	must(sheaf_database_check(e.db, &err), &err);
}

/* In one transaction, reading and writing by turns, over many blocks; then again from the file. */
static void what_is_written_is_read_at_once(void **state)
{
	enum { PAPERS = 40, TURNS = 3000 };
	int         slots[PAPERS] = {0}, number[PAPERS] = {0};
	dice        d;
	sheaf_error err;

	(void)state;
	dice_start(&d, 5, 5, 5);
	must(sheaf_database_begin_transaction(e.db, &err), &err);
	for (int i = 0; i < PAPERS; i++)
		store(i, 0, 0);
	for (int i = 0; i < TURNS; i++) {
		size_t n = dice_below(&d, PAPERS), other = dice_below(&d, PAPERS);

		slots[n] = (int)dice_below(&d, 6);
		number[n] = i;
		store((int)n, slots[n], i);
		expect_paper((int)other, slots[other], number[other]);
	}
	must(sheaf_database_commit_transaction(e.db, &err), &err);
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	for (int i = 0; i < PAPERS; i++)
		expect_paper(i, slots[i], number[i]);
	must(sheaf_database_check(e.db, &err), &err);
	must(sheaf_database_reindex(e.db, NULL, &err), &err);
	must(sheaf_database_check(e.db, &err), &err);
	for (int i = 0; i < PAPERS; i++)
		expect_paper(i, slots[i], number[i]);
}

/* Another handle sees what was committed, and what came since. */
static void another_handle_sees_changes(void **state)
{
	sheaf_database *reader;
	const void     *value;
	size_t          len;
	sheaf_error     err;

	(void)state;
	store(1, 1, 1);
	reader = engine_open(e.path, SHEAF_DB_READ_ONLY);
	must(database_begin_read(reader, &err), &err);
	must(slot_value_get(reader, 1, 0, &value, &len, &err), &err);
	assert_memory_equal(value, "1/0", 3);
	database_end_read(reader);
	store(1, 1, 2);
	must(database_begin_read(reader, &err), &err);
	must(slot_value_get(reader, 2, 0, &value, &len, &err), &err);
	assert_memory_equal(value, "2/0", 3);
	must(slot_value_get(reader, 1, 0, &value, &len, &err), &err);
	assert_int_equal(len, 0);
	database_end_read(reader);
	sheaf_database_close(reader);
}

static void damaged_values(void **state)
{
	static const char *const bad[] = {
		"UPDATE slot_value SET value = x''",
		"UPDATE slot_value SET value = zeroblob(4097)",
	};
	const void *value;
	size_t      len;
	sheaf_error err;

	(void)state;
	store(1, 1, 1);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(sqlite3_exec(e.db->sql, bad[i], NULL, NULL, NULL), SQLITE_OK);
		values_clear(&e.db->values);
		for (int again = 0; again < 2; again++) {
			assert_int_equal(slot_value_get(e.db, 1, 0, &value, &len, &err),
			                 SHEAF_ERROR_DATABASE_CORRUPT);
			assert_null(value);
		}
		assert_non_null(strstr(err.message, "slot 0"));
	}
	assert_int_equal(slot_value_get(e.db, -1, 0, &value, &len, &err),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	assert_int_equal(slot_value_get(e.db, REVISION_MAX + 1, 0, &value, &len, &err),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(slots_follow_their_papers),
		TEST(what_is_written_is_read_at_once),
		TEST(another_handle_sees_changes),
		TEST(damaged_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

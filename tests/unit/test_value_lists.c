/* value_lists.h: columns of lists by revision, in blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "database_private.h"
#include "dice.h"
#include "engine_fixture.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "value-lists");
	engine_begin_write(&e);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

/* Commits, forgets what is cached, and begins again. */
static void commit_and_forget(void)
{
	engine_commit(&e);
	values_clear(&e.db->values);
	engine_begin_write(&e);
}

/* The list that a revision is given: any length, with numbers that fill all bytes. */
static size_t numbers_of(sheaf_revision revision, unsigned round, uint64_t *numbers)
{
	dice   d;
	size_t count;

	dice_start(&d, round, (uint64_t)revision, 1);
	count = dice_one_in(&d, 50) ? 300 : dice_below(&d, 6);
	for (size_t i = 0; i < count; i++)
		numbers[i] = dice_next(&d) & (((uint64_t)1 << 48) - 1);
	return count;
}

static void put(sheaf_revision revision, unsigned round)
{
	uint64_t    numbers[300];
	size_t      count = numbers_of(revision, round, numbers);
	sheaf_error err;

	must(value_lists_put(e.db, LIST_AUTHORS, revision, numbers, count, &err), &err);
}

static void expect(sheaf_revision revision, unsigned round)
{
	uint64_t    numbers[300];
	size_t      count = numbers_of(revision, round, numbers);
	value_list  list;
	sheaf_error err;

	must(value_lists_get(e.db, LIST_AUTHORS, revision, &list, &err), &err);
	assert_int_equal(list.count, count);
	for (size_t i = 0; i < count; i++)
		assert_true(value_list_author(&list, i) == numbers[i]);
}

static void expect_none(sheaf_revision revision)
{
	value_list  list;
	sheaf_error err;

	must(value_lists_get(e.db, LIST_AUTHORS, revision, &list, &err), &err);
	assert_int_equal(list.count, 0);
}

static void lists_are_kept_across_blocks_and_commits(void **state)
{
	(void)state;
	for (sheaf_revision r = 1; r <= 2500; r++) {
		put(r, 1);
		if (r % 700 == 0)
			commit_and_forget();
	}
	for (sheaf_revision r = 1; r <= 2500; r++)
		expect(r, 1);
	commit_and_forget();
	for (sheaf_revision r = 2500; r; r--)
		expect(r, 1);
	expect_none(0);
	expect_none(2501);
	expect_none(900000);
}

/*
 * Long lists in many blocks: a reader keeps some of them, a writer all that it has changed.
 */
static void blocks_are_let_go(void **state)
{
	enum { BLOCKS = 60, LONG = 12000, KEPT_MAX = 16 << 20 };
	static uint64_t    numbers[LONG];
	const list_column *c = &e.db->values.lists.columns[LIST_AUTHORS];
	value_list         list;
	sheaf_error        err;

	(void)state;
	for (size_t block = 0; block < BLOCKS; block++)
		for (int i = 0; i < 5; i++) {
			sheaf_revision r = (sheaf_revision)block * VALUE_BLOCK + i + 1;

			numbers[LONG - 1] = (uint64_t)r;
			must(value_lists_put(e.db, LIST_AUTHORS, r, numbers, LONG, &err), &err);
		}
	for (int round = 0; round < 3; round++) {
		size_t here = 0;

		for (size_t block = 0; block < BLOCKS; block++)
			for (int i = 0; i < 5; i++) {
				sheaf_revision r = (sheaf_revision)block * VALUE_BLOCK + i + 1;

				must(value_lists_get(e.db, LIST_AUTHORS, r, &list, &err), &err);
				assert_int_equal(list.count, LONG);
				assert_int_equal(value_list_author(&list, LONG - 1), r);
			}
		for (size_t block = 0; block < c->size; block++)
			here += c->blocks[block] ? c->blocks[block]->len : 0;
		assert_true(round ? here < KEPT_MAX : here > KEPT_MAX);
		if (!round)
			commit_and_forget();
	}
}

/* As a reindex does, whose documents come in the order of their docids. */
static void lists_in_any_order_and_again(void **state)
{
	enum { COUNT = 2100 };
	unsigned char round[COUNT + 1] = {0};
	dice          d;

	(void)state;
	dice_start(&d, 3, 3, 3);
	for (int i = 0; i < 4000; i++) {
		size_t r = dice_between(&d, 1, COUNT);

		round[r] = (unsigned char)(i % 200 + 1);
		put((sheaf_revision)r, round[r]);
		if (i % 1000 == 999)
			commit_and_forget();
	}
	for (size_t r = 1; r <= COUNT; r++) {
		if (round[r])
			expect((sheaf_revision)r, round[r]);
		else
			expect_none((sheaf_revision)r);
	}
}

static void a_cancel_forgets(void **state)
{
	(void)state;
	put(5, 1);
	commit_and_forget();
	put(5, 2);
	put(6, 2);
	sheaf_database_cancel_transaction(e.db);
	engine_begin_write(&e);
	expect(5, 1);
	expect_none(6);
}

static void categories_are_two_bytes(void **state)
{
	const uint64_t numbers[] = {65535, 1, 258};
	value_list     list;
	sheaf_error    err;

	(void)state;
	must(value_lists_put(e.db, LIST_CATEGORIES, 9, numbers, 3, &err), &err);
	commit_and_forget();
	must(value_lists_get(e.db, LIST_CATEGORIES, 9, &list, &err), &err);
	assert_int_equal(list.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(value_list_category(&list, i), numbers[i]);
	expect_none(9);
}

static void impossible_revisions(void **state)
{
	value_list list;

	(void)state;
	assert_int_equal(value_lists_get(e.db, LIST_AUTHORS, -1, &list, NULL),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	assert_int_equal(value_lists_get(e.db, LIST_AUTHORS, REVISION_MAX + 1, &list, NULL),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
}

static void plant(const char *data)
{
	char sql[256];

	snprintf(sql, sizeof sql,
	         "INSERT INTO value_block(id, data) VALUES((3 << 40) + 0, %s) "
	         "ON CONFLICT(id) DO UPDATE SET data = excluded.data",
	         data);
	assert_int_equal(sqlite3_exec(e.db->sql, sql, NULL, NULL, NULL), SQLITE_OK);
	values_clear(&e.db->values);
}

static void damaged_blocks(void **state)
{
	static const char *const bad[] = {
		"x'01'", /* a number is missing */
		"x'0001'",
		"x'010203'  || x'02010203'", /* cut short */
		"x'80'",                     /* a count without an end */
		"x'808080'",
		"x'80808000'",                /* a count of too many bytes */
		"x'FFFF7F' || zeroblob(100)", /* an absurd count */
		"x'41' || zeroblob(130)",     /* more categories than a document can have */
		"zeroblob(1025)",             /* a list too many */
		"zeroblob(0)",
		"7",
	};
	sheaf_error err;
	value_list  list;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		plant(bad[i]);
		if (value_lists_get(e.db, LIST_CATEGORIES, 1, &list, &err) !=
		    SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("%s was read", bad[i]);
		assert_non_null(strstr(err.message, "value block 3/0"));
		assert_int_equal(list.count, 0);
		/* Nor is it written to. */
		assert_int_equal(value_lists_put(e.db, LIST_CATEGORIES, 1, NULL, 0, &err),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
	}
	plant("zeroblob(1024)");
	must(value_lists_get(e.db, LIST_CATEGORIES, 1023, &list, &err), &err);
}

/* Whatever a block holds, reading it ends in an answer or in an error. */
static void any_bytes_at_all(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 11, 0, 0);
	for (int i = 0; i < 2000; i++) {
		char   sql[160] = "x'";
		size_t len = dice_below(&d, 60), at = 2;

		for (size_t n = 0; n < len; n++)
			at += (size_t)snprintf(sql + at, sizeof sql - at, "%02X",
			                       dice_one_in(&d, 3) ? (unsigned)dice_below(&d, 256)
			                                          : (unsigned)dice_below(&d, 3));
		snprintf(sql + at, sizeof sql - at, "'");
		plant(sql);
		for (sheaf_revision r = 0; r < 64; r++) {
			value_list   list;
			unsigned     sum = 0;
			sheaf_status status = value_lists_get(e.db, LIST_CATEGORIES, r, &list,
			                                      NULL);

			assert_true(status == SHEAF_OK || status == SHEAF_ERROR_DATABASE_CORRUPT);
			for (size_t n = 0; n < list.count; n++)
				sum += value_list_category(&list, n);
			assert_true(sum <= 65535u * 64);
		}
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(lists_are_kept_across_blocks_and_commits),
		TEST(blocks_are_let_go),
		TEST(lists_in_any_order_and_again),
		TEST(a_cancel_forgets),
		TEST(categories_are_two_bytes),
		TEST(impossible_revisions),
		TEST(damaged_blocks),
		TEST(any_bytes_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

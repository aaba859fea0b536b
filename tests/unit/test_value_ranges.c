/* value_ranges.h: what is known of a whole block of revisions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database_private.h"
#include "datetime.h"
#include "dice.h"
#include "engine_fixture.h"

#define NONE SHEAF_TIME_NONE
#define DAY ((int64_t)86400)

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "value-ranges");
	engine_begin_write(&e);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void forget(void)
{
	e.db->changed = 1;
	engine_commit(&e);
	values_clear(&e.db->values);
	engine_begin_write(&e);
}

static void put(sheaf_revision revision, const char *id, sheaf_time submitted, sheaf_time updated)
{
	sheaf_error err;

	sheaf_document_clear(e.doc);
	must(sheaf_document_set_text(e.doc, SHEAF_FIELD_ID, id, SIZE_MAX, &err), &err);
	must(sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED, submitted, &err), &err);
	must(sheaf_document_set_value(e.doc, SHEAF_FIELD_UPDATED, updated, &err), &err);
	must(values_put(e.db, revision, 10, e.doc, &err), &err);
}

static date_range get(sheaf_field field, size_t block)
{
	date_range  range;
	sheaf_error err;

	must(value_ranges_get(e.db, field, block, &range, &err), &err);
	return range;
}

/* As wide as it must be, and not more than its steps. */
static void expect(sheaf_field field, size_t block, int64_t least, int64_t most, int complete)
{
	date_range range = get(field, block);

	assert_true(range.least <= least && range.least > least - 256);
	assert_true(range.most >= most && range.most < most + 256);
	assert_int_equal(range.complete, complete);
}

static range_answer ask(size_t block, int64_t begin, int64_t end)
{
	date_range range = get(SHEAF_FIELD_SUBMITTED, block);

	return value_ranges_test(&range, begin, end);
}

static void dates_of_blocks(void **state)
{
	(void)state;
	put(1, "doc-1", 5000 * DAY, 5001 * DAY);
	put(700, "doc-2", 4000 * DAY, 6000 * DAY + 7);
	put(1023, "doc-3", 4500 * DAY, NONE);
	put(1024, "doc-4", -300 * DAY, NONE);
	put(900000, "doc-5", 9 * DAY, 9 * DAY);
	forget();
	expect(SHEAF_FIELD_SUBMITTED, 0, 4000 * DAY, 5000 * DAY, 1);
	expect(SHEAF_FIELD_UPDATED, 0, 4500 * DAY, 6000 * DAY + 7, 1);
	expect(SHEAF_FIELD_DATE, 0, 4000 * DAY, 5000 * DAY, 1);
	expect(SHEAF_FIELD_SUBMITTED, 1, -300 * DAY, -300 * DAY, 1);
	expect(SHEAF_FIELD_DATE, 900000 / VALUE_BLOCK, 9 * DAY, 9 * DAY, 1);
	assert_int_equal(ask(0, 3999 * DAY, 5001 * DAY), RANGE_ALL);
	assert_int_equal(ask(0, 4001 * DAY, 5001 * DAY), RANGE_SOME);
	assert_int_equal(ask(0, 3999 * DAY, 4999 * DAY), RANGE_SOME);
	assert_int_equal(ask(0, 5001 * DAY, INT64_MAX), RANGE_NONE);
	assert_int_equal(ask(0, INT64_MIN, 3999 * DAY), RANGE_NONE);
	assert_int_equal(ask(0, INT64_MIN, INT64_MAX), RANGE_ALL);
}

static void a_block_that_was_never_written_says_nothing(void **state)
{
	(void)state;
	assert_int_equal(ask(5, INT64_MIN, INT64_MAX), RANGE_SOME);
	assert_int_equal(ask(5, 0, 0), RANGE_SOME);
	assert_int_equal(ask(5, INT64_MIN, INT64_MIN + 1), RANGE_SOME);
	assert_int_equal(ask(5, INT64_MAX, INT64_MAX), RANGE_SOME);
}

static void papers_without_dates(void **state)
{
	(void)state;
	put(1, "doc-1", NONE, NONE);
	put(2000, "doc-2", NONE, NONE);
	put(2001, "doc-3", 77 * DAY, NONE);
	forget();
	assert_int_equal(ask(0, INT64_MIN, INT64_MAX), RANGE_NONE);
	assert_int_equal(ask(1, INT64_MIN, INT64_MAX), RANGE_SOME);
	expect(SHEAF_FIELD_SUBMITTED, 1, 77 * DAY, 77 * DAY, 0);
}

/* A month counts only where all of it lies in the range. */
static void months_reach_to_their_end(void **state)
{
	int64_t month = date_days(2003, 9, 1) * DAY, end = date_days(2003, 10, 1) * DAY - 1;

	(void)state;
	put(1, "math/0309136", NONE, NONE);
	forget();
	expect(SHEAF_FIELD_SUBMITTED, 0, month, month, 1);
	assert_int_equal(ask(0, month - DAY, end), RANGE_ALL);
	assert_int_equal(ask(0, month - DAY, end - 1), RANGE_SOME);
	assert_int_equal(ask(0, month - DAY, month + 9 * DAY), RANGE_SOME);
	assert_int_equal(ask(0, month + DAY, end), RANGE_NONE);
}

static void times_beyond_all_calendars(void **state)
{
	static const int64_t far = DOCUMENT_TIME_MAX;

	(void)state;
	put(1, "doc-1", far, NONE);
	put(2, "doc-2", -far, NONE);
	forget();
	assert_true(get(SHEAF_FIELD_SUBMITTED, 0).least <= -far);
	assert_true(get(SHEAF_FIELD_SUBMITTED, 0).most >= far);
	assert_int_equal(ask(0, far, far), RANGE_SOME);
	assert_int_equal(ask(0, -far, -far), RANGE_SOME);
}

static void what_goes_leaves_the_range_wide(void **state)
{
	sheaf_error err;

	(void)state;
	put(1, "doc-1", 100 * DAY, NONE);
	put(2, "doc-2", 200 * DAY, NONE);
	forget();
	must(values_remove(e.db, 2, &err), &err);
	forget();
	expect(SHEAF_FIELD_SUBMITTED, 0, 100 * DAY, 200 * DAY, 1);
	/* The next one that comes makes it exact again. */
	put(3, "doc-3", 150 * DAY, NONE);
	forget();
	expect(SHEAF_FIELD_SUBMITTED, 0, 100 * DAY, 150 * DAY, 1);
	must(value_ranges_check(e.db, 0, &err), &err);
}

/* Until it is written, a changed block may have any date. */
static void a_block_that_is_changing_says_nothing(void **state)
{
	(void)state;
	put(1, "doc-1", 100 * DAY, NONE);
	forget();
	assert_int_equal(ask(0, 300 * DAY, 400 * DAY), RANGE_NONE);
	put(2, "doc-2", 350 * DAY, NONE);
	assert_int_equal(ask(0, 300 * DAY, 400 * DAY), RANGE_SOME);
	sheaf_database_cancel_transaction(e.db);
	assert_int_equal(ask(0, 300 * DAY, 400 * DAY), RANGE_NONE);
}

/* Any dates at all, against each paper's own. */
static void answers_agree_with_the_papers(void **state)
{
	enum { PAPERS = 3000, ASKED = 400 };
	dice d;

	(void)state;
	dice_start(&d, 0xDA7E, 0, 0);
	for (sheaf_revision r = 1; r <= PAPERS; r++)
		put(r, "doc-1", dice_one_in(&d, 900) ? NONE : (int64_t)dice_below(&d, 1 << 20),
		    dice_one_in(&d, 2) ? NONE : (int64_t)dice_below(&d, 1 << 20));
	forget();
	for (int i = 0; i < ASKED; i++) {
		int64_t begin = (int64_t)dice_below(&d, 1200000) - 100000,
			end = begin + (int64_t)dice_below(&d, 1200000);
		size_t      block = dice_below(&d, PAPERS / VALUE_BLOCK + 1), in = 0, all = 0;
		sheaf_field field = dice_one_in(&d, 2) ? SHEAF_FIELD_DATE : SHEAF_FIELD_UPDATED;
		date_range  range = get(field, block);

		for (sheaf_revision r = (sheaf_revision)block * VALUE_BLOCK;
		     r < (sheaf_revision)(block + 1) * VALUE_BLOCK; r++) {
			document_date date;

			if (r < 1 || r > PAPERS)
				continue;
			must(values_get_date(e.db, field, r, &date, NULL), NULL);
			all++;
			in += date.time != NONE && date.time >= begin && date.time <= end;
		}
		if (value_ranges_test(&range, begin, end) == RANGE_NONE)
			assert_int_equal(in, 0);
		if (value_ranges_test(&range, begin, end) == RANGE_ALL)
			assert_int_equal(in, all);
	}
}

/* ---- docids ---- */

static sheaf_docid docid_of(sheaf_revision revision)
{
	sheaf_docid docid;
	sheaf_error err;

	must(value_ranges_docid(e.db, revision, &docid, &err), &err);
	return docid;
}

static void docids_of_one_difference(void **state)
{
	(void)state;
	for (sheaf_revision r = 1; r <= 2000; r++)
		must(value_ranges_put_docid(e.db, r, r > 1500 ? r - 7 : r, NULL), NULL);
	forget();
	assert_true(docid_of(1) == 1 && docid_of(1023) == 1023);
	/* The second block has two differences, and tells nothing from then on. */
	assert_true(docid_of(1024) == 0 && docid_of(1600) == 0);
	must(value_ranges_put_docid(e.db, 2001, 2001, NULL), NULL);
	assert_true(docid_of(2001) == 0);
	assert_true(docid_of(5000) == 0);
	must(value_ranges_put_docid(e.db, 5000, (int64_t)1 << 40, NULL), NULL);
	assert_true(docid_of(5000) == 0);
}

/* ---- damage ---- */

static void run_sql(const char *sql)
{
	assert_int_equal(sqlite3_exec(e.db->sql, sql, NULL, NULL, NULL), SQLITE_OK);
	values_clear(&e.db->values);
}

static void damaged_rows(void **state)
{
	static const char *const sizes[] = {"x'00'", "zeroblob(14847)", "zeroblob(14849)", "7",
	                                    "''"};
	date_range               range;
	sheaf_docid              docid;
	char                     sql[160];

	(void)state;
	put(1, "doc-1", 100 * DAY, NONE);
	forget();
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		snprintf(sql, sizeof sql, "UPDATE value_block SET data = %s WHERE id >> 40 = 5",
		         sizes[i]);
		run_sql(sql);
		assert_int_equal(value_ranges_get(e.db, SHEAF_FIELD_DATE, 0, &range, NULL),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
		assert_int_equal(value_ranges_docid(e.db, 1, &docid, NULL),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
	}
	assert_int_equal(value_ranges_get(e.db, SHEAF_FIELD_DATE, SIZE_MAX, &range, NULL),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	/* A docid below 1. */
	run_sql("UPDATE value_block SET data = CAST(zeroblob(14848) AS BLOB) WHERE id >> 40 = 5");
	must(value_ranges_put_docid(e.db, 9, 1, NULL), NULL);
	assert_int_equal(value_ranges_docid(e.db, 3, &docid, NULL), SHEAF_ERROR_DATABASE_CORRUPT);
	assert_true(docid == 0);
}

/* The first `count` bytes of the entry of block 0, in hexadecimal. */
static void plant(const char *bytes)
{
	char sql[256];

	snprintf(sql, sizeof sql,
	         "UPDATE value_block SET data = CAST(x'%s' || substr(data, %zu) AS BLOB) "
	         "WHERE id >> 40 = 5",
	         bytes, strlen(bytes) / 2 + 1);
	run_sql(sql);
}

static void a_range_that_leaves_papers_out(void **state)
{
	sheaf_error err;

	(void)state;
	assert_int_equal(engine_put(&e, "2301.00001", "first words", "some text"), SHEAF_ADDED);
	sheaf_document_clear(e.doc);
	must(scratch_paper(e.doc, "doc-2", "second words", "more text", &err), &err);
	assert_int_equal(engine_store(&e), SHEAF_ADDED);
	engine_commit(&e);
	must(sheaf_database_check(e.db, &err), &err);
	/* Every document has a date, they say; but the second has none. */
	plant("47");
	assert_int_equal(sheaf_database_check(e.db, &err), SHEAF_ERROR_DATABASE_CORRUPT);
	/* The first is of a month, not of a day. */
	plant("78");
	assert_int_equal(sheaf_database_check(e.db, &err), SHEAF_ERROR_DATABASE_CORRUPT);
	/* Wider is no harm. */
	plant("000000000000000000");
	must(sheaf_database_check(e.db, &err), &err);
	/* The smallest date is later than the paper's, the largest earlier. */
	plant("00FFFFFFFF00000000");
	assert_int_equal(sheaf_database_check(e.db, &err), SHEAF_ERROR_DATABASE_CORRUPT);
	plant("0000000000FFFFFFF0");
	assert_int_equal(sheaf_database_check(e.db, &err), SHEAF_ERROR_DATABASE_CORRUPT);
	/* Docids that are others'. */
	plant("40000000000000000000000000000000000000000000000000"
	      "01000080");
	assert_int_equal(sheaf_database_check(e.db, &err), SHEAF_ERROR_DATABASE_CORRUPT);
	must(sheaf_database_reindex(e.db, NULL, &err), &err);
	must(sheaf_database_check(e.db, &err), &err);
	assert_true(docid_of(1) == 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(dates_of_blocks),
		TEST(a_block_that_was_never_written_says_nothing),
		TEST(papers_without_dates),
		TEST(months_reach_to_their_end),
		TEST(times_beyond_all_calendars),
		TEST(what_goes_leaves_the_range_wide),
		TEST(a_block_that_is_changing_says_nothing),
		TEST(answers_agree_with_the_papers),
		TEST(docids_of_one_difference),
		TEST(damaged_rows),
		TEST(a_range_that_leaves_papers_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

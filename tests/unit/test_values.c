/* values.h: columns of numbers by revision, in blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database_private.h"
#include "datetime.h"
#include "engine_fixture.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "values");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void begin(void)
{
	sheaf_error err;

	must(sheaf_database_begin_transaction(e.db, &err), &err);
}

/* Commits, and forgets what is cached. */
static void commit_and_forget(void)
{
	sheaf_error err;

	must(sheaf_database_commit_transaction(e.db, &err), &err);
	values_clear(&e.db->values);
}

static void put(sheaf_revision revision, int64_t length, const char *id, sheaf_time submitted,
                sheaf_time updated)
{
	sheaf_error err;

	sheaf_document_clear(e.doc);
	must(sheaf_document_set_text(e.doc, SHEAF_FIELD_ID, id, SIZE_MAX, &err), &err);
	must(sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED, submitted, &err), &err);
	must(sheaf_document_set_value(e.doc, SHEAF_FIELD_UPDATED, updated, &err), &err);
	must(values_put(e.db, revision, length, e.doc, &err), &err);
}

static int64_t length_of(sheaf_revision revision)
{
	sheaf_status status;
	sheaf_error  err;
	int64_t      length = values_get_length(e.db, revision, &status, &err);

	must(status, &err);
	return length;
}

static void expect_date(sheaf_revision revision, sheaf_field field, sheaf_time time, int month_only)
{
	document_date date;
	sheaf_error   err;

	must(values_get_date(e.db, field, revision, &date, &err), &err);
	assert_true(date.time == time);
	assert_int_equal(date.month_only, month_only);
}

static void lengths_are_kept_across_blocks(void **state)
{
	static const sheaf_revision revisions[] = {1, 2, 1023, 1024, 1025, 2047, 2048, 9000};

	(void)state;
	begin();
	for (size_t i = 0; i < sizeof revisions / sizeof *revisions; i++)
		put(revisions[i], (int64_t)i * 1000, "2601.00001", 5, 6);
	commit_and_forget();
	begin();
	for (size_t i = 0; i < sizeof revisions / sizeof *revisions; i++)
		assert_int_equal(length_of(revisions[i]), i * 1000);
	for (sheaf_revision r = 3; r < 1023; r++)
		assert_int_equal(length_of(r), -1);
	assert_int_equal(length_of(500000), -1);
	values_remove(e.db, 1024, NULL);
	commit_and_forget();
	begin();
	assert_int_equal(length_of(1024), -1);
	assert_int_equal(length_of(1025), 4000);
	sheaf_database_cancel_transaction(e.db);
}

static void huge_lengths_stay_lengths(void **state)
{
	(void)state;
	begin();
	put(1, INT64_MAX, "2601.00001", 5, 6);
	commit_and_forget();
	assert_int_equal(length_of(1), UINT32_MAX - 1);
}

static int64_t bytes_of_block(value_slot slot)
{
	sqlite3_stmt *stmt;
	int64_t       bytes;

	assert_int_equal(
		sqlite3_prepare_v2(e.db->sql,
	                           "SELECT length(data) FROM value_block WHERE id = ?1 << 40", -1,
	                           &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_int(stmt, 1, (int)slot);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	bytes = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return bytes;
}

/* The file has as many bits for each length as the longest needs. */
static void short_and_long_lengths(void **state)
{
	static const int64_t lengths[] = {0, 1, 254, 255, 256, 65533, 65534};
	const size_t         count = sizeof lengths / sizeof *lengths;

	(void)state;
	begin();
	for (size_t i = 0; i < count; i++)
		put((sheaf_revision)i + 1, lengths[i], "2601.00001", 5, 6);
	commit_and_forget();
	assert_int_equal(bytes_of_block(VALUE_LENGTH), 16 * 128);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(length_of((sheaf_revision)i + 1), lengths[i]);
	begin();
	put(1000, 65535, "2601.00001", 5, 6);
	commit_and_forget();
	assert_int_equal(bytes_of_block(VALUE_LENGTH), 17 * 128);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(length_of((sheaf_revision)i + 1), lengths[i]);
	assert_int_equal(length_of(1000), 65535);
	assert_int_equal(length_of(1001), -1);
	/* Written as it was read, once more. */
	begin();
	put(2, 7, "2601.00001", 5, 6);
	assert_int_equal(length_of(1000), 65535);
	commit_and_forget();
	assert_int_equal(length_of(2), 7);
	assert_int_equal(length_of(1000), 65535);
}

/* Dates of one day lie near to each other; of a thousand years, they do not. */
static void dates_take_what_their_distance_needs(void **state)
{
	const sheaf_time day = 20000 * (sheaf_time)86400,
			 far = day - 1000 * 366 * (sheaf_time)86400;

	(void)state;
	begin();
	put(1, 1, "2601.00001", day, day);
	put(2, 1, "2601.00002", day + 86399, day);
	commit_and_forget();
	assert_int_equal(bytes_of_block(VALUE_SUBMITTED), 8 + 18 * 128);
	assert_int_equal(bytes_of_block(VALUE_UPDATED), 8 + 128);
	expect_date(1, SHEAF_FIELD_SUBMITTED, day, 0);
	expect_date(1, SHEAF_FIELD_UPDATED, day, 0);
	expect_date(2, SHEAF_FIELD_SUBMITTED, day + 86399, 0);
	expect_date(3, SHEAF_FIELD_SUBMITTED, SHEAF_TIME_NONE, 0);
	begin();
	put(3, 1, "2601.00003", far, day);
	commit_and_forget();
	assert_int_equal(bytes_of_block(VALUE_SUBMITTED), 64 * 128);
	expect_date(1, SHEAF_FIELD_SUBMITTED, day, 0);
	expect_date(2, SHEAF_FIELD_UPDATED, day, 0);
	expect_date(3, SHEAF_FIELD_SUBMITTED, far, 0);
}

static void dates_come_back_as_the_document_has_them(void **state)
{
	const sheaf_time         none = SHEAF_TIME_NONE, month = date_days(2003, 9, 1) * 86400;
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                     SHEAF_FIELD_DATE};
	const struct {
		const char *id;
		sheaf_time  submitted, updated;
	} cases[] = {
		{"doc-1", none, none},
		{"math/0309136", none, none},
		{"math/0309136", 1000, none},
		{"math/0309136", none, 2000},
		{"math/0309136", 1000, 2000},
		{"doc-1", none, 2000},
		{"doc-1", 0, 0},
		{"doc-1", -1, -86400},
		{"math/0309136", none, month},
		{"doc-1", DOCUMENT_TIME_MAX, -DOCUMENT_TIME_MAX},
	};
	const size_t count = sizeof cases / sizeof *cases;

	(void)state;
	begin();
	for (size_t i = 0; i < count; i++)
		put((sheaf_revision)i + 1, 1, cases[i].id, cases[i].submitted, cases[i].updated);
	commit_and_forget();
	for (size_t i = 0; i < count; i++) {
		sheaf_document_clear(e.doc);
		sheaf_document_set_text(e.doc, SHEAF_FIELD_ID, cases[i].id, SIZE_MAX, NULL);
		sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED, cases[i].submitted, NULL);
		sheaf_document_set_value(e.doc, SHEAF_FIELD_UPDATED, cases[i].updated, NULL);
		for (size_t f = 0; f < 3; f++) {
			document_date right = document_get_date(e.doc, fields[f]);

			expect_date((sheaf_revision)i + 1, fields[f], right.time, right.month_only);
		}
	}
	expect_date(700, SHEAF_FIELD_SUBMITTED, none, 0);
	expect_date(700000, SHEAF_FIELD_DATE, none, 0);
}

static void a_cancel_forgets(void **state)
{
	(void)state;
	begin();
	put(1, 10, "2601.00001", 5, 6);
	commit_and_forget();
	begin();
	put(1, 99, "2601.00001", 7, 8);
	assert_int_equal(length_of(1), 99);
	sheaf_database_cancel_transaction(e.db);
	assert_int_equal(length_of(1), 10);
	expect_date(1, SHEAF_FIELD_SUBMITTED, 5, 0);
}

static void the_newest_alive(void **state)
{
	static const sheaf_revision alive[] = {1, 1023, 1024, 70000};
	sheaf_status                status = SHEAF_OK;
	sheaf_revision              r = 1000000;

	(void)state;
	begin();
	for (size_t i = 0; i < 4; i++)
		put(alive[i], 0, "2601.00001", 5, 6);
	commit_and_forget();
	for (size_t i = 4; i--;) {
		r = values_newest_alive(e.db, r, 0, &status, NULL);
		assert_int_equal(status, SHEAF_OK);
		assert_int_equal(r, alive[i]);
		assert_int_equal(values_newest_alive(e.db, r, r - 1, &status, NULL), r);
		assert_int_equal(values_newest_alive(e.db, r, r, &status, NULL), 0);
		r--;
	}
	assert_int_equal(values_newest_alive(e.db, r, 0, &status, NULL), 0);
	assert_int_equal(values_newest_alive(e.db, 1023, 1, &status, NULL), 1023);
	assert_int_equal(values_newest_alive(e.db, 1022, 1, &status, NULL), 0);
	assert_int_equal(values_newest_alive(e.db, -5, -10, &status, NULL), 0);
	assert_int_equal(status, SHEAF_OK);
	assert_int_equal(values_newest_alive(e.db, REVISION_MAX + 5, 0, &status, NULL), 0);
	assert_int_equal(status, SHEAF_ERROR_DATABASE_CORRUPT);
}

static void impossible_revisions(void **state)
{
	static const sheaf_revision cases[] = {-1, INT64_MIN, REVISION_MAX + 1, INT64_MAX};

	(void)state;
	begin();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_status  status;
		document_date date;
		sheaf_error   err;

		assert_int_equal(values_get_length(e.db, cases[i], &status, &err), -2);
		assert_int_equal(status, SHEAF_ERROR_DATABASE_CORRUPT);
		assert_non_null(strstr(err.message, e.path));
		assert_int_equal(values_get_date(e.db, SHEAF_FIELD_DATE, cases[i], &date, NULL),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
		assert_int_equal(values_remove(e.db, cases[i], NULL), SHEAF_ERROR_DATABASE_CORRUPT);
	}
	sheaf_database_cancel_transaction(e.db);
}

static void a_block_of_another_size_is_damage(void **state)
{
	static const char *const blobs[] = {"zeroblob(4095)",
	                                    "zeroblob(4097)",
	                                    "zeroblob(0)",
	                                    "zeroblob(2047)",
	                                    "zeroblob(2049)",
	                                    "'text'",
	                                    "7"};

	(void)state;
	begin();
	put(1, 10, "2601.00001", 5, 6);
	commit_and_forget();
	for (size_t i = 0; i < sizeof blobs / sizeof *blobs; i++) {
		sheaf_status status;
		sheaf_error  err;
		char         sql[96];

		snprintf(sql, sizeof sql, "UPDATE value_block SET data = %s WHERE id = 0",
		         blobs[i]);
		assert_int_equal(sqlite3_exec(e.db->sql, sql, NULL, NULL, NULL), SQLITE_OK);
		values_clear(&e.db->values);
		assert_int_equal(values_get_length(e.db, 1, &status, &err), -2);
		assert_int_equal(status, SHEAF_ERROR_DATABASE_CORRUPT);
		assert_non_null(strstr(err.message, "reindex"));
	}
}

static void a_damaged_date_is_a_wrong_one(void **state)
{
	/* The eight bytes; the number less 2^62, halved. */
	static const struct {
		const char *number;
		sheaf_time  time;
		int         month_only;
	} cases[] = {
		{"FFFFFFFFFFFFFFFF", -((int64_t)1 << 61) - 1, 0},
		{"0000000000000080", (int64_t)1 << 61, 0},
		{"FFFFFFFFFFFFFFBF", ((int64_t)1 << 62) - 1, 0},
		{"00000000000000C0", -((int64_t)1 << 62), 0},
		{"0100000000000000", -((int64_t)1 << 61), 0},
		{"0100000000000040", 0, 1},
	};

	(void)state;
	begin();
	put(1, 10, "doc-1", 5, 6);
	commit_and_forget();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char sql[192];

		snprintf(
			sql, sizeof sql,
			"UPDATE value_block SET data = CAST(zeroblob(8) || x'%s' || zeroblob(8176) AS BLOB) "
			"WHERE id = 1 << 40",
			cases[i].number);
		assert_int_equal(sqlite3_exec(e.db->sql, sql, NULL, NULL, NULL), SQLITE_OK);
		values_clear(&e.db->values);
		expect_date(1, SHEAF_FIELD_SUBMITTED, cases[i].time, cases[i].month_only);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(lengths_are_kept_across_blocks),
		TEST(huge_lengths_stay_lengths),
		TEST(short_and_long_lengths),
		TEST(dates_take_what_their_distance_needs),
		TEST(dates_come_back_as_the_document_has_them),
		TEST(a_cancel_forgets),
		TEST(the_newest_alive),
		TEST(impossible_revisions),
		TEST(a_block_of_another_size_is_damage),
		TEST(a_damaged_date_is_a_wrong_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

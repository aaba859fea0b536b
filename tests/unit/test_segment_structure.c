/* The structure record and the averages of a real table, read, changed and written; and damaged ones. */
#include "segment_table.h"

/* What FTS5 wrote, written again, is the same. */
static void as_fts5_writes_it(void **state)
{
	segment_table t;
	uint64_t      seed = 3;

	(void)state;
	segment_table_begin(&t, 64, "");
	segment_sql(&t, "INSERT INTO t(t, rank) VALUES('automerge', 3)");
	for (int i = 1; i <= 40; i++) {
		const unsigned char *data;
		size_t               len;
		segment_structure    s;
		buf                  out = BUF_INIT(0);
		sheaf_error          err;

		must(segment_page_of(&t, SEGMENT_ROW_STRUCTURE, &data, &len, &err), &err);
		must(segment_structure_read(data, len, &s, &err), &err);
		segment_structure_write(&s, &out);
		assert_int_equal(out.len, len);
		assert_memory_equal(out.data, data, len);
		segment_structure_free(&s);
		buf_free(&out);
		sqlite3_reset(t.page);
		segment_put_row(&t, &seed, i, 120, 300, 0);
	}
	segment_table_end(&t);
}

static void averages(void **state)
{
	segment_table        t;
	segment_averages     a;
	const unsigned char *data;
	size_t               len;
	uint64_t             seed = 8;
	buf                  out = BUF_INIT(0);

	(void)state;
	segment_table_begin(&t, 512, "");
	segment_page_of(&t, SEGMENT_ROW_AVERAGES, &data, &len, NULL);
	assert_true(segment_averages_read(data, len, 3, &a));
	assert_int_equal(a.rows, 0);
	assert_int_equal(a.columns, 3);
	sqlite3_reset(t.page);
	for (int i = 1; i <= 200; i++)
		segment_put_row(&t, &seed, i, 9, 40, 0);
	segment_sql(&t, "INSERT INTO t(rowid, a, b, c) VALUES(900, 'one', 'one two', 'a b c')");
	segment_page_of(&t, SEGMENT_ROW_AVERAGES, &data, &len, NULL);
	assert_true(segment_averages_read(data, len, 3, &a));
	assert_int_equal(a.rows, 201);
	assert_true(a.tokens[2] > 200);
	segment_averages_write(&a, &out);
	assert_int_equal(out.len, len);
	assert_memory_equal(out.data, data, len);
	assert_false(segment_averages_read(data, len - 1, 3, &a));
	assert_false(segment_averages_read(data, len, 2, &a));
	assert_false(segment_averages_read(data, len, 17, &a));
	buf_free(&out);
	segment_table_end(&t);
}

static void adds_until_full(void **state)
{
	segment_structure s = {.cookie = 0x01020304, .writes = 5};
	segment_range    *list;
	size_t            count;
	sheaf_error       err;

	(void)state;
	for (int i = 1; i <= SEGMENT_COUNT_MAX; i++) {
		segment_range range = {segment_structure_new_number(&s), 1, i};

		assert_int_equal(range.segment, i);
		must(segment_structure_add(&s, &range, &err), &err);
	}
	assert_int_equal(segment_structure_new_number(&s), 0);
	assert_int_equal(segment_structure_add(&s, &s.levels[0].segments[0], &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	s.levels[0].segments[6].segment = SEGMENT_COUNT_MAX + 1;
	assert_int_equal(segment_structure_new_number(&s), 7);
	must(segment_structure_list(&s, &list, &count, &err), &err);
	assert_int_equal(count, SEGMENT_COUNT_MAX);
	assert_int_equal(list[0].last_page, 1);
	assert_int_equal(list[count - 1].last_page, SEGMENT_COUNT_MAX);
	mem_free(list);
	segment_structure_free(&s);
}

/* The higher a level, the older. */
static void oldest_first(void **state)
{
	static const unsigned char record[] = {0, 0, 0, 7, 2, 3, 9, 0, 1, 5,
	                                       1, 4, 0, 2, 2, 1, 6, 3, 1, 8};
	static const int           order[] = {2, 3, 5};
	segment_structure          s;
	segment_range             *list;
	size_t                     count;
	sheaf_error                err;

	(void)state;
	must(segment_structure_read(record, sizeof record, &s, &err), &err);
	must(segment_structure_list(&s, &list, &count, &err), &err);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i].segment, order[i]);
	mem_free(list);
	segment_structure_free(&s);
}

static void damaged(void **state)
{
	static const struct {
		const char   *what;
		unsigned char bytes[16];
		size_t        len;
	} records[] = {
		{"nothing", {0}, 0},
		{"a cookie alone", {0, 0, 0, 0}, 4},
		{"a level that is not there", {0, 0, 0, 0, 1, 0, 0}, 7},
		{"a number that does not end", {0, 0, 0, 0, 0, 0, 0x80}, 7},
		{"more levels than can be", {0, 0, 0, 0, 0x90, 0x00, 0, 0}, 8},
		{"more segments than told", {0, 0, 0, 0, 1, 1, 0, 0, 2, 1, 1, 1, 2, 1, 1}, 15},
		{"fewer segments than told", {0, 0, 0, 0, 1, 2, 0, 0, 1, 1, 1, 1}, 12},
		{"segment 0", {0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 1}, 12},
		{"two of one number", {0, 0, 0, 0, 1, 2, 0, 0, 2, 1, 1, 1, 1, 1, 1}, 15},
		{"pages backwards", {0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 2, 1}, 12},
		{"more to merge than there are", {0, 0, 0, 0, 1, 1, 0, 2, 1, 1, 1, 1}, 12},
		{"something behind", {0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0}, 13},
	};

	(void)state;
	for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
		segment_structure s;
		sheaf_error       err;

		if (segment_structure_read(records[i].bytes, records[i].len, &s, &err) !=
		    SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("%s is taken for sound", records[i].what);
		segment_structure_free(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_fts5_writes_it), cmocka_unit_test(averages),
		cmocka_unit_test(adds_until_full),   cmocka_unit_test(oldest_first),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The merge on a thread of its own: what it makes is what the plain one makes, or it is not used. */
#include "merge_ahead.h"

#include "adopt.h"
#include "database_private.h"
#include "engine_fixture.h"
#include "ranking_write.h"
#include "sql_rows.h"
#include "store.h"

enum {
	SEGMENTS = 5,
	PAPERS = 600, /* in each */
	RUNS = 3,
	MANY = 1200 /* papers of which a batch makes a run of lists */
};

static engine e;

/* In a batch of their own, committed. */
static void put_batch(int first, int count)
{
	store_batch *batch;
	analyser    *a;
	analysis    *x = analysis_new();
	sheaf_error  err;

	engine_begin_write(&e);
	must(store_batch_new(&batch, &err), &err);
	must(analyser_new(e.db, &a, &err), &err);
	for (int i = first; i < first + count; i++) {
		char         id[32], text[160];
		uint32_t     number;
		int          later;
		sheaf_change change;

		snprintf(id, sizeof id, "2601.%05d", i);
		snprintf(text, sizeof text, "bell%d lamp%d brass coil%d wire%d of spring %x", i % 7,
		         i % 31, i % 911, i, (unsigned)i * 2654435761u);
		must(scratch_paper(e.doc, id, "Lamps and bells", text, &err), &err);
		must(store_batch_add(batch, a, e.doc, x, &number, &err), &err);
		must(store_batch_put(e.db, batch, number, e.doc, x, &change, &later, &err), &err);
	}
	must(store_batch_write(e.db, batch, &err), &err);
	engine_commit(&e);
	analysis_free(x);
	analyser_free(a);
	store_batch_free(batch);
}

static int setup(void **state)
{
	(void)state;
	engine_begin(&e, "ahead");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

/* As many as make several portions of pages: FTS5's own option makes pages small. */
static void fill(void)
{
	sheaf_error err;

	must(index_option(e.db, "pgsz", 128, &err), &err);
	must(index_option(e.db, "automerge", 0, &err), &err);
	e.db->bulk = 1;
	for (int i = 0; i < SEGMENTS; i++)
		put_batch(1 + PAPERS * i, PAPERS);
	e.db->bulk = 0;
	assert_int_equal(
		rows_number(e.db->sql, "SELECT count(DISTINCT segid) FROM document_fts_idx"),
		SEGMENTS);
}

static void index_rows(buf *out)
{
	rows_text(e.db->sql,
	          "SELECT id, hex(block) FROM document_fts_data UNION ALL "
	          "SELECT pgno, hex(term) FROM document_fts_idx",
	          out);
}

static void it_makes_what_the_plain_merge_makes(void **state)
{
	buf          plain = BUF_INIT(0), beside = BUF_INIT(0);
	merge_ahead *m;
	int          done;
	int64_t      pages;
	sheaf_error  err;

	(void)state;
	fill();
	engine_begin_write(&e);
	must(adopt_merge(e.db, NULL, &done, &err), &err);
	assert_true(done);
	index_rows(&plain);
	pages = rows_number(e.db->sql, "PRAGMA page_count");
	sheaf_database_cancel_transaction(e.db);
	engine_begin_write(&e);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_non_null(m);
	must(adopt_merge(e.db, m, &done, &err), &err);
	assert_true(done);
	merge_ahead_free(m);
	index_rows(&beside);
	assert_string_equal(buf_str(&plain), buf_str(&beside));
	/* What was read made room for what was written. */
	assert_true(rows_number(e.db->sql, "PRAGMA page_count") < pages);
	engine_commit(&e);
	engine_finds(e.db, "wire7", "2601.00007");
	must(sheaf_database_check(e.db, &err), &err);
	buf_free(&plain);
	buf_free(&beside);
}

/* ---- lists ---- */

/* Three runs; of the first, two papers are gone. */
static void fill_lists(void)
{
	sheaf_error err;

	must(index_option(e.db, "automerge", 0, &err), &err);
	e.db->bulk = 1;
	for (int i = 0; i < RUNS; i++)
		put_batch(1 + MANY * i, MANY);
	e.db->bulk = 0;
	must(sheaf_database_delete_document(e.db, "2601.00003", &err), &err);
	engine_put(&e, "2601.00007", "Lamps once more", "brass");
	assert_int_equal(rows_number(e.db->sql, "SELECT count(*) FROM ranking_run"), RUNS);
	assert_int_equal(rows_number(e.db->sql, "SELECT count(*) FROM ranking_dead"), 2);
}

static void list_rows(buf *out)
{
	rows_text(e.db->sql,
	          "SELECT id, hex(data) FROM ranking_list UNION ALL "
	          "SELECT id, hex(data) FROM ranking_chunk UNION ALL "
	          "SELECT run, first || ' ' || last || ' ' || documents FROM ranking_run UNION ALL "
	          "SELECT revision, 'dead' FROM ranking_dead UNION ALL "
	          "SELECT id, hex(data) FROM ranking_loss",
	          out);
}

/* The writing handle's runs as a first half sees them that is committed. */
static merge_ahead *begin_both(void)
{
	merge_ahead *m;
	sheaf_error  err;

	engine_begin_write(&e);
	must(ranking_complete(e.db, &err), &err);
	must(sheaf_database_commit_transaction(e.db, &err), &err);
	engine_begin_write(&e);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_non_null(m);
	assert_true(merge_ahead_has_lists(m));
	return m;
}

static void lists_become_what_the_plain_merge_makes(void **state)
{
	buf          plain = BUF_INIT(0), beside = BUF_INIT(0);
	merge_ahead *m;
	int          done;
	sheaf_error  err;

	(void)state;
	fill_lists();
	engine_begin_write(&e);
	must(ranking_merge_all(e.db, &err), &err);
	list_rows(&plain);
	sheaf_database_cancel_transaction(e.db);
	m = begin_both();
	must(adopt_merge(e.db, m, &done, &err), &err);
	assert_true(done);
	must(ranking_write_merged(e.db, merge_ahead_lists, m, &err), &err);
	merge_ahead_free(m);
	list_rows(&beside);
	assert_string_equal(buf_str(&plain), buf_str(&beside));
	assert_int_equal(rows_number(e.db->sql, "SELECT count(*) FROM ranking_run"), 1);
	must(sheaf_database_commit_transaction(e.db, &err), &err);
	engine_finds(e.db, "wire9", "2601.00009");
	must(sheaf_database_check(e.db, &err), &err);
	buf_free(&plain);
	buf_free(&beside);
}

/* The segments were merged in another way. */
static void lists_without_segments(void **state)
{
	merge_ahead *m;
	int          done;
	sheaf_error  err;

	(void)state;
	fill_lists();
	m = begin_both();
	must(adopt_merge(e.db, NULL, &done, &err), &err);
	must(ranking_write_merged(e.db, merge_ahead_lists, m, &err), &err);
	merge_ahead_free(m);
	must(sheaf_database_commit_transaction(e.db, &err), &err);
	assert_int_equal(rows_number(e.db->sql, "SELECT count(*) FROM ranking_run"), 1);
	must(sheaf_database_check(e.db, &err), &err);
}

/* What is only in this transaction is not what the other handle would merge. */
static void other_runs_are_not_taken(void **state)
{
	merge_ahead *m;
	sheaf_error  err;

	(void)state;
	fill_lists();
	engine_begin_write(&e);
	must(ranking_drop(e.db, &err), &err);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_non_null(m);
	assert_false(merge_ahead_has_lists(m));
	merge_ahead_free(m);
	sheaf_database_cancel_transaction(e.db);
	must(sheaf_database_check(e.db, &err), &err);
}

static void damaged_lists_are_told(void **state)
{
	merge_ahead *m;
	sheaf_error  err;

	(void)state;
	fill_lists();
	assert_int_equal(sqlite3_exec(e.db->sql,
	                              "UPDATE ranking_list SET data = x'FFFFFFFF' WHERE id = "
	                              "(SELECT max(id) FROM ranking_list)",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	m = begin_both();
	assert_int_equal(ranking_write_merged(e.db, merge_ahead_lists, m, &err),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	merge_ahead_free(m);
	sheaf_database_cancel_transaction(e.db);
	assert_int_equal(rows_number(e.db->sql, "SELECT count(*) FROM ranking_run"), RUNS + 1);
}

/* The end of a load, as an import has it. */
static void a_bulk_load_ends_with_one_segment(void **state)
{
	sheaf_error err;

	(void)state;
	must(store_set_bulk(e.db, 1, &err), &err);
	for (int i = 0; i < SEGMENTS; i++)
		put_batch(1 + PAPERS * i, PAPERS);
	must(store_set_bulk(e.db, 0, &err), &err);
	assert_int_equal(
		rows_number(e.db->sql, "SELECT count(DISTINCT segid) FROM document_fts_idx"), 1);
	must(sheaf_database_check(e.db, &err), &err);
}

static void nobody_has_to_wait_for_it(void **state)
{
	merge_ahead *m;
	sheaf_error  err;

	(void)state;
	fill();
	engine_begin_write(&e);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_non_null(m);
	merge_ahead_free(m);
	merge_ahead_free(NULL);
	sheaf_database_cancel_transaction(e.db);
	must(sheaf_database_check(e.db, &err), &err);
}

/* What is not committed, another handle does not see. */
static void other_segments_are_not_taken(void **state)
{
	merge_ahead *m;
	int          done;
	sheaf_error  err;

	(void)state;
	engine_begin_write(&e);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_null(m);
	sheaf_database_cancel_transaction(e.db);
	fill();
	engine_begin_write(&e);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_non_null(m);
	engine_put(&e, "2602.00001", "Fresh wire", NULL);
	must(adopt_merge(e.db, m, &done, &err), &err);
	assert_true(done);
	merge_ahead_free(m);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_null(m);
	engine_commit(&e);
	engine_finds(e.db, "fresh", "2602.00001");
	must(sheaf_database_check(e.db, &err), &err);
}

/* A merge that fails has changed the tables: all is cancelled, and the end of a load leaves it to FTS5. */
static void damage_is_told(void **state)
{
	merge_ahead *m;
	int          done;
	int64_t      rows;
	sheaf_error  err;

	(void)state;
	fill();
	sqlite3_db_config(e.db->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	assert_int_equal(
		sqlite3_exec(
			e.db->sql,
			"UPDATE document_fts_data SET block = zeroblob(length(block)) WHERE "
			"id = (SELECT max(id) FROM document_fts_data WHERE id & (1 << 36) = 0)",
			NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_db_config(e.db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	rows = rows_number(e.db->sql, "SELECT count(*) FROM document_fts_data");
	engine_begin_write(&e);
	must(merge_ahead_new(e.db, &m, &err), &err);
	assert_non_null(m);
	assert_int_equal(adopt_merge(e.db, m, &done, &err), SHEAF_ERROR_DATABASE_CORRUPT);
	assert_false(done);
	merge_ahead_free(m);
	sheaf_database_cancel_transaction(e.db);
	assert_int_equal(rows_number(e.db->sql, "SELECT count(*) FROM document_fts_data"), rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_makes_what_the_plain_merge_makes, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(a_bulk_load_ends_with_one_segment, setup, teardown),
		cmocka_unit_test_setup_teardown(nobody_has_to_wait_for_it, setup, teardown),
		cmocka_unit_test_setup_teardown(other_segments_are_not_taken, setup, teardown),
		cmocka_unit_test_setup_teardown(damage_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(lists_become_what_the_plain_merge_makes, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(lists_without_segments, setup, teardown),
		cmocka_unit_test_setup_teardown(other_runs_are_not_taken, setup, teardown),
		cmocka_unit_test_setup_teardown(damaged_lists_are_told, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

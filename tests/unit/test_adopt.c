/* Writing FTS5's tables past FTS5: what it makes of the index afterwards is what it would have made itself. */
#include "adopt.h"

#include "database_private.h"
#include "engine_fixture.h"
#include "field.h"
#include "sql_rows.h"
#include "store.h"

static engine e;

static int setup(void **state)
{
	(void)state;
	engine_begin(&e, "adopt");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void command(sheaf_database *db, const char *sql)
{
	if (sqlite3_exec(db->sql, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db->sql));
}

/* Papers from number `first` on, in a batch of their own. */
static void put_batch(sheaf_database *db, int first, int count)
{
	store_batch *batch;
	analyser    *a;
	analysis    *x = analysis_new();
	sheaf_error  err;

	must(store_batch_new(&batch, &err), &err);
	must(analyser_new(db, &a, &err), &err);
	for (int i = first; i < first + count; i++) {
		char         id[32], text[128];
		uint32_t     number;
		int          later;
		sheaf_change change;

		snprintf(id, sizeof id, "2601.%05d", i);
		snprintf(text, sizeof text, "bell%d lamp%d brass %s wire%d", i % 7, i % 31,
		         i % 3 ? "coil" : "spring coil", i);
		must(scratch_paper(e.doc, id, "Lamps and bells", text, &err), &err);
		must(store_batch_add(batch, a, e.doc, x, &number, &err), &err);
		must(store_batch_put(db, batch, number, e.doc, x, &change, &later, &err), &err);
		assert_false(later);
	}
	must(store_batch_write(db, batch, &err), &err);
	analysis_free(x);
	analyser_free(a);
	store_batch_free(batch);
}

static void begin(sheaf_database *db)
{
	sheaf_error err;

	must(sheaf_database_begin_transaction(db, &err), &err);
}

static void commit(sheaf_database *db)
{
	sheaf_error err;

	must(sheaf_database_commit_transaction(db, &err), &err);
}

static int is_known(sheaf_database *db, size_t *page_size)
{
	int         known;
	sheaf_error err;

	must(shadow_is_known(db, &known, page_size, &err), &err);
	return known;
}

/* ---- what is known ---- */

static void a_new_database_is_known(void **state)
{
	size_t page_size;

	(void)state;
	assert_true(is_known(e.db, &page_size));
	assert_int_equal(page_size, 4050);
	must(index_option(e.db, "pgsz", 512, NULL), NULL);
	assert_true(is_known(e.db, &page_size));
	assert_int_equal(page_size, 512);
	must(index_option(e.db, "pgsz", 65536, NULL), NULL);
	assert_false(is_known(e.db, &page_size));
}

static void another_index_is_not_known(void **state)
{
	static const char *const others[] = {
		"CREATE VIRTUAL TABLE document_fts USING fts5(abstract, title, authors, comments, "
		"journal_ref, report_no, terms, content = 'document_text', content_rowid = "
		"'revision', columnsize = 0, tokenize = 'sheaf', prefix = 2)",
		"CREATE VIRTUAL TABLE document_fts USING fts5(abstract, title, authors, comments, "
		"journal_ref, report_no, terms, content = 'document_text', content_rowid = "
		"'revision', columnsize = 0, tokenize = 'sheaf', detail = column)",
	};
	sheaf_error err;
	int         can;

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		size_t page_size;

		command(e.db, "DROP TABLE document_fts");
		command(e.db, others[i]);
		assert_false(is_known(e.db, &page_size));
		must(store_can_batch(e.db, &can, &err), &err);
		assert_false(can);
		/* Single documents go on, and so does merging. */
		engine_put(&e, i ? "2601.00002" : "2601.00001", "Lamps", NULL);
		must(sheaf_database_compact(e.db, &err), &err);
	}
	must(sheaf_database_reindex(e.db, NULL, &err), &err);
	must(store_can_batch(e.db, &can, &err), &err);
	assert_true(can);
	must(sheaf_database_check(e.db, &err), &err);
}

/* The connection refuses to write these tables, before and after. */
static void the_tables_are_closed_again(void **state)
{
	static const char write[] = "DELETE FROM document_fts_data WHERE id = 10";
	adoption          a;
	segment_averages  none = {.columns = COLUMN_COUNT};
	sheaf_error       err;

	(void)state;
	assert_int_not_equal(sqlite3_exec(e.db->sql, write, NULL, NULL, NULL), SQLITE_OK);
	begin(e.db);
	put_batch(e.db, 1, 3);
	commit(e.db);
	assert_int_not_equal(sqlite3_exec(e.db->sql, write, NULL, NULL, NULL), SQLITE_OK);
	begin(e.db);
	must(adopt_begin(e.db, 4050, &a, &err), &err);
	assert_int_equal(adopt_end(&a, SHEAF_ERROR_NOMEM, 0, &none, &err), SHEAF_ERROR_NOMEM);
	sheaf_database_cancel_transaction(e.db);
	assert_int_not_equal(sqlite3_exec(e.db->sql, write, NULL, NULL, NULL), SQLITE_OK);
	must(sheaf_database_check(e.db, &err), &err);
}

/* ---- pages of any size ---- */

static void small_pages(void **state)
{
	static const int sizes[] = {32, 64, 1000, 65500};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		sheaf_error err;

		begin(e.db);
		must(index_option(e.db, "pgsz", sizes[i], &err), &err);
		put_batch(e.db, 1 + 150 * (int)i, 150);
		engine_put(&e, "2602.00001", i % 2 ? "One more" : "Once more", NULL);
		put_batch(e.db, 1001 + 150 * (int)i, 150);
		commit(e.db);
		must(sheaf_database_check(e.db, &err), &err);
		must(sheaf_database_compact(e.db, &err), &err);
		must(sheaf_database_check(e.db, &err), &err);
	}
	engine_finds(e.db, "wire3", "2601.00003");
}

/* ---- merging ---- */

/* The rows of the only segment, less its number. */
static void segment_rows(sheaf_database *db, buf *out)
{
	rows_text(db->sql,
	          "SELECT id & ((1 << 37) - 1), hex(block) FROM document_fts_data WHERE id >> 37 "
	          "UNION ALL SELECT pgno, hex(term) FROM document_fts_idx",
	          out);
}

static void fill(sheaf_database *db)
{
	sheaf_error err;

	for (int i = 0; i < 5; i++) {
		char id[32];

		begin(db);
		put_batch(db, 1 + 200 * i, 300);
		snprintf(id, sizeof id, "2601.%05d", 250 + 200 * i);
		must(sheaf_database_delete_document(db, id, &err), &err);
		commit(db);
	}
}

static void merging_makes_what_fts5_makes(void **state)
{
	buf         ours = BUF_INIT(0), theirs = BUF_INIT(0);
	int         done = 0;
	sheaf_error err;

	(void)state;
	fill(e.db);
	assert_true(rows_number(e.db->sql, "SELECT count(DISTINCT segid) FROM document_fts_idx") >
	            2);
	begin(e.db);
	must(adopt_merge(e.db, NULL, &done, &err), &err);
	assert_true(done);
	segment_rows(e.db, &ours);
	assert_int_equal(
		rows_number(e.db->sql, "SELECT count(DISTINCT segid) FROM document_fts_idx"), 1);
	sheaf_database_cancel_transaction(e.db);
	assert_true(rows_number(e.db->sql, "SELECT count(DISTINCT segid) FROM document_fts_idx") >
	            2);
	command(e.db, "INSERT INTO document_fts(document_fts) VALUES('optimize')");
	segment_rows(e.db, &theirs);
	assert_string_equal(buf_str(&ours), buf_str(&theirs));
	must(sheaf_database_check(e.db, &err), &err);
	buf_free(&ours);
	buf_free(&theirs);
}

/* After a merge FTS5 goes on: inserts, deletes, merges of its own, in the same transaction and later. */
static void fts5_goes_on_after_a_merge(void **state)
{
	int         done;
	sheaf_error err;

	(void)state;
	fill(e.db);
	for (int i = 0; i < 3; i++) {
		begin(e.db);
		engine_put(&e, "2602.00001", i % 2 ? "Fresh wire" : "Wire, fresh", NULL);
		must(adopt_merge(e.db, NULL, &done, &err), &err);
		assert_true(done);
		engine_put(&e, "2602.00002", i % 2 ? "Fresh coil" : "Coil, fresh", NULL);
		must(sheaf_database_delete_document(e.db, i ? "2601.00007" : "2601.00008", &err),
		     &err);
		must(index_option(e.db, "integrity-check", 1, &err), &err);
		put_batch(e.db, 7, 2);
		must(index_option(e.db, "merge", -16, &err), &err);
		commit(e.db);
		engine_finds(e.db, "fresh", "2602.00001 2602.00002");
		engine_finds(e.db, "wire7", "2601.00007");
		must(sheaf_database_check(e.db, &err), &err);
	}
}

/* What cannot be read as a segment is not touched. */
static void damage_is_left_to_fts5(void **state)
{
	int64_t     pages, segments;
	int         done = 1;
	sheaf_error err;

	(void)state;
	fill(e.db);
	sqlite3_db_config(e.db->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	command(e.db, "UPDATE document_fts_data SET block = zeroblob(length(block)) WHERE id = "
	              "(SELECT max(id) FROM document_fts_data)");
	sqlite3_db_config(e.db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	pages = rows_number(e.db->sql, "SELECT count(*) FROM document_fts_data");
	segments = rows_number(e.db->sql, "SELECT count(DISTINCT segid) FROM document_fts_idx");
	begin(e.db);
	must(adopt_merge(e.db, NULL, &done, &err), &err);
	assert_false(done);
	assert_int_equal(rows_number(e.db->sql, "SELECT count(*) FROM document_fts_data"), pages);
	assert_int_equal(
		rows_number(e.db->sql, "SELECT count(DISTINCT segid) FROM document_fts_idx"),
		segments);
	sheaf_database_cancel_transaction(e.db);
}

static void a_damaged_list_is_told(void **state)
{
	static const char *const damages[] = {
		"UPDATE document_fts_data SET block = x'00' WHERE id = 10",
		"UPDATE document_fts_data SET block = NULL WHERE id = 10",
		"DELETE FROM document_fts_data WHERE id = 10",
	};

	(void)state;
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		adoption    a;
		sheaf_error err;

		begin(e.db);
		must(shadow_open(e.db, &err), &err);
		command(e.db, damages[i]);
		assert_int_equal(shadow_read_structure(e.db, &a.structure, &err),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
		segment_structure_free(&a.structure);
		shadow_close(e.db);
		sheaf_database_cancel_transaction(e.db);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_database_is_known),       TEST(another_index_is_not_known),
		TEST(the_tables_are_closed_again),   TEST(small_pages),
		TEST(merging_makes_what_fts5_makes), TEST(fts5_goes_on_after_a_merge),
		TEST(damage_is_left_to_fts5),        TEST(a_damaged_list_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

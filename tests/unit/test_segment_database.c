/*
 * The pages of sheaf's own index, however they came about, are those that FTS5 makes when it indexes the
 * same documents anew and merges them: to the last byte. The larger part needs SHEAF_SHARED_DATA.
 */
#include "segment_table.h"

#include <stdlib.h>

#include "database_private.h"
#include "engine_fixture.h"
#include "segment_image.h"

enum { PAPERS = 2500, PARTS = 5, GONE_EACH = 11, CHANGED_EACH = 13 };

/* A copy of what the tables have of their one segment. */
static segment_image *copy_segment(segment_table *t)
{
	int64_t        base = (int64_t)segment_table_range(t).segment << SEGMENT_SHIFT;
	segment_image *image;
	segment_sink   sink;
	sqlite3_stmt  *stmt;
	sheaf_error    err;

	must(segment_image_new(&image, &err), &err);
	sink = segment_image_sink(image);
	stmt = segment_prepare(t, "SELECT id, block FROM %s_data WHERE id >= ?1 AND id < ?2");
	sqlite3_bind_int64(stmt, 1, base);
	sqlite3_bind_int64(stmt, 2, base + ((int64_t)1 << SEGMENT_SHIFT));
	while (sqlite3_step(stmt) == SQLITE_ROW)
		must(sink.page(sink.ctx, sqlite3_column_int64(stmt, 0) - base,
		               sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1),
		               &err),
		     &err);
	sqlite3_finalize(stmt);
	stmt = segment_prepare(t, "SELECT term, pgno FROM %s_idx");
	while (sqlite3_step(stmt) == SQLITE_ROW)
		must(sink.index(sink.ctx, sqlite3_column_blob(stmt, 0),
		                (size_t)sqlite3_column_bytes(stmt, 0),
		                sqlite3_column_int64(stmt, 1), &err),
		     &err);
	sqlite3_finalize(stmt);
	return image;
}

static void copy_totals(segment_table *t, buf *out)
{
	const unsigned char *data;
	size_t               len;

	segment_page_of(t, SEGMENT_ROW_AVERAGES, &data, &len, NULL);
	assert_true(len > 0);
	buf_append(out, (const char *)data, len);
	sqlite3_reset(t->page);
}

/* FTS5 indexes everything anew, and nothing of the segment is another. */
static void same_when_rebuilt(sheaf_database *db)
{
	segment_table  t;
	segment_image *image;
	segment_sink   sink;
	int64_t        last;
	buf            before = BUF_INIT(0), after = BUF_INIT(0);
	sheaf_error    err;

	segment_table_attach(&t, db->sql, "document_fts");
	image = copy_segment(&t);
	last = segment_table_range(&t).last_page;
	copy_totals(&t, &before);
	segment_sql(&t, "INSERT INTO document_fts(document_fts, rank) VALUES('automerge', 0)");
	segment_sql(&t, "INSERT INTO document_fts(document_fts) VALUES('rebuild')");
	segment_sql(&t, "INSERT INTO document_fts(document_fts) VALUES('optimize')");
	sink = segment_table_sink(&t);
	must(segment_image_replay(image, &sink, &err), &err);
	segment_table_all_seen(&t, last);
	copy_totals(&t, &after);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	segment_table_rewrites(&t, SEGMENT_PAGE_DEFAULT);
	print_message("%lld pages, %lld idx rows\n", (long long)t.pages, (long long)t.rows);
	buf_free(&before);
	buf_free(&after);
	segment_image_free(image);
	segment_table_detach(&t);
}

static void put(engine *e, uint64_t *seed, int number)
{
	char id[32];
	buf  title = BUF_INIT(0), text = BUF_INIT(0);

	snprintf(id, sizeof id, "%04d.%05d", 2001 + number % 12, number);
	segment_put_words(&title, seed, segment_random(seed, 12), 3000);
	segment_put_words(&text, seed, segment_random(seed, 150), 3000);
	buf_puts(&title, "networks");
	buf_puts(&text, "common networking");
	engine_put(e, id, title.data, text.data);
	buf_free(&title);
	buf_free(&text);
}

/* Papers that come, change and go, in several transactions. */
static void papers_of_all_kinds(void **state)
{
	engine      e;
	uint64_t    seed = 21;
	sheaf_error err;

	(void)state;
	engine_begin(&e, "segment-database");
	for (int part = 0; part < PARTS; part++) {
		must(sheaf_database_begin_transaction(e.db, &err), &err);
		for (int i = part * PAPERS / PARTS; i < (part + 1) * PAPERS / PARTS; i++)
			put(&e, &seed, i + 1);
		for (int i = part; i < part * PAPERS / PARTS; i += CHANGED_EACH)
			put(&e, &seed, i + 1);
		must(sheaf_database_commit_transaction(e.db, &err), &err);
	}
	for (int i = 1; i <= PAPERS; i += GONE_EACH) {
		char id[32];

		snprintf(id, sizeof id, "%04d.%05d", 2001 + i % 12, i);
		must(sheaf_database_delete_document(e.db, id, &err), &err);
	}
	must(sheaf_database_compact(e.db, &err), &err);
	same_when_rebuilt(e.db);
	engine_end(&e);
}

static void imported_papers(void **state)
{
	const char     *shared = getenv("SHEAF_SHARED_DATA");
	char            path[SCRATCH_PATH_SIZE];
	buf             file = BUF_INIT(0);
	sheaf_database *db;
	sheaf_import   *import;
	sheaf_error     err;

	(void)state;
	buf_printf(&file, "%s/arxiv-10k.jsonl.zst", shared ? shared : "");
	if (!shared || access(buf_str(&file), R_OK) != 0) {
		print_message("skipped: no arxiv-10k.jsonl.zst in SHEAF_SHARED_DATA\n");
		buf_free(&file);
		skip();
	}
	scratch_path(path, "segment-imported");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	must(sheaf_import_new(db, NULL, &import, &err), &err);
	must(sheaf_import_file(import, file.data, &err), &err);
	must(sheaf_import_finish(import, NULL, &err), &err);
	sheaf_import_free(import);
	same_when_rebuilt(db);
	sheaf_database_close(db);
	scratch_remove(path);
	buf_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(papers_of_all_kinds),
		cmocka_unit_test(imported_papers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

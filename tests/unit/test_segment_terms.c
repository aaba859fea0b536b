/* Counts read from FTS5's pages are those of FTS5's own vocabulary table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database_private.h"
#include "engine_fixture.h"
#include "segment_terms.h"

enum { PAPERS = 3000, GONE_EACH = 7, VOCABULARY = 5000 };

static engine      e;
static sheaf_error error;

static unsigned random_below(uint64_t *seed, unsigned limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % limit;
}

/* Few frequent words and many rare ones, in texts of very different length. */
static void put(uint64_t *seed, int number)
{
	char id[32];
	buf  text = BUF_INIT(0);

	snprintf(id, sizeof id, "%04d.%05d", 2001 + number % 12, number);
	for (unsigned i = random_below(seed, 60); i; i--) {
		unsigned n = random_below(seed, VOCABULARY);

		buf_printf(&text, "%s%u ", n % 3 ? "word" : "longerwordthanothers",
		           random_below(seed, n + 1));
	}
	buf_puts(&text, "common everywhere networks");
	engine_put(&e, id, "networks", text.data);
	buf_free(&text);
}

static int fill(void **state)
{
	uint64_t seed = 99;

	(void)state;
	engine_begin(&e, "segment");
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	for (int i = 1; i <= PAPERS; i++)
		put(&seed, i);
	must(sheaf_database_commit_transaction(e.db, &error), &error);
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	for (int i = 1; i <= PAPERS; i += GONE_EACH) {
		char id[32];

		snprintf(id, sizeof id, "%04d.%05d", 2001 + i % 12, i);
		must(sheaf_database_delete_document(e.db, id, &error), &error);
	}
	must(sheaf_database_commit_transaction(e.db, &error), &error);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void put_line(void *ctx, const char *term, size_t len, int64_t documents)
{
	buf_printf(ctx, "%.*s %lld\n", (int)len, term, (long long)documents);
}

static int read_pages(char low, buf *out)
{
	int understood;

	must(database_begin_read(e.db, &error), &error);
	must(segment_each_term(e.db, low, put_line, out, &understood, &error), &error);
	database_end_read(e.db);
	must(buf_status(out, &error), &error);
	return understood;
}

/* The same from FTS5's table. */
static void read_table(const char *low, buf *out)
{
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_exec(e.db->sql,
	                              "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms_of_test "
	                              "USING fts5vocab('main', 'document_fts', 'row')",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(e.db->sql,
	                           "SELECT term, doc FROM temp.terms_of_test WHERE term >= ?1", -1,
	                           &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_text(stmt, 1, low, -1, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		put_line(out, (const char *)sqlite3_column_text(stmt, 0),
		         (size_t)sqlite3_column_bytes(stmt, 0), sqlite3_column_int64(stmt, 1));
	sqlite3_finalize(stmt);
	must(buf_status(out, &error), &error);
}

static void compare(const char *low)
{
	buf pages = BUF_INIT(0), table = BUF_INIT(0);

	assert_true(read_pages(*low, &pages));
	read_table(low, &table);
	assert_true(table.len > 0);
	assert_int_equal(pages.len, table.len);
	assert_memory_equal(pages.data, table.data, table.len);
	buf_free(&pages);
	buf_free(&table);
}

/* After a merge; from the first term, and from a word on. */
static void merged(void **state)
{
	(void)state;
	must(sheaf_database_compact(e.db, &error), &error);
	compare("\001");
	compare("a");
	compare("w");
}

static void several_segments_are_not_understood(void **state)
{
	uint64_t seed = 5;
	buf      pages = BUF_INIT(0);

	(void)state;
	put(&seed, PAPERS + 1);
	put(&seed, PAPERS + 2);
	assert_false(read_pages('a', &pages));
	buf_free(&pages);
}

static void an_empty_index(void **state)
{
	engine empty;
	buf    pages = BUF_INIT(0);
	int    understood = 1;

	(void)state;
	engine_begin(&empty, "segment-empty");
	must(database_begin_read(empty.db, &error), &error);
	must(segment_each_term(empty.db, 'a', put_line, &pages, &understood, &error), &error);
	database_end_read(empty.db);
	assert_false(understood);
	assert_int_equal(pages.len, 0);
	engine_end(&empty);
	buf_free(&pages);
}

static void write_page(sqlite3 *sql, sqlite3_int64 id, const void *page, int len)
{
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(sql,
	                                    "UPDATE document_fts_data SET block = ?2 WHERE id = ?1",
	                                    -1, &stmt, NULL),
	                 SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, id);
	sqlite3_bind_blob(stmt, 2, page, len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
}

/* Whatever stands in a page: no crash, and terms of a possible length. */
static void damaged_pages(void **state)
{
	uint64_t      seed = 77;
	sqlite3      *raw;
	sqlite3_stmt *stmt;

	(void)state;
	must(sheaf_database_compact(e.db, &error), &error);
	assert_int_equal(sqlite3_open(e.path, &raw), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(raw,
	                           "SELECT id, block FROM document_fts_data WHERE id >= 10 "
	                           "ORDER BY random() LIMIT 60",
	                           -1, &stmt, NULL),
		SQLITE_OK);
	for (int row = 0; row < 60; row++) {
		unsigned char page[8192], broken[8192];
		sqlite3_int64 id;
		int           len;

		if (sqlite3_step(stmt) != SQLITE_ROW)
			break;
		id = sqlite3_column_int64(stmt, 0);
		len = sqlite3_column_bytes(stmt, 1);
		assert_true(len > 0 && len < (int)sizeof page);
		memcpy(page, sqlite3_column_blob(stmt, 1), (size_t)len);
		sqlite3_reset(stmt);
		for (int i = 0; i < 4; i++) {
			buf pages = BUF_INIT(0);
			int cut = i % 2 ? (int)random_below(&seed, (unsigned)len) : len;

			memcpy(broken, page, (size_t)len);
			for (unsigned n = 1 + random_below(&seed, 4); n; n--)
				broken[random_below(&seed, n % 2 ? 8 : (unsigned)len) %
				       (unsigned)len] = (unsigned char)random_below(&seed, 256);
			write_page(raw, id, broken, cut);
			read_pages('\001', &pages);
			buf_free(&pages);
		}
		write_page(raw, id, page, len);
	}
	sqlite3_finalize(stmt);
	sqlite3_close(raw);
	compare("a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merged),
		cmocka_unit_test(several_segments_are_not_understood),
		cmocka_unit_test(an_empty_index),
		cmocka_unit_test(damaged_pages),
	};

	return cmocka_run_group_tests(tests, fill, clean);
}

/*
 * segment_table.h: an FTS5 table of a test's own, filled at random; its segments as the readers and
 * writers of index/segments/ see them; and whether what they write is what FTS5 wrote.
 */
#ifndef SEGMENT_TABLE_H
#define SEGMENT_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sqlite3.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
#include "buf.h"
#include "scratch_db.h"
#include "segment_reader.h"
#include "segment_structure.h"
#include "segment_writer.h"

typedef struct segment_table {
	sqlite3      *sql;
	const char   *name;
	sqlite3_stmt *page, *row, *lookup; /* of its data and idx tables */
	int           segment;             /* that segment_table_sink() compares with */
	int64_t       pages, rows;         /* that were compared */
} segment_table;

static inline unsigned segment_random(uint64_t *seed, unsigned limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % limit;
}

__attribute__((format(printf, 2, 3))) static inline void segment_sql(segment_table *t,
                                                                     const char    *format, ...)
{
	va_list args;
	char   *text;

	va_start(args, format);
	text = sqlite3_vmprintf(format, args);
	va_end(args);
	assert_non_null(text);
	if (sqlite3_exec(t->sql, text, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(t->sql));
	sqlite3_free(text);
}

static inline sqlite3_stmt *segment_prepare(segment_table *t, const char *format)
{
	sqlite3_stmt *stmt;
	char         *text = sqlite3_mprintf(format, t->name);

	assert_non_null(text);
	if (sqlite3_prepare_v2(t->sql, text, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(t->sql));
	sqlite3_free(text);
	return stmt;
}

/* For a table that is there. */
static inline void segment_table_attach(segment_table *t, sqlite3 *sql, const char *name)
{
	*t = (segment_table){.sql = sql, .name = name};
	t->page = segment_prepare(t, "SELECT block FROM %s_data WHERE id = ?1");
	t->row = segment_prepare(t, "SELECT pgno FROM %s_idx WHERE segid = ?1 AND term = ?2");
	t->lookup = segment_prepare(t, "SELECT pgno FROM %s_idx WHERE segid = ?1 AND term <= ?2 "
	                               "ORDER BY term DESC LIMIT 1");
}

static inline void segment_table_detach(segment_table *t)
{
	sqlite3_finalize(t->page);
	sqlite3_finalize(t->row);
	sqlite3_finalize(t->lookup);
}

/* A table in memory; FTS5 merges only when told. `options` begin with a comma. */
static inline void segment_table_begin(segment_table *t, int page_size, const char *options)
{
	sqlite3 *sql;

	assert_int_equal(sqlite3_open(":memory:", &sql), SQLITE_OK);
	*t = (segment_table){.sql = sql};
	segment_sql(t, "CREATE VIRTUAL TABLE t USING fts5(a, b, c, tokenize = 'ascii'%s)", options);
	segment_sql(t, "INSERT INTO t(t, rank) VALUES('pgsz', %d)", page_size);
	segment_sql(t, "INSERT INTO t(t, rank) VALUES('automerge', 0)");
	segment_sql(t, "INSERT INTO t(t, rank) VALUES('crisismerge', 1900)");
	segment_table_attach(t, sql, "t");
}

static inline void segment_table_end(segment_table *t)
{
	segment_table_detach(t);
	assert_int_equal(sqlite3_close(t->sql), SQLITE_OK);
}

/* A word by its number: short ones first; some are as long as 250 bytes. */
static inline void segment_put_word(buf *text, unsigned n)
{
	static const size_t lengths[] = {0, 0, 0, 2, 0, 12, 0, 0, 40, 0, 0, 240};
	size_t              pad = lengths[n % (sizeof lengths / sizeof *lengths)];
	unsigned            rest = n;

	/* Words that go with each other in all but their ends make long shared beginnings. */
	if (n % 3 == 0)
		buf_puts(text, "shared");
	do {
		buf_putc(text, (char)('a' + rest % 26));
		rest /= 26;
	} while (rest);
	for (size_t i = 0; i < pad; i++)
		buf_putc(text, (char)('a' + (n + i) % 5));
	buf_putc(text, ' ');
}

/* Many of few words, few of many. */
static inline void segment_put_words(buf *text, uint64_t *seed, unsigned count, unsigned vocabulary)
{
	for (; count; count--)
		segment_put_word(text, segment_random(seed, 1 + segment_random(seed, vocabulary)));
}

static inline void segment_insert(segment_table *t, int64_t row, const buf columns[3])
{
	sqlite3_stmt *stmt = segment_prepare(
		t, "INSERT INTO %s(rowid, a, b, c) VALUES(?1, ?2, ?3, ?4)");

	sqlite3_bind_int64(stmt, 1, row);
	for (int i = 0; i < 3; i++)
		sqlite3_bind_text(stmt, 2 + i, buf_str(&columns[i]), (int)columns[i].len,
		                  SQLITE_STATIC);
	assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
}

/* A row of random words; `many` times another word of its own in a column of its choice. */
static inline void segment_put_row(segment_table *t, uint64_t *seed, int64_t row, unsigned words,
                                   unsigned vocabulary, unsigned many)
{
	buf columns[3] = {BUF_INIT(0), BUF_INIT(0), BUF_INIT(0)};

	for (int i = 0; i < 3; i++)
		segment_put_words(&columns[i], seed, segment_random(seed, words + 1), vocabulary);
	buf_puts(&columns[segment_random(seed, 2)], "common ");
	for (; many; many--)
		buf_puts(&columns[1], "heavy ");
	segment_insert(t, row, columns);
	for (int i = 0; i < 3; i++)
		buf_free(&columns[i]);
}

/* ---- its segments ---- */

static inline sheaf_status segment_page_of(void *ctx, int64_t id, const unsigned char **data,
                                           size_t *len, sheaf_error *err)
{
	segment_table *t = ctx;

	(void)err;
	*data = NULL;
	*len = 0;
	sqlite3_reset(t->page);
	sqlite3_bind_int64(t->page, 1, id);
	if (sqlite3_step(t->page) == SQLITE_ROW) {
		*data = sqlite3_column_blob(t->page, 0);
		*len = (size_t)sqlite3_column_bytes(t->page, 0);
	}
	return SHEAF_OK;
}

static inline sheaf_status segment_lookup_of(void *ctx, int segment, const void *term, size_t len,
                                             int64_t *page, sheaf_error *err)
{
	segment_table *t = ctx;

	(void)err;
	*page = 0;
	sqlite3_reset(t->lookup);
	sqlite3_bind_int(t->lookup, 1, segment);
	sqlite3_bind_blob(t->lookup, 2, term, (int)len, SQLITE_STATIC);
	if (sqlite3_step(t->lookup) == SQLITE_ROW)
		*page = sqlite3_column_int64(t->lookup, 0);
	return SHEAF_OK;
}

static inline segment_source segment_table_source(segment_table *t)
{
	return (segment_source){t, segment_page_of, segment_lookup_of};
}

/* All of them, oldest first; mem_free() them. */
static inline segment_range *segment_table_ranges(segment_table *t, size_t *count)
{
	const unsigned char *data;
	size_t               len;
	segment_structure    s;
	segment_range       *list;
	sheaf_error          err;

	must(segment_page_of(t, SEGMENT_ROW_STRUCTURE, &data, &len, &err), &err);
	must(segment_structure_read(data, len, &s, &err), &err);
	must(segment_structure_list(&s, &list, count, &err), &err);
	segment_structure_free(&s);
	sqlite3_reset(t->page);
	return list;
}

/* The only one. */
static inline segment_range segment_table_range(segment_table *t)
{
	size_t         count;
	segment_range *list = segment_table_ranges(t, &count), range;

	assert_int_equal(count, 1);
	range = list[0];
	mem_free(list);
	return range;
}

/* ---- what is written is what FTS5 wrote ---- */

static inline sheaf_status segment_same_page(void *ctx, int64_t id, const void *data, size_t len,
                                             sheaf_error *err)
{
	segment_table       *t = ctx;
	const unsigned char *theirs;
	size_t               size, at = 0;

	(void)err;
	segment_page_of(t, (int64_t)t->segment << SEGMENT_SHIFT | id, &theirs, &size, NULL);
	if (!theirs)
		fail_msg("page %lld is not in the table", (long long)id);
	while (at < len && at < size && theirs[at] == ((const unsigned char *)data)[at])
		at++;
	if (at < len || at < size)
		fail_msg("page %lld differs at byte %zu of %zu, %zu", (long long)id, at, len, size);
	t->pages++;
	return SHEAF_OK;
}

static inline sheaf_status segment_same_index(void *ctx, const void *term, size_t len, int64_t page,
                                              sheaf_error *err)
{
	segment_table *t = ctx;

	(void)err;
	sqlite3_reset(t->row);
	sqlite3_bind_int(t->row, 1, t->segment);
	sqlite3_bind_blob(t->row, 2, len ? term : "", (int)len, SQLITE_STATIC);
	if (sqlite3_step(t->row) != SQLITE_ROW)
		fail_msg("no idx row '%.*s' for page %lld", (int)len, (const char *)term,
		         (long long)(page >> 1));
	if (sqlite3_column_int64(t->row, 0) != page)
		fail_msg("idx row '%.*s': %lld, not %lld", (int)len, (const char *)term,
		         (long long)page, (long long)sqlite3_column_int64(t->row, 0));
	t->rows++;
	return SHEAF_OK;
}

/* Fails at whatever the table's one segment does not have just so. */
static inline segment_sink segment_table_sink(segment_table *t)
{
	t->segment = segment_table_range(t).segment;
	t->pages = t->rows = 0;
	return (segment_sink){t, segment_same_page, segment_same_index};
}

static inline int64_t segment_number(segment_table *t, const char *format, int64_t from, int64_t to)
{
	sqlite3_stmt *stmt = segment_prepare(t, format);
	int64_t       n;

	sqlite3_bind_int64(stmt, 1, from);
	sqlite3_bind_int64(stmt, 2, to);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

/* Rows of the data table for pages from `from` on to before `to`, both less the segment. */
static inline int64_t segment_page_count(segment_table *t, int64_t from, int64_t to)
{
	int64_t base = (int64_t)t->segment << SEGMENT_SHIFT;

	return segment_number(t, "SELECT count(*) FROM %s_data WHERE id >= ?1 AND id < ?2",
	                      base + from, base + to);
}

/* Nothing of the segment has been left out. */
static inline void segment_table_all_seen(segment_table *t, int64_t last_page)
{
	assert_int_equal(t->pages, segment_page_count(t, 0, (int64_t)1 << SEGMENT_SHIFT));
	assert_int_equal(t->rows,
	                 segment_number(t, "SELECT count(*) FROM %s_idx WHERE segid = ?1 + 0 * ?2",
	                                t->segment, 0));
	assert_int_equal(last_page, segment_table_range(t).last_page);
}

/* Gives all terms and postings of a segment to a writer. */
static inline void segment_copy(segment_reader *r, segment_writer *w)
{
	sheaf_error err;
	int         more;

	for (;;) {
		segment_posting p;
		const char     *text;
		size_t          len;

		must(segment_reader_next_term(r, &more, &err), &err);
		if (!more)
			return;
		text = segment_reader_term(r, &len);
		must(segment_writer_term(w, text, len, &err), &err);
		for (;;) {
			must(segment_reader_next_posting(r, &p, &more, &err), &err);
			if (!more)
				break;
			must(segment_writer_posting(w, p.row, p.positions, p.len, p.deleted, &err),
			     &err);
		}
	}
}

/* Reads the table's one segment, writes it, and compares every byte. */
static inline void segment_table_rewrites(segment_table *t, int page_size)
{
	segment_range   range = segment_table_range(t);
	segment_source  source = segment_table_source(t);
	segment_sink    sink = segment_table_sink(t);
	segment_reader *r;
	segment_writer *w;
	int64_t         last;
	sheaf_error     err;

	must(segment_reader_new(&source, &range, &r, &err), &err);
	must(segment_writer_new((size_t)page_size, &sink, &w, &err), &err);
	segment_copy(r, w);
	must(segment_writer_finish(w, &last, &err), &err);
	segment_table_all_seen(t, last);
	segment_reader_free(r);
	segment_writer_free(w);
}

#endif

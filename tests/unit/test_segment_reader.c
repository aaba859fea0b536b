/*
 * A reader finds in FTS5's pages what FTS5's own vocabulary table says is there, all of it in order or a
 * posting at a time; pages that are damaged end in an answer.
 */
#include "segment_table.h"

#include "segment_merge.h"
#include "segment_varint.h"

typedef struct posting_seen { /* one of all that a segment has */
	size_t   term;        /* where it begins in `terms` */
	int64_t  row;
	uint64_t sum; /* of its positions */
	size_t   len;
} posting_seen;

typedef struct all_seen {
	buf           terms; /* each ended by NUL */
	posting_seen *items;
	size_t        count, size;
} all_seen;

static uint64_t sum_bytes(const unsigned char *bytes, size_t len)
{
	uint64_t sum = len;

	for (size_t i = 0; i < len; i++)
		sum = (sum ^ bytes[i]) * 1099511628211u;
	return sum;
}

static void see(all_seen *a, size_t term, const segment_posting *p)
{
	if (a->count == a->size) {
		a->size = a->size ? 2 * a->size : 1024;
		a->items = mem_realloc_array(a->items, a->size, sizeof *a->items);
		assert_non_null(a->items);
	}
	a->items[a->count++] = (posting_seen){term, p->row, sum_bytes(p->positions, p->len),
	                                      p->len};
}

/* Reads a segment in order. */
static void read_all(segment_table *t, const segment_range *range, all_seen *a)
{
	segment_source  source = segment_table_source(t);
	segment_reader *r;
	segment_posting p;
	sheaf_error     err;
	int             more;

	must(segment_reader_new(&source, range, &r, &err), &err);
	for (;;) {
		size_t      at = a->terms.len, len;
		const char *text;

		must(segment_reader_next_term(r, &more, &err), &err);
		if (!more)
			break;
		text = segment_reader_term(r, &len);
		buf_append(&a->terms, text, len);
		buf_putc(&a->terms, 0);
		for (;;) {
			must(segment_reader_next_posting(r, &p, &more, &err), &err);
			if (!more)
				break;
			see(a, at, &p);
		}
	}
	segment_reader_free(r);
}

static void forget(all_seen *a)
{
	buf_free(&a->terms);
	mem_free(a->items);
	*a = (all_seen){0};
}

/* Documents in three parts, which are segments. */
static void fill(segment_table *t, unsigned rows, unsigned vocabulary, unsigned many)
{
	uint64_t seed = rows;

	for (unsigned part = 0; part < 3; part++) {
		segment_sql(t, "BEGIN");
		for (unsigned i = part * rows / 3; i < (part + 1) * rows / 3; i++)
			segment_put_row(t, &seed, 10 + 3 * (int64_t)i, 8, vocabulary,
			                i % 90 == 5 ? many : 0);
		segment_sql(t, "COMMIT");
	}
}

/* ---- all of it ---- */

/* Compares a posting's positions with the rows that `stmt` comes to. */
static void same_instances(sqlite3_stmt *stmt, const char *text, size_t len,
                           const segment_posting *p)
{
	const unsigned char *at = p->positions, *end = at + p->len;
	uint64_t             column = 0, position = 0, n;

	while (at < end) {
		assert_true(segment_varint_read(&at, end, &n));
		if (n == 1) {
			assert_true(segment_varint_read(&at, end, &column));
			assert_true(segment_varint_read(&at, end, &n));
			position = 0;
		}
		position += n - 2;
		assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
		assert_int_equal(sqlite3_column_bytes(stmt, 0), len);
		assert_memory_equal(sqlite3_column_blob(stmt, 0), text, len);
		assert_int_equal(sqlite3_column_int64(stmt, 1), p->row);
		assert_int_equal(sqlite3_column_text(stmt, 2)[0], 'a' + (int)column);
		assert_int_equal(sqlite3_column_int64(stmt, 3), position);
	}
}

static void as_the_vocabulary_table_says(void **state)
{
	segment_table   t;
	segment_source  source;
	segment_range   range;
	segment_reader *r;
	segment_posting p;
	sqlite3_stmt   *stmt;
	sheaf_error     err;
	int             more;

	(void)state;
	segment_table_begin(&t, 200, "");
	fill(&t, 900, 800, 150);
	segment_sql(&t, "INSERT INTO t(t) VALUES('optimize')");
	segment_sql(&t, "CREATE VIRTUAL TABLE v USING fts5vocab('%s', 'instance')", t.name);
	assert_int_equal(sqlite3_prepare_v2(t.sql,
	                                    "SELECT CAST(term AS BLOB), doc, col, offset FROM v",
	                                    -1, &stmt, NULL),
	                 SQLITE_OK);
	source = segment_table_source(&t);
	range = segment_table_range(&t);
	must(segment_reader_new(&source, &range, &r, &err), &err);
	for (must(segment_reader_next_term(r, &more, &err), &err); more;
	     must(segment_reader_next_term(r, &more, &err), &err)) {
		size_t      len;
		const char *text = segment_reader_term(r, &len);

		for (must(segment_reader_next_posting(r, &p, &more, &err), &err); more;
		     must(segment_reader_next_posting(r, &p, &more, &err), &err))
			same_instances(stmt, text, len, &p);
	}
	assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
	segment_reader_free(r);
	segment_table_end(&t);
}

/* Terms passed unread, postings counted, a start in the middle: all as reading says. */
static void counts_and_starts(void **state)
{
	segment_table   t;
	segment_source  source;
	segment_range   range;
	segment_reader *r;
	all_seen        a = {0};
	sheaf_error     err;
	int             more;

	(void)state;
	segment_table_begin(&t, 120, ", content = ''");
	fill(&t, 900, 300, 800);
	segment_sql(&t, "INSERT INTO t(t) VALUES('optimize')");
	range = segment_table_range(&t);
	read_all(&t, &range, &a);
	source = segment_table_source(&t);
	for (size_t i = 0; i < a.count;) {
		const char *term = a.terms.data + a.items[i].term, *text;
		size_t      first = i, len;
		int64_t     documents;
		int         steps = 0;

		while (i < a.count && a.items[i].term == a.items[first].term)
			i++;
		must(segment_reader_new(&source, &range, &r, &err), &err);
		must(segment_reader_start(r, term, strlen(term), &err), &err);
		do {
			must(segment_reader_next_term(r, &more, &err), &err);
			assert_true(more);
			text = segment_reader_term(r, &len);
			steps++;
		} while (len != strlen(term) || memcmp(text, term, len) != 0);
		assert_true(steps < 40);
		must(segment_reader_count(r, &documents, &err), &err);
		assert_int_equal(documents, i - first);
		segment_reader_free(r);
	}
	forget(&a);
	segment_table_end(&t);
}

/* ---- one at a time ---- */

static void seek_one(segment_reader *r, const all_seen *a, const posting_seen *s)
{
	const char     *term = a->terms.data + s->term;
	segment_posting p;
	sheaf_error     err;
	int             found;

	must(segment_reader_seek(r, term, strlen(term), s->row, &p, &found, &err), &err);
	if (!found)
		fail_msg("%s of %lld is not found", term, (long long)s->row);
	assert_int_equal(p.row, s->row);
	assert_int_equal(p.len, s->len);
	assert_true(sum_bytes(p.positions, p.len) == s->sum);
	/* Row ids are three apart. */
	must(segment_reader_seek(r, term, strlen(term), s->row + 1, &p, &found, &err), &err);
	assert_false(found);
}

static void seek_absent(segment_reader *r)
{
	static const char *const absent[] = {"", "aaaa", "commo", "commons", "zzzzzzzz", "\xFF"};
	segment_posting          p;
	sheaf_error              err;
	int                      found;

	for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
		must(segment_reader_seek(r, absent[i], strlen(absent[i]), 10, &p, &found, &err),
		     &err);
		assert_false(found);
	}
	must(segment_reader_seek(r, "common", 6, 9, &p, &found, &err), &err);
	assert_false(found);
	must(segment_reader_seek(r, "common", 6, INT64_MAX, &p, &found, &err), &err);
	assert_false(found);
}

/* In any order, then each twentieth in order. */
static void seek_many(segment_table *t, const segment_range *range)
{
	segment_source  source = segment_table_source(t);
	segment_reader *r;
	all_seen        a = {0};
	uint64_t        seed = 4;
	sheaf_error     err;

	read_all(t, range, &a);
	must(segment_reader_new(&source, range, &r, &err), &err);
	for (int i = 0; a.count && i < 3000; i++)
		seek_one(r, &a, &a.items[segment_random(&seed, (unsigned)a.count)]);
	for (size_t i = 0; i < a.count; i += 20)
		seek_one(r, &a, &a.items[i]);
	seek_absent(r);
	segment_reader_free(r);
	forget(&a);
}

static void seeks(void **state)
{
	static const struct {
		int      page_size;
		unsigned rows, vocabulary, many;
	} shapes[] = {{32, 6000, 60, 0},
	              {100, 3000, 300, 2000},
	              {512, 12000, 20, 20000},
	              {4050, 6000, 3000, 3000}};

	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		segment_table t;
		segment_range range;

		segment_table_begin(&t, shapes[i].page_size, ", content = ''");
		fill(&t, shapes[i].rows, shapes[i].vocabulary, shapes[i].many);
		segment_sql(&t, "INSERT INTO t(t) VALUES('optimize')");
		range = segment_table_range(&t);
		seek_many(&t, &range);
		segment_table_end(&t);
	}
}

/* A merge that FTS5 has begun leaves segments without their first pages, and one that grows. */
static void seeks_in_a_merge_begun(void **state)
{
	segment_table  t;
	segment_range *ranges;
	size_t         count, trimmed = 0;

	(void)state;
	segment_table_begin(&t, 100, ", content = ''");
	fill(&t, 3000, 300, 200);
	segment_sql(&t, "INSERT INTO t(t, rank) VALUES('usermerge', 2)");
	segment_sql(&t, "INSERT INTO t(t, rank) VALUES('merge', 300)");
	ranges = segment_table_ranges(&t, &count);
	assert_true(count > 1);
	for (size_t i = 0; i < count; i++) {
		trimmed += ranges[i].first_page > 1;
		seek_many(&t, &ranges[i]);
	}
	assert_true(trimmed > 0);
	mem_free(ranges);
	segment_table_end(&t);
}

/* ---- damage ---- */

typedef struct damaged_source {
	segment_table *t;
	int64_t        id; /* of the page that is damaged */
	unsigned char  bytes[1 << 16];
	size_t         len;
} damaged_source;

static sheaf_status damaged_page(void *ctx, int64_t id, const unsigned char **data, size_t *len,
                                 sheaf_error *err)
{
	damaged_source *d = ctx;

	if (id != d->id)
		return segment_page_of(d->t, id, data, len, err);
	/* Of just its length, so that reading past it is seen. */
	*data = d->len ? d->bytes + sizeof d->bytes - d->len : NULL;
	*len = d->len;
	return SHEAF_OK;
}

static sheaf_status sound_lookup(void *ctx, int segment, const void *term, size_t len,
                                 int64_t *page, sheaf_error *err)
{
	return segment_lookup_of(((damaged_source *)ctx)->t, segment, term, len, page, err);
}

static void damage(damaged_source *d, uint64_t *seed, int64_t id)
{
	const unsigned char *data;
	unsigned char       *at;
	size_t               len;

	segment_page_of(d->t, id, &data, &len, NULL);
	assert_true(len > 0 && len < sizeof d->bytes);
	d->id = id;
	d->len = segment_random(seed, 4) ? len : segment_random(seed, (unsigned)len);
	at = d->bytes + sizeof d->bytes - d->len;
	memcpy(at, data, d->len);
	for (unsigned n = 1 + segment_random(seed, 4); d->len && n; n--)
		at[segment_random(seed, n % 2 ? 8 : (unsigned)d->len) % d->len] =
			(unsigned char)segment_random(seed, 256);
}

/* Ends with the end or as damaged; what it says is there can be read. */
static void survive_reading(const segment_source *source, const segment_range *range)
{
	segment_reader *r;
	sheaf_status    status;
	sheaf_error     err;
	uint64_t        sum = 0;
	int             more = 1;

	must(segment_reader_new(source, range, &r, &err), &err);
	while ((status = segment_reader_next_term(r, &more, &err)) == SHEAF_OK && more) {
		segment_posting p;
		size_t          len;
		const char     *text = segment_reader_term(r, &len);

		sum += sum_bytes((const unsigned char *)text, len);
		while ((status = segment_reader_next_posting(r, &p, &more, &err)) == SHEAF_OK &&
		       more)
			sum += sum_bytes(p.positions, p.len);
		if (status != SHEAF_OK)
			break;
	}
	assert_true(status == SHEAF_OK || status == SHEAF_ERROR_DATABASE_CORRUPT);
	assert_true(sum != 1);
	segment_reader_free(r);
}

static void survive_seeking(const segment_source *source, const segment_range *range,
                            const all_seen *a, uint64_t *seed)
{
	segment_reader *r;
	sheaf_error     err;

	must(segment_reader_new(source, range, &r, &err), &err);
	for (int i = 0; i < 20; i++) {
		const posting_seen *s = &a->items[segment_random(seed, (unsigned)a->count)];
		const char         *term = a->terms.data + s->term;
		segment_posting     p;
		int                 found;
		sheaf_status status = segment_reader_seek(r, term, strlen(term), s->row, &p, &found,
		                                          &err);

		assert_true(status == SHEAF_OK || status == SHEAF_ERROR_DATABASE_CORRUPT);
		if (status == SHEAF_OK && found)
			assert_true(sum_bytes(p.positions, p.len) != 1);
	}
	segment_reader_free(r);
}

static sheaf_status drop_page(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	(void)ctx;
	(void)id;
	(void)data;
	(void)len;
	(void)err;
	return SHEAF_OK;
}

static sheaf_status drop_row(void *ctx, const void *term, size_t len, int64_t page,
                             sheaf_error *err)
{
	(void)ctx;
	(void)term;
	(void)len;
	(void)page;
	(void)err;
	return SHEAF_OK;
}

/* With itself, so that all rows are contested. */
static void survive_merging(const segment_source *source, const segment_range *range)
{
	const segment_sink sink = {NULL, drop_page, drop_row};
	segment_reader    *readers[2];
	segment_writer    *w;
	sheaf_status       status;
	sheaf_error        err;

	must(segment_writer_new(100, &sink, &w, &err), &err);
	for (int i = 0; i < 2; i++)
		must(segment_reader_new(source, range, &readers[i], &err), &err);
	status = segment_merge(readers, 2, w, &err);
	assert_true(status == SHEAF_OK || status == SHEAF_ERROR_DATABASE_CORRUPT);
	for (int i = 0; i < 2; i++)
		segment_reader_free(readers[i]);
	segment_writer_free(w);
}

static void damaged_pages(void **state)
{
	static damaged_source d;
	segment_table         t;
	segment_source        source = {&d, damaged_page, sound_lookup};
	segment_range         range;
	all_seen              a = {0};
	sqlite3_stmt         *stmt;
	uint64_t              seed = 17;

	(void)state;
	segment_table_begin(&t, 100, ", content = ''");
	fill(&t, 240, 60, 300);
	segment_sql(&t, "INSERT INTO t(t) VALUES('optimize')");
	range = segment_table_range(&t);
	read_all(&t, &range, &a);
	d.t = &t;
	stmt = segment_prepare(&t, "SELECT id FROM %s_data WHERE id > 10");
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int i = 0; i < 8; i++) {
			damage(&d, &seed, sqlite3_column_int64(stmt, 0));
			survive_reading(&source, &range);
			survive_seeking(&source, &range, &a, &seed);
			survive_merging(&source, &range);
		}
	}
	sqlite3_finalize(stmt);
	forget(&a);
	segment_table_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_the_vocabulary_table_says),
		cmocka_unit_test(counts_and_starts),
		cmocka_unit_test(seeks),
		cmocka_unit_test(seeks_in_a_merge_begun),
		cmocka_unit_test(damaged_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

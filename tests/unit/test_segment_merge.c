/*
 * Segments merged here are what FTS5's own 'optimize' makes of them, to the last byte: with rows that only
 * grow, with rows taken out, rows changed under their ids, and rows that came in any order.
 */
#include "segment_table.h"

#include "segment_image.h"
#include "segment_merge.h"

typedef struct history {
	const char *name;
	int         page_size;
	unsigned    segments, rows; /* of each segment */
	int         changes;        /* 1: rows are changed and taken out, and put back */
	int         disorder;       /* 1: segments share ranges of rows */
} history;

static const history histories[] = {
	{"rows that grow", 4050, 5, 2500, 0, 0},
	{"small pages", 64, 6, 300, 0, 0},
	{"rows of all in each", 512, 7, 700, 0, 1},
	{"changes", 512, 9, 400, 1, 0},
	{"changes in disorder", 100, 30, 60, 1, 1},
	{"many segments", 2000, 300, 7, 1, 0},
	{"a single segment and its removal", 512, 1, 300, 1, 0},
};

static int64_t row_of(const history *h, unsigned segment, unsigned i)
{
	int64_t n = h->disorder ? (int64_t)i * h->segments + segment
	                        : (int64_t)segment * h->rows + i;

	return 1 + n * 3;
}

/* In one transaction, so that the old and the new posting meet in one segment, or in another one. */
static void change_some(segment_table *t, const history *h, uint64_t *seed, unsigned upto)
{
	for (unsigned n = h->rows / 10 + 2; n; n--) {
		long long row = (long long)row_of(h, segment_random(seed, upto + 1),
		                                  segment_random(seed, h->rows));

		switch (segment_random(seed, 3)) {
		case 0: segment_sql(t, "DELETE FROM t WHERE rowid = %lld", row); break;
		case 1:
			segment_sql(t, "UPDATE t SET b = 'changed common w%u' WHERE rowid = %lld",
			            segment_random(seed, 50), row);
			break;
		default:
			segment_sql(t,
			            "INSERT OR REPLACE INTO t(rowid, a, b) VALUES(%lld, "
			            "'once more', 'heavy')",
			            row);
		}
	}
}

static void fill(segment_table *t, const history *h)
{
	uint64_t seed = h->rows * 7u + h->segments;

	for (unsigned s = 0; s < h->segments; s++) {
		segment_sql(t, "BEGIN");
		for (unsigned i = 0; i < h->rows; i++)
			segment_put_row(t, &seed, row_of(h, s, i), 15, 900, i % 100 == 3 ? 700 : 0);
		if (h->changes)
			change_some(t, h, &seed, s);
		segment_sql(t, "COMMIT");
		if (h->changes) {
			segment_sql(t, "BEGIN");
			change_some(t, h, &seed, s);
			segment_sql(t, "COMMIT");
		}
	}
}

/* Merges into an image, while the segments are still there. */
static segment_image *merge(segment_table *t, int page_size, int64_t *last)
{
	segment_source   source = segment_table_source(t);
	size_t           count;
	segment_range   *ranges = segment_table_ranges(t, &count);
	segment_reader **readers = mem_calloc(count, sizeof(segment_reader *));
	segment_image   *image;
	segment_sink     sink;
	segment_writer  *w;
	sheaf_error      err;

	assert_non_null(readers);
	assert_true(count > 1);
	must(segment_image_new(&image, &err), &err);
	sink = segment_image_sink(image);
	must(segment_writer_new((size_t)page_size, &sink, &w, &err), &err);
	for (size_t i = 0; i < count; i++)
		must(segment_reader_new(&source, &ranges[i], &readers[i], &err), &err);
	must(segment_merge(readers, count, w, &err), &err);
	must(segment_writer_finish(w, last, &err), &err);
	for (size_t i = 0; i < count; i++)
		segment_reader_free(readers[i]);
	segment_writer_free(w);
	sqlite3_reset(t->page);
	mem_free(readers);
	mem_free(ranges);
	return image;
}

/* Our merge of the table has the bytes of FTS5's own. */
static void same_as_optimize(segment_table *t, size_t page_size)
{
	int64_t        last;
	segment_image *image = merge(t, page_size, &last);
	segment_sink   sink;
	sheaf_error    err;

	segment_sql(t, "INSERT INTO t(t) VALUES('optimize')");
	sink = segment_table_sink(t);
	must(segment_image_replay(image, &sink, &err), &err);
	segment_table_all_seen(t, last);
	segment_image_free(image);
}

static void merges_as_fts5_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof histories / sizeof *histories; i++) {
		const history *h = &histories[i];
		segment_table  t;

		print_message("%s\n", h->name);
		segment_table_begin(&t, h->page_size, "");
		fill(&t, h);
		same_as_optimize(&t, h->page_size);
		segment_table_end(&t);
	}
}

/*
 * A mark that has nothing to hide: a row is taken out that was never there, and put in at once. FTS5 keeps
 * the mark on such a posting.
 */
static void a_mark_with_nothing_below(void **state)
{
	segment_table t;

	(void)state;
	segment_table_begin(&t, 512, ", content = ''");
	segment_sql(&t, "INSERT INTO t(rowid, a) VALUES(1, 'first words')");
	segment_sql(&t, "BEGIN");
	segment_sql(&t, "INSERT INTO t(t, rowid, a, b, c) VALUES('delete', 5, 'marked', '', '')");
	segment_sql(&t, "INSERT INTO t(rowid, a) VALUES(5, 'marked words')");
	segment_sql(&t, "COMMIT");
	same_as_optimize(&t, 512);
	segment_table_end(&t);
}

/* Nothing is left of an index whose rows are all gone. */
static void nothing_left(void **state)
{
	segment_table  t;
	segment_image *image;
	int64_t        last;

	(void)state;
	segment_table_begin(&t, 512, "");
	fill(&t, &histories[0]);
	segment_sql(&t, "DELETE FROM t");
	image = merge(&t, 512, &last);
	assert_int_equal(last, 0);
	segment_image_free(image);
	segment_table_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges_as_fts5_does),
		cmocka_unit_test(a_mark_with_nothing_below),
		cmocka_unit_test(nothing_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

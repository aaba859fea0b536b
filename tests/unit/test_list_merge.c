/* Merging lists: whether posting by posting or block by block, what comes out is the list of all postings. */
#include "list_merge.h"

#include <stdio.h>

#include "list_run.h"

enum { ROUNDS = 6, PARTS = 3, FIRST = 100, LAST = 300000 };

static list_run    parts[PARTS], merged, whole;
static plain_list  lists[RUN_KEYS];
static sheaf_error error;

/* Where each part ends. */
static const int64_t ends[PARTS] = {60000, 65000, LAST};

/* Of a posting's document, by the list that is being merged. */
static int64_t get_length(void *ctx, int64_t revision, sheaf_status *status, sheaf_error *err)
{
	const plain_list *l = *(const plain_list *const *)ctx;
	size_t            low = 0, high = l->count;

	(void)status;
	(void)err;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->postings[middle].revision < revision)
			low = middle + 1;
		else
			high = middle;
	}
	assert_true(low < l->count && l->postings[low].revision == revision);
	return l->postings[low].length;
}

/* The stretch of each list that a part has. */
static void write_parts(void)
{
	for (int p = 0; p < PARTS; p++) {
		int64_t    first = p ? ends[p - 1] + 1 : FIRST;
		plain_list some[RUN_KEYS];

		for (size_t i = 0; i < RUN_KEYS; i++) {
			const plain_list *l = &lists[i];
			size_t            from = 0, upto;

			while (from < l->count && l->postings[from].revision < first)
				from++;
			for (upto = from; upto < l->count && l->postings[upto].revision <= ends[p];)
				upto++;
			some[i] = *l;
			some[i].postings = l->postings ? l->postings + from : NULL;
			some[i].count = upto - from;
		}
		run_write(&parts[p], some, first, ends[p]);
	}
}

static void merge_one(const plain_list *l, const list_lengths *lengths, list_writer *w)
{
	list_cursor cursors[PARTS];
	list_counts gone;

	run_must(list_writer_begin(w, l->key, strlen(l->key), &error), &error);
	for (int p = 0; p < PARTS; p++)
		run_must(run_open(&parts[p], l->key, &cursors[p], &error), &error);
	run_must(list_merge(cursors, PARTS, lengths, w, &gone, &error), &error);
	assert_int_equal(gone.documents, 0);
	for (int p = 0; p < PARTS; p++)
		list_cursor_close(&cursors[p]);
	run_must(list_writer_end(w, &error), &error);
}

static void merge_parts(int all)
{
	const plain_list  *now;
	const list_lengths lengths = {&now, get_length, all};
	const list_sink    sink = {&merged, run_row, run_page};
	list_writer       *w;

	merged.first = FIRST;
	merged.last = LAST;
	run_must(list_writer_new(FIRST, LAST, &sink, &w, &error), &error);
	for (size_t i = 0; i < RUN_KEYS; i++) {
		now = &lists[i];
		merge_one(now, &lengths, w);
	}
	run_must(list_writer_finish(w, &error), &error);
	list_writer_free(w);
}

static void same_pieces(const run_piece *a, size_t a_count, const run_piece *b, size_t b_count)
{
	assert_int_equal(a_count, b_count);
	for (size_t i = 0; i < a_count; i++) {
		assert_int_equal(a[i].number, b[i].number);
		assert_int_equal(a[i].len, b[i].len);
		assert_memory_equal(a[i].data, b[i].data, a[i].len);
	}
}

static void reads_as(const plain_list *l)
{
	list_counts sum = {0};
	list_cursor c;

	run_must(run_open(&merged, l->key, &c, &error), &error);
	for (size_t i = 0; i < l->count; i++) {
		const posting *p = &l->postings[i];
		list_bounds    bounds;
		int64_t        last;

		list_counts_add(&sum, p, 1);
		list_cursor_next(&c);
		list_cursor_read(&c);
		assert_int_equal(c.revision, p->revision);
		assert_true(c.title == p->title && c.abstract == p->abstract &&
		            c.other == p->other);
		list_cursor_block(&c, p->revision, &last, &bounds);
		assert_true(last >= p->revision);
		run_bounds_hold(&bounds, p);
		run_bounds_hold(list_cursor_top(&c), p);
	}
	assert_memory_equal(&c.counts, &sum, sizeof sum);
	list_cursor_next(&c);
	assert_true(c.revision == LIST_END && c.status == SHEAF_OK);
	list_cursor_close(&c);
}

static void parts_become_the_whole(void **state)
{
	size_t copied = 0;

	(void)state;
	for (uint64_t round = 0; round < ROUNDS; round++) {
		plain_make(lists, round, FIRST, LAST);
		write_parts();
		run_write(&whole, lists, FIRST, LAST);
		merge_parts(0);
		same_pieces(merged.rows, merged.row_count, whole.rows, whole.row_count);
		same_pieces(merged.pages, merged.page_count, whole.pages, whole.page_count);
		run_free(&merged);
		merge_parts(1);
		for (size_t i = 0; i < RUN_KEYS; i++)
			reads_as(&lists[i]);
		/* Blocks that went as they were are not all full. */
		copied += merged.row_count != whole.row_count ||
		          merged.page_count != whole.page_count ||
		          merged.pages[0].len != whole.pages[0].len;
		run_free(&merged);
		run_free(&whole);
		for (int p = 0; p < PARTS; p++)
			run_free(&parts[p]);
		plain_free(lists);
	}
	assert_true(copied > 0);
}

/* Blocks of damaged runs may overlap, or lie where the run does not reach. */
static void blocks_ascend(void **state)
{
	static const unsigned char bytes[] = {0, 0, 0};
	const list_sink            sink = {&merged, run_row, run_page};
	list_whole_block           b = {bytes, sizeof bytes, 1, 20, {1, {{1, 1}}}};
	list_writer               *w;

	(void)state;
	run_must(list_writer_new(10, 30, &sink, &w, &error), &error);
	run_must(list_writer_begin(w, "key", 3, &error), &error);
	run_must(list_writer_add_block(w, &b, &error), &error);
	assert_int_equal(list_writer_add_block(w, &b, &error), SHEAF_ERROR_DATABASE_CORRUPT);
	b.last = 31;
	assert_int_equal(list_writer_add_block(w, &b, &error), SHEAF_ERROR_DATABASE_CORRUPT);
	b.last = 30;
	run_must(list_writer_add_block(w, &b, &error), &error);
	list_writer_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_become_the_whole),
		cmocka_unit_test(blocks_ascend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

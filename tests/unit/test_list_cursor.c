/* Ranking lists: what is written is read back, by steps, by seeking, and by looking ahead. */
#include <stdio.h>

#include "list_cursor_private.h"
#include "list_run.h"

enum { ROUNDS = 12, FIRST = 100, LAST = 300000 };

static list_run    run;
static plain_list  lists[RUN_KEYS];
static sheaf_error error;

static void same_posting(list_cursor *c, const posting *p)
{
	const list_occurrences *o;

	assert_int_equal(c->revision, p->revision);
	o = list_cursor_peek(c);
	assert_true(!o ||
	            (o->title == p->title && o->abstract == p->abstract && o->other == p->other));
	list_cursor_read(c);
	assert_non_null(list_cursor_peek(c));
	assert_int_equal(c->title, p->title);
	assert_int_equal(c->abstract, p->abstract);
	assert_int_equal(c->other, p->other);
}

static void same_counts(const list_counts *c, const plain_list *l)
{
	list_counts sum = {0};

	for (size_t i = 0; i < l->count; i++)
		list_counts_add(&sum, &l->postings[i], 1);
	assert_memory_equal(c, &sum, sizeof sum);
}

static void walk(const plain_list *l)
{
	list_cursor c;

	run_must(run_open(&run, l->key, &c, &error), &error);
	same_counts(&c.counts, l);
	assert_int_equal(c.revision, l->count ? 0 : LIST_END);
	for (size_t i = 0; i < l->count; i++) {
		list_cursor_next(&c);
		if (i % 3 != 1)
			same_posting(&c, &l->postings[i]);
		assert_int_equal(c.revision, l->postings[i].revision);
		run_bounds_hold(list_cursor_top(&c), &l->postings[i]);
	}
	list_cursor_next(&c);
	assert_true(c.revision == LIST_END && c.status == SHEAF_OK);
	list_cursor_next(&c);
	list_cursor_seek(&c, 1);
	assert_true(c.revision == LIST_END);
	list_cursor_close(&c);
}

/* The first posting that is not before a revision. */
static size_t first_from(const plain_list *l, size_t i, int64_t revision)
{
	while (i < l->count && l->postings[i].revision < revision)
		i++;
	return i;
}

static void check_ahead(list_cursor *c, const plain_list *l, size_t i, int64_t revision)
{
	int64_t     last, wide;
	list_bounds bounds, wide_bounds;

	i = first_from(l, i, revision);
	list_cursor_block(c, revision, &last, &bounds);
	list_cursor_stretch(c, revision, &wide, &wide_bounds);
	assert_true(c->status == SHEAF_OK);
	if (i == l->count) {
		assert_true(last == LIST_END && !bounds.count && wide == LIST_END);
		return;
	}
	assert_true(last >= l->postings[i].revision && last <= wide && wide < LIST_END);
	for (; i < l->count && l->postings[i].revision <= wide; i++) {
		if (l->postings[i].revision <= last)
			run_bounds_hold(&bounds, &l->postings[i]);
		run_bounds_hold(&wide_bounds, &l->postings[i]);
	}
}

static void seek(const plain_list *l, dice *d)
{
	list_cursor c;
	size_t      at = 0;
	int         moved = 0;

	run_must(run_open(&run, l->key, &c, &error), &error);
	while (c.revision != LIST_END) {
		int64_t step = (int64_t)dice_below(d, (size_t)1 << dice_below(d, 18));
		int64_t to = (c.revision ? c.revision : FIRST - 50) + step;

		if (dice_one_in(d, 2))
			check_ahead(&c, l, at, to);
		if (dice_one_in(d, 3)) {
			list_cursor_next(&c);
			at += (size_t)moved;
		} else {
			list_cursor_seek(&c, to);
			at = first_from(l, at, to);
		}
		moved = 1;
		if (at == l->count)
			assert_true(c.revision == LIST_END);
		else if (dice_one_in(d, 2))
			same_posting(&c, &l->postings[at]);
		else
			assert_int_equal(c.revision, l->postings[at].revision);
	}
	assert_true(c.status == SHEAF_OK);
	list_cursor_close(&c);
}

/* Moves back from wherever it stands, its end included, and reads all of the list once more. */
static void rewind_and_walk(const plain_list *l, dice *d)
{
	list_cursor c;

	run_must(run_open(&run, l->key, &c, &error), &error);
	for (int round = 0; round < 5 && l->count; round++) {
		if (round == 1)
			list_cursor_seek(&c, LAST + 1);
		else if (round > 1)
			list_cursor_seek(&c, l->postings[dice_below(d, l->count)].revision);
		list_cursor_rewind(&c);
		assert_int_equal(c.revision, 0);
		same_counts(&c.counts, l);
		check_ahead(&c, l, 0, FIRST);
		for (size_t i = 0; i < l->count; i++) {
			list_cursor_next(&c);
			same_posting(&c, &l->postings[i]);
		}
		list_cursor_next(&c);
		assert_true(c.revision == LIST_END && c.status == SHEAF_OK);
	}
	list_cursor_close(&c);
}

/* One that is not there, or has failed, has nothing to go back to. */
static void ends_stay_ends(const char *key)
{
	list_cursor c;

	run_must(run_open(&run, key, &c, &error), &error);
	list_cursor_rewind(&c);
	assert_true(c.revision == 0);
	list_cursor_fail(&c, SHEAF_ERROR_DATABASE_CORRUPT);
	list_cursor_rewind(&c);
	assert_true(c.revision == LIST_END && c.status == SHEAF_ERROR_DATABASE_CORRUPT);
	list_cursor_close(&c);
	list_cursor_empty(&c);
	list_cursor_rewind(&c);
	assert_true(c.revision == LIST_END && c.status == SHEAF_OK);
}

static void lists_are_read_again(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 8, 8, 8);
	for (uint64_t round = 0; round < ROUNDS / 2; round++) {
		plain_make(lists, round, FIRST, LAST);
		run_write(&run, lists, FIRST, LAST);
		for (size_t i = 0; i < RUN_KEYS; i++)
			rewind_and_walk(&lists[i], &d);
		for (size_t i = 0; i < RUN_KEYS; i++)
			if (lists[i].count)
				ends_stay_ends(lists[i].key);
		run_free(&run);
		plain_free(lists);
	}
}

static void lists_are_read_back(void **state)
{
	dice        d;
	list_cursor c;

	(void)state;
	dice_start(&d, 7, 7, 7);
	for (uint64_t round = 0; round < ROUNDS; round++) {
		plain_make(lists, round, FIRST, LAST);
		run_write(&run, lists, FIRST, LAST);
		for (size_t i = 0; i < RUN_KEYS; i++) {
			walk(&lists[i]);
			for (int j = 0; j < 4; j++)
				seek(&lists[i], &d);
		}
		run_must(run_open(&run, "nowhere", &c, &error), &error);
		assert_true(c.revision == LIST_END && !c.counts.documents);
		list_cursor_close(&c);
		run_free(&run);
		plain_free(lists);
	}
}

static void rows_are_walked(void **state)
{
	size_t n = 0;

	(void)state;
	plain_make(lists, 99, FIRST, LAST);
	run_write(&run, lists, FIRST, LAST);
	for (size_t r = 0; r < run.row_count; r++) {
		list_entry e;
		size_t     at = 0;

		while (list_row_next(run.rows[r].data, run.rows[r].len, &at, &e) > 0) {
			while (!lists[n].count)
				n++;
			assert_int_equal(e.key_len, strlen(lists[n].key));
			assert_memory_equal(e.key, lists[n].key, e.key_len);
			assert_true(e.hash == list_hash(e.key, e.key_len));
			n++;
		}
		assert_int_equal(at, run.rows[r].len);
	}
	assert_true(n > RUN_KEYS / 2 && run.page_count > 3);
	run_free(&run);
	plain_free(lists);
}

static void order_is_asked_for(void **state)
{
	list_sink    sink = {&run, run_row, run_page};
	list_writer *w;
	posting      p = {FIRST, 0, 1, 0, 10};

	(void)state;
	run.row_count = run.page_count = 0;
	run_must(list_writer_new(FIRST, LAST, &sink, &w, &error), &error);
	run_must(list_writer_begin(w, "a", 1, &error), &error);
	run_must(list_writer_add(w, &p, &error), &error);
	assert_int_equal(list_writer_add(w, &p, &error), SHEAF_ERROR_DATABASE_CORRUPT);
	p.revision = LAST + 1;
	assert_int_equal(list_writer_add(w, &p, &error), SHEAF_ERROR_DATABASE_CORRUPT);
	run_must(list_writer_end(w, &error), &error);
	assert_int_equal(list_writer_begin(w, "a", 1, &error), SHEAF_ERROR_DATABASE_CORRUPT);
	list_writer_free(w);
}

/* Reads all that a list gives, wherever it ends. */
static void read_all(const char *key, dice *d)
{
	list_cursor  c;
	list_bounds  bounds;
	int64_t      last, before = 0;
	sheaf_status status = run_open(&run, key, &c, &error);

	for (size_t steps = 0; c.revision != LIST_END && steps < 100000; steps++) {
		if (dice_one_in(d, 50)) {
			list_cursor_block(&c, before + (int64_t)dice_below(d, 2000), &last,
			                  &bounds);
			list_cursor_stretch(&c, before + 1, &last, &bounds);
		}
		if (c.revision != LIST_END && dice_one_in(d, 20))
			list_cursor_seek(&c, before + 1 + (int64_t)dice_below(d, 3000));
		else
			list_cursor_next(&c);
		if (c.revision == LIST_END)
			break;
		assert_true(c.revision > before && c.revision >= FIRST && c.revision <= LAST);
		before = c.revision;
		list_cursor_read(&c);
	}
	assert_true(c.status == SHEAF_OK || c.status == SHEAF_ERROR_DATABASE_CORRUPT);
	assert_true(status == SHEAF_OK || status == SHEAF_ERROR_DATABASE_CORRUPT);
	list_cursor_close(&c);
}

/*
 * Flips, cuts, and copies of one place to another. Blocks are made anew, so that ASan sees their
 * ends.
 */
static void damage(run_piece *p, dice *d)
{
	unsigned char *copy;
	size_t         len = p->len;

	if (dice_one_in(d, 4))
		len = dice_below(d, len + 1);
	copy = test_malloc(len ? len : 1);
	memcpy(copy, p->data, len);
	for (size_t n = dice_below(d, 6); len && n--;)
		copy[dice_below(d, dice_one_in(d, 2) && len > 64 ? 64 : len)] =
			(unsigned char)(dice_one_in(d, 3) ? 0xFF : dice_below(d, 256));
	test_free(p->data);
	p->data = copy;
	p->len = len;
}

static void damage_is_told(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 3, 1, 4);
	for (uint64_t round = 0; round < 60; round++) {
		plain_make(lists, 500 + round % 6, FIRST, LAST);
		run_write(&run, lists, FIRST, LAST);
		for (size_t i = 0; i < run.row_count; i++)
			if (dice_one_in(&d, 2))
				damage(&run.rows[i], &d);
		for (size_t i = 0; i < run.page_count; i++)
			if (dice_one_in(&d, 2))
				damage(&run.pages[i], &d);
		if (dice_one_in(&d, 5) && run.page_count)
			test_free(run.pages[--run.page_count].data);
		for (size_t i = 0; i < RUN_KEYS; i++)
			read_all(lists[i].key, &d);
		run_free(&run);
		plain_free(lists);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_read_back), cmocka_unit_test(lists_are_read_again),
		cmocka_unit_test(rows_are_walked),     cmocka_unit_test(order_is_asked_for),
		cmocka_unit_test(damage_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

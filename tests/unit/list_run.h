/* list_run.h: a run of ranking lists in memory, for the tests of index/lists. */
#ifndef LIST_RUN_H
#define LIST_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "dice.h"
#include "list_cursor.h"
#include "list_row.h"
#include "list_writer.h"

enum { RUN_PIECES_MAX = 4096, RUN_KEYS = 40 };

typedef struct run_piece {
	int64_t        number;
	unsigned char *data;
	size_t         len;
} run_piece;

/* What a writer gave away. */
typedef struct list_run {
	int64_t   first, last;
	run_piece rows[RUN_PIECES_MAX], pages[RUN_PIECES_MAX];
	size_t    row_count, page_count;
} list_run;

static inline void run_keep(run_piece *p, int64_t number, const void *data, size_t len)
{
	p->number = number;
	p->data = test_malloc(len);
	p->len = len;
	memcpy(p->data, data, len);
}

static inline sheaf_status run_row(void *ctx, int64_t number, const void *data, size_t len,
                                   sheaf_error *err)
{
	list_run *r = ctx;

	(void)err;
	assert_true(r->row_count < RUN_PIECES_MAX);
	assert_true(!r->row_count || r->rows[r->row_count - 1].number < number);
	run_keep(&r->rows[r->row_count++], number, data, len);
	return SHEAF_OK;
}

static inline sheaf_status run_page(void *ctx, int64_t number, const void *data, size_t len,
                                    sheaf_error *err)
{
	list_run *r = ctx;

	(void)err;
	assert_true(r->page_count < RUN_PIECES_MAX);
	assert_int_equal(number, r->page_count);
	assert_true(len <= LIST_PAGE_BYTES);
	run_keep(&r->pages[r->page_count++], number, data, len);
	return SHEAF_OK;
}

static inline void run_free(list_run *r)
{
	for (size_t i = 0; i < r->row_count; i++)
		test_free(r->rows[i].data);
	for (size_t i = 0; i < r->page_count; i++)
		test_free(r->pages[i].data);
	r->row_count = r->page_count = 0;
}

static inline sheaf_status run_get_page(void *ctx, int64_t run, int64_t number,
                                        const unsigned char **data, size_t *len, sheaf_error *err)
{
	const list_run *r = ctx;

	(void)run;
	(void)err;
	*data = NULL;
	*len = 0;
	if (number >= 0 && (size_t)number < r->page_count) {
		*data = r->pages[number].data;
		*len = r->pages[number].len;
	}
	return SHEAF_OK;
}

/* Opens a list of the run; one that is not there is empty. */
static inline sheaf_status run_open(list_run *r, const char *key, list_cursor *c, sheaf_error *err)
{
	list_source source = {r, 1, run_get_page};
	uint64_t    hash = list_hash(key, strlen(key));
	list_entry  e;

	list_cursor_empty(c);
	for (size_t i = r->row_count; i-- > 0;)
		if ((uint64_t)r->rows[i].number <= hash) {
			if (list_row_find(r->rows[i].data, r->rows[i].len, key, strlen(key), &e) <=
			    0)
				return SHEAF_OK;
			return list_cursor_open(e.list, e.list_len, r->first, r->last, &source, c,
			                        err);
		}
	return SHEAF_OK;
}

/* ---- lists as arrays ---- */

typedef struct plain_list {
	char     key[32];
	posting *postings; /* test_malloc */
	size_t   count;
} plain_list;

static inline int plain_order(const void *a, const void *b)
{
	const plain_list *x = a, *y = b;
	uint64_t h = list_hash(x->key, strlen(x->key)), i = list_hash(y->key, strlen(y->key));

	return h != i ? (h < i ? -1 : 1) : strcmp(x->key, y->key);
}

/* Few occurrences, mostly; now and then very many. */
static inline uint32_t plain_occurrences(dice *d)
{
	return (uint32_t)(dice_one_in(d, 60) ? dice_below(d, 3000) : dice_below(d, 4));
}

static inline void plain_fill(plain_list *l, dice *d, int64_t first, int64_t last)
{
	static const size_t gaps[] = {1, 1, 2, 3, 10, 100, 1000, 20000};
	size_t              gap = gaps[dice_below(d, sizeof gaps / sizeof *gaps)], size = 0;
	size_t              most = (size_t)1 << dice_below(d, 15);
	int                 flat = dice_one_in(d, 4); /* as boolean terms are */
	int64_t             r = first + (int64_t)dice_below(d, gap);

	l->postings = NULL;
	for (l->count = 0; r <= last && l->count < most; r += 1 + (int64_t)dice_below(d, gap)) {
		posting *p;

		if (l->count == size) {
			size = size ? size * 2 : 16;
			l->postings = test_realloc(l->postings, size * sizeof *l->postings);
		}
		p = &l->postings[l->count++];
		*p = (posting){r, 0, 0, 1, (uint32_t)dice_between(d, 0, 500)};
		if (!flat)
			*p = (posting){r, (uint32_t)dice_one_in(d, 5), plain_occurrences(d),
			               plain_occurrences(d), (uint32_t)dice_between(d, 0, 5000)};
		if (!p->title && !p->abstract && !p->other)
			p->abstract = 1;
	}
}

/* Random lists in the order of a run. */
static inline void plain_make(plain_list lists[RUN_KEYS], uint64_t seed, int64_t first,
                              int64_t last)
{
	dice d;

	dice_start(&d, 20261122, seed, 1);
	for (size_t i = 0; i < RUN_KEYS; i++) {
		snprintf(lists[i].key, sizeof lists[i].key, "key%zu%.*s", i, (int)(i % 20),
		         "aaaaaaaaaaaaaaaaaaaa");
		plain_fill(&lists[i], &d, first, last);
	}
	qsort(lists, RUN_KEYS, sizeof *lists, plain_order);
}

static inline void plain_free(plain_list lists[RUN_KEYS])
{
	for (size_t i = 0; i < RUN_KEYS; i++)
		test_free(lists[i].postings);
}

/* Fails unless the posting is within the bounds. */
static inline void run_bounds_hold(const list_bounds *b, const posting *p)
{
	for (unsigned i = 0; i < b->count; i++)
		if (posting_frequency(p) <= b->pairs[i].frequency &&
		    p->length >= b->pairs[i].length)
			return;
	fail_msg("no bound for %lld times in %u", (long long)posting_frequency(p), p->length);
}

static inline void run_must(sheaf_status status, const sheaf_error *err)
{
	if (status != SHEAF_OK)
		fail_msg("%s", err->message);
}

/* Writes lists as a run. */
static inline void run_write(list_run *r, const plain_list lists[RUN_KEYS], int64_t first,
                             int64_t last)
{
	list_sink    sink = {r, run_row, run_page};
	list_writer *w;
	sheaf_error  err = {0};

	r->first = first;
	r->last = last;
	r->row_count = r->page_count = 0;
	run_must(list_writer_new(first, last, &sink, &w, &err), &err);
	for (size_t i = 0; i < RUN_KEYS; i++) {
		run_must(list_writer_begin(w, lists[i].key, strlen(lists[i].key), &err), &err);
		for (size_t j = 0; j < lists[i].count; j++)
			run_must(list_writer_add(w, &lists[i].postings[j], &err), &err);
		run_must(list_writer_end(w, &err), &err);
	}
	run_must(list_writer_finish(w, &err), &err);
	list_writer_free(w);
}

#endif

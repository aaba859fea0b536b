/*
 * Two heaps of inputs: all by their terms, and those at the least term by their rows. What is newer comes
 * first where both are equal, and what is older is passed.
 */
#include "segment_merge.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

typedef struct input {
	segment_reader *reader;
	const char     *term; /* the reader's own */
	size_t          len;
	size_t          age;  /* greater is newer */
	segment_posting head; /* at this row */
} input;

typedef int (*before_fn)(const input *a, const input *b);

typedef struct heap {
	input   **items; /* the first is before all others */
	size_t    count;
	before_fn before;
} heap;

typedef struct merger {
	input          *inputs;
	heap            terms, rows;
	input         **same; /* that have the term at hand */
	size_t          same_count;
	segment_writer *w;
	int             written; /* 1: the writer has the term */
} merger;

static int term_before(const input *a, const input *b)
{
	int order = memcmp(a->term, b->term, a->len < b->len ? a->len : b->len);

	if (order)
		return order < 0;
	return a->len != b->len ? a->len < b->len : a->age > b->age;
}

static int row_before(const input *a, const input *b)
{
	return a->head.row != b->head.row ? a->head.row < b->head.row : a->age > b->age;
}

static void sink_down(heap *h, size_t i)
{
	input *moved = h->items[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= h->count)
			break;
		if (child + 1 < h->count && h->before(h->items[child + 1], h->items[child]))
			child++;
		if (!h->before(h->items[child], moved))
			break;
		h->items[i] = h->items[child];
		i = child;
	}
	h->items[i] = moved;
}

static void push(heap *h, input *in)
{
	size_t i = h->count++;

	while (i && h->before(in, h->items[(i - 1) / 2])) {
		h->items[i] = h->items[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	h->items[i] = in;
}

/* The first one has moved on, or has nothing more. */
static void settle(heap *h, int more)
{
	if (!more)
		h->items[0] = h->items[--h->count];
	if (h->count)
		sink_down(h, 0);
}

/* The input's next term, where it has one. */
static sheaf_status next_term(merger *m, input *in, sheaf_error *err)
{
	int          more;
	sheaf_status status = segment_reader_next_term(in->reader, &more, err);

	if (status != SHEAF_OK || !more)
		return status;
	in->term = segment_reader_term(in->reader, &in->len);
	push(&m->terms, in);
	return SHEAF_OK;
}

/* Takes the inputs that have the least term off their heap and puts them on the other, by their rows. */
static sheaf_status gather_rows(merger *m, sheaf_error *err)
{
	const input *first = m->terms.items[0];

	m->same_count = 0;
	while (m->terms.count) {
		input       *in = m->terms.items[0];
		int          more;
		sheaf_status status;

		if (in->len != first->len || memcmp(in->term, first->term, in->len) != 0)
			break;
		settle(&m->terms, 0);
		m->same[m->same_count++] = in;
		status = segment_reader_next_posting(in->reader, &in->head, &more, err);
		if (status != SHEAF_OK)
			return status;
		if (more)
			push(&m->rows, in);
	}
	return SHEAF_OK;
}

/* A mark without positions hides what is older, and has nothing left to hide. */
static sheaf_status write_head(merger *m, const input *in, int deleted, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!in->head.len)
		return SHEAF_OK;
	if (!m->written) {
		status = segment_writer_term(m->w, in->term, in->len, err);
		m->written = 1;
	}
	if (status != SHEAF_OK)
		return status;
	return segment_writer_posting(m->w, in->head.row, in->head.positions, in->head.len, deleted,
	                              err);
}

/* What the first input has before the rows of all others. */
static sheaf_status pass_through(merger *m, sheaf_error *err)
{
	input  *in = m->rows.items[0];
	int64_t limit = INT64_MAX;
	int     more = 1;

	for (size_t i = 1; i < m->rows.count && i < 3; i++) {
		if (m->rows.items[i]->head.row < limit)
			limit = m->rows.items[i]->head.row;
	}
	do {
		segment_run  run;
		sheaf_status status = write_head(m, in, in->head.deleted, err);

		if (status != SHEAF_OK)
			return status;
		if (m->written &&
		    segment_reader_take(in->reader, limit, segment_writer_room(m->w), &run))
			segment_writer_run(m->w, run.first, run.last, run.bytes, run.len);
		status = segment_reader_next_posting(in->reader, &in->head, &more, err);
		if (status != SHEAF_OK)
			return status;
	} while (more && in->head.row < limit);
	settle(&m->rows, more);
	return SHEAF_OK;
}

static sheaf_status advance_row(merger *m, sheaf_error *err)
{
	input       *in = m->rows.items[0];
	int          more;
	sheaf_status status = segment_reader_next_posting(in->reader, &in->head, &more, err);

	if (status == SHEAF_OK)
		settle(&m->rows, more);
	return status;
}

/*
 * Of several postings for one row the newest holds. As in FTS5 it gets the oldest one's mark: that says
 * whether there may be something older still.
 */
static sheaf_status write_newest(merger *m, sheaf_error *err)
{
	input       *newest = m->rows.items[0];
	int          deleted = 0, more;
	sheaf_status status = SHEAF_OK;

	settle(&m->rows, 0);
	while (status == SHEAF_OK && m->rows.count &&
	       m->rows.items[0]->head.row == newest->head.row) {
		deleted = m->rows.items[0]->head.deleted;
		status = advance_row(m, err);
	}
	if (status == SHEAF_OK)
		status = write_head(m, newest, deleted, err);
	if (status == SHEAF_OK)
		status = segment_reader_next_posting(newest->reader, &newest->head, &more, err);
	if (status == SHEAF_OK && more)
		push(&m->rows, newest);
	return status;
}

static int is_contested(const heap *rows)
{
	for (size_t i = 1; i < rows->count && i < 3; i++) {
		if (rows->items[i]->head.row == rows->items[0]->head.row)
			return 1;
	}
	return 0;
}

/* One term of all inputs that have it; these move on to their next. */
static sheaf_status merge_term(merger *m, sheaf_error *err)
{
	sheaf_status status = gather_rows(m, err);

	m->written = 0;
	while (status == SHEAF_OK && m->rows.count)
		status = is_contested(&m->rows) ? write_newest(m, err) : pass_through(m, err);
	for (size_t i = 0; status == SHEAF_OK && i < m->same_count; i++)
		status = next_term(m, m->same[i], err);
	return status;
}

static int allocate(merger *m, size_t count)
{
	m->inputs = mem_calloc(count, sizeof *m->inputs);
	m->same = mem_calloc(count, sizeof(input *));
	m->terms = (heap){.items = mem_calloc(count, sizeof(input *)), .before = term_before};
	m->rows = (heap){.items = mem_calloc(count, sizeof(input *)), .before = row_before};
	return m->inputs && m->same && m->terms.items && m->rows.items;
}

sheaf_status segment_merge(segment_reader *const *readers, size_t count, segment_writer *w,
                           sheaf_error *err)
{
	merger       m = {.w = w};
	sheaf_status status = allocate(&m, count) ? SHEAF_OK : sheaf_nomem(err);

	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		m.inputs[i].reader = readers[i];
		m.inputs[i].age = i;
		status = next_term(&m, &m.inputs[i], err);
	}
	while (status == SHEAF_OK && m.terms.count)
		status = merge_term(&m, err);
	mem_free(m.inputs);
	mem_free(m.same);
	mem_free(m.terms.items);
	mem_free(m.rows.items);
	return status;
}

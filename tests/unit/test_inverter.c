/* inverter.h: what goes in comes out, in order; written as one posting after the other would be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
#include "buf.h"
#include "dice.h"
#include "inverter.h"

/* One occurrence, as it was added. */
typedef struct occurrence {
	unsigned term, document, column;
	uint32_t position;
} occurrence;

typedef struct world {
	occurrence *all;
	size_t      count, size;
	size_t      documents;
	int64_t    *revisions;
} world;

enum { TERMS = 400 };

/* Short and long ones, with common beginnings, any bytes in them. */
static size_t term_text(unsigned n, char text[300])
{
	static const char *const fronts[] = {"", "a", "network", "networks of ", "\004net", "\377"};
	size_t                   len = strlen(fronts[n % 6]);

	memcpy(text, fronts[n % 6], len);

	while (n) {
		text[len++] = (char)(n % 7 * 37);
		n /= 7;
	}
	while (len < 250 && len > 14)
		text[len++] = 'x';
	return len;
}

static void add(world *w, unsigned term, unsigned column, uint32_t position)
{
	if (w->count == w->size) {
		w->size = w->size ? 2 * w->size : 1024;
		w->all = mem_realloc_array(w->all, w->size, sizeof *w->all);
		assert_non_null(w->all);
	}
	w->all[w->count++] = (occurrence){term, (unsigned)w->documents - 1, column, position};
}

/* Either way finds the same. */
static inverter_term *find(inverter *v, const char *text, size_t len, dice *d)
{
	inverter_key key;

	if (len > INVERTER_KEY_MAX || dice_one_in(d, 2))
		return inverter_find(v, text, len);
	inverter_expect(v, &key, text, len);
	return inverter_find_key(v, &key);
}

/* A document of a few columns; now and then one with very many of the same, or far apart. */
static void add_document(world *w, inverter *v, dice *d)
{
	unsigned columns = (unsigned)dice_below(d, 8);

	inverter_begin(v);
	w->documents++;
	for (unsigned c = 0; c < columns; c++) {
		size_t   words = dice_one_in(d, 20) ? dice_below(d, 9000) : dice_below(d, 30);
		uint32_t position = 0;
		unsigned only = (unsigned)dice_below(d, TERMS);
		int      same = dice_one_in(d, 3);

		for (size_t i = 0; i < words; i++) {
			unsigned term = same ? only : (unsigned)dice_below(d, TERMS);
			char     text[300];
			size_t   len;

			if (dice_one_in(d, 3))
				term %= 5;
			len = term_text(term, text);
			inverter_add(v, find(v, text, len, d), c, position);
			add(w, term, c, position);
			position += (uint32_t)(dice_one_in(d, 50) ? dice_below(d, 100000)
			                                          : dice_below(d, 3));
		}
	}
}

static void number_documents(world *w, dice *d, size_t gaps)
{
	int64_t revision = (int64_t)dice_between(d, 1, 1000);

	w->revisions = mem_alloc((w->documents + 1) * sizeof *w->revisions);
	assert_non_null(w->revisions);
	for (size_t i = 0; i < w->documents; i++) {
		w->revisions[i] = gaps && dice_one_in(d, gaps) ? 0 : revision;
		revision += gaps && dice_one_in(d, gaps) ? (int64_t)dice_between(d, 1, 1 << 20) : 1;
	}
}

static void forget(world *w)
{
	mem_free(w->all);
	mem_free(w->revisions);
	*w = (world){0};
}

/* Reads a number of FTS5's; written apart from the library's. */
static uint64_t number_at(const unsigned char **at)
{
	uint64_t n = 0;

	while (**at & 0x80)
		n = n << 7 | (*(*at)++ & 0x7F);
	return n << 7 | *(*at)++;
}

/* Compares a term's postings with what was added, which stands in the order of documents. */
static void same_postings(const world *w, const inverter *v, unsigned term, size_t place)
{
	inverter_cursor      c;
	const unsigned char *at = NULL;
	unsigned             column = 0;
	uint64_t             position = 0;
	size_t               document = SIZE_MAX;

	inverter_open(v, place, &c);
	for (size_t i = 0; i < w->count; i++) {
		const occurrence *o = &w->all[i];

		if (o->term != term || !w->revisions[o->document])
			continue;
		if (o->document != document) {
			assert_true(!at || at == c.positions + c.len);
			assert_int_equal(inverter_next(&c), 1);
			assert_int_equal(c.document, o->document);
			assert_int_equal(c.revision, w->revisions[o->document]);
			document = o->document;
			at = c.positions;
			column = 0;
			position = 0;
		}
		if (o->column != column) {
			assert_int_equal(number_at(&at), 1);
			column = (unsigned)number_at(&at);
			assert_int_equal(column, o->column);
			position = 0;
		}
		position += number_at(&at) - 2;
		assert_int_equal(position, o->position);
	}
	assert_true(!at || at == c.positions + c.len);
	assert_int_equal(inverter_next(&c), 0);
	assert_int_equal(inverter_next(&c), 0);
}

/* Where a term is among the sorted ones; SIZE_MAX where it is not. */
static size_t place_of(const inverter *v, const char *text, size_t len)
{
	for (size_t i = 0; i < inverter_term_count(v); i++) {
		size_t      n;
		const char *one = inverter_term_text(v, i, &n);

		if (n == len && memcmp(one, text, len) == 0)
			return i;
	}
	return SIZE_MAX;
}

static void same_world(const world *w, const inverter *v)
{
	unsigned char used[TERMS] = {0};
	size_t        terms = 0;
	char          text[300];

	for (size_t i = 0; i < w->count; i++) {
		terms += !used[w->all[i].term];
		used[w->all[i].term] = 1;
	}
	assert_int_equal(inverter_term_count(v), terms);
	for (unsigned t = 0; t < TERMS; t++) {
		size_t len = term_text(t, text), place = place_of(v, text, len);

		if (!used[t]) {
			assert_true(place == SIZE_MAX);
			continue;
		}
		assert_true(place != SIZE_MAX);
		same_postings(w, v, t, place);
	}
	for (size_t i = 1; i < terms; i++) {
		size_t      a_len, b_len;
		const char *a = inverter_term_text(v, i - 1, &a_len);
		const char *b = inverter_term_text(v, i, &b_len);
		int         order = memcmp(a, b, a_len < b_len ? a_len : b_len);

		assert_true(order < 0 || (!order && a_len < b_len));
	}
}

/* ---- pages ---- */

static sheaf_status keep_page(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	(void)err;
	buf_printf(ctx, "page %lld %zu ", (long long)id, len);
	buf_append(ctx, data, len);
	return SHEAF_OK;
}

static sheaf_status keep_index(void *ctx, const void *text, size_t len, int64_t page,
                               sheaf_error *err)
{
	(void)err;
	buf_printf(ctx, "index %lld %zu ", (long long)page, len);
	buf_append(ctx, text, len);
	return SHEAF_OK;
}

static sheaf_status write_simply(const inverter *v, segment_writer *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < inverter_term_count(v); i++) {
		inverter_cursor c;
		int             begun = 0;
		size_t          len;
		const char     *text = inverter_term_text(v, i, &len);

		inverter_open(v, i, &c);
		while (status == SHEAF_OK && inverter_next(&c)) {
			if (!begun++)
				status = segment_writer_term(w, text, len, err);
			if (status == SHEAF_OK)
				status = segment_writer_posting(w, c.revision, c.positions, c.len,
				                                0, err);
		}
	}
	return status;
}

static void write_with(const inverter *v, size_t page_size, buf *out,
                       sheaf_status (*write)(const inverter *, segment_writer *, sheaf_error *))
{
	const segment_sink sink = {out, keep_page, keep_index};
	segment_writer    *w;
	int64_t            last;

	assert_int_equal(segment_writer_new(page_size, &sink, &w, NULL), SHEAF_OK);
	assert_int_equal(write(v, w, NULL), SHEAF_OK);
	assert_int_equal(segment_writer_finish(w, &last, NULL), SHEAF_OK);
	segment_writer_free(w);
	assert_int_equal(buf_status(out, NULL), SHEAF_OK);
}

static void same_pages(const inverter *v)
{
	static const size_t page_sizes[] = {64, 509, 4050, 30000};

	for (size_t i = 0; i < sizeof page_sizes / sizeof *page_sizes; i++) {
		buf fast = BUF_INIT(0), simple = BUF_INIT(0);

		write_with(v, page_sizes[i], &fast, inverter_write);
		write_with(v, page_sizes[i], &simple, write_simply);
		assert_int_equal(fast.len, simple.len);
		if (fast.len)
			assert_memory_equal(fast.data, simple.data, fast.len);
		buf_free(&fast);
		buf_free(&simple);
	}
}

static void random_documents(void **state)
{
	static const size_t gaps[] = {0, 2, 10, 1};
	inverter           *v;

	(void)state;
	assert_int_equal(inverter_new(&v, NULL), SHEAF_OK);
	/* One inverter for all: a batch leaves nothing behind. */
	for (uint64_t round = 0; round < 24; round++) {
		world w = {0};
		dice  d;

		dice_start(&d, 4, round, 0);
		for (size_t n = round % 3 == 2 ? 200 : dice_below(&d, 12); n; n--)
			add_document(&w, v, &d);
		number_documents(&w, &d, gaps[round % 4]);
		assert_int_equal(inverter_documents(v), w.documents);
		assert_int_equal(inverter_sort(v, w.revisions, NULL), SHEAF_OK);
		same_world(&w, v);
		same_pages(v);
		inverter_clear(v);
		assert_int_equal(inverter_documents(v), 0);
		assert_int_equal(inverter_term_count(v), 0);
		forget(&w);
	}
	inverter_free(v);
	inverter_free(NULL);
}

/* Documents far apart take more bytes to tell than their neighbours do. */
static void a_term_that_rests(void **state)
{
	static const unsigned at[] = {0, 1, 127, 128, 255, 16383, 16384, 33000, 49384, 70000};
	enum { DOCUMENTS = 70001, COUNT = sizeof at / sizeof *at };
	int64_t        *revisions = mem_alloc(DOCUMENTS * sizeof *revisions);
	inverter       *v;
	inverter_cursor c;
	inverter_term  *t;

	(void)state;
	assert_non_null(revisions);
	assert_int_equal(inverter_new(&v, NULL), SHEAF_OK);
	for (unsigned n = 0, next = 0; n < DOCUMENTS; n++) {
		revisions[n] = n + 1;
		inverter_begin(v);
		if (next == COUNT || at[next] != n)
			continue;
		next++;
		t = inverter_find(v, "rests", 5);
		inverter_add(v, t, 6, 0x3FEE);
		inverter_add(v, t, 6, 0x3FEE + 0x3FFE);
		inverter_add(v, t, INVERTER_COLUMN_MAX, 1u << 30);
	}
	assert_int_equal(inverter_sort(v, revisions, NULL), SHEAF_OK);
	assert_int_equal(inverter_term_count(v), 1);
	inverter_open(v, 0, &c);
	for (unsigned i = 0; i < COUNT; i++) {
		static const unsigned char positions[] = {1, 6,    0xFF, 0x70, 0x81, 0x80, 0x00,
		                                          1, 0x7F, 0x84, 0x80, 0x80, 0x80, 0x02};

		assert_int_equal(inverter_next(&c), 1);
		assert_int_equal(c.revision, at[i] + 1);
		assert_int_equal(c.len, sizeof positions);
		assert_memory_equal(c.positions, positions, sizeof positions);
	}
	assert_int_equal(inverter_next(&c), 0);
	inverter_free(v);
	mem_free(revisions);
}

static void what_never_occurs_is_left_out(void **state)
{
	const int64_t  revisions[] = {7};
	inverter      *v;
	inverter_term *t, *companion;
	inverter_key   key;
	size_t         len;

	(void)state;
	assert_int_equal(inverter_new(&v, NULL), SHEAF_OK);
	assert_int_equal(inverter_sort(v, revisions, NULL), SHEAF_OK);
	assert_int_equal(inverter_term_count(v), 0);
	inverter_begin(v);
	t = inverter_find(v, "networks", 8);
	companion = inverter_find(v, "\004network", 8);
	assert_null(inverter_companion(t));
	inverter_set_companion(t, companion);
	assert_ptr_equal(inverter_companion(inverter_find(v, "networks", 8)), companion);
	inverter_expect(v, &key, "networks", 8);
	assert_ptr_equal(inverter_find_key(v, &key), t);
	inverter_add(v, companion, 0, 0);
	inverter_add(v, inverter_find(v, "", 0), 0, 1);
	assert_int_equal(inverter_status(v), SHEAF_OK);
	assert_int_equal(inverter_sort(v, revisions, NULL), SHEAF_OK);
	assert_int_equal(inverter_term_count(v), 2);
	inverter_term_text(v, 0, &len);
	assert_int_equal(len, 0);
	assert_true(place_of(v, "networks", 8) == SIZE_MAX);
	assert_int_equal(place_of(v, "\004network", 8), 1);
	inverter_clear(v);
	assert_null(inverter_companion(inverter_find(v, "networks", 8)));
	inverter_free(v);
}

/* Many words that share their first bytes: no order of bytes is left to chance. */
static void many_terms(void **state)
{
	enum { MANY = 30000 };
	const int64_t revisions[] = {1};
	inverter     *v;
	char          text[32], before[32] = "";
	size_t        bytes;

	(void)state;
	assert_int_equal(inverter_new(&v, NULL), SHEAF_OK);
	bytes = inverter_bytes(v);
	inverter_begin(v);
	for (unsigned i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, "\005%.*s-%u", (int)(i % 13), "id:2601.123456789",
		         i * 7919u % MANY);
		inverter_add(v, inverter_find(v, text, strlen(text)), 6, i);
	}
	/* Each takes its text, a slot and what belongs to it. */
	assert_true(inverter_bytes(v) > bytes + MANY * 64u);
	assert_true(inverter_bytes(v) < bytes + MANY * 256u);
	assert_int_equal(inverter_sort(v, revisions, NULL), SHEAF_OK);
	assert_int_equal(inverter_term_count(v), MANY);
	for (size_t i = 0; i < MANY; i++) {
		size_t      len;
		const char *now = inverter_term_text(v, i, &len);

		memcpy(text, now, len);
		text[len] = 0;
		assert_true(strcmp(before, text) < 0);
		memcpy(before, text, len + 1);
	}
	inverter_free(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_documents),
		cmocka_unit_test(a_term_that_rests),
		cmocka_unit_test(what_never_occurs_is_left_out),
		cmocka_unit_test(many_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

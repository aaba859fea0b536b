/* Batches: whatever way documents come in, the database is the one that single writes would have made. */
#include "store_batch.h"

#include <stdlib.h>

#include "database_private.h"
#include "document_private.h"
#include "engine_fixture.h"
#include "sql_rows.h"

enum { PAPERS = 120, WORDS = 40, TEXT = 200 };

/* What the database should hold, paper by paper, and what is under way. */
typedef struct world {
	engine        e;
	analyser     *a;
	store_batch  *batch;
	analysis     *x;
	uint32_t      seed;
	int           there[PAPERS];        /* 1: stored */
	unsigned char words[PAPERS][WORDS]; /* 1: the paper's text has the word */
	unsigned char notes[PAPERS][WORDS]; /* the same of its comments */
} world;

/* A row of numbers that is the same each time. */
static unsigned draw(world *w, unsigned below)
{
	w->seed = w->seed * 1664525u + 1013904223u;
	return (w->seed >> 8) % below;
}

static void open_tools(world *w)
{
	sheaf_error err;

	must(analyser_new(w->e.db, &w->a, &err), &err);
	must(store_batch_new(&w->batch, &err), &err);
	w->x = analysis_new();
	assert_non_null(w->x);
}

static void close_tools(world *w)
{
	store_batch_free(w->batch);
	analyser_free(w->a);
	analysis_free(w->x);
}

static void begin_world(world *w, const char *name, uint32_t seed)
{
	memset(w, 0, sizeof *w);
	w->seed = seed;
	engine_begin(&w->e, name);
	open_tools(w);
}

static void end_world(world *w)
{
	close_tools(w);
	engine_end(&w->e);
}

/* Words that no stemmer changes. */
static void put_word(char *out, int k)
{
	snprintf(out, 8, "xq%dx", k);
}

static void draw_text(world *w, unsigned char words[WORDS], char text[TEXT])
{
	size_t at = 0;

	memset(words, 0, WORDS);
	*text = '\0';
	for (int i = 0; i < 12; i++) {
		unsigned k = draw(w, 1 + draw(w, WORDS));

		words[k] = 1;
		put_word(text + at, (int)k);
		at += strlen(text + at);
		text[at++] = ' ';
		text[at] = '\0';
	}
}

/* A new text for a paper in the scratch document; now and then without the comments that may be stored. */
static int draw_paper(world *w, int *paper)
{
	char        id[32], text[TEXT], notes[TEXT];
	int         with_notes = draw(w, 3) > 0;
	sheaf_error err;

	*paper = (int)draw(w, PAPERS);
	snprintf(id, sizeof id, "2601.%05d", *paper + 1);
	draw_text(w, w->words[*paper], text);
	must(scratch_paper(w->e.doc, id, "Lamps", text, &err), &err);
	if (with_notes) {
		draw_text(w, w->notes[*paper], notes);
		must(sheaf_document_set_text(w->e.doc, SHEAF_FIELD_COMMENTS, notes, SIZE_MAX, &err),
		     &err);
	}
	w->there[*paper] = 1;
	return with_notes;
}

/* How a document that is added now is stored later. */
typedef struct added {
	sheaf_document *doc;
	analysis       *x;
	uint32_t        number;
	int             later;
} added;

/* Now and then, rightly or not: it must not matter. */
static void encode_ahead(world *w)
{
	sheaf_revision first = store_next_revision(w->e.db) + (draw(w, 4) == 0);
	sheaf_error    err;

	if (draw(w, 2))
		must(store_batch_encode(w->batch, w->a, first, &err), &err);
}

/* Adds `count` documents and stores them; those that have to wait at the end. Answers how many waited. */
static int put_batch(world *w, int count)
{
	added        list[64];
	int          paper, waited = 0;
	sheaf_change change;
	sheaf_error  err;

	assert_true(count <= 64);
	for (int i = 0; i < count; i++) {
		draw_paper(w, &paper);
		list[i].x = analysis_new();
		must(sheaf_document_new(&list[i].doc, &err), &err);
		must(document_copy(list[i].doc, w->e.doc, &err), &err);
		must(store_batch_add(w->batch, w->a, list[i].doc, list[i].x, &list[i].number, &err),
		     &err);
	}
	encode_ahead(w);
	for (int i = 0; i < count; i++) {
		must(store_batch_put(w->e.db, w->batch, list[i].number, list[i].doc, list[i].x,
		                     &change, &list[i].later, &err),
		     &err);
		waited += list[i].later;
	}
	for (int i = 0; i < count; i++) {
		if (list[i].later)
			must(store_batch_put_late(w->e.db, w->batch, list[i].doc, w->x, &change,
			                          &err),
			     &err);
		sheaf_document_free(list[i].doc);
		analysis_free(list[i].x);
	}
	return waited;
}

static void put_single(world *w)
{
	int paper;

	draw_paper(w, &paper);
	engine_store(&w->e);
}

static void delete_single(world *w)
{
	char        id[32];
	int         paper = (int)draw(w, PAPERS);
	sheaf_error err;

	if (!w->there[paper])
		return;
	snprintf(id, sizeof id, "2601.%05d", paper + 1);
	must(sheaf_database_delete_document(w->e.db, id, &err), &err);
	w->there[paper] = 0;
	memset(w->words[paper], 0, WORDS);
	memset(w->notes[paper], 0, WORDS);
}

static void compare_word(world *w, sheaf_database *db, int k)
{
	char        query[32];
	size_t      expected = 0;
	sheaf_mset *mset;
	sheaf_error err;

	put_word(query, k);
	must(scratch_search(db, query, SHEAF_OP_AND, PAPERS, &mset, &err), &err);
	for (int i = 0; i < PAPERS; i++)
		expected += w->there[i] && (w->words[i][k] || w->notes[i][k]);
	if (sheaf_mset_size(mset) != expected)
		fail_msg("%s: %zu papers, not %zu", query, sheaf_mset_size(mset), expected);
	for (size_t i = 0; i < expected; i++) {
		const sheaf_document *doc;
		int                   paper;

		must(sheaf_mset_get_document(mset, i, &doc, &err), &err);
		paper = (int)strtol(sheaf_document_get_text(doc, SHEAF_FIELD_ID) + 5, NULL, 10) - 1;
		assert_true(w->words[paper][k] || w->notes[paper][k]);
	}
	sheaf_mset_free(mset);
}

/* Words find the papers that have them, and no others. */
static void compare(world *w, sheaf_database *db)
{
	for (int k = 0; k < WORDS; k += 3)
		compare_word(w, db, k);
}

static void verify(world *w)
{
	sheaf_database *other = engine_open(w->e.path, SHEAF_DB_READ_ONLY);
	sheaf_error     err;

	must(sheaf_database_check(w->e.db, &err), &err);
	compare(w, w->e.db);
	compare(w, other);
	sheaf_database_close(other);
}

/* ---- one thing after the other ---- */

static void a_batch_is_found_once_it_is_written(void **state)
{
	world       w;
	sheaf_error err;

	(void)state;
	begin_world(&w, "batch", 1);
	must(sheaf_database_begin_transaction(w.e.db, &err), &err);
	put_batch(&w, 64);
	must(store_batch_write(w.e.db, w.batch, &err), &err);
	compare(&w, w.e.db);
	must(sheaf_database_commit_transaction(w.e.db, &err), &err);
	verify(&w);
	end_world(&w);
}

/* Papers 1 to `count`, without the dice. `ahead`: the first revision foretold; 0: not encoded ahead. */
static int put_plain_batch(world *w, int count, int64_t ahead)
{
	int         fits;
	sheaf_error err;

	must(sheaf_database_begin_transaction(w->e.db, &err), &err);
	for (int i = 0; i < count; i++) {
		char         id[32], text[64];
		uint32_t     number;
		int          later;
		sheaf_change change;

		snprintf(id, sizeof id, "2602.%05d", i + 1);
		snprintf(text, sizeof text, "tin bell%d of lamps%d", i % 9, i);
		must(scratch_paper(w->e.doc, id, "Lamps", text, &err), &err);
		must(store_batch_add(w->batch, w->a, w->e.doc, w->x, &number, &err), &err);
		must(store_batch_put(w->e.db, w->batch, number, w->e.doc, w->x, &change, &later,
		                     &err),
		     &err);
	}
	if (ahead)
		must(store_batch_encode(w->batch, w->a, ahead, &err), &err);
	fits = batch_image_fits(&w->batch->image, w->batch->revisions, w->batch->count,
	                        SEGMENT_PAGE_DEFAULT);
	must(store_batch_write(w->e.db, w->batch, &err), &err);
	must(sheaf_database_commit_transaction(w->e.db, &err), &err);
	return fits;
}

/* A sum over all rows of the index and of its ranking lists. */
static uint64_t sum_index(sheaf_database *db)
{
	return rows_sum(db->sql, "SELECT block FROM document_fts_data UNION ALL "
	                         "SELECT term FROM document_fts_idx UNION ALL "
	                         "SELECT data FROM ranking_list UNION ALL "
	                         "SELECT data FROM ranking_chunk");
}

/* More papers than wait for lists, foretold rightly, wrongly, not at all: the same bytes. */
static void what_is_encoded_ahead_is_the_same(void **state)
{
	static const int64_t ahead[] = {0, 1, 2};
	uint64_t             first = 0;

	(void)state;
	for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) {
		world       w;
		sheaf_error err;
		uint64_t    sum;

		begin_world(&w, "batch", 6);
		assert_int_equal(put_plain_batch(&w, 1100, ahead[i]), ahead[i] == 1);
		sum = sum_index(w.e.db);
		first = i ? first : sum;
		assert_true(sum == first);
		must(sheaf_database_check(w.e.db, &err), &err);
		end_world(&w);
	}
}

/* Whoever searches or commits need not know that a batch waits. */
static void a_batch_that_waits_is_written_by_itself(void **state)
{
	world       w;
	sheaf_error err;

	(void)state;
	begin_world(&w, "batch", 2);
	must(sheaf_database_begin_transaction(w.e.db, &err), &err);
	put_batch(&w, 20);
	compare(&w, w.e.db);
	put_batch(&w, 20);
	must(sheaf_database_commit_transaction(w.e.db, &err), &err);
	verify(&w);
	end_world(&w);
}

static void no_commit_while_documents_are_added(void **state)
{
	world       w;
	sheaf_error err;

	(void)state;
	begin_world(&w, "batch", 3);
	must(sheaf_database_begin_transaction(w.e.db, &err), &err);
	put_batch(&w, 5);
	store_batch_set_busy(w.batch, 1);
	assert_int_equal(sheaf_database_commit_transaction(w.e.db, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_non_null(strstr(err.message, "import"));
	store_batch_set_busy(w.batch, 0);
	must(sheaf_database_commit_transaction(w.e.db, &err), &err);
	verify(&w);
	end_world(&w);
}

static void a_cancelled_batch_leaves_nothing(void **state)
{
	world       w;
	sheaf_error err;

	(void)state;
	begin_world(&w, "batch", 4);
	for (int written = 0; written < 2; written++) {
		must(sheaf_database_begin_transaction(w.e.db, &err), &err);
		put_batch(&w, 30);
		if (written)
			must(store_batch_write(w.e.db, w.batch, &err), &err);
		sheaf_database_cancel_transaction(w.e.db);
		store_batch_resume(w.e.db, w.batch);
		memset(w.there, 0, sizeof w.there);
		memset(w.words, 0, sizeof w.words);
		memset(w.notes, 0, sizeof w.notes);
		verify(&w);
	}
	must(sheaf_database_begin_transaction(w.e.db, &err), &err);
	put_batch(&w, 30);
	must(sheaf_database_commit_transaction(w.e.db, &err), &err);
	verify(&w);
	end_world(&w);
}

static void batches_need_a_transaction(void **state)
{
	world        w;
	uint32_t     number;
	sheaf_change change;
	int          paper, later;
	sheaf_error  err;

	(void)state;
	begin_world(&w, "batch", 5);
	draw_paper(&w, &paper);
	must(store_batch_add(w.batch, w.a, w.e.doc, w.x, &number, &err), &err);
	assert_int_equal(number, 0);
	assert_int_equal(
		store_batch_put(w.e.db, w.batch, number, w.e.doc, w.x, &change, &later, &err),
		SHEAF_ERROR_INVALID_OPERATION);
	assert_true(store_batch_is_full(w.batch, 1));
	assert_false(store_batch_is_full(w.batch, 2));
	assert_false(store_batch_is_full(w.batch, 0));
	end_world(&w);
}

/* ---- all things mixed ---- */

static void step(world *w)
{
	sheaf_error err;

	switch (draw(w, 8)) {
	case 0:
	case 1:
	case 2: put_batch(w, 1 + (int)draw(w, 64)); break;
	case 3: must(store_batch_write(w->e.db, w->batch, &err), &err); break;
	case 4: delete_single(w); break;
	case 5: compare(w, w->e.db); break;
	case 6: must(index_option(w->e.db, "merge", 50, &err), &err); break;
	default: put_single(w);
	}
}

static void any_order_of_writes(void **state)
{
	world       w, before;
	sheaf_error err;

	(void)state;
	begin_world(&w, "batch", 6);
	for (int round = 0; round < 40; round++) {
		int steps = 1 + (int)draw(&w, 6), cancelled = draw(&w, 6) == 0;

		before = w;
		must(sheaf_database_begin_transaction(w.e.db, &err), &err);
		for (int i = 0; i < steps; i++)
			step(&w);
		if (cancelled) {
			sheaf_database_cancel_transaction(w.e.db);
			store_batch_clear(w.batch);
			before.seed = w.seed;
			w = before;
		} else {
			must(sheaf_database_commit_transaction(w.e.db, &err), &err);
		}
		if (draw(&w, 8) == 0) {
			must(sheaf_database_compact(w.e.db, &err), &err);
			must(store_settle(w.e.db, &err), &err);
		}
		verify(&w);
	}
	end_world(&w);
}

/* Papers whose text is completed from the stored copy wait, and come in their order all the same. */
static void merged_documents_wait(void **state)
{
	world       w;
	int         waited = 0;
	sheaf_error err;

	(void)state;
	begin_world(&w, "batch", 7);
	for (int i = 0; i < 6; i++) {
		must(sheaf_database_begin_transaction(w.e.db, &err), &err);
		waited += put_batch(&w, 64);
		must(sheaf_database_commit_transaction(w.e.db, &err), &err);
		verify(&w);
	}
	assert_true(waited > 20);
	end_world(&w);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_encoded_ahead_is_the_same),
		TEST(a_batch_is_found_once_it_is_written),
		TEST(a_batch_that_waits_is_written_by_itself),
		TEST(no_commit_while_documents_are_added),
		TEST(a_cancelled_batch_leaves_nothing),
		TEST(batches_need_a_transaction),
		TEST(any_order_of_writes),
		TEST(merged_documents_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A load without memory: batches encoded ahead, and the merge at its end on a thread of its own. */
#include "adopt.h"
#include "database_private.h"
#include "failing_malloc.h"
#include "ranking_write.h"
#include "scratch_db.h"
#include "store.h"

#if FAILING_MALLOC

enum { BATCHES = 2, PAPERS = 1100 /* a batch; enough for a run of lists */, ENCODED = 40 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_database *db;
static analyser       *tools;
static sheaf_error     error;

static void add(store_batch *batch, sheaf_document *doc, analysis *x, int i, uint32_t *number)
{
	char id[32], text[96];

	snprintf(id, sizeof id, "2001.%05d", i);
	snprintf(text, sizeof text, "Ferns and networks of fern%d, moss%d", i % 50, i);
	must(scratch_paper(doc, id, "On ferns", text, &error), &error);
	must(store_batch_add(batch, tools, doc, x, number, &error), &error);
}

static void put_batch(int first)
{
	store_batch    *batch;
	sheaf_document *doc;
	analysis       *x = analysis_new();

	must(store_batch_new(&batch, &error), &error);
	must(sheaf_document_new(&doc, &error), &error);
	must(sheaf_database_begin_transaction(db, &error), &error);
	for (int i = first; i < first + PAPERS; i++) {
		uint32_t     number;
		int          later;
		sheaf_change change;

		add(batch, doc, x, i, &number);
		must(store_batch_put(db, batch, number, doc, x, &change, &later, &error), &error);
	}
	must(store_batch_write(db, batch, &error), &error);
	must(sheaf_database_commit_transaction(db, &error), &error);
	analysis_free(x);
	sheaf_document_free(doc);
	store_batch_free(batch);
}

static int fill(void **state)
{
	(void)state;
	scratch_path(path, "load-oom");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &error), &error);
	must(analyser_new(db, &tools, &error), &error);
	must(index_option(db, "automerge", 0, &error), &error);
	db->bulk = 1;
	for (int i = 0; i < BATCHES; i++)
		put_batch(1 + i * PAPERS);
	db->bulk = 0;
	return 0;
}

static int clean(void **state)
{
	(void)state;
	analyser_free(tools);
	sheaf_database_close(db);
	scratch_remove(path);
	return 0;
}

/* What the end of a load does in its transaction; *beside 1 where the thread could be had. */
static sheaf_status merge(int *beside, sheaf_error *err)
{
	merge_ahead *m = NULL;
	int          done;
	sheaf_status status = ranking_complete(db, err);

	if (status == SHEAF_OK)
		status = merge_ahead_new(db, &m, err);
	*beside = merge_ahead_has_lists(m);
	if (status == SHEAF_OK)
		status = adopt_merge(db, m, &done, err);
	if (status == SHEAF_OK && *beside)
		status = ranking_write_merged(db, merge_ahead_lists, m, err);
	merge_ahead_free(m);
	return status;
}

static sheaf_status try_merge(memory_mode mode, long n, int *beside)
{
	sheaf_error  err = {0};
	sheaf_status status;

	must(sheaf_database_begin_transaction(db, &error), &error);
	memory_arm(mode, n);
	status = merge(beside, &err);
	memory_disarm();
	if (status != SHEAF_OK && (status != SHEAF_ERROR_NOMEM || err.status != status))
		fail_msg("allocation %ld: %s: %s", n, sheaf_status_string(status), err.message);
	sheaf_database_cancel_transaction(db);
	return status;
}

/*
 * The thread and its handle are a help, not a need: what fails there at the beginning is done
 * without, later on it is told. Two threads ask in no certain order, so each number may stand for
 * another allocation each time.
 */
static void the_merge_may_fail_at_any_time(void **state)
{
	enum { STEP = 7 };
	long asked, blocks, failed = 0, without = 0;
	int  beside;

	(void)state;
	atomic_store(&memory_own_only, 1);
	assert_int_equal(try_merge(MEMORY_ENOUGH, 0, &beside), SHEAF_OK);
	assert_true(beside);
	asked = atomic_load(&memory_asked);
	assert_true(asked > 100);
	blocks = atomic_load(&memory_blocks);
	for (int mode = MEMORY_FAILS_ONCE; mode <= MEMORY_FAILS_ON; mode++) {
		/* Nearly all of the later ones are cursors of lists. */
		for (long n = 0; n < asked; n += n < 150 ? 1 : STEP + n / 16) {
			failed += try_merge((memory_mode)mode, n, &beside) == SHEAF_ERROR_NOMEM;
			without += !beside;
		}
	}
	assert_true(failed > 100);
	assert_true(without > 10);
	assert_int_equal(try_merge(MEMORY_ENOUGH, 0, &beside), SHEAF_OK);
	/* SQLite keeps a few more or less; what each failure left behind would be hundreds. */
	assert_true(atomic_load(&memory_blocks) < blocks + failed);
	atomic_store(&memory_own_only, 0);
	must(sheaf_database_check(db, &error), &error);
}

static void encoding_may_fail_at_any_time(void **state)
{
	store_batch    *batch;
	sheaf_document *doc;
	analysis       *x = analysis_new();
	sheaf_status    status = SHEAF_ERROR_NOMEM;
	sheaf_revision  next = store_next_revision(db);
	long            n, before;

	(void)state;
	must(store_batch_new(&batch, &error), &error);
	must(sheaf_document_new(&doc, &error), &error);
	for (int i = 0; i < ENCODED; i++) {
		uint32_t number;

		add(batch, doc, x, 50000 + i, &number);
		assert_int_equal(number, i);
	}
	before = atomic_load(&memory_blocks);
	for (n = 0; status != SHEAF_OK; n++) {
		sheaf_error err = {0};

		assert_true(n < 5000);
		memory_arm(MEMORY_FAILS_ON, n);
		status = store_batch_encode(batch, tools, next, &err);
		memory_disarm();
		if (status != SHEAF_OK && (status != SHEAF_ERROR_NOMEM || err.status != status))
			fail_msg("allocation %ld: %s", n, err.message);
	}
	assert_true(n > 10);
	store_batch_clear(batch);
	assert_true(atomic_load(&memory_blocks) <= before);
	analysis_free(x);
	sheaf_document_free(doc);
	store_batch_free(batch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_merge_may_fail_at_any_time),
		cmocka_unit_test(encoding_may_fail_at_any_time),
	};

	return cmocka_run_group_tests(tests, fill, clean);
}

#endif

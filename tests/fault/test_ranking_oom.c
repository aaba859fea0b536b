/* Ranking lists without memory: a status, nothing half made, and all right afterwards. */
#include "database_private.h"
#include "failing_malloc.h"
#include "ranking_write.h"
#include "scratch_db.h"

#if FAILING_MALLOC

enum { PAPERS = 160 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_database *db;
static sheaf_error     error;

static void fill(void)
{
	sheaf_document *doc;

	scratch_path(path, "ranking-oom");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &error), &error);
	must(sheaf_document_new(&doc, &error), &error);
	must(sheaf_database_begin_transaction(db, &error), &error);
	for (int i = 1; i <= PAPERS; i++) {
		char id[32], text[64];

		snprintf(id, sizeof id, "2001.%05d", i);
		snprintf(text, sizeof text, "Ferns and networks of fern%d", i % 50);
		must(scratch_paper(doc, id, "On ferns", text, &error), &error);
		must(sheaf_database_replace_document(db, doc, NULL, NULL, &error), &error);
	}
	must(ranking_merge_all(db, &error), &error);
	must(sheaf_database_commit_transaction(db, &error), &error);
	sheaf_document_free(doc);
}

/* ---- what may run out of memory ---- */

static sheaf_status build(sheaf_error *err)
{
	sheaf_status status = ranking_drop(db, err);

	return status == SHEAF_OK ? ranking_merge_all(db, err) : status;
}

static sheaf_status forget(sheaf_error *err)
{
	sheaf_status status = sheaf_database_delete_document(db, "2001.00003", err);

	if (status == SHEAF_OK)
		status = ranking_flush(db, err);
	return status == SHEAF_OK ? ranking_merge_all(db, err) : status;
}

static sheaf_status look(sheaf_error *err)
{
	const ranking_run *runs;
	list_counts        lost;
	list_cursor        c;
	size_t             count;
	sheaf_status       status;

	ranking_clear(&db->ranking);
	status = ranking_lost(db, 0, "fern", 4, &lost, err);
	if (status == SHEAF_OK)
		status = ranking_runs(db, &runs, &count, err);
	if (status != SHEAF_OK)
		return status;
	status = ranking_open(db, &runs[0], 0, "fern", 4, &c, err);
	assert_true(status != SHEAF_OK || c.counts.documents - lost.documents == PAPERS);
	while (status == SHEAF_OK && c.revision != LIST_END) {
		list_cursor_next(&c);
		status = c.status;
	}
	list_cursor_close(&c);
	return status;
}

static sheaf_status check(sheaf_error *err)
{
	return ranking_check(db, err);
}

static void fails_cleanly(sheaf_status (*step)(sheaf_error *err))
{
	sheaf_status status = SHEAF_ERROR_NOMEM;
	long         n;

	atomic_store(&memory_own_only, 1);
	for (n = 0; status != SHEAF_OK; n++) {
		sheaf_error err = {0};

		assert_true(n < 20000);
		must(sheaf_database_begin_transaction(db, &error), &error);
		memory_arm(MEMORY_FAILS_ON, n);
		status = step(&err);
		(void)memory_disarm();
		if (status != SHEAF_OK && (status != SHEAF_ERROR_NOMEM || err.status != status))
			fail_msg("allocation %ld: %s", n, err.message);
		sheaf_database_cancel_transaction(db);
	}
	assert_true(n > 3);
	atomic_store(&memory_own_only, 0);
	must(sheaf_database_begin_transaction(db, &error), &error);
	must(ranking_check(db, &error), &error);
	must(sheaf_database_commit_transaction(db, &error), &error);
}

static void memory_may_run_out(void **state)
{
	(void)state;
	fill();
	fails_cleanly(look);
	fails_cleanly(build);
	fails_cleanly(forget);
	fails_cleanly(check);
	sheaf_database_close(db);
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(memory_may_run_out)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

/*
 * An import that inserted its papers one by one would make the same database, slowly: here, that it
 * does not.
 */
#include "buf.h"
#include "database_private.h"
#include "engine_fixture.h"
#include "packed.h"

enum { BATCH = 1100, BATCHES = 2 }; /* more papers than may wait for lists */

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "import-batches");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void import(int papers)
{
	const sheaf_import_options options = {.batch = BATCH};
	char                       folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE];
	buf                        lines = BUF_INIT(0);
	sheaf_import              *i;
	sheaf_import_stats         stats;
	sheaf_error                err;

	for (int n = 1; n <= papers; n++)
		buf_printf(&lines,
		           "{\"id\":\"2401.%05d\",\"title\":\"Lamps\",\"abstract\":\"coil%d\"}\n",
		           n, n);
	packed_folder(folder, "batches");
	packed_path(path, folder, "papers.jsonl");
	packed_write(path, lines.data, lines.len);
	must(sheaf_import_new(e.db, &options, &i, &err), &err);
	must(sheaf_import_file(i, path, &err), &err);
	must(sheaf_import_finish(i, &stats, &err), &err);
	assert_int_equal(stats.added, papers);
	sheaf_import_free(i);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
	buf_free(&lines);
}

/* Statements are prepared when they are first used. */
static int has_inserted(void)
{
	return e.db->statements[STMT_INDEX_INSERT] != NULL;
}

static void papers_come_as_segments(void **state)
{
	sheaf_error err;

	(void)state;
	import(60);
	assert_false(has_inserted());
	engine_finds(e.db, "coil7", "2401.00007");
	must(sheaf_database_check(e.db, &err), &err);
	/* So that the test can tell. */
	engine_put(&e, "2402.00001", "Bells", NULL);
	assert_true(has_inserted());
}

/* Made at the end they would be one run. */
static void each_batch_brings_its_lists(void **state)
{
	const ranking_run *runs;
	size_t             count;
	sheaf_error        err;

	(void)state;
	import(BATCH * BATCHES);
	must(database_begin_read(e.db, &err), &err);
	must(ranking_runs(e.db, &runs, &count, &err), &err);
	assert_int_equal(count, BATCHES);
	for (int i = 0; i < BATCHES; i++) {
		assert_int_equal(runs[i].first, BATCH * i + 1);
		assert_int_equal(runs[i].last, BATCH * (i + 1));
		assert_int_equal(runs[i].documents, BATCH);
	}
	database_end_read(e.db);
	must(sheaf_database_check(e.db, &err), &err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(papers_come_as_segments, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_batch_brings_its_lists, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

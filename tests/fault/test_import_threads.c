/* An import takes place with as few threads as there are: all but the one that reads can be done without. */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#include "buf.h"
#include "scratch_db.h"

enum { PAPERS = 300, BATCH = 64, THREADS = 3 };

static char        path[SCRATCH_PATH_SIZE], source[SCRATCH_PATH_SIZE + 8];
static sheaf_error error;
static atomic_int  started,
	refused; /* threads since the last import began; the one not to be had, from 1; 0: none */

typedef int create_fn(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

/* In place of the C library's, for the whole program. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *ctx)
{
	union {
		void      *symbol;
		create_fn *create;
	} next = {dlsym(RTLD_NEXT, "pthread_create")};

	if (atomic_fetch_add(&started, 1) + 1 == atomic_load(&refused))
		return EAGAIN;
	return next.create(thread, attr, run, ctx);
}

static int write_papers(void **state)
{
	FILE *out;

	(void)state;
	scratch_path(path, "import-threads");
	snprintf(source, sizeof source, "%s.jsonl", path);
	out = fopen(source, "wb");
	assert_non_null(out);
	for (int i = 1; i <= PAPERS; i++)
		fprintf(out,
		        "{\"id\":\"2401.%05d\",\"title\":\"Ferns %d\",\"abstract\":\"Of moss and fern%d.\"}\n",
		        i, i, i % 7);
	assert_int_equal(fclose(out), 0);
	return 0;
}

static int remove_papers(void **state)
{
	(void)state;
	scratch_remove(path);
	unlink(source);
	return 0;
}

/* Imports without the `missing`-th thread; how many threads were asked for. */
static int import_without(int missing, sheaf_status expected)
{
	const sheaf_import_options options = {.batch = BATCH};
	sheaf_import_stats         stats;
	sheaf_database            *db;
	sheaf_import              *import;
	sheaf_mset                *mset;
	int                        asked;

	scratch_remove(path);
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &error), &error);
	must(sheaf_import_new(db, &options, &import, &error), &error);
	atomic_store(&started, 0);
	atomic_store(&refused, missing);
	assert_int_equal(sheaf_import_file(import, source, &error), expected);
	asked = atomic_load(&started);
	atomic_store(&refused, 0);
	must(sheaf_import_finish(import, &stats, &error), &error);
	assert_int_equal(stats.added, expected == SHEAF_OK ? PAPERS : 0);
	sheaf_import_free(import);
	must(scratch_search(db, "\"moss and\"", SHEAF_OP_AND, 1, &mset, &error), &error);
	assert_int_equal(sheaf_mset_get_matches_estimated(mset), stats.added);
	sheaf_mset_free(mset);
	must(sheaf_database_check(db, &error), &error);
	sheaf_database_close(db);
	return asked;
}

static void all_papers_are_there(void **state)
{
	int failed = 0;

	(void)state;
	assert_int_equal(import_without(0, SHEAF_OK), THREADS);
	/* The last one asked for is the one that reads. */
	for (int missing = 1; missing < THREADS; missing++)
		failed += import_without(missing, SHEAF_OK) < THREADS;
	assert_int_equal(failed, 0);
}

static void without_a_reader_nothing_is_left_half_done(void **state)
{
	(void)state;
	import_without(THREADS, SHEAF_ERROR_NOMEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_papers_are_there),
		cmocka_unit_test(without_a_reader_nothing_is_left_half_done),
	};

	return cmocka_run_group_tests(tests, write_papers, remove_papers);
}

/* Profiles learnt when memory runs out: NOMEM, nothing lost, and the same file where it succeeds. */
#include "failing_malloc.h"
#include "../unit/learn_fixture.h"

#include <sheaf/learn.h>

#include "alloc.h"

#if FAILING_MALLOC

enum { PAPERS = 60, TRIES = 400 };

static sheaf_status learn(const char *path, char **yaml, sheaf_error *err)
{
	const sheaf_learn_options options = {.categories = 3, .terms = 8};
	sheaf_database           *db = NULL;
	sheaf_status              status;

	*yaml = NULL;
	status = sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, err);
	if (status == SHEAF_OK)
		status = sheaf_learn_categories(db, &options, yaml, NULL, err);
	sheaf_database_close(db);
	return status;
}

static void fail_at(const char *path, const char *expected, memory_mode mode, long n, long *refused)
{
	long         blocks = atomic_load(&memory_blocks);
	char        *yaml;
	sheaf_error  err = {0};
	sheaf_status status;

	memory_arm(mode, n);
	status = learn(path, &yaml, &err);
	memory_disarm();
	if (status == SHEAF_OK) {
		assert_string_equal(yaml, expected);
	} else {
		assert_int_equal(status, SHEAF_ERROR_NOMEM);
		assert_int_equal(err.status, status);
		assert_null(yaml);
		++*refused;
	}
	mem_free(yaml);
	assert_int_equal(atomic_load(&memory_blocks), blocks);
}

static void learning_may_fail_anywhere(void **state)
{
	char            path[SCRATCH_PATH_SIZE], *expected, *again;
	sheaf_database *db = fixture_open(path, "learn_oom");
	sheaf_error     err;
	long            asked, tried = 0, refused = 0, step;

	(void)state;
	learn_papers(db, PAPERS);
	sheaf_database_close(db);
	must(learn(path, &expected, &err), &err);
	atomic_store(&memory_own_only, 1);
	memory_arm(MEMORY_ENOUGH, 0);
	must(learn(path, &again, &err), &err);
	asked = memory_disarm();
	mem_free(again);
	assert_true(asked > 100);
	step = 1 + asked / TRIES;
	for (long n = 0; n < asked; n += step, tried += 2) {
		fail_at(path, expected, MEMORY_FAILS_ONCE, n, &refused);
		fail_at(path, expected, MEMORY_FAILS_ON, n, &refused);
	}
	atomic_store(&memory_own_only, 0);
	assert_true(refused > tried / 2);
	mem_free(expected);
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(learning_may_fail_anywhere)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

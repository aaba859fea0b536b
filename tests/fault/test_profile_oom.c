/*
 * Profile files read, checked, written and edited when memory runs out: NOMEM, nothing lost, nothing
 * half done.
 */
#include "failing_malloc.h"
#include "scratch_db.h"

#include <string.h>

#include <sheaf/profile.h>

#if FAILING_MALLOC

static const char good[] = "digest: {name: o, intro: \"a\\nb\", score: weights}\n"
			   "profiles:\n"
			   "  a:\n    query: |\n      lamp^2 OR\n      query:b\n    bias: -1.5\n"
			   "    must: [2401.00001]\n    mustnot: [2401.00002]\n    include: [new]\n"
			   "  # b\n  b: {query: bulb, keywords: [x], exclude: dark}\n";

static const char bad[] =
	"digest: {asign: best, fallback: b}\n"
	"profiles:\n"
	"  a: {query: 'titel:x OR cat:cs.NEE OR query:b', must: [x], mustnot: [x]}\n"
	"  b: {query: 'query:a', bias: 1}\n"
	"  c: {query: lamp OR light, exclude: light OR lamp}\n"
	"  d: {query: lamp OR light}\n"
	"  d: {query: [x], heading: b}\n";

static int count(void *ctx, const sheaf_profile_problem *problem)
{
	(void)problem;
	++*(int *)ctx;
	return 0;
}

static sheaf_status read_and_write(sheaf_error *err)
{
	sheaf_profile_set *set = NULL;
	char              *yaml = NULL;
	int                problems = 0;
	sheaf_status       status;

	status = sheaf_profile_set_parse(good, sizeof good - 1, "o.yaml", &set, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_to_yaml(set, &yaml, err);
	sheaf_free(yaml);
	sheaf_profile_set_free(set);
	if (status == SHEAF_OK)
		status = sheaf_profile_check(bad, sizeof bad - 1, "b.yaml", count, &problems, err);
	if (status == SHEAF_OK)
		assert_int_equal(problems, 14);
	return status;
}

/* Whatever fails, an edit is done or not, and its comments stay. */
static sheaf_status edit(sheaf_error *err)
{
	char               path[SCRATCH_PATH_SIZE];
	sheaf_database    *db = NULL;
	sheaf_profile_set *set = NULL;
	char              *yaml = NULL;
	sheaf_status       status;

	scratch_path(path, "profile_oom");
	status = sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_parse(good, sizeof good - 1, "o.yaml", &set, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_store(db, set, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_add(db, "o", "c", "moon", err);
	if (status == SHEAF_OK)
		status = sheaf_mark_put(db, "a", "2401.00001", 1, 0, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_drop(db, "o", "a", err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_get_text(db, "o", &yaml, err);
	if (status == SHEAF_OK)
		assert_non_null(strstr(yaml, "  # b\n  b: {query: bulb"));
	sheaf_free(yaml);
	sheaf_profile_set_free(set);
	sheaf_database_close(db);
	scratch_remove(path);
	return status;
}

static void try_each(sheaf_status (*work)(sheaf_error *err), long step)
{
	long blocks = atomic_load(&memory_blocks), asked;

	atomic_store(&memory_own_only, 1);
	memory_arm(MEMORY_ENOUGH, 0);
	assert_int_equal(work(NULL), SHEAF_OK);
	asked = memory_disarm();
	assert_true(asked > 10);
	for (long n = 0; n < asked; n += step) {
		sheaf_error  err = {0};
		sheaf_status status;

		memory_arm(MEMORY_FAILS_ONCE, n);
		status = work(&err);
		memory_disarm();
		assert_int_equal(status, SHEAF_ERROR_NOMEM);
		assert_int_equal(err.status, SHEAF_ERROR_NOMEM);
		assert_int_equal(atomic_load(&memory_blocks), blocks);
	}
	atomic_store(&memory_own_only, 0);
}

static void every_allocation_may_fail(void **state)
{
	(void)state;
	try_each(read_and_write, 1);
}

static void an_edit_may_fail_anywhere(void **state)
{
	(void)state;
	try_each(edit, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail),
		cmocka_unit_test(an_edit_may_fail_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

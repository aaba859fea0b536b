#include "profile_fixture.h"

#include <sheaf/profile.h>

static int list(void *ctx, const sheaf_mark *mark)
{
	buf_printf(ctx, "%s%c%s@%lld ", mark->profile, mark->belongs ? '+' : '-', mark->id,
	           (long long)mark->marked);
	return 0;
}

static void marked(sheaf_database *db, const char *profile, const char *expected)
{
	buf         text = BUF_INIT(0);
	sheaf_error err;

	must(sheaf_mark_each(db, profile, list, &text, &err), &err);
	assert_string_equal(buf_str(&text), expected);
	buf_free(&text);
}

static void marks_are_kept_by_canonical_id(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "mark");
	sheaf_error     err;
	int64_t         removed;

	(void)state;
	must(sheaf_mark_put(db, "b", "arXiv:math.GT/0309136v2", 1, 7, &err), &err);
	must(sheaf_mark_put(db, "a", "2401.00002v1", 0, 8, &err), &err);
	must(sheaf_mark_put(db, "a", "2401.00001", 1, 9, &err), &err);
	must(sheaf_mark_put(db, "a", "2401.00002", 2, 10, &err), &err);
	marked(db, NULL, "a+2401.00001@9 a+2401.00002@10 b+math/0309136@7 ");
	marked(db, "b", "b+math/0309136@7 ");
	marked(db, "c", "");
	must(sheaf_mark_remove(db, "a", "2401.00001v3", &removed, &err), &err);
	assert_int_equal(removed, 1);
	must(sheaf_mark_remove(db, "a", "2401.00001", &removed, &err), &err);
	assert_int_equal(removed, 0);
	marked(db, "a", "a+2401.00002@10 ");
	must(sheaf_mark_remove(db, "a", NULL, NULL, &err), &err);
	marked(db, NULL, "b+math/0309136@7 ");
	fixture_close(db, path);
}

static int stop(void *ctx, const sheaf_mark *mark)
{
	(void)mark;
	++*(int *)ctx;
	return 1;
}

static void what_is_no_mark_is_refused(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "mark");
	sheaf_error     err;
	int64_t         removed = 5;
	int             calls = 0;

	(void)state;
	assert_int_equal(sheaf_mark_put(db, "a", "no id!", 1, 0, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_string_equal(err.message, "'no id!' is no arXiv id");
	assert_int_equal(sheaf_mark_put(db, "", "2401.00001", 1, 0, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_mark_put(NULL, "a", "2401.00001", 1, 0, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_mark_remove(db, "a", "?", &removed, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(removed, 0);
	assert_int_equal(sheaf_mark_each(db, NULL, NULL, NULL, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	must(sheaf_mark_put(db, "a", "2401.00001", 1, 0, &err), &err);
	must(sheaf_mark_put(db, "a", "2401.00002", 1, 0, &err), &err);
	assert_int_equal(sheaf_mark_each(db, NULL, stop, &calls, &err), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(calls, 1);
	fixture_close(db, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_kept_by_canonical_id),
		cmocka_unit_test(what_is_no_mark_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

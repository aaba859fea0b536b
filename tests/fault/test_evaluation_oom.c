/* Profiles evaluated and backtested when memory runs out: NOMEM, nothing lost. */
#include "failing_malloc.h"
#include "scratch_db.h"

#include <string.h>

#include <sheaf/backtest.h>
#include <sheaf/evaluation.h>

#if FAILING_MALLOC

static const char yaml[] = "digest: {name: o, fallback: Rest}\n"
			   "profiles:\n"
			   "  cs.NE: {query: alder OR birch}\n"
			   "  math.NA: {query: birch^2}\n";

typedef struct work {
	char               path[SCRATCH_PATH_SIZE];
	sheaf_profile_set *set;
	sheaf_status (*run)(sheaf_database *db, const sheaf_profile_set *set, sheaf_error *err);
} work;

static void add(sheaf_database *db, int number, const char *title, const char *category)
{
	char            id[16];
	sheaf_document *doc;
	sheaf_error     err;

	snprintf(id, sizeof id, "2401.%05d", number);
	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, id, title, "x", &err), &err);
	must(sheaf_document_add_category(doc, category, &err), &err);
	must(sheaf_document_set_value(doc, SHEAF_FIELD_ANNOUNCED, 1704153600, &err), &err);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	sheaf_document_free(doc);
}

static void make(work *w)
{
	sheaf_database *db;
	sheaf_error     err;

	scratch_path(w->path, "evaluation_oom");
	must(sheaf_database_open(w->path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	add(db, 1, "alder", "cs.NE");
	add(db, 2, "birch", "cs.NE");
	add(db, 3, "birch", "cs.NA");
	must(sheaf_mark_put(db, "cs.NE", "2401.00001", 1, 0, &err), &err);
	must(sheaf_mark_put(db, "cs.NE", "2401.00003", 0, 0, &err), &err);
	sheaf_database_close(db);
	must(sheaf_profile_set_parse(yaml, sizeof yaml - 1, "o.yaml", &w->set, &err), &err);
}

static sheaf_status evaluate(sheaf_database *db, const sheaf_profile_set *set, sheaf_error *err)
{
	static const sheaf_evaluation_options options[] = {
		{.labels = SHEAF_LABELS_CATEGORIES},
		{.labels = SHEAF_LABELS_CATEGORIES, .limit = 2},
		{.labels = SHEAF_LABELS_MARKS},
	};
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < sizeof options / sizeof *options; i++) {
		sheaf_evaluation *e = NULL;

		status = sheaf_evaluate(db, set, &options[i], &e, err);
		if (status == SHEAF_OK)
			assert_int_equal(sheaf_evaluation_get_totals(e).papers, i ? 2 : 3);
		sheaf_evaluation_free(e);
	}
	return status;
}

static sheaf_status backtest(sheaf_database *db, const sheaf_profile_set *set, sheaf_error *err)
{
	const sheaf_backtest_options o = {.query = "birch^9", .limit = 1};
	sheaf_backtest              *b = NULL;
	sheaf_status                 status = sheaf_backtest_run(db, set, 0, &o, &b, err);

	if (status == SHEAF_OK)
		assert_int_equal(sheaf_backtest_get_totals(b).dropped, 1);
	sheaf_backtest_free(b);
	return status;
}

static sheaf_status run(const work *w, sheaf_error *err)
{
	sheaf_database *db = NULL;
	sheaf_status    status = sheaf_database_open(w->path, SHEAF_DB_READ_ONLY, NULL, &db, err);

	if (status == SHEAF_OK)
		status = w->run(db, w->set, err);
	sheaf_database_close(db);
	return status;
}

static void try_each(work *w)
{
	sheaf_error err = {0};
	long        blocks, asked, tried = 0, refused = 0;

	make(w);
	blocks = atomic_load(&memory_blocks);
	atomic_store(&memory_own_only, 1);
	memory_arm(MEMORY_ENOUGH, 0);
	must(run(w, &err), &err);
	asked = memory_disarm();
	assert_true(asked > 50);
	for (long n = 0; n < asked; n += 1 + asked / 400) {
		sheaf_status status;

		tried++;
		memory_arm(MEMORY_FAILS_ONCE, n);
		status = run(w, &err);
		memory_disarm();
		/* Caches that cannot grow stay as they are, and what comes of it is the same. */
		assert_true(status == SHEAF_OK || err.status == status);
		assert_true(status == SHEAF_OK || status == SHEAF_ERROR_NOMEM);
		refused += status != SHEAF_OK;
		assert_int_equal(atomic_load(&memory_blocks), blocks);
	}
	atomic_store(&memory_own_only, 0);
	assert_true(refused > tried / 2);
	sheaf_profile_set_free(w->set);
	scratch_remove(w->path);
}

static void an_evaluation_may_fail_anywhere(void **state)
{
	work w = {.run = evaluate};

	(void)state;
	try_each(&w);
}

static void a_backtest_may_fail_anywhere(void **state)
{
	work w = {.run = backtest};

	(void)state;
	try_each(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_evaluation_may_fail_anywhere),
		cmocka_unit_test(a_backtest_may_fail_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

/*
 * Results in the order of dates and facets, from ranking lists and ranges of blocks: whichever
 * allocation fails, the search says so and the next one is right.
 */
#include "database_private.h"
#include "failing_malloc.h"
#include "scratch_db.h"

#if FAILING_MALLOC

enum { PAPERS = 60, DAY = 86400 };

static int ignore(void *ctx, const char *value, size_t len, int64_t count)
{
	(void)value;
	(void)len;
	*(int64_t *)ctx += count;
	return 0;
}

/* The newest of all, with their years and categories; the memory fails at the n-th request. */
static sheaf_status search(sheaf_database *db, memory_mode mode, long n, long *asked, int64_t *seen)
{
	static const sheaf_field facets[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_CATEGORY,
	                                     SHEAF_FIELD_AUTHOR};
	sheaf_match_spy         *spies[3];
	sheaf_enquire           *e;
	sheaf_query             *q;
	sheaf_mset              *mset = NULL;
	sheaf_error              err = {0};
	sheaf_status             status;

	must(sheaf_query_new_term(SHEAF_FIELD_ANY, "fern", SHEAF_TERM_STEMMED, &q, &err), &err);
	must(sheaf_enquire_new(db, &e, &err), &err);
	sheaf_enquire_set_query(e, q);
	sheaf_enquire_set_sort_by_value(e, SHEAF_FIELD_SUBMITTED, 0);
	for (int i = 0; i < 3; i++) {
		must(sheaf_value_count_match_spy_new(db, facets[i], &spies[i], &err), &err);
		must(sheaf_enquire_add_matchspy(e, spies[i], &err), &err);
	}
	values_clear(&db->values);
	*seen = 0;
	memory_arm(mode, n);
	status = sheaf_enquire_get_mset(e, 0, 10, &mset, &err);
	for (int i = 0; status == SHEAF_OK && i < 3; i++)
		status = sheaf_match_spy_top_values(spies[i], 5, ignore, seen, &err);
	*asked = memory_disarm();
	if (status == SHEAF_OK) {
		assert_int_equal(sheaf_mset_size(mset), 10);
		assert_int_equal(sheaf_mset_get_docid(mset, 0), PAPERS);
		assert_int_equal(*seen, PAPERS);
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(e);
	for (int i = 0; i < 3; i++)
		sheaf_match_spy_free(spies[i]);
	return status;
}

static void every_allocation_may_fail(void **state)
{
	char            path[SCRATCH_PATH_SIZE], id[32];
	sheaf_database *db;
	sheaf_document *doc;
	sheaf_error     err;
	int64_t         seen;
	long            count, asked;

	(void)state;
	scratch_path(path, "newest-oom");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	must(sheaf_document_new(&doc, &err), &err);
	for (unsigned i = 1; i <= PAPERS; i++) {
		snprintf(id, sizeof id, "paper-%u", i);
		must(scratch_paper(doc, id, "Ferns", "Many.", &err), &err);
		must(sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, (int64_t)i * DAY, &err),
		     &err);
		must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	}
	must(sheaf_database_compact(db, &err), &err);
	for (int i = 0; i < 2; i++)
		must(search(db, MEMORY_ENOUGH, 0, &count, &seen), NULL);
	assert_true(count > 0);
	for (long n = 0; n < count; n++) {
		sheaf_status status = search(db, MEMORY_FAILS_ONCE, n, &asked, &seen);

		/* SQLite can do without some. */
		if (status != SHEAF_OK)
			assert_int_equal(status, SHEAF_ERROR_NOMEM);
	}
	must(search(db, MEMORY_ENOUGH, 0, &count, &seen), NULL);
	sheaf_document_free(doc);
	sheaf_database_close(db);
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

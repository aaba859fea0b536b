/*
 * Prefixes, words in columns and boolean terms without lists, read from the index's pages:
 * whichever allocation fails, the search says so and the next one is right.
 */
#include "database_private.h"
#include "failing_malloc.h"
#include "scratch_db.h"

#if FAILING_MALLOC

enum { PAPERS = 60 };

/* The memory fails at the n-th request. */
static sheaf_status search(sheaf_database *db, memory_mode mode, long n, long *asked)
{
	static const char *const text = "fer* OR co:many OR =ferns OR id:pap*";
	sheaf_query_parser      *qp;
	sheaf_enquire           *e;
	sheaf_query             *q;
	sheaf_mset              *mset = NULL;
	sheaf_error              err = {0};
	sheaf_status             status;

	must(sheaf_query_parser_new(&qp, &err), &err);
	must(sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &q, &err), &err);
	must(sheaf_enquire_new(db, &e, &err), &err);
	sheaf_enquire_set_query(e, q);
	positions_clear(&db->positions);
	df_cache_clear(&db->frequencies);
	values_clear(&db->values);
	memory_arm(mode, n);
	status = sheaf_enquire_get_mset(e, 0, 10, &mset, &err);
	*asked = memory_disarm();
	if (status == SHEAF_OK) {
		assert_int_equal(sheaf_mset_size(mset), 10);
		assert_int_equal(sheaf_mset_get_matches_estimated(mset), PAPERS - 1);
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(e);
	sheaf_query_parser_free(qp);
	return status;
}

static void fill(sheaf_database *db)
{
	sheaf_document *doc;
	sheaf_error     err;
	char            id[32];

	must(sheaf_document_new(&doc, &err), &err);
	for (unsigned i = 1; i <= PAPERS; i++) {
		snprintf(id, sizeof id, "paper-%u", i);
		must(scratch_paper(doc, id, i % 2 ? "Ferns" : "Ferries", "Many of them.", &err),
		     &err);
		must(sheaf_document_set_text(doc, SHEAF_FIELD_COMMENTS, "many pages", SIZE_MAX,
		                             &err),
		     &err);
		must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	}
	sheaf_document_free(doc);
	must(sheaf_database_compact(db, &err), &err);
	/* Its mark stands in a segment of its own. */
	must(sheaf_database_delete_document(db, "paper-7", &err), &err);
}

static void every_allocation_may_fail(void **state)
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db;
	sheaf_error     err;
	long            count, asked;

	(void)state;
	scratch_path(path, "token-postings-oom");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	fill(db);
	for (int i = 0; i < 2; i++)
		must(search(db, MEMORY_ENOUGH, 0, &count), NULL);
	assert_true(count > 0);
	for (long n = 0; n < count; n++) {
		sheaf_status status = search(db, MEMORY_FAILS_ONCE, n, &asked);

		/* SQLite can do without some. */
		if (status != SHEAF_OK)
			assert_int_equal(status, SHEAF_ERROR_NOMEM);
	}
	must(search(db, MEMORY_ENOUGH, 0, &count), NULL);
	sheaf_database_close(db);
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

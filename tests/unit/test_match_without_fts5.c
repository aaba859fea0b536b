/*
 * That lists change no answer is shown elsewhere; here, that they are in use: what they cover is
 * found without asking FTS5.
 */
#include "database_private.h"
#include "engine_fixture.h"

enum { PAPERS = 300, FOUND = 10 };

static engine e;

static int set_up(void **state)
{
	sheaf_error err;

	(void)state;
	engine_begin(&e, "without-fts5");
	engine_begin_write(&e);
	for (int i = 0; i < PAPERS; i++) {
		char id[32], text[64];

		snprintf(id, sizeof id, "24%02d.%05d", i % 12 + 1, i);
		snprintf(text, sizeof text, "Bells, coil%d and %s", i % 7,
		         i % 3 ? "networks" : "a network");
		must(scratch_paper(e.doc, id, i % 2 ? "Lamps" : "Network", text, &err), &err);
		must(sheaf_document_add_category(e.doc, i % 5 ? "cs.NE" : "cs.LG", &err), &err);
		engine_store(&e);
	}
	engine_commit(&e);
	must(sheaf_database_compact(e.db, &err), &err);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void reopen(void)
{
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
}

static int count(void *ctx, const char *value, size_t len, int64_t documents)
{
	(void)value;
	(void)len;
	*(int64_t *)ctx += documents;
	return 0;
}

/* The best ten, or the newest with the number of matches by category. */
static void search(const char *text, int newest)
{
	sheaf_query_parser *qp;
	sheaf_query        *q;
	sheaf_enquire      *enquire;
	sheaf_match_spy    *spy;
	sheaf_mset         *mset;
	int64_t             seen = 0;
	sheaf_error         err;

	must(sheaf_query_parser_new(&qp, &err), &err);
	must(sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &q, &err), &err);
	must(sheaf_enquire_new(e.db, &enquire, &err), &err);
	sheaf_enquire_set_query(enquire, q);
	must(sheaf_value_count_match_spy_new(e.db, SHEAF_FIELD_PRIMARY_CATEGORY, &spy, &err), &err);
	if (newest) {
		sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_SUBMITTED, 0);
		must(sheaf_enquire_add_matchspy(enquire, spy, &err), &err);
	}
	must(sheaf_enquire_get_mset(enquire, 0, FOUND, &mset, &err), &err);
	if (sheaf_mset_size(mset) != FOUND)
		fail_msg("%s: %zu found", text, sheaf_mset_size(mset));
	if (newest) {
		must(sheaf_match_spy_top_values(spy, 0, count, &seen, &err), &err);
		assert_int_equal(seen, sheaf_mset_get_matches_estimated(mset));
	}
	sheaf_mset_free(mset);
	sheaf_match_spy_free(spy);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(qp);
}

/*
 * For matches, that is: neighbouring words may still be counted there. Statements are prepared
 * when they are first used.
 */
static int asked_fts5(void)
{
	return e.db->statements[STMT_INDEX_MATCH] != NULL;
}

static const char *const queries[] = {
	"network",
	"bells lamps",
	"network OR coil1 OR lamps OR coil2",
	"(coil1 OR coil2) network",
	"bells NOT coil3",
	"bells AND_MAYBE coil3",
	"ti:network",
	"abs:network bells",
	"=networks",
	"netw*",
	"cat:cs.LG",
	"bells cat:cs.NE",
	"bells submitted:2024-03..2024-09",
};

static void what_lists_cover_is_found_without(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		for (int newest = 0; newest < 2; newest++) {
			reopen();
			search(queries[i], newest);
			if (asked_fts5())
				fail_msg("%s: FTS5 was asked", queries[i]);
		}
}

/* Inside a transaction, where lists may lag behind, it is asked: so the test above can tell. */
static void what_they_do_not_cover_is_not(void **state)
{
	(void)state;
	reopen();
	engine_begin_write(&e);
	search("network", 0);
	assert_true(asked_fts5());
	engine_commit(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lists_cover_is_found_without),
		cmocka_unit_test(what_they_do_not_cover_is_not),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

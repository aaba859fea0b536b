/* Lists long enough to have pages of their own: what read them is let go of in time. */
#include "database_private.h"
#include "engine_fixture.h"

enum { PAPERS = 3000 };

static engine e;

/* Papers of few words, each of which thus has a long list. */
static void put_papers(int first)
{
	static const char *const texts[] = {"wire copper lamp", "wire brass", "lamp wire glass"};

	engine_begin_write(&e);
	for (int i = first; i < first + PAPERS; i++) {
		char id[32];

		snprintf(id, sizeof id, "2601.%05d", i);
		engine_put(&e, id, texts[i % 3], texts[(i / 3) % 3]);
	}
	engine_commit(&e);
}

static void compact(void)
{
	sheaf_error err;

	must(sheaf_database_compact(e.db, &err), &err);
}

static size_t count(sheaf_database *db, const char *text)
{
	sheaf_query_parser *parser;
	sheaf_enquire      *enquire;
	sheaf_query        *q;
	sheaf_mset         *mset;
	sheaf_error         err;
	size_t              found;

	must(sheaf_query_parser_new(&parser, &err), &err);
	must(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &q, &err), &err);
	must(sheaf_enquire_new(db, &enquire, &err), &err);
	sheaf_enquire_set_query(enquire, q);
	must(sheaf_enquire_get_mset(enquire, 0, 10, &mset, &err), &err);
	found = sheaf_mset_get_matches_estimated(mset);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(parser);
	return found;
}

static int begin(void **state)
{
	(void)state;
	engine_begin(&e, "pages");
	put_papers(1);
	compact();
	return 0;
}

static int end(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void compaction_merges_them(void **state)
{
	(void)state;
	put_papers(1 + PAPERS);
	compact();
	assert_int_equal(count(e.db, "wire"), 2 * PAPERS);
}

static void a_search_ends_its_snapshot(void **state)
{
	sheaf_database *reader = engine_open(e.path, SHEAF_DB_READ_ONLY);

	(void)state;
	assert_int_equal(count(reader, "wire"), PAPERS);
	for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(reader->sql, s));)
		if (sqlite3_stmt_busy(s))
			fail_msg("still open: %s", sqlite3_sql(s));
	engine_put(&e, "2602.00001", "Newcomers", "wire");
	assert_int_equal(count(reader, "wire"), PAPERS + 1);
	sheaf_database_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(compaction_merges_them, begin, end),
		cmocka_unit_test_setup_teardown(a_search_ends_its_snapshot, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

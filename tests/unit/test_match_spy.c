/* match_spy.h: facets over all matches of a query. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "engine_fixture.h"
#include "match_spy_private.h"

enum { PAPERS = 60 };

static engine e;

/* Each second paper is about mosses, too; years, categories and people go round. */
static void fill(int first, int last)
{
	static const char *const people[] = {"Ada Moor", "Ben Ruiz", "ben ruiz", "Cleo Tan"};
	static const char *const categories[] = {"x.A", "x.B", "y"};

	for (int i = first; i <= last; i++) {
		const sheaf_author author = {.name = people[i % 4]};
		char               id[32], title[64], value[16];

		snprintf(id, sizeof id, "2601.%05d", i);
		snprintf(title, sizeof title, "Ferns%s", i % 2 ? " and mosses" : "");
		must(scratch_paper(e.doc, id, title, "Green.", NULL), NULL);
		sheaf_document_add_author(e.doc, &author, NULL);
		sheaf_document_add_category(e.doc, categories[i % 3], NULL);
		sheaf_document_add_category(e.doc, "z", NULL);
		sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED,
		                         (int64_t)(i % 5) * 366 * 86400, NULL);
		snprintf(value, sizeof value, "%d", i % 2);
		sheaf_document_add_slot_value(e.doc, 4, value, 1, NULL);
		engine_store(&e);
	}
}

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "match-spy");
	fill(1, PAPERS);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

/* Runs a query with a spy; answers the number of matches. */
static sheaf_status run(sheaf_database *db, const char *text, sheaf_match_spy *spy,
                        int64_t *matches, sheaf_error *err)
{
	sheaf_query_parser *parser;
	sheaf_enquire      *enquire;
	sheaf_query        *query;
	sheaf_mset         *mset;
	sheaf_status        status;

	must(sheaf_query_parser_new(&parser, err), err);
	must(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &query, err), err);
	must(sheaf_enquire_new(db, &enquire, err), err);
	sheaf_enquire_set_query(enquire, query);
	must(sheaf_enquire_add_matchspy(enquire, spy, err), err);
	status = sheaf_enquire_get_mset(enquire, 0, 3, &mset, err);
	*matches = status == SHEAF_OK ? sheaf_mset_get_matches_estimated(mset) : -1;
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(parser);
	return status;
}

static int note(void *ctx, const char *value, size_t len, int64_t count)
{
	buf *out = ctx;

	buf_printf(out, "%s%.*s:%lld", out->len ? " " : "", (int)len, value, (long long)count);
	return 0;
}

static void expect_top(sheaf_match_spy *spy, size_t max, const char *text)
{
	buf         out = BUF_INIT(0);
	sheaf_error err;

	must(sheaf_match_spy_top_values(spy, max, note, &out, &err), &err);
	assert_string_equal(buf_str(&out), text);
	buf_free(&out);
}

static void expect_facet(sheaf_database *db, sheaf_field field, const char *query, size_t max,
                         const char *text)
{
	sheaf_match_spy *spy;
	int64_t          matches;
	sheaf_error      err;

	must(sheaf_value_count_match_spy_new(db, field, &spy, &err), &err);
	/* A second run begins from nothing. */
	for (int i = 0; i < 2; i++) {
		must(run(db, query, spy, &matches, &err), &err);
		assert_int_equal(sheaf_match_spy_get_total(spy), matches);
		expect_top(spy, max, text);
	}
	sheaf_match_spy_free(spy);
}

static void facets_of_a_query(void **state)
{
	(void)state;
	expect_facet(e.db, SHEAF_FIELD_CATEGORY, "ferns", 0, "z:60 x.A:20 x.B:20 y:20");
	expect_facet(e.db, SHEAF_FIELD_CATEGORY, "ferns", 2, "z:60 x.A:20");
	expect_facet(e.db, SHEAF_FIELD_PRIMARY_CATEGORY, "mosses", 0, "x.A:10 x.B:10 y:10");
	expect_facet(e.db, SHEAF_FIELD_AUTHOR, "ferns", 0, "ben ruiz:30 Ada Moor:15 Cleo Tan:15");
	expect_facet(e.db, SHEAF_FIELD_AUTHOR, "mosses", 1, "Ben Ruiz:15");
	expect_facet(e.db, SHEAF_FIELD_SUBMITTED, "ferns", 0,
	             "1974:12 1973:12 1972:12 1971:12 1970:12");
	expect_facet(e.db, SHEAF_FIELD_DATE, "ferns NOT mosses", 2, "1970:6 1971:6");
	expect_facet(e.db, SHEAF_FIELD_UPDATED, "ferns cat:y", 0,
	             "1974:4 1973:4 1972:4 1971:4 1970:4");
	expect_facet(e.db, SHEAF_FIELD_CATEGORY, "lichens", 0, "");
	expect_facet(e.db, SHEAF_FIELD_AUTHOR, "lichens", 5, "");
	expect_facet(e.db, SHEAF_FIELD_DATE, "lichens", 5, "");
}

static void slots_of_the_caller(void **state)
{
	sheaf_match_spy *spy;
	int64_t          matches;
	sheaf_error      err;

	(void)state;
	must(sheaf_slot_count_match_spy_new(e.db, 4, &spy, &err), &err);
	must(run(e.db, "ferns", spy, &matches, &err), &err);
	expect_top(spy, 0, "0:30 1:30");
	must(run(e.db, "mosses", spy, &matches, &err), &err);
	expect_top(spy, 0, "1:30");
	sheaf_match_spy_free(spy);
	must(sheaf_slot_count_match_spy_new(e.db, 5, &spy, &err), &err);
	must(run(e.db, "ferns", spy, &matches, &err), &err);
	expect_top(spy, 0, "");
	assert_int_equal(sheaf_match_spy_get_total(spy), PAPERS);
	sheaf_match_spy_free(spy);
}

typedef struct seen {
	sheaf_docid docids[PAPERS * 2];
	size_t      count, stop_at;
} seen;

static int see(void *ctx, sheaf_docid docid, double weight)
{
	seen *s = ctx;

	assert_true(weight > 0);
	s->docids[s->count++] = docid;
	return s->count == s->stop_at;
}

/* Every docid once, and each leads to a document. */
static void expect_seen(sheaf_database *db, const seen *s)
{
	for (size_t i = 0; i < s->count; i++) {
		sheaf_document *doc;
		sheaf_error     err;

		for (size_t j = 0; j < i; j++)
			assert_true(s->docids[i] != s->docids[j]);
		must(sheaf_database_get_document(db, s->docids[i], &doc, &err), &err);
		sheaf_document_free(doc);
	}
}

static void a_spy_of_the_callers(void **state)
{
	seen             s = {.count = 0};
	sheaf_match_spy *spy;
	int64_t          matches;
	sheaf_error      err;

	(void)state;
	engine_put(&e, "2601.00001v2", "Ferns and mosses again", NULL);
	must(sheaf_match_spy_new(e.db, see, &s, &spy, &err), &err);
	must(run(e.db, "mosses", spy, &matches, &err), &err);
	assert_int_equal(s.count, 30);
	assert_int_equal(sheaf_match_spy_get_total(spy), 30);
	expect_seen(e.db, &s);
	assert_int_equal(sheaf_match_spy_top_values(spy, 0, note, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	s = (seen){.stop_at = 7};
	assert_int_equal(run(e.db, "mosses", spy, &matches, &err), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(s.count, 7);
	sheaf_match_spy_free(spy);
}

static void several_databases_are_counted_as_one(void **state)
{
	engine           first = e;
	seen             s = {.count = 0};
	sheaf_match_spy *spy;
	int64_t          matches;
	sheaf_error      err;

	(void)state;
	engine_begin(&e, "match-spy-other");
	fill(PAPERS + 2, PAPERS + 31);
	must(sheaf_database_add_database(first.db, e.db, &err), &err);
	expect_facet(first.db, SHEAF_FIELD_CATEGORY, "ferns", 0, "z:90 x.A:30 x.B:30 y:30");
	expect_facet(first.db, SHEAF_FIELD_AUTHOR, "ferns", 1, "ben ruiz:45");
	must(sheaf_match_spy_new(first.db, see, &s, &spy, &err), &err);
	must(run(first.db, "ferns", spy, &matches, &err), &err);
	assert_int_equal(s.count, 90);
	expect_seen(first.db, &s);
	sheaf_match_spy_free(spy);
	sheaf_database_close(first.db);
	first.db = NULL;
	engine_end(&e);
	e = first;
}

static void what_is_refused(void **state)
{
	sheaf_match_spy *spy;
	sheaf_error      err;

	(void)state;
	assert_int_equal(sheaf_value_count_match_spy_new(e.db, SHEAF_FIELD_TITLE, &spy, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(spy);
	assert_int_equal(sheaf_value_count_match_spy_new(NULL, SHEAF_FIELD_AUTHOR, &spy, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_slot_count_match_spy_new(NULL, 1, &spy, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_match_spy_new(e.db, NULL, NULL, &spy, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_match_spy_top_values(NULL, 0, note, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_match_spy_get_total(NULL), 0);
	sheaf_match_spy_free(NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(facets_of_a_query),    TEST(slots_of_the_caller),
		TEST(a_spy_of_the_callers), TEST(several_databases_are_counted_as_one),
		TEST(what_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

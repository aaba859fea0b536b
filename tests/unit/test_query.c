/* Queries made by hand: what may be joined, what it simplifies to, who owns what. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <sheaf/query.h>
#include <stdio.h>
#include <string.h>

#include "query_private.h"

static sheaf_query *term_in(sheaf_field field, const char *word, unsigned flags)
{
	sheaf_query *query;

	assert_int_equal(sheaf_query_new_term(field, word, flags, &query, NULL), SHEAF_OK);
	return query;
}

static sheaf_query *term(const char *word)
{
	return term_in(SHEAF_FIELD_ANY, word, SHEAF_TERM_STEMMED);
}

static sheaf_query *all(void)
{
	sheaf_query *query;

	assert_int_equal(sheaf_query_new_match_all(&query, NULL), SHEAF_OK);
	return query;
}

static sheaf_query *nothing(void)
{
	return term("");
}

static sheaf_query *op(sheaf_op o, sheaf_query *a, sheaf_query *b)
{
	sheaf_query *both[] = {a, b}, *query;

	assert_int_equal(sheaf_query_new_op(o, both, 2, 0, &query, NULL), SHEAF_OK);
	return query;
}

static sheaf_query *scale(sheaf_query *query, double factor)
{
	sheaf_query *scaled;

	assert_int_equal(sheaf_query_new_scale(query, factor, &scaled, NULL), SHEAF_OK);
	return scaled;
}

/* Takes the query. */
static void check(sheaf_query *query, const char *expected)
{
	char *description;

	assert_int_equal(sheaf_query_get_description(query, &description, NULL), SHEAF_OK);
	assert_string_equal(description, expected);
	sheaf_free(description);
	sheaf_query_free(query);
}

static void test_terms(void **state)
{
	(void)state;
	check(term("network"), "network");
	check(term_in(SHEAF_FIELD_ANY, "network", 0), "=network");
	check(term_in(SHEAF_FIELD_ANY, "deep network", 0), "\"deep network\"");
	check(term_in(SHEAF_FIELD_TITLE, "netw", SHEAF_TERM_PREFIX), "title:netw*");
	check(term_in(SHEAF_FIELD_AUTHOR, "del Maestro", SHEAF_TERM_STEMMED),
	      "author:\"del Maestro\":stem");
	check(term_in(SHEAF_FIELD_CATEGORY, "cs.NE", 0), "cat:cs.NE");
	check(term_in(SHEAF_FIELD_CATEGORY, "cs.", SHEAF_TERM_PREFIX), "cat:cs.*");
	check(term_in(SHEAF_FIELD_CATEGORY, "cs.*", 0), "cat:\"cs.*\"");
	check(term_in(SHEAF_FIELD_DOI, "10.1/a)b", 0), "doi:\"10.1/a)b\"");
	check(term_in(SHEAF_FIELD_MSC_CLASS, "68T05 68T07", 0), "msc:\"68T05 68T07\"");
}

/* Whatever a term holds, its description is one line and cannot be taken for syntax. */
static void test_hostile_terms(void **state)
{
	(void)state;
	check(term("AND"), "\"AND\":stem");
	check(term("-network"), "\"-network\":stem");
	check(term("ti:network"), "\"ti:network\":stem");
	check(term("network^2"), "\"network^2\":stem");
	check(term("netw*"), "\"netw*\":stem");
	check(term("(network)"), "\"(network)\":stem");
	check(term("deep \"network\""), "\"deep  network \":stem");
	check(term("net\x1B[2Jwork\n\tgraph"), "\"net[2Jwork graph\":stem");
	check(term_in(SHEAF_FIELD_ANY, "a\\", 0), "\"a\\ \"");
	check(term_in(SHEAF_FIELD_ANY, "a b\\", 0), "\"a b\\ \"");
	check(term_in(SHEAF_FIELD_ANY, "\\\"a b", 0), "\"\\\"a b\"");
	check(term("\xFF"), "\xEF\xBF\xBD");
}

static void test_wrong_terms(void **state)
{
	char         long_word[QUERY_TERM_MAX + 2];
	sheaf_error  err = {0};
	sheaf_query *query;

	(void)state;
	memset(long_word, 'x', sizeof long_word - 1);
	long_word[sizeof long_word - 1] = 0;
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_ANY, NULL, 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_SUBMITTED, "x", 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_string_equal(err.message, "field 'submitted' has no terms to search for");
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_LICENSE, "x", 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_COUNT, "x", 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_ANY, "x", 8, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_ANY, long_word, 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
}

static void test_flat(void **state)
{
	(void)state;
	check(op(SHEAF_OP_AND, term("p"), op(SHEAF_OP_AND, term("q"), term("r"))),
	      "(p AND q AND r)");
	check(op(SHEAF_OP_OR, op(SHEAF_OP_OR, term("p"), term("q")), term("r")), "(p OR q OR r)");
	check(op(SHEAF_OP_AND_NOT, op(SHEAF_OP_AND_NOT, term("p"), term("q")), term("r")),
	      "(p NOT q NOT r)");
	check(op(SHEAF_OP_FILTER, op(SHEAF_OP_FILTER, term("p"), term("q")), term("r")),
	      "((p) FILTER q FILTER r)");
	check(op(SHEAF_OP_AND, op(SHEAF_OP_AND_NOT, term("p"), term("q")), term("r")),
	      "((p AND r) NOT q)");
	check(op(SHEAF_OP_OR, op(SHEAF_OP_AND, term("p"), term("q")), term("r")),
	      "((p AND q) OR r)");
}

static void test_everything_and_nothing(void **state)
{
	(void)state;
	check(op(SHEAF_OP_AND, all(), term("p")), "p");
	check(op(SHEAF_OP_AND, nothing(), term("p")), "<nothing>");
	check(op(SHEAF_OP_OR, all(), term("p")), "*");
	check(op(SHEAF_OP_OR, nothing(), term("p")), "p");
	check(op(SHEAF_OP_AND_NOT, term("p"), nothing()), "p");
	check(op(SHEAF_OP_AND_NOT, term("p"), all()), "<nothing>");
	check(op(SHEAF_OP_AND_NOT, nothing(), term("p")), "<nothing>");
	check(op(SHEAF_OP_AND_NOT, all(), term("p")), "(* NOT p)");
	check(op(SHEAF_OP_AND, term("q"), op(SHEAF_OP_AND_NOT, all(), term("p"))), "(q NOT p)");
	check(op(SHEAF_OP_FILTER, term("p"), all()), "p");
	check(op(SHEAF_OP_FILTER, term("p"), nothing()), "<nothing>");
	check(op(SHEAF_OP_FILTER, all(), term("p")), "(* FILTER p)");
	check(op(SHEAF_OP_FILTER, all(), term_in(SHEAF_FIELD_CATEGORY, "cs.NE", 0)), "cat:cs.NE");
	check(op(SHEAF_OP_FILTER, term("q"), op(SHEAF_OP_AND_NOT, all(), term("p"))), "(q NOT p)");
}

static void test_few_operands(void **state)
{
	static const struct {
		sheaf_op    op;
		const char *none;
	} rows[] = {
		{SHEAF_OP_AND, "*"},
		{SHEAF_OP_OR, "<nothing>"},
		{SHEAF_OP_AND_NOT, "<nothing>"},
		{SHEAF_OP_FILTER, "*"},
		{SHEAF_OP_PHRASE, "<nothing>"},
		{SHEAF_OP_NEAR, "<nothing>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sheaf_query *one = term("network"), *query;

		assert_int_equal(sheaf_query_new_op(rows[i].op, NULL, 0, 0, &query, NULL),
		                 SHEAF_OK);
		check(query, rows[i].none);
		assert_int_equal(sheaf_query_new_op(rows[i].op, &one, 1, 0, &query, NULL),
		                 SHEAF_OK);
		check(query, "network");
	}
}

static void test_windows(void **state)
{
	sheaf_query *query, *terms[2];

	(void)state;
	check(op(SHEAF_OP_NEAR, term("p"), term("q")), "(p NEAR/10 q)");
	check(op(SHEAF_OP_PHRASE, term("p"), term("q")), "(p ADJ/1 q)");
	terms[0] = term("p");
	terms[1] = term("q");
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_NEAR, terms, 2, 3, &query, NULL), SHEAF_OK);
	check(query, "(p NEAR/2 q)");
}

/* Each call takes its operands, also where it refuses them; ASan would tell. */
static void test_wrong_operators(void **state)
{
	sheaf_query *query, *pair[3];
	sheaf_error  err = {0};

	(void)state;
	pair[0] = term("p");
	pair[1] = op(SHEAF_OP_OR, term("q"), term("r"));
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_NEAR, pair, 2, 5, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
	pair[0] = term("p");
	pair[1] = term_in(SHEAF_FIELD_TITLE, "q", 0);
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_PHRASE, pair, 2, 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	pair[0] = term("p");
	pair[1] = term_in(SHEAF_FIELD_ANY, "q", SHEAF_TERM_PREFIX);
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_NEAR, pair, 2, 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	pair[0] = term("p");
	pair[1] = NULL;
	pair[2] = term("q");
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_AND, pair, 3, 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_string_equal(err.message, "a subquery is NULL");
	pair[0] = term("p");
	assert_int_equal(sheaf_query_new_op((sheaf_op)77, pair, 1, 0, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	pair[0] = term("p");
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_NEAR, pair, 1, 5000, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
}

static void test_ranges(void **state)
{
	sheaf_query *query;

	(void)state;
	assert_int_equal(sheaf_query_new_range(SHEAF_FIELD_UPDATED, 0, 86399, &query, NULL),
	                 SHEAF_OK);
	assert_false(sheaf_query_empty(query));
	check(query, "updated:1970-01-01T00:00:00Z..1970-01-01T23:59:59Z");
	assert_int_equal(sheaf_query_new_range(SHEAF_FIELD_DATE, INT64_MIN, 0, &query, NULL),
	                 SHEAF_OK);
	check(query, "date:..1970-01-01T00:00:00Z");
	assert_int_equal(sheaf_query_new_range(SHEAF_FIELD_SUBMITTED, 0, INT64_MAX, &query, NULL),
	                 SHEAF_OK);
	check(query, "submitted:1970-01-01T00:00:00Z..");
	assert_int_equal(sheaf_query_new_range(SHEAF_FIELD_SUBMITTED, 5, 4, &query, NULL),
	                 SHEAF_OK);
	assert_true(sheaf_query_empty(query));
	sheaf_query_free(query);
	assert_int_equal(sheaf_query_new_range(SHEAF_FIELD_VERSION, 0, 1, &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
}

static void test_scales(void **state)
{
	static const double wrong[] = {-1, 1e30, INFINITY, NAN};
	sheaf_query        *scaled;

	(void)state;
	check(scale(term("p"), 2), "(p)^2");
	check(scale(term("p"), 1), "p");
	check(scale(term("p"), 0), "(p)^0");
	check(scale(term("p"), 0.125), "(p)^0.125");
	check(scale(term("p"), 1.000001), "(p)^1.000001");
	check(scale(term("p"), 12.05), "(p)^12.05");
	check(scale(scale(term("p"), 2), 3), "(p)^6");
	check(scale(scale(term("p"), 1e6), 1e6), "(p)^1000000");
	check(scale(op(SHEAF_OP_OR, term("p"), term("q")), 2), "(p OR q)^2");
	check(scale(all(), 2), "*");
	check(scale(nothing(), 2), "<nothing>");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(sheaf_query_new_scale(term("p"), wrong[i], &scaled, NULL),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
		assert_null(scaled);
	}
	assert_int_equal(sheaf_query_new_scale(NULL, 2, &scaled, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

/* A tree cannot be built deeper than recursion over it may cost. */
static void test_depth(void **state)
{
	sheaf_query *query = term("p"), *pair[2];
	sheaf_status status = SHEAF_OK;
	size_t       levels = 0;

	(void)state;
	while (status == SHEAF_OK && levels < 10 * QUERY_TREE_DEPTH_MAX) {
		pair[0] = query;
		pair[1] = term("q");
		status = sheaf_query_new_op(levels % 2 ? SHEAF_OP_AND : SHEAF_OP_OR, pair, 2, 0,
		                            &query, NULL);
		levels++;
	}
	assert_int_equal(status, SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(levels, QUERY_TREE_DEPTH_MAX + 1);
	assert_null(query);
}

static void test_empty(void **state)
{
	sheaf_query *query = nothing();
	char        *text;

	(void)state;
	assert_true(sheaf_query_empty(query));
	sheaf_query_free(query);
	query = term("network");
	assert_false(sheaf_query_empty(query));
	sheaf_query_free(query);
	assert_true(sheaf_query_empty(NULL));
	sheaf_query_free(NULL);
	assert_int_equal(sheaf_query_get_description(NULL, &text, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_hostile_terms),
		cmocka_unit_test(test_wrong_terms),
		cmocka_unit_test(test_flat),
		cmocka_unit_test(test_everything_and_nothing),
		cmocka_unit_test(test_few_operands),
		cmocka_unit_test(test_windows),
		cmocka_unit_test(test_wrong_operators),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_scales),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The rarer queries made by hand, and looking into them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/query.h>
#include <string.h>

#include "buf.h"
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

static sheaf_query *op(sheaf_op o, unsigned window, sheaf_query *a, sheaf_query *b, sheaf_query *c)
{
	sheaf_query *subs[] = {a, b, c}, *query;

	assert_int_equal(sheaf_query_new_op(o, subs, c ? 3 : 2, window, &query, NULL), SHEAF_OK);
	return query;
}

static sheaf_query *wildcard(sheaf_field field, const char *pattern, unsigned max)
{
	sheaf_query *query;

	assert_int_equal(sheaf_query_new_wildcard(field, pattern, max, SHEAF_WILDCARD_LIMIT_FIRST,
	                                          &query, NULL),
	                 SHEAF_OK);
	return query;
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

static void test_xor(void **state)
{
	(void)state;
	check(op(SHEAF_OP_XOR, 0, term("p"), term("q"), term("r")), "(p XOR q XOR r)");
	check(op(SHEAF_OP_XOR, 0, term("p"), op(SHEAF_OP_XOR, 0, term("q"), term("r"), NULL), NULL),
	      "(p XOR q XOR r)");
	check(op(SHEAF_OP_XOR, 0, term("p"), term(""), NULL), "p");
	check(op(SHEAF_OP_XOR, 0, term(""), term(""), NULL), "<nothing>");
	check(op(SHEAF_OP_XOR, 0, all(), term("p"), NULL), "(* NOT p)");
	check(op(SHEAF_OP_XOR, 0, all(), all(), term("p")), "p");
	check(op(SHEAF_OP_XOR, 0, all(), term("p"), term("q")), "(* NOT (p XOR q))");
	check(op(SHEAF_OP_XOR, 0, all(), all(), NULL), "<nothing>");
	check(op(SHEAF_OP_XOR, 0, all(), term(""), NULL), "*");
}

static void test_and_maybe(void **state)
{
	(void)state;
	check(op(SHEAF_OP_AND_MAYBE, 0, term("p"), term("q"), term("r")),
	      "(p AND_MAYBE q AND_MAYBE r)");
	check(op(SHEAF_OP_AND_MAYBE, 0, op(SHEAF_OP_AND_MAYBE, 0, term("p"), term("q"), NULL),
	         term("r"), NULL),
	      "(p AND_MAYBE q AND_MAYBE r)");
	check(op(SHEAF_OP_AND_MAYBE, 0, term("p"), term(""), NULL), "p");
	check(op(SHEAF_OP_AND_MAYBE, 0, term(""), term("p"), NULL), "<nothing>");
	check(op(SHEAF_OP_AND_MAYBE, 0, term("p"), all(), NULL), "p");
	check(op(SHEAF_OP_AND_MAYBE, 0, term("p"), term_in(SHEAF_FIELD_CATEGORY, "cs.NE", 0), NULL),
	      "p");
	check(op(SHEAF_OP_AND_MAYBE, 0, term("p"), term_in(SHEAF_FIELD_TERM, "Xa", 0), NULL),
	      "(p AND_MAYBE term:Xa)");
	check(op(SHEAF_OP_AND_MAYBE, 0, all(), term("p"), NULL), "(* AND_MAYBE p)");
}

static void test_synonym(void **state)
{
	sheaf_query *pair[2], *query;

	(void)state;
	check(op(SHEAF_OP_SYNONYM, 0, term("p"), term("q"), NULL), "(p SYNONYM q)");
	check(op(SHEAF_OP_SYNONYM, 0, op(SHEAF_OP_SYNONYM, 0, term("p"), term("q"), NULL),
	         wildcard(SHEAF_FIELD_ANY, "t*u", 0), NULL),
	      "(p SYNONYM q SYNONYM t*u)");
	check(op(SHEAF_OP_SYNONYM, 0, term_in(SHEAF_FIELD_CATEGORY, "cs.NE", 0),
	         term_in(SHEAF_FIELD_CATEGORY, "cs.AI", 0), NULL),
	      "(cat:cs.NE SYNONYM cat:cs.AI)");
	check(op(SHEAF_OP_SYNONYM, 0, term("p"), term(""), NULL), "p");
	pair[0] = term("p");
	pair[1] = op(SHEAF_OP_AND, 0, term("q"), term("r"), NULL);
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_SYNONYM, pair, 2, 0, &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
	pair[0] = term("p");
	pair[1] = all();
	assert_int_equal(sheaf_query_new_op(SHEAF_OP_SYNONYM, pair, 2, 0, &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static void test_elite_set(void **state)
{
	(void)state;
	check(op(SHEAF_OP_ELITE_SET, 2, term("p"), term("q"), term("r")),
	      "(p ELITE/2 q ELITE/2 r)");
	check(op(SHEAF_OP_ELITE_SET, 3, term("p"), term("q"), term("r")), "(p OR q OR r)");
	check(op(SHEAF_OP_ELITE_SET, 0, term("p"), term("q"), NULL), "(p OR q)");
	check(op(SHEAF_OP_ELITE_SET, 2, term("p"), term(""), term("r")), "(p OR r)");
	check(op(SHEAF_OP_ELITE_SET, 2, term("p"), all(), term("r")), "(p OR r)");
	check(op(SHEAF_OP_ELITE_SET, 1, all(), all(), NULL), "*");
	check(op(SHEAF_OP_ELITE_SET, 2, all(), all(), term("p")), "*");
}

static void test_windows(void **state)
{
	(void)state;
	check(op(SHEAF_OP_NEAR, 0, term("p"), term("q"), term("r")), "(p NEAR/10 q NEAR/10 r)");
	check(op(SHEAF_OP_NEAR, 7, term("p"), term("q"), term("r")), "(p NEAR/5 q NEAR/5 r)");
	check(op(SHEAF_OP_NEAR, 1, term("p"), term("q"), NULL), "(p NEAR/1 q)");
	check(op(SHEAF_OP_PHRASE, 0, term("p"), term("q"), term("r")), "(p ADJ/1 q ADJ/1 r)");
	check(op(SHEAF_OP_PHRASE, 4, term("p"), term("q"), term("r")), "(p ADJ/2 q ADJ/2 r)");
}

static void test_wildcards(void **state)
{
	static const char *const wrong[] = {"*tion", "?ell", "",      "a b*",         "non-inv*",
	                                    "a*b!",  "a_*",  "ti:a*", "\xE9\x87\x8F*"};
	sheaf_query             *query;

	(void)state;
	check(wildcard(SHEAF_FIELD_TITLE, "neuro*phic", 0), "title:neuro*phic");
	check(wildcard(SHEAF_FIELD_ANY, "word", 0), "=word");
	query = wildcard(SHEAF_FIELD_ANY, "netw*", 0);
	assert_int_equal(query->type, QUERY_TERM);
	check(query, "netw*");
	query = wildcard(SHEAF_FIELD_ANY, "netw*", 5);
	assert_int_equal(query->type, QUERY_WILDCARD);
	assert_int_equal(query->max, 5);
	assert_int_equal(query->limit, SHEAF_WILDCARD_LIMIT_FIRST);
	check(query, "netw*");
	query = wildcard(SHEAF_FIELD_AUTHOR, "sm?th", 0);
	assert_int_equal(query->max, 1000);
	check(query, "author:sm?th");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(sheaf_query_new_wildcard(SHEAF_FIELD_ANY, wrong[i], 0,
		                                          SHEAF_WILDCARD_LIMIT_ERROR, &query, NULL),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
		assert_null(query);
	}
	assert_int_equal(sheaf_query_new_wildcard(SHEAF_FIELD_CATEGORY, "c*", 0,
	                                          SHEAF_WILDCARD_LIMIT_ERROR, &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_new_wildcard(SHEAF_FIELD_ANY, "c*", 0, (sheaf_wildcard_limit)9,
	                                          &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_new_wildcard(SHEAF_FIELD_ANY, NULL, 0,
	                                          SHEAF_WILDCARD_LIMIT_ERROR, &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static void test_persons(void **state)
{
	sheaf_query *query;

	(void)state;
	check(term_in(SHEAF_FIELD_AUTHOR, "Yann LeCun", SHEAF_TERM_NAME), "author:\"Yann LeCun\"");
	check(term_in(SHEAF_FIELD_AUTHOR, "lecun_y", SHEAF_TERM_NAME), "author:lecun_y");
	check(term_in(SHEAF_FIELD_AUTHOR, "LeCun", SHEAF_TERM_NAME), "author:\"LeCun\":name");
	check(term_in(SHEAF_FIELD_AUTHOR, "Yann LeCun", SHEAF_TERM_WHOLE),
	      "author:=\"Yann LeCun\"");
	check(term_in(SHEAF_FIELD_AUTHOR, "LeCun", SHEAF_TERM_WHOLE), "author:\"LeCun\":whole");
	check(term_in(SHEAF_FIELD_AUTHOR, "Yann LeCun", 0), "author:\"Yann LeCun\":phrase");
	check(term_in(SHEAF_FIELD_AUTHOR, "lecun_y", 0), "author:\"lecun_y\":phrase");
	assert_int_equal(
		sheaf_query_new_term(SHEAF_FIELD_TITLE, "x", SHEAF_TERM_NAME, &query, NULL),
		SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_AUTHOR, "x",
	                                      SHEAF_TERM_NAME | SHEAF_TERM_PREFIX, &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_AUTHOR, "x", 16, &query, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static sheaf_query *slot_range(const char *low, const char *high)
{
	sheaf_query *query;

	assert_int_equal(sheaf_query_new_slot_range(3, low, low ? strlen(low) : 0, high,
	                                            high ? strlen(high) : 0, &query, NULL),
	                 SHEAF_OK);
	return query;
}

static int is_empty(const char *low, const char *high)
{
	sheaf_query *query = slot_range(low, high);
	int          empty = sheaf_query_empty(query);

	sheaf_query_free(query);
	return empty;
}

static void test_slot_ranges(void **state)
{
	sheaf_query *query;

	(void)state;
	check(slot_range("a", "b\x01 \\"), "slot:3:a..b\\x01\\x20\\x5C");
	check(slot_range(NULL, "b"), "slot:3:..b");
	check(op(SHEAF_OP_FILTER, 0, term("p"), slot_range("a", NULL), NULL),
	      "(p FILTER slot:3:a..)");
	assert_true(is_empty("b", "a"));
	assert_true(is_empty("ab", "a"));
	assert_true(is_empty("a", ""));
	assert_false(is_empty("a", "a"));
	assert_false(is_empty("a", "ab"));
	assert_false(is_empty("", NULL));
	assert_false(is_empty(NULL, NULL));
	assert_int_equal(
		sheaf_query_new_slot_range(3, "a", SHEAF_SLOT_VALUE_MAX + 1, NULL, 0, &query, NULL),
		SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
}

static void test_copy(void **state)
{
	sheaf_query *query = op(SHEAF_OP_AND, 0, slot_range("a", "b"),
	                        wildcard(SHEAF_FIELD_ANY, "n*k", 7),
	                        op(SHEAF_OP_XOR, 0, term("p"), term("q"), NULL));
	sheaf_query *copy = NULL;

	(void)state;
	assert_int_equal(sheaf_query_copy(query, &copy, NULL), SHEAF_OK);
	sheaf_query_free(query);
	assert_int_equal(copy->sub[1]->max, 7);
	assert_int_equal(copy->sub[0]->slot, 3);
	check(copy, "(slot:3:a..b AND n*k AND (p XOR q))");
	assert_int_equal(sheaf_query_copy(NULL, &copy, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(copy);
}

static void test_types(void **state)
{
	sheaf_query *query = op(SHEAF_OP_OR, 0, term("p"), all(), NULL);

	(void)state;
	assert_int_equal(sheaf_query_get_type(query), SHEAF_OP_MATCH_ALL);
	sheaf_query_free(query);
	query = op(SHEAF_OP_AND_MAYBE, 0, term("p"),
	           op(SHEAF_OP_ELITE_SET, 1, term("q"), wildcard(SHEAF_FIELD_ANY, "n*k", 0), NULL),
	           NULL);
	assert_int_equal(sheaf_query_get_type(query), SHEAF_OP_AND_MAYBE);
	assert_int_equal(sheaf_query_get_num_subqueries(query), 2);
	assert_int_equal(sheaf_query_get_type(sheaf_query_get_subquery(query, 0)), SHEAF_OP_TERM);
	assert_int_equal(sheaf_query_get_type(sheaf_query_get_subquery(query, 1)),
	                 SHEAF_OP_ELITE_SET);
	assert_int_equal(sheaf_query_get_type(
				 sheaf_query_get_subquery(sheaf_query_get_subquery(query, 1), 1)),
	                 SHEAF_OP_WILDCARD);
	assert_null(sheaf_query_get_subquery(query, 2));
	assert_null(sheaf_query_get_subquery(NULL, 0));
	assert_int_equal(sheaf_query_get_num_subqueries(NULL), 0);
	assert_int_equal(sheaf_query_get_type(NULL), SHEAF_OP_MATCH_NOTHING);
	sheaf_query_free(query);
}

static int append_term(void *ctx, const sheaf_query_term *t)
{
	buf_printf(ctx, "%s%s/%d*%g ", t->excluded ? "-" : "", t->text, (int)t->field, t->factor);
	return 0;
}

static int stop(void *ctx, const sheaf_query_term *t)
{
	(void)ctx, (void)t;
	return 1;
}

static void test_each_term(void **state)
{
	sheaf_query *scaled, *query;
	buf          out = BUF_INIT(0);

	(void)state;
	assert_int_equal(sheaf_query_new_scale(op(SHEAF_OP_OR, 0, term("p"), term("q"), NULL), 2,
	                                       &scaled, NULL),
	                 SHEAF_OK);
	query = op(SHEAF_OP_AND_NOT, 0,
	           op(SHEAF_OP_AND, 0, scaled, slot_range("a", NULL), term("p")),
	           op(SHEAF_OP_OR, 0, wildcard(SHEAF_FIELD_ANY, "n*k", 0), term("q"), NULL),
	           term_in(SHEAF_FIELD_CATEGORY, "cs.NE", 0));
	assert_int_equal(sheaf_query_each_term(query, 0, append_term, &out, NULL), SHEAF_OK);
	assert_string_equal(buf_str(&out), "p/0*2 q/0*2 p/0*1 -n*k/0*1 -q/0*1 -cs.NE/8*1 ");
	buf_clear(&out);
	assert_int_equal(sheaf_query_each_term(query, 1, append_term, &out, NULL), SHEAF_OK);
	assert_string_equal(buf_str(&out), "p/0*2 q/0*2 -n*k/0*1 -cs.NE/8*1 ");
	assert_int_equal(sheaf_query_each_term(query, 1, stop, NULL, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(sheaf_query_each_term(NULL, 1, stop, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_query_free(query);
	query = all();
	assert_int_equal(sheaf_query_each_term(query, 1, stop, NULL, NULL), SHEAF_OK);
	sheaf_query_free(query);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xor),       cmocka_unit_test(test_and_maybe),
		cmocka_unit_test(test_synonym),   cmocka_unit_test(test_elite_set),
		cmocka_unit_test(test_windows),   cmocka_unit_test(test_wildcards),
		cmocka_unit_test(test_persons),   cmocka_unit_test(test_slot_ranges),
		cmocka_unit_test(test_copy),      cmocka_unit_test(test_types),
		cmocka_unit_test(test_each_term),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

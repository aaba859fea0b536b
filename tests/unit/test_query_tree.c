/* What the engine asks of a tree: its leaves and the parts they play. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/query_parser.h>
#include <string.h>

#include "buf.h"
#include "query_tree.h"

static sheaf_query *parse(const char *text)
{
	sheaf_query_parser *qp;
	sheaf_query        *query;

	assert_int_equal(sheaf_query_parser_new(&qp, NULL), SHEAF_OK);
	assert_int_equal(sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &query, NULL),
	                 SHEAF_OK);
	sheaf_query_parser_free(qp);
	return query;
}

/* Appends a leaf as `network*2`, `[filter]` or `-excluded`. */
static int write_leaf(void *ctx, const sheaf_query *leaf, query_role role, double factor)
{
	const char *name = leaf->type == QUERY_RANGE ? "range" : leaf->text;

	buf_printf(ctx,
	           role == QUERY_WEIGHTED   ? "%s*%d "
	           : role == QUERY_REQUIRED ? "[%s] "
	                                    : "-%s ",
	           name, (int)factor);
	return 0;
}

static int stop_at_second(void *ctx, const sheaf_query *leaf, query_role role, double factor)
{
	int *seen = ctx;

	(void)leaf, (void)role, (void)factor;
	return ++*seen == 2 ? 7 : 0;
}

static void test_walk(void **state)
{
	static const struct {
		const char *text, *leaves;
	} rows[] = {
		{"deep network", "deep*1 network*1 "},
		{"deep^2 (network OR graph^3)^2", "deep*2 network*2 graph*6 "},
		{"deep network^3 -graph^2", "deep*1 network*3 -graph "},
		{"deep cat:cs.NE submitted:2024", "deep*1 [cs.NE] [range] "},
		{"deep AND cat:cs.NE", "deep*1 [cs.NE] "},
		{"deep -(graph cat:cs.NE)", "deep*1 -graph -cs.NE "},
		{"deep NEAR network", "deep*1 network*1 "},
		{"deep XOR network^2", "deep*1 network*2 "},
		{"deep AND_MAYBE network^2", "deep*1 network*2 "},
		{"(deep SYNONYM netw?rk)^3", "deep*3 netw?rk*3 "},
		{"deep ELITE/1 network", "deep*1 network*1 "},
		{"deep -netw?rk is:new", "deep*1 [new] -netw?rk "},
		{"*", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sheaf_query *query = parse(rows[i].text);
		buf          out = BUF_INIT(0);

		assert_int_equal(query_walk(query, write_leaf, &out), 0);
		assert_string_equal(buf_str(&out), rows[i].leaves);
		buf_free(&out);
		sheaf_query_free(query);
	}
}

static void test_walk_stops(void **state)
{
	sheaf_query *query = parse("deep network graph");
	int          seen = 0;

	(void)state;
	assert_int_equal(query_walk(query, stop_at_second, &seen), 7);
	assert_int_equal(seen, 2);
	sheaf_query_free(query);
}

static void test_predicates(void **state)
{
	static const struct {
		const char *text;
		int         is_filter;
	} rows[] = {
		{"network", 0},
		{"au:lecun", 0},
		{"cat:cs.NE", 1},
		{"submitted:2024", 1},
		{"cat:cs.NE id:1", 1},
		{"-network", 1},
		{"-network cat:cs.NE", 1},
		{"network cat:cs.NE", 0},
		{"netw?rk", 0},
		{"cat:cs.NE SYNONYM cat:cs.AI", 1},
		{"cat:cs.NE XOR is:new", 1},
		{"cat:cs.NE OR network", 0},
		{"*", 1},
		{"", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sheaf_query *query = parse(rows[i].text);

		assert_int_equal(query_is_filter(query), rows[i].is_filter);
		sheaf_query_free(query);
	}
}

static void test_clone(void **state)
{
	sheaf_query *query = parse(
		"deep^2 OR (\"spiking network\" -graph cat:cs.* submitted:2024..) OR p NEAR/3 q");
	sheaf_query *copy = query_clone(query);
	char        *text, *copied;

	(void)state;
	assert_non_null(copy);
	assert_int_equal(copy->depth, query->depth);
	assert_int_equal(sheaf_query_get_description(query, &text, NULL), SHEAF_OK);
	sheaf_query_free(query);
	assert_int_equal(sheaf_query_get_description(copy, &copied, NULL), SHEAF_OK);
	assert_string_equal(copied, text);
	sheaf_query_free(copy);
	sheaf_free(text);
	sheaf_free(copied);
}

static void test_depth(void **state)
{
	static const struct {
		const char *text;
		unsigned    depth;
	} rows[] = {{"network", 0},
	            {"deep network", 1},
	            {"deep OR (network graph)", 2},
	            {"deep network^2 -graph", 3}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sheaf_query *query = parse(rows[i].text);

		assert_int_equal(query->depth, rows[i].depth);
		sheaf_query_free(query);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walk),       cmocka_unit_test(test_walk_stops),
		cmocka_unit_test(test_predicates), cmocka_unit_test(test_clone),
		cmocka_unit_test(test_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

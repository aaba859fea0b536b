/* The query language of arXiv's API: gaps are OR, operators bind alike and group to the right. */
#include "query_rows.h"

static const row chains[] = {
	{"electron", "electron"},
	{"electron proton", "(electron OR proton)"},
	{"a1 AND b1 OR c1", "(a1 AND (b1 OR c1))"},
	{"a1 OR b1 AND c1", "(a1 OR (b1 AND c1))"},
	{"a1 AND b1 AND c1", "(a1 AND b1 AND c1)"},
	{"a1 AND b1 c1", "(a1 AND (b1 OR c1))"},
	{"a1 ANDNOT b1 AND c1", "(a1 NOT (b1 AND c1))"},
	{"a1 ANDNOT b1 ANDNOT c1", "(a1 NOT (b1 NOT c1))"},
	{"a1 AND NOT b1 OR c1", "(a1 NOT (b1 OR c1))"},
	{"a1 OR NOT b1", "(a1 OR (* NOT b1))"},
	{"NOT a1 AND b1", "(b1 NOT a1)"},
	{"NOT a1", "(* NOT a1)"},
	{"a1 XOR b1 OR c1", "(a1 XOR (b1 OR c1))"},
	{"XOR problem", "(\"XOR\":stem OR problem)"},
	{"(a1 AND b1) OR c1", "((a1 AND b1) OR c1)"},
	{"(a1 OR b1) AND (c1 OR d1)", "((a1 OR b1) AND (c1 OR d1))"},
	{"cat:cs.AI OR cat:cs.LG OR cat:cs.CL", "(cat:cs.AI OR cat:cs.LG OR cat:cs.CL)"},
	{"ti:(graph network)", "(title:graph OR title:network)"},
	{"au:lecun_y cat:cs.LG", "(author:lecun_y OR cat:cs.LG)"},
	{"\"deep network\" AND submittedDate:[2023 TO 2024]",
         "(\"deep network\" AND submitted:2023-01-01T00:00:00Z..2024-12-31T23:59:59Z)"},
	{"graph NEAR/3 network AND lattice", "((graph NEAR/3 network) AND lattice)"},
};

static const row stop_words[] = {
	{"the electron", "electron"},
	{"theory of networks", "(theory OR networks)"},
	{"the AND network OR a", "network"},
	{"the of", "(the OR of)"},
	{"the ANDNOT network", "(the NOT network)"},
	{"network ANDNOT the", "(network NOT the)"},
};

static const row signs[] = {
	{"electron -proton", "(electron NOT proton)"},
	{"electron proton -quark", "((electron OR proton) NOT quark)"},
	{"+electron proton", "((electron OR proton) FILTER electron)"},
	{"+electron", "electron"},
	{"-electron", "(* NOT electron)"},
	{"+electron *", "electron"},
};

static const row broken[] = {
	{"", "<nothing>"},
	{"AND", "<nothing>"},
	{"AND OR NOT", "<nothing>"},
	{"a1 AND", "a1"},
	{"OR a1", "a1"},
	{"a1 AND OR b1", "(a1 OR b1)"},
	{"a1 OR AND b1", "(a1 AND b1)"},
	{"(a1 AND (b1", "(a1 AND b1)"},
	{"a1) b1", "(a1 OR b1)"},
	{"NEAR a1", "a1"},
	{"()", "<nothing>"},
};

#define RIGHTWARD_TEST(table)                                            \
	static void test_##table(void **state)                           \
	{                                                                \
		(void)state;                                             \
		rows_check(SHEAF_FLAG_DEFAULT | SHEAF_FLAG_ARXIV, table, \
		           sizeof(table) / sizeof *(table));             \
	}

RIGHTWARD_TEST(chains)
RIGHTWARD_TEST(stop_words)
RIGHTWARD_TEST(signs)
RIGHTWARD_TEST(broken)

/* A chain that would nest too deep says so, and is still a query. */
static void test_depth(void **state)
{
	char                text[2600] = "";
	sheaf_query_parser *qp = rows_parser();
	sheaf_query        *query;
	size_t              len = 0;

	(void)state;
	for (int i = 0; i < 200; i++)
		len += (size_t)snprintf(text + len, sizeof text - len, "x%d %s ", i,
		                        i % 2 ? "AND" : "OR");
	assert_int_equal(sheaf_query_parser_parse_query(
				 qp, text, SHEAF_FLAG_ARXIV | SHEAF_FLAG_BOOLEAN, &query, NULL),
	                 SHEAF_OK);
	assert_non_null(strstr(sheaf_query_parser_get_notes(qp), "nested deeper than 64"));
	assert_int_equal(sheaf_query_get_type(query), SHEAF_OP_OR);
	sheaf_query_free(query);
	sheaf_query_parser_free(qp);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chains), cmocka_unit_test(test_stop_words),
		cmocka_unit_test(test_signs),  cmocka_unit_test(test_broken),
		cmocka_unit_test(test_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

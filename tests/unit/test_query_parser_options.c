/* What a parser can be told: operator, flags, stop words, cap, time; and the notes it keeps. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/query_parser.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "datetime.h"
#include "query_private.h"

typedef struct row {
	const char *text, *expected;
} row;

static int setup(void **state)
{
	sheaf_query_parser *qp;

	if (sheaf_query_parser_new(&qp, NULL) != SHEAF_OK)
		return 1;
	*state = qp;
	return 0;
}

static int teardown(void **state)
{
	sheaf_query_parser_free(*state);
	return 0;
}

static int matches(sheaf_query_parser *qp, unsigned flags, const char *text, const char *expected)
{
	sheaf_query *query;
	char        *description;
	int          equal;

	assert_int_equal(sheaf_query_parser_parse_query(qp, text, flags, &query, NULL), SHEAF_OK);
	assert_int_equal(sheaf_query_get_description(query, &description, NULL), SHEAF_OK);
	equal = strcmp(description, expected) == 0;
	if (!equal)
		print_error("query    %s\nexpected %s\nfound    %s\n", text, expected, description);
	sheaf_free(description);
	sheaf_query_free(query);
	return equal;
}

static void check_rows(sheaf_query_parser *qp, unsigned flags, const row *rows, size_t count)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++)
		wrong += !matches(qp, flags, rows[i].text, rows[i].expected);
	assert_int_equal(wrong, 0);
}

#define CHECK(qp, flags, rows) check_rows(qp, flags, rows, sizeof(rows) / sizeof *(rows))

static void test_match_any(void **state)
{
	static const row rows[] = {
		{"network", "network"},
		{"deep network", "(deep OR network)"},
		{"deep network OR graph", "(deep OR network OR graph)"},
		{"deep AND network graph", "((deep AND network) OR graph)"},
		{"graph deep AND network", "(graph OR (deep AND network))"},
		{"deep AND network AND graph", "(deep AND network AND graph)"},
		{"ti:(deep network)", "(title:deep OR title:network)"},
		{"+deep network", "((deep OR network) FILTER deep)"},
		{"+deep +network", "(deep AND network)"},
		{"+deep +network graph", "((deep OR network OR graph) FILTER deep FILTER network)"},
		{"+(deep OR network) graph",
	         "((deep OR network OR graph) FILTER (deep OR network))"},
		{"+deep AND network graph",
	         "(((deep AND network) OR graph) FILTER deep FILTER network)"},
		{"deep network -graph", "((deep OR network) NOT graph)"},
		{"deep AND -graph network", "((deep NOT graph) OR network)"},
		{"deep NOT graph network", "((deep NOT graph) OR network)"},
		{"NOT graph deep network", "((deep OR network) NOT graph)"},
		{"deep of NOT graph", "(deep NOT graph)"},
		{"-graph", "(* NOT graph)"},
		{"deep network cat:cs.NE", "((deep OR network) FILTER cat:cs.NE)"},
		{"deep network cat:cs.NE cat:cs.AI",
	         "((deep OR network) FILTER (cat:cs.NE OR cat:cs.AI))"},
		{"deep network cat:cs.NE AND cat:cs.AI",
	         "((deep OR network) FILTER cat:cs.NE FILTER cat:cs.AI)"},
		{"(cat:cs.NE OR cat:cs.AI) deep network",
	         "((deep OR network) FILTER (cat:cs.NE OR cat:cs.AI))"},
		{"deep submitted:2024.. network",
	         "((deep OR network) FILTER submitted:2024-01-01T00:00:00Z..)"},
		{"cat:cs.NE primary:cs.AI", "(cat:cs.NE AND primary:cs.AI)"},
		{"+cat:cs.NE deep network", "((deep OR network) FILTER cat:cs.NE)"},
		{"+spiking cat:cs.NE deep -analog",
	         "(((spiking OR deep) FILTER spiking FILTER cat:cs.NE) NOT analog)"},
		{"the network of graphs", "(network OR graphs)"},
		{"the of", "(the OR of)"},
		{"+the network", "((the OR network) FILTER the)"},
		{"* network", "network"},
		{"\"deep network\" graph^2", "(\"deep network\" OR (graph)^2)"},
	};

	sheaf_query_parser_set_default_op(*state, SHEAF_OP_OR);
	CHECK(*state, SHEAF_FLAG_DEFAULT, rows);
	sheaf_query_parser_set_default_op(*state, SHEAF_OP_AND);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "deep network", "(deep AND network)"));
}

static void test_flags_switch_syntax_off(void **state)
{
	static const row none[] = {
		{"deep AND (network OR -graph)",
	         "(deep AND \"AND\":stem AND network AND \"OR\":stem AND graph)"},
		{"\"deep network\"", "(deep AND network)"},
		{"comput* cat:cs.*", "(\"comput*\":stem FILTER cat:\"cs.*\")"},
		{"+deep -network", "(deep AND network)"},
		{"ti:deep", "title:deep"},
		{"ti:(deep)", "deep"},
		{"ti:\"deep\"", "title:deep"},
		{"*", "<nothing>"},
	};

	sheaf_query_parser_set_stopper(*state, NULL);
	CHECK(*state, 0, none);
	assert_true(matches(*state, SHEAF_FLAG_PHRASE, "\"deep network\" (graph)",
	                    "(\"deep network\" AND graph)"));
	assert_true(matches(*state, SHEAF_FLAG_LOVEHATE, "deep -network", "(deep NOT network)"));
	assert_true(matches(*state, SHEAF_FLAG_WILDCARD, "comput*", "comput*"));
	assert_true(matches(*state, SHEAF_FLAG_BOOLEAN, "deep OR (network AND graph)",
	                    "(deep OR (network AND graph))"));
}

static void test_stop_lists(void **state)
{
	static const char *const own[] = {"network", "Deep", NULL};

	sheaf_query_parser_set_stopper(*state, own);
	assert_true(
		matches(*state, SHEAF_FLAG_DEFAULT, "the deep NETWORK, graph", "(the AND graph)"));
	sheaf_query_parser_set_stopper(*state, NULL);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "the graph", "(the AND graph)"));
}

/* What is dropped can be asked for, folded, inner groups first; what stays cannot. */
static void test_dropped_stop_words(void **state)
{
	static const char *const dropped[] = {"a", "the", "of", "the"};
	sheaf_query_parser      *qp = *state;
	size_t                   count = sizeof dropped / sizeof *dropped;

	assert_true(matches(qp, SHEAF_FLAG_DEFAULT, "The network of (a OR deep) the \"the\" +a",
	                    "(network AND deep AND =the AND a)"));
	for (size_t i = 0; i < count; i++)
		assert_string_equal(sheaf_query_parser_get_stop_word(qp, i), dropped[i]);
	assert_null(sheaf_query_parser_get_stop_word(qp, count));
	assert_null(sheaf_query_parser_get_stop_word(qp, count + 1));
	assert_true(matches(qp, SHEAF_FLAG_DEFAULT, "to be or not", "(to AND be AND or AND not)"));
	assert_null(sheaf_query_parser_get_stop_word(qp, 0));
	assert_true(matches(qp, SHEAF_FLAG_DEFAULT | SHEAF_FLAG_ARXIV, "the tree", "tree"));
	assert_string_equal(sheaf_query_parser_get_stop_word(qp, 0), "the");
}

static int is_short(void *ctx, const char *word, size_t len)
{
	(void)word;
	return len <= *(const size_t *)ctx;
}

static void test_stopper_by_callback(void **state)
{
	static const char *const own[] = {"network", NULL};
	size_t                   longest = 2;

	sheaf_query_parser_set_stopper_fn(*state, is_short, &longest);
	assert_true(
		matches(*state, SHEAF_FLAG_DEFAULT, "the AI of networks", "(the AND networks)"));
	sheaf_query_parser_set_stopper(*state, own);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "of network", "of"));
	sheaf_query_parser_set_stopper_fn(*state, NULL, NULL);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "of network", "(of AND network)"));
}

static void test_other_default_operators(void **state)
{
	static const struct {
		sheaf_op    op;
		const char *words, *with_group, *with_and;
	} rows[] = {
		{SHEAF_OP_NEAR, "(deep NEAR/10 spin NEAR/10 glass)", "(deep AND (spin OR glass))",
	         "(deep AND spin AND glass)"},
		{SHEAF_OP_PHRASE, "(deep ADJ/10 spin ADJ/10 glass)", "(deep AND (spin OR glass))",
	         "(deep AND spin AND glass)"},
		{SHEAF_OP_SYNONYM, "(deep SYNONYM spin SYNONYM glass)", "(deep OR spin OR glass)",
	         "((deep AND spin) OR glass)"},
		{SHEAF_OP_ELITE_SET, "(deep OR spin OR glass)", "(deep OR spin OR glass)",
	         "((deep AND spin) OR glass)"},
		{SHEAF_OP_FILTER, "(deep AND spin AND glass)", "(deep AND (spin OR glass))",
	         "(deep AND spin AND glass)"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sheaf_query_parser_set_default_op(*state, rows[i].op);
		assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "deep spin glass", rows[i].words));
		assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "deep (spin OR glass)",
		                    rows[i].with_group));
		assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "deep AND spin glass",
		                    rows[i].with_and));
	}
	sheaf_query_parser_set_default_op(*state, SHEAF_OP_ELITE_SET);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "a1 b1 c1 d1 e1 f1 g1 h1 i1 j1 k1",
	                    "(a1 ELITE/10 b1 ELITE/10 c1 ELITE/10 d1 ELITE/10 e1 ELITE/10 f1 "
	                    "ELITE/10 g1 ELITE/10 h1 ELITE/10 i1 ELITE/10 j1 ELITE/10 k1)"));
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "a1 cat:cs.NE", "(a1 FILTER cat:cs.NE)"));
}

static void test_any_case(void **state)
{
	static const row rows[] = {
		{"graph and network", "(graph AND network)"},
		{"graph or network", "(graph OR network)"},
		{"graph Or network", "(graph OR network)"},
		{"graph not network", "(graph NOT network)"},
		{"graph andnot network", "(graph NOT network)"},
		{"graph xor network", "(graph XOR network)"},
		{"graph near/3 network", "(graph NEAR/3 network)"},
		{"graph adj network", "(graph ADJ/10 network)"},
		{"synonym and elite/2 graph", "(synonym AND elite/2 AND graph)"},
		{"\"graph and\" network", "(\"graph and\" AND network)"},
	};

	CHECK(*state, SHEAF_FLAG_DEFAULT | SHEAF_FLAG_BOOLEAN_ANY_CASE, rows);
}

static void test_partial(void **state)
{
	static const row rows[] = {
		{"deep netw", "(deep AND (netw OR netw*))"},
		{"netw", "(netw OR netw*)"},
		{"netw ", "netw"},
		{"netw.", "netw"},
		{"\"deep netw\"", "\"deep netw\""},
		{"=netw", "=netw"},
		{"netw*", "netw*"},
		{"au:lecu", "author:lecu*"},
		{"au:lecun_y", "author:lecun_y"},
		{"ti:netw", "(title:netw OR title:netw*)"},
		{"deep cat:cs", "(deep FILTER cat:cs)"},
		{"deep (netw)", "(deep AND netw)"},
		{"graph th", "(graph AND (th OR th*))"},
		{"", "<nothing>"},
	};

	CHECK(*state, SHEAF_FLAG_DEFAULT | SHEAF_FLAG_PARTIAL, rows);
}

static void test_wildcard_limits(void **state)
{
	sheaf_query *query;

	sheaf_query_parser_set_max_expansion(*state, 5, SHEAF_WILDCARD_LIMIT_MOST_FREQUENT);
	assert_int_equal(
		sheaf_query_parser_parse_query(*state, "netw*", SHEAF_FLAG_DEFAULT, &query, NULL),
		SHEAF_OK);
	assert_int_equal(query->type, QUERY_WILDCARD);
	assert_int_equal(query->max, 5);
	assert_int_equal(query->limit, SHEAF_WILDCARD_LIMIT_MOST_FREQUENT);
	sheaf_query_free(query);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "\"deep netw\"*", "\"deep netw\"*"));
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "non-inv*", "non-inv*"));
	sheaf_query_parser_set_max_expansion(*state, 0, SHEAF_WILDCARD_LIMIT_ERROR);
	assert_int_equal(
		sheaf_query_parser_parse_query(*state, "netw*", SHEAF_FLAG_DEFAULT, &query, NULL),
		SHEAF_OK);
	assert_int_equal(query->type, QUERY_TERM);
	sheaf_query_free(query);
}

static void test_min_wildcard_prefix(void **state)
{
	static const row rows[] = {
		{"net*", "net*"},
		{"ne*", "\"ne*\":stem"},
		{"n*t", "\"n*t\":stem"},
		{"\xC3\xA9\xC3\xA9*", "\"\xC3\xA9\xC3\xA9*\":stem"},
		{"\xC3\xA9\xC3\xA9\xC3\xA9*", "\xC3\xA9\xC3\xA9\xC3\xA9*"},
		{"cat:cs*", "cat:cs*"},
	};

	sheaf_query_parser_set_min_wildcard_prefix(*state, 3);
	CHECK(*state, SHEAF_FLAG_DEFAULT, rows);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "ne*", "\"ne*\":stem"));
	assert_string_equal(sheaf_query_parser_get_notes(*state),
	                    "'ne*' has fewer than 3 letters before its wildcard: taken as words");
}

static void test_relative_dates_need_a_time(void **state)
{
	sheaf_query_parser *qp = *state;

	assert_true(matches(qp, SHEAF_FLAG_DEFAULT, "date:yesterday", "\"date:yesterday\":stem"));
	assert_string_equal(sheaf_query_parser_get_notes(qp),
	                    "no date in 'date:yesterday': taken as words");
	sheaf_query_parser_set_now(qp, date_days(2020, 3, 1) * 86400);
	assert_true(matches(qp, SHEAF_FLAG_DEFAULT, "date:yesterday",
	                    "date:2020-02-29T00:00:00Z..2020-02-29T23:59:59Z"));
	assert_string_equal(sheaf_query_parser_get_notes(qp), "");
}

static void test_notes(void **state)
{
	static const row rows[] = {
		{"network", ""},
		{"colour:red", "unknown field 'colour': taken as a word"},
		{"a:b c:d",
	         "unknown field 'a': taken as a word\nunknown field 'c': taken as a word"},
		{"ti:deep cat:cs.NE arXiv:2601.22876", ""},
		{"http://example.org https://example.org ftp://x", ""},
		{"10:30 12:00:01", ""},
		{"std::vector", ""},
		{"deep learning: a survey", ""},
		{"ti:a NEAR abs:b", "NEAR joins up to 16 whole words of one field: taken as AND"},
		{"submitted:\"\xE2\x88\x9E now\"",
	         "no date in 'submitted:\xE2\x88\x9E now': taken as words"},
	};
	sheaf_query *query;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(sheaf_query_parser_parse_query(*state, rows[i].text,
		                                                SHEAF_FLAG_DEFAULT, &query, NULL),
		                 SHEAF_OK);
		assert_string_equal(sheaf_query_parser_get_notes(*state), rows[i].expected);
		sheaf_query_free(query);
	}
}

/* Thousands of remarks are cut, between two of them. */
static void test_notes_have_a_cap(void **state)
{
	enum { SIZE = 32768 };
	static const char line[] = "unknown field 'x': taken as a word";
	sheaf_query      *query;
	char             *text = mem_calloc(SIZE, 1);
	const char       *notes;

	assert_non_null(text);
	for (size_t i = 0; i + 5 < SIZE; i += 4)
		memcpy(text + i, "x:y ", 4);
	sheaf_query_parser_set_max_length(*state, SIZE);
	assert_int_equal(
		sheaf_query_parser_parse_query(*state, text, SHEAF_FLAG_DEFAULT, &query, NULL),
		SHEAF_OK);
	notes = sheaf_query_parser_get_notes(*state);
	assert_in_range(strlen(notes), 1000, 4096);
	assert_string_equal(notes + strlen(notes) - strlen(line), line);
	sheaf_query_free(query);
	mem_free(text);
}

static char *repeat(char c, size_t count)
{
	char *text = mem_alloc(count + 1);

	assert_non_null(text);
	memset(text, c, count);
	text[count] = 0;
	return text;
}

static void check_length(sheaf_query_parser *qp, size_t bytes, sheaf_status expected)
{
	char        *text = repeat('x', bytes);
	sheaf_query *query = NULL;
	sheaf_error  err = {0};

	assert_int_equal(sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &query, &err),
	                 expected);
	assert_int_equal(query != NULL, expected == SHEAF_OK);
	if (expected != SHEAF_OK)
		assert_non_null(strstr(err.message, "longer than the limit"));
	sheaf_query_free(query);
	mem_free(text);
}

static void test_length_cap(void **state)
{
	check_length(*state, 4096, SHEAF_OK);
	check_length(*state, 4097, SHEAF_ERROR_QUERY_PARSER);
	sheaf_query_parser_set_max_length(*state, 65536);
	check_length(*state, 65536, SHEAF_OK);
	assert_string_equal(sheaf_query_parser_get_notes(*state),
	                    "a term longer than 4096 bytes was cut");
	check_length(*state, 65537, SHEAF_ERROR_QUERY_PARSER);
	sheaf_query_parser_set_max_length(*state, 0);
	check_length(*state, 4097, SHEAF_ERROR_QUERY_PARSER);
}

static void test_no_text(void **state)
{
	sheaf_query *query = NULL;

	assert_int_equal(
		sheaf_query_parser_parse_query(*state, NULL, SHEAF_FLAG_DEFAULT, &query, NULL),
		SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(query);
	sheaf_query_parser_free(NULL);
}

/* A parser that failed once goes on as before. */
static void test_reuse(void **state)
{
	check_length(*state, 4097, SHEAF_ERROR_QUERY_PARSER);
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "deep network", "(deep AND network)"));
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "ti:(graph", "title:graph"));
	assert_true(matches(*state, SHEAF_FLAG_DEFAULT, "lattice", "lattice"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_match_any, setup, teardown),
		cmocka_unit_test_setup_teardown(test_flags_switch_syntax_off, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stop_lists, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dropped_stop_words, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stopper_by_callback, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_default_operators, setup, teardown),
		cmocka_unit_test_setup_teardown(test_any_case, setup, teardown),
		cmocka_unit_test_setup_teardown(test_partial, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wildcard_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_min_wildcard_prefix, setup, teardown),
		cmocka_unit_test_setup_teardown(test_relative_dates_need_a_time, setup, teardown),
		cmocka_unit_test_setup_teardown(test_notes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_notes_have_a_cap, setup, teardown),
		cmocka_unit_test_setup_teardown(test_length_cap, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_reuse, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

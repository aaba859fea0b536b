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
		{"ti:a NEAR abs:b", "NEAR joins whole words of one field: taken as AND"},
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
		cmocka_unit_test_setup_teardown(test_relative_dates_need_a_time, setup, teardown),
		cmocka_unit_test_setup_teardown(test_notes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_notes_have_a_cap, setup, teardown),
		cmocka_unit_test_setup_teardown(test_length_cap, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_reuse, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

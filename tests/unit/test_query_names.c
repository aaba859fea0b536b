/* Names before a colon and ranges that the caller gave a meaning. */
#include "query_rows.h"

#include "query_private.h"
#include "query_tree.h"

static int setup(void **state)
{
	*state = rows_parser();
	return 0;
}

static int teardown(void **state)
{
	sheaf_query_parser_free(*state);
	return 0;
}

static void match(void **state, const char *text, const char *expected)
{
	if (!rows_match(*state, SHEAF_FLAG_DEFAULT, text, expected))
		fail();
}

static void test_prefix(void **state)
{
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "heading", SHEAF_FIELD_TITLE, NULL),
	                 SHEAF_OK);
	match(state, "heading:deep Heading:(graph \"spin glass\")",
	      "(title:deep AND title:graph AND title:\"spin glass\")");
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "day", SHEAF_FIELD_UPDATED, NULL),
	                 SHEAF_OK);
	match(state, "day:[2023 TO 2024]", "updated:2023-01-01T00:00:00Z..2024-12-31T23:59:59Z");
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "topic", SHEAF_FIELD_CATEGORY, NULL),
	                 SHEAF_OK);
	match(state, "topic:cs.NE topic:cs.AI", "(cat:cs.NE OR cat:cs.AI)");
}

static void test_several_fields(void **state)
{
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "who", SHEAF_FIELD_AUTHOR, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "who", SHEAF_FIELD_COMMENTS, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "who", SHEAF_FIELD_COMMENTS, NULL),
	                 SHEAF_OK);
	match(state, "who:ada", "(author:ada OR comment:ada)");
	match(state, "who:ada^2 tree", "((author:ada OR comment:ada)^2 AND tree)");
	match(state, "who:\"Ada Quist\"", "(author:\"Ada Quist\" OR comment:\"Ada Quist\")");
	match(state, "who:(ada quist)",
	      "((author:ada OR comment:ada) AND (author:quist OR comment:quist))");
	match(state, "-who:ada tree", "(tree NOT (author:ada OR comment:ada))");
	match(state, "who:... tree", "tree");
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "in", SHEAF_FIELD_TITLE, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "in", SHEAF_FIELD_ABSTRACT, NULL),
	                 SHEAF_OK);
	match(state, "in:the in:tree", "(title:tree OR abstract:tree)");
	match(state, "in:t*e", "(title:t*e OR abstract:t*e)");
}

static void test_builtin_is_replaced(void **state)
{
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "ti", SHEAF_FIELD_ABSTRACT, NULL),
	                 SHEAF_OK);
	match(state, "ti:deep", "abstract:deep");
	match(state, "title:deep", "title:deep");
}

static void test_boolean_prefix(void **state)
{
	assert_int_equal(sheaf_query_parser_add_boolean_prefix(*state, "kind", "XK", 1, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_query_parser_add_boolean_prefix(*state, "tag", "XT", 0, NULL),
	                 SHEAF_OK);
	match(state, "kind:a", "term:XKa");
	match(state, "tree kind:a", "(tree FILTER term:XKa)");
	match(state, "tree kind:a kind:b", "(tree FILTER (term:XKa OR term:XKb))");
	match(state, "tree tag:a tag:b", "(tree FILTER term:XTa FILTER term:XTb)");
	match(state, "kind:a tag:b kind:c", "((term:XKa OR term:XKc) AND term:XTb)");
	match(state, "kind:a AND kind:b", "(term:XKa AND term:XKb)");
	match(state, "tree -kind:\"a b\"", "(tree NOT term:\"XKa b\")");
	match(state, "kind:a cat:cs.NE", "(term:XKa AND cat:cs.NE)");
	match(state, "kind:", "kind");
	match(state, "kind:A/b(c)", "term:XKA/b(c)");
}

static void test_wrong_names(void **state)
{
	static const char *const names[] = {
		"", "1a", "a b", "a:b", "_a", "\xC3\xA9", "abcdefghijklmnopqrstuvwxyzabcdefg"};
	char long_prefix[SHEAF_TERM_BYTES_MAX + 1];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(
			sheaf_query_parser_add_prefix(*state, names[i], SHEAF_FIELD_TITLE, NULL),
			SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, NULL, SHEAF_FIELD_TITLE, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "x", SHEAF_FIELD_LICENSE, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "x", SHEAF_FIELD_VERSION, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "x", SHEAF_FIELD_TITLE, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_query_parser_add_boolean_prefix(*state, "x", "X", 0, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	memset(long_prefix, 'x', sizeof long_prefix - 1);
	long_prefix[sizeof long_prefix - 1] = 0;
	assert_int_equal(sheaf_query_parser_add_boolean_prefix(*state, "y", long_prefix, 0, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_parser_add_field_processor(*state, "z", NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_parser_add_range_processor(*state, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

/* Knows "red" and "none"; counts what it is asked. */
static int colour(void *ctx, const char *value, sheaf_query **query)
{
	++*(int *)ctx;
	if (strcmp(value, "none") == 0)
		return 1;
	if (strcmp(value, "red") != 0)
		return 0;
	return sheaf_query_new_term(SHEAF_FIELD_TERM, "XCOLOURred", 0, query, NULL) == SHEAF_OK
	               ? 1
	               : -1;
}

static int no_memory(void *ctx, const char *value, sheaf_query **query)
{
	(void)ctx, (void)value, (void)query;
	return -1;
}

static void test_field_processor(void **state)
{
	sheaf_query *query;
	int          asked = 0;

	assert_int_equal(
		sheaf_query_parser_add_field_processor(*state, "colour", colour, &asked, NULL),
		SHEAF_OK);
	assert_int_equal(
		sheaf_query_parser_add_field_processor(*state, "full", no_memory, NULL, NULL),
		SHEAF_OK);
	match(state, "colour:red", "term:XCOLOURred");
	match(state, "tree Colour:\"red\"", "(tree FILTER term:XCOLOURred)");
	match(state, "-colour:red tree", "(tree NOT term:XCOLOURred)");
	match(state, "colour:(red OR red)", "(term:XCOLOURred OR term:XCOLOURred)");
	match(state, "tree colour:none", "<nothing>");
	assert_int_equal(asked, 6);
	match(state, "tree colour:blue", "(tree AND colour:blue)");
	assert_string_equal(sheaf_query_parser_get_notes(*state),
	                    "'colour:blue' is not known: taken as words");
	assert_int_equal(
		sheaf_query_parser_parse_query(*state, "full:x", SHEAF_FLAG_DEFAULT, &query, NULL),
		SHEAF_ERROR_NOMEM);
	assert_null(query);
}

/* As deep as trees can be made from outside. */
static int deep_tree(void *ctx, const char *value, sheaf_query **query)
{
	sheaf_status status = sheaf_query_new_term(SHEAF_FIELD_ANY, "p", SHEAF_TERM_STEMMED, query,
	                                           NULL);

	(void)ctx, (void)value;
	for (int i = 0; status == SHEAF_OK && i < QUERY_TREE_DEPTH_MAX; i++) {
		sheaf_query *pair[2] = {*query, NULL};

		assert_int_equal(sheaf_query_new_term(SHEAF_FIELD_ANY, "q", 0, &pair[1], NULL),
		                 SHEAF_OK);
		status = sheaf_query_new_op(i % 2 ? SHEAF_OP_AND : SHEAF_OP_OR, pair, 2, 0, query,
		                            NULL);
	}
	return status == SHEAF_OK;
}

static void test_deep_answer(void **state)
{
	assert_int_equal(
		sheaf_query_parser_add_field_processor(*state, "deep", deep_tree, NULL, NULL),
		SHEAF_OK);
	match(state, "deep:x tree", "(deep:x AND tree)");
	assert_non_null(strstr(sheaf_query_parser_get_notes(*state), "nested too deep"));
}

/* Pages: `10..20`, or `pages:10..20`. */
static int pages(void *ctx, const char *name, const char *begin, const char *end,
                 sheaf_query **query)
{
	(void)ctx;
	if (strspn(begin, "0123456789") != strlen(begin) ||
	    strspn(end, "0123456789") != strlen(end) || (*name && strcmp(name, "pages") != 0))
		return 0;
	return sheaf_query_new_slot_range(7, *begin ? begin : NULL, strlen(begin),
	                                  *end ? end : NULL, strlen(end), query, NULL) == SHEAF_OK
	               ? 1
	               : -1;
}

static void test_range_processor(void **state)
{
	assert_int_equal(sheaf_query_parser_add_range_processor(*state, pages, NULL, NULL),
	                 SHEAF_OK);
	match(state, "tree 10..20", "(tree FILTER slot:7:10..20)");
	match(state, "pages:10..", "slot:7:10..");
	match(state, "pages:..20 tree", "(tree FILTER slot:7:..20)");
	match(state, "10..20 30..40", "(slot:7:10..20 AND slot:7:30..40)");
	match(state, "pages:10-20", "pages:10-20");
	match(state, "a..b", "a..b");
	match(state, "tree and so on...", "tree");
	match(state, "submitted:2020..2021",
	      "submitted:2020-01-01T00:00:00Z..2021-12-31T23:59:59Z");
	match(state, "..", "<nothing>");
	match(state, "pages:x..y", "pages:x..y");
	assert_string_equal(sheaf_query_parser_get_notes(*state),
	                    "unknown field 'pages': taken as a word");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_prefix, setup, teardown),
		cmocka_unit_test_setup_teardown(test_several_fields, setup, teardown),
		cmocka_unit_test_setup_teardown(test_builtin_is_replaced, setup, teardown),
		cmocka_unit_test_setup_teardown(test_boolean_prefix, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_field_processor, setup, teardown),
		cmocka_unit_test_setup_teardown(test_deep_answer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_range_processor, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

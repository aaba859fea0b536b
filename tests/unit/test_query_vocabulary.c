/* Spelling, synonyms and the language, with a vocabulary of a few words in place of a database. */
#include "query_rows.h"

#include "alloc.h"
#include "error.h"
#include "query_parser_private.h"

static sheaf_status suggest(sheaf_database *db, const char *word, unsigned max_edits,
                            char **suggestion, sheaf_error *err)
{
	static const char *const words[][2] = {{"netwrok", "network"},
	                                       {"nueral", "neural"},
	                                       {"lecnu", "lecun"},
	                                       {"thier", "their"}};

	(void)db;
	*suggestion = NULL;
	assert_int_equal(max_edits, 2);
	if (strcmp(word, "broken") == 0)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT, "no dictionary");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i][0]) == 0)
			*suggestion = mem_strdup(words[i][1]);
	return SHEAF_OK;
}

static sheaf_status each_synonym(sheaf_database *db, const char *term, sheaf_synonym_fn fn,
                                 void *ctx, sheaf_error *err)
{
	static const char *const words[][2] = {
		{"car", "auto"}, {"car", "motor car"}, {"car", "Car"},
		{"car", "auto"}, {"car", "..."},       {"deep learning", "neural network"}};

	(void)db;
	if (strcmp(term, "broken") == 0)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT, "no synonyms");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(term, words[i][0]) == 0 && fn(ctx, term, words[i][1]))
			return SHEAF_ERROR_INTERRUPTED;
	return SHEAF_OK;
}

static int setup(void **state)
{
	sheaf_query_parser *qp = rows_parser();

	qp->vocabulary = (query_vocabulary){NULL, suggest, each_synonym};
	*state = qp;
	return 0;
}

static int teardown(void **state)
{
	sheaf_query_parser_free(*state);
	return 0;
}

static void check_corrected(sheaf_query_parser *qp, const char *text, const char *expected)
{
	sheaf_query *query;

	assert_int_equal(sheaf_query_parser_parse_query(
				 qp, text, SHEAF_FLAG_DEFAULT | SHEAF_FLAG_SPELLING_CORRECTION,
				 &query, NULL),
	                 SHEAF_OK);
	assert_string_equal(sheaf_query_parser_get_corrected_query_string(qp), expected);
	sheaf_query_free(query);
}

static void test_spelling(void **state)
{
	static const row rows[] = {
		{"netwrok", "network"},
		{"Netwrok graph", "Network graph"},
		{"NETWROK", "Network"},
		{"a nueral netwrok, (netwrok OR x) -netwrok",
	         "a neural network, (network OR x) -network"},
		{"ti:netwrok^2", "ti:network^2"},
		{"au:lecnu", "au:lecun"},
		{"the netwrok AND  nueral", "the network AND neural"},
		{"\"netwrok\" =netwrok netwr* rn:netwrok cat:netwrok", ""},
		{"netwrok-based $netwrok^2$x", ""},
		{"network", ""},
		{"x", ""},
		{"", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_corrected(*state, rows[i].text, rows[i].expected);
}

/* A word that is looked for in several fields is put right once. */
static void test_spelling_in_several_fields(void **state)
{
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "in", SHEAF_FIELD_TITLE, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_query_parser_add_prefix(*state, "in", SHEAF_FIELD_ABSTRACT, NULL),
	                 SHEAF_OK);
	check_corrected(*state, "in:netwrok in:nueral x", "in:network in:neural x");
}

static void test_spelling_is_asked_for(void **state)
{
	sheaf_query *query;

	assert_int_equal(
		sheaf_query_parser_parse_query(*state, "netwrok", SHEAF_FLAG_DEFAULT, &query, NULL),
		SHEAF_OK);
	assert_string_equal(sheaf_query_parser_get_corrected_query_string(*state), "");
	sheaf_query_free(query);
	check_corrected(*state, "netwrok", "network");
	assert_true(rows_match(*state, SHEAF_FLAG_DEFAULT, "netwrok", "netwrok"));
	assert_string_equal(sheaf_query_parser_get_corrected_query_string(*state), "");
}

static void test_synonyms(void **state)
{
	static const row rows[] = {
		{"~car", "(car SYNONYM auto SYNONYM \"motor car\":stem)"},
		{"~Car fast", "((Car SYNONYM auto SYNONYM \"motor car\":stem) AND fast)"},
		{"ti:~car", "(title:car SYNONYM title:auto SYNONYM title:\"motor car\":stem)"},
		{"~ti:car^2", "(title:car SYNONYM title:auto SYNONYM title:\"motor car\":stem)^2"},
		{"-~car fast", "(fast NOT (car SYNONYM auto SYNONYM \"motor car\":stem))"},
		{"~\"deep learning\"", "(\"deep learning\" SYNONYM \"neural network\":stem)"},
		{"~lattice", "lattice"},
		{"~100 atoms", "(100 AND atoms)"},
		{"a~car", "a~car"},
		{"~ car", "car"},
		{"=~car", "(=car SYNONYM auto SYNONYM \"motor car\":stem)"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_true(rows_match(*state, SHEAF_FLAG_DEFAULT, rows[i].text, rows[i].expected));
	assert_true(rows_match(*state, 0, "~car", "car"));
}

static void test_missing_synonyms_are_noted_once(void **state)
{
	sheaf_query_parser *qp = *state;

	assert_true(rows_match(qp, SHEAF_FLAG_DEFAULT, "~tree ~lattice ~car",
	                       "(tree AND lattice AND (car SYNONYM auto SYNONYM \"motor "
	                       "car\":stem))"));
	assert_string_equal(sheaf_query_parser_get_notes(qp),
	                    "no synonyms of 'tree' are known: taken as it is");
	qp->vocabulary = (query_vocabulary){NULL, NULL, NULL};
	assert_true(rows_match(qp, SHEAF_FLAG_DEFAULT, "~car", "car"));
	assert_string_equal(sheaf_query_parser_get_notes(qp),
	                    "no synonyms of 'car' are known: taken as it is");
}

/* What the database says about itself is not taken for a word that is spelt right. */
static void test_errors(void **state)
{
	static const char *const texts[] = {"broken", "~broken", "x (ti:broken)"};
	sheaf_query             *query;
	sheaf_error              err;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(sheaf_query_parser_parse_query(
					 *state, texts[i],
					 SHEAF_FLAG_DEFAULT | SHEAF_FLAG_SPELLING_CORRECTION,
					 &query, &err),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
		assert_null(query);
	}
	check_corrected(*state, "netwrok", "network");
}

static void test_foreign(void **state)
{
	sheaf_query_parser *qp = *state;

	assert_true(rows_match(qp, SHEAF_FLAG_DEFAULT, "the tree", "tree"));
	qp->foreign = 1;
	assert_true(rows_match(qp, SHEAF_FLAG_DEFAULT, "the tree", "(the AND tree)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_spelling, setup, teardown),
		cmocka_unit_test_setup_teardown(test_spelling_in_several_fields, setup, teardown),
		cmocka_unit_test_setup_teardown(test_spelling_is_asked_for, setup, teardown),
		cmocka_unit_test_setup_teardown(test_synonyms, setup, teardown),
		cmocka_unit_test_setup_teardown(test_missing_synonyms_are_noted_once, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(test_errors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_foreign, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The replay server's reading of search_query. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api_search.h"
#include "datetime.h"

static const api_text sample = {
	.fields =
		{
			[API_TITLE] = "Spiking networks on memristor crossbars",
			[API_AUTHOR] = "Ola Brivek; K. de la Tirdol",
			[API_ABSTRACT] =
				"A non-invasive study of synapses. Networks learn quickly.",
			[API_CATEGORY] = " cs.NE cond-mat.mtrl-sci",
			[API_ID] = "2610.50001",
		},
	.submitted = 1790000000, /* 2026-09-21 */
};

static int matches(const char *query)
{
	arena       a = {NULL, 0};
	api_node   *root;
	sheaf_error err;
	int         score = 0, result;

	assert_int_equal(api_search_parse(query, &a, &root, &err), SHEAF_OK);
	result = api_search_match(root, &sample, &score);
	arena_free(&a);
	return result;
}

static void terms_and_fields(void **state)
{
	static const char *const yes[] = {
		"memristor",
		"all:memristor",
		"ti:MEMRISTOR",
		"ti:memris*",
		"au:brivek",
		"au:\"de la tirdol\"",
		"ti:\"memristor crossbars\"",
		"cat:cs.NE",
		"cat:cs.*",
		"id:2610.50001",
		"abs:non-invasive",
		"ti:(spiking crossbars)",
		"ti:(absent crossbars)",
		"submittedDate:[202609 TO 202612]",
		"lastUpdatedDate:[20260921 TO 20260921]",
		"au:de_la_tirdol",
	};
	static const char *const no[] = {
		"quantum",
		"ti:synapses",
		"ti:network",
		"ti:\"crossbars memristor\"",
		"cat:cs.N",
		"cat:NE",
		"cat:cs",
		"abs:memristor",
		"submittedDate:[2027 TO 2028]",
		"...",
		"co:memristor",
	};

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (!matches(yes[i]))
			fail_msg("%s should match", yes[i]);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (matches(no[i]))
			fail_msg("%s should not match", no[i]);
}

/* a AND b OR c is a AND (b OR c): the service has no precedence. */
static void chains_group_to_the_right(void **state)
{
	(void)state;
	assert_true(matches("spiking AND (memristor OR absent)"));
	assert_false(matches("absent AND memristor OR spiking"));
	assert_true(matches("(absent AND memristor) OR spiking"));
	assert_true(matches("spiking ANDNOT absent"));
	assert_false(matches("spiking ANDNOT absent OR memristor"));
	assert_true(matches("absent memristor"));
	assert_true(matches("spiking NOT absent"));
}

static void nonsense_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"   ",
		"(",
		")",
		"a)",
		"(a",
		"\"open",
		"nofield:x",
		"ti:",
		"a AND",
		"AND AND",
		"*x",
		"submittedDate:2024",
		"submittedDate:[2024]",
		"submittedDate:[x TO y]",
		"submittedDate:[2024 TO",
		"()",
	};
	arena a = {NULL, 0};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		sheaf_error err;
		api_node   *root;

		if (api_search_parse(bad[i], &a, &root, &err) != SHEAF_ERROR_QUERY_PARSER)
			fail_msg("\"%s\" should be refused", bad[i]);
		assert_null(root);
	}
	arena_free(&a);
}

static void depth_and_length_are_capped(void **state)
{
	static char deep[6000];
	arena       a = {NULL, 0};
	api_node   *root;

	(void)state;
	memset(deep, '(', 3000);
	assert_int_equal(api_search_parse(deep, &a, &root, NULL), SHEAF_ERROR_QUERY_PARSER);
	for (size_t i = 0; i < 3000; i += 2)
		memcpy(deep + i, "a ", 2);
	assert_int_equal(api_search_parse(deep, &a, &root, NULL), SHEAF_ERROR_QUERY_PARSER);
	memset(deep, 'a', sizeof deep - 1);
	assert_int_equal(api_search_parse(deep, &a, &root, NULL), SHEAF_ERROR_QUERY_PARSER);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_and_fields),
		cmocka_unit_test(chains_group_to_the_right),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(depth_and_length_are_capped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Function words are on the list, words that papers are about are not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "query_stop_words.h"

static void test_function_words(void **state)
{
	static const char *const words[] = {
		"a",     "about", "above", "amongst", "an",  "and",   "any", "are",   "as",
		"at",    "be",    "both",  "but",     "by",  "can",   "do",  "each",  "from",
		"has",   "how",   "i",     "if",      "in",  "into",  "is",  "it",    "itself",
		"many",  "more",  "must",  "nor",     "not", "of",    "on",  "onto",  "or",
		"our",   "per",   "she",   "should",  "so",  "such",  "the", "their", "these",
		"those", "to",    "until", "upon",    "us",  "very",  "via", "was",   "we",
		"what",  "which", "who",   "within",  "yet", "yours",
	};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_true(query_stop_words_has(words[i]));
}

static void test_other_words(void **state)
{
	static const char *const words[] = {"",     "A",         "aa",    "network", "deep",
	                                    "one",  "two",       "first", "high",    "th",
	                                    "thee", "yourself ", "zero"};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_false(query_stop_words_has(words[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_function_words),
		cmocka_unit_test(test_other_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Each kind of leaf against brute force: words, phrases and NEAR in windows, wildcards, synonyms,
 * boolean terms and the caller's own, ranges of dates and of slots.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "naive_compare.h"

enum { QUERIES = 500 };

static void try_kind(naive_kind kind)
{
	world *w = naive_open(SHEAF_STEM_SOME, 1, 20 + (unsigned)kind);

	for (int tried = 0; tried < QUERIES;)
		tried += naive_try(w, naive_ask_leaf(w, kind), NULL, NULL);
	naive_close(w);
}

static void words(void **state)
{
	(void)state;
	try_kind(NAIVE_WORDS_KIND);
}

static void phrases(void **state)
{
	(void)state;
	try_kind(NAIVE_PHRASE_KIND);
}

static void near(void **state)
{
	(void)state;
	try_kind(NAIVE_NEAR_KIND);
}

static void wildcards(void **state)
{
	(void)state;
	try_kind(NAIVE_WILDCARD_KIND);
}

static void synonyms(void **state)
{
	(void)state;
	try_kind(NAIVE_SYNONYM_KIND);
}

static void boolean_and_own_terms(void **state)
{
	(void)state;
	try_kind(NAIVE_BOOLEAN_KIND);
}

static void ranges_of_dates(void **state)
{
	(void)state;
	try_kind(NAIVE_RANGE_KIND);
}

static void ranges_of_slots(void **state)
{
	(void)state;
	try_kind(NAIVE_SLOT_KIND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(phrases),
		cmocka_unit_test(near),
		cmocka_unit_test(wildcards),
		cmocka_unit_test(synonyms),
		cmocka_unit_test(boolean_and_own_terms),
		cmocka_unit_test(ranges_of_dates),
		cmocka_unit_test(ranges_of_slots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The weights of expansion terms against values worked out by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "eset_private.h"

static void weighs(sheaf_expansion scheme, const eset_counts *c, double expected)
{
	double weight = eset_scheme_get(scheme)->weigh(c);

	if (fabs(weight - expected) > 1e-9)
		fail_msg("%.12g, not %.12g", weight, expected);
}

static void relevance_model(void **state)
{
	/* 1 * 3/20 + 0.5 * 1/50 of weights 1 and 0.5. */
	eset_counts c = {.mass = 0.16, .total_weight = 1.5};

	(void)state;
	weighs(SHEAF_EXPANSION_RELEVANCE_MODEL, &c, 0.326598632371);
	c.total_weight = 0;
	weighs(SHEAF_EXPANSION_RELEVANCE_MODEL, &c, 0);
}

static void bo1(void **state)
{
	/* F/N = 1/4: 8 log2(5) + log2(5/4). */
	eset_counts c = {.mass = 8, .documents = 1000, .occurrences = 250};

	(void)state;
	weighs(SHEAF_EXPANSION_BO1, &c, 18.897352853986);
	/* F/N = 1: 2 log2(2) + log2(2). */
	c.mass = 2;
	c.occurrences = 1000;
	weighs(SHEAF_EXPANSION_BO1, &c, 3);
	c.occurrences = 0;
	weighs(SHEAF_EXPANSION_BO1, &c, 0);
}

static void trad(void **state)
{
	/* N 100, n 10, R 4, r 3: 3 ln(3.5 * 89.5 / (7.5 * 1.5)). */
	eset_counts c = {.documents = 100, .termfreq = 10, .rset_size = 4, .rset_freq = 3};

	(void)state;
	weighs(SHEAF_EXPANSION_TRAD, &c, 9.979900395377);
	/*
	 * Every document has it, a relevant one like any other: N 8, n 8, R 2, r 2: 2 ln(2.5 * .5 /
	 * (6.5 * .5)).
	 */
	c = (eset_counts){.documents = 8, .termfreq = 8, .rset_size = 2, .rset_freq = 2};
	weighs(SHEAF_EXPANSION_TRAD, &c, 2 * log(2.5 * 0.5 / (6.5 * 0.5)));
	/* Counts that do not fit each other are no reason for a NaN. */
	c = (eset_counts){.documents = 3, .termfreq = 1, .rset_size = 9, .rset_freq = 5};
	assert_true(isfinite(eset_scheme_get(SHEAF_EXPANSION_TRAD)->weigh(&c)));
}

static void only_schemes_that_there_are(void **state)
{
	(void)state;
	assert_non_null(eset_scheme_get(SHEAF_EXPANSION_TRAD));
	assert_null(eset_scheme_get((sheaf_expansion)3));
	assert_null(eset_scheme_get((sheaf_expansion)-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relevance_model),
		cmocka_unit_test(bo1),
		cmocka_unit_test(trad),
		cmocka_unit_test(only_schemes_that_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The measures of measures.h against values worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measures.h"

static void near(double value, double expected)
{
	if (fabs(value - expected) > 1e-12)
		fail_msg("%.15g is not %.15g", value, expected);
}

static void precision_counts_relevant_ranks(void **state)
{
	const int grades[] = {1, 0, 1, 0, 0};

	(void)state;
	near(measures_average_precision(grades, 5, 2), (1.0 + 2.0 / 3.0) / 2);
	/* One relevant paper was never found. */
	near(measures_average_precision(grades, 5, 3), (1.0 + 2.0 / 3.0) / 3);
	near(measures_average_precision(grades, 0, 3), 0);
	near(measures_average_precision(grades, 5, 0), 0);
}

static void ndcg_is_one_for_the_ideal_order(void **state)
{
	const int grades[] = {3, 2, 1, 0};
	int       judged[] = {1, 3, 0, 2};

	(void)state;
	near(measures_ndcg(grades, 4, judged, 4, 10), 1);
}

static void ndcg_discounts_by_rank(void **state)
{
	const int grades[] = {0, 2, 0, 1};
	int       judged[] = {1, 2};
	double    ideal = 2 + 1 / log2(3);

	(void)state;
	near(measures_ndcg(grades, 4, judged, 2, 10), (2 / log2(3) + 1 / log2(5)) / ideal);
	near(measures_ndcg(grades, 4, judged, 2, 3), 2 / log2(3) / ideal);
	/* The cut holds for the ideal as well. */
	near(measures_ndcg(grades + 1, 1, judged, 2, 1), 1);
}

static void ndcg_of_nothing_is_zero(void **state)
{
	const int grades[] = {0, 0};
	int       judged[] = {0, -1};

	(void)state;
	near(measures_ndcg(grades, 2, judged, 2, 10), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(precision_counts_relevant_ranks),
		cmocka_unit_test(ndcg_is_one_for_the_ideal_order),
		cmocka_unit_test(ndcg_discounts_by_rank),
		cmocka_unit_test(ndcg_of_nothing_is_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

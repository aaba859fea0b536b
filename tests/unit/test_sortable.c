/* sortable.c: numbers as bytes in the numbers' order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "dice.h"
#include "sheaf/document.h"

static int compare(double a, double b)
{
	unsigned char x[SHEAF_SORTABLE_SIZE], y[SHEAF_SORTABLE_SIZE];
	int           order;

	sheaf_sortable_serialise(a, x);
	sheaf_sortable_serialise(b, y);
	order = memcmp(x, y, sizeof x);
	return (order > 0) - (order < 0);
}

static void bytes_are_in_the_order_of_numbers(void **state)
{
	const double ascending[] = {-INFINITY, -DBL_MAX, -1e10, -2, -1.5, -1,      -DBL_MIN, 0,
	                            DBL_MIN,   1,        1.5,   2,  1e10, DBL_MAX, INFINITY};
	const size_t count = sizeof ascending / sizeof *ascending;

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			assert_int_equal(compare(ascending[i], ascending[j]), (i > j) - (i < j));
	for (size_t i = 0; i < count; i++)
		assert_int_equal(compare(NAN, ascending[i]), -1);
	assert_int_equal(compare(-0.0, 0.0), 0);
	assert_int_equal(compare(-NAN, NAN), 0);
}

static void numbers_come_back(void **state)
{
	unsigned char bytes[SHEAF_SORTABLE_SIZE];
	dice          d;

	(void)state;
	dice_start(&d, 1, 2, 3);
	for (int i = 0; i < 10000; i++) {
		uint64_t bits = dice_next(&d);
		double   n, back;

		memcpy(&n, &bits, sizeof n);
		sheaf_sortable_serialise(n, bytes);
		back = sheaf_sortable_unserialise(bytes, sizeof bytes);
		if (isnan(n))
			assert_true(isnan(back));
		else
			assert_true(n == back);
	}
	assert_true(sheaf_sortable_unserialise(bytes, 7) == 0);
	assert_true(sheaf_sortable_unserialise(NULL, 0) == 0);
	sheaf_sortable_serialise(-0.0, bytes);
	assert_false(signbit(sheaf_sortable_unserialise(bytes, sizeof bytes)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_in_the_order_of_numbers),
		cmocka_unit_test(numbers_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

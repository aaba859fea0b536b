/* pool.h: memory that is counted, given back, used again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dice.h"
#include "pool.h"

enum { BUFFERS = 500 };

/* Nobody's memory is anybody else's. */
static void buffers_are_apart(void **state)
{
	pool           p = {0};
	unsigned char *buffers[BUFFERS];
	unsigned       classes[BUFFERS];
	dice           d;

	(void)state;
	dice_start(&d, 4, 1, 0);
	for (int round = 0; round < 3; round++) {
		size_t asked = 0;

		for (size_t i = 0; i < BUFFERS; i++) {
			classes[i] = (unsigned)dice_below(&d, 12);
			buffers[i] = pool_take(&p, classes[i]);
			assert_non_null(buffers[i]);
			assert_int_equal((uintptr_t)buffers[i] % 8, 0);
			memset(buffers[i], (int)(i & 0xFF), (size_t)POOL_SMALLEST << classes[i]);
			asked += (size_t)POOL_SMALLEST << classes[i];
		}
		assert_true(pool_bytes(&p) >= asked);
		for (size_t i = 0; i < BUFFERS; i++)
			for (size_t k = 0; k < (size_t)POOL_SMALLEST << classes[i]; k++)
				assert_int_equal(buffers[i][k], i & 0xFF);
		pool_clear(&p, 1 << 20);
		assert_int_equal(pool_bytes(&p), 0);
		assert_true(p.kept_bytes <= 1 << 20);
	}
	pool_free_all(&p);
	assert_int_equal(p.kept_bytes, 0);
}

static void what_is_given_back_is_used_again(void **state)
{
	pool   p = {0};
	void  *first, *second;
	size_t bytes;

	(void)state;
	first = pool_take(&p, 3);
	second = pool_take(&p, 3);
	assert_ptr_not_equal(first, second);
	bytes = pool_bytes(&p);
	pool_give(&p, first, 3);
	pool_give(&p, second, 3);
	assert_ptr_equal(pool_take(&p, 3), second);
	assert_ptr_equal(pool_take(&p, 3), first);
	assert_int_equal(pool_bytes(&p), bytes);
	pool_free_all(&p);
	assert_int_equal(pool_bytes(&p), 0);
}

static void what_cannot_be(void **state)
{
	pool p = {0};

	(void)state;
	assert_null(pool_take(&p, POOL_CLASSES));
	assert_null(pool_alloc(&p, SIZE_MAX));
	assert_int_equal(pool_bytes(&p), 0);
	pool_free_all(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buffers_are_apart),
		cmocka_unit_test(what_is_given_back_is_used_again),
		cmocka_unit_test(what_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* value_numbers.h: numbers in as many bits as they need. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
#include "value_numbers.h"

static uint64_t state_of_random = 1;

static uint64_t any_number(void)
{
	state_of_random = state_of_random * 6364136223846793005u + 1442695040888963407u;
	return state_of_random ^ state_of_random >> 29;
}

static uint64_t of_bits(unsigned bits)
{
	return any_number() >> (64 - bits);
}

/* Numbers of `bits` bits, one of them with all, every third 0, `base` added to the others. */
static void fill(uint64_t numbers[VALUE_BLOCK], unsigned bits, uint64_t base)
{
	for (size_t i = 0; i < VALUE_BLOCK; i++) {
		uint64_t number = of_bits(bits);

		numbers[i] = i % 3 && number ? number + base : 0;
	}
	numbers[any_number() % VALUE_BLOCK] = (UINT64_MAX >> (64 - bits)) + base;
	numbers[1] = 1 + base;
}

/* Writes and reads them; the bytes they took. */
static size_t there_and_back(const uint64_t numbers[VALUE_BLOCK], int based)
{
	unsigned char  bytes[VALUE_NUMBERS_BYTES];
	value_numbers *wide = value_numbers_new(VALUE_NUMBERS_WIDE), *read, *again;
	size_t         len;

	assert_non_null(wide);
	for (size_t i = 0; i < VALUE_BLOCK; i++)
		value_numbers_set(wide, i, numbers[i]);
	len = value_numbers_encode(wide, based, bytes);
	assert_true(len <= sizeof bytes);
	assert_int_equal(value_numbers_decode(bytes, len, &read), 1);
	again = value_numbers_widen(read, VALUE_NUMBERS_WIDE);
	assert_non_null(again);
	for (size_t i = 0; i < VALUE_BLOCK; i++) {
		assert_true(value_numbers_get(read, i) == numbers[i]);
		assert_true(value_numbers_get(again, i) == numbers[i]);
	}
	assert_memory_equal(again->bits, wide->bits, VALUE_NUMBERS_BYTES);
	mem_free(again);
	mem_free(read);
	mem_free(wide);
	return len;
}

static void each_width(void **state)
{
	uint64_t numbers[VALUE_BLOCK];

	(void)state;
	for (unsigned bits = 1; bits <= 64; bits++) {
		fill(numbers, bits, 0);
		numbers[0] = 0;
		assert_int_equal(there_and_back(numbers, 0), 128 * (bits <= 32 ? bits : 64));
	}
}

static void numbers_far_from_zero(void **state)
{
	uint64_t numbers[VALUE_BLOCK];

	(void)state;
	for (unsigned bits = 1; bits <= 40; bits++) {
		fill(numbers, bits, (uint64_t)1 << 62);
		assert_int_equal(there_and_back(numbers, 1), bits <= 32 ? 8 + 128 * bits : 8192);
		assert_int_equal(there_and_back(numbers, 0), 8192);
	}
	/* From one end to the other. */
	fill(numbers, 1, UINT64_MAX - 1);
	assert_int_equal(there_and_back(numbers, 1), 8 + 128);
	numbers[7] = 1;
	assert_int_equal(there_and_back(numbers, 1), 8192);
}

static void nothing_but_zeros(void **state)
{
	uint64_t numbers[VALUE_BLOCK] = {0};

	(void)state;
	assert_int_equal(there_and_back(numbers, 0), 128);
	assert_int_equal(there_and_back(numbers, 1), 128);
}

/* The length alone says what is there: all others are damage. */
static void lengths_of_blocks(void **state)
{
	static const unsigned char bytes[VALUE_NUMBERS_BYTES + 300];
	value_numbers             *numbers;

	(void)state;
	for (size_t len = 0; len <= sizeof bytes; len++) {
		int whole = len % 128 == 0 && ((len >= 128 && len <= 4096) || len == 8192);
		int based = len % 128 == 8 && len >= 136 && len <= 4104;

		assert_int_equal(value_numbers_decode(bytes, len, &numbers), whole || based);
		assert_true(!numbers == !(whole || based));
		mem_free(numbers);
	}
}

/* A base that leads past the largest number gives a wrong one, and nothing else. */
static void a_base_too_large(void **state)
{
	unsigned char  bytes[136];
	value_numbers *numbers;

	(void)state;
	memset(bytes, 0xFF, sizeof bytes);
	assert_int_equal(value_numbers_decode(bytes, sizeof bytes, &numbers), 1);
	assert_true(value_numbers_get(numbers, VALUE_BLOCK - 1) == 0);
	mem_free(numbers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_width),        cmocka_unit_test(numbers_far_from_zero),
		cmocka_unit_test(nothing_but_zeros), cmocka_unit_test(lengths_of_blocks),
		cmocka_unit_test(a_base_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

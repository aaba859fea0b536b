/* bytes.h and the hashes over it: eight bytes at a time say what one at a time would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "dice.h"
#include "hash.h"

/* A copy that ends where its memory does, so that a sanitizer sees what reads too far. */
static unsigned char *exactly(const unsigned char *bytes, size_t len)
{
	unsigned char *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	return copy;
}

static void loads_and_stores(void **state)
{
	static const unsigned char bytes[] = {1, 2, 0xFF, 4, 0x80, 6, 7, 8};
	unsigned char              out[8];

	(void)state;
	assert_true(bytes_load_4(bytes) == 0x04FF0201u);
	assert_true(bytes_load_8(bytes) == 0x0807068004FF0201u);
	assert_true(bytes_reverse(bytes_load_8(bytes)) == 0x0102FF0480060708u);
	assert_true(bytes_front("networks", 8) > bytes_front("network", 7));
	assert_true(bytes_front("networking", 10) > bytes_front("network", 7));
	assert_true(bytes_front("\377", 1) > bytes_front("networks", 8));
	bytes_store_8(out, bytes_load_8(bytes));
	assert_memory_equal(out, bytes, 8);
	for (size_t len = 0; len <= 8; len++) {
		unsigned char *copy = exactly(bytes, len);
		uint64_t       n = 0;

		for (size_t i = len; i--;)
			n = n << 8 | bytes[i];
		assert_true(bytes_load(copy, len) == n);
		assert_true(bytes_front(copy, len) == bytes_reverse(n));
		free(copy);
	}
}

static void the_first_high_bit(void **state)
{
	(void)state;
	for (unsigned set = 1; set < 256; set++) {
		uint64_t high = 0;
		size_t   first = 8;

		for (unsigned i = 8; i--;)
			if (set >> i & 1) {
				high |= (uint64_t)0x80 << 8 * i;
				first = i;
			}
		assert_int_equal(bytes_first(high), first);
	}
}

/* Length and every byte count; copies are whole, and what is hashed is not read beyond. */
static void keys(void **state)
{
	unsigned char bytes[64], out[64 + 8];
	dice          d;

	(void)state;
	dice_start(&d, 4, 0, 0);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)dice_below(&d, 256);
	for (size_t len = 0; len <= sizeof bytes; len++) {
		unsigned char *copy = exactly(bytes, len);
		uint64_t       hash = hash_key(7, copy, len);

		assert_true(hash_copy(7, out, copy, len) == hash);
		assert_memory_equal(out, bytes, len);
		assert_true(hash_key(8, copy, len) != hash);
		if (len)
			assert_true(hash_key(7, copy, len - 1) != hash);
		for (size_t i = 0; i < len; i++) {
			copy[i] ^= 1;
			assert_true(hash_key(7, copy, len) != hash);
			copy[i] ^= 1;
		}
		free(copy);
	}
}

/* Numbered words fill a table of twice their number about as chance would. */
static void any_bits_serve(void **state)
{
	enum { WORDS = 4096, SLOTS = 8192 };
	static const unsigned shifts[] = {0, 20, 40, 51};

	(void)state;
	for (size_t s = 0; s < sizeof shifts / sizeof *shifts; s++) {
		unsigned char used[SLOTS] = {0};
		size_t        filled = 0;

		for (unsigned n = 0; n < WORDS; n++) {
			char   text[12] = "word0000";
			size_t at;

			for (unsigned i = 0, left = n; i < 4; i++, left /= 10)
				text[7 - i] = (char)('0' + left % 10);
			at = (size_t)(hash_key(HASH_SEED, text, 8) >> shifts[s]) & (SLOTS - 1);
			filled += !used[at];
			used[at] = 1;
		}
		/* 3223 are expected. */
		assert_true(filled > 2900);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loads_and_stores),
		cmocka_unit_test(the_first_high_bit),
		cmocka_unit_test(keys),
		cmocka_unit_test(any_bits_serve),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

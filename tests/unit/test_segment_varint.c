/* SQLite's numbers: every length, there and back; and those that are cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "segment_varint.h"

static void check(uint64_t n, size_t expected)
{
	unsigned char        bytes[2 * SEGMENT_VARINT_MAX] = {0};
	const unsigned char *at = bytes;
	size_t               len = segment_varint_put(bytes, n);
	uint64_t             back = ~n;

	assert_int_equal(len, expected);
	assert_int_equal(segment_varint_get(bytes, &back), len);
	assert_true(back == n);
	back = ~n;
	assert_true(segment_varint_read(&at, bytes + len, &back));
	assert_true(back == n && at == bytes + len);
	at = bytes;
	assert_false(segment_varint_read(&at, bytes + len - 1, &back));
	assert_true(at == bytes);
}

static void there_and_back(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits < 64; bits++) {
		uint64_t n = (uint64_t)1 << bits;
		size_t   at_n = bits >= 56 ? 9 : bits / 7 + 1,
		       before = bits > 56 ? 9 : (bits + 6) / 7;

		check(n, at_n);
		check(n - 1, before ? before : 1);
	}
	check(UINT64_MAX, 9);
}

static void as_sqlite_writes_them(void **state)
{
	unsigned char bytes[SEGMENT_VARINT_MAX];

	(void)state;
	assert_int_equal(segment_varint_put(bytes, 300), 2);
	assert_memory_equal(bytes, "\x82\x2C", 2);
	assert_int_equal(segment_varint_put(bytes, 1000000), 3);
	assert_memory_equal(bytes, "\xBD\x84\x40", 3);
	assert_int_equal(segment_varint_put(bytes, UINT64_MAX), 9);
	assert_memory_equal(bytes, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(as_sqlite_writes_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

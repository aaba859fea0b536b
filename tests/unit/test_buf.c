/* buf.h: growth, caps, and a failure that sticks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
#include "buf.h"

static void an_empty_buffer_is_an_empty_string(void **state)
{
	buf b = BUF_INIT(0);

	(void)state;
	assert_string_equal(buf_str(&b), "");
	assert_int_equal(buf_status(&b, NULL), SHEAF_OK);
	buf_truncate(&b, 0);
	buf_clear(&b);
	buf_free(&b);
}

static void everything_ends_with_nul(void **state)
{
	buf b = BUF_INIT(0);

	(void)state;
	for (size_t n = 1; n <= 1000; n++) {
		buf_putc(&b, (char)('a' + n % 26));
		assert_int_equal(b.len, n);
		assert_int_equal(b.data[n], 0);
	}
	buf_puts(&b, "");
	buf_append(&b, NULL, 0);
	assert_int_equal(b.len, 1000);
	buf_clear(&b);
	assert_string_equal(buf_str(&b), "");
	buf_printf(&b, "%s-%d-%c", "net", -7, 'x');
	buf_append(&b, "\0y", 2);
	assert_memory_equal(b.data, "net--7-x\0y", 11);
	buf_truncate(&b, 3);
	assert_string_equal(buf_str(&b), "net");
	buf_truncate(&b, 50);
	assert_int_equal(b.len, 3);
	buf_free(&b);
}

static void long_prints_fit(void **state)
{
	buf b = BUF_INIT(0);

	(void)state;
	buf_printf(&b, "%*d", 5000, 1);
	assert_int_equal(b.len, 5000);
	assert_int_equal(b.data[4999], '1');
	buf_free(&b);
}

static void numbers_are_decimal(void **state)
{
	buf b = BUF_INIT(0);

	(void)state;
	buf_put_int64(&b, 0);
	buf_put_int64(&b, -10);
	buf_put_int64(&b, 1234567890);
	buf_put_int64(&b, INT64_MAX);
	buf_put_int64(&b, INT64_MIN);
	assert_string_equal(buf_str(&b), "0-1012345678909223372036854775807-9223372036854775808");
	buf_free(&b);
}

static void a_cap_is_kept_to_the_byte(void **state)
{
	buf         b = BUF_INIT(10);
	sheaf_error err;

	(void)state;
	buf_puts(&b, "0123456789");
	assert_int_equal(buf_status(&b, &err), SHEAF_OK);
	buf_putc(&b, 'x');
	assert_int_equal(buf_status(&b, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(err.status, SHEAF_ERROR_INVALID_ARGUMENT);
	assert_non_null(strstr(err.message, "10 bytes"));
	assert_string_equal(buf_str(&b), "0123456789");
	/* Nothing is appended after a failure, even where it would fit. */
	buf_truncate(&b, 2);
	buf_puts(&b, "y");
	buf_printf(&b, "%d", 1);
	assert_string_equal(buf_str(&b), "01");
	assert_int_equal(buf_status(&b, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	buf_clear(&b);
	assert_int_equal(buf_status(&b, NULL), SHEAF_OK);
	buf_puts(&b, "z");
	assert_string_equal(buf_str(&b), "z");
	buf_free(&b);
}

static void lengths_that_overflow_are_past_the_cap(void **state)
{
	buf b = BUF_INIT(0);

	(void)state;
	buf_puts(&b, "abc");
	buf_append(&b, "x", SIZE_MAX);
	assert_int_equal(buf_status(&b, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	buf_free(&b);
}

static void taking_hands_over(void **state)
{
	buf   b = BUF_INIT(4);
	char *text = buf_take(&b);

	(void)state;
	assert_string_equal(text, "");
	mem_free(text);
	buf_puts(&b, "four");
	text = buf_take(&b);
	assert_string_equal(text, "four");
	mem_free(text);
	assert_int_equal(b.len, 0);
	assert_string_equal(buf_str(&b), "");
	buf_puts(&b, "five!");
	assert_null(buf_take(&b));
	assert_int_equal(buf_status(&b, NULL), SHEAF_OK);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_an_empty_string),
		cmocka_unit_test(everything_ends_with_nul),
		cmocka_unit_test(long_prints_fit),
		cmocka_unit_test(numbers_are_decimal),
		cmocka_unit_test(a_cap_is_kept_to_the_byte),
		cmocka_unit_test(lengths_that_overflow_are_past_the_cap),
		cmocka_unit_test(taking_hands_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

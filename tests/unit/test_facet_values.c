/* facet_values.h: values with their counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "buf.h"
#include "facet_values.h"

static int note(void *ctx, const char *value, size_t len, int64_t count)
{
	buf *out = ctx;

	assert_int_equal(value[len], 0);
	buf_printf(out, "%s%.*s:%lld", out->len ? " " : "", (int)len, value, (long long)count);
	return 0;
}

static int stop(void *ctx, const char *value, size_t len, int64_t count)
{
	(void)value, (void)len, (void)count;
	return ++*(int *)ctx == 2;
}

static void expect(const facet_values *v, size_t max, const char *text)
{
	buf out = BUF_INIT(0);

	assert_int_equal(facet_values_top(v, max, note, &out, NULL), SHEAF_OK);
	assert_string_equal(buf_str(&out), text);
	buf_free(&out);
}

static void the_most_frequent_come_first(void **state)
{
	static const char *const words[] = {"b", "a", "c", "a", "ab", "b", "a", "B"};
	facet_values             v = {0};
	int                      calls = 0;

	(void)state;
	expect(&v, 0, "");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_int_equal(facet_values_add(&v, words[i], strlen(words[i]), 1, NULL),
		                 SHEAF_OK);
	expect(&v, 0, "a:3 b:2 B:1 ab:1 c:1");
	expect(&v, 2, "a:3 b:2");
	assert_int_equal(facet_values_add(&v, "c", 1, 10, NULL), SHEAF_OK);
	expect(&v, 1, "c:11");
	assert_int_equal(facet_values_top(&v, 0, stop, &calls, NULL), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(calls, 2);
	facet_values_free(&v);
}

static void values_are_bytes(void **state)
{
	facet_values v = {0};

	(void)state;
	facet_values_add(&v, "a\0b", 3, 1, NULL);
	facet_values_add(&v, "a\0c", 3, 1, NULL);
	facet_values_add(&v, "a", 1, 1, NULL);
	facet_values_add(&v, "", 0, 1, NULL);
	assert_int_equal(v.count, 4);
	facet_values_free(&v);
}

static void many_values(void **state)
{
	facet_values v = {0};
	char         text[16];

	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 5000; i++) {
			snprintf(text, sizeof text, "%05d", i);
			assert_int_equal(facet_values_add(&v, text, strlen(text), i % 7, NULL),
			                 SHEAF_OK);
		}
	assert_int_equal(v.count, 5000);
	expect(&v, 3, "00006:12 00013:12 00020:12");
	facet_values_free(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_most_frequent_come_first),
		cmocka_unit_test(values_are_bytes),
		cmocka_unit_test(many_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* alloc.h: sizes that overflow, sizes of zero, copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"

static void sizes_of_zero_give_a_block(void **state)
{
	void *p = mem_alloc(0), *q = mem_calloc(0, 8), *r = mem_calloc(8, 0);

	(void)state;
	assert_non_null(p);
	assert_non_null(q);
	assert_non_null(r);
	p = mem_realloc(p, 0);
	assert_non_null(p);
	p = mem_realloc_array(p, 0, 8);
	assert_non_null(p);
	mem_free(p);
	mem_free(q);
	mem_free(r);
	mem_free(NULL);
}

static void calloc_clears(void **state)
{
	unsigned char *p = mem_calloc(7, 9);

	(void)state;
	assert_non_null(p);
	for (size_t i = 0; i < 63; i++)
		assert_int_equal(p[i], 0);
	mem_free(p);
}

static void overflows_are_refused(void **state)
{
	static const struct {
		size_t count, size;
	} cases[] = {{SIZE_MAX, 2}, {SIZE_MAX / 2 + 1, 2}, {2, SIZE_MAX}, {SIZE_MAX, SIZE_MAX}};
	char *kept = mem_strdup("kept");

	(void)state;
	assert_non_null(kept);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(mem_realloc_array(kept, cases[i].count, cases[i].size));
		assert_null(mem_calloc(cases[i].count, cases[i].size));
	}
	assert_null(mem_strndup("x", SIZE_MAX));
	assert_string_equal(kept, "kept");
	mem_free(kept);
}

static void wide_blocks_begin_on_large_pages(void **state)
{
	const size_t   size = (5u << 20) + 3;
	unsigned char *p = mem_alloc_wide(size), *small = mem_alloc_wide(1);

	(void)state;
	assert_non_null(p);
	assert_non_null(small);
	assert_int_equal((uintptr_t)p % (2u << 20), 0);
	memset(p, 7, size);
	assert_int_equal(p[size - 1], 7);
	assert_null(mem_alloc_wide(SIZE_MAX));
	mem_free(p);
	mem_free(small);
}

static void growing_keeps_what_is_there(void **state)
{
	int *list = NULL;

	(void)state;
	for (int n = 1; n <= 1000; n *= 10) {
		list = mem_realloc_array(list, (size_t)n, sizeof *list);
		assert_non_null(list);
		list[n - 1] = n;
		assert_int_equal(list[0], 1);
	}
	mem_free(list);
}

static void copies_end_with_nul(void **state)
{
	char *whole = mem_strdup("network"), *part = mem_strndup("network", 3);
	char *nothing = mem_strndup(NULL, 0), *inner = mem_strndup("a\0b", 3);

	(void)state;
	assert_string_equal(whole, "network");
	assert_string_equal(part, "net");
	assert_string_equal(nothing, "");
	assert_memory_equal(inner, "a\0b", 4);
	mem_free(whole);
	mem_free(part);
	mem_free(nothing);
	mem_free(inner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_of_zero_give_a_block),
		cmocka_unit_test(calloc_clears),
		cmocka_unit_test(overflows_are_refused),
		cmocka_unit_test(wide_blocks_begin_on_large_pages),
		cmocka_unit_test(growing_keeps_what_is_there),
		cmocka_unit_test(copies_end_with_nul),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

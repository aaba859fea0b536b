/* arena.h: alignment, blocks of every size, clearing. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"

/* Under ASan each allocation is a block of its own, and none is kept by a clear. */
#if defined(__SANITIZE_ADDRESS__)
enum { BLOCKS_ARE_SHARED = 0 };
#else
enum { BLOCKS_ARE_SHARED = 1 };
#endif

static void pieces_are_aligned_and_apart(void **state)
{
	static const size_t sizes[] = {1, 3, 16, 17, 4095, 4096, 4097, 100000, 1, 8};
	enum { COUNT = sizeof sizes / sizeof *sizes };
	unsigned char *pieces[COUNT];
	arena          a = {0};

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		pieces[i] = arena_alloc(&a, sizes[i]);
		assert_non_null(pieces[i]);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
		memset(pieces[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < COUNT; i++)
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(pieces[i][j], i + 1);
	arena_free(&a);
	assert_null(a.head);
}

static void strings_are_copied(void **state)
{
	char  source[] = "spiking";
	arena a = {0};
	char *whole = arena_strdup(&a, source), *part = arena_strndup(&a, source, 5);
	char *nothing = arena_strndup(&a, NULL, 0);

	(void)state;
	source[0] = 'S';
	assert_string_equal(whole, "spiking");
	assert_string_equal(part, "spiki");
	assert_string_equal(nothing, "");
	arena_free(&a);
}

static void calloc_clears_used_memory(void **state)
{
	arena          a = {0};
	unsigned char *p = arena_alloc(&a, 512);

	(void)state;
	assert_non_null(p);
	memset(p, 0xFF, 512);
	arena_clear(&a);
	p = arena_calloc(&a, 64, 8);
	assert_non_null(p);
	for (size_t i = 0; i < 512; i++)
		assert_int_equal(p[i], 0);
	arena_free(&a);
}

static void overflows_are_refused(void **state)
{
	arena a = {0};

	(void)state;
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_alloc(&a, SIZE_MAX / 2 + 1));
	assert_null(arena_calloc(&a, SIZE_MAX / 2, 3));
	assert_null(arena_strndup(&a, "x", SIZE_MAX));
	assert_null(a.head);
	arena_free(&a);
}

static void a_clear_keeps_one_block(void **state)
{
	arena a = {0};
	void *first = arena_alloc(&a, 100);

	(void)state;
	for (int i = 0; i < 200; i++)
		assert_non_null(arena_alloc(&a, 300));
	arena_clear(&a);
	assert_int_equal(a.used, 0);
	if (BLOCKS_ARE_SHARED)
		assert_ptr_equal(arena_alloc(&a, 100), first);
	arena_free(&a);
}

static void an_oversized_block_is_not_kept(void **state)
{
	arena a = {0};

	(void)state;
	assert_non_null(arena_alloc(&a, 1 << 20));
	arena_clear(&a);
	assert_null(a.head);
	arena_clear(&a);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_aligned_and_apart),
		cmocka_unit_test(strings_are_copied),
		cmocka_unit_test(calloc_clears_used_memory),
		cmocka_unit_test(overflows_are_refused),
		cmocka_unit_test(a_clear_keeps_one_block),
		cmocka_unit_test(an_oversized_block_is_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

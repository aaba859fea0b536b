/*
 * failing_malloc.h: memory that runs out when a test says so. Replaces malloc and its kin for the
 * whole program, libraries included. Include it in one file of a test program.
 *
 * FAILING_MALLOC is 1 where this is possible: with glibc, and without a sanitizer that replaces
 * malloc itself. Where it is 0, the program's main() is here, and says that it is skipped.
 */
#ifndef FAILING_MALLOC_H
#define FAILING_MALLOC_H

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define FAILING_MALLOC 0
#endif
#endif
#if !defined(FAILING_MALLOC)
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FAILING_MALLOC 1
#else
#define FAILING_MALLOC 0
#endif
#endif

#if FAILING_MALLOC

typedef enum memory_mode { MEMORY_ENOUGH, MEMORY_FAILS_ONCE, MEMORY_FAILS_ON } memory_mode;

static atomic_int  memory_mode_now;
static atomic_long memory_left;     /* allocations until the first that fails */
static atomic_long memory_asked;    /* allocations since memory_arm() */
static atomic_long memory_blocks;   /* blocks held */
static atomic_int  memory_own_only; /* 1: what libraries ask for is granted, and not counted */

/* Where the linker has put the program itself. */
extern const char __executable_start[], etext[];

/* The allocation after `left` others fails, in MEMORY_FAILS_ON all later ones as well. */
static inline void memory_arm(memory_mode mode, long left)
{
	atomic_store(&memory_left, left);
	atomic_store(&memory_asked, 0);
	atomic_store(&memory_mode_now, (int)mode);
}

static inline long memory_disarm(void)
{
	atomic_store(&memory_mode_now, MEMORY_ENOUGH);
	return atomic_load(&memory_asked);
}

static int memory_refused(const char *caller)
{
	int  mode = atomic_load(&memory_mode_now);
	long left;

	if (atomic_load(&memory_own_only) && (caller < __executable_start || caller >= etext))
		return 0;
	atomic_fetch_add(&memory_asked, 1);
	if (mode == MEMORY_ENOUGH)
		return 0;
	left = atomic_fetch_sub(&memory_left, 1);
	if (left > 0 || (left < 0 && mode == MEMORY_FAILS_ONCE))
		return 0;
	errno = ENOMEM;
	return 1;
}

static void *memory_given(void *p)
{
	if (p)
		atomic_fetch_add(&memory_blocks, 1);
	return p;
}

/* glibc's own, under the names by which it offers them to replacements. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void  __libc_free(void *p);

/* Seen by libraries only where they are exported, which the build does not do by itself. */
#pragma GCC visibility push(default)

void *malloc(size_t size)
{
	return memory_refused(__builtin_return_address(0)) ? NULL
	                                                   : memory_given(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
	return memory_refused(__builtin_return_address(0))
	               ? NULL
	               : memory_given(__libc_calloc(count, size));
}

void *realloc(void *p, size_t size)
{
	if (p && !size) {
		free(p);
		return NULL;
	}
	if (memory_refused(__builtin_return_address(0)))
		return NULL;
	return p ? __libc_realloc(p, size) : memory_given(__libc_realloc(NULL, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memory_refused(__builtin_return_address(0))
	               ? NULL
	               : memory_given(__libc_memalign(alignment, size));
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
	*p = NULL;
	if (!memory_refused(__builtin_return_address(0)))
		*p = memory_given(__libc_memalign(alignment, size));
	return *p ? 0 : ENOMEM;
}

void free(void *p)
{
	if (p)
		atomic_fetch_sub(&memory_blocks, 1);
	__libc_free(p);
}

#pragma GCC visibility pop

#else

int main(void)
{
	puts("skipped: malloc cannot be replaced here");
	return 77;
}

#endif
#endif

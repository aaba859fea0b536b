#include "alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *mem_alloc(size_t size)
{
	return malloc(size ? size : 1);
}

void *mem_calloc(size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return calloc(count ? count : 1, size ? size : 1);
}

void *mem_realloc(void *ptr, size_t size)
{
	return realloc(ptr, size ? size : 1);
}

void *mem_realloc_array(void *ptr, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return mem_realloc(ptr, count * size);
}

char *mem_strndup(const char *s, size_t len)
{
	char *copy = len < SIZE_MAX ? mem_alloc(len + 1) : NULL;

	if (!copy)
		return NULL;
	if (len)
		memcpy(copy, s, len);
	copy[len] = 0;
	return copy;
}

char *mem_strdup(const char *s)
{
	return mem_strndup(s, strlen(s));
}

void mem_free(void *ptr)
{
	free(ptr);
}

enum { WIDE_PAGE = 2 << 20 };

void *mem_alloc_wide(size_t size)
{
	void *ptr = NULL;

	if (size > SIZE_MAX - WIDE_PAGE || posix_memalign(&ptr, WIDE_PAGE, size) != 0)
		return NULL;
#ifdef MADV_HUGEPAGE
	/* Only a wish: what is refused costs time alone. */
	madvise(ptr, size & ~(size_t)(WIDE_PAGE - 1), MADV_HUGEPAGE);
#endif
	return ptr;
}

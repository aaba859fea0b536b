/* alloc.h: every allocation of the library goes through here or through an arena. */
#ifndef ALLOC_H
#define ALLOC_H

#include <stddef.h>

/* All answer NULL when out of memory or when a size would overflow. Free with mem_free(). */
void *mem_alloc(size_t size);
void *mem_calloc(size_t count, size_t size);
void *mem_realloc(void *ptr, size_t size);
/* Grows an array to `count` elements of `size` bytes. */
void *mem_realloc_array(void *ptr, size_t count, size_t size);
char *mem_strdup(const char *s);
/* Copies `len` bytes and ends them with NUL. */
char *mem_strndup(const char *s, size_t len);
void  mem_free(void *ptr);
/*
 * A large block that is read and written here and there, on large pages where the system has them:
 * they cost fewer faults and misses.
 */
void *mem_alloc_wide(size_t size);

#endif

#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "alloc.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_BLOCK 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_BLOCK 0
#endif
#endif
#ifndef ARENA_BLOCK
#define ARENA_BLOCK 4096
#endif

struct arena_block {
	arena_block *next;
	size_t       size;
	alignas(max_align_t) char data[];
};

void *arena_alloc(arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	arena_block *block = a->head;
	void        *p;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + align - 1) & ~(align - 1);
	if (!block || block->size - a->used < size) {
		size_t want = size > ARENA_BLOCK ? size : ARENA_BLOCK;

		block = mem_alloc(sizeof *block + want);
		if (!block)
			return NULL;
		block->size = want;
		block->next = a->head;
		a->head = block;
		a->used = 0;
	}
	p = block->data + a->used;
	a->used += size;
	return p;
}

void *arena_calloc(arena *a, size_t count, size_t size)
{
	void *p;

	if (size && count > SIZE_MAX / size)
		return NULL;
	p = arena_alloc(a, count * size);
	return p ? memset(p, 0, count * size) : NULL;
}

char *arena_strndup(arena *a, const char *s, size_t len)
{
	char *copy = len < SIZE_MAX ? arena_alloc(a, len + 1) : NULL;

	if (!copy)
		return NULL;
	if (len)
		memcpy(copy, s, len);
	copy[len] = 0;
	return copy;
}

char *arena_strdup(arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

void arena_clear(arena *a)
{
	arena_block *keep = a->head;

	if (!keep)
		return;
	while (keep->next) {
		arena_block *next = keep->next;

		mem_free(keep);
		keep = next;
	}
	if (keep->size > ARENA_BLOCK) {
		mem_free(keep);
		keep = NULL;
	}
	a->head = keep;
	a->used = 0;
}

void arena_free(arena *a)
{
	arena_block *block = a->head;

	while (block) {
		arena_block *next = block->next;

		mem_free(block);
		block = next;
	}
	a->head = NULL;
	a->used = 0;
}

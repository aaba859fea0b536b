/* arena.h: memory for things that die together. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

typedef struct arena_block arena_block;

/*
 * All-zero is an empty arena. Under ASan each allocation is a block of its own, so that overruns
 * show.
 */
typedef struct arena {
	arena_block *head; /* the block that is being filled */
	size_t       used; /* bytes of it */
} arena;

/* Aligned for any type; NULL when out of memory. */
void *arena_alloc(arena *a, size_t size);
void *arena_calloc(arena *a, size_t count, size_t size);
char *arena_strndup(arena *a, const char *s, size_t len);
char *arena_strdup(arena *a, const char *s);
/* Gives all back, but for one block that is kept for what comes next. */
void arena_clear(arena *a);
void arena_free(arena *a);

#endif

/* key_set.h: which texts have been seen. */
#ifndef KEY_SET_H
#define KEY_SET_H

#include "arena.h"

/* Texts, borrowed, each of which is looked up quickly. All-zero is no set. */
typedef struct key_set {
	const char **places; /* a power of two, half of them free at least */
	size_t       mask;
} key_set;

/* Room for `count` texts; 0: out of memory. */
int key_set_init(key_set *set, arena *memory, size_t count);
int key_set_has(const key_set *set, const char *text);
/* 1 where the text is new, which it is no longer. */
int key_set_add(key_set *set, const char *text);

#endif

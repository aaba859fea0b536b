/* number_lists.h: lists of numbers, found by a number. */
#ifndef NUMBER_LISTS_H
#define NUMBER_LISTS_H

#include <stddef.h>
#include <stdint.h>

/* Numbers in lists by another number: those of `i` are items[begin[i]] to items[begin[i + 1]]. */
typedef struct number_lists {
	uint32_t *keys, *items; /* as they were added; sorted by key once `begin` is made */
	size_t    count, size;
	uint32_t *begin;   /* NULL: something was added since */
	size_t    settled; /* keys that it has */
} number_lists;

/* Adds `item` to the list of `key`. 0: out of memory. */
int number_lists_add(number_lists *l, uint32_t key, uint32_t item);
/* Makes `begin` for keys below `keys`. 0: out of memory. */
int  number_lists_settle(number_lists *l, size_t keys);
void number_lists_free(number_lists *l);

#endif

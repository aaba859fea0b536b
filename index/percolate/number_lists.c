#include "number_lists.h"

#include <string.h>

#include "alloc.h"

int number_lists_add(number_lists *l, uint32_t key, uint32_t item)
{
	if (l->count == l->size) {
		size_t    size = l->size ? l->size * 2 : 64;
		uint32_t *keys = mem_realloc_array(l->keys, size, sizeof *keys), *items;

		if (!keys)
			return 0;
		l->keys = keys;
		items = mem_realloc_array(l->items, size, sizeof *items);
		if (!items)
			return 0;
		l->items = items;
		l->size = size;
	}
	mem_free(l->begin);
	l->begin = NULL;
	l->keys[l->count] = key;
	l->items[l->count++] = item;
	return 1;
}

/* Counting sort, which leaves what has the same key in the order in which it came. */
int number_lists_settle(number_lists *l, size_t keys)
{
	uint32_t *begin, *items, *sorted_keys;

	if (l->begin && l->settled >= keys)
		return 1;
	begin = mem_calloc(keys + 2, sizeof *begin);
	items = mem_realloc_array(NULL, l->size + 1, sizeof *items);
	sorted_keys = mem_realloc_array(NULL, l->size + 1, sizeof *sorted_keys);
	if (!begin || !items || !sorted_keys) {
		mem_free(begin);
		mem_free(items);
		mem_free(sorted_keys);
		return 0;
	}
	for (size_t i = 0; i < l->count; i++)
		begin[l->keys[i] + 2]++;
	for (size_t i = 2; i < keys + 2; i++)
		begin[i] += begin[i - 1];
	for (size_t i = 0; i < l->count; i++) {
		uint32_t at = begin[l->keys[i] + 1]++;

		items[at] = l->items[i];
		sorted_keys[at] = l->keys[i];
	}
	mem_free(l->begin);
	mem_free(l->keys);
	mem_free(l->items);
	l->settled = keys;
	l->keys = sorted_keys;
	l->items = items;
	l->begin = begin;
	return 1;
}

void number_lists_free(number_lists *l)
{
	mem_free(l->keys);
	mem_free(l->items);
	mem_free(l->begin);
	memset(l, 0, sizeof *l);
}

/* Texts by number, and lists of numbers by number. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "hash.h"
#include "percolator_private.h"

/* ---- lists ---- */

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

	if (l->begin)
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
	mem_free(l->keys);
	mem_free(l->items);
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

/* ---- texts ---- */

/* Its slot, or the free one where it would be. */
static size_t find_slot(const text_table *t, const char *text, size_t len)
{
	size_t mask = t->slot_count - 1, at = hash_key(HASH_SEED, text, len) & mask;

	for (;; at = (at + 1) & mask) {
		uint32_t number = t->slots[at];

		if (!number ||
		    (t->lens[number - 1] == len && memcmp(t->texts[number - 1], text, len) == 0))
			return at;
	}
}

uint32_t text_table_find(const text_table *t, const char *text, size_t len)
{
	uint32_t number = t->slot_count ? t->slots[find_slot(t, text, len)] : 0;

	return number ? number - 1 : UINT32_MAX;
}

static int grow_slots(text_table *t)
{
	size_t    count = t->slot_count ? t->slot_count * 2 : 256;
	uint32_t *slots = mem_calloc(count, sizeof *slots);

	if (!slots)
		return 0;
	mem_free(t->slots);
	t->slots = slots;
	t->slot_count = count;
	for (size_t i = 0; i < t->count; i++)
		t->slots[find_slot(t, t->texts[i], t->lens[i])] = (uint32_t)i + 1;
	return 1;
}

static int grow_texts(text_table *t)
{
	size_t       size = t->size ? t->size * 2 : 64;
	const char **texts = mem_realloc_array(t->texts, size, sizeof *texts);
	uint32_t    *lens;

	if (!texts)
		return 0;
	t->texts = texts;
	lens = mem_realloc_array(t->lens, size, sizeof *lens);
	if (!lens)
		return 0;
	t->lens = lens;
	t->size = size;
	return 1;
}

uint32_t text_table_put(text_table *t, arena *a, const char *text, size_t len)
{
	uint32_t found = text_table_find(t, text, len);
	char    *copy;

	if (found != UINT32_MAX)
		return found;
	/* Half empty, so that what is not there is soon known not to be. */
	if (t->count >= UINT32_MAX / 4 || (t->count + 1 > t->slot_count / 2 && !grow_slots(t)) ||
	    (t->count == t->size && !grow_texts(t)))
		return UINT32_MAX;
	copy = arena_strndup(a, text, len);
	if (!copy)
		return UINT32_MAX;
	t->texts[t->count] = copy;
	t->lens[t->count] = (uint32_t)len;
	t->slots[find_slot(t, text, len)] = (uint32_t)++t->count;
	return (uint32_t)t->count - 1;
}

void text_table_free(text_table *t)
{
	mem_free(t->texts);
	mem_free(t->lens);
	mem_free(t->slots);
	memset(t, 0, sizeof *t);
}

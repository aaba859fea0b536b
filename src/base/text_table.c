#include "text_table.h"

#include <string.h>

#include "alloc.h"
#include "hash.h"

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

#include "key_set.h"

#include <stdint.h>
#include <string.h>

#include "hash.h"
#include "str.h"

int key_set_init(key_set *set, arena *memory, size_t count)
{
	size_t places = 2;

	while (places < 2 * count + 2)
		places *= 2;
	set->mask = places - 1;
	set->places = arena_calloc(memory, places, sizeof *set->places);
	return set->places != NULL;
}

/* Where the text is, or the free place where it belongs. */
static const char **find_place(const key_set *set, const char *text)
{
	size_t i = (size_t)hash_key((uint64_t)(uintptr_t)set->places, text, strlen(text));

	for (i &= set->mask; set->places[i] && !str_eq(set->places[i], text);)
		i = (i + 1) & set->mask;
	return &set->places[i];
}

int key_set_has(const key_set *set, const char *text)
{
	return *find_place(set, text) != NULL;
}

int key_set_add(key_set *set, const char *text)
{
	const char **place = find_place(set, text);

	if (*place)
		return 0;
	*place = text;
	return 1;
}

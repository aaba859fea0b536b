#include "corpus_counts.h"

#include <string.h>

#include "alloc.h"
#include "bench_util.h"
#include "corpus_random.h"
#include "hash.h"

enum { FIRST_SIZE = 1 << 16 };

/* The entry of a text, or the empty place that it would take. */
static corpus_count *place_of(corpus_count *places, size_t size, const char *text, size_t len,
                              uint32_t hash)
{
	size_t i = hash & (size - 1);

	while (places[i].text && (places[i].hash != hash ||
	                          strncmp(places[i].text, text, len) != 0 || places[i].text[len]))
		i = (i + 1) & (size - 1);
	return &places[i];
}

static uint32_t hash_of(const char *text, size_t len)
{
	return (uint32_t)corpus_mix(hash_bytes(HASH_SEED, text, len));
}

static void grow(corpus_counts *counts)
{
	size_t        size = counts->size ? counts->size * 2 : FIRST_SIZE;
	corpus_count *places = mem_calloc(size, sizeof *places);

	if (!places)
		bench_fail("counting words", "out of memory");
	for (size_t i = 0; i < counts->size; i++) {
		size_t at = counts->places[i].hash & (size - 1);

		if (!counts->places[i].text)
			continue;
		while (places[at].text)
			at = (at + 1) & (size - 1);
		places[at] = counts->places[i];
	}
	mem_free(counts->places);
	counts->places = places;
	counts->size = size;
}

const corpus_count *corpus_counts_add(corpus_counts *counts, const char *text, size_t len,
                                      uint32_t paper)
{
	uint32_t      hash = hash_of(text, len);
	corpus_count *entry;

	if (counts->used * 4 >= counts->size * 3)
		grow(counts);
	entry = place_of(counts->places, counts->size, text, len, hash);
	if (!entry->text) {
		entry->text = arena_strndup(&counts->texts, text, len);
		if (!entry->text)
			bench_fail("counting words", "out of memory");
		entry->hash = hash;
		counts->used++;
	}
	entry->times++;
	entry->papers += entry->last != paper;
	entry->last = paper;
	return entry;
}

const corpus_count *corpus_counts_find(const corpus_counts *counts, const char *text, size_t len)
{
	const corpus_count *entry;

	if (!counts->size)
		return NULL;
	entry = place_of(counts->places, counts->size, text, len, hash_of(text, len));
	return entry->text ? entry : NULL;
}

void corpus_counts_free(corpus_counts *counts)
{
	mem_free(counts->places);
	arena_free(&counts->texts);
	memset(counts, 0, sizeof *counts);
}

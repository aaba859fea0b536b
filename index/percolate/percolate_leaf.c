/* percolate_leaf.c: where a leaf of a query is in the document at hand. */
#include <string.h>

#include "alloc.h"
#include "field.h"
#include "percolator_private.h"

/* Adds the places of a token in a column (-1: any). 0: out of memory. */
static int add_places(percolator *p, uint32_t number, int column, place_list *to)
{
	int                 prefix = (number & PERCOLATOR_PREFIX) != 0;
	const token_places *places = prefix ? &p->prefix_places[number & ~PERCOLATOR_PREFIX]
	                                    : &p->places[number];

	if (places->serial != p->serial)
		return 1;
	for (uint32_t at = places->first; at; at = p->nodes[at - 1].next) {
		uint64_t place = p->nodes[at - 1].place;

		if (column >= 0 && place >> PLACE_SHIFT != (uint64_t)column)
			continue;
		if (to->count == to->size) {
			size_t    size = to->size ? to->size * 2 : 32;
			uint64_t *grown = mem_realloc_array(to->items, size, sizeof *grown);

			if (!grown)
				return 0;
			to->items = grown;
			to->size = size;
		}
		to->items[to->count++] = place;
	}
	return 1;
}

/* Ascending, each place once; lists are short, and mostly in order. */
static void sort_places(place_list *list)
{
	size_t kept = 0;

	for (size_t i = 1; i < list->count; i++) {
		uint64_t place = list->items[i];
		size_t   at = i;

		for (; at && list->items[at - 1] > place; at--)
			list->items[at] = list->items[at - 1];
		list->items[at] = place;
	}
	for (size_t i = 0; i < list->count; i++)
		if (!kept || list->items[kept - 1] != list->items[i])
			list->items[kept++] = list->items[i];
	list->count = kept;
}

/* Where any of a word's tokens stands. 0: out of memory. */
static int find_word(percolator *p, const pattern_word *w, const uint32_t *tokens, int column,
                     place_list *to)
{
	to->count = 0;
	for (size_t i = 0; i < w->count; i++) {
		size_t before = to->count;

		if (!add_places(p, tokens[i], column, to))
			return 0;
		if (before && to->count > before)
			sort_places(to);
	}
	return 1;
}

/* Where a phrase begins; *tokens moves behind its own. 0: out of memory. */
static int find_phrase(percolator *p, const pattern_phrase *phrase, const uint32_t **tokens,
                       place_list *starts)
{
	const uint32_t *own = *tokens;

	for (size_t i = 0; i < phrase->count; i++)
		*tokens += phrase->words[i].count;
	if (!find_word(p, &phrase->words[0], own, phrase->column, starts))
		return 0;
	for (size_t i = 1; i < phrase->count && starts->count; i++) {
		own += phrase->words[i - 1].count;
		if (!find_word(p, &phrase->words[i], own, phrase->column, &p->scratch))
			return 0;
		place_list_follow(starts, &p->scratch, i);
	}
	return 1;
}

static int make_parts(percolator *p, size_t count)
{
	near_part *grown;

	if (count <= p->part_size)
		return 1;
	grown = mem_realloc_array(p->parts, count, sizeof *grown);
	if (!grown)
		return 0;
	memset(grown + p->part_size, 0, (count - p->part_size) * sizeof *grown);
	p->parts = grown;
	p->part_size = count;
	return 1;
}

static void count_places(const place_list *starts, percolator_hit *hit)
{
	for (size_t i = 0; i < starts->count; i++) {
		uint64_t column = starts->items[i] >> PLACE_SHIFT;

		hit->columns |= 1u << column;
		if (column < COLUMN_TEXT_COUNT)
			hit->frequency += column == COLUMN_TITLE ? FIELD_TITLE_WEIGHT : 1;
	}
}

/* All phrases near each other: the first one's places count. */
static int find_near(percolator *p, const pterm *t, percolator_hit *hit)
{
	const leaf_pattern *pattern = &t->pattern;
	const uint32_t     *tokens = t->tokens;

	if (!make_parts(p, pattern->count))
		return -1;
	for (size_t i = 0; i < pattern->count; i++) {
		p->parts[i].words = pattern->phrases[i].count;
		if (!find_phrase(p, &pattern->phrases[i], &tokens, &p->parts[i].starts))
			return -1;
		if (!p->parts[i].starts.count)
			return 0;
	}
	if (pattern->count > 1)
		near_keep(p->parts, pattern->count, pattern->distance);
	if (pattern->window && p->parts[0].starts.count)
		near_keep_ordered(p->parts, pattern->count, pattern->window);
	count_places(&p->parts[0].starts, hit);
	return p->parts[0].starts.count != 0;
}

/* Any of the phrases: occurrences of each count. */
static int find_any(percolator *p, const pterm *t, percolator_hit *hit)
{
	const uint32_t *tokens = t->tokens;
	int             found = 0;

	if (!make_parts(p, 1))
		return -1;
	for (size_t i = 0; i < t->pattern.count; i++) {
		place_list *starts = &p->parts[0].starts;

		if (!find_phrase(p, &t->pattern.phrases[i], &tokens, starts))
			return -1;
		found += starts->count != 0;
		if (t->own_term)
			hit->frequency += starts->count ? (double)starts->count - 1 : 0;
		count_places(starts, hit);
	}
	return found != 0;
}

int percolate_term(percolator *p, uint32_t term_number, percolator_hit *hit)
{
	const pterm *t = &p->terms[term_number];

	*hit = (percolator_hit){.term = term_number};
	return t->pattern.near ? find_near(p, t, hit) : find_any(p, t, hit);
}

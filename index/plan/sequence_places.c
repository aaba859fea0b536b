#include "sequence_places.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "segment_varint.h"

void place_list_free(place_list *list)
{
	mem_free(list->items);
	memset(list, 0, sizeof *list);
}

static sheaf_status make_room(place_list *list, size_t more, sheaf_error *err)
{
	size_t    size = list->size ? list->size : 32;
	uint64_t *grown;

	if (list->size - list->count >= more)
		return SHEAF_OK;
	while (size - list->count < more)
		size *= 2;
	grown = mem_realloc_array(list->items, size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	list->items = grown;
	list->size = size;
	return SHEAF_OK;
}

/* 1 and a column's number begin a column; anything else is a difference of places, and 2. */
sheaf_status place_list_read(place_list *list, const unsigned char *positions, size_t len,
                             int column, int columns, int *fine, sheaf_error *err)
{
	const unsigned char *at = positions, *end = at + len;
	uint64_t             number, now = 0, offset = 0, place = 0;
	/* A place takes a byte at least. */
	sheaf_status status = make_room(list, len, err);

	*fine = 1;
	while (status == SHEAF_OK && at < end) {
		if (*at < 0x80) {
			number = *at++;
		} else if (!segment_varint_read(&at, end, &number)) {
			break;
		}
		if (number == 1) {
			if (!segment_varint_read(&at, end, &now) || now >= (uint64_t)columns)
				break;
			offset = 0;
			continue;
		}
		offset += number - 2;
		place = now << PLACE_SHIFT | offset;
		if (number < 2 || offset > INT32_MAX ||
		    (list->count && list->items[list->count - 1] >= place))
			break;
		if (column < 0 || now == (uint64_t)column)
			list->items[list->count++] = place;
	}
	*fine = status != SHEAF_OK || at == end;
	return status;
}

sheaf_status place_list_unite(place_list *list, const place_list *more, sheaf_error *err)
{
	size_t       i = list->count, j = more->count, to = i + j, kept = 0;
	sheaf_status status = make_room(list, j, err);

	if (status != SHEAF_OK)
		return status;
	list->count = to;
	/* From behind, so that nothing is overwritten that is still to be read. */
	while (j)
		list->items[--to] = i && list->items[i - 1] > more->items[j - 1] ? list->items[--i]
		                                                                 : more->items[--j];
	for (i = 0; i < list->count; i++)
		if (!kept || list->items[kept - 1] != list->items[i])
			list->items[kept++] = list->items[i];
	list->count = kept;
	return SHEAF_OK;
}

void place_list_follow(place_list *starts, const place_list *word, uint64_t behind)
{
	size_t kept = 0, j = 0;

	for (size_t i = 0; i < starts->count; i++) {
		uint64_t wanted = starts->items[i] + behind;

		while (j < word->count && word->items[j] < wanted)
			j++;
		if (j == word->count)
			break;
		if (word->items[j] == wanted)
			starts->items[kept++] = starts->items[i];
	}
	starts->count = kept;
}

/* ---- near each other ---- */

static uint64_t here(const near_part *p)
{
	return p->starts.items[p->at];
}

/* Moves all parts on until they stand together. 0: one of them has no more places. */
static int bring_together(near_part *parts, size_t count, size_t distance)
{
	uint64_t most = here(&parts[0]);
	int      together = 0;

	while (!together) {
		together = 1;
		for (size_t i = 0; i < count; i++) {
			near_part *p = &parts[i];
			uint64_t   reach = p->words + distance;

			if (here(p) <= most && here(p) + reach >= most)
				continue;
			together = 0;
			while (here(p) + reach < most)
				if (++p->at == p->starts.count)
					return 0;
			most = here(p) > most ? here(p) : most;
		}
	}
	return 1;
}

/* The part whose next place comes first moves there. 0: it has none. */
static int move_on(near_part *parts, size_t count)
{
	near_part *first = NULL;

	for (size_t i = 0; i < count; i++) {
		near_part *p = &parts[i];

		if (p->at + 1 < p->starts.count &&
		    (!first || p->starts.items[p->at + 1] < first->starts.items[first->at + 1]))
			first = p;
	}
	if (first)
		first->at++;
	return first != NULL;
}

void near_keep(near_part *parts, size_t count, size_t distance)
{
	int more = 1;

	for (size_t i = 0; i < count; i++) {
		parts[i].at = parts[i].kept = 0;
		more = more && parts[i].starts.count;
	}
	while (more && bring_together(parts, count, distance)) {
		/* What is kept stands before what is still to be read. */
		for (size_t i = 0; i < count; i++) {
			near_part *p = &parts[i];

			if (!p->kept || p->starts.items[p->kept - 1] != here(p))
				p->starts.items[p->kept++] = here(p);
		}
		more = move_on(parts, count);
	}
	for (size_t i = 0; i < count; i++)
		parts[i].starts.count = parts[i].kept;
}

/* Moves a part to its first place from `least` on, in the same column; 0 where there is none. */
static int seek_place(near_part *p, uint64_t least)
{
	while (p->at < p->starts.count && here(p) < least)
		p->at++;
	return p->at < p->starts.count && here(p) >> PLACE_SHIFT == least >> PLACE_SHIFT;
}

static int in_order(near_part *parts, size_t count, uint64_t start, size_t window)
{
	uint64_t behind = start + parts[0].words, least = behind, last = behind;

	for (size_t i = 1; i < count; i++) {
		if (!seek_place(&parts[i], least))
			return 0;
		last = here(&parts[i]);
		least = last + parts[i].words;
	}
	return last - behind + 1 < window;
}

void near_keep_ordered(near_part *parts, size_t count, size_t window)
{
	place_list *starts = &parts[0].starts;
	size_t      kept = 0;

	for (size_t i = 0; i < count; i++)
		parts[i].at = 0;
	for (size_t i = 0; i < starts->count; i++)
		if (in_order(parts, count, starts->items[i], window))
			starts->items[kept++] = starts->items[i];
	starts->count = kept;
}

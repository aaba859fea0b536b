#include "mark_counts.h"

#include <string.h>

#include "error.h"
#include "str.h"

typedef struct counting {
	session     *s;
	mark_counts *counts;
	int          failed; /* out of memory */
} counting;

static mark_count *next_item(counting *c, const char *profile)
{
	mark_counts *counts = c->counts;
	mark_count  *item;

	if (counts->count == counts->size) {
		size_t      size = 2 * counts->size + 16;
		mark_count *grown = arena_calloc(c->s->arena, size, sizeof *grown);

		if (!grown)
			return NULL;
		if (counts->count)
			memcpy(grown, counts->items, counts->count * sizeof *grown);
		counts->items = grown;
		counts->size = size;
	}
	item = &counts->items[counts->count];
	item->profile = arena_strdup(c->s->arena, profile);
	counts->count += item->profile != NULL;
	return item->profile ? item : NULL;
}

static int count_mark(void *ctx, const sheaf_mark *mark)
{
	counting   *c = ctx;
	mark_count *item = c->counts->count ? &c->counts->items[c->counts->count - 1] : NULL;

	if (!item || !str_eq(item->profile, mark->profile))
		item = next_item(c, mark->profile);
	c->failed |= !item;
	if (item && mark->belongs)
		item->belong++;
	else if (item)
		item->against++;
	return c->failed;
}

sheaf_status mark_counts_read(session *s, mark_counts *counts, sheaf_error *err)
{
	counting     c = {s, counts, 0};
	sheaf_status status;

	*counts = (mark_counts){NULL, 0, 0};
	status = sheaf_mark_each(s->db, NULL, count_mark, &c, err);
	return c.failed ? sheaf_nomem(err) : status;
}

mark_count mark_counts_of(const mark_counts *counts, const char *profile)
{
	size_t low = 0, high = counts->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int    order = strcmp(counts->items[middle].profile, profile);

		if (order == 0)
			return counts->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (mark_count){profile, 0, 0};
}

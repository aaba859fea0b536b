#include "walk_leaf_private.h"

#include "field.h"

static int has_column(const walk_leaf *l, const list_occurrences *o)
{
	return l->column == COLUMN_TITLE ? o->title != 0 : o->abstract != 0;
}

/* From the posting at hand on to one in the leaf's column. */
static void pass_other_columns(walk_leaf *l)
{
	list_cursor *c = &l->cursor;

	while (c->revision != LIST_END) {
		list_cursor_read(c);
		for (; c->revision != LIST_END && c->at < c->count; c->at++) {
			unsigned code = c->codes[c->at];

			if (!has_column(l, code < LIST_CODES ? &list_code_table[code]
			                                     : &c->rare[code - LIST_CODES]))
				continue;
			c->revision = c->base + c->offsets[c->at];
			return;
		}
		if (c->revision == LIST_END)
			return;
		c->at = c->count - 1;
		list_cursor_next_block(c);
	}
}

/* In steps of twice the size, then by halves. */
size_t walk_leaf_find(const walk_leaf *l, int64_t revision)
{
	size_t step = 1, low = l->at, high;

	while (low + step < l->count && walk_leaf_beside(l, low + step) < revision) {
		low += step;
		step *= 2;
	}
	high = low + step < l->count ? low + step : l->count;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (walk_leaf_beside(l, mid) < revision)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The earlier of the list's posting and that beside it. */
static void settle(walk_leaf *l)
{
	l->revision = l->cursor.revision;
	if (l->at < l->count && walk_leaf_beside(l, l->at) < l->revision)
		l->revision = walk_leaf_beside(l, l->at);
}

void walk_leaf_seek(walk_leaf *l, int64_t revision)
{
	if (l->all) {
		if (l->at < l->count && walk_leaf_beside(l, l->at) < revision)
			l->at++;
		if (l->at < l->count && walk_leaf_beside(l, l->at) < revision)
			l->at = walk_leaf_find(l, revision);
		settle(l);
		return;
	}
	list_cursor_seek(&l->cursor, revision);
	if (l->column >= 0)
		pass_other_columns(l);
	l->revision = l->cursor.revision;
	if (l->count) {
		l->at = walk_leaf_find(l, revision);
		settle(l);
	}
}

void walk_leaf_next(walk_leaf *l)
{
	int64_t now = l->revision;

	if (l->at < l->count && walk_leaf_beside(l, l->at) == now)
		l->at++;
	if (l->cursor.revision == now && now != WALK_END) {
		list_cursor_next(&l->cursor);
		if (l->column >= 0)
			pass_other_columns(l);
	}
	settle(l);
}

uint32_t walk_leaf_frequency(walk_leaf *l)
{
	uint32_t frequency = 0;

	if (l->cursor.revision == l->revision) {
		list_cursor_read(&l->cursor);
		frequency = walk_leaf_weigh(l, l->cursor.title, l->cursor.abstract,
		                            l->cursor.other);
	}
	if (l->at < l->count && walk_leaf_beside(l, l->at) == l->revision)
		frequency += l->postings[l->at].frequency;
	return frequency;
}

int walk_leaf_has_more(const walk_leaf *l, int64_t from, int64_t until)
{
	size_t i = walk_leaf_find(l, from);

	return i < l->count && walk_leaf_beside(l, i) <= until;
}

/* Not more than a document's length. */
static uint32_t least_length(sheaf_database *db, int64_t revision, sheaf_status *status,
                             sheaf_error *err)
{
	int     code = length_codes_get(db, &db->values.codes, revision);
	int64_t length;

	if (code >= 0)
		return list_code_number((unsigned char)code);
	length = values_peek_length(&db->values, revision);
	if (length == -2)
		length = values_get_length(db, revision, status, err);
	return (uint32_t)(length > 0 ? length : 0);
}

/* The same as a list's table says, from the postings and the lengths of their documents. */
static sheaf_status bound_postings(const walk_leaf *l, sheaf_database *db, int64_t revision,
                                   int64_t *last, list_bounds *bounds, sheaf_error *err)
{
	list_front   front;
	sheaf_status status = SHEAF_OK;
	size_t       i = walk_leaf_find(l, revision), end = i + LIST_BLOCK;

	list_front_init(&front);
	for (; i < l->count && i < end && status == SHEAF_OK; i++) {
		int64_t now = walk_leaf_beside(l, i);

		if (now > *last)
			break;
		list_front_add(&front, l->postings[i].frequency,
		               least_length(db, now, &status, err));
	}
	list_front_bounds(&front, bounds);
	if (i < l->count && walk_leaf_beside(l, i) <= *last)
		*last = walk_leaf_beside(l, i) - 1;
	return status;
}

sheaf_status walk_leaf_block(walk_leaf *l, sheaf_database *db, int64_t revision, int64_t *last,
                             list_bounds *bounds, sheaf_error *err)
{
	if (l->all)
		return bound_postings(l, db, revision, last, bounds, err);
	list_cursor_block(&l->cursor, revision, last, bounds);
	return SHEAF_OK;
}

void walk_leaf_rewind(walk_leaf *l, int64_t first)
{
	list_cursor_rewind(&l->cursor);
	l->at = 0;
	l->block_from = l->stretch_from = WALK_END;
	l->block_last = l->stretch_last = -1;
	walk_leaf_seek(l, first);
}

#include "segment_stream.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "segment_varint.h"

void segment_stream_close(segment_stream *s)
{
	segment_page_free(&s->page);
	segment_page_free(&s->next);
	segment_places_free(&s->places);
	buf_free(&s->positions);
}

size_t segment_stream_bytes(const segment_stream *s)
{
	if (!s->places.count)
		return 0;
	return s->places.count > 1 ? s->places.count * s->page.body : s->end - s->at;
}

static sheaf_status end(segment_stream *s)
{
	s->row = SEGMENT_STREAM_END;
	s->place = s->places.count;
	return SHEAF_OK;
}

/* A number of one byte, mostly. */
static inline const unsigned char *take(const unsigned char *at, uint64_t *n)
{
	*n = *at;
	return *n < 0x80 ? at + 1 : at + segment_varint_get(at, n);
}

/*
 * From `from`, where a row id or its difference from `now` stands, to the posting of `row` or past it; else s->at
 * becomes s->end, and s->row the last on the page.
 */
static sheaf_status walk_page(segment_stream *s, size_t from, uint64_t now, int64_t row,
                              sheaf_error *err)
{
	const unsigned char *at = s->page.data + from, *stop = s->page.data + s->end;
	int64_t              last = s->row;
	uint64_t             step, size;

	s->at = s->end;
	s->size = 0;
	while (at < stop) {
		at = take(at, &step);
		at = take(at, &size);
		now += step;
		if (at > stop || (int64_t)now <= last)
			return segment_damaged(err);
		last = (int64_t)now;
		if (last >= row) {
			s->size = (size_t)size;
			s->at = (size_t)(at - s->page.data);
			break;
		}
		/* Positions that run off the page end what it has of the term. */
		if (size >> 1 >= (uint64_t)(stop - at))
			break;
		at += size >> 1;
	}
	s->row = last;
	return SHEAF_OK;
}

/* To the first posting of a place that is not before `row`. */
static sheaf_status enter(segment_stream *s, size_t place, int64_t row, sheaf_error *err)
{
	sheaf_status status;
	size_t       begin;

	s->place = place;
	s->behind = place + 1 < s->places.count ? s->places.items[place + 1].row
	                                        : SEGMENT_STREAM_END;
	s->number = s->places.items[place].page;
	status = segment_page_load(&s->page, &s->source, s->range.segment, s->number, err);
	if (status != SHEAF_OK)
		return status;
	begin = s->page.first_row;
	s->end = s->page.first_term;
	if (s->number == s->term_page) {
		begin = s->term_at;
		s->end = s->term_end;
	}
	if (!begin || begin >= s->end || s->end > s->page.body)
		return segment_damaged(err);
	return walk_page(s, begin, 0, row, err);
}

/* The last place that begins before `row` or with it, from the one at hand on: in growing steps, then by halves. */
static size_t find_place(const segment_stream *s, int64_t row)
{
	size_t low = s->place, step = 1, high;

	while (low + step < s->places.count && s->places.items[low + step].row <= row) {
		low += step;
		step *= 2;
	}
	high = low + step < s->places.count ? low + step : s->places.count;
	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		if (s->places.items[middle].row <= row)
			low = middle;
		else
			high = middle;
	}
	return low;
}

sheaf_status segment_stream_seek_far(segment_stream *s, int64_t row, sheaf_error *err)
{
	size_t       left = s->size >> 1 < s->end - s->at ? s->at + (s->size >> 1) : s->end;
	sheaf_status status = SHEAF_OK;

	if (s->row >= row)
		return SHEAF_OK;
	if (row >= s->behind)
		status = enter(s, find_place(s, row), row, err);
	else
		status = walk_page(s, left, (uint64_t)s->row, row, err);
	if (status != SHEAF_OK || s->row >= row)
		return status;
	if (s->place + 1 == s->places.count)
		return end(s);
	/* What comes next begins past it, or is not what the places say. */
	status = enter(s, s->place + 1, row, err);
	return status == SHEAF_OK && s->row < row ? segment_damaged(err) : status;
}

static sheaf_status copy_places(segment_stream *s, const segment_places *from, sheaf_error *err)
{
	if (!from->count)
		return SHEAF_OK;
	s->places.items = mem_realloc_array(NULL, from->count, sizeof *from->items);
	if (!s->places.items)
		return sheaf_nomem(err);
	memcpy(s->places.items, from->items, from->count * sizeof *from->items);
	s->places.count = s->places.size = from->count;
	return SHEAF_OK;
}

sheaf_status segment_stream_open(segment_stream *s, segment_finder *f, const segment_source *source,
                                 const segment_range *range, const char *term, size_t len,
                                 sheaf_error *err)
{
	segment_term_at at;
	sheaf_status    status;

	*s = (segment_stream){.row = SEGMENT_STREAM_END, .source = *source, .range = *range};
	if (!range->first_page)
		return SHEAF_OK;
	status = segment_finder_locate(f, term, len, &at, err);
	if (status == SHEAF_OK)
		status = copy_places(s, at.places, err);
	if (status != SHEAF_OK || !s->places.count)
		return status;
	s->term_page = at.page;
	s->term_at = at.at;
	s->term_end = at.end;
	s->row = INT64_MIN;
	return enter(s, 0, INT64_MIN, err);
}

/* Positions that run off their page. */
static sheaf_status gather(segment_stream *s, size_t len, size_t here, sheaf_error *err)
{
	size_t left = len - here;

	if (len > SEGMENT_POSITIONS_MAX || s->end != s->page.body)
		return segment_damaged(err);
	buf_clear(&s->positions);
	buf_append(&s->positions, (const char *)s->page.data + s->at, here);
	for (int64_t number = s->number + 1; left; number++) {
		sheaf_status status;

		if (number > s->range.last_page)
			return segment_damaged(err);
		status = segment_page_load(&s->next, &s->source, s->range.segment, number, err);
		if (status != SHEAF_OK)
			return status;
		here = segment_page_rest(&s->next, left);
		if (here == SIZE_MAX)
			return segment_damaged(err);
		buf_append(&s->positions, (const char *)s->next.data + SEGMENT_PAGE_HEAD, here);
		left -= here;
	}
	return buf_status(&s->positions, err);
}

sheaf_status segment_stream_positions(segment_stream *s, const unsigned char **positions,
                                      size_t *len, sheaf_error *err)
{
	size_t       here = s->end - s->at;
	sheaf_status status = SHEAF_OK;

	*len = s->size >> 1;
	*positions = s->page.data + s->at;
	if (*len <= here)
		return SHEAF_OK;
	status = gather(s, *len, here, err);
	*positions = (const unsigned char *)buf_str(&s->positions);
	return status;
}

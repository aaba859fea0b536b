#include "segment_reader.h"

#include "alloc.h"
#include "error.h"
#include "segment_finder.h"
#include "segment_page.h"
#include "segment_varint.h"

struct segment_reader {
	segment_source    source;
	segment_range     range;
	segment_page      page;
	int64_t           number; /* of the page; 0: nothing is read yet */
	segment_page_term place;  /* of the term; `at` moves through its postings */
	int               inside; /* 1: the term may have more postings */
	int               linked; /* 1: the next row id is told by its difference from `row` */
	int               begun;  /* 1: `row` is one of this term */
	int64_t           row;
	buf               term; /* with its mark */
	buf               long_positions;
	segment_finder   *finder; /* of segment_reader_seek(), made by its first call */
};

sheaf_status segment_reader_new(const segment_source *source, const segment_range *range,
                                segment_reader **out, sheaf_error *err)
{
	segment_reader *r = mem_calloc(1, sizeof *r);

	*out = NULL;
	if (!r)
		return sheaf_nomem(err);
	r->source = *source;
	r->range = *range;
	*out = r;
	return SHEAF_OK;
}

void segment_reader_free(segment_reader *r)
{
	if (!r)
		return;
	segment_page_free(&r->page);
	buf_free(&r->term);
	buf_free(&r->long_positions);
	segment_finder_free(r->finder);
	mem_free(r);
}

static sheaf_status turn_page(segment_reader *r, sheaf_error *err)
{
	if (r->number >= r->range.last_page)
		return segment_damaged(err);
	r->number++;
	r->place.at = r->place.end = 0;
	return segment_page_load(&r->page, &r->source, r->range.segment, r->number, err);
}

/* On a page just turned to, behind what it has of the last posting: row ids or a term. */
static void enter_page(segment_reader *r, size_t at)
{
	r->place.at = at;
	r->place.end = r->page.first_term;
	r->place.footer = r->page.footer;
	r->linked = 0;
}

/* Positions that run off the page: `left` bytes of them are on the pages that follow. */
static sheaf_status pass_pages(segment_reader *r, size_t left, buf *into, sheaf_error *err)
{
	if (r->place.end != r->page.body)
		return segment_damaged(err);
	while (left) {
		sheaf_status status = turn_page(r, err);
		size_t       here;

		if (status != SHEAF_OK)
			return status;
		here = segment_page_rest(&r->page, left);
		if (here == SIZE_MAX)
			return segment_damaged(err);
		if (into)
			buf_append(into, (const char *)r->page.data + SEGMENT_PAGE_HEAD, here);
		left -= here;
		enter_page(r, SEGMENT_PAGE_HEAD + here);
	}
	return SHEAF_OK;
}

/* The postings of the term on this page are read: is the next page its, too? */
static sheaf_status next_part(segment_reader *r, sheaf_error *err)
{
	while (r->place.at >= r->place.end) {
		sheaf_status status;

		r->inside = r->place.end == r->page.body && r->number < r->range.last_page;
		if (!r->inside)
			return SHEAF_OK;
		status = turn_page(r, err);
		if (status != SHEAF_OK)
			return status;
		/* No positions are under way. */
		if (segment_page_rest(&r->page, 0) == SIZE_MAX)
			return segment_damaged(err);
		enter_page(r, SEGMENT_PAGE_HEAD);
	}
	return SHEAF_OK;
}

static sheaf_status gather(segment_reader *r, const unsigned char *at, segment_posting *p,
                           sheaf_error *err)
{
	const unsigned char *end = r->page.data + r->place.end;
	size_t               here = (size_t)(end - at);
	sheaf_status         status;

	if (p->len > SEGMENT_POSITIONS_MAX)
		return segment_damaged(err);
	buf_clear(&r->long_positions);
	buf_append(&r->long_positions, (const char *)at, here);
	status = pass_pages(r, p->len - here, &r->long_positions, err);
	buf_append(&r->long_positions, (const char[8]){0}, 8);
	if (status == SHEAF_OK)
		status = buf_status(&r->long_positions, err);
	p->positions = (const unsigned char *)buf_str(&r->long_positions);
	return status;
}

/* Any posting, or the end. */
static sheaf_status read_posting(segment_reader *r, segment_posting *p, int *more, sheaf_error *err)
{
	const unsigned char *at, *end;
	uint64_t             step, size;

	*more = 0;
	if (r->place.at >= r->place.end) {
		sheaf_status status = r->inside ? next_part(r, err) : SHEAF_OK;

		if (status != SHEAF_OK || !r->inside)
			return status;
	}
	at = r->page.data + r->place.at;
	end = r->page.data + r->place.end;
	at += segment_varint_get(at, &step);
	at += segment_varint_get(at, &size);
	p->row = (int64_t)(r->linked ? (uint64_t)r->row + step : step);
	if (at > end || (r->begun && p->row <= r->row))
		return segment_damaged(err);
	*more = 1;
	r->linked = r->begun = 1;
	r->row = p->row;
	p->deleted = size & 1;
	p->len = (size_t)(size >> 1);
	p->positions = at;
	if (p->len > (size_t)(end - at))
		return gather(r, at, p, err);
	r->place.at = (size_t)(at - r->page.data) + p->len;
	return SHEAF_OK;
}

sheaf_status segment_reader_next_posting(segment_reader *r, segment_posting *p, int *more,
                                         sheaf_error *err)
{
	const unsigned char *at = r->page.data + r->place.at;
	uint64_t             step;
	int64_t              row;
	size_t               len;

	/* Nearly all: whole on the page, behind another one, not far from it, of less than 64 bytes. */
	if (!r->linked || r->place.at >= r->place.end)
		return read_posting(r, p, more, err);
	step = *at++;
	if (step >= 0x80)
		step = (step & 0x7F) << 7 | *at++;
	len = at[0] >> 1;
	row = (int64_t)((uint64_t)r->row + step);
	if (at[-1] >= 0x80 || at[0] >= 0x80 || row <= r->row ||
	    (size_t)(at - r->page.data) + 1 + len > r->place.end)
		return read_posting(r, p, more, err);
	*more = 1;
	r->row = p->row = row;
	p->deleted = at[0] & 1;
	p->len = len;
	p->positions = at + 1;
	r->place.at = (size_t)(at - r->page.data) + 1 + len;
	return SHEAF_OK;
}

/* On this page. */
static sheaf_status count_here(segment_reader *r, int64_t *documents, sheaf_error *err)
{
	const unsigned char *at = r->page.data + r->place.at, *end = r->page.data + r->place.end;

	while (at < end) {
		uint64_t step, size;

		at += segment_varint_get(at, &step);
		at += segment_varint_get(at, &size);
		if (at > end)
			return segment_damaged(err);
		*documents += size > 1;
		size >>= 1;
		if (size > (uint64_t)(end - at))
			return pass_pages(r, (size_t)size - (size_t)(end - at), NULL, err);
		at += size;
	}
	r->place.at = r->place.end;
	return SHEAF_OK;
}

sheaf_status segment_reader_count(segment_reader *r, int64_t *documents, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*documents = 0;
	while (status == SHEAF_OK && r->inside) {
		status = count_here(r, documents, err);
		if (status == SHEAF_OK)
			status = next_part(r, err);
	}
	return status;
}

int segment_reader_take(segment_reader *r, int64_t before, size_t room, segment_run *run)
{
	const unsigned char *at = r->page.data + r->place.at, *end = r->page.data + r->place.end;
	const unsigned char *bytes = at, *last = at;
	int64_t              row = r->row;

	/* What is not taken here, next_posting() looks at more closely. */
	while (r->linked && at < end) {
		uint64_t step = *at++;

		if (step >= 0x80)
			step = (step & 0x7F) << 7 | *at++;
		if (last == bytes) {
			run->first = (int64_t)((uint64_t)row + step);
			bytes = last = at;
		}
		if (at[-1] >= 0x80 || at[0] >= 0x80 || at[0] & 1 || at[0] < 2 ||
		    step - 1 >= (uint64_t)before - (uint64_t)row - 1)
			break;
		at += 1 + (at[0] >> 1);
		if (at > end || (size_t)(at - bytes) > room)
			break;
		row += (int64_t)step;
		last = at;
	}
	run->bytes = bytes;
	run->len = (size_t)(last - bytes);
	run->last = r->row = row;
	if (!run->len)
		return 0;
	r->place.at = (size_t)(last - r->page.data);
	return 1;
}

static sheaf_status first_page(segment_reader *r, sheaf_error *err)
{
	sheaf_status status;

	if (!r->number) {
		r->number = r->range.first_page - 1;
		status = turn_page(r, err);
		if (status != SHEAF_OK)
			return status;
		if (r->page.first_row || r->page.first_term != SEGMENT_PAGE_HEAD)
			return segment_damaged(err);
	}
	enter_page(r, r->page.first_term);
	return SHEAF_OK;
}

sheaf_status segment_reader_start(segment_reader *r, const char *term, size_t len, sheaf_error *err)
{
	buf          marked = BUF_INIT(0);
	int64_t      page = 0;
	sheaf_status status;

	buf_putc(&marked, SEGMENT_TERM_MARK);
	buf_append(&marked, term, len);
	status = buf_status(&marked, err);
	if (status == SHEAF_OK)
		status = r->source.lookup(r->source.ctx, r->range.segment, marked.data, marked.len,
		                          &page, err);
	buf_free(&marked);
	page >>= 1;
	if (status != SHEAF_OK || page <= r->range.first_page)
		return status;
	r->number = page - 1;
	status = turn_page(r, err);
	if (status == SHEAF_OK && r->page.first_term == r->page.body)
		return segment_damaged(err);
	return status;
}

sheaf_status segment_reader_next_term(segment_reader *r, int *more, sheaf_error *err)
{
	int64_t      skipped;
	sheaf_status status = SHEAF_OK;

	*more = 0;
	if (!r->range.first_page)
		return SHEAF_OK;
	if (!r->term.len)
		status = first_page(r, err);
	else if (r->place.end == r->page.body)
		status = segment_reader_count(r, &skipped, err);
	if (status != SHEAF_OK || r->place.end == r->page.body)
		return status;
	if (r->place.end == r->page.first_term)
		status = segment_page_first_term(&r->page, &r->place, &r->term, err);
	else
		status = segment_page_next_term(&r->page, &r->place, &r->term, err);
	r->inside = r->linked = r->begun = 0;
	if (status != SHEAF_OK)
		return status;
	r->inside = *more = 1;
	return SHEAF_OK;
}

const char *segment_reader_term(const segment_reader *r, size_t *len)
{
	*len = r->term.len ? r->term.len - 1 : 0;
	return r->term.len ? r->term.data + 1 : "";
}

sheaf_status segment_reader_seek(segment_reader *r, const char *term, size_t len, int64_t row,
                                 segment_posting *p, int *found, sheaf_error *err)
{
	*found = 0;
	if (!r->range.first_page)
		return SHEAF_OK;
	if (!r->finder) {
		sheaf_status status = segment_finder_new(&r->source, &r->range, &r->finder, err);

		if (status != SHEAF_OK)
			return status;
	}
	return segment_finder_seek(r->finder, term, len, row, p, found, err);
}

#include "segment_finder.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "segment_doclist.h"
#include "segment_page.h"
#include "segment_places.h"
#include "segment_structure.h"
#include "segment_varint.h"

enum { TERMS = 16, PAGES = 16 };

typedef struct kept_page {
	segment_page page;
	int64_t      number; /* 0: none */
	uint64_t     used;   /* when, in calls */
} kept_page;

typedef struct kept_term {
	buf            text; /* with its mark; empty: none */
	uint64_t       used;
	int            known;   /* 1: the rest holds */
	int64_t        page;    /* where the term stands */
	size_t         at, end; /* its postings there */
	segment_places places;  /* none: the segment does not have the term */
	size_t         place;   /* where the last posting asked for was looked for */
	size_t         next;    /* behind a row id there, that of `row`; 0: nowhere yet */
	int64_t        row;
} kept_term;

struct segment_finder {
	segment_source source;
	segment_range  range;
	uint64_t       calls;
	kept_term      terms[TERMS];
	kept_page      pages[PAGES];
	buf            wanted;    /* the term asked for, with its mark */
	buf            passed;    /* a term on the way to it */
	buf            positions; /* that run over pages */
};

sheaf_status segment_finder_new(const segment_source *source, const segment_range *range,
                                segment_finder **out, sheaf_error *err)
{
	segment_finder *f = mem_calloc(1, sizeof *f);

	*out = NULL;
	if (!f)
		return sheaf_nomem(err);
	f->source = *source;
	f->range = *range;
	*out = f;
	return SHEAF_OK;
}

void segment_finder_free(segment_finder *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < TERMS; i++) {
		buf_free(&f->terms[i].text);
		segment_places_free(&f->terms[i].places);
	}
	for (size_t i = 0; i < PAGES; i++)
		segment_page_free(&f->pages[i].page);
	buf_free(&f->wanted);
	buf_free(&f->passed);
	buf_free(&f->positions);
	mem_free(f);
}

/* A page; it stays as long as fewer than PAGES others are asked for. */
static sheaf_status get_page(segment_finder *f, int64_t number, const segment_page **out,
                             sheaf_error *err)
{
	kept_page   *slot = &f->pages[0];
	sheaf_status status;

	f->calls++;
	for (size_t i = 0; i < PAGES; i++) {
		if (f->pages[i].number == number) {
			f->pages[i].used = f->calls;
			*out = &f->pages[i].page;
			return SHEAF_OK;
		}
		if (f->pages[i].used < slot->used)
			slot = &f->pages[i];
	}
	slot->number = 0;
	if (number < f->range.first_page || number > f->range.last_page)
		return segment_damaged(err);
	status = segment_page_load(&slot->page, &f->source, f->range.segment, number, err);
	if (status != SHEAF_OK)
		return status;
	slot->number = number;
	slot->used = f->calls;
	*out = &slot->page;
	return SHEAF_OK;
}

/* Where rows begin on the pages after the term's, from the pages themselves. */
static sheaf_status walk_places(segment_finder *f, kept_term *t, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	int          more = 1;

	for (int64_t n = t->page + 1; more && status == SHEAF_OK && n <= f->range.last_page; n++) {
		const segment_page *page;
		uint64_t            row;

		status = get_page(f, n, &page, err);
		if (status != SHEAF_OK)
			return status;
		if (page->first_row) {
			(void)segment_varint_get(page->data + page->first_row, &row);
			status = segment_places_add(&t->places, (int64_t)row, n, err);
		}
		more = page->first_term == page->body;
	}
	return status;
}

/* The same from the doclist index: its lowest level, which stands on pages that follow each other. */
static sheaf_status read_places(segment_finder *f, kept_term *t, sheaf_error *err)
{
	int64_t id = (int64_t)f->range.segment << SEGMENT_SHIFT | (int64_t)1 << DOCLIST_INDEX_BIT |
	             t->page;
	int more = 1;

	for (int first = 1; more; first = 0, id++) {
		const unsigned char *data = NULL;
		size_t               len = 0;
		sheaf_status         status;

		status = f->source.page(f->source.ctx, id, &data, &len, err);
		if (status != SHEAF_OK)
			return status;
		if (!data || !len)
			return first ? segment_damaged(err) : SHEAF_OK;
		status = segment_places_read(&t->places, data, len, t->page, f->range.last_page,
		                             &more, err);
		if (status != SHEAF_OK)
			return status;
	}
	return SHEAF_OK;
}

/* The term is on this page; where its postings go on is found out. */
static sheaf_status find_places(segment_finder *f, kept_term *t, const segment_page *page,
                                const segment_page_term *at, int indexed, sheaf_error *err)
{
	int          goes_on = at->end == page->body;
	uint64_t     row;
	sheaf_status status = SHEAF_OK;

	t->at = at->at;
	t->end = at->end;
	if (t->at < t->end) {
		(void)segment_varint_get(page->data + t->at, &row);
		status = segment_places_add(&t->places, (int64_t)row, t->page, err);
	}
	if (status != SHEAF_OK || !goes_on)
		return status;
	return indexed ? read_places(f, t, err) : walk_places(f, t, err);
}

/* Looks for the term on the page that must have it, if any has. */
static sheaf_status find_on_page(segment_finder *f, kept_term *t, int indexed, sheaf_error *err)
{
	const segment_page *page;
	segment_page_term   at;
	sheaf_status        status = get_page(f, t->page, &page, err);

	if (status != SHEAF_OK)
		return status;
	if (page->first_term == page->body)
		return segment_damaged(err);
	buf_clear(&f->passed);
	status = segment_page_first_term(page, &at, &f->passed, err);
	while (status == SHEAF_OK) {
		size_t least = f->passed.len < t->text.len ? f->passed.len : t->text.len;
		int    order = memcmp(f->passed.data, t->text.data, least);

		if (order == 0 && f->passed.len == t->text.len)
			return find_places(f, t, page, &at, indexed, err);
		if (order > 0 || (order == 0 && f->passed.len > t->text.len) ||
		    at.end == page->body)
			return SHEAF_OK;
		status = segment_page_next_term(page, &at, &f->passed, err);
	}
	return status;
}

static sheaf_status locate(segment_finder *f, kept_term *t, sheaf_error *err)
{
	int64_t      stored = 0;
	sheaf_status status;

	status = f->source.lookup(f->source.ctx, f->range.segment, t->text.data, t->text.len,
	                          &stored, err);
	if (status != SHEAF_OK)
		return status;
	t->page = stored >> 1;
	/* Pages that a merge has used up are gone, their idx rows are not. */
	if (t->page < f->range.first_page)
		t->page = f->range.first_page;
	status = find_on_page(f, t, stored & 1, err);
	t->known = status == SHEAF_OK;
	return status;
}

static sheaf_status get_term(segment_finder *f, const char *text, size_t len, kept_term **out,
                             sheaf_error *err)
{
	kept_term   *slot = &f->terms[0];
	sheaf_status status;

	buf_clear(&f->wanted);
	buf_putc(&f->wanted, SEGMENT_TERM_MARK);
	buf_append(&f->wanted, text, len);
	status = buf_status(&f->wanted, err);
	if (status != SHEAF_OK)
		return status;
	f->calls++;
	for (size_t i = 0; i < TERMS; i++) {
		kept_term *t = &f->terms[i];

		if (t->known && t->text.len == f->wanted.len &&
		    memcmp(t->text.data, f->wanted.data, f->wanted.len) == 0) {
			t->used = f->calls;
			*out = t;
			return SHEAF_OK;
		}
		if (t->used < slot->used)
			slot = t;
	}
	slot->known = 0;
	slot->next = 0;
	slot->used = f->calls;
	segment_places_clear(&slot->places);
	buf_clear(&slot->text);
	buf_append(&slot->text, f->wanted.data, f->wanted.len);
	*out = slot;
	status = buf_status(&slot->text, err);
	return status == SHEAF_OK ? locate(f, slot, err) : status;
}

/* Positions that run off their page. */
static sheaf_status gather(segment_finder *f, int64_t number, const unsigned char *at, size_t here,
                           segment_posting *p, sheaf_error *err)
{
	size_t left = p->len - here;

	if (p->len > SEGMENT_POSITIONS_MAX)
		return segment_damaged(err);
	buf_clear(&f->positions);
	buf_append(&f->positions, (const char *)at, here);
	while (left) {
		const segment_page *page;
		sheaf_status        status = get_page(f, ++number, &page, err);

		if (status != SHEAF_OK)
			return status;
		here = segment_page_rest(page, left);
		if (here == SIZE_MAX)
			return segment_damaged(err);
		buf_append(&f->positions, (const char *)page->data + SEGMENT_PAGE_HEAD, here);
		left -= here;
	}
	p->positions = (const unsigned char *)buf_str(&f->positions);
	return buf_status(&f->positions, err);
}

/* Where to read place `i` from: from where the last call stopped, if that is before `row`. */
static const unsigned char *begin_scan(const kept_term *t, const segment_page *page, size_t i,
                                       int64_t row, segment_posting *p)
{
	int64_t  number = t->places.items[i].page;
	size_t   first = number == t->page ? t->at : page->first_row;
	uint64_t n;

	if (t->next && t->place == i && t->row <= row) {
		p->row = t->row;
		return page->data + t->next;
	}
	if (!first)
		return NULL;
	first += segment_varint_get(page->data + first, &n);
	p->row = (int64_t)n;
	return page->data + first;
}

/* From `at`, behind a row id, to the posting of `row` or past it. NULL: the page is damaged. */
static const unsigned char *pass_postings(const unsigned char *at, const unsigned char *end,
                                          int64_t row, segment_posting *p,
                                          const unsigned char **behind_row)
{
	const unsigned char *begin;
	uint64_t             n, now = (uint64_t)p->row;

	for (;;) {
		begin = at;
		if (at >= end)
			return NULL;
		at += segment_varint_get(at, &n);
		if (at > end)
			return NULL;
		if ((int64_t)now >= row || n >> 1 >= (uint64_t)(end - at))
			break;
		at += n >> 1;
		at += segment_varint_get(at, &n);
		now += n;
	}
	*behind_row = begin;
	p->row = (int64_t)now;
	p->len = (size_t)(n >> 1);
	p->deleted = n & 1;
	return at;
}

/* Looks for the posting on the page of place `i`. */
static sheaf_status scan(segment_finder *f, kept_term *t, size_t i, int64_t row, segment_posting *p,
                         int *found, sheaf_error *err)
{
	int64_t              number = t->places.items[i].page;
	const segment_page  *page;
	const unsigned char *at, *end, *behind_row = NULL;
	sheaf_status         status = get_page(f, number, &page, err);

	if (status != SHEAF_OK)
		return status;
	end = page->data + (number == t->page ? t->end : page->first_term);
	at = begin_scan(t, page, i, row, p);
	if (at)
		at = pass_postings(at, end, row, p, &behind_row);
	if (!at)
		return segment_damaged(err);
	t->place = i;
	t->next = (size_t)(behind_row - page->data);
	t->row = p->row;
	*found = p->row == row;
	p->positions = at;
	if (!*found || p->len <= (size_t)(end - at))
		return SHEAF_OK;
	if (end != page->data + page->body)
		return segment_damaged(err);
	return gather(f, number, at, (size_t)(end - at), p, err);
}

sheaf_status segment_finder_seek(segment_finder *f, const char *term, size_t len, int64_t row,
                                 segment_posting *p, int *found, sheaf_error *err)
{
	kept_term   *t;
	size_t       i;
	sheaf_status status = get_term(f, term, len, &t, err);

	*found = 0;
	if (status != SHEAF_OK)
		return status;
	i = segment_places_find(&t->places, row);
	if (i == SIZE_MAX)
		return SHEAF_OK;
	status = scan(f, t, i, row, p, found, err);
	if (status != SHEAF_OK)
		*found = 0;
	return status;
}

sheaf_status segment_finder_locate(segment_finder *f, const char *term, size_t len,
                                   segment_term_at *out, sheaf_error *err)
{
	kept_term   *t;
	sheaf_status status = get_term(f, term, len, &t, err);

	*out = (segment_term_at){0};
	if (status == SHEAF_OK)
		*out = (segment_term_at){&t->places, t->page, t->at, t->end};
	return status;
}

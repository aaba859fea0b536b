#include "segment_page.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "segment_structure.h"
#include "segment_varint.h"

enum {
	PAGE_BYTES_MAX = 1 << 18, /* 64 KiB of body and as much of footer, at most, and then some */
	PADDING = 128             /* a short posting, and numbers, may be tried behind the end */
};

sheaf_status segment_damaged(sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "a page of the index is damaged; run 'sheaf reindex'");
}

static int copy_page(segment_page *page, const unsigned char *data, size_t len)
{
	if (len + PADDING > page->size) {
		unsigned char *grown = mem_realloc(page->data, len + PADDING);

		if (!grown)
			return 0;
		page->data = grown;
		page->size = len + PADDING;
	}
	memcpy(page->data, data, len);
	memset(page->data + len, 0, PADDING);
	page->len = len;
	return 1;
}

/* Reads head and footer. 0: they make no sense. */
static int parse(segment_page *page)
{
	const unsigned char *data = page->data;
	uint64_t             first;

	page->first_row = (size_t)data[0] << 8 | data[1];
	page->body = (size_t)data[2] << 8 | data[3];
	if (page->body < SEGMENT_PAGE_HEAD || page->body > page->len)
		return 0;
	page->first_term = page->body;
	page->footer = page->len;
	if (page->body < page->len) {
		page->footer = page->body + segment_varint_get(data + page->body, &first);
		if (page->footer > page->len || first < SEGMENT_PAGE_HEAD || first >= page->body)
			return 0;
		page->first_term = (size_t)first;
	}
	return !page->first_row ||
	       (page->first_row >= SEGMENT_PAGE_HEAD && page->first_row < page->first_term);
}

sheaf_status segment_page_load(segment_page *page, const segment_source *source, int segment,
                               int64_t number, sheaf_error *err)
{
	const unsigned char *data = NULL;
	size_t               len = 0;
	sheaf_status         status;

	status = source->page(source->ctx, ((int64_t)segment << SEGMENT_SHIFT) | number, &data,
	                      &len, err);
	if (status != SHEAF_OK)
		return status;
	if (!data || len < SEGMENT_PAGE_HEAD || len > PAGE_BYTES_MAX)
		return segment_damaged(err);
	if (!copy_page(page, data, len))
		return sheaf_nomem(err);
	return parse(page) ? SHEAF_OK : segment_damaged(err);
}

void segment_page_free(segment_page *page)
{
	mem_free(page->data);
	*page = (segment_page){0};
}

/* `at`: where the bytes of the term stand that it does not share with the one before. */
static sheaf_status take_term(const segment_page *page, segment_page_term *t, size_t at,
                              uint64_t shared, uint64_t own, buf *term, sheaf_error *err)
{
	const unsigned char *bytes = page->data + at;
	uint64_t             step = page->body - t->end;

	if (t->footer < page->len) {
		size_t begins = t->footer;

		t->footer += segment_varint_get(page->data + begins, &step);
		if (t->footer > page->len || !step || step >= page->body - t->end)
			return segment_damaged(err);
	}
	t->end += (size_t)step;
	if (at > t->end || own > t->end - at || !own || own > SEGMENT_TERM_MAX + 1 ||
	    shared > SEGMENT_TERM_MAX + 1 - own)
		return segment_damaged(err);
	t->at = at + (size_t)own;
	buf_truncate(term, (size_t)shared);
	buf_append(term, (const char *)bytes, (size_t)own);
	if (term->status == SHEAF_OK && term->data[0] != SEGMENT_TERM_MARK)
		return segment_damaged(err);
	return buf_status(term, err);
}

static int is_later(const unsigned char *bytes, size_t len, const buf *than)
{
	size_t least = len < than->len ? len : than->len;
	int    order = least ? memcmp(bytes, than->data, least) : 0;

	return order > 0 || (order == 0 && len > than->len);
}

sheaf_status segment_page_first_term(const segment_page *page, segment_page_term *t, buf *term,
                                     sheaf_error *err)
{
	size_t   at = page->first_term;
	uint64_t own;

	t->end = at;
	t->footer = page->footer;
	at += segment_varint_get(page->data + at, &own);
	if (at > page->body || own > page->body - at ||
	    !is_later(page->data + at, (size_t)own, term))
		return segment_damaged(err);
	return take_term(page, t, at, 0, own, term, err);
}

sheaf_status segment_page_next_term(const segment_page *page, segment_page_term *t, buf *term,
                                    sheaf_error *err)
{
	size_t   at = t->end;
	uint64_t shared, own;

	at += segment_varint_get(page->data + at, &shared);
	if (at >= page->body)
		return segment_damaged(err);
	at += segment_varint_get(page->data + at, &own);
	/* What is left out is all that the two share, so one byte says which is later. */
	if (at >= page->body || shared > term->len ||
	    (shared < term->len && page->data[at] <= (unsigned char)term->data[shared]))
		return segment_damaged(err);
	return take_term(page, t, at, shared, own, term, err);
}

size_t segment_page_rest(const segment_page *page, size_t left)
{
	size_t end = page->first_row ? page->first_row : page->first_term;
	size_t here = end - SEGMENT_PAGE_HEAD;

	if (left > here)
		return end == page->body ? here : SIZE_MAX;
	return left == here ? left : SIZE_MAX;
}

/*
 * A leaf: four bytes of head (where its first row id stands, if that comes before any term, and where its
 * body ends, 16 bits each), the body, and the footer: where each term begins, by differences.
 */
#include "segment_writer.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "segment_doclist.h"
#include "segment_page.h"
#include "segment_varint.h"

enum {
	HEAD = SEGMENT_PAGE_HEAD,
	/* Beyond the page size: a row id, a size and the last position may be begun before it. */
	SLACK = 4 * SEGMENT_VARINT_MAX,
	DOCLIST_INDEX_MIN = 4, /* leaves without a term that make a doclist index worth its while */
	UNIT = 1000 /* leaves after which FTS5 pauses, and begins a page at the next term */
};

struct segment_writer {
	segment_sink   sink;
	size_t         page_size;
	unsigned char *page;
	size_t         used;   /* bytes of the page */
	unsigned char *footer; /* of the page, apart until it is full */
	size_t         footer_used;
	size_t         footer_last; /* where the last term begins */
	int64_t        number;      /* of the page */
	int            has_term;    /* 1: a term begins on the page */
	int            has_row;     /* 1: there is a term or a row id on the page */
	int            follows; /* 1: the next posting is of the term and page of the last one */
	int64_t        row;     /* of the last posting */
	size_t         pages;   /* of this unit */
	size_t         without_term; /* leaves since the one that the idx row to come is about */
	int64_t        index_page;   /* that one; 0: none */
	size_t         separator_len;
	size_t         term_len; /* of the last term with its mark; 0: not known */
	doclist_index  doclist;
	unsigned char  separator[SEGMENT_TERM_MAX + 1]; /* of that idx row */
	unsigned char  term[SEGMENT_TERM_MAX + 1];
};

static void begin_page(segment_writer *w)
{
	memset(w->page, 0, HEAD);
	w->used = HEAD;
	w->footer_used = 0;
	w->footer_last = 0;
	w->has_term = 0;
	w->has_row = 0;
	w->follows = 0;
}

sheaf_status segment_writer_new(size_t page_size, const segment_sink *sink, segment_writer **out,
                                sheaf_error *err)
{
	segment_writer *w;

	*out = NULL;
	if (page_size < SEGMENT_PAGE_MIN || page_size > SEGMENT_PAGE_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "pages of %zu bytes; they have from %d to %d", page_size,
		                  SEGMENT_PAGE_MIN, SEGMENT_PAGE_MAX);
	w = mem_calloc(1, sizeof *w);
	if (!w)
		return sheaf_nomem(err);
	w->sink = *sink;
	w->page_size = page_size;
	/* The footer joins the page in the end. */
	w->page = mem_alloc(2 * page_size + SEGMENT_TERM_MAX + 2 * SLACK);
	w->footer = mem_alloc(page_size + SLACK);
	if (!w->page || !w->footer) {
		segment_writer_free(w);
		return sheaf_nomem(err);
	}
	w->number = 1;
	w->index_page = 1;
	begin_page(w);
	*out = w;
	return SHEAF_OK;
}

void segment_writer_free(segment_writer *w)
{
	if (!w)
		return;
	doclist_index_free(&w->doclist);
	mem_free(w->page);
	mem_free(w->footer);
	mem_free(w);
}

static void put_16(unsigned char *at, size_t n)
{
	at[0] = (unsigned char)(n >> 8);
	at[1] = (unsigned char)(n & 0xFF);
}

static sheaf_status turn_page(segment_writer *w, sheaf_error *err)
{
	sheaf_status status;

	put_16(w->page + 2, w->used);
	if (w->has_term) {
		memcpy(w->page + w->used, w->footer, w->footer_used);
		w->used += w->footer_used;
	} else {
		if (!w->has_row)
			doclist_index_skip(&w->doclist);
		w->without_term++;
	}
	status = w->sink.page(w->sink.ctx, w->number, w->page, w->used, err);
	w->number++;
	w->pages++;
	begin_page(w);
	return status;
}

/* Writes the idx row that waits for what its page's last term turns out to take. */
static sheaf_status write_index(segment_writer *w, sheaf_error *err)
{
	int     keep = doclist_index_begun(&w->doclist) && w->without_term >= DOCLIST_INDEX_MIN;
	int64_t page = w->index_page << 1 | keep;
	sheaf_status status;

	if (!w->index_page)
		return SHEAF_OK;
	status = doclist_index_end(&w->doclist, keep, &w->sink, err);
	w->without_term = 0;
	w->index_page = 0;
	if (status != SHEAF_OK)
		return status;
	return w->sink.index(w->sink.ctx, w->separator, w->separator_len, page, err);
}

/* All that waits goes out, and what follows shares nothing with it. */
static sheaf_status end_unit(segment_writer *w, sheaf_error *err)
{
	sheaf_status status = w->used > HEAD ? turn_page(w, err) : SHEAF_OK;

	if (status == SHEAF_OK && w->number > 1)
		status = write_index(w, err);
	w->pages = 0;
	w->term_len = 0;
	return status;
}

static size_t shared_bytes(const segment_writer *w, const char *text, size_t len)
{
	size_t n = 0, most = w->term_len ? w->term_len - 1 : 0;

	if (!w->term_len)
		return 0;
	if (most > len)
		most = len;
	while (n < most && w->term[1 + n] == (unsigned char)text[n])
		n++;
	return n + 1;
}

/*
 * The first term of a page: the idx table gets as much of it as tells it from the last term before; but for
 * the first page of all, whose row has an empty term.
 */
static sheaf_status begin_index(segment_writer *w, size_t shared, sheaf_error *err)
{
	sheaf_status status;

	if (w->number == 1)
		return SHEAF_OK;
	status = write_index(w, err);
	if (status != SHEAF_OK)
		return status;
	w->separator_len = shared && shared < w->term_len ? shared + 1 : w->term_len;
	memcpy(w->separator, w->term, w->separator_len);
	w->index_page = w->number;
	return SHEAF_OK;
}

static void put(segment_writer *w, uint64_t n)
{
	w->used += segment_varint_put(w->page + w->used, n);
}

sheaf_status segment_writer_term(segment_writer *w, const char *text, size_t len, sheaf_error *err)
{
	size_t       shared;
	sheaf_status status = SHEAF_OK;

	if (len > SEGMENT_TERM_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a term of %zu bytes", len);
	if (w->pages > UNIT)
		status = end_unit(w, err);
	if (status == SHEAF_OK && w->used + w->footer_used + len + 3 >= w->page_size &&
	    w->used > HEAD)
		status = turn_page(w, err);
	if (status != SHEAF_OK)
		return status;
	w->footer_used += segment_varint_put(w->footer + w->footer_used, w->used - w->footer_last);
	w->footer_last = w->used;
	shared = shared_bytes(w, text, len);
	w->term[0] = SEGMENT_TERM_MARK;
	if (len)
		memcpy(w->term + 1, text, len);
	w->term_len = len + 1;
	if (w->has_term) {
		put(w, shared);
	} else {
		status = begin_index(w, shared, err);
		shared = 0;
	}
	put(w, w->term_len - shared);
	memcpy(w->page + w->used, w->term + shared, w->term_len - shared);
	w->used += w->term_len - shared;
	w->has_term = 1;
	w->has_row = 1;
	w->follows = 0;
	doclist_index_begin(&w->doclist, w->number);
	return status;
}

/* The first row id of a page is told as it is, others by the difference. */
static sheaf_status put_row(segment_writer *w, int64_t row, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (w->used + w->footer_used >= w->page_size)
		status = turn_page(w, err);
	if (status == SHEAF_OK && !w->has_row) {
		put_16(w->page, w->used);
		status = doclist_index_add(&w->doclist, w->number, row, w->page_size, &w->sink,
		                           err);
	}
	if (w->follows)
		put(w, (uint64_t)row - (uint64_t)w->row);
	else
		put(w, (uint64_t)row);
	w->row = row;
	w->follows = 1;
	w->has_row = 1;
	return status;
}

/* As many bytes of positions as reach `room`, without cutting a number in two. */
static size_t whole_numbers(const unsigned char *at, size_t len, size_t room)
{
	size_t n = 0;

	while (n < room && n < len) {
		size_t most = n + SEGMENT_VARINT_MAX;

		while (n < len && n + 1 < most && at[n] >= 0x80)
			n++;
		n++;
	}
	return n < len ? n : len;
}

static sheaf_status put_positions(segment_writer *w, const unsigned char *at, size_t len,
                                  sheaf_error *err)
{
	while (w->used + w->footer_used + len >= w->page_size) {
		size_t       have = w->used + w->footer_used;
		size_t       room = w->page_size > have ? w->page_size - have : 0;
		size_t       n = whole_numbers(at, len, room);
		sheaf_status status;

		if (n)
			memcpy(w->page + w->used, at, n);
		w->used += n;
		at += n;
		len -= n;
		status = turn_page(w, err);
		if (status != SHEAF_OK)
			return status;
	}
	if (len)
		memcpy(w->page + w->used, at, len);
	w->used += len;
	return SHEAF_OK;
}

/* A posting wherever it comes, over as many pages as it needs. Apart, so that the common case is short. */
__attribute__((noinline)) static sheaf_status put_posting(segment_writer *w, int64_t row,
                                                          const unsigned char *positions,
                                                          size_t len, int deleted, sheaf_error *err)
{
	sheaf_status status = put_row(w, row, err);

	if (status != SHEAF_OK)
		return status;
	put(w, (uint64_t)len << 1 | (deleted != 0));
	return put_positions(w, positions, len, err);
}

/* Up to 16 bytes, one at least, which a call of memcpy() would take longer for. */
static void copy_short(unsigned char *to, const unsigned char *from, size_t len)
{
	if (len >= 8) {
		memcpy(to, from, 8);
		memcpy(to + len - 8, from + len - 8, 8);
	} else if (len >= 4) {
		memcpy(to, from, 4);
		memcpy(to + len - 4, from + len - 4, 4);
	} else if (len >= 2) {
		memcpy(to, from, 2);
		to[len - 1] = from[len - 1];
	} else {
		to[0] = from[0];
	}
}

sheaf_status segment_writer_posting(segment_writer *w, int64_t row, const void *positions,
                                    size_t len, int deleted, sheaf_error *err)
{
	uint64_t       step = (uint64_t)row - (uint64_t)w->row;
	unsigned char *at = w->page + w->used;

	/* Nearly all: behind another one on the page, not far from it, short, with more than enough room. */
	if (!w->follows || step >= 0x4000 || len > 16 || !len ||
	    w->used + w->footer_used + SLACK >= w->page_size)
		return put_posting(w, row, positions, len, deleted, err);
	if (step >= 0x80)
		*at++ = (unsigned char)(step >> 7 | 0x80);
	*at++ = (unsigned char)(step & 0x7F);
	*at++ = (unsigned char)(len << 1 | (deleted != 0));
	copy_short(at, positions, len);
	w->used = (size_t)(at - w->page) + len;
	w->row = row;
	return SHEAF_OK;
}

size_t segment_writer_room(const segment_writer *w)
{
	size_t taken = w->used + w->footer_used + SEGMENT_VARINT_MAX + 1;

	return w->has_row && taken < w->page_size ? w->page_size - taken : 0;
}

void segment_writer_run(segment_writer *w, int64_t first, int64_t last, const unsigned char *bytes,
                        size_t len)
{
	put(w, w->follows ? (uint64_t)first - (uint64_t)w->row : (uint64_t)first);
	memcpy(w->page + w->used, bytes, len);
	w->used += len;
	w->row = last;
	w->follows = 1;
}

sheaf_status segment_writer_finish(segment_writer *w, int64_t *last_page, sheaf_error *err)
{
	sheaf_status status = end_unit(w, err);

	*last_page = status == SHEAF_OK ? w->number - 1 : 0;
	return status;
}

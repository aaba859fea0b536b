#include "segment_terms.h"

#include <string.h>

#include "database_private.h"
#include "error.h"

enum {
	STRUCTURE_ROW = 10,   /* of FTS5's data table */
	STRUCTURE_MAX = 2000, /* segments that one index may have, and levels */
	SEGMENT_SHIFT = 37,   /* a page's row: segment << 37, what kind it is, page number */
	PAGE_BITS = 31,       /* leaves are the kind 0 */
	PAGE_HEAD = 4,        /* offsets of the first row id and of the page's index */
	TERM_MARK = '0'       /* FTS5 puts it before each term of its main index */
};

typedef struct reader {
	segment_term_fn fn;
	void           *ctx;
	char            term[TOKEN_MAX + 2]; /* the term whose postings are read, behind its mark */
	size_t          len;                 /* 0: none yet */
	int64_t         documents;
	unsigned char   low;
	int             wanted; /* 1: the term begins with `low` or a later byte */
} reader;

/* SQLite's varint: high groups first, at most 9 bytes. 0: it does not end before `end`. */
static int read_varint(const unsigned char **at, const unsigned char *end, uint64_t *value)
{
	uint64_t n = 0;

	for (int i = 0; i < 9 && *at < end; i++) {
		unsigned char c = *(*at)++;

		if (i == 8) {
			*value = n << 8 | c;
			return 1;
		}
		n = n << 7 | (c & 0x7F);
		if (c < 0x80) {
			*value = n;
			return 1;
		}
	}
	return 0;
}

/*
 * Postings: row id or its difference, twice the bytes of positions, those bytes, which may run off
 * the page.
 */
static int count_postings(reader *r, const unsigned char *at, const unsigned char *end)
{
	while (r->wanted && at < end) {
		uint64_t row, size;

		if (!read_varint(&at, end, &row) || !read_varint(&at, end, &size))
			return 0;
		r->documents += size > 1;
		at = size / 2 < (uint64_t)(end - at) ? at + size / 2 : end;
	}
	return 1;
}

static void tell(reader *r)
{
	if (r->wanted)
		r->fn(r->ctx, r->term + 1, r->len - 1, r->documents);
	r->documents = 0;
}

/*
 * A term with its postings; all but the first of a page leave out what they share with the one
 * before.
 */
static int read_term(reader *r, const unsigned char *at, const unsigned char *end, int first)
{
	uint64_t shared = 0, own;

	tell(r);
	if ((!first && !read_varint(&at, end, &shared)) || !read_varint(&at, end, &own) ||
	    shared > r->len || own > sizeof r->term - shared || own > (uint64_t)(end - at))
		return 0;
	memcpy(r->term + shared, at, (size_t)own);
	r->len = (size_t)(shared + own);
	r->wanted = r->len > 1 && (unsigned char)r->term[1] >= r->low;
	return r->len && r->term[0] == TERM_MARK && count_postings(r, at + own, end);
}

/* A page: what is left of the last term's postings, then terms; the index at its end says where. */
static int read_page(reader *r, const unsigned char *page, size_t len)
{
	const unsigned char *index, *end = page + len;
	uint64_t             at, step;
	size_t               row, size;
	int                  first = 1;

	if (len < PAGE_HEAD)
		return 0;
	row = (size_t)page[0] << 8 | page[1];
	size = (size_t)page[2] << 8 | page[3];
	index = page + size;
	if (size < PAGE_HEAD || size > len || row >= size)
		return 0;
	at = size;
	if (index < end && (!read_varint(&index, end, &at) || at < PAGE_HEAD || at > size))
		return 0;
	if (row && row < at &&
	    (row < PAGE_HEAD || !r->len || !count_postings(r, page + row, page + at)))
		return 0;
	for (; at < size; at += step, first = 0) {
		step = size - at;
		if (index < end && (!read_varint(&index, end, &step) || step > size - at || !step))
			return 0;
		if (!read_term(r, page + at, page + at + step, first))
			return 0;
	}
	return 1;
}

/*
 * Cookie, levels, segments, a counter; for each level its segments; for each the number and its
 * pages.
 */
static int find_segment(const unsigned char *at, size_t len, uint64_t *segment)
{
	const unsigned char *end = at + len;
	uint64_t             levels, segments, skip, here, found = 0;

	if (len < 4)
		return 0;
	at += 4;
	if (!read_varint(&at, end, &levels) || !read_varint(&at, end, &segments) ||
	    !read_varint(&at, end, &skip) || levels > STRUCTURE_MAX || segments != 1)
		return 0;
	for (uint64_t i = 0; i < levels; i++) {
		if (!read_varint(&at, end, &skip) || !read_varint(&at, end, &here) ||
		    here > segments - found)
			return 0;
		if (here && (!read_varint(&at, end, segment) || !read_varint(&at, end, &skip) ||
		             !read_varint(&at, end, &skip)))
			return 0;
		found += here;
	}
	return at == end && found == 1 && *segment > 0 && *segment < 1u << 16;
}

static sheaf_status read_structure(sheaf_database *db, uint64_t *segment, int *understood,
                                   sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row;
	sheaf_status  status = statement_get(db, STMT_INDEX_PAGES, &stmt, err);

	*understood = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, STRUCTURE_ROW);
	sqlite3_bind_int64(stmt, 2, STRUCTURE_ROW + 1);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row) {
		const unsigned char *data = sqlite3_column_blob(stmt, 0);

		*understood = data &&
		              find_segment(data, (size_t)sqlite3_column_bytes(stmt, 0), segment);
	}
	statement_reset(stmt);
	return status;
}

static sheaf_status read_pages(sheaf_database *db, uint64_t segment, reader *r, int *understood,
                               sheaf_error *err)
{
	sqlite3_int64 from = (sqlite3_int64)(segment << SEGMENT_SHIFT);
	sqlite3_stmt *stmt;
	int           row = 1;
	sheaf_status  status = statement_get(db, STMT_INDEX_PAGES, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, from);
	sqlite3_bind_int64(stmt, 2, from + ((sqlite3_int64)1 << PAGE_BITS));
	while (status == SHEAF_OK && *understood) {
		const unsigned char *page;

		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		page = sqlite3_column_blob(stmt, 0);
		*understood = page && read_page(r, page, (size_t)sqlite3_column_bytes(stmt, 0));
	}
	statement_reset(stmt);
	return status;
}

sheaf_status segment_each_term(sheaf_database *db, char low, segment_term_fn fn, void *ctx,
                               int *understood, sheaf_error *err)
{
	reader       r = {.fn = fn, .ctx = ctx, .low = (unsigned char)low};
	uint64_t     segment = 0;
	sheaf_status status = read_structure(db, &segment, understood, err);

	if (status == SHEAF_OK && *understood)
		status = read_pages(db, segment, &r, understood, err);
	if (status == SHEAF_OK && *understood)
		tell(&r);
	return status;
}

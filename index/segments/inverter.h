/*
 * inverter.h: the tokens of documents turned into postings, in memory, in the form that FTS5's segments
 * have them.
 *
 * Documents of a batch are numbered from 0. Which revision each has is said only when postings are read,
 * so that another thread can decide it meanwhile; a document without one is left out.
 */
#ifndef INVERTER_H
#define INVERTER_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

#include "segment_varint.h"
#include "segment_writer.h"

typedef struct inverter      inverter;
typedef struct inverter_term inverter_term;

/* A token's postings so far. Visible for what is inline below; it is the inverter's to change. */
struct inverter_term {
	inverter_term *companion;
	/* Each posting: difference of document numbers, size of its positions << 1, positions. */
	unsigned char *data;
	uint32_t       used, size; /* bytes of `data` */
	uint32_t       document;   /* 1 + the document of the last posting; 0: none */
	uint32_t       size_at;    /* where the size of the last posting is */
	uint32_t       position;   /* the last one, in that column */
	uint16_t       column, len;
	char           text[]; /* `len` bytes */
};

enum { INVERTER_TERM_MAX = 1024, INVERTER_COLUMN_MAX = 127 }; /* bytes; the last column */

sheaf_status inverter_new(inverter **out, sheaf_error *err);
void         inverter_free(inverter *v);
/* Forgets all documents and terms; keeps some memory. */
void inverter_clear(inverter *v);

/* Begins the next document. */
void inverter_begin(inverter *v);
/*
 * The term of a token, made where it is new; tokens longer than INVERTER_TERM_MAX are cut. NULL: out of
 * memory, which inverter_status() tells, too.
 */
inverter_term *inverter_find(inverter *v, const char *text, size_t len);
/*
 * The same in two steps, for who has several words to find and would wait for memory at each:
 * inverter_expect() asks the machine for what inverter_find_key() will read. Longer tokens are cut.
 */
enum { INVERTER_KEY_MAX = 96 };
typedef struct inverter_key {
	uint64_t hash;
	size_t   len;
	char     text[INVERTER_KEY_MAX + 8];
} inverter_key;
void           inverter_expect(const inverter *v, inverter_key *key, const char *text, size_t len);
inverter_term *inverter_find_key(inverter *v, const inverter_key *key);
/*
 * A term that goes with another, kept between documents: what the tokenizer found out once for a word
 * (its stem's term) need not be found out again. NULL: not known yet.
 */
static inline inverter_term *inverter_companion(const inverter_term *t)
{
	return t->companion;
}
static inline void inverter_set_companion(inverter_term *t, inverter_term *companion)
{
	t->companion = companion;
}
/* The term occurs in the document at hand; columns, and positions in a column, ascend. */
void inverter_add(inverter *v, inverter_term *t, unsigned column, uint32_t position);
/* NOMEM once an allocation failed, until the inverter is cleared. */
sheaf_status inverter_status(const inverter *v);

size_t inverter_documents(const inverter *v);
/* Of memory that this batch takes, with what is reserved; kept memory that waits for use does not count. */
size_t inverter_bytes(const inverter *v);

/*
 * The batch as it is to be read: terms in the order of their bytes, those that never occurred left out.
 * `revisions` has one of each document, ascending but for 0, which leaves the document out; borrowed.
 * Where more is added after it, it is to be sorted again. Errors: NOMEM, here or before.
 */
sheaf_status inverter_sort(inverter *v, const int64_t *revisions, sheaf_error *err);
/* Writes all terms that have a document left. The writer is not finished. */
sheaf_status inverter_write(const inverter *v, segment_writer *w, sheaf_error *err);

/* After inverter_sort(): the terms, in order. */
size_t               inverter_term_count(const inverter *v);
const char          *inverter_term_text(const inverter *v, size_t i, size_t *len);
const inverter_term *inverter_term_at(const inverter *v, size_t i);

/* The postings of one term, one document after the other. */
typedef struct inverter_cursor {
	int64_t revision;
	size_t  document; /* its number in the batch */
	const unsigned char *
		positions; /* as FTS5 has them: 1, column for any but column 0; then differences + 2 */
	size_t               len;
	const unsigned char *at, *end; /* the inside */
	const int64_t       *revisions;
} inverter_cursor;

/* Before the first posting of the `i`-th term; it borrows from the inverter. */
void inverter_open(const inverter *v, size_t i, inverter_cursor *c);

/* Any document's, also one's that is left out: its revision is 0 then. 1: there is one; 0: the end. */
static inline int inverter_next_any(inverter_cursor *c)
{
	uint64_t n;

	if (c->at == c->end)
		return 0;
	c->at += segment_varint_get(c->at, &n);
	c->document += (size_t)n;
	c->at += segment_varint_get(c->at, &n);
	c->len = (size_t)(n >> 1);
	c->positions = c->at;
	c->at += c->len;
	c->revision = c->revisions[c->document];
	return 1;
}

/* 1: there is one; 0: the end. */
static inline int inverter_next(inverter_cursor *c)
{
	while (inverter_next_any(c))
		if (c->revision)
			return 1;
	return 0;
}

#endif

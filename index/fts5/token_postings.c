#include "token_postings.h"

#include <string.h>

#include "bytes.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "positions.h"
#include "sequence_postings.h"
#include "segment_varint.h"
#include "shadow.h"

typedef struct gathering {
	sheaf_database *db;
	found_gathering found;
	uint32_t        weights[COLUMN_COUNT]; /* of an occurrence; 0: in no column asked for */
	sheaf_error    *err;
} gathering;

static sheaf_status damaged(const gathering *g)
{
	return sheaf_fail(g->err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: a page of the index is damaged; run 'sheaf reindex'", g->db->path);
}

/* ---- how often ---- */

/* The places of a posting, one after the other. */
typedef struct place_stream {
	const unsigned char *at, *end;
	uint64_t             column, offset;
	int                  more;
} place_stream;

/* 1 and a column's number begin a column; anything else is a difference of places, and 2. */
static void next_place(place_stream *s)
{
	uint64_t number = 0;

	s->more = 0;
	while (segment_varint_read(&s->at, s->end, &number) && number == 1) {
		if (!segment_varint_read(&s->at, s->end, &s->column) || s->column >= COLUMN_COUNT)
			return;
		s->offset = 0;
	}
	s->more = number > 1;
	s->offset += number - 2;
}

static int is_before(const place_stream *a, const place_stream *b)
{
	return a->column != b->column ? a->column < b->column : a->offset < b->offset;
}

/* Of several postings of one document: what two of them have at one place is one. */
static uint32_t count_united(const gathering *g, place_stream *streams, size_t count)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < count; i++)
		next_place(&streams[i]);
	for (;;) {
		place_stream least = {.more = 0};

		for (size_t i = 0; i < count; i++)
			if (streams[i].more && (!least.more || is_before(&streams[i], &least)))
				least = streams[i];
		if (!least.more)
			return sum;
		sum += g->weights[least.column];
		for (size_t i = 0; i < count; i++)
			if (streams[i].more && !is_before(&least, &streams[i]))
				next_place(&streams[i]);
	}
}

/* Of one posting: the places themselves do not matter. 0 also where it makes no sense. */
static uint32_t count_all_places(const gathering *g, const unsigned char *at,
                                 const unsigned char *end)
{
	uint32_t sum = 0, weight = g->weights[0];
	uint64_t column;

	while (at < end) {
		if (*at == 1) {
			at++;
			if (!segment_varint_read(&at, end, &column) || column >= COLUMN_COUNT)
				return 0;
			weight = g->weights[column];
			continue;
		}
		while (at < end && *at >= 0x80)
			at++;
		at++;
		sum += weight;
	}
	return sum;
}

/*
 * The same, mostly for up to eight bytes at once: numbers end in bytes below 0x80. What may have another
 * column further on is left to the other.
 */
static uint32_t count_places(const gathering *g, const segment_posting *p)
{
	const unsigned char *at = p->positions;
	size_t               len = p->len;
	unsigned             column = 0;
	uint64_t             part, ones;

	if (len > 2 && at[0] == 1) {
		column = at[1];
		at += 2;
		len -= 2;
	}
	if (!len || len > 8 || column >= COLUMN_COUNT)
		return count_all_places(g, p->positions, p->positions + p->len);
	part = bytes_load_8(at) | ~(UINT64_MAX >> (64 - 8 * len));
	ones = part ^ BYTES_ALL(1);
	if ((ones - BYTES_ALL(1)) & ~ones & BYTES_HIGH)
		return count_all_places(g, p->positions, p->positions + p->len);
	return g->weights[column] * (uint32_t)(((~part >> 7 & BYTES_ALL(1)) * BYTES_ALL(1)) >> 56);
}

static int is_wanted(const gathering *g, int64_t revision)
{
	return revision >= g->found.first && revision <= g->found.last;
}

static sheaf_status add_posting(gathering *g, const segment_posting *p)
{
	if (!is_wanted(g, p->row))
		return SHEAF_OK;
	if (segment_posting_is_mark(p))
		return found_note_gone(&g->found, p->row, g->err);
	return found_add(&g->found, p->row, count_places(g, p), g->err);
}

/* ---- reading ---- */

/* As memcmp() says; a term that goes on where `text` ends is equal where `prefix` is set, else later. */
static int compare_term(const segment_reader *r, const char *text, size_t len, int prefix)
{
	size_t      own;
	const char *term = segment_reader_term(r, &own);
	int         order = memcmp(term, text, own < len ? own : len);

	if (order)
		return order;
	return own < len ? -1 : own > len && !prefix;
}

/* Moves to the first term that is not before `text`; *there 1 where it is `text`, or begins with it. */
static sheaf_status find_term(segment_reader *r, const char *text, size_t len, int prefix,
                              int *there, sheaf_error *err)
{
	int          more = 1, order = -1;
	sheaf_status status = segment_reader_start(r, text, len, err);

	while (status == SHEAF_OK && more && order < 0) {
		status = segment_reader_next_term(r, &more, err);
		if (status == SHEAF_OK && more)
			order = compare_term(r, text, len, prefix);
	}
	*there = status == SHEAF_OK && more && !order;
	return status;
}

static sheaf_status read_term(gathering *g, segment_reader *r)
{
	segment_posting p;
	int             more = 1;
	sheaf_status    status = SHEAF_OK;

	while (status == SHEAF_OK) {
		status = segment_reader_next_posting(r, &p, &more, g->err);
		if (status != SHEAF_OK || !more)
			break;
		status = add_posting(g, &p);
	}
	return status;
}

/* All terms of a segment that begin with a token. */
static sheaf_status read_prefix(gathering *g, const segment_source *source,
                                const segment_range *range, const leaf_token *t)
{
	char            text[TOKEN_MAX];
	size_t          len = positions_term(t, text);
	segment_reader *r = NULL;
	int             there = 0;
	sheaf_status    status = SHEAF_OK;

	if (len)
		status = segment_reader_new(source, range, &r, g->err);
	if (r)
		status = find_term(r, text, len, 1, &there, g->err);
	while (status == SHEAF_OK && there) {
		status = read_term(g, r);
		if (status == SHEAF_OK)
			status = segment_reader_next_term(r, &there, g->err);
		if (status == SHEAF_OK && there)
			there = !compare_term(r, text, len, 1);
	}
	segment_reader_free(r);
	return status;
}

/* A token on its way through a segment. */
typedef struct token_walk {
	segment_reader *reader;
	segment_posting p; /* at hand */
	int             more;
} token_walk;

static sheaf_status begin_token(gathering *g, const segment_source *source,
                                const segment_range *range, const leaf_token *t, token_walk *w)
{
	char         text[TOKEN_MAX];
	size_t       len = positions_term(t, text);
	sheaf_status status = SHEAF_OK;

	if (len)
		status = segment_reader_new(source, range, &w->reader, g->err);
	if (w->reader)
		status = find_term(w->reader, text, len, 0, &w->more, g->err);
	if (status == SHEAF_OK && w->more)
		status = segment_reader_next_posting(w->reader, &w->p, &w->more, g->err);
	return status;
}

/* The earliest row at hand; -1: there is none. */
static int64_t earliest(const token_walk *walks, size_t count)
{
	int64_t least = -1;

	for (size_t i = 0; i < count; i++)
		if (walks[i].more && (least < 0 || walks[i].p.row < least))
			least = walks[i].p.row;
	return least;
}

/* What all tokens have of a row. */
static sheaf_status add_row(gathering *g, const token_walk *walks, size_t count, int64_t row)
{
	place_stream           streams[LEAF_TOKENS_MAX];
	const segment_posting *p = NULL;
	size_t                 n = 0;

	for (size_t i = 0; i < count; i++) {
		if (!walks[i].more || walks[i].p.row != row)
			continue;
		p = &walks[i].p;
		streams[n++] = (place_stream){p->positions, p->positions + p->len, 0, 0, 0};
	}
	if (n == 1 || segment_posting_is_mark(p))
		return add_posting(g, p);
	if (!is_wanted(g, row))
		return SHEAF_OK;
	return found_add(&g->found, row, count_united(g, streams, n), g->err);
}

/* Any of some tokens, in one segment. */
static sheaf_status read_tokens(gathering *g, const segment_source *source,
                                const segment_range *range, const leaf_tokens *tokens)
{
	token_walk   walks[LEAF_TOKENS_MAX] = {{.more = 0}};
	int64_t      row;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < tokens->count; i++)
		status = begin_token(g, source, range, &tokens->list[i], &walks[i]);
	while (status == SHEAF_OK && (row = earliest(walks, tokens->count)) >= 0) {
		status = add_row(g, walks, tokens->count, row);
		for (size_t i = 0; status == SHEAF_OK && i < tokens->count; i++)
			if (walks[i].more && walks[i].p.row == row)
				status = segment_reader_next_posting(walks[i].reader, &walks[i].p,
				                                     &walks[i].more, g->err);
	}
	for (size_t i = 0; i < tokens->count; i++)
		segment_reader_free(walks[i].reader);
	return status;
}

static sheaf_status read_segments(gathering *g, const leaf_tokens *tokens)
{
	const segment_source source = shadow_source(g->db);
	const segment_range *ranges;
	size_t               count;
	sheaf_status         status = positions_segments(g->db, &ranges, &count, g->err);

	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		if (tokens->prefix)
			status = read_prefix(g, &source, &ranges[i], &tokens->list[0]);
		else
			status = read_tokens(g, &source, &ranges[i], tokens);
	}
	statement_reset(g->db->statements[STMT_INDEX_PAGE]);
	return status;
}

static void set_weights(gathering *g, int column)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		uint32_t weight = i == COLUMN_TITLE ? FIELD_TITLE_WEIGHT : 1;

		g->weights[i] = column < 0 || i == column ? weight : 0;
	}
}

sheaf_status token_postings_find(sheaf_database *db, int64_t first, int64_t last,
                                 const leaf_tokens *tokens, found_postings *found, sheaf_error *err)
{
	gathering    g = {.db = db, .err = err};
	sheaf_status status;

	if (tokens->sequence)
		return sequence_postings_find(db, first, last, tokens->sequence, found, err);
	*found = (found_postings){0};
	set_weights(&g, tokens->column);
	found_begin(&g.found, first, last);
	status = (uint64_t)last - (uint64_t)first <= UINT32_MAX ? read_segments(&g, tokens)
	                                                        : damaged(&g);
	if (status == SHEAF_OK)
		status = found_take(&g.found, found, err);
	found_end(&g.found);
	return status;
}

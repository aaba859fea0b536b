#include "list_writer.h"

#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"
#include "list_block.h"
#include "list_bounds.h"
#include "list_chunk.h"

enum { ROOM_MIN = 256 }; /* bytes of a page: what is less is not worth another chunk */

#define BYTES_CAP ((size_t)1 << 30) /* of one list */

struct list_writer {
	int64_t       first, last;
	list_sink     sink;
	list_coder    coder;
	buf           row;                /* lists that are done, until they fill a row */
	uint64_t      row_hash, row_last; /* of its first list, and its last */
	buf           page;
	int64_t       page_number;
	uint64_t      hash; /* of the list at hand */
	unsigned char key_len;
	char          key[LIST_KEY_MAX];
	int           started; /* some list was */
	list_counts   counts;
	int64_t       revision; /* of the last posting */
	posting       block[LIST_BLOCK];
	size_t        block_count;
	list_front    front;
	buf           data;   /* blocks that are done */
	list_place   *places; /* and where they are */
	size_t        place_count, place_size;
	buf           list; /* what is written of a list */
};

/* The finaliser of MurmurHash3 (Appleby) behind FNV-1a (RFC 9923): it is part of the format. */
uint64_t list_hash(const char *key, size_t len)
{
	uint64_t h = 0xCBF29CE484222325u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)key[i]) * 0x100000001B3u;
	h = (h ^ h >> 33) * 0xFF51AFD7ED558CCDu;
	h = (h ^ h >> 33) * 0xC4CEB9FE1A85EC53u;
	return h >> (64 - LIST_HASH_BITS);
}

sheaf_status list_writer_new(int64_t first, int64_t last, const list_sink *sink, list_writer **out,
                             sheaf_error *err)
{
	list_writer *w = mem_calloc(1, sizeof *w);

	*out = NULL;
	if (!w)
		return sheaf_nomem(err);
	w->first = first;
	w->last = last;
	w->sink = *sink;
	w->row.cap = w->page.cap = w->data.cap = w->list.cap = BYTES_CAP;
	list_coder_init(&w->coder);
	list_front_init(&w->front);
	*out = w;
	return SHEAF_OK;
}

void list_writer_free(list_writer *w)
{
	if (!w)
		return;
	buf_free(&w->row);
	buf_free(&w->page);
	buf_free(&w->data);
	buf_free(&w->list);
	mem_free(w->places);
	mem_free(w);
}

static void put_number(buf *out, uint64_t n)
{
	unsigned char bytes[LIST_VARINT_MAX];

	buf_append(out, (char *)bytes, list_varint_put(bytes, n));
}

static void put_bounds(buf *out, const list_bounds *b)
{
	unsigned char bytes[LIST_BOUNDS_BYTES];

	buf_append(out, (char *)bytes, list_bounds_put(b, bytes));
}

/* Lists and postings come from other runs, too, which may be damaged. */
static sheaf_status out_of_order(sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "ranking lists are damaged; run 'sheaf reindex'");
}

sheaf_status list_writer_begin(list_writer *w, const char *key, size_t len, sheaf_error *err)
{
	uint64_t hash = list_hash(key, len);
	size_t   common = len < w->key_len ? len : w->key_len;

	if (len > LIST_KEY_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a token of %zu bytes", len);
	if (w->started && hash <= w->hash) {
		int order = memcmp(w->key, key, common);

		if (hash < w->hash || order > 0 || (!order && len <= w->key_len))
			return out_of_order(err);
	}
	w->started = 1;
	w->hash = hash;
	w->key_len = (unsigned char)len;
	memcpy(w->key, key, len);
	w->counts = (list_counts){0};
	w->revision = w->first - 1;
	w->block_count = w->place_count = 0;
	buf_clear(&w->data);
	buf_clear(&w->list);
	return SHEAF_OK;
}

static sheaf_status reserve_place(list_writer *w, sheaf_error *err)
{
	size_t      size = w->place_size ? w->place_size * 2 : 64;
	list_place *grown;

	if (w->place_count < w->place_size)
		return SHEAF_OK;
	grown = mem_realloc_array(w->places, size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	w->places = grown;
	w->place_size = size;
	return SHEAF_OK;
}

/* Encodes the postings that wait. */
static sheaf_status end_block(list_writer *w, sheaf_error *err)
{
	unsigned char bytes[LIST_BLOCK_BYTES_MAX + LIST_PADDING];
	size_t        len;
	list_place   *place;
	sheaf_status  status = reserve_place(w, err);

	if (status != SHEAF_OK)
		return status;
	len = list_block_encode(&w->coder, w->block, w->block_count, bytes);
	place = &w->places[w->place_count++];
	place->at = w->data.len;
	place->len = len;
	place->last = (uint32_t)(w->block[w->block_count - 1].revision - w->first);
	place->count = (unsigned)w->block_count;
	list_front_clear(&w->front);
	for (size_t i = 0; i < w->block_count; i++)
		list_front_add(&w->front, posting_frequency(&w->block[i]), w->block[i].length);
	list_front_bounds(&w->front, &place->bounds);
	buf_append(&w->data, (char *)bytes, len);
	w->block_count = 0;
	return buf_status(&w->data, err);
}

sheaf_status list_writer_add(list_writer *w, const posting *p, sheaf_error *err)
{
	if (p->revision <= w->revision || p->revision > w->last)
		return out_of_order(err);
	if (w->block_count == LIST_BLOCK) {
		sheaf_status status = end_block(w, err);

		if (status != SHEAF_OK)
			return status;
	}
	w->block[w->block_count++] = *p;
	w->revision = p->revision;
	list_counts_add(&w->counts, p, 1);
	return SHEAF_OK;
}

sheaf_status list_writer_add_block(list_writer *w, const list_whole_block *b, sheaf_error *err)
{
	list_place  *place;
	sheaf_status status = SHEAF_OK;

	if (b->last <= w->revision || b->last > w->last)
		return out_of_order(err);
	if (w->block_count)
		status = end_block(w, err);
	if (status == SHEAF_OK)
		status = reserve_place(w, err);
	if (status != SHEAF_OK)
		return status;
	place = &w->places[w->place_count++];
	*place = (list_place){.at = w->data.len,
	                      .len = b->len,
	                      .last = (uint32_t)(b->last - w->first),
	                      .count = b->count,
	                      .bounds = b->bounds};
	buf_append(&w->data, (const char *)b->bytes, b->len);
	w->revision = b->last;
	return buf_status(&w->data, err);
}

void list_writer_count(list_writer *w, const list_counts *counts)
{
	list_counts_sum(&w->counts, counts, 1);
}

/* ---- ending a list ---- */

static void put_small(list_writer *w)
{
	unsigned char bytes[LIST_VARINT_MAX + 16];
	int64_t       before = w->first - 1;
	uint32_t      length = UINT32_MAX;

	for (size_t i = 0; i < w->block_count; i++)
		if (w->block[i].length < length)
			length = w->block[i].length;
	buf_putc(&w->list, (char)list_code_down(length));
	for (size_t i = 0; i < w->block_count; i++) {
		const posting *p = &w->block[i];
		unsigned       code = list_coder_find(&w->coder, p);
		unsigned       low = code < LIST_SMALL_ESCAPE ? code : LIST_SMALL_ESCAPE;
		size_t len = list_varint_put(bytes, (uint64_t)(p->revision - before) * 4 + low);

		if (code >= LIST_SMALL_ESCAPE)
			len += list_occurrences_put(bytes + len, code, p);
		buf_append(&w->list, (char *)bytes, len);
		before = p->revision;
	}
}

static sheaf_status flush_page(list_writer *w, sheaf_error *err)
{
	sheaf_status status = buf_status(&w->page, err);

	if (status != SHEAF_OK || !w->page.len)
		return status;
	status = w->sink.page(w->sink.ctx, w->page_number++, w->page.data, w->page.len, err);
	buf_clear(&w->page);
	return status;
}

/* The bounds of some blocks together. */
static void bounds_of(list_writer *w, size_t from, size_t upto, list_bounds *out)
{
	list_front_clear(&w->front);
	for (size_t i = from; i < upto; i++)
		list_front_add_bounds(&w->front, &w->places[i].bounds);
	list_front_bounds(&w->front, out);
}

/* The table of a long list: where its chunks are; writes the chunks on the way. */
static sheaf_status put_chunk_table(list_writer *w, buf *table, size_t *chunks, sheaf_error *err)
{
	list_bounds  bounds;
	size_t       from = 0, upto;
	sheaf_status status = SHEAF_OK;

	for (*chunks = 0; status == SHEAF_OK && from < w->place_count; from = upto) {
		uint32_t base = from ? w->places[from - 1].last + 1 : 0;

		if ((*chunks)++)
			status = flush_page(w, err);
		upto = from + list_chunk_fit(w->places + from, w->place_count - from,
		                             LIST_PAGE_BYTES - w->page.len);
		list_chunk_put(w->places + from, upto - from, base, w->data.data, &w->page);
		bounds_of(w, from, upto, &bounds);
		put_number(table, w->places[upto - 1].last - base);
		put_bounds(table, &bounds);
	}
	return status;
}

/* A list too long for its row: chunks into pages. Any block fits into an empty page. */
static sheaf_status put_chunks(list_writer *w, sheaf_error *err)
{
	size_t       chunks, room = LIST_PAGE_BYTES - w->page.len;
	buf          table = BUF_INIT(BYTES_CAP);
	list_bounds  bounds;
	sheaf_status status = SHEAF_OK;

	if (room < ROOM_MIN || !list_chunk_fit(w->places, w->place_count, room))
		status = flush_page(w, err);
	bounds_of(w, 0, w->place_count, &bounds);
	put_bounds(&table, &bounds);
	put_number(&table, (uint64_t)w->page_number);
	put_number(&table, w->page.len);
	if (status == SHEAF_OK)
		status = put_chunk_table(w, &table, &chunks, err);
	if (status == SHEAF_OK)
		status = buf_status(&table, err);
	if (status == SHEAF_OK) {
		put_number(&w->list, chunks);
		buf_append(&w->list, table.data, table.len);
	}
	buf_free(&table);
	return status;
}

static sheaf_status put_blocks(list_writer *w, sheaf_error *err)
{
	const list_counts *c = &w->counts;
	sheaf_status       status = w->block_count ? end_block(w, err) : SHEAF_OK;

	if (status != SHEAF_OK)
		return status;
	if (c->documents > LIST_BLOCK) {
		put_number(&w->list, (uint64_t)c->occurrences);
		put_number(&w->list, (uint64_t)c->title_documents);
		put_number(&w->list, (uint64_t)c->title_occurrences);
		put_number(&w->list, (uint64_t)c->abstract_documents);
		put_number(&w->list, (uint64_t)c->abstract_occurrences);
	}
	if (w->place_count > 1 &&
	    list_chunk_fit(w->places, w->place_count, LIST_INLINE_MAX) < w->place_count)
		return put_chunks(w, err);
	put_number(&w->list, 0);
	list_chunk_put(w->places, w->place_count, 0, w->data.data, &w->list);
	return SHEAF_OK;
}

static sheaf_status flush_row(list_writer *w, sheaf_error *err)
{
	sheaf_status status = buf_status(&w->row, err);

	if (status != SHEAF_OK || !w->row.len)
		return status;
	status = w->sink.row(w->sink.ctx, (int64_t)w->row_hash, w->row.data, w->row.len, err);
	buf_clear(&w->row);
	return status;
}

/* Lists of one hash share a row, so that a row's number is its own. */
static sheaf_status put_row(list_writer *w, sheaf_error *err)
{
	size_t       len = 1 + (size_t)w->key_len + w->list.len;
	sheaf_status status = buf_status(&w->list, err);

	if (status == SHEAF_OK && w->row.len + len + 2 > LIST_ROW_BYTES && w->hash != w->row_last)
		status = flush_row(w, err);
	if (status != SHEAF_OK)
		return status;
	if (!w->row.len)
		w->row_hash = w->hash;
	w->row_last = w->hash;
	put_number(&w->row, len);
	buf_putc(&w->row, (char)w->key_len);
	buf_append(&w->row, w->key, w->key_len);
	buf_append(&w->row, buf_str(&w->list), w->list.len);
	return buf_status(&w->row, err);
}

sheaf_status list_writer_end(list_writer *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!w->counts.documents)
		return SHEAF_OK;
	put_number(&w->list, (uint64_t)w->counts.documents);
	if (w->counts.documents < LIST_SMALL)
		put_small(w);
	else
		status = put_blocks(w, err);
	return status == SHEAF_OK ? put_row(w, err) : status;
}

sheaf_status list_writer_finish(list_writer *w, sheaf_error *err)
{
	sheaf_status status = flush_row(w, err);

	return status == SHEAF_OK ? flush_page(w, err) : status;
}

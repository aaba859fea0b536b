#include "store_batch.h"

#include <string.h>

#include "adopt.h"
#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "ranking_write.h"

enum {
	BATCH_DOCUMENTS = 16384,
	BATCH_BYTES = 64 << 20, /* of postings */
	LATER_FIRST = 64        /* a power of two */
};

sheaf_status store_batch_new(store_batch **out, sheaf_error *err)
{
	store_batch *b = mem_calloc(1, sizeof *b);
	sheaf_status status;

	*out = NULL;
	if (!b)
		return sheaf_nomem(err);
	b->scratch = analysis_new();
	status = b->scratch ? inverter_new(&b->inverter, err) : sheaf_nomem(err);
	if (status != SHEAF_OK) {
		analysis_free(b->scratch);
		mem_free(b);
		return status;
	}
	*out = b;
	return SHEAF_OK;
}

void store_batch_free(store_batch *b)
{
	if (!b)
		return;
	inverter_free(b->inverter);
	batch_image_clear(&b->image);
	analysis_free(b->scratch);
	mem_free(b->revisions);
	mem_free(b->lengths);
	mem_free(b->tokens);
	mem_free(b->notes);
	mem_free(b->later);
	mem_free(b);
}

void store_batch_clear(store_batch *b)
{
	inverter_clear(b->inverter);
	batch_image_clear(&b->image);
	b->count = b->note_count = 0;
	b->first = b->last = 0;
	b->later_count = 0;
	if (b->later)
		memset(b->later, 0, b->later_size * sizeof *b->later);
}

/* ---- the analysing thread ---- */

/* Very many wait to be stored: of the columns' texts only those are kept that a row has as they are. */
static sheaf_status keep_row_texts(const analysis *from, analysis *x, sheaf_error *err)
{
	static const int kept[] = {COLUMN_AUTHORS, COLUMN_TERMS};
	sheaf_status     status = SHEAF_OK;

	x->length = from->length;
	x->recorded = 0;
	for (size_t i = 0; status == SHEAF_OK && i < sizeof kept / sizeof *kept; i++) {
		buf *text = &x->text[kept[i]];

		buf_clear(text);
		buf_append(text, from->text[kept[i]].data, from->text[kept[i]].len);
		status = buf_status(text, err);
	}
	return status;
}

sheaf_status store_batch_add(store_batch *b, analyser *a, const sheaf_document *doc, analysis *x,
                             uint32_t *number, sheaf_error *err)
{
	sheaf_status status;

	*number = (uint32_t)inverter_documents(b->inverter);
	status = analyser_invert(a, doc, b->scratch, b->inverter, err);
	if (status == SHEAF_OK)
		status = batch_describe(b, b->scratch, err);
	return status == SHEAF_OK ? keep_row_texts(b->scratch, x, err) : status;
}

size_t store_batch_documents(const store_batch *b)
{
	return inverter_documents(b->inverter);
}

int store_batch_is_full(const store_batch *b, int64_t most)
{
	size_t count = inverter_documents(b->inverter);

	return count >= BATCH_DOCUMENTS || (most > 0 && count >= (uint64_t)most) ||
	       inverter_bytes(b->inverter) >= BATCH_BYTES;
}

/* ---- the encoding thread ---- */

sheaf_status store_batch_encode(store_batch *b, const analyser *a, sheaf_revision first,
                                sheaf_error *err)
{
	return batch_image_make(&b->image, analyser_tokens(a), b->inverter, b->lengths, first,
	                        SEGMENT_PAGE_DEFAULT, err);
}

/* ---- revisions ---- */

sheaf_status batch_open(sheaf_database *db, store_batch *b, sheaf_error *err)
{
	if (db->batch == b)
		return SHEAF_OK;
	if (!db->in_transaction || db->batch)
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_OPERATION,
			"%s: no transaction is open, or another import is under way in it",
			db->path);
	/* What a transaction held that was cancelled is no more. */
	b->count = b->note_count = 0;
	b->first = b->last = 0;
	db->batch = b;
	return SHEAF_OK;
}

/* Makes room for `count` elements, the new ones all-zero. NULL: out of memory, `array` is as it was. */
static void *grow(void *array, size_t size, size_t count, size_t element)
{
	char *grown = mem_realloc_array(array, count, element);

	if (grown)
		memset(grown + size * element, 0, (count - size) * element);
	return grown;
}

static int make_descriptions(store_batch *b, size_t count)
{
	size_t        size = count * 2;
	uint32_t     *lengths;
	batch_tokens *tokens;

	if (count <= b->added_size)
		return 1;
	/* What could be grown stays so: the size is the least of both. */
	lengths = grow(b->lengths, b->added_size, size, sizeof *lengths);
	if (lengths)
		b->lengths = lengths;
	tokens = lengths ? grow(b->tokens, b->added_size, size, sizeof *tokens) : NULL;
	if (!tokens)
		return 0;
	b->tokens = tokens;
	b->added_size = size;
	return 1;
}

sheaf_status batch_describe(store_batch *b, const analysis *x, sheaf_error *err)
{
	size_t count = inverter_documents(b->inverter);

	if (!make_descriptions(b, count))
		return sheaf_nomem(err);
	b->lengths[count - 1] = (uint32_t)x->length;
	memcpy(b->tokens[count - 1], x->positions, sizeof b->tokens[count - 1]);
	return SHEAF_OK;
}

static int make_rows(store_batch *b, size_t count)
{
	int64_t *revisions;

	if (count <= b->size)
		return 1;
	revisions = grow(b->revisions, b->size, count * 2, sizeof *revisions);
	if (!revisions)
		return 0;
	b->revisions = revisions;
	b->size = count * 2;
	return 1;
}

static int make_note(store_batch *b)
{
	size_t          size = b->note_count * 2 + 64;
	batch_note_row *notes = b->notes;

	if (b->note_count < b->note_size)
		return 1;
	notes = mem_realloc_array(notes, size, sizeof *notes);
	if (!notes)
		return 0;
	b->notes = notes;
	b->note_size = size;
	return 1;
}

/* Numbers up to `count` that were not stored have no revision. */
static int extend(store_batch *b, size_t count)
{
	if (!make_rows(b, count))
		return 0;
	if (count > b->count) {
		memset(b->revisions + b->count, 0, (count - b->count) * sizeof *b->revisions);
		b->count = count;
	}
	return 1;
}

sheaf_status batch_note(store_batch *b, uint32_t number, sheaf_revision revision, sheaf_error *err)
{
	if (!make_note(b) || !extend(b, (size_t)number + 1))
		return sheaf_nomem(err);
	if (!b->first)
		b->first = revision;
	b->last = revision;
	b->notes[b->note_count++] = (batch_note_row){revision, number};
	b->revisions[number] = revision;
	return SHEAF_OK;
}

int batch_forget(store_batch *b, sheaf_revision revision)
{
	size_t low = 0, high = b ? b->note_count : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (b->notes[middle].revision < revision)
			low = middle + 1;
		else
			high = middle;
	}
	if (!b || low == b->note_count || b->notes[low].revision != revision)
		return 0;
	b->revisions[b->notes[low].number] = 0;
	return 1;
}

/* ---- documents that wait ---- */

/* Where the docid is, or would be. */
static size_t later_slot(const store_batch *b, sheaf_docid docid)
{
	size_t at = (size_t)((uint64_t)docid * 0x9E3779B97F4A7C15u >> 32) & (b->later_size - 1);

	while (b->later[at] && b->later[at] != docid)
		at = (at + 1) & (b->later_size - 1);
	return at;
}

int batch_waits(const store_batch *b, sheaf_docid docid)
{
	return b->later_count && b->later[later_slot(b, docid)] == docid;
}

static int grow_later(store_batch *b)
{
	size_t   old_size = b->later_size;
	int64_t *old = b->later;
	int64_t *grown = mem_calloc(old_size ? old_size * 2 : LATER_FIRST, sizeof *grown);

	if (!grown)
		return 0;
	b->later = grown;
	b->later_size = old_size ? old_size * 2 : LATER_FIRST;
	for (size_t i = 0; i < old_size; i++)
		if (old[i])
			grown[later_slot(b, old[i])] = old[i];
	mem_free(old);
	return 1;
}

sheaf_status batch_wait(store_batch *b, sheaf_docid docid, sheaf_error *err)
{
	size_t at;

	if (b->later_count * 2 >= b->later_size && !grow_later(b))
		return sheaf_nomem(err);
	at = later_slot(b, docid);
	b->later_count += !b->later[at];
	b->later[at] = docid;
	return SHEAF_OK;
}

/* ---- into the index ---- */

static size_t sum_rows(const store_batch *b, segment_averages *sum)
{
	*sum = (segment_averages){.columns = COLUMN_COUNT};
	for (size_t i = 0; i < b->count; i++) {
		if (!b->revisions[i])
			continue;
		sum->rows++;
		for (int k = 0; k < COLUMN_COUNT; k++)
			sum->tokens[k] += b->tokens[i][k];
	}
	return (size_t)sum->rows;
}

static sheaf_status write_pages(const store_batch *b, size_t page_size, const segment_sink *sink,
                                int64_t *last_page, sheaf_error *err)
{
	segment_writer *w = NULL;
	sheaf_status    status = segment_writer_new(page_size, sink, &w, err);

	if (status == SHEAF_OK)
		status = inverter_write(b->inverter, w, err);
	if (status == SHEAF_OK)
		status = segment_writer_finish(w, last_page, err);
	segment_writer_free(w);
	return status;
}

/* `ready`: the pages are in the batch's image. */
static sheaf_status write_segment(sheaf_database *db, store_batch *b, size_t page_size, int ready,
                                  const segment_averages *sum, int64_t *last_page, sheaf_error *err)
{
	segment_sink sink;
	adoption     a;
	sheaf_status status = adopt_begin(db, page_size, &a, err);

	if (status != SHEAF_OK)
		return status;
	sink = adopt_sink(&a);
	if (ready) {
		*last_page = b->image.last_page;
		status = segment_image_replay(b->image.segment, &sink, err);
	} else {
		status = inverter_sort(b->inverter, b->revisions, err);
		if (status == SHEAF_OK)
			status = write_pages(b, page_size, &sink, last_page, err);
	}
	return adopt_end(&a, status, *last_page, sum, err);
}

/*
 * What FTS5 would do by itself after as many pages: merge while there are more than a few segments on a
 * level. In a bulk load one merge at its end does all.
 */
static sheaf_status merge_some(sheaf_database *db, int64_t pages, sheaf_error *err)
{
	enum { WORK = 4, LEAST = 16 };

	return db->bulk ? SHEAF_OK : index_option(db, "merge", pages * WORK + LEAST, err);
}

/* A few documents wait for the next time that lists are made. */
static sheaf_status write_lists(sheaf_database *db, const store_batch *b, int ready,
                                uint64_t documents, sheaf_error *err)
{
	if (documents <= RANKING_TAIL_MAX)
		return SHEAF_OK;
	if (ready)
		return ranking_image_store(db, b->image.lists, err);
	return ranking_write_run(db, b->inverter, b->revisions, b->lengths, b->first, b->last, err);
}

static sheaf_status write_batch(sheaf_database *db, store_batch *b, sheaf_error *err)
{
	segment_averages sum;
	size_t           page_size;
	int64_t          last_page = 0;
	int              known, ready;
	sheaf_status     status;

	if (!sum_rows(b, &sum))
		return SHEAF_OK;
	status = shadow_is_known(db, &known, &page_size, err);
	if (status == SHEAF_OK && !known)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: its index has changed its form; run 'sheaf reindex'",
		                    db->path);
	if (status == SHEAF_OK && !extend(b, inverter_documents(b->inverter)))
		status = sheaf_nomem(err);
	ready = status == SHEAF_OK &&
	        batch_image_fits(&b->image, b->revisions, b->count, page_size);
	if (status == SHEAF_OK)
		status = write_segment(db, b, page_size, ready, &sum, &last_page, err);
	if (status == SHEAF_OK)
		status = write_lists(db, b, ready, sum.rows, err);
	return status == SHEAF_OK ? merge_some(db, last_page, err) : status;
}

sheaf_status store_batch_write(sheaf_database *db, store_batch *b, sheaf_error *err)
{
	int          broken = db->broken;
	sheaf_status status = SHEAF_OK;

	if (db->batch == b) {
		db->broken = 1;
		status = write_batch(db, b, err);
		if (status == SHEAF_OK)
			db->broken = broken;
		db->batch = NULL;
	}
	store_batch_clear(b);
	return status;
}

sheaf_status batch_settle(sheaf_database *db, int commit, sheaf_error *err)
{
	if (!db->batch)
		return SHEAF_OK;
	if (!db->batch->busy)
		return store_batch_write(db, db->batch, err);
	if (commit)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: an import into it is under way", db->path);
	return SHEAF_OK;
}

/* ---- storing ---- */

sheaf_status store_can_batch(sheaf_database *db, int *can, sheaf_error *err)
{
	size_t       page_size;
	sheaf_status status = database_begin_read(db, err);

	*can = 0;
	if (status != SHEAF_OK)
		return status;
	status = shadow_is_known(db, can, &page_size, err);
	database_end_read(db);
	return status;
}

void store_batch_resume(sheaf_database *db, store_batch *b)
{
	if (db->batch != b)
		store_batch_clear(b);
}

void store_batch_set_busy(store_batch *b, int busy)
{
	b->busy = busy;
}

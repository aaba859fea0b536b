/* Checking ranking lists against the documents. */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "ranking_batch.h"
#include "ranking_loss.h"
#include "ranking_store.h"
#include "ranking_write.h"

typedef struct checking {
	sheaf_database *db;
	ranking_batch   batch;
	ranking_image  *image; /* the lists that the batch should have */
	ranking_loss   *loss;  /* what lists have of documents that are gone */
	int64_t         right; /* postings of the run that documents have */
} checking;

/* ---- what documents have, lists have ---- */

/* Over documents that are gone. Errors: of the cursor, too. */
static sheaf_status skip_gone(sheaf_database *db, list_cursor *c, int64_t last, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	while (c->revision <= last && values_get_length(db, c->revision, &status, err) == -1)
		list_cursor_next(c);
	return status == SHEAF_OK ? c->status : status;
}

static int same_posting(list_cursor *a, list_cursor *b)
{
	list_cursor_read(a);
	list_cursor_read(b);
	return a->revision == b->revision && a->title == b->title && a->abstract == b->abstract &&
	       a->other == b->other;
}

/* No posting may be beyond the bounds that its block states. */
static int is_within(const list_bounds *b, list_cursor *c, int64_t length)
{
	int64_t frequency = (int64_t)LIST_TITLE_WEIGHT * c->title + c->abstract + c->other;

	for (unsigned i = 0; i < b->count; i++)
		if (frequency <= b->pairs[i].frequency && length >= b->pairs[i].length)
			return 1;
	return 0;
}

static sheaf_status check_bounds(sheaf_database *db, list_cursor *c, int64_t *last,
                                 list_bounds *bounds, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	int64_t      length = values_get_length(db, c->revision, &status, err), wide;
	list_bounds  stretch;

	if (status != SHEAF_OK)
		return status;
	if (c->revision > *last)
		list_cursor_block(c, c->revision, last, bounds);
	list_cursor_stretch(c, c->revision, &wide, &stretch);
	return is_within(bounds, c, length) && is_within(&stretch, c, length) &&
	                       is_within(list_cursor_top(c), c, length)
	               ? c->status
	               : ranking_damaged(db, err);
}

static sheaf_status compare(checking *k, list_cursor *right, list_cursor *stored, sheaf_error *err)
{
	list_bounds  bounds = {0};
	int64_t      block_last = 0;
	sheaf_status status = SHEAF_OK;

	list_cursor_next(right);
	list_cursor_seek(stored, right->revision);
	while (status == SHEAF_OK && right->revision != LIST_END) {
		status = skip_gone(k->db, stored, k->batch.last, err);
		if (status == SHEAF_OK && !same_posting(right, stored))
			status = ranking_damaged(k->db, err);
		if (status == SHEAF_OK)
			status = check_bounds(k->db, stored, &block_last, &bounds, err);
		k->right++;
		list_cursor_next(right);
		list_cursor_next(stored);
	}
	return status == SHEAF_OK ? right->status : status;
}

static sheaf_status check_key(checking *k, const ranking_run *run, const list_entry *e,
                              sheaf_error *err)
{
	list_cursor  right, stored;
	sheaf_status status = ranking_image_open(k->image, e, &right, err);

	list_cursor_empty(&stored);
	if (status == SHEAF_OK)
		status = ranking_open(k->db, run, 0, e->key, e->key_len, &stored, err);
	if (status == SHEAF_OK)
		status = compare(k, &right, &stored, err);
	list_cursor_close(&right);
	list_cursor_close(&stored);
	return status;
}

static sheaf_status check_batch(checking *k, const ranking_run *run, sheaf_error *err)
{
	list_entry   e;
	size_t       row = 0, at = 0;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && ranking_image_next(k->image, &row, &at, &e))
		status = check_key(k, run, &e, err);
	return status;
}

static sheaf_status check_documents(checking *k, const ranking_run *run, sheaf_error *err)
{
	int64_t      first = run->first;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && first <= run->last) {
		ranking_batch *b = &k->batch;

		status = ranking_batch_read(k->db, b, first, run->last, err);
		if (status == SHEAF_OK && b->count) {
			status = ranking_image_fill(k->image, &k->db->tokenizer.config, b->inverter,
			                            b->revisions, b->lengths, first, b->last, err);
			if (status == SHEAF_OK)
				status = check_batch(k, run, err);
		}
		first = b->last + 1;
	}
	return status;
}

/* ---- what lists have, documents have, or had ---- */

/* All postings of a list: *live of them are of documents, and the others add to *gone. */
static sheaf_status walk_list(sheaf_database *db, list_cursor *c, list_counts *all,
                              list_counts *gone, int64_t *live, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (list_cursor_next(c); status == SHEAF_OK && c->revision != LIST_END;
	     list_cursor_next(c)) {
		int64_t length = values_get_length(db, c->revision, &status, err);
		posting p = {0};

		list_cursor_read(c);
		p = (posting){c->revision, c->title, c->abstract, c->other, 0};
		list_counts_add(all, &p, 1);
		if (length < 0)
			list_counts_add(gone, &p, 1);
		else
			++*live;
	}
	return status == SHEAF_OK ? c->status : status;
}

static sheaf_status check_list(checking *k, const ranking_walk *w, int64_t *live, sheaf_error *err)
{
	list_counts  all = {0}, gone = {0};
	list_cursor  c;
	sheaf_status status = ranking_walk_open(w, &c, err);

	if (status == SHEAF_OK)
		status = walk_list(k->db, &c, &all, &gone, live, err);
	if (status == SHEAF_OK && memcmp(&all, &c.counts, sizeof all) != 0)
		status = ranking_damaged(k->db, err);
	list_cursor_close(&c);
	if (status == SHEAF_OK && gone.documents &&
	    !ranking_loss_add(k->loss, w->entry.key, w->entry.key_len, &gone, 1))
		status = sheaf_nomem(err);
	return status;
}

static sheaf_status check_lists(checking *k, const ranking_run *run, sheaf_error *err)
{
	ranking_walk w;
	int64_t      live = 0, hash = -1;
	sheaf_status status;

	ranking_walk_init(&w, k->db, run);
	status = ranking_walk_next(&w, err);
	while (status == SHEAF_OK && w.more) {
		if ((int64_t)w.entry.hash < hash)
			status = ranking_damaged(k->db, err);
		hash = (int64_t)w.entry.hash;
		if (status == SHEAF_OK)
			status = check_list(k, &w, &live, err);
		if (status == SHEAF_OK)
			status = ranking_walk_next(&w, err);
	}
	buf_free(&w.row);
	return status == SHEAF_OK && live != k->right ? ranking_damaged(k->db, err) : status;
}

/* ---- the whole ---- */

static sheaf_status take_off(void *ctx, const char *key, size_t len, const list_counts *counts,
                             sheaf_error *err)
{
	checking *k = ctx;

	return ranking_loss_add(k->loss, key, len, counts, -1) ? SHEAF_OK : sheaf_nomem(err);
}

/* As many are noted as gone as the run has lost since it was made. */
static sheaf_status check_gone(checking *k, const ranking_run *run, sheaf_error *err)
{
	int64_t      live, dead;
	sheaf_status status = ranking_count_live(k->db, run->first, run->last, &live, err);

	if (status == SHEAF_OK)
		status = ranking_count_dead(k->db, run->first, run->last, &dead, err);
	if (status != SHEAF_OK)
		return status;
	return run->documents - live == dead ? SHEAF_OK : ranking_damaged(k->db, err);
}

static sheaf_status check_runs(checking *k, sheaf_error *err)
{
	const ranking_run *runs;
	size_t             count;
	sheaf_status       status = ranking_runs(k->db, &runs, &count, err);

	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		k->right = 0;
		status = check_gone(k, &runs[i], err);
		if (status == SHEAF_OK)
			status = check_documents(k, &runs[i], err);
		if (status == SHEAF_OK)
			status = check_lists(k, &runs[i], err);
	}
	if (status == SHEAF_OK)
		status = ranking_each_loss(k->db, take_off, k, err);
	if (status == SHEAF_OK && !ranking_loss_is_even(k->loss))
		status = ranking_damaged(k->db, err);
	return status;
}

sheaf_status ranking_check(sheaf_database *db, sheaf_error *err)
{
	checking     k = {.db = db, .loss = ranking_loss_new()};
	sheaf_status status = k.loss ? ranking_flush(db, err) : sheaf_nomem(err);

	if (status == SHEAF_OK)
		status = ranking_batch_new(&k.batch, err);
	if (status == SHEAF_OK)
		status = ranking_image_new(&k.image, err);
	if (status == SHEAF_OK)
		status = check_runs(&k, err);
	ranking_batch_free(&k.batch);
	ranking_image_free(k.image);
	ranking_loss_free(k.loss);
	return status;
}

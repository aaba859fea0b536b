/*
 * classify_window.c: a span of revisions against every profile. There is nothing to remove here: a
 * document that changes loses its placements with its old revision.
 */
#include <stdlib.h>

#include "alloc.h"
#include "classify_private.h"
#include "error.h"
#include "store.h"

enum { FOUND_MAX = 1 << 18 }; /* placements in memory */

typedef struct window {
	classify_run         *run;
	sheaf_revision        begin, end;
	const sheaf_document *doc;  /* at hand */
	placement_row        *list; /* still to be stored */
	size_t                count, size;
	int                   in_order; /* 1: the list is */
	sheaf_status          status;   /* of a callback */
	sheaf_error          *err;
} window;

static int by_docid(const void *a, const void *b)
{
	const placement_row *x = a, *y = b;

	if (x->docid != y->docid)
		return x->docid < y->docid ? -1 : 1;
	return (x->track > y->track) - (x->track < y->track);
}

/* In the order of the table, which is much faster than in that of the scores. */
static sheaf_status store_found(window *w)
{
	sheaf_status status = SHEAF_OK;

	if (w->count && !w->in_order)
		qsort(w->list, w->count, sizeof *w->list, by_docid);
	w->in_order = 1;
	if (w->count)
		status = store_placement_put(w->run->db, w->list, w->count, w->err);
	w->count = 0;
	return status;
}

static sheaf_status make_room(window *w)
{
	size_t         size = w->size ? w->size * 2 : 1024;
	placement_row *grown;

	if (w->count == FOUND_MAX)
		return store_found(w);
	if (w->count < w->size)
		return SHEAF_OK;
	grown = mem_realloc_array(w->list, size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(w->err);
	w->list = grown;
	w->size = size;
	return SHEAF_OK;
}

/* Only tracks that stand at the window's beginning have not seen its papers. */
static int put(void *ctx, const sheaf_class *result)
{
	window       *w = ctx;
	classify_run *run = w->run;
	size_t        track = result->profile == SIZE_MAX ? run->set->count : result->profile;

	if (run->tracks[track].mark != w->begin)
		return 0;
	w->status = make_room(w);
	if (w->status != SHEAF_OK)
		return 1;
	run->stats.matches++;
	w->list[w->count++] = (placement_row){
		sheaf_document_get_docid(w->doc), run->tracks[track].track,
		sheaf_document_get_revision(w->doc), result->weight, result->percent};
	return 0;
}

/* Of one paper, as most often all are, in the order of their tracks. */
static void sort_last(window *w)
{
	sheaf_docid docid = sheaf_document_get_docid(w->doc);
	size_t      first = w->count;

	while (first && w->list[first - 1].docid == docid)
		first--;
	if (first < w->count)
		qsort(w->list + first, w->count - first, sizeof *w->list, by_docid);
	if (first && w->list[first - 1].docid > docid)
		w->in_order = 0;
}

static int look_at(void *ctx, const sheaf_document *doc)
{
	window      *w = ctx;
	sheaf_error  why = {0};
	sheaf_status status;

	if (sheaf_document_get_revision(doc) > w->end)
		return 1;
	w->doc = doc;
	w->run->stats.documents++;
	status = sheaf_classifier_classify(w->run->classifier, doc, put, w, &why);
	sort_last(w);
	if (w->status == SHEAF_OK && status != SHEAF_OK) {
		w->status = status;
		if (w->err)
			*w->err = why;
	}
	return w->status != SHEAF_OK;
}

static sheaf_status look_at_all(window *w, sheaf_error *err)
{
	sheaf_error  walk = {0};
	sheaf_status status = sheaf_database_each_document(w->run->db, w->begin, look_at, w, &walk);

	if (w->status != SHEAF_OK)
		return w->status;
	/* The walk is stopped at the window's end, which is no failure. */
	if (status == SHEAF_OK || status == SHEAF_ERROR_INTERRUPTED)
		return SHEAF_OK;
	if (err)
		*err = walk;
	return status;
}

static sheaf_status move_marks(window *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < w->run->count; i++) {
		classify_track *track = &w->run->tracks[i];

		if (track->mark != w->begin)
			continue;
		status = store_profile_state_put(w->run->db, w->run->set->digest.name, track->name,
		                                 track->fingerprint, w->end, err);
		track->mark = w->end;
	}
	return status;
}

sheaf_status classify_window(classify_run *run, sheaf_revision begin, sheaf_revision end,
                             sheaf_error *err)
{
	window       w = {.run = run, .begin = begin, .end = end, .in_order = 1, .err = err};
	sheaf_status status = look_at_all(&w, err);

	if (status == SHEAF_OK)
		status = store_found(&w);
	mem_free(w.list);
	return status == SHEAF_OK ? move_marks(&w, err) : status;
}

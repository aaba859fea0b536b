/*
 * classify_window.c: a span of revisions against every profile. A revision belongs to at
 * most one document, so a document's place in the arrays is its revision's in the span.
 * There is nothing to remove here: a document that changes loses its placements with its
 * old revision.
 */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "classify_private.h"
#include "error.h"
#include "keywords.h"
#include "store.h"

typedef struct window {
	classify_run  *run;
	sheaf_revision begin, end;
	size_t         span;
	sheaf_docid   *docids; /* 0: no document has this revision any more */
	unsigned char *chosen; /* 1: `select` takes it */
	unsigned char *placed; /* 1: in some section */
	size_t        *best;   /* its profile, where `placed` and assign is best */
	double        *weights;
	int           *percents;
	unsigned char *allowed; /* KEYWORDS: a row of bits a profile; require and exclude */
	buf            text, scratch;
	sheaf_status   status; /* of a callback */
	sheaf_error   *err;
} window;

static void window_free(window *w)
{
	mem_free(w->docids);
	mem_free(w->chosen);
	mem_free(w->placed);
	mem_free(w->best);
	mem_free(w->weights);
	mem_free(w->percents);
	mem_free(w->allowed);
	buf_free(&w->text);
	buf_free(&w->scratch);
}

static sheaf_status window_init(window *w, sheaf_error *err)
{
	w->span = (size_t)(w->end - w->begin);
	w->docids = mem_calloc(w->span, sizeof *w->docids);
	w->chosen = mem_calloc(w->span, 1);
	w->placed = mem_calloc(w->span, 1);
	w->best = mem_calloc(w->span, sizeof *w->best);
	w->weights = mem_calloc(w->span, sizeof *w->weights);
	w->percents = mem_calloc(w->span, sizeof *w->percents);
	if (!w->docids || !w->chosen || !w->placed || !w->best || !w->weights || !w->percents)
		return sheaf_nomem(err);
	return SHEAF_OK;
}

/* The place of a revision; SIZE_MAX where it is outside. */
static size_t place(const window *w, sheaf_revision revision)
{
	return revision > w->begin && revision <= w->end ? (size_t)(revision - w->begin - 1)
	                                                 : SIZE_MAX;
}

/* All that the enquire finds in the window. */
static sheaf_status find(window *w, sheaf_enquire *enquire, sheaf_mset **mset, sheaf_error *err)
{
	sheaf_enquire_set_revision_range(enquire, w->begin, w->end);
	return sheaf_enquire_get_mset(enquire, 0, w->span, mset, err);
}

static sheaf_status list_documents(window *w, sheaf_error *err)
{
	sheaf_mset  *mset = NULL;
	sheaf_status status = find(w, w->run->every, &mset, err);

	for (size_t i = 0; status == SHEAF_OK && i < sheaf_mset_size(mset); i++) {
		size_t at = place(w, sheaf_mset_get_revision(mset, i));

		if (at == SIZE_MAX)
			continue;
		w->docids[at] = sheaf_mset_get_docid(mset, i);
		w->chosen[at] = !w->run->chosen;
		w->run->stats.documents++;
	}
	sheaf_mset_free(mset);
	mset = NULL;
	if (status == SHEAF_OK && w->run->chosen)
		status = find(w, w->run->chosen, &mset, err);
	for (size_t i = 0; status == SHEAF_OK && mset && i < sheaf_mset_size(mset); i++) {
		size_t at = place(w, sheaf_mset_get_revision(mset, i));

		if (at != SIZE_MAX)
			w->chosen[at] = 1;
	}
	sheaf_mset_free(mset);
	return status;
}

static sheaf_status put(window *w, size_t track, size_t at, double weight, int percent,
                        sheaf_error *err)
{
	placement_row row = {w->docids[at], w->begin + (sheaf_revision)at + 1, weight, percent};

	w->run->stats.matches++;
	return store_placement_put(w->run->db, w->run->set->digest.name, w->run->tracks[track].name,
	                           &row, err);
}

/* A paper belongs to this profile, at least until a better one comes. */
static sheaf_status take(window *w, size_t track, size_t at, double weight, int percent,
                         sheaf_error *err)
{
	int placed = w->placed[at];

	w->placed[at] = 1;
	if (w->run->set->digest.assign == SHEAF_ASSIGN_ALL)
		return put(w, track, at, weight, percent, err);
	if (!placed || weight > w->weights[at]) {
		w->best[at] = track;
		w->weights[at] = weight;
		w->percents[at] = percent;
	}
	return SHEAF_OK;
}

/*
 * Percentages are those of a search over the whole database, whichever window a
 * paper falls into: else the first paper of a day would always have the most.
 */
static sheaf_status ask_best(classify_track *track, sheaf_error *err)
{
	sheaf_mset  *mset = NULL;
	sheaf_status status;

	if (track->best_weight >= 0)
		return SHEAF_OK;
	sheaf_enquire_set_revision_range(track->enquire, 0, 0);
	status = sheaf_enquire_get_mset(track->enquire, 0, 1, &mset, err);
	if (status == SHEAF_OK) {
		track->best_weight = sheaf_mset_size(mset) ? sheaf_mset_get_weight(mset, 0) : 0;
		track->best_percent = sheaf_mset_size(mset) ? sheaf_mset_get_percent(mset, 0) : 0;
	}
	sheaf_mset_free(mset);
	return status;
}

static int percent_of(const classify_track *track, double weight)
{
	double share = track->best_weight > 0 ? weight / track->best_weight : 1;

	int percent = (int)floor((share < 1 ? share : 1) * track->best_percent + 0.5);

	/* Whatever matches is worth 1 at least, as in a search. */
	return percent < 1 ? 1 : percent;
}

static sheaf_status match_query(window *w, size_t i, sheaf_error *err)
{
	classify_track *track = &w->run->tracks[i];
	int             least = w->run->set->profiles[i].min_percent;
	sheaf_mset     *mset = NULL;
	sheaf_status    status = ask_best(track, err);

	if (status == SHEAF_OK)
		status = find(w, track->enquire, &mset, err);
	for (size_t item = 0; status == SHEAF_OK && item < sheaf_mset_size(mset); item++) {
		size_t at = place(w, sheaf_mset_get_revision(mset, item));
		double weight = sheaf_mset_get_weight(mset, item);
		int    percent = percent_of(track, weight);

		if (at != SIZE_MAX && w->docids[at] && percent >= least)
			status = take(w, i, at, weight, percent, err);
	}
	sheaf_mset_free(mset);
	return status;
}

static size_t row_bytes(const window *w)
{
	return (w->span + 7) / 8;
}

/* KEYWORDS: marks what require and exclude leave of profile `i`. */
static sheaf_status mark_allowed(window *w, size_t i, sheaf_error *err)
{
	unsigned char *row = w->allowed + i * row_bytes(w);
	sheaf_mset    *mset = NULL;
	sheaf_status   status;

	if (!w->run->tracks[i].enquire) {
		memset(row, 0xFF, row_bytes(w));
		return SHEAF_OK;
	}
	status = find(w, w->run->tracks[i].enquire, &mset, err);
	for (size_t item = 0; status == SHEAF_OK && item < sheaf_mset_size(mset); item++) {
		size_t at = place(w, sheaf_mset_get_revision(mset, item));

		if (at != SIZE_MAX)
			row[at / 8] |= (unsigned char)(1u << at % 8);
	}
	sheaf_mset_free(mset);
	return status;
}

static int is_allowed(const window *w, size_t i, size_t at)
{
	return w->allowed[i * row_bytes(w) + at / 8] >> at % 8 & 1;
}

static int match_keywords_of(void *ctx, const sheaf_document *doc)
{
	window        *w = ctx;
	sheaf_revision revision = sheaf_document_get_revision(doc);
	size_t         at = place(w, revision);

	if (revision > w->end)
		return 1;
	if (at == SIZE_MAX || !w->chosen[at])
		return 0;
	keyword_text(doc, &w->text, &w->scratch);
	w->status = buf_status(&w->text, w->err);
	for (size_t i = 0; w->status == SHEAF_OK && i < w->run->set->count; i++) {
		const sheaf_profile *profile = &w->run->set->profiles[i];
		size_t               count;

		if (w->run->tracks[i].mark != w->begin || !is_allowed(w, i, at))
			continue;
		count = keyword_count(profile, buf_str(&w->text));
		if (count)
			w->status = take(w, i, at, (double)count,
			                 (int)(100 * count / profile->keyword_count), w->err);
	}
	return w->status != SHEAF_OK;
}

static sheaf_status match_keywords(window *w, sheaf_error *err)
{
	sheaf_error  walk;
	sheaf_status status = SHEAF_OK;

	w->allowed = mem_calloc(w->run->set->count, row_bytes(w));
	if (!w->allowed)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < w->run->set->count; i++)
		if (w->run->tracks[i].mark == w->begin)
			status = mark_allowed(w, i, err);
	if (status != SHEAF_OK)
		return status;
	w->err = err;
	status = sheaf_database_each_document(w->run->db, w->begin, match_keywords_of, w, &walk);
	if (w->status != SHEAF_OK)
		return w->status;
	/* The walk is stopped at the window's end, which is no failure. */
	if (status == SHEAF_OK || status == SHEAF_ERROR_INTERRUPTED)
		return SHEAF_OK;
	if (err)
		*err = walk;
	return status;
}

static sheaf_status match(window *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (w->run->set->digest.match == SHEAF_MATCH_KEYWORDS)
		return match_keywords(w, err);
	for (size_t i = 0; status == SHEAF_OK && i < w->run->set->count; i++)
		if (w->run->tracks[i].mark == w->begin)
			status = match_query(w, i, err);
	return status;
}

/* Stores the best sections, and the fallback's papers. */
static sheaf_status settle(window *w, sheaf_error *err)
{
	int          best = w->run->set->digest.assign == SHEAF_ASSIGN_BEST;
	int          fallback = w->run->set->digest.fallback != NULL;
	sheaf_status status = SHEAF_OK;

	for (size_t at = 0; status == SHEAF_OK && at < w->span; at++) {
		if (!w->docids[at])
			continue;
		if (w->placed[at] && best)
			status = put(w, w->best[at], at, w->weights[at], w->percents[at], err);
		else if (!w->placed[at] && w->chosen[at] && fallback)
			status = put(w, w->run->set->count, at, 0, 0, err);
	}
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
	window       w;
	sheaf_status status;

	memset(&w, 0, sizeof w);
	w.run = run;
	w.begin = begin;
	w.end = end;
	status = window_init(&w, err);
	if (status == SHEAF_OK)
		status = list_documents(&w, err);
	if (status == SHEAF_OK)
		status = match(&w, err);
	if (status == SHEAF_OK)
		status = settle(&w, err);
	if (status == SHEAF_OK)
		status = move_marks(&w, err);
	window_free(&w);
	return status;
}

/*
 * The best of the documents that have one word, or one of a prefix.
 *
 * A posting can be among them only where its document is short enough for its frequency: BM25 reaches a
 * threshold just where the norm of the length is at most a certain multiple of the frequency. So a posting
 * costs a byte of its document's length and a multiplication; what passes is weighed as everywhere.
 */
#include <math.h>

#include "alloc.h"
#include "error.h"
#include "match_walk.h"
#include "walk_leaf_private.h"

enum { LIST_WAYS = LIST_CODES + LIST_BLOCK };

/* A query of one leaf. */
typedef struct one_word {
	match_walk *w;
	walk_leaf  *l;
	double      multiple; /* of the frequency, that a norm must not exceed */
	double      frequencies
		[LIST_WAYS]; /* in the leaf's column, by the code of a posting; INFINITY: it has none */
} one_word;

/* ---- one document ---- */

static double frequency_of(const walk_leaf *l, const list_occurrences *o)
{
	return walk_leaf_weigh(l, o->title, o->abstract, o->other);
}

/* Postings in memory say it themselves. */
static void find_frequencies(one_word *o)
{
	for (size_t i = 0; !o->l->all && i < LIST_WAYS; i++)
		o->frequencies[i] = i < LIST_CODES ? frequency_of(o->l, &list_code_table[i])
		                                   : INFINITY;
}

/* What the worst document kept weighs is what others have to reach. */
static void set_threshold(one_word *o)
{
	match_run_state *m = o->w->m;
	double           least = m->heap[0].weight;

	o->multiple = INFINITY;
	if (!match_is_full(m))
		return;
	/* A hair more: what is rounded elsewhere must not pass it. */
	if (least > 0)
		o->multiple = o->l->weight * (m->k1 + 1) / least * MATCH_MARGIN - 1;
}

static int reaches(const one_word *o, double bound)
{
	const match_run_state *m = o->w->m;

	return !match_is_full(m) || bound * MATCH_MARGIN >= m->heap[0].weight;
}

/* The norm of a document, or less; above all others where it is gone. */
static double norm_of(const one_word *o, int64_t revision)
{
	double norm = walk_find_norm(o->w, revision);

	return norm < 0 ? INFINITY : norm;
}

static int can_pass(const one_word *o, int64_t revision, double frequency)
{
	return frequency > 0 &&
	       (isinf(o->multiple) || norm_of(o, revision) <= o->multiple * frequency);
}

/* The leaf stands there. */
static void weigh(one_word *o, int64_t revision)
{
	match_worth sum;

	o->l->revision = revision;
	if (!walk_weigh(o->w, revision, &sum))
		return;
	match_offer(o->w->m, revision, sum.weight, sum.share);
	set_threshold(o);
}

/* ---- postings ---- */

/* The least frequency with which the shortest document of the block could pass; 1 at least. */
static double least_frequency(const one_word *o)
{
	const list_bounds *bounds = &o->l->bounds;
	double             norm;

	if (isinf(o->multiple) || !bounds->count)
		return 1;
	norm = match_norm(o->w->m, bounds->pairs[bounds->count - 1].length);
	return norm > o->multiple ? norm / o->multiple / MATCH_MARGIN : 1;
}

/* Of the block at hand, the postings that have a frequency, about; answers how many. */
static size_t pick(const one_word *o, unsigned char picked[LIST_BLOCK])
{
	const list_cursor *c = &o->l->cursor;
	double             least = least_frequency(o);
	size_t             count = 0;

	for (size_t i = c->at; i < c->count; i++) {
		picked[count] = (unsigned char)i;
		count += o->frequencies[c->codes[i]] >= least;
	}
	return count;
}

static double frequency_at(const one_word *o)
{
	const list_cursor *c = &o->l->cursor;
	unsigned           code = c->codes[c->at];

	return code < LIST_CODES ? o->frequencies[code]
	                         : frequency_of(o->l, &c->rare[code - LIST_CODES]);
}

/* The block at hand, up to `last`, which is its end or the walk's; then the cursor stands behind that. */
static void scan_block(one_word *o, int64_t last)
{
	list_cursor  *c = &o->l->cursor;
	unsigned char picked[LIST_BLOCK];
	size_t        count;

	list_cursor_read(c);
	if (c->status != SHEAF_OK)
		return;
	count = pick(o, picked);
	for (size_t i = 0; i < count && o->w->m->status == SHEAF_OK; i++) {
		c->at = picked[i];
		c->revision = c->base + c->offsets[c->at];
		if (c->revision > last)
			return;
		if (can_pass(o, c->revision, frequency_at(o)))
			weigh(o, c->revision);
	}
	list_cursor_seek(c, last + 1);
}

/* The codes of the lengths from a revision on to the end of its block; NULL: not known. */
static const unsigned char *lengths_from(const one_word *o, int64_t revision)
{
	const length_codes *codes = &o->w->db->values.codes;

	return length_codes_get(o->w->db, codes, revision) < 0 ? NULL : codes->codes + revision;
}

/* Where `lengths` are those from `from` on, what can not pass is passed over. */
static void scan_postings(one_word *o, int64_t from, int64_t last)
{
	walk_leaf           *l = o->l;
	const double        *norms = isinf(o->multiple) ? NULL : walk_norms(o->w);
	const unsigned char *lengths = norms ? lengths_from(o, from) : NULL;

	for (; l->at < l->count && o->w->m->status == SHEAF_OK; l->at++) {
		const found_posting *p = &l->postings[l->at];
		int64_t              revision = walk_leaf_beside(l, l->at);

		if (revision > last)
			return;
		if (lengths && norms[lengths[revision - from]] > o->multiple * p->frequency)
			continue;
		if (lengths || can_pass(o, revision, p->frequency))
			weigh(o, revision);
	}
}

/* A list, and postings beside it. */
static void scan_both(one_word *o, int64_t last)
{
	walk_leaf *l = o->l;

	for (; l->revision <= last && o->w->m->status == SHEAF_OK; walk_leaf_next(l))
		if (can_pass(o, l->revision, walk_leaf_frequency(l)))
			weigh(o, l->revision);
}

static void scan(one_word *o, int64_t from, int64_t last)
{
	walk_leaf *l = o->l;

	if (l->revision < from)
		walk_leaf_seek(l, from);
	if (l->all) {
		scan_postings(o, from, last);
	} else if (l->count) {
		scan_both(o, last);
	} else {
		while (l->cursor.revision <= last && o->w->m->status == SHEAF_OK)
			scan_block(o, last);
		l->revision = l->cursor.revision;
	}
}

/* 1 where a stretch of revisions can have any of the best; *last moves down to its end. */
static int look_ahead(one_word *o, int64_t from, int64_t *last)
{
	int64_t stretch = *last;

	if (o->l->all) {
		int64_t end = from | (VALUE_BLOCK - 1);

		*last = end < *last ? end : *last;
		return 1;
	}
	if (!reaches(o, walk_leaf_stretch(o->w, o->l, from, &stretch))) {
		*last = stretch;
		return 0;
	}
	return reaches(o, walk_leaf_bound(o->w, o->l, from, last));
}

sheaf_status match_best_of_one(match_walk *w, sheaf_error *err)
{
	match_run_state *m = w->m;
	one_word        *o = arena_alloc(&w->arena, sizeof *o);
	int64_t          last;

	if (!o)
		return sheaf_nomem(err);
	o->w = w;
	o->l = w->root->leaf;
	find_frequencies(o);
	set_threshold(o);
	for (int64_t r = w->first; r <= w->last && !match_is_late(m); r = last + 1) {
		last = w->last;
		if (look_ahead(o, r, &last) && m->status == SHEAF_OK)
			scan(o, r, last);
		if (m->status != SHEAF_OK)
			return m->status;
	}
	return match_walk_status(w, err);
}

/*
 * Matches shown to hooks that need no weights: many at a time, all of one block of revisions, so
 * that what counts values goes from one to the next without being called for each.
 */
#include <string.h>

#include "error.h"
#include "match_walk.h"

enum { BYTES = VALUE_BLOCK / 8 };

int match_shows_many(const match_run_state *m)
{
	for (size_t i = 0; i < m->options->hook_count; i++)
		if (!m->options->hooks[i].see_many)
			return 0;
	return 1;
}

sheaf_status match_show_flush(match_walk *w, sheaf_error *err)
{
	match_run_state *m = w->m;
	sheaf_status     status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && w->shown_count && i < m->options->hook_count;
	     i++) {
		const match_hook *hook = &m->options->hooks[i];

		status = hook->see_many(hook->ctx, w->db, m->place, w->shown, w->shown_count, err);
	}
	w->shown_count = 0;
	return status;
}

sheaf_status match_show(match_walk *w, sheaf_revision revision, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (w->shown_count && w->shown[0] >> VALUE_BLOCK_SHIFT != revision >> VALUE_BLOCK_SHIFT)
		status = match_show_flush(w, err);
	w->shown[w->shown_count++] = revision;
	return status;
}

/* ---- words of which one is enough ---- */

/* Sets the bits of a word's postings in [begin, last], which one block holds. */
static void mark(walk_leaf *l, unsigned char *bits, int64_t begin, int64_t last)
{
	if (l->revision < begin)
		walk_leaf_seek(l, begin);
	for (; l->revision <= last; walk_leaf_next(l)) {
		size_t at = (size_t)(l->revision & (VALUE_BLOCK - 1));

		bits[at >> 3] |= (unsigned char)(1u << (at & 7));
	}
}

/* Adds the set bits to the matches that are to be shown. */
static void take_bits(match_walk *w, const unsigned char *bits, int64_t begin)
{
	int64_t base = begin & ~(int64_t)(VALUE_BLOCK - 1);

	for (size_t i = 0; i < BYTES; i++)
		for (unsigned left = bits[i], at = 0; left; left >>= 1, at++)
			if (left & 1)
				w->shown[w->shown_count++] = base + (int64_t)(i * 8 + at);
}

static void take_words(match_walk *w, int64_t begin, int64_t last)
{
	const walk_node *n = w->root;
	unsigned char    bits[BYTES] = {0};

	for (size_t i = 0; i < n->count; i++)
		mark(n->sub[i]->leaf, bits, begin, last);
	take_bits(w, bits, begin);
}

/* One word alone. */
static void take_word(match_walk *w, int64_t begin, int64_t last)
{
	walk_leaf *l = w->root->leaf;

	if (l->revision < begin)
		walk_leaf_seek(l, begin);
	for (; l->revision <= last; walk_leaf_next(l))
		w->shown[w->shown_count++] = l->revision;
}

/* Of what is to be shown, only what is alive. */
static void keep_alive(match_walk *w)
{
	size_t count = 0;

	if (!w->db->ranking.dead)
		return;
	for (size_t i = 0; i < w->shown_count && w->m->status == SHEAF_OK; i++)
		if (walk_is_alive(w, w->shown[i]))
			w->shown[count++] = w->shown[i];
	w->shown_count = count;
}

/* Revisions from `begin` to `last`, of one block. */
static sheaf_status show_block(match_walk *w, int64_t begin, int64_t last, sheaf_error *err)
{
	if (w->root->type == PLAN_LEAF)
		take_word(w, begin, last);
	else
		take_words(w, begin, last);
	keep_alive(w);
	if (w->m->status != SHEAF_OK)
		return w->m->status;
	if (!w->counted)
		w->m->hits += (int64_t)w->shown_count;
	return match_show_flush(w, err);
}

sheaf_status match_show_any(match_walk *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (int64_t begin = w->first, last; status == SHEAF_OK && begin <= w->last;
	     begin = last + 1) {
		last = begin | (VALUE_BLOCK - 1);
		last = last < w->last ? last : w->last;
		if (match_is_late(w->m))
			break;
		status = show_block(w, begin, last, err);
	}
	w->counted = 1;
	if (status == SHEAF_OK)
		status = match_walk_status(w, err);
	return status == SHEAF_OK ? match_walk_rewind(w, err) : status;
}

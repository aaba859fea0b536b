/*
 * All of some words, a block at a time: where the blocks at hand of all words overlap, their postings are held against
 * each other at once, and the matches are considered after that. A word's postings are marked in an array with a
 * byte for each revision, and the others looked up there, so nothing hangs on a branch that nobody can foretell.
 */
#include "alloc.h"
#include "error.h"
#include "match_all.h"

enum {
	SPAN = 1 << 14, /* revisions that have a mark at a time */
	ASKED = 16      /* marking so many postings costs what looking for one does */
};

/* Revisions in which all words have a block at hand. */
typedef struct overlap {
	int64_t first, last;
} overlap;

int all_blocks_can(const all_of *a)
{
	for (size_t i = 0; i < a->count; i++)
		if (!a->words[i].plain)
			return 0;
	return 1;
}

/* Stands at a match, by its place in the block of the first word; 0: a list has failed. */
static int stand(const all_of *a, size_t place)
{
	for (size_t i = 0; i < a->count; i++) {
		walk_leaf   *l = a->words[i].leaf;
		list_cursor *c = &l->cursor;

		if (c->status != SHEAF_OK)
			return 0;
		c->at = i ? a->words[i].places[place] : place;
		c->revision = l->revision = c->base + c->offsets[c->at];
	}
	return 1;
}

/* ---- blocks that overlap ---- */

/* 1 where nothing from `revision` to the end of the stretch can be among the best, and it is not to be counted. */
static int is_passed_over(all_of *a, int64_t revision)
{
	all_sample *s = &a->sample;
	double      span;

	if (a->counts || revision <= s->until)
		return 0;
	if (revision > a->until)
		all_open_stretch(a, revision);
	if (a->bound >= a->threshold)
		return 0;
	span = (double)(a->until - revision + 1);
	s->weak += span;
	if (s->seen >= s->share * s->weak)
		return 1;
	s->seen += span;
	s->until = a->until;
	return 0;
}

/* The next overlap from `from` on; 0: there is none. */
static int find_overlap(all_of *a, int64_t from, overlap *o)
{
	int64_t last = a->w->last;

	while (from <= last) {
		const list_cursor *c = &a->words[0].leaf->cursor;
		size_t             i = 1;

		o->first = all_seek_word(&a->words[0], from);
		if (o->first > last)
			return 0;
		if (is_passed_over(a, o->first)) {
			from = a->until + 1;
			continue;
		}
		o->last = list_cursor_block_end(c) < last ? list_cursor_block_end(c) : last;
		for (from = o->first; i < a->count && from <= o->last; i++) {
			int64_t at = all_seek_word(&a->words[i], o->first);

			c = &a->words[i].leaf->cursor;
			from = at > from ? at : from;
			if (at <= o->last && list_cursor_block_end(c) < o->last)
				o->last = list_cursor_block_end(c);
		}
		if (from <= o->last)
			return 1;
	}
	return 0;
}

/* ---- matches in it ---- */

/* All postings of the first word there. */
static size_t pick_all(all_of *a, const overlap *o)
{
	const list_cursor *c = &a->words[0].leaf->cursor;
	size_t             stop = list_cursor_find(c, o->last + 1), count = 0;

	for (size_t i = c->at; i < stop; i++)
		a->picked[count++] = (unsigned char)i;
	return count;
}

/* Of those picked, the ones that a word has: looked up one by one. */
static size_t pick_near(all_of *a, const all_word *word, size_t count)
{
	const list_cursor *rare = &a->words[0].leaf->cursor, *c = &word->leaf->cursor;
	int64_t            shift = rare->base - c->base;
	size_t             kept = 0, at = c->at;

	for (size_t k = 0; k < count; k++) {
		size_t  i = a->picked[k];
		int64_t wanted = shift + rare->offsets[i];

		at = list_cursor_find_near(c, at, wanted);
		word->places[i] = (unsigned char)at;
		a->picked[kept] = (unsigned char)i;
		kept += c->offsets[at] == wanted;
	}
	return kept;
}

/* The same by marks. */
static size_t pick_marked(all_of *a, const all_word *word, const overlap *o, size_t stop,
                          size_t count)
{
	const list_cursor *rare = &a->words[0].leaf->cursor, *c = &word->leaf->cursor;
	int64_t            shift = c->base - o->first;
	size_t             kept = 0;

	for (size_t i = c->at; i < stop; i++)
		a->marks[shift + c->offsets[i]] = (unsigned char)(i + 1);
	for (size_t k = 0; k < count; k++) {
		size_t        i = a->picked[k];
		unsigned char mark = a->marks[rare->base - o->first + rare->offsets[i]];

		word->places[i] = (unsigned char)(mark - 1);
		a->picked[kept] = (unsigned char)i;
		kept += mark != 0;
	}
	for (size_t i = c->at; i < stop; i++)
		a->marks[shift + c->offsets[i]] = 0;
	return kept;
}

/* Answers how many matches there are; all that is picked is in the blocks of all words. */
static size_t pick(all_of *a, const overlap *o)
{
	size_t count = pick_all(a, o);

	for (size_t i = 1; i < a->count && count; i++) {
		const all_word *word = &a->words[i];
		size_t          stop = list_cursor_find(&word->leaf->cursor, o->last + 1);

		if (count * ASKED < stop - word->leaf->cursor.at || o->last - o->first >= SPAN)
			count = pick_near(a, word, count);
		else
			count = pick_marked(a, word, o, stop, count);
	}
	return count;
}

/* ---- the walk ---- */

static void count_match(all_of *a, int64_t revision)
{
	match_walk *w = a->w;

	if (!walk_is_alive(w, revision))
		return;
	w->m->hits++;
	a->sample.found += revision <= a->sample.until;
}

static void visit(all_of *a, const overlap *o, size_t count)
{
	match_run_state   *m = a->w->m;
	const list_cursor *c = &a->words[0].leaf->cursor;

	if (count && o->first > a->until)
		all_open_stretch(a, o->first);
	for (size_t k = 0; k < count && m->status == SHEAF_OK; k++) {
		size_t  place = a->picked[k];
		int64_t revision = c->base + c->offsets[place];

		count_match(a, revision);
		if (a->bound < a->threshold)
			continue;
		if (!stand(a, place))
			return;
		all_consider(a, revision);
	}
}

/* What was passed over has as many matches as what was looked at of its like, what was not reached as all before. */
static void settle(all_of *a, int64_t counted, int64_t reached)
{
	const all_sample *s = &a->sample;
	int64_t           first = a->w->first, span = a->w->last - first + 1, about = counted;

	if (a->counts)
		return;
	if (s->weak > s->seen)
		about += (int64_t)((s->weak - s->seen) * s->found / s->seen);
	if (reached > first && reached <= a->w->last)
		about = (int64_t)((double)about * (double)span / (double)(reached - first));
	else if (s->weak <= s->seen)
		return;
	a->w->m->hits -= counted;
	match_total_add(a->w, counted, about);
}

static int make_room(all_of *a)
{
	a->marks = arena_calloc(&a->w->arena, SPAN, 1);
	for (size_t i = 1; a->marks && i < a->count; i++) {
		a->words[i].places = arena_calloc(&a->w->arena, LIST_BLOCK, 1);
		if (!a->words[i].places)
			return 0;
	}
	return a->marks != NULL;
}

sheaf_status all_blocks_walk(all_of *a, sheaf_error *err)
{
	match_run_state *m = a->w->m;
	int64_t          before = m->hits, from = a->w->first;
	overlap          o;

	a->sample = (all_sample){.share = match_total_part(a->w, 1), .until = -1};
	if (!make_room(a))
		return sheaf_nomem(err);
	for (; find_overlap(a, from, &o) && !match_is_late(m); from = o.last + 1) {
		visit(a, &o, pick(a, &o));
		if (m->status != SHEAF_OK)
			return m->status;
	}
	if (m->status == SHEAF_OK)
		m->status = match_walk_status(a->w, err);
	settle(a, m->hits - before, m->timed_out ? from : a->w->last + 1);
	return m->status;
}

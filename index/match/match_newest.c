/*
 * The matches of a database's lists that come first by date. Each block of revisions knows between
 * which dates its documents lie (value_ranges.h): the blocks are visited in the order of the best
 * that they can have, and the rest is left out once nothing in it can come before the worst match
 * kept.
 */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "match_lists.h"

enum { FEW_A_BLOCK = 16 }; /* matches; where they are fewer, to walk all of them is quicker */

/* The part of a walk that lies in one block. */
typedef struct stretch {
	match_walk *walk;
	int64_t     first, last;
	int64_t     key;  /* no document comes before one of this date */
	int64_t     rank; /* the key, that which comes first being the largest */
} stretch;

typedef struct agenda {
	match_run_state *m;
	stretch         *list; /* a heap, the best first */
	size_t           count;
} agenda;

int match_newest_can(const match_run_state *m)
{
	return m->lists.count && m->heap_size && !m->options->sort_by_slot &&
	       (m->order == MATCH_BY_VALUE || m->order == MATCH_BY_VALUE_THEN_RELEVANCE) &&
	       match_shows_many(m) && m->options->cutoff <= 0;
}

/* ---- the order of blocks ---- */

/* 1 where `a` is to be visited before `b`. */
static int is_better(const match_run_state *m, const stretch *a, const stretch *b)
{
	if (a->rank != b->rank)
		return a->rank > b->rank;
	return m->options->oldest ? a->first < b->first : a->first > b->first;
}

static void sift_down(agenda *a, size_t i)
{
	stretch s = a->list[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= a->count)
			break;
		if (child + 1 < a->count && is_better(a->m, &a->list[child + 1], &a->list[child]))
			child++;
		if (!is_better(a->m, &a->list[child], &s))
			break;
		a->list[i] = a->list[child];
		i = child;
	}
	a->list[i] = s;
}

static stretch take_best(agenda *a)
{
	stretch best = a->list[0];

	a->list[0] = a->list[--a->count];
	sift_down(a, 0);
	return best;
}

static sheaf_status add_stretch(agenda *a, match_walk *w, size_t block, sheaf_error *err)
{
	int64_t      first = (int64_t)block << VALUE_BLOCK_SHIFT, last = first + VALUE_BLOCK - 1;
	int          reverse = a->m->options->reverse;
	stretch     *s = &a->list[a->count++];
	date_range   range;
	sheaf_status status = value_ranges_get(w->db, a->m->sort, block, &range, err);

	s->walk = w;
	s->first = first > w->first ? first : w->first;
	s->last = last < w->last ? last : w->last;
	s->key = reverse ? range.least : range.most;
	s->rank = reverse ? -s->key : s->key;
	if (range.least > range.most)
		s->key = s->rank = SHEAF_TIME_NONE;
	return status;
}

static size_t blocks_of(const match_walk *w)
{
	if (w->first > w->last)
		return 0;
	return (size_t)((w->last >> VALUE_BLOCK_SHIFT) - (w->first >> VALUE_BLOCK_SHIFT)) + 1;
}

/* Lists all blocks, in the order of a heap. */
static sheaf_status make_agenda(agenda *a, size_t blocks, sheaf_error *err)
{
	match_lists *lists = &a->m->lists;
	sheaf_status status = SHEAF_OK;

	a->list = mem_realloc_array(NULL, blocks + 1, sizeof *a->list);
	if (!a->list)
		return sheaf_nomem(err);
	for (size_t i = 0; i < lists->count; i++) {
		match_walk *w = &lists->walks[i];
		size_t      block = (size_t)(w->first >> VALUE_BLOCK_SHIFT);
		size_t      end = block + (w->db == a->m->db ? blocks_of(w) : 0);

		for (; status == SHEAF_OK && block < end; block++)
			status = add_stretch(a, w, block, err);
	}
	for (size_t i = a->count / 2; status == SHEAF_OK && i--;)
		sift_down(a, i);
	return status;
}

/* ---- visiting ---- */

/* 1 where a document with this date would be kept, or one with a weight to decide. */
static int would_keep(const match_run_state *m, int64_t revision, int64_t key)
{
	match_item item = {.revision = revision, .place = m->place, .weight = INFINITY, .key = key};

	return m->heap_count < m->heap_size || match_before(m, &item, &m->heap[0]);
}

static void consider(match_run_state *m, match_walk *w, int64_t revision)
{
	document_date date;
	match_worth   sum;

	m->status = values_get_date(w->db, m->sort, revision, &date, m->err);
	if (m->status == SHEAF_OK && would_keep(m, revision, date.time) &&
	    walk_weigh(w, revision, &sum))
		match_offer(m, revision, sum.weight, sum.share);
}

static sheaf_status visit_stretch(match_run_state *m, const stretch *s, sheaf_error *err)
{
	match_walk  *w = s->walk;
	int64_t      last = w->last;
	sheaf_status status = match_walk_move(w, s->first, err);

	if (status != SHEAF_OK)
		return status;
	w->last = s->last;
	for (int64_t r = walk_seek(w, w->root, s->first); r <= s->last && !match_is_late(m);
	     r = walk_seek(w, w->root, r + 1)) {
		consider(m, w, r);
		if (m->status != SHEAF_OK)
			break;
	}
	w->last = last;
	return m->status == SHEAF_OK ? match_walk_status(w, err) : m->status;
}

static sheaf_status visit_blocks(match_run_state *m, size_t blocks, sheaf_error *err)
{
	agenda       a = {.m = m};
	sheaf_status status = make_agenda(&a, blocks, err);

	while (status == SHEAF_OK && a.count && !m->timed_out) {
		stretch best = take_best(&a);

		if (!would_keep(m, m->options->oldest ? best.first : best.last, best.key))
			break;
		status = visit_stretch(m, &best, err);
	}
	mem_free(a.list);
	return status;
}

/* ---- all matches ---- */

/* Where nothing weighs anything. */
static sheaf_status count(match_walk *w, sheaf_error *err)
{
	if (walk_is_any(w) && w->m->options->hook_count)
		return match_show_any(w, err);
	if (w->counted)
		return SHEAF_OK;
	return walk_is_any(w) ? match_total(w, err) : match_walk_count(w, err);
}

/*
 * Counts and shows the matches of a run, and finds what the heaviest weighs, of which percentages
 * are: `heaviest` is a heap of one.
 */
static sheaf_status survey(match_run_state *m, match_walk *w, match_item *heaviest, size_t *found,
                           sheaf_error *err)
{
	match_item  *heap = m->heap;
	size_t       kept = m->heap_count, size = m->heap_size;
	match_order  order = m->order;
	sheaf_status status;

	if (m->total_share <= 0 && (walk_is_any(w) || !m->options->hook_count))
		return count(w, err);
	m->heap = heaviest;
	m->heap_count = *found;
	m->heap_size = 1;
	m->order = MATCH_BY_RELEVANCE;
	status = match_walk_best(w, err);
	*found = m->heap_count;
	m->heap = heap;
	m->heap_count = kept;
	m->heap_size = size;
	m->order = order;
	return status;
}

static sheaf_status survey_all(match_run_state *m, sheaf_error *err)
{
	match_item   heaviest = {0};
	size_t       found = 0;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->lists.count && !m->timed_out; i++)
		if (m->lists.walks[i].db == m->db &&
		    m->lists.walks[i].first <= m->lists.walks[i].last)
			status = survey(m, &m->lists.walks[i], &heaviest, &found, err);
	return status;
}

/* Few matches are all looked at. */
static sheaf_status walk_all(match_run_state *m, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->lists.count && !m->timed_out; i++)
		if (m->lists.walks[i].db == m->db)
			status = match_walk_all(&m->lists.walks[i], err);
	return status;
}

sheaf_status match_newest(match_run_state *m, sheaf_error *err)
{
	size_t       blocks = 0, documents = 0;
	sheaf_status status;

	for (size_t i = 0; i < m->lists.count; i++) {
		match_walk *w = &m->lists.walks[i];

		if (w->db != m->db)
			continue;
		blocks += blocks_of(w);
		documents += w->root->documents;
	}
	if (documents / FEW_A_BLOCK < blocks)
		return walk_all(m, err);
	status = match_lists_count_single(m, err);
	if (status == SHEAF_OK)
		status = survey_all(m, err);
	return status == SHEAF_OK ? visit_blocks(m, blocks, err) : status;
}

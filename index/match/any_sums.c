/*
 * The best of the documents that have any of some frequent words, a window of revisions at a time.
 *
 * There is a place for each revision of the window. Leading lists are added up there one after the other: a
 * little more than each posting can weigh, in single precision, without a decision at any posting. Where many
 * places could still pass the threshold with what the other lists may bring, the heaviest of those is added,
 * too; where few are left, they are asked for one by one. What passes then is weighed as anywhere else.
 *
 * A block is passed over where, with the most that all other words can weigh, it carries no document over the
 * threshold: a document that has such a posting is not among the best, with or without it.
 */
#include <string.h>

#include "match_any.h"

enum {
	WINDOW = 2048, /* revisions */
	STRIDE = 16,   /* places that are passed over at a time; divides WINDOW */
	LANES = 4,     /* that are compared at once; divides STRIDE */
	SPARSE = 128,  /* fewer than a posting in so many are looked at one by one */
	SAMPLE = 4,    /* one of so many strides is looked at to guess */
	ASKED = 16,    /* adding so many postings costs what one look at another list does */
	WORDS_MAX = 64,
	KINDS = LIST_CODES + LIST_BLOCK /* of occurrences that a block can have */
};

/* With k1 0 norms are 0, and a word that a column does not have would weigh 0 / 0. */
#define NORM_MIN 1e-30F
/* Bounds, in parts of the threshold, up to which single precision holds all that is added up. */
#define BOUND_MAX 1e20

/* As vector units hold them. */
typedef float   lanes __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t lane_flags __attribute__((vector_size(LANES * sizeof(int32_t))));

typedef struct any_sums {
	float    sums[WINDOW];        /* in parts of the threshold at the window's beginning */
	float    norms[LIST_NUMBERS]; /* by code of length: not more than the document's */
	uint32_t kinds[KINDS];        /* frequencies, by code of the block at hand */
	int      kinds_of;            /* the column that they hold for; -2: none yet */
	int64_t  from, last;
	size_t   size;                  /* places, a multiple of STRIDE */
	double   unit;                  /* that threshold */
	double   slack;                 /* the part of a sum that single precision can lose */
	uint32_t frequencies[][WINDOW]; /* by word in the order of the window, where it is added */
} any_sums;

/* ---- what a window needs ---- */

static int make_sums(any_of *a)
{
	const double *norms = walk_norms(a->w);
	any_sums     *s = norms ? arena_alloc(&a->w->arena,
	                                      sizeof *s + a->count * sizeof s->frequencies[0])
	                        : NULL;

	if (!s)
		return 0;
	for (size_t i = 0; i < LIST_NUMBERS; i++)
		s->norms[i] = norms[i] > NORM_MIN ? (float)norms[i] : NORM_MIN;
	s->kinds_of = -2;
	s->slack = 1e-6 * (double)(a->count + 4);
	a->sums = s;
	return 1;
}

/* 1 where the lengths of all documents from `from` to `last` are known by codes. */
static int has_codes(const any_of *a, int64_t from, int64_t last)
{
	sheaf_database *db = a->w->db;

	for (int64_t r = from; r <= last; r = (r | (VALUE_BLOCK - 1)) + 1)
		if (length_codes_get(db, &db->values.codes, r) < 0)
			return 0;
	return 1;
}

/* About how many postings a word has in so many revisions. */
static double postings_in(const any_of *a, const walk_leaf *l, size_t revisions)
{
	double span = (double)(a->w->run->last - a->w->run->first + 1);

	return (double)l->counts.documents / span * (double)revisions;
}

static int is_dense(const any_of *a, size_t first)
{
	double sum = 0;

	for (size_t i = first; i < a->count; i++)
		sum += postings_in(a, a->words[i], SPARSE);
	return sum >= 1;
}

/* ---- adding up ---- */

static uint32_t count_kind(const list_occurrences *o, int column)
{
	if (column < 0)
		return LIST_TITLE_WEIGHT * o->title + o->abstract + o->other;
	return column == COLUMN_TITLE ? LIST_TITLE_WEIGHT * o->title : o->abstract;
}

/* The frequencies that the codes of a block stand for, from the posting at hand to `end`. */
static void read_kinds(any_sums *s, const walk_leaf *l, size_t end)
{
	const list_cursor *c = &l->cursor;
	unsigned           highest = 0;

	for (size_t i = 0; s->kinds_of != l->column && i < LIST_CODES; i++)
		s->kinds[i] = count_kind(&list_code_table[i], l->column);
	s->kinds_of = l->column;
	for (size_t i = c->at; i < end; i++)
		highest = c->codes[i] > highest ? c->codes[i] : highest;
	for (unsigned i = LIST_CODES; i <= highest; i++)
		s->kinds[i] = count_kind(&c->rare[i - LIST_CODES], l->column);
}

/* Adds the postings of the block at hand that are in the window; the cursor does not move. Answers their end. */
static size_t add_block(any_of *a, walk_leaf *l, float weight, uint32_t *frequencies)
{
	any_sums            *s = a->sums;
	const list_cursor   *c = &l->cursor;
	const unsigned char *lengths = a->w->db->values.codes.codes + c->base;
	float               *sums = s->sums;
	int64_t              shift = c->base - s->from;
	size_t               end = list_cursor_find(c, s->last + 1);

	read_kinds(s, l, end);
	for (size_t i = c->at; i < end; i++) {
		uint32_t offset = c->offsets[i], frequency = s->kinds[c->codes[i]];
		float    f = (float)frequency;

		frequencies[shift + offset] += frequency;
		sums[shift + offset] += weight * f / (f + s->norms[lengths[offset]]);
	}
	return end;
}

/* 1 where the block of the next posting, behind the one at hand, is out of the question; *last: where it ends. */
static int can_leave(any_of *a, size_t i, int64_t revision, int64_t *last)
{
	*last = a->w->last;
	return !any_reaches(a, a->all - a->bound[i] +
	                               walk_leaf_bound(a->w, a->words[i], revision, last));
}

/* Adds a list from the posting at hand on, and moves it behind the window. */
static void add_list(any_of *a, size_t i, float weight)
{
	any_sums    *s = a->sums;
	walk_leaf   *l = a->words[i];
	list_cursor *c = &l->cursor;
	int64_t      at = s->from, last;

	while (at <= s->last) {
		if (can_leave(a, i, at, &last)) {
			at = last + 1;
			continue;
		}
		list_cursor_seek(c, at);
		if (c->revision > s->last)
			break;
		list_cursor_read(c);
		/* What is damaged has moved to its end. */
		if (c->revision > s->last || add_block(a, l, weight, s->frequencies[i]) < c->count)
			break;
		at = c->base + c->offsets[c->count - 1] + 1;
	}
}

/* Adds what stands beside a list. Weighed apart, the two weigh more than together. */
static void add_beside(any_of *a, size_t i, float weight)
{
	any_sums            *s = a->sums;
	const walk_leaf     *l = a->words[i];
	const unsigned char *lengths = a->w->db->values.codes.codes;

	for (size_t k = l->at; k < l->count; k++) {
		int64_t revision = l->base + l->postings[k].offset;
		float   frequency = (float)l->postings[k].frequency;

		/* In a damaged file they need not be in order. */
		if (revision < s->from || revision > s->last)
			break;
		s->frequencies[i][revision - s->from] += l->postings[k].frequency;
		s->sums[revision - s->from] += weight * frequency /
		                               (frequency + s->norms[lengths[revision]]);
	}
}

static void add_word(any_of *a, size_t i)
{
	any_sums  *s = a->sums;
	walk_leaf *l = a->words[i];
	float      weight = (float)(l->weight / s->unit * (a->w->m->k1 + 1));

	memset(s->frequencies[i], 0, s->size * sizeof *s->frequencies[i]);
	if (l->revision < s->from)
		walk_leaf_seek(l, s->from);
	if (l->revision > s->last)
		return;
	add_beside(a, i, weight);
	if (!l->all)
		add_list(a, i, weight);
}

/* ---- places ---- */

/*
 * What a sum of the words from `first` on has to reach for its document to pass the threshold. It is never 0: the
 * words before do not reach it by themselves.
 */
static float least_sum(const any_of *a, size_t first)
{
	const any_sums *s = a->sums;
	double          least = (a->threshold - a->below[first] * MATCH_MARGIN) / s->unit;

	least /= 1 + s->slack;
	return least > 1e-20 ? (float)least : 1e-20f;
}

/* How many of STRIDE sums reach `least`. */
static unsigned count_stride(const float *sums, float least)
{
	const lanes all = {least, least, least, least};
	lane_flags  flags = {0};

	for (size_t i = 0; i < STRIDE; i += LANES) {
		lanes now;

		memcpy(&now, sums + i, sizeof now);
		flags -= now >= all; /* -1 where it is so */
	}
	return (unsigned)(flags[0] + flags[1] + flags[2] + flags[3]);
}

/* How many places there are, about: of a part of the window as many times. */
static size_t guess_places(const any_sums *s, float least)
{
	size_t count = 0;

	for (size_t at = 0; at < s->size; at += (size_t)STRIDE * SAMPLE)
		count += count_stride(s->sums + at, least);
	return count * SAMPLE;
}

/* The first place from `at` on whose sum reaches `least`; `size`: there is none. */
static size_t next_place(const any_sums *s, size_t at, float least)
{
	for (; at < s->size; at++) {
		if (at % STRIDE == 0)
			while (at < s->size && !count_stride(s->sums + at, least))
				at += STRIDE;
		if (at >= s->size || s->sums[at] >= least)
			break;
	}
	return at;
}

/* Adds further lists as long as that is cheaper than to ask them for each place; the first that is added. */
static size_t add_others(any_of *a, size_t first)
{
	any_sums *s = a->sums;

	while (first) {
		size_t places = guess_places(s, least_sum(a, first));

		if ((double)places * ASKED < postings_in(a, a->words[first - 1], s->size))
			break;
		add_word(a, --first);
	}
	return first;
}

/* What the words have of a document: those from `first` on in the window, the others at hand. */
static void look(any_of *a, size_t first, int64_t revision, double norm)
{
	match_walk      *w = a->w;
	match_run_state *m = w->m;

	for (size_t i = 0; i < a->count; i++) {
		walk_leaf  *l = a->words[i];
		match_leaf *leaf = &m->leaves[l - w->leaves];
		uint32_t    frequency = 0;

		if (i >= first)
			frequency = a->sums->frequencies[i][revision - a->sums->from];
		else if (l->revision == revision)
			frequency = walk_leaf_frequency(l);
		leaf->idle = 0;
		leaf->present = frequency != 0;
		leaf->score = frequency ? l->weight * match_saturate(m, (double)frequency, norm)
		                        : 0;
	}
}

static void weigh_place(any_of *a, size_t first, int64_t revision)
{
	match_worth worth;

	if (!walk_begin(a->w, revision))
		return;
	look(a, first, revision, a->w->m->norm);
	worth = walk_add_up(a->w->m);
	any_offer(a, revision, &worth);
}

/* Weighs the documents whose sums say that they may be among the best. */
static void weigh_places(any_of *a, size_t first)
{
	any_sums        *s = a->sums;
	match_run_state *m = a->w->m;
	float            least = least_sum(a, first);

	for (size_t at = 0; (at = next_place(s, at, least)) < s->size; at++) {
		int64_t revision = s->from + (int64_t)at;
		double  norm = first ? walk_find_norm(a->w, revision) : 0;
		double  sum = (double)s->sums[at] * s->unit * (1 + s->slack);

		if (match_is_late(m))
			return;
		if (norm < 0 || !any_can_pass(a, first, revision, norm, sum))
			continue;
		weigh_place(a, first, revision);
		if (m->status != SHEAF_OK)
			return;
		least = least_sum(a, first);
	}
}

/* ---- a window ---- */

static void walk_window(any_of *a, size_t first)
{
	any_sums *s = a->sums;

	s->size = ((size_t)(s->last - s->from) / STRIDE + 1) * STRIDE;
	s->unit = a->threshold;
	memset(s->sums, 0, s->size * sizeof *s->sums);
	for (size_t i = first; i < a->count; i++)
		add_word(a, i);
	weigh_places(a, add_others(a, first));
}

/* Over the blocks of leading words that are all out of the question; *end: where the first of the others ends. */
static int64_t pass_blocks(any_of *a, size_t first, int64_t revision, int64_t last, int64_t *end)
{
	while (revision <= last) {
		int some = 0;

		*end = last;
		for (size_t i = first; i < a->count; i++) {
			int64_t until;

			some |= !can_leave(a, i, revision, &until);
			*end = until < *end ? until : *end;
		}
		if (some)
			break;
		revision = *end + 1;
	}
	return revision;
}

int any_sums_window(any_of *a, int64_t revision, int64_t *last)
{
	size_t  first;
	int64_t end;

	if (a->threshold <= 0 || a->count > WORDS_MAX)
		return 0;
	any_open_window(a, walk_leaf_stretch, revision, last);
	if (a->all > BOUND_MAX * a->threshold)
		return 0;
	first = any_first_leading(a);
	if (!is_dense(a, first))
		return 0;
	revision = pass_blocks(a, first, revision, *last, &end);
	if (revision > *last)
		return 1;
	/* A list alone is best taken by its blocks. */
	if (first + 1 == a->count)
		*last = end;
	if (*last - revision >= WINDOW)
		*last = revision + WINDOW - 1;
	if (!has_codes(a, revision, *last) || (!a->sums && !make_sums(a)))
		return 0;
	a->sums->from = revision;
	a->sums->last = *last;
	walk_window(a, first);
	return 1;
}

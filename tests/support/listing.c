#include "listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "datetime.h"
#include "error.h"
#include "paper_text.h"
#include "snapshot_listing.h"
#include "str.h"

enum { DAY_S = 86400, MAX_DAYS = 36600 };

/* When a paper changes; drawn whole, whatever day it is. */
typedef struct history {
	sheaf_time versions[LISTING_MAX_VERSIONS];
	size_t     version_count;
	int        withdrawn;     /* the last version withdraws it */
	int64_t    published_day; /* a journal reference comes then; 0: never */
} history;

static int64_t submitted_day(const listing_options *o, size_t index)
{
	return o->from_day + (int64_t)(index / o->per_day);
}

static sheaf_time submitted_time(const listing_options *o, size_t index, dice *d)
{
	size_t slice = DAY_S / o->per_day;

	return submitted_day(o, index) * DAY_S +
	       (sheaf_time)(index % o->per_day * slice + dice_below(d, slice));
}

static void draw_history(const listing_options *o, size_t index, history *h)
{
	static const unsigned char version_odds[] = {1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4};
	dice                       d;

	dice_start(&d, o->seed, index, PART_HISTORY);
	memset(h, 0, sizeof *h);
	h->version_count = version_odds[dice_below(&d, sizeof version_odds)];
	h->withdrawn = dice_one_in(&d, 60);
	if (h->withdrawn && h->version_count < 2)
		h->version_count = 2;
	h->versions[0] = submitted_time(o, index, &d);
	for (size_t i = 1; i < h->version_count; i++)
		h->versions[i] = h->versions[i - 1] +
		                 (sheaf_time)dice_between(&d, 2 * DAY_S, 45 * DAY_S);
	if (!h->withdrawn && dice_one_in(&d, 3))
		h->published_day = submitted_day(o, index) + (int64_t)dice_below(&d, 160);
}

static size_t versions_until(const history *h, int64_t day)
{
	size_t count = 0;

	while (count < h->version_count && h->versions[count] < (day + 1) * DAY_S)
		count++;
	return count;
}

static int64_t datestamp_of(const history *h, int64_t today)
{
	int64_t day = h->versions[versions_until(h, today) - 1] / DAY_S;

	return h->published_day > day && h->published_day <= today ? h->published_day : day;
}

static int64_t month_start(int64_t day)
{
	int y, m, d;

	date_civil(day, &y, &m, &d);
	return day - (d - 1);
}

static void make_id(const listing_options *o, size_t index, char id[PAPER_ID_SIZE])
{
	int64_t day = submitted_day(o, index), first = month_start(day);
	size_t  before = first > o->from_day ? (size_t)(first - o->from_day) * o->per_day : 0;
	int     y, m, d;

	date_civil(day, &y, &m, &d);
	snprintf(id, PAPER_ID_SIZE, "%02d%02d.%05zu", y % 100, m,
	         (index - before + LISTING_FIRST_NUMBER) % 100000);
}

/* A number of `count` digits; -1 where one is no digit. */
static int digits(const char *s, size_t count)
{
	int n = 0;

	for (size_t i = 0; i < count; i++) {
		if (!str_is_digit((unsigned char)s[i]))
			return -1;
		n = n * 10 + (s[i] - '0');
	}
	return n;
}

int listing_find(const listing *l, const char *id, size_t *index)
{
	const listing_options *o = &l->options;
	int                    year, month, number;
	int64_t                first;
	char                   same[PAPER_ID_SIZE];

	*index = 0;
	if (l->file)
		return snapshot_find(l->file, id, index);
	if (strlen(id) != 10 || id[4] != '.')
		return 0;
	year = digits(id, 2);
	month = digits(id + 2, 2);
	number = digits(id + 5, 5);
	if (year < 0 || month < 1 || month > 12 || number < LISTING_FIRST_NUMBER)
		return 0;
	first = date_days(2000 + year, month, 1);
	if (first < o->from_day)
		first = o->from_day;
	*index = (size_t)(first - o->from_day) * o->per_day +
	         (size_t)(number - LISTING_FIRST_NUMBER);
	if (*index >= l->count)
		return 0;
	make_id(o, *index, same);
	return str_eq(id, same);
}

static int by_datestamp(const void *a, const void *b)
{
	const listing_slot *x = a, *y = b;

	if (x->datestamp != y->datestamp)
		return x->datestamp < y->datestamp ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

void listing_sort(listing *l)
{
	qsort(l->order, l->count, sizeof *l->order, by_datestamp);
}

sheaf_status listing_init(listing *l, const listing_options *options, sheaf_error *err)
{
	size_t room;

	memset(l, 0, sizeof *l);
	l->options = *options;
	if (options->file)
		return snapshot_open(l, err);
	if (!options->per_day || options->per_day > LISTING_MAX_PER_DAY)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "papers a day: %zu is not 1 to %d", options->per_day,
		                  LISTING_MAX_PER_DAY);
	if (options->from_day < date_days(2015, 1, 1) || options->to_day < options->from_day ||
	    options->to_day - options->from_day > MAX_DAYS ||
	    options->to_day >= date_days(2091, 1, 1))
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"the days of the listing must lie between 2015-01-01 and 2090-12-31, in order");
	room = (size_t)(options->to_day - options->from_day + 1) * options->per_day;
	l->count = options->papers < room ? options->papers : room;
	l->order = mem_realloc_array(NULL, l->count + 1, sizeof *l->order);
	if (!l->order)
		return sheaf_nomem(err);
	for (size_t i = 0; i < l->count; i++) {
		history h;

		draw_history(options, i, &h);
		l->order[i].index = i;
		l->order[i].datestamp = datestamp_of(&h, options->to_day);
	}
	listing_sort(l);
	return SHEAF_OK;
}

void listing_touch(listing *l, size_t place, int64_t day)
{
	history h;

	for (size_t i = 0; l->touched_day && i < l->count; i++)
		if (l->order[i].index == l->touched_index) {
			draw_history(&l->options, l->touched_index, &h);
			l->order[i].datestamp = datestamp_of(&h, l->options.to_day);
		}
	l->touched_index = l->order[place].index;
	l->touched_day = day;
	l->order[place].datestamp = day;
	qsort(l->order, l->count, sizeof *l->order, by_datestamp);
}

void listing_free(listing *l)
{
	snapshot_close(l->file);
	l->file = NULL;
	mem_free(l->order);
	l->order = NULL;
	l->count = 0;
}

sheaf_time listing_now(const listing *l)
{
	return l->options.to_day * DAY_S + DAY_S - 1800;
}

static void fill_versions(const history *h, uint64_t seed, paper *p)
{
	dice d;

	dice_start(&d, seed, p->index, PART_SIZES);
	for (size_t i = 0; i < p->version_count; i++) {
		paper_version *v = &p->versions[i];
		int            last = i + 1 == h->version_count;

		v->date = h->versions[i];
		v->size_kb = h->withdrawn && last ? 0 : dice_between(&d, 9, 6000);
		v->source_type = h->withdrawn && last ? "I" : dice_one_in(&d, 3) ? "" : "D";
	}
	p->withdrawn = h->withdrawn && p->version_count == h->version_count;
}

static int make_room(paper *p, arena *a)
{
	p->authors = arena_alloc(a, LISTING_MAX_AUTHORS * sizeof *p->authors);
	p->categories = arena_alloc(a, LISTING_MAX_CATEGORIES * sizeof *p->categories);
	p->versions = arena_alloc(a, LISTING_MAX_VERSIONS * sizeof *p->versions);
	return p->authors && p->categories && p->versions;
}

sheaf_status listing_paper(const listing *l, size_t index, size_t version, arena *a, paper *p,
                           sheaf_error *err)
{
	const listing_options *o = &l->options;
	history                h;

	memset(p, 0, sizeof *p);
	if (l->file)
		return snapshot_paper(l, index, version, a, p, err);
	if (!make_room(p, a))
		return sheaf_nomem(err);
	draw_history(o, index, &h);
	p->index = index;
	p->version_count = versions_until(&h, o->to_day);
	if (index >= l->count || version > p->version_count)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "no such paper, or no such version");
	if (version)
		p->version_count = version;
	make_id(o, index, p->id);
	p->datestamp = datestamp_of(&h, o->to_day);
	if (l->touched_day && l->touched_index == index)
		p->datestamp = l->touched_day;
	fill_versions(&h, o->seed, p);
	if (!paper_text_fill(p, o->seed, h.published_day && h.published_day <= o->to_day, a))
		return sheaf_nomem(err);
	return SHEAF_OK;
}

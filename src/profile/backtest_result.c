/* backtest_result.c: what came of a backtest, as it is told. */
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "backtest_private.h"
#include "error.h"

static sheaf_status copy_names(sheaf_backtest *b, const sheaf_profile_set *set, sheaf_error *err)
{
	if (set->digest.fallback) {
		b->fallback = arena_strdup(&b->arena, set->digest.fallback);
		if (!b->fallback)
			return sheaf_nomem(err);
	}
	for (size_t i = 0; i < set->count; i++) {
		b->names[i] = arena_strdup(&b->arena, set->profiles[i].name);
		if (!b->names[i])
			return sheaf_nomem(err);
	}
	return SHEAF_OK;
}

static sheaf_status init(sheaf_backtest *b, const sheaf_profile_set *set, sheaf_error *err)
{
	b->profiles = set->count;
	b->best = set->digest.assign == SHEAF_ASSIGN_BEST;
	b->names = mem_calloc(set->count, sizeof *b->names);
	b->matches = mem_calloc(set->count, sizeof *b->matches);
	b->common = mem_calloc(set->count, sizeof *b->common);
	b->lost = mem_calloc(set->count, sizeof *b->lost);
	b->overlaps = mem_calloc(set->count, sizeof *b->overlaps);
	if (!b->names || !b->matches || !b->common || !b->lost || !b->overlaps)
		return sheaf_nomem(err);
	return copy_names(b, set, err);
}

sheaf_status backtest_new(const sheaf_profile_set *set, size_t profile, int64_t limit,
                          sheaf_backtest **backtest, sheaf_error *err)
{
	sheaf_backtest *b = mem_calloc(1, sizeof *b);
	sheaf_status    status;

	*backtest = NULL;
	if (!b)
		return sheaf_nomem(err);
	b->profile = profile;
	b->papers[0].limit = b->papers[1].limit = limit;
	status = week_table_init(&b->weeks, err);
	if (status == SHEAF_OK)
		status = init(b, set, err);
	if (status == SHEAF_OK)
		*backtest = b;
	else
		sheaf_backtest_free(b);
	return status;
}

void sheaf_backtest_free(sheaf_backtest *b)
{
	if (!b)
		return;
	newest_list_free(&b->papers[0]);
	newest_list_free(&b->papers[1]);
	mem_free(b->weeks.items);
	mem_free(b->names);
	mem_free(b->matches);
	mem_free(b->common);
	mem_free(b->lost);
	mem_free(b->overlaps);
	arena_free(&b->arena);
	mem_free(b);
}

/* ---- sums ---- */

static double share(int64_t part, int64_t whole)
{
	return whole ? (double)part / (double)whole : NAN;
}

static int by_common(const void *a, const void *b)
{
	const sheaf_overlap *x = a, *y = b;

	if (x->common != y->common)
		return x->common > y->common ? -1 : 1;
	/* `lost` holds the place in the file until all are sorted. */
	return (x->lost > y->lost) - (x->lost < y->lost);
}

/* The others, sorted. */
static void make_overlaps(sheaf_backtest *b)
{
	int64_t own = b->matches[b->profile];
	size_t  used = 0;

	for (size_t i = 0; i < b->profiles; i++)
		if (i != b->profile)
			b->overlaps[used++] = (sheaf_overlap){
				.name = b->names[i],
				.matches = b->matches[i],
				.common = b->common[i],
				.lost = (int64_t)i,
				.jaccard = share(b->common[i], own + b->matches[i] - b->common[i]),
				.share = share(b->common[i], own)};
	if (used)
		qsort(b->overlaps, used, sizeof *b->overlaps, by_common);
	for (size_t i = 0; i < used; i++)
		b->overlaps[i].lost = b->lost[b->overlaps[i].lost];
	b->totals.matches = own;
}

static void sum_weeks(sheaf_backtest *b)
{
	sheaf_backtest_totals *t = &b->totals;
	int64_t                most = -1, days;

	t->first = t->last = SHEAF_TIME_NONE;
	if (!week_table_count(&b->weeks))
		return;
	for (size_t i = 0; i < week_table_count(&b->weeks); i++) {
		sheaf_backtest_week w = week_table_get(&b->weeks, i);

		if (w.papers < most)
			continue;
		most = w.papers;
		t->busiest = i;
	}
	t->first = b->weeks.first_day * DAY_SECONDS;
	t->last = b->weeks.last_day * DAY_SECONDS;
	days = b->weeks.last_day - b->weeks.first_day + 1;
	t->per_week = (double)t->papers * 7 / (double)(days < 7 ? 7 : days);
}

static sheaf_measures measure(const sheaf_backtest *b, const mark_tally *m)
{
	int64_t placed = m->right + m->wrong, belong = b->totals.marks_belong;

	return (sheaf_measures){share(m->right, placed), share(m->right, belong),
	                        share(2 * m->right, placed + belong)};
}

void backtest_finish(sheaf_backtest *b)
{
	sheaf_backtest_totals *t = &b->totals;

	make_overlaps(b);
	sum_weeks(b);
	newest_list_sort(&b->papers[0]);
	newest_list_sort(&b->papers[1]);
	t->before = t->after = measure(b, &b->marks[0]);
	if (t->changed)
		t->after = measure(b, &b->marks[1]);
	else
		t->papers_after = t->papers;
}

/* ---- what is told ---- */

sheaf_backtest_totals sheaf_backtest_get_totals(const sheaf_backtest *b)
{
	return b ? b->totals
	         : (sheaf_backtest_totals){.first = SHEAF_TIME_NONE, .last = SHEAF_TIME_NONE};
}

size_t sheaf_backtest_week_count(const sheaf_backtest *b)
{
	return b ? week_table_count(&b->weeks) : 0;
}

sheaf_backtest_week sheaf_backtest_get_week(const sheaf_backtest *b, size_t i)
{
	sheaf_backtest_week week = {0};

	if (!b)
		return week;
	week = week_table_get(&b->weeks, i);
	if (!b->totals.changed)
		week.papers_after = week.papers;
	return week;
}

size_t sheaf_backtest_overlap_count(const sheaf_backtest *b)
{
	return b ? b->profiles - 1 : 0;
}

sheaf_overlap sheaf_backtest_get_overlap(const sheaf_backtest *b, size_t i)
{
	return i < sheaf_backtest_overlap_count(b) ? b->overlaps[i] : (sheaf_overlap){0};
}

size_t sheaf_backtest_paper_count(const sheaf_backtest *b, int dropped)
{
	return b ? b->papers[dropped != 0].count : 0;
}

static const char *name_of(const sheaf_backtest *b, size_t section)
{
	if (section == SIZE_MAX)
		return b->fallback;
	return section < b->profiles ? b->names[section] : NULL;
}

sheaf_backtest_paper sheaf_backtest_get_paper(const sheaf_backtest *b, int dropped, size_t i)
{
	const listed *item;

	if (i >= sheaf_backtest_paper_count(b, dropped))
		return (sheaf_backtest_paper){0};
	item = &b->papers[dropped != 0].items[i];
	return (sheaf_backtest_paper){item->id, item->title, item->day * DAY_SECONDS,
	                              name_of(b, item->other)};
}

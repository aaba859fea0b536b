/* What is told of coverage: complete ranges and what lies between them. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "coverage.h"
#include "datetime.h"
#include "error.h"
#include "oai_list.h"
#include "schedule.h"
#include "str.h"

/* A stretch of days in one state. */
typedef struct stretch {
	int64_t              first, last, papers;
	sheaf_coverage_state state;
	sheaf_time           checked;
} stretch;

typedef struct stretches {
	stretch *items;
	size_t   count, size;
	int      failed;
} stretches;

static int add_stretch(stretches *s, stretch item)
{
	if (item.first > item.last)
		return 0;
	if (s->count == s->size) {
		size_t   size = s->size ? s->size * 2 : 16;
		stretch *items = mem_realloc_array(s->items, size, sizeof *items);

		s->failed = s->failed || !items;
		if (!items)
			return 1;
		s->items = items;
		s->size = size;
	}
	s->items[s->count++] = item;
	return 0;
}

static int is_whole(sheaf_coverage_state state)
{
	return state != SHEAF_COVERAGE_PARTIAL && state != SHEAF_COVERAGE_MISSING &&
	       state != SHEAF_COVERAGE_STALE;
}

/* ---- lists of OAI-PMH and the API ---- */

/* The days of a list that has not come to its end. */
typedef struct under_way {
	int     is;
	int64_t first, last;
} under_way;

static void read_under_way(const harvest_key *key, const harvest_row *row, under_way *u)
{
	oai_range  range;
	sheaf_time last;

	memset(u, 0, sizeof *u);
	if (row->complete || !row->token)
		return;
	oai_range_parse(row->list_from, &range);
	last = range.until;
	if (last == SHEAF_TIME_NONE && str_eq(key->source, "oai"))
		last = harvest_date(row->response_date);
	if (last == SHEAF_TIME_NONE)
		last = harvest_date(row->high_water);
	u->is = last != SHEAF_TIME_NONE;
	u->first = coverage_day(range.from);
	u->last = coverage_day(last);
}

typedef struct list_reading {
	stretches *out;
	under_way  under_way;
	int        any;
	int64_t    last; /* told so far, where there is any */
} list_reading;

static int add_gap(list_reading *r, int64_t first, int64_t last)
{
	int partial = r->under_way.is && r->under_way.first <= last && first <= r->under_way.last;

	return add_stretch(r->out,
	                   (stretch){first, last, -1,
	                             partial ? SHEAF_COVERAGE_PARTIAL : SHEAF_COVERAGE_MISSING,
	                             SHEAF_TIME_NONE});
}

static int on_range(void *ctx, const harvest_key *key, const coverage_range *range)
{
	list_reading *r = ctx;

	(void)key;
	if (range->first > range->last)
		return 0;
	if (r->any && add_gap(r, r->last + 1, range->first - 1))
		return 1;
	if (!r->any && r->under_way.is && r->under_way.first < range->first &&
	    add_gap(r, r->under_way.first, range->first - 1))
		return 1;
	r->any = 1;
	r->last = range->last;
	return add_stretch(r->out, (stretch){range->first, range->last, -1, SHEAF_COVERAGE_COMPLETE,
	                                     range->read});
}

/* Days that are to be read again lie in gaps, which are then partial. */
static int on_again(void *ctx, const harvest_key *key, const coverage_range *range)
{
	stretches *s = ctx;
	int        met = 0;

	(void)key;
	for (size_t i = 0; i < s->count; i++)
		if (s->items[i].first <= range->last && range->first <= s->items[i].last) {
			met = 1;
			if (s->items[i].state == SHEAF_COVERAGE_MISSING)
				s->items[i].state = SHEAF_COVERAGE_PARTIAL;
		}
	if (met)
		return 0;
	/* Beyond what is complete: the end of a list was not read well. */
	return add_stretch(
		s, (stretch){range->first, range->last, -1, SHEAF_COVERAGE_PARTIAL, range->read});
}

static int by_day(const void *a, const void *b)
{
	const stretch *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

static sheaf_status read_list(sheaf_database *db, const harvest_key *key, stretches *out,
                              sheaf_error *err)
{
	list_reading r = {.out = out};
	harvest_key  again = *key;
	harvest_row  row;
	sheaf_status status = store_harvest_get(db, key, &row, err);

	if (status != SHEAF_OK)
		return status;
	read_under_way(key, &row, &r.under_way);
	harvest_row_clear(&row);
	status = store_coverage_each(db, key, on_range, &r, err);
	if (status == SHEAF_OK && r.under_way.is && (!r.any || r.last < r.under_way.last))
		add_gap(&r, r.any ? r.last + 1 : r.under_way.first, r.under_way.last);
	again.source = "oai again";
	if (status == SHEAF_OK && str_eq(key->source, "oai"))
		status = store_coverage_each(db, &again, on_again, out, err);
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, by_day);
	return out->failed ? sheaf_nomem(err) : status;
}

/* ---- feeds ---- */

typedef struct feed_reading {
	stretches *out;
	int        any;
	int64_t    last;
} feed_reading;

static sheaf_coverage_state feed_state(announcement_state state)
{
	static const sheaf_coverage_state states[] = {
		[ANNOUNCEMENT_DAY_ANNOUNCED] = SHEAF_COVERAGE_COMPLETE,
		[ANNOUNCEMENT_DAY_EMPTY] = SHEAF_COVERAGE_EMPTY,
		[ANNOUNCEMENT_DAY_STALE] = SHEAF_COVERAGE_STALE,
		[ANNOUNCEMENT_DAY_MADE_UP] = SHEAF_COVERAGE_MADE_UP,
	};

	if (state < ANNOUNCEMENT_DAY_ANNOUNCED || state > ANNOUNCEMENT_DAY_MADE_UP)
		return SHEAF_COVERAGE_PARTIAL;
	return states[state];
}

/* Weekdays between two days; none where there are only days of no announcements. */
static int64_t weekdays_from(int64_t day, int64_t end)
{
	while (day < end && !schedule_is_announced(day))
		day++;
	return day;
}

/* Joins with the stretch before, where that is in the same state and no weekday lies between. */
static int join_day(stretches *s, const stretch *day)
{
	stretch *before = s->count ? &s->items[s->count - 1] : NULL;

	if (!before || before->state != day->state ||
	    weekdays_from(before->last + 1, day->first) != day->first)
		return add_stretch(s, *day);
	before->last = day->last;
	before->papers += day->papers;
	if (day->checked > before->checked)
		before->checked = day->checked;
	return 0;
}

static int on_day(void *ctx, const char *category, const announcement_day *day)
{
	/* No calendar has days beyond; a damaged file can. */
	const int64_t most = date_days(9999, 12, 31);
	feed_reading *r = ctx;
	stretch item = {day->day, day->day, day->papers, feed_state(day->state), day->checked};
	int64_t first;

	(void)category;
	if (day->day < 0 || day->day > most)
		return 0;
	first = r->any ? weekdays_from(r->last + 1, day->day) : day->day;
	if (first < day->day) {
		int64_t last = day->day - 1;

		while (!schedule_is_announced(last))
			last--;
		if (add_stretch(r->out, (stretch){first, last, -1, SHEAF_COVERAGE_MISSING,
		                                  SHEAF_TIME_NONE}))
			return 1;
	}
	r->any = 1;
	r->last = day->day;
	return join_day(r->out, &item);
}

static sheaf_status read_feed(sheaf_database *db, const char *category, stretches *out,
                              sheaf_error *err)
{
	feed_reading r = {.out = out};
	sheaf_status status = store_announcement_day_each(db, category, on_day, &r, err);

	return out->failed ? sheaf_nomem(err) : status;
}

/* ---- gaps, for repairs ---- */

static sheaf_status take_gaps(const stretches *s, coverage_gaps *gaps, sheaf_error *err)
{
	gaps->gaps = mem_realloc_array(NULL, s->count + 1, sizeof *gaps->gaps);
	if (!gaps->gaps)
		return sheaf_nomem(err);
	gaps->size = s->count + 1;
	for (size_t i = 0; i < s->count; i++)
		if (!is_whole(s->items[i].state))
			gaps->gaps[gaps->count++] = (coverage_gap){
				s->items[i].first, s->items[i].last,
				s->items[i].state == SHEAF_COVERAGE_PARTIAL};
	return SHEAF_OK;
}

sheaf_status coverage_get_gaps(sheaf_database *db, const harvest_key *key, coverage_gaps *gaps,
                               sheaf_error *err)
{
	stretches    s = {NULL, 0, 0, 0};
	sheaf_status status;

	*gaps = (coverage_gaps){NULL, 0, 0};
	status = read_list(db, key, &s, err);
	if (status == SHEAF_OK)
		status = take_gaps(&s, gaps, err);
	mem_free(s.items);
	return status;
}

sheaf_status coverage_get_feed_gaps(sheaf_database *db, const char *category, coverage_gaps *gaps,
                                    sheaf_error *err)
{
	stretches    s = {NULL, 0, 0, 0};
	sheaf_status status;

	*gaps = (coverage_gaps){NULL, 0, 0};
	status = read_feed(db, category, &s, err);
	if (status == SHEAF_OK)
		status = take_gaps(&s, gaps, err);
	mem_free(s.items);
	return status;
}

void coverage_gaps_free(coverage_gaps *gaps)
{
	mem_free(gaps->gaps);
	*gaps = (coverage_gaps){NULL, 0, 0};
}

/* ---- every list ---- */

typedef struct key_list {
	arena        text;
	harvest_key *keys;
	size_t       count, size;
	int          failed;
} key_list;

static int same_key(const harvest_key *a, const harvest_key *b)
{
	return str_eq(a->source, b->source) && str_eq(a->base_url, b->base_url) &&
	       str_eq(a->selection, b->selection) && str_eq(a->metadata_prefix, b->metadata_prefix);
}

static int add_key(key_list *l, const harvest_key *key)
{
	harvest_key copy;

	/* Neighbours come together, and a key at most once of each table. */
	for (size_t i = 0; i < l->count; i++)
		if (same_key(&l->keys[i], key))
			return 0;
	copy = (harvest_key){arena_strdup(&l->text, key->source),
	                     arena_strdup(&l->text, key->base_url),
	                     arena_strdup(&l->text, key->selection),
	                     arena_strdup(&l->text, key->metadata_prefix)};
	if (l->count == l->size) {
		size_t       size = l->size ? l->size * 2 : 16;
		harvest_key *keys = mem_realloc_array(l->keys, size, sizeof *keys);

		l->failed = l->failed || !keys;
		if (!keys)
			return 1;
		l->keys = keys;
		l->size = size;
	}
	l->failed = !copy.source || !copy.base_url || !copy.selection || !copy.metadata_prefix;
	if (!l->failed)
		l->keys[l->count++] = copy;
	return l->failed;
}

static int on_row(void *ctx, const harvest_key *key, const harvest_row *row)
{
	(void)row;
	return add_key(ctx, key);
}

static int on_covered(void *ctx, const harvest_key *key, const coverage_range *range)
{
	(void)range;
	return str_starts(key->source, "oai ") ? 0 : add_key(ctx, key);
}

/* A feed whose row is gone, or was never there. */
static int on_feed_day(void *ctx, const char *category, const announcement_day *day)
{
	key_list   *l = ctx;
	harvest_key key = {"rss", "", category, "rss"};

	(void)day;
	for (size_t i = 0; i < l->count; i++)
		if (str_eq(l->keys[i].source, "rss") && str_eq(l->keys[i].selection, category))
			return 0;
	return add_key(l, &key);
}

static sheaf_status collect_keys(sheaf_database *db, key_list *l, sheaf_error *err)
{
	sheaf_status status = store_harvest_each(db, on_row, l, err);

	if (status == SHEAF_OK)
		status = store_coverage_each(db, NULL, on_covered, l, err);
	if (status == SHEAF_OK)
		status = store_announcement_day_each(db, NULL, on_feed_day, l, err);
	return l->failed ? sheaf_nomem(err) : status;
}

static void write_day(int64_t day, char out[TIME_TEXT_SIZE])
{
	const int64_t least = date_days(1, 1, 1), most = date_days(9999, 12, 31);

	*out = 0;
	if (day >= least)
		time_format_date((day < most ? day : most) * 86400, out);
}

static int tell(const harvest_key *key, const stretch *s, sheaf_coverage_fn fn, void *ctx)
{
	char           first[TIME_TEXT_SIZE], last[TIME_TEXT_SIZE];
	sheaf_coverage coverage = {
		.source = key->source,
		.base_url = key->base_url,
		.selection = key->selection,
		.metadata_prefix = key->metadata_prefix,
		.first = first,
		.last = last,
		.state = s->state,
		.papers = s->papers,
		.checked = s->checked,
	};

	write_day(s->first, first);
	write_day(s->last, last);
	return fn(ctx, &coverage);
}

static sheaf_status each_stretch(sheaf_database *db, const harvest_key *key, sheaf_coverage_fn fn,
                                 void *ctx, int *incomplete, sheaf_error *err)
{
	stretches    s = {NULL, 0, 0, 0};
	sheaf_status status = str_eq(key->source, "rss") ? read_feed(db, key->selection, &s, err)
	                                                 : read_list(db, key, &s, err);

	for (size_t i = 0; i < s.count && status == SHEAF_OK; i++) {
		if (!is_whole(s.items[i].state))
			*incomplete = 1;
		if (fn && tell(key, &s.items[i], fn, ctx))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	mem_free(s.items);
	return status;
}

sheaf_status sheaf_coverage_each(sheaf_database *db, sheaf_coverage_fn fn, void *ctx,
                                 int *incomplete, sheaf_error *err)
{
	key_list     l = {.keys = NULL};
	int          lacking = 0;
	sheaf_status status = collect_keys(db, &l, err);

	for (size_t i = 0; i < l.count && status == SHEAF_OK; i++)
		status = each_stretch(db, &l.keys[i], fn, ctx, &lacking, err);
	if (incomplete)
		*incomplete = status == SHEAF_OK && lacking;
	mem_free(l.keys);
	arena_free(&l.text);
	return status;
}

#include "coverage.h"

#include "alloc.h"
#include "error.h"
#include "str.h"

int64_t coverage_day(sheaf_time time)
{
	if (time == SHEAF_TIME_NONE)
		return INT64_MIN;
	return time >= 0 ? time / 86400 : -((86399 - time) / 86400);
}

sheaf_time coverage_time(int64_t day)
{
	return day == INT64_MIN ? SHEAF_TIME_NONE : day * 86400;
}

/* ---- days beside those that are complete ---- */

static harvest_key again_key(const harvest_run *run)
{
	harvest_key key = run->key;

	key.source = "oai again";
	return key;
}

static harvest_key split_key(const harvest_run *run)
{
	harvest_key key = run->key;

	key.source = "oai split";
	return key;
}

sheaf_status coverage_begin(harvest_run *run, int64_t first, int64_t last, sheaf_error *err)
{
	harvest_key again = again_key(run);

	return store_coverage_remove(run->db, &again, first, last, err);
}

sheaf_status coverage_spoil(harvest_run *run, int64_t first, int64_t last, sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;
	harvest_key        again = again_key(run);
	coverage_range     range = {first, last, clock->now(clock->ctx)};
	sheaf_status       status = store_coverage_add(run->db, &again, &range, err);

	if (status == SHEAF_OK)
		status = store_coverage_remove(run->db, &run->key, first, last, err);
	return status;
}

sheaf_status coverage_split(harvest_run *run, int64_t day, int64_t begun, sheaf_error *err)
{
	harvest_key    split = split_key(run);
	coverage_range range = {day, day, coverage_time(begun)};

	return store_coverage_add(run->db, &split, &range, err);
}

/* ---- ranges, collected, for what cannot be done while they are being read ---- */

typedef coverage_splits range_list;

static int collect(void *ctx, const harvest_key *key, const coverage_range *range)
{
	range_list *l = ctx;

	(void)key;
	if (l->count == l->size) {
		size_t          size = l->size ? l->size * 2 : 16;
		coverage_range *ranges = mem_realloc_array(l->ranges, size, sizeof *ranges);

		l->failed = !ranges;
		if (!ranges)
			return 1;
		l->ranges = ranges;
		l->size = size;
	}
	l->ranges[l->count++] = *range;
	return 0;
}

static sheaf_status collect_ranges(sheaf_database *db, const harvest_key *key, range_list *l,
                                   sheaf_error *err)
{
	sheaf_status status;

	*l = (range_list){NULL, 0, 0, 0};
	status = store_coverage_each(db, key, collect, l, err);
	return l->failed ? sheaf_nomem(err) : status;
}

sheaf_status coverage_join_splits(harvest_run *run, int64_t begun, sheaf_error *err)
{
	harvest_key  split = split_key(run);
	range_list   l;
	sheaf_status status = collect_ranges(run->db, &split, &l, err);

	for (size_t i = 0; i < l.count && status == SHEAF_OK; i++)
		if (coverage_day(l.ranges[i].read) < begun)
			status = store_coverage_remove(run->db, &split, l.ranges[i].first,
			                               l.ranges[i].last, err);
	mem_free(l.ranges);
	return status;
}

sheaf_status coverage_get_splits(harvest_run *run, coverage_splits *splits, sheaf_error *err)
{
	harvest_key key = split_key(run);

	return collect_ranges(run->db, &key, splits, err);
}

int coverage_is_split(const coverage_splits *splits, int64_t day, int64_t touched)
{
	for (size_t i = 0; i < splits->count; i++)
		if (splits->ranges[i].first <= day && day <= splits->ranges[i].last &&
		    coverage_day(splits->ranges[i].read) <= touched)
			return 1;
	return 0;
}

void coverage_splits_free(coverage_splits *splits)
{
	mem_free(splits->ranges);
	*splits = (coverage_splits){NULL, 0, 0, 0};
}

sheaf_status coverage_add(harvest_run *run, int64_t first, int64_t last, sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;
	harvest_key        again = again_key(run);
	coverage_range     range = {first, last, clock->now(clock->ctx)};
	range_list         l;
	sheaf_status       status;

	if (first > last)
		return SHEAF_OK;
	status = store_coverage_add(run->db, &run->key, &range, err);
	if (status != SHEAF_OK)
		return status;
	status = collect_ranges(run->db, &again, &l, err);
	for (size_t i = 0; i < l.count && status == SHEAF_OK; i++)
		status = store_coverage_remove(run->db, &run->key, l.ranges[i].first,
		                               l.ranges[i].last, err);
	mem_free(l.ranges);
	return status;
}

#include "oai_list.h"

#include <stdio.h>
#include <string.h>

#include "coverage.h"
#include "error.h"

/* ---- ranges ---- */

void oai_range_parse(const char *text, oai_range *range)
{
	const char *dots = text ? strstr(text, "..") : NULL;
	char        from[TIME_TEXT_SIZE];
	size_t      len = dots ? (size_t)(dots - text) : text ? strlen(text) : 0;

	if (len >= sizeof from)
		len = 0;
	if (len)
		memcpy(from, text, len);
	from[len] = 0;
	range->from = harvest_date(from);
	range->until = dots ? harvest_date(dots + 2) : SHEAF_TIME_NONE;
}

void oai_range_format(const oai_range *range, char out[OAI_RANGE_SIZE])
{
	char from[TIME_TEXT_SIZE] = "", until[TIME_TEXT_SIZE] = "";

	if (range->from != SHEAF_TIME_NONE)
		time_format_date(range->from, from);
	if (range->until != SHEAF_TIME_NONE)
		time_format_date(range->until, until);
	snprintf(out, OAI_RANGE_SIZE, "%.12s%s%.12s", from, *until ? ".." : "", until);
}

sheaf_time oai_read_on_from(sheaf_time date)
{
	/* A server answers an earlier `from` with an error. */
	const sheaf_time earliest = date_days(2005, 9, 16) * 86400;

	if (date == SHEAF_TIME_NONE || date - HARVEST_OVERLAP_S <= earliest)
		return SHEAF_TIME_NONE;
	return date - HARVEST_OVERLAP_S;
}

/* ---- where to begin ---- */

/* 1 where the list that the row tells of is the one that is wanted, and has not ended. */
static int can_continue(const harvest_run *run, const oai_range *stored)
{
	sheaf_time from = harvest_date(run->options->from);
	sheaf_time until = harvest_date(run->options->until);

	return run->row.token && !run->row.complete && stored->until == until &&
	       (!run->options->from || stored->from == from);
}

/* 1 where a list leaves no gap behind `high`, and reaches beyond it. */
static int joins(const oai_range *range, sheaf_time high)
{
	if (high == SHEAF_TIME_NONE)
		return 1;
	return range->from <= high && (range->until == SHEAF_TIME_NONE || range->until > high);
}

static void continue_list(const harvest_run *run, const oai_range *stored, oai_list *list)
{
	sheaf_time high = harvest_date(run->row.high_water);
	int        inside = run->options->from && run->options->until;

	list->begun = 1;
	list->range = *stored;
	list->from = stored->from;
	list->joined = joins(stored, high);
	/* A list that reads a range again may be far behind high_water. */
	list->ordered = list->joined && !inside && high != SHEAF_TIME_NONE && high != stored->from;
	if (list->ordered)
		list->position = high;
}

/* The day to which an imported snapshot goes; INT64_MIN: there is none. */
static int on_snapshot(void *ctx, const harvest_key *key, const coverage_range *range)
{
	int64_t *last = ctx;

	(void)key;
	if (range->first == INT64_MIN && range->last > *last)
		*last = range->last;
	return 0;
}

/* A list that has never been read goes on where a snapshot ends. */
static sheaf_status begin_at_snapshot(harvest_run *run, oai_list *list, sheaf_error *err)
{
	static const harvest_key snapshot = {"snapshot", "", "", ""};
	buf                      note = BUF_INIT(256);
	char                     day[TIME_TEXT_SIZE];
	sheaf_status             status;

	if (run->options->from || run->options->full || run->row.high_water ||
	    run->row.finished != SHEAF_TIME_NONE)
		return SHEAF_OK;
	status = store_coverage_each(run->db, &snapshot, on_snapshot, &list->snapshot, err);
	if (status != SHEAF_OK || list->snapshot == INT64_MIN)
		return status;
	list->range.from = list->from = oai_read_on_from(coverage_time(list->snapshot));
	time_format_date(coverage_time(list->snapshot), day);
	buf_printf(&note,
	           "continues from %s, where the imported snapshot ends; --full fetches "
	           "everything",
	           day);
	status = harvest_run_report(run, SHEAF_HARVEST_EVENT_NOTE, buf_str(&note), err);
	buf_free(&note);
	return status;
}

static sheaf_status new_list(harvest_run *run, oai_list *list, sheaf_error *err)
{
	sheaf_status status;
	sheaf_time   high = harvest_date(run->row.high_water);
	sheaf_time   answered = harvest_date(run->row.response_date);

	list->range.until = harvest_date(run->options->until);
	list->range.from = harvest_date(run->options->from);
	if (!run->options->from)
		list->range.from = oai_read_on_from(
			high > answered && answered != SHEAF_TIME_NONE ? answered : high);
	list->from = list->range.from;
	list->ordered = 1;
	status = begin_at_snapshot(run, list, err);
	if (status != SHEAF_OK)
		return status;
	list->joined = joins(&list->range, high);
	if (list->range.until == SHEAF_TIME_NONE || list->range.from <= list->range.until)
		return SHEAF_OK;
	return sheaf_fail(
		err, SHEAF_ERROR_INVALID_ARGUMENT,
		"an earlier harvest has come further than %.12s; to read a part again, say "
		"from when as well",
		run->options->until);
}

sheaf_status oai_list_plan(harvest_run *run, oai_list *list, sheaf_error *err)
{
	oai_range stored;

	memset(list, 0, sizeof *list);
	list->position = list->cursor = list->newest = SHEAF_TIME_NONE;
	list->snapshot = INT64_MIN;
	oai_range_parse(run->row.list_from, &stored);
	if (!can_continue(run, &stored))
		return new_list(run, list, err);
	continue_list(run, &stored, list);
	return SHEAF_OK;
}

#include "repair.h"

#include <string.h>

#include "coverage.h"
#include "error.h"
#include "oai_loop.h"
#include "schedule.h"
#include "str.h"

static void describe(const coverage_gap *gap, buf *out)
{
	char first[TIME_TEXT_SIZE] = "the beginning", last[TIME_TEXT_SIZE];

	if (gap->first != INT64_MIN)
		time_format_date(coverage_time(gap->first), first);
	time_format_date(coverage_time(gap->last), last);
	buf_printf(out, "reading from %s to %s again", first, last);
}

static sheaf_status repair_gap(harvest_run *run, const coverage_gap *gap, sheaf_error *err)
{
	buf          note = BUF_INIT(256);
	sheaf_status status;

	describe(gap, &note);
	status = harvest_run_report(run, SHEAF_HARVEST_EVENT_NOTE, buf_str(&note), err);
	buf_free(&note);
	return status == SHEAF_OK ? oai_read_days(run, gap->first, gap->last, err) : status;
}

sheaf_status repair_oai(harvest_run *run, sheaf_error *err)
{
	coverage_gaps gaps;
	sheaf_status  status = coverage_get_gaps(run->db, &run->key, &gaps, err);

	for (size_t i = 0; i < gaps.count && status == SHEAF_OK; i++) {
		if (harvest_run_is_over(run))
			break;
		status = repair_gap(run, &gaps.gaps[i], err);
	}
	coverage_gaps_free(&gaps);
	return status;
}

/* ---- feeds ---- */

/* Where OAI-PMH was asked for this selection, or for anything, before. */
typedef struct base_finding {
	buf url;
} base_finding;

static int find_base(void *ctx, const harvest_key *key, const harvest_row *row)
{
	base_finding *f = ctx;

	(void)row;
	if (!f->url.len && str_eq(key->source, "oai"))
		buf_puts(&f->url, key->base_url);
	return 0;
}

static void add_counts(sheaf_harvest_progress *sum, const sheaf_harvest_progress *p)
{
	sum->pages += p->pages;
	sum->records += p->records;
	sum->added += p->added;
	sum->updated += p->updated;
	sum->unchanged += p->unchanged;
	sum->rejected += p->rejected;
	sum->bytes += p->bytes;
	sum->kept_out += p->kept_out;
	for (int i = 0; i < SHEAF_CHANGE_KINDS; i++)
		sum->changes[i] += p->changes[i];
}

/* The weekdays of a gap whose papers are there now. */
static sheaf_status make_up(sheaf_database *db, const char *category, const coverage_gap *gap,
                            const sheaf_harvest_options *options, sheaf_error *err)
{
	sheaf_time   now = options->clock->now(options->clock->ctx);
	sheaf_status status = SHEAF_OK;

	for (int64_t day = gap->first; day <= gap->last && status == SHEAF_OK; day++) {
		announcement_day made_up = {day, ANNOUNCEMENT_DAY_MADE_UP, 0, now};

		if (schedule_is_announced(day))
			status = store_announcement_day_put(db, category, &made_up, err);
	}
	return status;
}

/*
 * What a list of a day announces got its datestamp on the evening before, which is that day in UTC, or was held up
 * for hours.
 */
static sheaf_status repair_feed_gap(sheaf_database *db, const sheaf_harvest_options *options,
                                    const harvest_key *feed, const coverage_gap *gap,
                                    sheaf_harvest_progress *sum, sheaf_error *err)
{
	sheaf_harvest_options  with = *options;
	sheaf_harvest_progress result = {.total = -1};
	char                   from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
	int64_t                today = coverage_day(options->clock->now(options->clock->ctx));
	int64_t                last = gap->last + 1 < today ? gap->last + 1 : today;
	int64_t                first = gap->first - 1 < last ? gap->first - 1 : last;
	sheaf_status           status;

	time_format_date(coverage_time(first), from);
	time_format_date(coverage_time(last), until);
	with.source = SHEAF_HARVEST_OAI;
	with.base_url = options->oai_base_url;
	with.from = from;
	with.until = until;
	with.repair = with.if_due = with.full = 0;
	status = sheaf_harvest(db, &with, &result, err);
	add_counts(sum, &result);
	if (status != SHEAF_OK || options->dry_run || result.rejected || result.incomplete ||
	    options->max_pages > 0 || options->max_records > 0)
		return status;
	return make_up(db, feed->selection, gap, options, err);
}

sheaf_status repair_rss(sheaf_database *db, const sheaf_harvest_options *options,
                        const harvest_key *feed, sheaf_harvest_progress *result, sheaf_error *err)
{
	sheaf_harvest_options with = *options;
	base_finding          base = {BUF_INIT(4096)};
	coverage_gaps         gaps = {NULL, 0, 0};
	sheaf_status          status = SHEAF_OK;

	if (!with.oai_base_url)
		status = store_harvest_each(db, find_base, &base, err);
	if (base.url.len)
		with.oai_base_url = buf_str(&base.url);
	if (status == SHEAF_OK)
		status = coverage_get_feed_gaps(db, feed->selection, &gaps, err);
	for (size_t i = 0; i < gaps.count && status == SHEAF_OK; i++)
		status = repair_feed_gap(db, &with, feed, &gaps.gaps[i], result, err);
	coverage_gaps_free(&gaps);
	buf_free(&base.url);
	return status;
}

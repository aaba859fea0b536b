#include "oai_loop.h"

#include <string.h>

#include "alloc.h"
#include "coverage.h"
#include "error.h"
#include "escape.h"
#include "fetch.h"
#include "oai_cover.h"
#include "oai_list.h"
#include "str.h"

enum {
	/* How often an empty page is asked for again before a list that goes on is believed. */
	EMPTY_TRIES = 3
};

/* ---- asking ---- */

static void add_date(buf *url, const char *name, sheaf_time time)
{
	char text[TIME_TEXT_SIZE];

	if (time == SHEAF_TIME_NONE)
		return;
	time_format_date(time, text);
	buf_printf(url, "&%s=%s", name, text);
}

static sheaf_status write_url(const harvest_run *run, const oai_list *list, const char *token,
                              buf *url, sheaf_error *err)
{
	harvest_run_begin_url(run, url);
	buf_puts(url, "verb=ListRecords");
	if (token) {
		buf_puts(url, "&resumptionToken=");
		escape_query(url, token);
		return buf_status(url, err);
	}
	buf_printf(url, "&metadataPrefix=%s", run->key.metadata_prefix);
	if (run->selection.len) {
		buf_puts(url, "&set=");
		escape_query(url, run->selection.data);
	}
	add_date(url, "from", list->from);
	add_date(url, "until", list->range.until);
	return buf_status(url, err);
}

/* What is not to be had is an error in OAI-PMH, so that an empty list is always wrong. */
static const char *doubt(const void *ctx, const harvest_run *run, int attempt, int last)
{
	const source_info *info = &run->page.info;
	const char        *token = ctx;

	if (info->error_code[0] || info->records || info->deleted)
		return NULL;
	if (token && info->has_token && (last || attempt >= EMPTY_TRIES))
		return NULL;
	return "a page without records";
}

/* ---- taking a page ---- */

/* The list turns out not to be sorted: only its beginning is a place to go back to. */
static sheaf_status lose_order(harvest_run *run, oai_list *list, sheaf_error *err)
{
	sheaf_status status;

	list->ordered = 0;
	list->position = SHEAF_TIME_NONE;
	status = store_coverage_remove(run->db, &run->key, coverage_day(list->range.from),
	                               INT64_MAX, err);
	if (status != SHEAF_OK || !list->joined)
		return status;
	return harvest_set_date(&run->row.high_water, list->range.from, err);
}

static sheaf_status move_high_water(harvest_run *run, sheaf_time to, sheaf_error *err)
{
	return harvest_set_date(&run->row.high_water,
	                        harvest_later(to, harvest_date(run->row.high_water)), err);
}

static sheaf_status follow_dates(harvest_run *run, oai_list *list, sheaf_error *err)
{
	page_span    span;
	sheaf_status status = SHEAF_OK;

	page_get_span(&run->page, SHEAF_FIELD_DATESTAMP, &span);
	if (span.most == SHEAF_TIME_NONE)
		return SHEAF_OK;
	list->newest = harvest_later(list->newest, span.most);
	if (list->ordered && (!span.rising || span.least < list->cursor))
		status = lose_order(run, list, err);
	list->cursor = span.most;
	if (status != SHEAF_OK || !list->ordered)
		return status;
	if (span.most > list->position)
		list->restarts = 0;
	list->position = harvest_later(list->position, span.most);
	return list->joined ? move_high_water(run, span.most, err) : SHEAF_OK;
}

/* ---- the row ---- */

/* The row of a list whose first page has come. */
static sheaf_status begin_list(harvest_run *run, oai_list *list, sheaf_error *err)
{
	char         range[OAI_RANGE_SIZE];
	sheaf_time   high = harvest_date(run->row.high_water);
	sheaf_status status;

	list->begun = 1;
	run->row.complete = 0;
	run->row.pages = run->row.records = 0;
	oai_range_format(&list->range, range);
	status = harvest_set_text(&run->row.list_from, range, err);
	if (status == SHEAF_OK)
		status = harvest_set_date(&run->row.response_date,
		                          harvest_date(run->page.info.response_date), err);
	if (status == SHEAF_OK)
		status = oai_cover_begin(run, list, err);
	/* All from an earlier date on is to be read again, so that is where this harvest stands. */
	if (status == SHEAF_OK && run->options->from && !run->options->until &&
	    list->range.from < high)
		status = harvest_set_date(&run->row.high_water, list->range.from, err);
	return status;
}

static sheaf_status end_list(harvest_run *run, const oai_list *list, sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;

	run->row.complete = 1;
	run->row.finished = clock->now(clock->ctx);
	if (!list->joined || list->newest == SHEAF_TIME_NONE)
		return SHEAF_OK;
	return move_high_water(run, list->newest, err);
}

/* Brings the row up to the page; a harvest_settle_fn. */
static sheaf_status settle(harvest_run *run, void *ctx, int *put, sheaf_error *err)
{
	const source_info *info = &run->page.info;
	oai_list          *list = ctx;
	sheaf_time         before = list->position;
	sheaf_status       status = SHEAF_OK;

	(void)put;
	if (!list->begun)
		status = begin_list(run, list, err);
	if (status == SHEAF_OK)
		status = follow_dates(run, list, err);
	if (status == SHEAF_OK)
		status = oai_cover_page(run, list, before, err);
	if (status == SHEAF_OK)
		status = harvest_set_text(&run->row.token, info->token, err);
	if (status == SHEAF_OK && !run->row.token)
		status = oai_cover_list(run, list, err);
	if (status == SHEAF_OK && !run->row.token)
		status = end_list(run, list, err);
	run->row.pages++;
	run->row.records += info->records + info->deleted;
	return status;
}

/* ---- the loop ---- */

/*
 * The newest records that are stored should come again. arXiv's caches have kept such an answer for the rest of a day, so
 * that it proves nothing of the days since.
 */
static int contradicts(const harvest_run *run, const oai_list *list)
{
	sheaf_time high = harvest_date(run->row.high_water);

	return high != SHEAF_TIME_NONE && list->range.from <= high &&
	       (list->range.until == SHEAF_TIME_NONE || list->range.until >= high);
}

static sheaf_status nothing_more(harvest_run *run, oai_list *list, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!list->begun) {
		run->row.pages = run->row.records = 0;
		status = harvest_set_text(&run->row.list_from, NULL, err);
	}
	if (status == SHEAF_OK)
		status = harvest_set_text(&run->row.token, NULL, err);
	if (status == SHEAF_OK && !contradicts(run, list))
		status = oai_cover_list(run, list, err);
	if (status == SHEAF_OK)
		status = end_list(run, list, err);
	return status == SHEAF_OK ? harvest_run_store_row(run, err) : status;
}

/* Begins the list again without a token, as near to where it was as is safe. */
static sheaf_status restart(harvest_run *run, oai_list *list, const char *why, sheaf_error *err)
{
	char         since[TIME_TEXT_SIZE] = "the beginning";
	buf          message = BUF_INIT(1024);
	sheaf_status status;

	if (++list->restarts > OAI_RESTARTS_MAX)
		return sheaf_fail(
			err, SHEAF_ERROR_PROTOCOL,
			"%s: %.200s, and starting again %d times has brought nothing new; "
			"try later",
			run->address.host, why, OAI_RESTARTS_MAX);
	list->from = list->range.from;
	if (list->ordered && list->position != SHEAF_TIME_NONE)
		list->from = harvest_later(list->from, oai_read_on_from(list->position));
	list->cursor = SHEAF_TIME_NONE;
	memset(&list->cycle, 0, sizeof list->cycle);
	if (list->from != SHEAF_TIME_NONE)
		time_format_date(list->from, since);
	buf_printf(&message, "%.200s; starting again from %s", why, since);
	harvest_set_text(&run->row.token, NULL, NULL); /* removing cannot fail */
	status = harvest_run_report(run, SHEAF_HARVEST_EVENT_RESTART, buf_str(&message), err);
	buf_free(&message);
	return status;
}

/*
 * A token is only given out where there is more. Where nothing comes for it, the list is begun again near that
 * place; where that brings nothing new either, the source is believed.
 */
static int breaks_off(const harvest_run *run, const oai_list *list)
{
	const source_info *info = &run->page.info;

	return run->row.token && !info->records && !info->deleted && !list->restarts;
}

/* An error that the source has worded. `ended` becomes 1 where it says that there is no more. */
static sheaf_status take_error(harvest_run *run, oai_list *list, int *ended, sheaf_error *err)
{
	const source_info *info = &run->page.info;

	*ended = !run->row.token && str_eq(info->error_code, "noRecordsMatch");
	/* From there on it had records a moment ago. */
	if (*ended && list->restarts)
		return sheaf_fail(
			err, SHEAF_ERROR_PROTOCOL,
			"%s has no more of a list that it was in the middle of; try later",
			run->address.host);
	if (*ended)
		return nothing_more(run, list, err);
	/* A token is only given where more records match. */
	if (run->row.token && str_eq(info->error_code, "noRecordsMatch"))
		return restart(run, list, "no records match a list that was to go on", err);
	if (run->row.token && str_eq(info->error_code, "badResumptionToken"))
		return restart(run, list, "the resumption token has died", err);
	return sheaf_fail(err, SHEAF_ERROR_PROTOCOL, "%s answers %s: %s", run->address.host,
	                  info->error_code, info->error_text);
}

static sheaf_status step(harvest_run *run, oai_list *list, buf *url, int *ended, sheaf_error *err)
{
	const source_info *info = &run->page.info;
	sheaf_status       status = write_url(run, list, run->row.token, url, err);

	if (status == SHEAF_OK)
		status = fetch_page(run, url->data, doubt, run->row.token, err);
	if (status != SHEAF_OK)
		return status;
	if (info->error_code[0])
		return take_error(run, list, ended, err);
	if (run->row.token && str_eq(run->row.token, info->token))
		return restart(run, list, "the same resumption token came twice", err);
	if (info->token[0] && token_cycle_add(&list->cycle, info->token))
		return restart(run, list, "the resumption tokens lead in a circle", err);
	if (breaks_off(run, list))
		return restart(run, list, "the list breaks off with a page without records", err);
	run->counts.total = info->complete_list_size;
	status = oai_cover_moved(run, list, err);
	if (status == SHEAF_OK)
		status = harvest_run_store(run, settle, list, err);
	/* A page that was cut short is asked for again, but its papers have then moved already. */
	if (status == SHEAF_OK && list->passed_count)
		status = oai_cover_passed(run, list, err);
	if (run->added || run->updated)
		list->restarts = 0;
	*ended = !run->row.token;
	return status;
}

static sheaf_status read_list(harvest_run *run, oai_list *list, sheaf_error *err)
{
	buf          url = BUF_INIT(1 << 16);
	int          ended = 0;
	sheaf_status status = SHEAF_OK;

	/* The token of a list that is not continued. */
	if (!list->begun)
		status = harvest_set_text(&run->row.token, NULL, err);
	while (status == SHEAF_OK && !ended) {
		status = step(run, list, &url, &ended, err);
		if (harvest_run_is_over(run))
			break;
	}
	mem_free(list->passed);
	buf_free(&url);
	return status;
}

sheaf_status oai_loop(harvest_run *run, sheaf_error *err)
{
	oai_list     list;
	sheaf_status status = oai_list_plan(run, &list, err);

	return status == SHEAF_OK ? read_list(run, &list, err) : status;
}

sheaf_status oai_read_days(harvest_run *run, int64_t first, int64_t last, sheaf_error *err)
{
	oai_list     list = {.ordered = 1, .snapshot = INT64_MIN};
	harvest_row  row = run->row;
	sheaf_status status;

	list.range = (oai_range){coverage_time(first), coverage_time(last)};
	list.from = list.range.from;
	list.position = list.cursor = list.newest = SHEAF_TIME_NONE;
	run->row = (harvest_row){.finished = SHEAF_TIME_NONE};
	run->aside = 1;
	status = read_list(run, &list, err);
	run->aside = 0;
	harvest_row_clear(&run->row);
	run->row = row;
	return status;
}

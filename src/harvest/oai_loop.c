#include "oai_loop.h"

#include <stdio.h>
#include <string.h>

#include "error.h"
#include "escape.h"
#include "fetch.h"
#include "str.h"
#include "token_cycle.h"

enum {
	/* How often an empty page is asked for again before a list that goes on is believed. */
	EMPTY_TRIES = 3
};

typedef struct oai_list {
	oai_range   range;
	sheaf_time  from;     /* of the next request without a token */
	int         begun;    /* 1: its first page is stored */
	int         ordered;  /* 1: by datestamp, as far as it was seen */
	int         joined;   /* 1: leaves no gap behind high_water, so that it may move it */
	sheaf_time  position; /* every earlier record of the list is stored; NONE: not known */
	sheaf_time  cursor;   /* the datestamp that the last page reached */
	sheaf_time  newest;   /* datestamp that was seen */
	int         restarts; /* since something new came */
	token_cycle cycle;
} oai_list;

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

static sheaf_status new_list(const harvest_run *run, oai_list *list, sheaf_error *err)
{
	sheaf_time high = harvest_date(run->row.high_water);
	sheaf_time answered = harvest_date(run->row.response_date);

	list->range.until = harvest_date(run->options->until);
	list->range.from = harvest_date(run->options->from);
	if (!run->options->from)
		list->range.from = oai_read_on_from(
			high > answered && answered != SHEAF_TIME_NONE ? answered : high);
	list->from = list->range.from;
	list->ordered = 1;
	list->joined = joins(&list->range, high);
	if (list->range.until == SHEAF_TIME_NONE || list->range.from <= list->range.until)
		return SHEAF_OK;
	return sheaf_fail(
		err, SHEAF_ERROR_INVALID_ARGUMENT,
		"an earlier harvest has come further than %.12s; to read a part again, say "
		"from when as well",
		run->options->until);
}

static sheaf_status plan(const harvest_run *run, oai_list *list, sheaf_error *err)
{
	oai_range stored;

	memset(list, 0, sizeof *list);
	list->position = list->cursor = list->newest = SHEAF_TIME_NONE;
	oai_range_parse(run->row.list_from, &stored);
	if (!can_continue(run, &stored))
		return new_list(run, list, err);
	continue_list(run, &stored, list);
	return SHEAF_OK;
}

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
	list->ordered = 0;
	list->position = SHEAF_TIME_NONE;
	if (!list->joined)
		return SHEAF_OK;
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
	sheaf_status       status = SHEAF_OK;

	(void)put;
	if (!list->begun)
		status = begin_list(run, list, err);
	if (status == SHEAF_OK)
		status = follow_dates(run, list, err);
	if (status == SHEAF_OK)
		status = harvest_set_text(&run->row.token, info->token, err);
	if (status == SHEAF_OK && !run->row.token)
		status = end_list(run, list, err);
	run->row.pages++;
	run->row.records += info->records + info->deleted;
	return status;
}

/* ---- the loop ---- */

static sheaf_status nothing_more(harvest_run *run, oai_list *list, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!list->begun) {
		run->row.pages = run->row.records = 0;
		status = harvest_set_text(&run->row.list_from, NULL, err);
	}
	if (status == SHEAF_OK)
		status = harvest_set_text(&run->row.token, NULL, err);
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

/* An error that the source has worded. `ended` becomes 1 where it says that there is no more. */
static sheaf_status take_error(harvest_run *run, oai_list *list, int *ended, sheaf_error *err)
{
	const source_info *info = &run->page.info;

	*ended = str_eq(info->error_code, "noRecordsMatch");
	if (*ended)
		return nothing_more(run, list, err);
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
	run->counts.total = info->complete_list_size;
	status = harvest_run_store(run, settle, list, err);
	if (run->added || run->updated)
		list->restarts = 0;
	*ended = !run->row.token;
	return status;
}

sheaf_status oai_loop(harvest_run *run, sheaf_error *err)
{
	oai_list     list;
	buf          url = BUF_INIT(1 << 16);
	int          ended = 0;
	sheaf_status status = plan(run, &list, err);

	/* The token of a list that is not continued. */
	if (status == SHEAF_OK && !list.begun)
		status = harvest_set_text(&run->row.token, NULL, err);
	while (status == SHEAF_OK && !ended) {
		status = step(run, &list, &url, &ended, err);
		if (harvest_run_is_over(run))
			break;
	}
	buf_free(&url);
	return status;
}

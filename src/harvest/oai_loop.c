#include "oai_loop.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "coverage.h"
#include "error.h"
#include "escape.h"
#include "fetch.h"
#include "str.h"
#include "token_cycle.h"

enum {
	/* How often an empty page is asked for again before a list that goes on is believed. */
	EMPTY_TRIES = 3,
	/* How long before a list was begun the one before it may have been under way. */
	WATCHED_DAYS = 7
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
	int64_t     snapshot; /* the day to which an imported snapshot goes that it continues; else
	                         INT64_MIN */
	int64_t    *passed;   /* days of which the page may have passed a record over */
	size_t      passed_count, passed_size;
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

static sheaf_status plan(harvest_run *run, oai_list *list, sheaf_error *err)
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

/* ---- coverage ---- */

static int64_t first_day(const oai_list *list)
{
	return coverage_day(list->range.from);
}

/* Of what is read by the list; INT64_MAX: it has no end. */
static int64_t until_day(const oai_list *list)
{
	return list->range.until == SHEAF_TIME_NONE ? INT64_MAX : coverage_day(list->range.until);
}

static int64_t today(const harvest_run *run)
{
	const sheaf_clock *clock = run->options->clock;

	return coverage_day(clock->now(clock->ctx));
}

/* The server's day when the list was begun, bounded by the clock of this machine. */
static int64_t begun_day(const harvest_run *run, const oai_list *list)
{
	int64_t begun = coverage_day(
		harvest_date(list->begun ? run->row.response_date : run->page.info.response_date));

	if (begun == INT64_MIN)
		begun = coverage_day(list->newest);
	return begun < today(run) + 1 ? begun : today(run) + 1;
}

static sheaf_status begin_coverage(harvest_run *run, const oai_list *list, sheaf_error *err)
{
	sheaf_status status = coverage_begin(run, first_day(list), until_day(list), err);

	if (status != SHEAF_OK || list->snapshot == INT64_MIN)
		return status;
	return coverage_add(run, INT64_MIN, list->snapshot, err);
}

/* Days whose records a page may have had, as far as those it could not read are known. */
static sheaf_status spoil_page(harvest_run *run, const oai_list *list, sheaf_time before,
                               sheaf_error *err)
{
	page_span  span;
	sheaf_time least, most = harvest_date(run->page.info.high_water);
	int64_t    first, last;

	page_get_span(&run->page, SHEAF_FIELD_DATESTAMP, &span);
	most = harvest_later(most, span.most);
	least = list->ordered && before != SHEAF_TIME_NONE ? before : list->range.from;
	first = coverage_day(least);
	last = coverage_day(most);
	if (last == INT64_MIN)
		last = begun_day(run, list);
	if (first > last)
		first = last;
	return coverage_spoil(run, first, last, err);
}

/* The days that were found to be read again while the page was looked through. */
static sheaf_status spoil_passed(harvest_run *run, oai_list *list, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < list->passed_count && status == SHEAF_OK; i++)
		status = coverage_spoil(run, list->passed[i], list->passed[i], err);
	run->suspects += (int)list->passed_count;
	list->passed_count = 0;
	return status;
}

/* A page of nothing although the list goes on: what should have been on it is not known. */
static int is_hole(const source_info *info)
{
	return !info->records && !info->deleted && info->token[0];
}

/* What the page has brought, where more follows. `before`: where the list stood. */
static sheaf_status cover_page(harvest_run *run, oai_list *list, sheaf_time before,
                               sheaf_error *err)
{
	sheaf_status status = spoil_passed(run, list, err);
	int64_t      day = coverage_day(list->position), last;

	if (status == SHEAF_OK && (run->page.reject_count || is_hole(&run->page.info)))
		status = spoil_page(run, list, before, err);
	if (status != SHEAF_OK || !list->ordered || day == INT64_MIN)
		return status;
	/* A datestamp of the future says nothing of the days until then. */
	last = day - 1 < today(run) ? day - 1 : today(run);
	status = coverage_add(run, first_day(list), last, err);
	if (status == SHEAF_OK && run->page.info.token[0])
		status = coverage_split(run, day, begun_day(run, list), err);
	return status;
}

/* All of the list was read. */
static sheaf_status cover_list(harvest_run *run, const oai_list *list, sheaf_error *err)
{
	int64_t      last = begun_day(run, list), until = until_day(list);
	sheaf_status status;

	if (run->options->dry_run || last == INT64_MIN)
		return SHEAF_OK;
	status = coverage_add(run, first_day(list), until < last ? until : last, err);
	/* What was touched while an earlier list was read has come with this one at the latest. */
	if (status == SHEAF_OK && list->joined && until == INT64_MAX)
		status = coverage_join_splits(run, last, err);
	return status;
}

static int keep_passed(oai_list *list, int64_t day)
{
	for (size_t i = 0; i < list->passed_count; i++)
		if (list->passed[i] == day)
			return 1;
	if (list->passed_count == list->passed_size) {
		size_t   size = list->passed_size ? list->passed_size * 2 : 16;
		int64_t *days = mem_realloc_array(list->passed, size, sizeof *days);

		if (!days)
			return 0;
		list->passed = days;
		list->passed_size = size;
	}
	list->passed[list->passed_count++] = day;
	return 1;
}

/* The day on which the stored copy of a paper was touched last; INT64_MIN: there is none. */
static sheaf_status stored_day(harvest_run *run, const sheaf_document *doc, int64_t *day,
                               sheaf_error *err)
{
	const char     *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	sheaf_document *stored = NULL;
	sheaf_docid     docid;
	sheaf_status    status = sheaf_database_find_document(run->db, id ? id : "", &docid, NULL);

	*day = INT64_MIN;
	if (status != SHEAF_OK)
		return SHEAF_OK;
	status = sheaf_database_get_document(run->db, docid, &stored, err);
	if (status == SHEAF_OK)
		*day = coverage_day(sheaf_document_get_value(stored, SHEAF_FIELD_DATESTAMP));
	sheaf_document_free(stored);
	return status;
}

/* 1 where something may have been touched lately enough to have moved under a list. */
static int is_watched(const harvest_run *run, const oai_list *list, int64_t touched)
{
	int64_t begun = begun_day(run, list);

	return begun != INT64_MIN && touched != INT64_MIN && touched >= begun - WATCHED_DAYS &&
	       !run->options->dry_run;
}

static sheaf_status look_at_paper(harvest_run *run, oai_list *list, const sheaf_document *doc,
                                  const coverage_splits *splits, sheaf_error *err)
{
	int64_t touched = coverage_day(sheaf_document_get_value(doc, SHEAF_FIELD_DATESTAMP)), day;
	sheaf_status status;

	if (!is_watched(run, list, touched))
		return SHEAF_OK;
	status = stored_day(run, doc, &day, err);
	if (status != SHEAF_OK || day == INT64_MIN || day >= touched ||
	    !coverage_is_split(splits, day, touched))
		return status;
	return keep_passed(list, day) ? SHEAF_OK : sheaf_nomem(err);
}

/* Papers that have moved since pages were read where they stood before. */
static sheaf_status look_for_moved(harvest_run *run, oai_list *list, sheaf_error *err)
{
	coverage_splits splits;
	sheaf_status    status = coverage_get_splits(run, &splits, err);

	for (size_t i = 0; i < run->page.count && splits.count && status == SHEAF_OK; i++)
		status = look_at_paper(run, list, run->page.docs[i], &splits, err);
	coverage_splits_free(&splits);
	return status;
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
		status = begin_coverage(run, list, err);
	/* All from an earlier date on is to be read again, so that is where this harvest stands. */
	if (status == SHEAF_OK && run->options->from && !run->options->until &&
	    list->range.from < high)
		status = harvest_set_date(&run->row.high_water, list->range.from, err);
	return status;
}

static sheaf_status end_list(harvest_run *run, const oai_list *list, sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;
	sheaf_status       status = cover_list(run, list, err);

	run->row.complete = 1;
	run->row.finished = clock->now(clock->ctx);
	if (status != SHEAF_OK || !list->joined || list->newest == SHEAF_TIME_NONE)
		return status;
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
		status = cover_page(run, list, before, err);
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
	status = look_for_moved(run, list, err);
	if (status == SHEAF_OK)
		status = harvest_run_store(run, settle, list, err);
	/* A page that was cut short is asked for again, but its papers have then moved already. */
	if (status == SHEAF_OK && list->passed_count)
		status = spoil_passed(run, list, err);
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
	sheaf_status status = plan(run, &list, err);

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

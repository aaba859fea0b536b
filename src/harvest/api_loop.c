#include "api_loop.h"

#include <stdio.h>
#include <string.h>

#include "error.h"
#include "escape.h"
#include "fetch.h"
#include "str.h"

static const char token_prefix[] = "start=";

/* One way down the list, from a place to another. */
typedef struct api_pass {
	int64_t    start;   /* of the next page */
	int64_t    size;    /* of it */
	sheaf_time floor;   /* what was updated earlier is stored; NONE: nothing is */
	int        asked;   /* 1: the caller has named the floor; 0: it comes from an earlier run */
	int        keeps;   /* 1: the row follows this pass */
	int        expects; /* 1: no results at all would be strange */
	sheaf_time head;    /* the newest update on the page at the head of the list */
	int        bottomed; /* 1: the end of the list was reached */
	int        ended;    /* 1: that, or the floor */
} api_pass;

int64_t api_token_parse(const char *token)
{
	int64_t start;

	if (!token || !str_starts(token, token_prefix) ||
	    !str_to_int64(token + sizeof token_prefix - 1, &start) || start < 0 ||
	    start > API_RESULTS_MAX)
		return -1;
	return start;
}

/* ---- asking ---- */

static int64_t page_size(const harvest_run *run)
{
	int64_t size = run->options->page_size;

	if (size <= 0)
		return API_PAGE_DEFAULT;
	return size < API_PAGE_MAX ? size : API_PAGE_MAX;
}

/* No more than is wanted. */
static int64_t next_size(const harvest_run *run)
{
	int64_t size = page_size(run), left = run->options->max_records - run->counts.records;

	return run->options->max_records > 0 && left < size ? left : size;
}

static sheaf_status write_url(const harvest_run *run, const api_pass *pass, buf *url,
                              sheaf_error *err)
{
	harvest_run_begin_url(run, url);
	buf_puts(url, "search_query=");
	escape_query(url, run->selection.data);
	buf_printf(url, "&sortBy=lastUpdatedDate&sortOrder=descending&start=%lld&max_results=%lld",
	           (long long)pass->start, (long long)pass->size);
	return buf_status(url, err);
}

/* The API has been seen to answer nothing, and a total of 0, although there was something. */
static const char *doubt(const void *ctx, const harvest_run *run, int attempt, int last)
{
	const source_info *info = &run->page.info;
	const api_pass    *pass = ctx;

	if (info->error_code[0] || info->records)
		return NULL;
	if (pass->start < info->total_results ||
	    (!info->total_results && pass->start < run->counts.total))
		return "an empty page in the middle of the results";
	if (pass->start || info->total_results > 0)
		return NULL;
	if (pass->expects)
		return "no results, where an earlier harvest had some";
	return attempt > 1 || last ? NULL : "no results, so it is asked again to be sure";
}

/* ---- taking a page ---- */

/*
 * 1 where the page lies below the floor, as far as the order of the results can be trusted. A
 * paper that is new there all the same, released late, says that there may be more of them.
 */
static int is_below(const harvest_run *run, const api_pass *pass)
{
	page_span span;

	page_get_span(&run->page, SHEAF_FIELD_UPDATED, &span);
	return pass->floor != SHEAF_TIME_NONE && span.falling && span.most != SHEAF_TIME_NONE &&
	       span.most < pass->floor && (pass->asked || !run->added);
}

static int is_last(const harvest_run *run, const api_pass *pass)
{
	const source_info *info = &run->page.info;

	if (!info->records)
		return 1;
	return info->total_results >= 0 ? pass->start >= info->total_results
	                                : info->records < pass->size;
}

static sheaf_status begin_row(harvest_run *run, const api_pass *pass, sheaf_error *err)
{
	run->row.pages = run->row.records = 0;
	run->row.complete = 0;
	return harvest_set_date(&run->row.list_from, pass->floor, err);
}

static void finish_row(harvest_run *run)
{
	const sheaf_clock *clock = run->options->clock;

	run->row.complete = 1;
	run->row.finished = clock->now(clock->ctx);
}

static sheaf_status follow_row(harvest_run *run, const api_pass *pass, sheaf_error *err)
{
	char         token[64] = "";
	sheaf_status status = SHEAF_OK;

	if (pass->ended)
		finish_row(run);
	else
		snprintf(token, sizeof token, "%s%lld", token_prefix, (long long)pass->start);
	run->row.pages++;
	run->row.records += run->page.info.records;
	if (pass->head != SHEAF_TIME_NONE)
		status = harvest_set_date(&run->row.high_water, pass->head, err);
	return status == SHEAF_OK ? harvest_set_text(&run->row.token, token, err) : status;
}

/* Moves the pass over the page, and the row with it; a harvest_settle_fn. */
static sheaf_status settle(harvest_run *run, void *ctx, int *put, sheaf_error *err)
{
	api_pass    *pass = ctx;
	int          first = !pass->start;
	page_span    span;
	sheaf_status status = SHEAF_OK;

	page_get_span(&run->page, SHEAF_FIELD_UPDATED, &span);
	if (first)
		pass->head = span.most;
	pass->start += run->page.info.records;
	pass->bottomed = is_last(run, pass);
	pass->ended = pass->bottomed || is_below(run, pass);
	*put = pass->keeps;
	if (pass->keeps && first)
		status = begin_row(run, pass, err);
	return pass->keeps && status == SHEAF_OK ? follow_row(run, pass, err) : status;
}

/* ---- the loop ---- */

/* The API goes no deeper. What a first harvest has not seen by then it never will. */
static sheaf_status too_deep(harvest_run *run, const api_pass *pass, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (pass->keeps && pass->floor == SHEAF_TIME_NONE) {
		finish_row(run);
		status = harvest_set_text(&run->row.token, NULL, err);
		if (status == SHEAF_OK)
			status = harvest_run_store_row(run, err);
	}
	if (status != SHEAF_OK)
		return status;
	return sheaf_fail(
		err, SHEAF_ERROR_PROTOCOL,
		"the API gives only the newest %lld of %lld results, which are stored; ask for "
		"less, or harvest a set through OAI-PMH",
		(long long)pass->start, (long long)run->counts.total);
}

static sheaf_status step(harvest_run *run, api_pass *pass, buf *url, sheaf_error *err)
{
	const source_info *info = &run->page.info;
	sheaf_status       status = write_url(run, pass, url, err);

	if (status == SHEAF_OK)
		status = fetch_page(run, url->data, doubt, pass, err);
	if (status != SHEAF_OK)
		return status;
	if (info->error_code[0])
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL, "%s answers: %s", run->address.host,
		                  info->error_text);
	run->counts.total = info->total_results;
	return harvest_run_store(run, settle, pass, err);
}

static sheaf_status read_pass(harvest_run *run, api_pass *pass, sheaf_error *err)
{
	buf          url = BUF_INIT(1 << 16);
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && !pass->ended && !harvest_run_is_over(run)) {
		pass->size = next_size(run);
		if (pass->start + pass->size > API_RESULTS_MAX - API_RESULTS_MAX % pass->size)
			status = too_deep(run, pass, err);
		else
			status = step(run, pass, &url, err);
	}
	buf_free(&url);
	return status;
}

static sheaf_time below(sheaf_time high)
{
	return high == SHEAF_TIME_NONE ? high : high - HARVEST_OVERLAP_S;
}

/* Where the page begins that holds result `start`: the API counts its limit in whole pages. */
static int64_t whole_pages(const harvest_run *run, int64_t start)
{
	return start - start % page_size(run);
}

/* An unfinished list: what is new at its head, then what was left of it. */
static sheaf_status continue_list(harvest_run *run, int64_t start, sheaf_error *err)
{
	sheaf_time   high = harvest_date(run->row.high_water);
	api_pass     head = {.floor = below(high), .expects = 1, .head = SHEAF_TIME_NONE};
	api_pass     rest = {.floor = harvest_date(run->row.list_from), .keeps = 1};
	sheaf_status status = read_pass(run, &head, err);

	if (status != SHEAF_OK || !head.ended)
		return status;
	rest.start = whole_pages(run, head.start > start ? head.start : start);
	rest.head = head.head;
	rest.ended = head.bottomed;
	if (!rest.ended)
		return read_pass(run, &rest, err);
	finish_row(run);
	status = harvest_set_text(&run->row.token, NULL, err);
	if (status == SHEAF_OK)
		status = harvest_set_date(&run->row.high_water, harvest_later(high, head.head),
		                          err);
	return status == SHEAF_OK ? harvest_run_store_row(run, err) : status;
}

sheaf_status api_loop(harvest_run *run, sheaf_error *err)
{
	sheaf_time high = harvest_date(run->row.high_water);
	int64_t    start = api_token_parse(run->row.token);
	api_pass   pass = {.floor = below(high),
	                   .keeps = 1,
	                   .expects = high != SHEAF_TIME_NONE,
	                   .head = SHEAF_TIME_NONE};

	if (run->options->from) {
		/* Reads again what is there already, and says nothing of what lies before. */
		pass.floor = harvest_date(run->options->from);
		pass.asked = 1;
		pass.keeps = high == SHEAF_TIME_NONE;
	} else if (!run->row.complete && start >= 0) {
		return continue_list(run, start, err);
	} else if (!run->row.complete) {
		pass.floor = harvest_date(run->row.list_from);
	}
	return read_pass(run, &pass, err);
}

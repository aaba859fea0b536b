#include "api_loop.h"

#include <stdio.h>
#include <string.h>

#include "api_slice.h"
#include "error.h"
#include "escape.h"
#include "fetch.h"
#include "str.h"

enum { DAY_S = 24 * 3600 };

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
	int        whole;    /* 1: begun at the head of the list */
	int        spoiled;  /* 1: a record of it could not be read */
	int        ordered;  /* 1: so far the newest update came first */
	sheaf_time lowest;   /* the update read last; NONE: none yet */
	int64_t    total;    /* results in all, by the last page; 0: not known */
	int        sliced;   /* 1: the list is read slice by slice, and `start` is in the slice */
	api_slice  slice;
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

static void write_query(const harvest_run *run, const api_pass *pass, buf *url)
{
	buf query = BUF_INIT(1 << 14);

	if (!pass->sliced)
		escape_query(url, run->selection.data);
	else
		api_slice_write_query(&pass->slice, buf_str(&run->selection), &query);
	if (query.status != SHEAF_OK)
		url->status = query.status;
	else if (pass->sliced)
		escape_query(url, buf_str(&query));
	buf_free(&query);
}

static sheaf_status write_url(const harvest_run *run, const api_pass *pass, buf *url,
                              sheaf_error *err)
{
	harvest_run_begin_url(run, url);
	buf_puts(url, "search_query=");
	write_query(run, pass, url);
	buf_printf(url, "&sortBy=lastUpdatedDate&sortOrder=descending&start=%lld&max_results=%lld",
	           (long long)pass->start, (long long)pass->size);
	return buf_status(url, err);
}

/* The API has been seen to answer nothing, and a total of 0, although there was something. */
static const char *doubt(const void *ctx, const harvest_run *run, int attempt, int last)
{
	const source_info *info = &run->page.info;
	const api_pass    *pass = ctx;

	if (info->error_code[0])
		return NULL;
	if (info->records && info->start_index >= 0 && info->start_index != pass->start)
		return "a page from another place in the results";
	if (info->records && info->total_results >= 0 &&
	    info->total_results < pass->start + info->records)
		return "a total that is less than the results so far";
	if (info->records)
		return NULL;
	if (pass->start < info->total_results ||
	    (!info->total_results && pass->start < pass->total))
		return "an empty page in the middle of the results";
	if (pass->start || info->total_results > 0)
		return NULL;
	if (pass->expects && !pass->sliced)
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
	buf          token = BUF_INIT(128);
	sheaf_status status = SHEAF_OK;

	if (pass->ended)
		finish_row(run);
	else if (pass->sliced)
		api_slice_write_token(&pass->slice, pass->start, &token);
	else
		buf_printf(&token, "%s%lld", token_prefix, (long long)pass->start);
	run->row.pages++;
	run->row.records += run->page.info.records;
	if (pass->head != SHEAF_TIME_NONE)
		status = harvest_set_date(&run->row.high_water, pass->head, err);
	if (status == SHEAF_OK)
		status = buf_status(&token, err);
	if (status == SHEAF_OK)
		status = harvest_set_text(&run->row.token, buf_str(&token), err);
	buf_free(&token);
	return status;
}

/* Whether the newest update still comes first, and which came last. */
static void note_order(api_pass *pass, const page_span *span)
{
	if (span->most == SHEAF_TIME_NONE)
		return;
	if (!span->falling || (pass->lowest != SHEAF_TIME_NONE && span->most > pass->lowest))
		pass->ordered = 0;
	pass->lowest = span->least;
}

/* Of a list that came to its end, all days of updates from its floor to its head are there. */
static sheaf_status cover(harvest_run *run, const api_pass *pass, sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;
	int                to_the_end = pass->whole && pass->bottomed && !pass->sliced;
	coverage_range     range = {INT64_MIN, pass->head / DAY_S, clock->now(clock->ctx)};

	if (pass->spoiled || pass->head == SHEAF_TIME_NONE || pass->head < 0)
		return SHEAF_OK;
	if (pass->floor != SHEAF_TIME_NONE && !to_the_end)
		range.first = pass->floor / DAY_S;
	return store_coverage_add(run->db, &run->key, &range, err);
}

/* The end of a slice is that of the list only where there is none before. */
static void end_slice(api_pass *pass)
{
	int wider = pass->total < API_RESULTS_MAX / 2;

	if (!pass->sliced || !api_slice_next(&pass->slice, wider)) {
		pass->ended = 1;
		return;
	}
	pass->start = pass->total = 0;
}

/* Moves the pass over the page, and the row with it; a harvest_settle_fn. */
static sheaf_status settle(harvest_run *run, void *ctx, int *put, sheaf_error *err)
{
	api_pass    *pass = ctx;
	int          first = !pass->start && !pass->sliced;
	page_span    span;
	sheaf_status status = SHEAF_OK;

	page_get_span(&run->page, SHEAF_FIELD_UPDATED, &span);
	if (first)
		pass->head = span.most;
	note_order(pass, &span);
	pass->spoiled |= run->page.reject_count > 0;
	pass->start += run->page.info.records;
	pass->bottomed = is_last(run, pass);
	if (pass->bottomed || is_below(run, pass))
		end_slice(pass);
	if (pass->ended)
		status = cover(run, pass, err);
	*put = pass->keeps;
	if (pass->keeps && first && status == SHEAF_OK)
		status = begin_row(run, pass, err);
	return pass->keeps && status == SHEAF_OK ? follow_row(run, pass, err) : status;
}

/* ---- the loop ---- */

/* How deep pages of this size go into a list. */
static int64_t depth(const api_pass *pass)
{
	return API_RESULTS_MAX - API_RESULTS_MAX % pass->size;
}

/* The slice has more than can be had of it. */
static sheaf_status narrow(const harvest_run *run, api_pass *pass, sheaf_error *err)
{
	pass->start = pass->total = 0;
	if (api_slice_halve(&pass->slice))
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
	                  "%s has more than %lld results submitted within a minute, and gives no "
	                  "more of them; ask for less, or harvest a set through OAI-PMH",
	                  run->address.host, (long long)depth(pass));
}

/*
 * The API goes no deeper: what is left is asked for by the date of submission. Where the results
 * came in order, nothing of it was updated, hence submitted, after what was read last.
 */
static sheaf_status begin_slices(harvest_run *run, api_pass *pass, sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;
	sheaf_time         last = clock->now(clock->ctx);
	char               text[160];

	if (pass->ordered && pass->lowest != SHEAF_TIME_NONE)
		last = pass->lowest;
	pass->slice = api_slice_all(last + DAY_S);
	pass->sliced = 1;
	pass->start = pass->total = 0;
	snprintf(
		text, sizeof text,
		"the API gives only the newest %lld results of a list; the others are asked for by "
		"date of submission",
		(long long)depth(pass));
	return harvest_run_report(run, SHEAF_HARVEST_EVENT_NOTE, text, err);
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
	pass->total = info->total_results;
	if (!pass->sliced)
		run->counts.total = pass->total;
	else if (pass->total > depth(pass))
		return narrow(run, pass, err);
	return harvest_run_store(run, settle, pass, err);
}

static sheaf_status read_pass(harvest_run *run, api_pass *pass, sheaf_error *err)
{
	buf          url = BUF_INIT(1 << 16);
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && !pass->ended && !harvest_run_is_over(run)) {
		pass->size = next_size(run);
		if (pass->start + pass->size > depth(pass))
			status = pass->sliced ? narrow(run, pass, err)
			                      : begin_slices(run, pass, err);
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
static sheaf_status continue_list(harvest_run *run, int64_t start, const api_slice *slice,
                                  sheaf_error *err)
{
	sheaf_time high = harvest_date(run->row.high_water);
	api_pass   head = {.floor = below(high),
	                   .expects = 1,
	                   .head = SHEAF_TIME_NONE,
	                   .whole = 1,
	                   .ordered = 1,
	                   .lowest = SHEAF_TIME_NONE};
	api_pass   rest = {
		  .floor = harvest_date(run->row.list_from), .keeps = 1, .lowest = SHEAF_TIME_NONE};
	sheaf_status status = read_pass(run, &head, err);

	if (status != SHEAF_OK || !head.ended)
		return status;
	rest.start = whole_pages(run, head.start > start && !slice ? head.start : start);
	rest.head = head.head;
	rest.ended = head.bottomed && !head.sliced;
	rest.total = slice ? 0 : head.total;
	if (slice)
		rest.slice = *slice;
	rest.sliced = slice != NULL;
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
	int64_t    start = 0;
	api_slice  slice;
	int        sliced = api_slice_read_token(run->row.token, &slice, &start);
	api_pass   pass = {.floor = below(high),
	                   .keeps = 1,
	                   .expects = high != SHEAF_TIME_NONE,
	                   .head = SHEAF_TIME_NONE,
	                   .whole = 1,
	                   .ordered = 1,
	                   .lowest = SHEAF_TIME_NONE};

	if (!sliced)
		start = api_token_parse(run->row.token);
	else if (start > API_RESULTS_MAX)
		start = 0;
	if (run->options->from) {
		/* Reads again what is there already, and says nothing of what lies before. */
		pass.floor = harvest_date(run->options->from);
		pass.asked = 1;
		pass.keeps = high == SHEAF_TIME_NONE;
	} else if (!run->row.complete && start >= 0) {
		return continue_list(run, start, sliced ? &slice : NULL, err);
	} else if (!run->row.complete) {
		pass.floor = harvest_date(run->row.list_from);
	}
	return read_pass(run, &pass, err);
}

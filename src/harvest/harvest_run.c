#include "harvest_run.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "escape.h"

/* ---- dates and texts of the row ---- */

sheaf_time harvest_date(const char *text)
{
	time_span span;

	if (!text || !time_parse_span(text, strlen(text), SHEAF_TIME_NONE, &span))
		return SHEAF_TIME_NONE;
	return span.first;
}

sheaf_status harvest_set_text(char **field, const char *text, sheaf_error *err)
{
	char *copy = NULL;

	if (text && *text) {
		copy = mem_strdup(text);
		if (!copy)
			return sheaf_nomem(err);
	}
	mem_free(*field);
	*field = copy;
	return SHEAF_OK;
}

sheaf_status harvest_set_date(char **field, sheaf_time time, sheaf_error *err)
{
	char text[TIME_TEXT_SIZE] = "";

	if (time != SHEAF_TIME_NONE)
		time_format_date(time, text);
	return harvest_set_text(field, text, err);
}

sheaf_time harvest_later(sheaf_time a, sheaf_time b)
{
	return a > b ? a : b; /* SHEAF_TIME_NONE is the least number */
}

/* ---- telling ---- */

sheaf_status harvest_run_report(harvest_run *run, sheaf_harvest_event event, const char *message,
                                sheaf_error *err)
{
	const sheaf_harvest_options *options = run->options;
	buf                          line = BUF_INIT(1024);
	int                          stop;

	if (!options->progress)
		return SHEAF_OK;
	if (message)
		escape_line(&line, message);
	run->counts.event = event;
	run->counts.message = message ? buf_str(&line) : NULL;
	stop = options->progress(options->ctx, &run->counts);
	run->counts.message = NULL;
	buf_free(&line);
	return stop ? sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted") : SHEAF_OK;
}

static sheaf_status report_page(harvest_run *run, sheaf_error *err)
{
	const page  *p = &run->page;
	sheaf_status status = SHEAF_OK;
	buf          text = BUF_INIT(1024);

	for (size_t i = 0; status == SHEAF_OK && i < p->reject_count && i < PAGE_REJECTS_MAX; i++) {
		buf_clear(&text);
		buf_printf(&text, "page %lld, record %lld: %.500s", (long long)run->counts.pages,
		           (long long)p->rejects[i].number, p->rejects[i].reason);
		status = harvest_run_report(run, SHEAF_HARVEST_EVENT_REJECT, buf_str(&text), err);
	}
	if (status == SHEAF_OK)
		status = harvest_run_report(run, SHEAF_HARVEST_EVENT_PAGE, NULL, err);
	buf_free(&text);
	return status;
}

/* ---- limits ---- */

/* How many documents of the page are still wanted. */
static size_t wanted(const harvest_run *run)
{
	int64_t left = run->options->max_records - run->counts.records;

	if (run->options->max_records <= 0 || left >= (int64_t)run->page.count)
		return run->page.count;
	return left > 0 ? (size_t)left : 0;
}

int harvest_run_is_over(const harvest_run *run)
{
	const sheaf_harvest_options *options = run->options;

	return (options->dry_run && run->counts.pages) ||
	       (options->max_pages > 0 && run->counts.pages >= options->max_pages) ||
	       (options->max_records > 0 && run->counts.records >= options->max_records);
}

/* ---- storing ---- */

/* What became of the documents of a page. */
typedef struct tally {
	int64_t outcomes[SHEAF_KEPT_OUT + 1]; /* by sheaf_change */
	int64_t kinds[SHEAF_CHANGE_KINDS];    /* of those that were added or updated */
} tally;

static void count_document(tally *t, sheaf_change change, const sheaf_document *doc)
{
	t->outcomes[change]++;
	if (change == SHEAF_ADDED)
		t->kinds[SHEAF_CHANGE_NEW]++;
	else if (change == SHEAF_UPDATED)
		t->kinds[doc->value[SHEAF_FIELD_CHANGE]]++;
}

static sheaf_status store_documents(harvest_run *run, size_t take, tally *t, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < take; i++) {
		sheaf_docid  docid;
		sheaf_change change = SHEAF_UNCHANGED;

		status = store_replace(run->db, run->page.docs[i], NULL, &docid, &change, err);
		if (status == SHEAF_OK)
			count_document(t, change, run->page.docs[i]);
	}
	return status;
}

static sheaf_status store_deleted(harvest_run *run, tally *t, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < run->page.deleted_count; i++) {
		const page_deleted *gone = &run->page.deleted[i];
		sheaf_change        change;

		status = store_withdraw(run->db, gone->id, gone->datestamp, &change, err);
		if (status != SHEAF_OK || change != SHEAF_UPDATED)
			continue;
		t->outcomes[SHEAF_UPDATED]++;
		t->kinds[SHEAF_CHANGE_WITHDRAWN]++;
	}
	return status;
}

/* What a transaction does beside storing documents. */
typedef struct settling {
	harvest_settle_fn fn; /* NULL: nothing */
	void             *ctx;
	int               put;
} settling;

static sheaf_status settle(harvest_run *run, settling *s, sheaf_error *err)
{
	sheaf_status status = s->fn ? s->fn(run, s->ctx, &s->put, err) : SHEAF_OK;

	if (status == SHEAF_OK && s->put && !run->aside)
		status = store_harvest_put(run->db, &run->key, &run->row, err);
	return status;
}

static sheaf_status store_all(harvest_run *run, size_t take, settling *s, tally *t,
                              sheaf_error *err)
{
	sheaf_status status = sheaf_database_begin_transaction(run->db, err);

	if (status != SHEAF_OK)
		return status;
	status = store_documents(run, take, t, err);
	if (status == SHEAF_OK && take == run->page.count)
		status = store_deleted(run, t, err);
	run->added = t->outcomes[SHEAF_ADDED];
	run->updated = t->outcomes[SHEAF_UPDATED];
	if (status == SHEAF_OK)
		status = settle(run, s, err);
	if (status == SHEAF_OK)
		status = sheaf_database_commit_transaction(run->db, err);
	if (status != SHEAF_OK)
		sheaf_database_cancel_transaction(run->db);
	return status;
}

static void count_page(harvest_run *run, size_t take, const tally *t)
{
	const page *p = &run->page;
	sheaf_time  high = harvest_date(run->row.high_water);

	run->counts.pages++;
	run->counts.records += (int64_t)take;
	if (take == p->count) {
		run->counts.records += (int64_t)p->reject_count + p->info.deleted;
		run->counts.rejected += (int64_t)p->reject_count;
	}
	run->counts.added += t->outcomes[SHEAF_ADDED];
	run->counts.updated += t->outcomes[SHEAF_UPDATED];
	run->counts.unchanged += t->outcomes[SHEAF_UNCHANGED];
	run->counts.kept_out += t->outcomes[SHEAF_KEPT_OUT];
	for (size_t i = 0; i < SHEAF_CHANGE_KINDS; i++)
		run->counts.changes[i] += t->kinds[i];
	if (high != SHEAF_TIME_NONE)
		time_format_date(high, run->high_water);
	run->counts.high_water = high != SHEAF_TIME_NONE ? run->high_water : NULL;
}

sheaf_status harvest_run_store(harvest_run *run, harvest_settle_fn fn, void *ctx, sheaf_error *err)
{
	tally        t = {0};
	size_t       take = wanted(run);
	settling     s = {take == run->page.count ? fn : NULL, ctx, take == run->page.count};
	sheaf_status status = SHEAF_OK;

	run->added = run->updated = 0;
	if (!run->options->dry_run)
		status = store_all(run, take, &s, &t, err);
	if (status != SHEAF_OK)
		return status;
	count_page(run, take, &t);
	return report_page(run, err);
}

sheaf_status harvest_run_store_row(harvest_run *run, sheaf_error *err)
{
	tally    t = {0};
	settling s = {NULL, NULL, 1};

	return run->options->dry_run ? SHEAF_OK : store_all(run, 0, &s, &t, err);
}

void harvest_run_begin_url(const harvest_run *run, buf *url)
{
	buf_clear(url);
	buf_puts(url, run->base_url);
	buf_putc(url, strchr(run->base_url, '?') ? '&' : '?');
}

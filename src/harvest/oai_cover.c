#include "oai_cover.h"

#include <string.h>

#include "alloc.h"
#include "coverage.h"
#include "error.h"

enum {
	/* How long before a list was begun the one before it may have been under way. */
	WATCHED_DAYS = 7
};

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

sheaf_status oai_cover_begin(harvest_run *run, const oai_list *list, sheaf_error *err)
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
sheaf_status oai_cover_passed(harvest_run *run, oai_list *list, sheaf_error *err)
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
sheaf_status oai_cover_page(harvest_run *run, oai_list *list, sheaf_time before, sheaf_error *err)
{
	sheaf_status status = oai_cover_passed(run, list, err);
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
sheaf_status oai_cover_list(harvest_run *run, const oai_list *list, sheaf_error *err)
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
sheaf_status oai_cover_moved(harvest_run *run, oai_list *list, sheaf_error *err)
{
	coverage_splits splits;
	sheaf_status    status = coverage_get_splits(run, &splits, err);

	for (size_t i = 0; i < run->page.count && splits.count && status == SHEAF_OK; i++)
		status = look_at_paper(run, list, run->page.docs[i], &splits, err);
	coverage_splits_free(&splits);
	return status;
}

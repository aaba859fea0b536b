#include "rss_loop.h"

#include <string.h>

#include "category.h"
#include "coverage.h"
#include "error.h"
#include "escape.h"
#include "fetch.h"
#include "hash.h"
#include "schedule.h"
#include "str.h"

/* A list of papers, whatever their order. */
typedef struct paper_set {
	int64_t  papers;
	uint64_t sum, mixed; /* of the papers' hashes, in two ways */
} paper_set;

typedef struct rss_list {
	int64_t            day;
	announcement_state state;
	int                whole; /* 1: as far as can be told, every paper of the day is there */
	int                known; /* 1: the day is stored as it is */
} rss_list;

/* An archive and its subject class, in the letters that arXiv writes them with. */
static void write_name(buf *out, const char *archive, size_t archive_len, const char *subject)
{
	const category_archive *known = category_archive_find(archive, archive_len);

	for (size_t i = 0; i < archive_len; i++)
		buf_putc(out, known ? known->name[i] : archive[i]);
	if (!*subject)
		return;
	buf_putc(out, '.');
	for (; *subject; subject++) {
		int lower = *subject >= 'a' && *subject <= 'z';

		buf_putc(out,
		         known && known->upper && lower ? (char)(*subject - 'a' + 'A') : *subject);
	}
}

int rss_feed_name(const char *set, buf *out)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.:";
	const char       *colon, *archive = set, *subject;
	size_t            before = out->len;

	if (!*set || strlen(set) > RSS_NAME_MAX || set[strspn(set, letters)])
		return 0;
	/* group:archive:SUBJECT; a group is no part of the name, and an archive may stand alone. */
	colon = strchr(set, ':');
	archive = colon ? colon + 1 : set;
	subject = strpbrk(archive, ":.");
	write_name(out, archive, subject ? (size_t)(subject - archive) : strlen(archive),
	           subject ? subject + 1 : "");
	return out->len > before;
}

/* ---- is it the list of another day? ---- */

static void add_paper(paper_set *set, const char *id, int version, int kind)
{
	uint64_t hash = hash_bytes(HASH_SEED, id, strlen(id));
	int      more[2] = {version, kind};

	hash = hash_bytes(hash, (const char *)more, sizeof more);
	set->papers++;
	set->sum += hash;
	set->mixed += hash * hash;
}

static int same_set(const paper_set *a, const paper_set *b)
{
	return a->papers == b->papers && a->sum == b->sum && a->mixed == b->mixed;
}

typedef struct stale_search {
	paper_set set, of_day;
	int64_t   own, day; /* the feed's; the one being looked at */
	int       found;
} stale_search;

static int on_earlier(void *ctx, const char *category, const char *id, int version,
                      const announcement *a)
{
	stale_search *s = ctx;

	(void)category;
	if (a->day != s->day) {
		s->found = s->found || same_set(&s->set, &s->of_day);
		s->of_day = (paper_set){0, 0, 0};
		s->day = a->day;
	}
	add_paper(&s->of_day, id, version, a->kind);
	return 0;
}

/* The papers of a page, a paper that comes twice once: as the ledger will hold them. */
static void page_set(const harvest_run *run, paper_set *set)
{
	const page *p = &run->page;

	*set = (paper_set){0, 0, 0};
	for (size_t i = 0; i < p->count; i++) {
		const sheaf_document *doc = p->docs[i];
		const char           *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
		int                   again = 0;

		for (size_t j = i + 1; j < p->count && !again && id; j++)
			again = str_eq(id, sheaf_document_get_text(p->docs[j], SHEAF_FIELD_ID));
		if (id && !again)
			add_paper(set, id, (int)sheaf_document_get_value(doc, SHEAF_FIELD_VERSION),
			          doc->announced.kind);
	}
}

enum { STALE_DAYS = 60 };

static sheaf_status is_stale(harvest_run *run, int64_t day, int *stale, sheaf_error *err)
{
	stale_search s = {.own = day, .day = INT64_MIN};
	sheaf_status status;

	page_set(run, &s.set);
	*stale = 0;
	if (!s.set.papers)
		return SHEAF_OK;
	status = store_announcement_each(run->db, buf_str(&run->selection), day - STALE_DAYS,
	                                 day - 1, on_earlier, &s, err);
	*stale = s.found || same_set(&s.set, &s.of_day);
	return status;
}

/* ---- what the feed is ---- */

typedef struct day_search {
	int64_t            day;
	int                found;
	announcement_state state;
} day_search;

static int on_known_day(void *ctx, const char *category, const announcement_day *day)
{
	day_search *s = ctx;

	(void)category;
	if (day->day == s->day) {
		s->found = 1;
		s->state = day->state;
	}
	return 0;
}

/* The feed's own day; today, where it tells none, or one that has not come. */
static int64_t feed_day(const harvest_run *run)
{
	const sheaf_clock *clock = run->options->clock;
	int64_t            today = schedule_day(clock->now(clock->ctx));
	int64_t            day = run->page.info.feed_day;

	return day == INT64_MIN || day > today + 1 ? today : day;
}

static sheaf_status judge(harvest_run *run, rss_list *list, sheaf_error *err)
{
	day_search   s = {.day = feed_day(run)};
	int          stale = 0;
	sheaf_status status = store_announcement_day_each(run->db, buf_str(&run->selection),
	                                                  on_known_day, &s, err);

	list->day = s.day;
	list->whole = !run->page.reject_count && run->page.count < RSS_ITEMS_MAX;
	if (status == SHEAF_OK)
		status = is_stale(run, list->day, &stale, err);
	list->state = stale             ? ANNOUNCEMENT_DAY_STALE
	              : run->page.count ? ANNOUNCEMENT_DAY_ANNOUNCED
	                                : ANNOUNCEMENT_DAY_EMPTY;
	/* What was announced stays so: an empty or old list that comes later takes nothing back. */
	list->known = s.found && list->state != ANNOUNCEMENT_DAY_ANNOUNCED &&
	              (s.state == ANNOUNCEMENT_DAY_ANNOUNCED ||
	               s.state == ANNOUNCEMENT_DAY_MADE_UP);
	return status;
}

/* ---- taking it ---- */

static sheaf_status announce_all(harvest_run *run, const rss_list *list, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < run->page.count && status == SHEAF_OK; i++) {
		const sheaf_document *doc = run->page.docs[i];
		const char           *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
		int          version = (int)sheaf_document_get_value(doc, SHEAF_FIELD_VERSION);
		announcement a = {doc->announced.kind, list->day};

		if (id)
			status = store_announce(run->db, buf_str(&run->selection), id, version, &a,
			                        err);
	}
	return status;
}

static sheaf_status keep_validators(harvest_run *run, sheaf_error *err)
{
	sheaf_status status = harvest_set_text(&run->row.etag, run->seen.etag, err);

	if (status == SHEAF_OK)
		status = harvest_set_text(&run->row.last_modified, run->seen.last_modified, err);
	return status;
}

/* Papers of an old list are not announced once more; those of a list are of its day. */
static void date_papers(harvest_run *run, const rss_list *list)
{
	for (size_t i = 0; i < run->page.count; i++) {
		announcement *a = &run->page.docs[i]->announced;

		if (list->state == ANNOUNCEMENT_DAY_STALE)
			*a = (announcement){ANNOUNCEMENT_NONE, INT64_MIN};
		else
			a->day = list->day;
	}
}

/* A harvest_settle_fn. */
static sheaf_status settle(harvest_run *run, void *ctx, int *put, sheaf_error *err)
{
	const rss_list    *list = ctx;
	const sheaf_clock *clock = run->options->clock;
	sheaf_time         now = clock->now(clock->ctx);
	announcement_day   day = {list->day, list->state, (int64_t)run->page.count, now};
	sheaf_status       status = SHEAF_OK;

	(void)put;
	run->row.complete = list->whole && list->state != ANNOUNCEMENT_DAY_STALE;
	run->row.pages = 1;
	run->row.records = run->page.info.records;
	if (list->state == ANNOUNCEMENT_DAY_ANNOUNCED)
		status = announce_all(run, list, err);
	if (status == SHEAF_OK && list->whole && !list->known && schedule_is_announced(list->day))
		status = store_announcement_day_put(run->db, buf_str(&run->selection), &day, err);
	if (status != SHEAF_OK || !run->row.complete)
		return status;
	run->row.finished = now;
	status = harvest_set_date(
		&run->row.high_water,
		harvest_later(coverage_time(list->day), harvest_date(run->row.high_water)), err);
	return status == SHEAF_OK ? keep_validators(run, err) : status;
}

static sheaf_status tell_doubts(harvest_run *run, const rss_list *list, sheaf_error *err)
{
	buf          note = BUF_INIT(512);
	char         day[TIME_TEXT_SIZE];
	sheaf_status status = SHEAF_OK;

	time_format_date(coverage_time(list->day), day);
	if (list->state == ANNOUNCEMENT_DAY_STALE)
		buf_printf(&note,
		           "the feed of %s has the papers of an earlier day under the date of %s; "
		           "try again later",
		           buf_str(&run->selection), day);
	else if (run->page.count >= RSS_ITEMS_MAX)
		buf_printf(
			&note,
			"the feed of %s is full, with %zu papers, and may lack some; harvest its "
			"categories one by one",
			buf_str(&run->selection), run->page.count);
	if (note.len)
		status = harvest_run_report(run, SHEAF_HARVEST_EVENT_NOTE, buf_str(&note), err);
	buf_free(&note);
	return status;
}

static sheaf_status take(harvest_run *run, sheaf_error *err)
{
	rss_list     list = {.day = INT64_MIN};
	sheaf_status status = judge(run, &list, err);

	date_papers(run, &list);
	if (status == SHEAF_OK)
		status = harvest_run_store(run, settle, &list, err);
	if (status != SHEAF_OK)
		return status;
	run->counts.stale = list.state == ANNOUNCEMENT_DAY_STALE;
	run->counts.incomplete = !list.whole;
	return tell_doubts(run, &list, err);
}

/* The list is the one that was read before. */
static sheaf_status nothing_new(harvest_run *run, sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;

	run->row.complete = 1;
	run->row.finished = clock->now(clock->ctx);
	return harvest_run_store_row(run, err);
}

static void copy_validator(char out[HTTP_VALUE_SIZE], const char *text)
{
	size_t len = text ? strlen(text) : 0;

	if (len >= HTTP_VALUE_SIZE)
		len = 0;
	if (len)
		memcpy(out, text, len);
	out[len] = 0;
}

static sheaf_status write_url(const harvest_run *run, buf *url, sheaf_error *err)
{
	size_t len = strlen(run->base_url);

	while (len && run->base_url[len - 1] == '/')
		len--;
	buf_append(url, run->base_url, len);
	buf_putc(url, '/');
	escape_query(url, buf_str(&run->selection));
	return buf_status(url, err);
}

sheaf_status rss_loop(harvest_run *run, sheaf_error *err)
{
	const source_info *info = &run->page.info;
	buf                url = BUF_INIT(4096);
	sheaf_status       status = write_url(run, &url, err);

	/* A list whose papers are not all stored is wanted again, whatever it is known by. */
	if (run->row.complete) {
		copy_validator(run->known.etag, run->row.etag);
		copy_validator(run->known.last_modified, run->row.last_modified);
	}
	if (status == SHEAF_OK)
		status = fetch_page(run, url.data, NULL, NULL, err);
	buf_free(&url);
	if (status != SHEAF_OK)
		return status;
	if (run->not_modified)
		return nothing_new(run, err);
	if (info->error_code[0])
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL, "%s answers: %s", run->address.host,
		                  info->error_text[0] ? info->error_text : info->error_code);
	return take(run, err);
}

/* Harvesting a query from the Atom API, end to end, from a server that the test makes misbehave. */
#include <stdlib.h>

#include "canned_harvest.h"

#include "api_loop.h"
#include "datetime.h"

/* Results 0 … total - 1, updated one an hour, the newest first. */
typedef struct api_site {
	int64_t        total;
	int64_t        ids;      /* different papers among them; 0: as many as results */
	int            shuffled; /* 1: each page begins with an old one, as if it were not sorted */
	int            silent_at; /* the request that is answered with a total of 0; 0: none */
	int            silent_to; /* and the last one that is */
	unsigned char *served;    /* marks each result that was sent; NULL: nobody looks */
	int     dateless; /* 1: it does not heed the dates of submission that it is asked for */
	int64_t hidden;   /* this result is not there; 0: all are */
	int     generous; /* 1: more results come than were asked for */
} api_site;

static int64_t argument(const char *target, const char *name)
{
	const char *at = strstr(target, name);

	return at ? strtoll(at + strlen(name), NULL, 10) : 0;
}

static void write_entry(const api_site *site, int64_t i, int old, buf *xml)
{
	int64_t number = site->total - i;
	char    updated[TIME_TEXT_SIZE];

	if (site->ids)
		number %= site->ids;
	time_format_iso(1767225600 + (old ? 0 : (site->total - i)) * 3600, updated);
	buf_printf(xml,
	           "<entry><id>http://arxiv.org/abs/2601.%05dv1</id><title>Paper %d</title>"
	           "<updated>%s</updated><published>%s</published><summary>About.</summary>"
	           "<author><name>A. Tester</name></author><category term=\"cs.NE\"/></entry>\n",
	           (int)number, (int)number, updated, updated);
}

/* "202601311200" at `text`. */
static sheaf_time read_minute(const char *text)
{
	char       iso[32];
	sheaf_time time;

	snprintf(iso, sizeof iso, "%.4s-%.2s-%.2sT%.2s:%.2s:00Z", text, text + 4, text + 6,
	         text + 8, text + 10);
	return time_parse(iso, strlen(iso), &time) ? time : 0;
}

/* Which results the request is about: those submitted in its range, where it names one. */
static void choose(const api_site *site, const char *target, int64_t *first, int64_t *end)
{
	static const char mark[] = "submittedDate%3A%5B", to[] = "%20TO%20";
	const char       *range = strstr(target, mark), *at;
	sheaf_time        from, until;

	*first = 0;
	*end = site->total;
	if (!range || site->dateless)
		return;
	range += sizeof mark - 1;
	at = strstr(range, to);
	from = read_minute(range);
	until = at ? read_minute(at + sizeof to - 1) : 0;
	while (*first < *end && 1767225600 + (site->total - *first) * 3600 > until)
		++*first;
	while (*end > *first && 1767225600 + (site->total - *end + 1) * 3600 < from)
		--*end;
}

static void serve(void *ctx, int number, const char *target, buf *out)
{
	const api_site *site = ctx;
	int64_t         start = argument(target, "start="), size = argument(target, "max_results=");
	int             silent = number >= site->silent_at && number <= site->silent_to;
	int64_t         first, end, total;
	buf             xml = BUF_INIT(0);

	choose(site, target, &first, &end);
	total = silent ? 0 : end - first;

	buf_printf(
		&xml,
		"<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" "
		"xmlns:o=\"http://a9.com/-/spec/opensearch/1.1/\"><id>https://arxiv.org/api/x</id>"
		"<title>t</title><o:totalResults>%d</o:totalResults>"
		"<o:startIndex>%d</o:startIndex><o:itemsPerPage>%d</o:itemsPerPage>\n",
		(int)total, (int)start, (int)size);
	if (site->generous)
		size *= 2;
	for (int64_t i = start; i < start + size && i < total; i++)
		if (!site->hidden || i != site->hidden) {
			write_entry(site, first + i, site->shuffled && i == start, &xml);
			if (site->served)
				site->served[first + i] = 1;
		}
	buf_puts(&xml, "</feed>");
	canned_ok(out, buf_str(&xml));
	buf_free(&xml);
}

static void begin(canned_harvest *h, canned_fn fn, void *ctx)
{
	canned_harvest_serve(h, fn, ctx);
	h->options.source = SHEAF_HARVEST_API;
	h->options.query = "cat:cs.NE AND all:\"in memory\"";
	h->options.page_size = 50;
}

static void test_pages_and_their_arguments(void **state)
{
	api_site        site = {.total = 120};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 120);
	assert_int_equal(canned_count(&h->server), 3);
	assert_int_equal(h->state.complete, 1);
	assert_string_equal(h->state.high_water, "2026-01-06");
	assert_true(canned_harvest_asked(
		h, 1,
		"/oai?search_query=cat%3Acs.NE%20AND%20all%3A%22in%20memory%22"
		"&sortBy=lastUpdatedDate&sortOrder=descending&start=0&max_results=50 HTTP"));
	assert_true(canned_harvest_asked(h, 3, "&start=100&max_results=50 HTTP"));
}

static void test_next_run_reads_what_is_new(void **state)
{
	api_site        site = {.total = 300};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_count(&h->server), 6);
	site.total = 310;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.added, 10);
	/* Two days are 48 results, so that the third page is the first to lie below them. */
	assert_int_equal(canned_count(&h->server), 6 + 3);
	assert_int_equal(canned_harvest_count(h), 310);
}

/*
 * The order has been broken before; then a page of old results does not mean that the rest is old.
 */
static void test_a_list_out_of_order_is_read_whole(void **state)
{
	api_site        site = {.total = 300};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	must(canned_harvest_run(h), &h->err);
	site.shuffled = 1;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_count(&h->server), 12);
}

/* A paper that was held back comes with an old date; there may be more where it is. */
static void test_released_late(void **state)
{
	api_site        site = {.total = 300, .hidden = 120};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 299);
	site.hidden = 0;
	h->options.page_size = 100;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 300);
	assert_true(canned_harvest_asked(h, canned_count(&h->server), "&start=200&"));
}

static void test_no_more_than_is_wanted(void **state)
{
	api_site        site = {.total = 300, .generous = 1};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	h->options.max_records = 30;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 30);
	assert_int_equal(h->result.records, 30);
	/* Of a page of which a part was stored nothing is remembered. */
	assert_int_equal(h->states, 0);
}

static void test_continues_after_its_head(void **state)
{
	api_site        site = {.total = 300};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	h->options.max_pages = 3;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 150);
	assert_int_equal(h->state.complete, 0);
	site.total = 320;
	h->options.max_pages = 0;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 320);
	assert_int_equal(h->state.complete, 1);
	assert_true(canned_harvest_asked(h, 4, "&start=0&"));
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.added, 0);
}

enum { MANY = 21000 };

static int64_t not_served(const api_site *site)
{
	int64_t count = 0;

	for (int64_t i = 0; i < site->total; i++)
		count += !site->served[i];
	return count;
}

/* What the API does not give of one list is asked for by the date of submission. */
static void test_more_than_the_api_gives(void **state)
{
	static unsigned char served[MANY];
	api_site             site = {.total = MANY, .ids = 300, .served = served};
	canned_harvest      *h = *state;
	int                  requests;

	memset(served, 0, sizeof served);
	begin(h, serve, &site);
	h->options.page_size = API_PAGE_MAX;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(not_served(&site), 0);
	assert_int_equal(h->state.complete, 1);
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_NOTE], 1);
	assert_true(canned_harvest_asked(h, 6,
	                                 "search_query=%28cat%3Acs.NE%20AND%20all%3A%22in"
	                                 "%20memory%22%29%20AND%20submittedDate%3A%5B"));
	assert_true(canned_count(&h->server) < 30);
	/* The next run only asks for what is new. */
	requests = canned_count(&h->server);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_count(&h->server) <= requests + 2);
}

static void test_slices_are_continued(void **state)
{
	static unsigned char served[MANY];
	api_site             site = {.total = MANY, .ids = 300, .served = served};
	canned_harvest      *h = *state;
	int                  runs = 0;

	memset(served, 0, sizeof served);
	begin(h, serve, &site);
	h->options.page_size = API_PAGE_MAX;
	h->options.max_pages = 6;
	do
		must(canned_harvest_run(h), &h->err);
	while (!h->state.complete && ++runs < 20);
	assert_in_range(runs, 1, 5);
	assert_int_equal(not_served(&site), 0);
}

/* A server that does not heed the dates has us narrow down to a minute, and no further. */
static void test_never_past_what_the_api_gives(void **state)
{
	api_site        site = {.total = 25000, .ids = 300, .dateless = 1};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	h->options.page_size = API_PAGE_MAX;
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_non_null(strstr(h->err.message, "within a minute"));
	assert_true(canned_count(&h->server) < API_RESULTS_MAX / API_PAGE_MAX + 30);
	/* What could be had is there, and nothing says that it is all. */
	assert_int_equal(canned_harvest_count(h), 300);
	assert_int_equal(h->state.complete, 0);
}

typedef struct covered {
	int            count;
	coverage_range range;
} covered;

static int on_range(void *ctx, const harvest_key *key, const coverage_range *range)
{
	covered *c = ctx;

	assert_string_equal(key->source, "api");
	c->count++;
	c->range = *range;
	return 0;
}

/* Days are covered where a list came to its end, or down to the date that was asked for. */
static void test_days_that_are_covered(void **state)
{
	const int64_t   head = 20454; /* 2026-01-01 */
	api_site        site = {.total = 300};
	canned_harvest *h = *state;
	covered         c = {0};

	begin(h, serve, &site);
	h->options.max_pages = 2;
	must(canned_harvest_run(h), &h->err);
	must(store_coverage_each(h->db, NULL, on_range, &c, &h->err), &h->err);
	assert_int_equal(c.count, 0);
	h->options.max_pages = 0;
	h->options.from = "2026-01-11";
	must(canned_harvest_run(h), &h->err);
	must(store_coverage_each(h->db, NULL, on_range, &c, &h->err), &h->err);
	assert_int_equal(c.count, 1);
	assert_int_equal(c.range.first, head + 10);
	assert_int_equal(c.range.last, head + 300 / 24);
	h->options.from = NULL;
	site.total = 340;
	must(canned_harvest_run(h), &h->err);
	c.count = 0;
	must(store_coverage_each(h->db, NULL, on_range, &c, &h->err), &h->err);
	assert_int_equal(c.count, 1);
	assert_true(c.range.first == INT64_MIN);
	assert_int_equal(c.range.last, head + 340 / 24);
}

static void test_silence_in_the_middle(void **state)
{
	api_site        site = {.total = 120, .silent_at = 2, .silent_to = 4};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 120);
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_WAIT], 3);
}

static void test_silence_where_there_was_something(void **state)
{
	api_site        site = {.total = 20};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	must(canned_harvest_run(h), &h->err);
	site.silent_at = 1;
	site.silent_to = 1000;
	h->options.max_retries = 2;
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_int_equal(canned_count(&h->server), 1 + 3);
	assert_int_equal(h->state.complete, 1);
}

static void test_nothing_at_all(void **state)
{
	api_site        site = {.total = 0};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_count(&h->server), 2);
	assert_int_equal(h->state.complete, 1);
	h->options.max_retries = -1;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_count(&h->server), 3);
}

static void test_down_to_a_date(void **state)
{
	api_site        site = {.total = 300};
	canned_harvest *h = *state;

	begin(h, serve, &site);
	h->options.from = "2026-01-11";
	must(canned_harvest_run(h), &h->err);
	/* 61 results are newer; the second page reaches below, and the third lies below. */
	assert_int_equal(canned_harvest_count(h), 150);
	assert_int_equal(h->state.complete, 1);
}

static void refuse(void *ctx, int number, const char *target, buf *out)
{
	const char *body =
		"<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>"
		"<id>https://arxiv.org/api/errors#bad</id><title>Error</title>"
		"<summary>bad\x1b[31m &#27;query</summary></entry></feed>";

	(void)number, (void)target, (void)ctx;
	buf_printf(out, "HTTP/1.1 400 Bad Request\r\nContent-Length: %zu\r\n\r\n%s", strlen(body),
	           body);
}

static void test_refusal_in_its_own_words(void **state)
{
	canned_harvest *h = *state;

	begin(h, refuse, NULL);
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_int_equal(canned_count(&h->server), 1);
	assert_non_null(strstr(h->err.message, "query"));
	assert_null(strchr(h->err.message, 0x1b));
}

#define API_TEST(name) \
	cmocka_unit_test_setup_teardown(name, canned_harvest_setup, canned_harvest_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		API_TEST(test_pages_and_their_arguments),
		API_TEST(test_next_run_reads_what_is_new),
		API_TEST(test_a_list_out_of_order_is_read_whole),
		API_TEST(test_released_late),
		API_TEST(test_no_more_than_is_wanted),
		API_TEST(test_continues_after_its_head),
		API_TEST(test_more_than_the_api_gives),
		API_TEST(test_slices_are_continued),
		API_TEST(test_never_past_what_the_api_gives),
		API_TEST(test_days_that_are_covered),
		API_TEST(test_silence_in_the_middle),
		API_TEST(test_silence_where_there_was_something),
		API_TEST(test_nothing_at_all),
		API_TEST(test_down_to_a_date),
		API_TEST(test_refusal_in_its_own_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

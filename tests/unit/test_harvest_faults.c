/* What goes wrong on the way, and what becomes of a harvest then. */
#include <stdlib.h>

#include "canned_harvest.h"

#include "file.h"

static const char good_page[] =
	"<?xml version=\"1.0\"?><OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">"
	"<responseDate>2026-11-22T12:00:00Z</responseDate><ListRecords><record><header>"
	"<identifier>oai:arXiv.org:2001.00001</identifier>"
	"<datestamp>2020-03-01</datestamp></header>"
	"<metadata><arXivRaw xmlns=\"http://arxiv.org/OAI/arXivRaw/\"><id>2001.00001</id>"
	"<version version=\"v1\"><date>Mon, 2 Mar 2020 10:00:00 GMT</date></version>"
	"<title>One</title><authors>A. Tester</authors><categories>cs.NE</categories>"
	"<abstract>First.</abstract></arXivRaw></metadata></record></ListRecords></OAI-PMH>";

static const char empty_page[] =
	"<?xml version=\"1.0\"?><OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">"
	"<responseDate>2026-11-22T12:00:00Z</responseDate><ListRecords></ListRecords></OAI-PMH>";

/* Answers of which one is given after the other, the last for ever. */
typedef struct script {
	struct {
		const char *status;  /* NULL: 200 with `body` */
		const char *headers; /* with a status */
		const char *body;
		int         cut; /* bytes of the answer that are sent; 0: all */
	} steps[6];
	int count;
} script;

static void play(void *ctx, int number, const char *target, buf *out)
{
	const script *s = ctx;
	int           i = number <= s->count ? number - 1 : s->count - 1;

	(void)target;
	if (s->steps[i].status)
		canned_status(out, s->steps[i].status, s->steps[i].headers);
	else
		canned_ok(out, s->steps[i].body);
	if (s->steps[i].cut)
		buf_truncate(out, (size_t)s->steps[i].cut);
}

/* The last answer is good, and the harvest gets it after waiting for `least_ms` or more. */
static void recovers(canned_harvest *h, script *s, int64_t least_ms)
{
	s->steps[s->count++].body = good_page;
	canned_harvest_serve(h, play, s);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 1);
	assert_int_equal(h->state.complete, 1);
	assert_int_equal(canned_count(&h->server), s->count);
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_WAIT], s->count - 1);
	assert_true(h->clock.slept_ms >= least_ms);
}

static void test_busy(void **state)
{
	script s = {{{"503 Busy", "Retry-After: 7\r\n", NULL, 0}}, 1};

	recovers(*state, &s, 7000);
}

static void test_busy_without_a_time(void **state)
{
	script s = {{{"503 Busy", "Retry-After: 0\r\n", NULL, 0}, {"429 Slower", NULL, NULL, 0}},
	            2};

	recovers(*state, &s, 1000 + 2000);
}

static void test_busy_until_a_date(void **state)
{
	script s = {{{"429 Slower", "Retry-After: Sun, 22 Nov 2026 12:00:31 GMT\r\n", NULL, 0}}, 1};

	recovers(*state, &s, 31000);
}

static void test_server_error(void **state)
{
	script s = {{{"500 Oops", NULL, NULL, 0}, {"502 Oops", NULL, NULL, 0}}, 2};

	recovers(*state, &s, 500 + 1000);
}

/* Each kind of failure has its own minimum, and counts for itself. */
static void test_failures_are_counted_by_kind(void **state)
{
	script          s = {{{"500 Oops", NULL, NULL, 0}, {"503 Busy", NULL, NULL, 0}}, 2};
	canned_harvest *h = *state;

	recovers(h, &s, 0);
	assert_in_range(h->clock.slept_ms, 500 + 1000, (500 + 1000) * 5 / 4);
}

static void test_cut(void **state)
{
	script s = {{{NULL, NULL, good_page, 400}}, 1};

	recovers(*state, &s, 500);
}

static void serve_login(void *ctx, int number, const char *target, buf *out)
{
	static const char body[] = "<!DOCTYPE html><html><body>Log in first</body></html>";

	(void)ctx, (void)number, (void)target;
	buf_printf(out,
	           "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
	           "Content-Length: %zu\r\n\r\n%s",
	           strlen(body), body);
}

/* Somebody in between answers in arXiv's place; that is said, and nothing is stored. */
static void test_login_page(void **state)
{
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_login, NULL);
	h->options.max_retries = 1;
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_int_equal(canned_count(&h->server), 2);
	assert_non_null(strstr(h->err.message, "a web page (text/html; charset=utf-8)"));
	assert_int_equal(canned_harvest_count(h), 0);
}

static void serve_unasked_304(void *ctx, int number, const char *target, buf *out)
{
	(void)ctx, (void)number, (void)target;
	canned_status(out, "304 Not Modified", NULL);
}

/* Nothing was asked that could be answered so. */
static void test_unasked_not_modified(void **state)
{
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_unasked_304, NULL);
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_NETWORK);
	assert_non_null(strstr(h->err.message, "HTTP 304"));
}

static void test_web_page(void **state)
{
	script s = {{{NULL, NULL, "<!DOCTYPE html><html><body>Down for a while</body></html>", 0}},
	            1};

	recovers(*state, &s, 500);
}

static void test_rate_exceeded_with_a_good_status(void **state)
{
	script s = {{{NULL, NULL, "Rate exceeded.", 0}}, 1};

	recovers(*state, &s, 1000);
}

static void test_malformed(void **state)
{
	script s = {{{NULL, NULL,
	              "<?xml version=\"1.0\"?><OAI-PMH><ListRecords><record></ListRecords>", 0}},
	            1};

	recovers(*state, &s, 500);
}

static void test_empty(void **state)
{
	script s = {{{NULL, NULL, "", 0}, {NULL, NULL, empty_page, 0}}, 2};

	recovers(*state, &s, 500 + 1000);
}

/* ---- giving up ---- */

static void gives_up(canned_harvest *h, script *s, sheaf_status status, int requests)
{
	canned_harvest_serve(h, play, s);
	assert_int_equal(canned_harvest_run(h), status);
	assert_int_equal(canned_count(&h->server), requests);
	assert_int_equal(canned_harvest_count(h), 0);
	assert_int_equal(h->states, 0);
	assert_true(h->err.message[0]);
}

static void test_too_many_errors(void **state)
{
	script          s = {{{"500 Oops", NULL, NULL, 0}}, 1};
	canned_harvest *h = *state;

	h->options.max_retries = 2;
	gives_up(h, &s, SHEAF_ERROR_NETWORK, 3);
	assert_non_null(strstr(h->err.message, "500"));
	assert_non_null(strstr(h->err.message, "3 times"));
}

static void test_always_malformed(void **state)
{
	script          s = {{{NULL, NULL, "<a><b></a>", 0}}, 1};
	canned_harvest *h = *state;

	h->options.max_retries = -1;
	gives_up(h, &s, SHEAF_ERROR_PROTOCOL, 1);
}

static void test_not_found_is_not_tried_again(void **state)
{
	script s = {{{"404 Nothing here", NULL, NULL, 0}}, 1};

	gives_up(*state, &s, SHEAF_ERROR_NETWORK, 1);
}

static void test_redirect_elsewhere(void **state)
{
	script          s = {{{"301 Moved", "Location: http://127.0.0.2/oai\r\n", NULL, 0}}, 1};
	canned_harvest *h = *state;

	gives_up(h, &s, SHEAF_ERROR_NETWORK, 1);
	assert_non_null(strstr(h->err.message, "https"));
}

static void test_redirect_to_arxiv(void **state)
{
	script s = {{{"302 Moved", "Location: https://export.arxiv.org/oai2\r\n", NULL, 0}}, 1};
	canned_harvest *h = *state;

	gives_up(h, &s, SHEAF_ERROR_NETWORK, 1);
	assert_non_null(strstr(h->err.message, "arXiv"));
}

static void test_redirect_in_a_circle(void **state)
{
	script s = {{{"302 Moved", "Location: /oai\r\n", NULL, 0}}, 1};

	gives_up(*state, &s, SHEAF_ERROR_NETWORK, 6);
}

static void test_redirect_is_followed(void **state)
{
	script          s = {{{"302 Moved", "Location: /other/oai?verb=x\r\n", NULL, 0},
	                      {NULL, NULL, good_page, 0}},
	                     2};
	canned_harvest *h = *state;

	canned_harvest_serve(h, play, &s);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 2, "GET /other/oai?verb=x HTTP"));
	assert_int_equal(canned_harvest_count(h), 1);
}

/* ---- cooling down ---- */

static void test_long_pause_is_left_to_the_next_run(void **state)
{
	script s = {{{"503 Busy", "Retry-After: 7200\r\n", NULL, 0}, {NULL, NULL, good_page, 0}},
	            2};
	canned_harvest *h = *state;

	gives_up(h, &s, SHEAF_ERROR_COOLING_DOWN, 1);
	assert_int_equal(h->err.offset, 7200);
	assert_int_equal(h->clock.slept_ms, 0);
	h->clock.slept_ms += 100 * 1000;
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_COOLING_DOWN);
	assert_int_equal(h->err.offset, 7100);
	assert_int_equal(canned_count(&h->server), 1);
	h->clock.slept_ms += 7100 * 1000;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 1);
}

static void test_interrupted_pause_is_remembered(void **state)
{
	script s = {{{"429 Slower", "Retry-After: 60\r\n", NULL, 0}, {NULL, NULL, good_page, 0}},
	            2};
	canned_harvest *h = *state;

	h->clock.interrupt_after = 1;
	gives_up(h, &s, SHEAF_ERROR_INTERRUPTED, 1);
	h->clock.slept_ms = 0;
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_COOLING_DOWN);
	assert_int_equal(canned_count(&h->server), 1);
}

static void test_another_harvest_is_running(void **state)
{
	script          s = {{{NULL, NULL, good_page, 0}}, 1};
	canned_harvest *h = *state;
	file_lock       lock = FILE_LOCK_INIT;
	char            path[256];

	canned_harvest_serve(h, play, &s);
	snprintf(path, sizeof path, "%s/127.0.0.1_%d.lock", h->state_dir, h->server.port);
	must(file_make_folders(h->state_dir, &h->err), &h->err);
	must(file_lock_take(&lock, path, 0, NULL, &h->err), &h->err);
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_DATABASE_LOCKED);
	file_lock_release(&lock);
	must(canned_harvest_run(h), &h->err);
}

/* ---- options ---- */

static void test_options_that_cannot_be(void **state)
{
	canned_harvest       *h = *state;
	sheaf_harvest_options base = {.state_dir = "nowhere", .clock = &h->clock.clock}, o;

#define REFUSED(...)                                                                           \
	do {                                                                                   \
		o = base;                                                                      \
		__VA_ARGS__;                                                                   \
		assert_int_equal(sheaf_harvest(h->db, &o, NULL, NULL),                         \
		                 SHEAF_ERROR_INVALID_ARGUMENT);                                \
		assert_int_equal(sheaf_harvest_check(&o, NULL), SHEAF_ERROR_INVALID_ARGUMENT); \
	} while (0)
	REFUSED(o.clock = NULL);
	REFUSED(o.state_dir = NULL);
	REFUSED(o.source = (sheaf_harvest_source)9);
	REFUSED(o.from = "2026-13-01");
	REFUSED(o.from = "2026");
	REFUSED(o.from = "2026-01-01T00:00:00Z");
	REFUSED(o.from = "2026-01-02", o.until = "2026-01-01");
	REFUSED(o.query = "all:memristor");
	REFUSED(o.metadata_prefix = "oai_dc");
	REFUSED(o.set = "cs NE");
	REFUSED(o.base_url = "ftp://127.0.0.1/");
	REFUSED(o.base_url = "http://127.0.0.1/#x");
	REFUSED(o.delay_ms = 2999);
	REFUSED(o.source = SHEAF_HARVEST_API);
	REFUSED(o.source = SHEAF_HARVEST_API, o.query = "  ");
	REFUSED(o.source = SHEAF_HARVEST_API, o.query = "a", o.set = "cs");
	REFUSED(o.source = SHEAF_HARVEST_API, o.query = "a", o.until = "2026-01-01");
	REFUSED(o.source = SHEAF_HARVEST_API, o.query = "a", o.delay_ms = -1);
#undef REFUSED
	assert_int_equal(sheaf_harvest_check(NULL, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_harvest_check(&base, NULL), SHEAF_OK);
	o = base;
	o.delay_ms = -1;
	o.base_url = "http://127.0.0.1/oai";
	assert_int_equal(sheaf_harvest_check(&o, NULL), SHEAF_OK);
	assert_int_equal(access("nowhere", F_OK), -1);
}

#define FAULT_TEST(name) \
	cmocka_unit_test_setup_teardown(name, canned_harvest_setup, canned_harvest_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FAULT_TEST(test_busy),
		FAULT_TEST(test_busy_without_a_time),
		FAULT_TEST(test_busy_until_a_date),
		FAULT_TEST(test_server_error),
		FAULT_TEST(test_failures_are_counted_by_kind),
		FAULT_TEST(test_cut),
		FAULT_TEST(test_web_page),
		FAULT_TEST(test_login_page),
		FAULT_TEST(test_unasked_not_modified),
		FAULT_TEST(test_rate_exceeded_with_a_good_status),
		FAULT_TEST(test_malformed),
		FAULT_TEST(test_empty),
		FAULT_TEST(test_too_many_errors),
		FAULT_TEST(test_always_malformed),
		FAULT_TEST(test_not_found_is_not_tried_again),
		FAULT_TEST(test_redirect_elsewhere),
		FAULT_TEST(test_redirect_to_arxiv),
		FAULT_TEST(test_redirect_in_a_circle),
		FAULT_TEST(test_redirect_is_followed),
		FAULT_TEST(test_long_pause_is_left_to_the_next_run),
		FAULT_TEST(test_interrupted_pause_is_remembered),
		FAULT_TEST(test_another_harvest_is_running),
		FAULT_TEST(test_options_that_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* One harvest of a host at a time, pauses between requests, cool-downs that outlive the process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "file.h"
#include "pace.h"
#include "retry.h"
#include "still_clock.h"

static char folder[128];

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "pace-test-%ld", (long)getpid());
	return 0;
}

static void forget(const char *name)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s.lock", folder, name);
	unlink(path);
	snprintf(path, sizeof path, "%s/%s.pace", folder, name);
	unlink(path);
	rmdir(folder);
}

static sheaf_status open_url(pace *p, const char *url, int64_t delay_ms, still_clock *c,
                             sheaf_error *err)
{
	http_address address;

	*p = (pace)PACE_INIT;
	assert_int_equal(http_address_parse(url, &address, NULL), SHEAF_OK);
	return pace_open(p, folder, &address, delay_ms, &c->clock, err);
}

static void test_arxiv_hosts(void **state)
{
	(void)state;
	assert_true(pace_is_arxiv("arxiv.org"));
	assert_true(pace_is_arxiv("export.arxiv.org"));
	assert_true(pace_is_arxiv("OAIPMH.ARXIV.ORG"));
	assert_false(pace_is_arxiv("notarxiv.org"));
	assert_false(pace_is_arxiv("arxiv.org.example.com"));
	assert_false(pace_is_arxiv("org"));
}

static void test_arxiv_is_never_hurried(void **state)
{
	static const int64_t refused[] = {-1, 1, 2999};
	still_clock          c;
	pace                 p;

	(void)state;
	still_clock_init(&c);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_int_equal(
			open_url(&p, "https://export.arxiv.org/oai2", refused[i], &c, NULL),
			SHEAF_ERROR_INVALID_ARGUMENT);
		pace_close(&p);
	}
	assert_int_equal(open_url(&p, "https://export.arxiv.org/oai2", 0, &c, NULL), SHEAF_OK);
	assert_int_equal(p.delay_ms, 3000);
	pace_close(&p);
	forget("arxiv.org");
}

static void test_delay_between_requests(void **state)
{
	still_clock c;
	pace        p;

	(void)state;
	still_clock_init(&c);
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/oai", 1500, &c, NULL), SHEAF_OK);
	assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(c.slept_ms, 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(c.slept_ms, 4500);
	pace_close(&p);
	/* The next process keeps the distance too. */
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/oai", 1500, &c, NULL), SHEAF_OK);
	c.slept_ms = 4000;
	assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_true(c.slept_ms >= 4500 + 1500);
	pace_close(&p);
	/* Long after, nobody waits. */
	c.start += 100;
	c.slept_ms = 0;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/oai", 1500, &c, NULL), SHEAF_OK);
	assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(c.slept_ms, 0);
	pace_close(&p);
	forget("127.0.0.1_9");
}

static void test_no_delay(void **state)
{
	still_clock c;
	pace        p;

	(void)state;
	still_clock_init(&c);
	assert_int_equal(open_url(&p, "http://localhost:9/", -1, &c, NULL), SHEAF_OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(c.slept_ms, 0);
	pace_close(&p);
	forget("localhost_9");
}

static void test_interrupted_wait(void **state)
{
	still_clock c;
	pace        p;

	(void)state;
	still_clock_init(&c);
	c.interrupt_after = 1;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", 10, &c, NULL), SHEAF_OK);
	assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(pace_request(&p, NULL), SHEAF_ERROR_INTERRUPTED);
	pace_close(&p);
	forget("127.0.0.1_9");
}

static void test_one_harvest_a_host(void **state)
{
	sheaf_error err;
	still_clock c;
	pace        a, b, other;

	(void)state;
	still_clock_init(&c);
	assert_int_equal(open_url(&a, "https://oaipmh.arxiv.org/oai", 0, &c, NULL), SHEAF_OK);
	/* All of arXiv's hosts share one allowance. */
	assert_int_equal(open_url(&b, "https://export.arxiv.org/api/query", 0, &c, &err),
	                 SHEAF_ERROR_DATABASE_LOCKED);
	assert_non_null(strstr(err.message, "export.arxiv.org"));
	assert_int_equal(open_url(&other, "https://mirror.example.org/oai", 0, &c, NULL), SHEAF_OK);
	pace_close(&b);
	pace_close(&other);
	pace_close(&a);
	assert_int_equal(open_url(&b, "https://export.arxiv.org/api/query", 0, &c, NULL), SHEAF_OK);
	pace_close(&b);
	forget("mirror.example.org");
	forget("arxiv.org");
}

static void test_cool_down_outlives_the_process(void **state)
{
	sheaf_error err;
	still_clock c;
	pace        p;

	(void)state;
	still_clock_init(&c);
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", -1, &c, NULL), SHEAF_OK);
	assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(pace_cool_down(&p, 90500, NULL), SHEAF_OK);
	pace_close(&p);
	c.slept_ms = 30000;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", -1, &c, &err),
	                 SHEAF_ERROR_COOLING_DOWN);
	assert_int_equal(err.offset, 61);
	pace_close(&p);
	c.slept_ms = 91000;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", -1, &c, NULL), SHEAF_OK);
	assert_int_equal(p.refusals, 1); /* the next refusal in a row is the second */
	pace_answered(&p);
	pace_close(&p);
	c.slept_ms = (int64_t)RETRY_PATIENCE_S * 4000;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", -1, &c, NULL), SHEAF_OK);
	assert_int_equal(p.refusals, 0);
	pace_close(&p);
	forget("127.0.0.1_9");
}

/* The pause lasts as long as it was to, not until a time that is now far off, nor for ever. */
static void test_clock_set_back(void **state)
{
	sheaf_error err;
	still_clock c;
	pace        p;

	(void)state;
	still_clock_init(&c);
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", -1, &c, NULL), SHEAF_OK);
	assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(pace_cool_down(&p, 600000, NULL), SHEAF_OK);
	pace_close(&p);
	c.start -= 5 * 3600;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", -1, &c, &err),
	                 SHEAF_ERROR_COOLING_DOWN);
	assert_int_equal(err.offset, 600);
	pace_close(&p);
	c.slept_ms += 200000;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", -1, &c, &err),
	                 SHEAF_ERROR_COOLING_DOWN);
	assert_int_equal(err.offset, 400);
	pace_close(&p);
	c.slept_ms += 401000;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", 1500, &c, NULL), SHEAF_OK);
	pace_close(&p);
	/* Far forward: nothing is waited for that lies behind. */
	c.start += 365 * 24 * 3600;
	c.slept_ms = 0;
	assert_int_equal(open_url(&p, "http://127.0.0.1:9/", 1500, &c, NULL), SHEAF_OK);
	assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
	assert_int_equal(c.slept_ms, 0);
	pace_close(&p);
	forget("127.0.0.1_9");
}

typedef struct told {
	int            count;
	char           hosts[8][64];
	sheaf_cooldown last;
} told;

static int hear(void *ctx, const sheaf_cooldown *cooldown)
{
	told *t = ctx;

	assert_true(t->count < 8);
	snprintf(t->hosts[t->count++], sizeof t->hosts[0], "%s", cooldown->host);
	t->last = *cooldown;
	return 0;
}

static void test_cool_downs_are_told(void **state)
{
	static const char *const urls[] = {"https://export.arxiv.org/oai2", "http://127.0.0.1:9/",
	                                   "https://mirror.example.org/oai"};
	still_clock              c;
	sheaf_error              err;
	told                     t = {0};
	pace                     p;

	(void)state;
	still_clock_init(&c);
	assert_int_equal(sheaf_cooldown_each("there-is-none", 0, hear, &t, &err), SHEAF_OK);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(open_url(&p, urls[i], 0, &c, NULL), SHEAF_OK);
		assert_int_equal(pace_cool_down(&p, (int64_t)(i + 1) * 100000, NULL), SHEAF_OK);
		pace_close(&p);
	}
	assert_int_equal(sheaf_cooldown_each(folder, c.start + 150, hear, &t, &err), SHEAF_OK);
	assert_int_equal(t.count, 2);
	assert_string_equal(t.hosts[0], "127.0.0.1:9");
	assert_string_equal(t.hosts[1], "mirror.example.org");
	assert_int_equal(t.last.until, c.start + 300);
	assert_int_equal(sheaf_cooldown_each(folder, c.start, hear, &t, &err), SHEAF_OK);
	assert_int_equal(t.count, 2 + 3);
	assert_int_equal(sheaf_cooldown_each(folder, c.start + 300, hear, &t, &err), SHEAF_OK);
	assert_int_equal(t.count, 5);
	forget("127.0.0.1_9");
	forget("mirror.example.org");
	forget("arxiv.org");
}

/* Whatever is in the file, it only means that less is remembered. */
static void test_torn_state(void **state)
{
	static const char *const texts[] = {
		"",
		"last",
		"last \n",
		"last x\ncool_until -3\n",
		"cool_until 99999999999999999999\n",
		"last 99999999999\nrefusals 123456789\n",
		"\n\n\n",
		"cool_until 4102444800\n",
	};
	char path[256];

	(void)state;
	assert_int_equal(file_make_folders(folder, NULL), SHEAF_OK);
	snprintf(path, sizeof path, "%s/127.0.0.1_9.pace", folder);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		still_clock c;
		pace        p;

		still_clock_init(&c);
		assert_int_equal(file_write_atomic(path, texts[i], strlen(texts[i]), NULL),
		                 SHEAF_OK);
		assert_int_equal(open_url(&p, "http://127.0.0.1:9/", 1000, &c, NULL), SHEAF_OK);
		assert_int_equal(pace_request(&p, NULL), SHEAF_OK);
		assert_true(c.slept_ms <= 2000);
		pace_close(&p);
	}
	forget("127.0.0.1_9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arxiv_hosts),
		cmocka_unit_test(test_arxiv_is_never_hurried),
		cmocka_unit_test(test_delay_between_requests),
		cmocka_unit_test(test_no_delay),
		cmocka_unit_test(test_interrupted_wait),
		cmocka_unit_test(test_one_harvest_a_host),
		cmocka_unit_test(test_cool_down_outlives_the_process),
		cmocka_unit_test(test_torn_state),
		cmocka_unit_test(test_clock_set_back),
		cmocka_unit_test(test_cool_downs_are_told),
	};

	return cmocka_run_group_tests(tests, make_folder, NULL);
}

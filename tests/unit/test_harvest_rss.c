/* Harvesting announcement feeds: what was announced, what was empty, old or missed. */
#include <stdlib.h>

#include "canned_harvest.h"
#include "rss_loop.h"
#include "store.h"

typedef struct feed {
	const char *date;   /* of the channel */
	const char *papers; /* ids with versions, blank-separated */
	const char *etag;   /* NULL: none */
	int         fails;
	const char *oai; /* ids that OAI-PMH has; NULL: nobody is to ask */
	char        asked_oai[256];
} feed;

static void write_items(const char *papers, buf *xml)
{
	char id[32];
	int  n;

	for (; sscanf(papers, " %31s%n", id, &n) == 1; papers += n)
		buf_printf(
			xml,
			"<item><title>Paper</title><link>https://arxiv.org/abs/%.10s</link>"
			"<description>arXiv:%s Announce Type: new \nAbstract: About.</description>"
			"<guid isPermaLink=\"false\">oai:arXiv.org:%s</guid>"
			"<category>cs.NE</category><arxiv:announce_type>new</arxiv:announce_type>"
			"<dc:creator>A. Tester</dc:creator></item>\n",
			id, id, id);
}

static void write_feed(const feed *f, buf *xml)
{
	buf_printf(xml,
	           "<?xml version='1.0' encoding='UTF-8'?>\n<rss "
	           "xmlns:arxiv=\"http://arxiv.org/schemas/atom\" "
	           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" version=\"2.0\"><channel>"
	           "<title>cs.NE updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.NE"
	           "</link><description>cs.NE updates</description><pubDate>%s</pubDate>",
	           f->date);
	write_items(f->papers, xml);
	buf_puts(xml, "</channel></rss>");
}

static void write_oai(const feed *f, buf *xml)
{
	char id[32];
	int  n;

	buf_puts(xml, "<?xml version=\"1.0\"?>\n<OAI-PMH "
	              "xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>"
	              "2026-11-18T12:00:00Z</responseDate><ListRecords>");
	for (const char *at = f->oai; sscanf(at, " %31s%n", id, &n) == 1; at += n)
		buf_printf(
			xml,
			"<record><header><identifier>oai:arXiv.org:%s</identifier><datestamp>"
			"2026-11-17</datestamp></header><metadata><arXivRaw "
			"xmlns=\"http://arxiv.org/OAI/arXivRaw/\"><id>%s</id><version "
			"version=\"v1\"><date>Mon, 16 Nov 2026 10:00:00 GMT</date></version>"
			"<title>T</title><authors>A. Tester</authors><categories>cs.NE"
			"</categories><abstract>About.</abstract></arXivRaw></metadata></record>",
			id, id);
	buf_puts(xml, "</ListRecords></OAI-PMH>");
}

static void serve(void *ctx, int number, const char *target, buf *out)
{
	feed *f = ctx;
	buf   xml = BUF_INIT(1 << 20);

	(void)number;
	if (f->fails) {
		canned_status(out, "404 Not Found", NULL);
		return;
	}
	if (strstr(target, "verb=")) {
		assert_non_null(f->oai);
		snprintf(f->asked_oai, sizeof f->asked_oai, "%s", target);
		write_oai(f, &xml);
	} else {
		write_feed(f, &xml);
	}
	buf_printf(out,
	           "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n%s%s%s"
	           "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
	           f->etag ? "ETag: " : "", f->etag ? f->etag : "", f->etag ? "\r\n" : "", xml.len,
	           buf_str(&xml));
	buf_free(&xml);
}

static void serve_not_modified(void *ctx, int number, const char *target, buf *out)
{
	if (number == 1)
		serve(ctx, number, target, out);
	else
		canned_status(out, "304 Not Modified", NULL);
}

static void begin(canned_harvest *h, feed *f, canned_fn fn)
{
	canned_harvest_serve(h, fn, f);
	h->options.source = SHEAF_HARVEST_RSS;
	h->options.set = "cs:cs:NE";
	h->options.max_retries = -1;
}

/* Monday, the 16th of November, noon in UTC, and so many days later. */
static void set_day(canned_harvest *h, feed *f, const char *date, int days)
{
	f->date = date;
	h->clock.start = 1794830400 + days * 86400;
}

static int write_coverage(void *ctx, const sheaf_coverage *c)
{
	static const char letters[] = "?CPMESU";

	if (!strcmp(c->source, "rss"))
		buf_printf(ctx, "%s %s..%s %c %lld\n", c->selection, c->first, c->last,
		           letters[c->state], (long long)c->papers);
	return 0;
}

static void expect_coverage(canned_harvest *h, const char *text)
{
	buf out = BUF_INIT(4096);

	must(sheaf_coverage_each(h->db, write_coverage, &out, NULL, &h->err), &h->err);
	assert_string_equal(buf_str(&out), text);
	buf_free(&out);
}

static const char monday[] = "Mon, 16 Nov 2026 00:00:00 -0500";
static const char tuesday[] = "Tue, 17 Nov 2026 00:00:00 -0500";
static const char wednesday[] = "Wed, 18 Nov 2026 00:00:00 -0500";

static void test_announced_and_empty(void **state)
{
	feed            f = {.papers = "2611.00001v1 2611.00002v1"};
	canned_harvest *h = *state;

	begin(h, &f, serve);
	set_day(h, &f, monday, 0);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 1, "GET /oai/cs.NE HTTP"));
	assert_int_equal(canned_harvest_count(h), 2);
	f.papers = "";
	set_day(h, &f, tuesday, 1);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.incomplete + h->result.stale, 0);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-16 C 2\ncs.NE 2026-11-17..2026-11-17 E 0\n");
}

static void test_an_old_list_under_a_new_date(void **state)
{
	feed            f = {.papers = "2611.00001v1 2611.00002v1"};
	canned_harvest *h = *state;

	begin(h, &f, serve);
	set_day(h, &f, monday, 0);
	must(canned_harvest_run(h), &h->err);
	/* The same papers in another order. */
	f.papers = "2611.00002v1 2611.00001v1";
	set_day(h, &f, tuesday, 1);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.stale, 1);
	assert_int_equal(h->result.incomplete, 1);
	assert_int_equal(h->state.complete, 0);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-16 C 2\ncs.NE 2026-11-17..2026-11-17 S 2\n");
	/* The right one comes late. */
	f.papers = "2611.00003v1";
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.stale + h->result.incomplete, 0);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-17 C 3\n");
	/* And then the old one again, which takes nothing back. */
	f.papers = "2611.00002v1 2611.00001v1";
	must(canned_harvest_run(h), &h->err);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-17 C 3\n");
}

static void test_a_new_version_is_not_old(void **state)
{
	feed            f = {.papers = "2611.00001v1"};
	canned_harvest *h = *state;

	begin(h, &f, serve);
	set_day(h, &f, monday, 0);
	must(canned_harvest_run(h), &h->err);
	f.papers = "2611.00001v2";
	set_day(h, &f, tuesday, 1);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.stale, 0);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-17 C 2\n");
}

static void test_a_missed_day_is_made_up_for(void **state)
{
	feed            f = {.papers = "2611.00001v1", .oai = "2611.00005"};
	canned_harvest *h = *state;

	begin(h, &f, serve);
	set_day(h, &f, monday, 0);
	must(canned_harvest_run(h), &h->err);
	f.papers = "2611.00003v1";
	set_day(h, &f, wednesday, 2);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.incomplete, 1);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-16 C 1\ncs.NE 2026-11-17..2026-11-17 M -1\n"
	                   "cs.NE 2026-11-18..2026-11-18 C 1\n");
	h->options.repair = 1;
	h->options.oai_base_url = h->url;
	must(canned_harvest_run(h), &h->err);
	assert_non_null(strstr(f.asked_oai, "set=cs%3Acs%3ANE&from=2026-11-16&until=2026-11-18"));
	assert_int_equal(h->result.added, 1);
	assert_int_equal(h->result.incomplete, 0);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-16 C 1\ncs.NE 2026-11-17..2026-11-17 U 0\n"
	                   "cs.NE 2026-11-18..2026-11-18 C 1\n");
}

/* An outage leaves no trace of a day, where a quiet day is told. */
static void test_an_outage_is_no_quiet_day(void **state)
{
	feed            f = {.papers = "2611.00001v1"};
	canned_harvest *h = *state;

	begin(h, &f, serve);
	set_day(h, &f, monday, 0);
	must(canned_harvest_run(h), &h->err);
	f.fails = 1;
	set_day(h, &f, tuesday, 1);
	assert_int_not_equal(canned_harvest_run(h), SHEAF_OK);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-16 C 1\n");
}

static void test_not_modified(void **state)
{
	feed            f = {.papers = "2611.00001v1", .etag = "\"a1\""};
	canned_harvest *h = *state;

	begin(h, &f, serve_not_modified);
	set_day(h, &f, monday, 0);
	must(canned_harvest_run(h), &h->err);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 2, "If-None-Match: \"a1\""));
	assert_int_equal(h->result.records, 0);
	assert_int_equal(h->result.incomplete, 0);
	expect_coverage(h, "cs.NE 2026-11-16..2026-11-16 C 1\n");
}

static void test_a_feed_that_is_not_due(void **state)
{
	feed            f = {.papers = "2611.00001v1"};
	canned_harvest *h = *state;

	begin(h, &f, serve);
	h->options.if_due = 1;
	set_day(h, &f, monday, 0);
	must(canned_harvest_run(h), &h->err);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.not_due, 1);
	assert_int_equal(canned_count(&h->server), 1);
	/* An old list does not count as read. */
	set_day(h, &f, tuesday, 1);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.stale, 1);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.not_due, 0);
}

static void test_options_that_make_no_sense(void **state)
{
	feed            f = {.papers = "", .date = monday};
	canned_harvest *h = *state;

	begin(h, &f, serve);
	h->options.set = NULL;
	assert_int_equal(sheaf_harvest_check(&h->options, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	h->options.set = "cs/../NE";
	assert_int_equal(sheaf_harvest_check(&h->options, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	h->options.set = "cs.NE";
	h->options.from = "2026-11-01";
	assert_int_equal(sheaf_harvest_check(&h->options, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	h->options.from = NULL;
	assert_int_equal(sheaf_harvest_check(&h->options, NULL), SHEAF_OK);
}

static void test_names_of_feeds(void **state)
{
	static const struct {
		const char *set, *name;
	} cases[] = {
		{"cs.NE", "cs.NE"},
		{"CS.ne", "cs.NE"},
		{"cs:cs:NE", "cs.NE"},
		{"physics:hep-th", "hep-th"},
		{"hep-th", "hep-th"},
		{"physics:cond-mat:dis-nn", "cond-mat.dis-nn"},
		{"cs", "cs"},
		{"cs NE", NULL},
		{"", NULL},
		{"cs?x=1", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf out = BUF_INIT(256);

		assert_int_equal(rss_feed_name(cases[i].set, &out), cases[i].name != NULL);
		assert_string_equal(buf_str(&out), cases[i].name ? cases[i].name : "");
		buf_free(&out);
	}
}

#define HARVEST_TEST(f) \
	cmocka_unit_test_setup_teardown(f, canned_harvest_setup, canned_harvest_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARVEST_TEST(test_announced_and_empty),
		HARVEST_TEST(test_an_old_list_under_a_new_date),
		HARVEST_TEST(test_a_new_version_is_not_old),
		HARVEST_TEST(test_a_missed_day_is_made_up_for),
		HARVEST_TEST(test_an_outage_is_no_quiet_day),
		HARVEST_TEST(test_not_modified),
		HARVEST_TEST(test_a_feed_that_is_not_due),
		HARVEST_TEST(test_options_that_make_no_sense),
		cmocka_unit_test(test_names_of_feeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which days a harvest of OAI-PMH says are complete, and that it is so. */
#include <stdlib.h>

#include "canned_harvest.h"
#include "store.h"

enum { SITE_MAX = 8 };

typedef struct site_paper {
	char id[16], datestamp[16];
	int  broken; /* 1: its identifier is none */
} site_paper;

/* A server that sorts by datestamp and id, and whose tokens count the records of a day. */
typedef struct site {
	site_paper  papers[SITE_MAX];
	int         count, page_size;
	int         touch_at, touch;    /* before that request, from 1, this paper is touched */
	int         fail_from, fail_to; /* requests that are refused */
	const char *today;
} site;

static int by_datestamp(const void *a, const void *b)
{
	const site_paper *x = a, *y = b;
	int               order = strcmp(x->datestamp, y->datestamp);

	return order ? order : strcmp(x->id, y->id);
}

static void write_record(buf *xml, const site_paper *p)
{
	buf_printf(xml,
	           "<record><header><identifier>oai:arXiv.org:%s</identifier><datestamp>%s"
	           "</datestamp></header><metadata><arXivRaw "
	           "xmlns=\"http://arxiv.org/OAI/arXivRaw/\">",
	           p->broken ? "none at all" : p->id, p->datestamp);
	if (!p->broken)
		buf_printf(xml,
		           "<id>%s</id><version version=\"v1\"><date>Mon, 2 Mar 2020 10:00:00 GMT"
		           "</date></version><title>Paper %s</title><authors>A. Tester</authors>"
		           "<categories>cs.NE</categories><abstract>About.</abstract>",
		           p->id, p->id);
	buf_puts(xml, "</arXivRaw></metadata></record>\n");
}

static void argument(const char *target, const char *name, char out[64])
{
	const char *at = strstr(target, name);
	size_t      len = at ? strcspn(at + strlen(name), "&") : 0;

	assert_true(len < 64);
	if (len)
		memcpy(out, at + strlen(name), len);
	out[len] = 0;
}

/* How many papers of the last one's day stand up to it: its token. */
static void write_token(const site *s, int last, const char *until, buf *xml)
{
	int skip = 0;

	for (int i = 0; i <= last; i++)
		skip += !strcmp(s->papers[i].datestamp, s->papers[last].datestamp);
	buf_printf(xml, "<resumptionToken>%s.%s.%d</resumptionToken>", s->papers[last].datestamp,
	           *until ? until : "-", skip);
}

static void write_list(const site *s, const char *from, const char *until, int skip, buf *xml)
{
	int sent = 0;

	buf_printf(xml,
	           "<?xml version=\"1.0\"?>\n<OAI-PMH "
	           "xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>%sT12:00:00Z"
	           "</responseDate>",
	           s->today);
	for (int i = 0; i < s->count; i++) {
		const site_paper *p = &s->papers[i];

		if (strcmp(p->datestamp, from) < 0 || (*until && strcmp(p->datestamp, until) > 0) ||
		    skip-- > 0)
			continue;
		buf_puts(xml, sent++ ? "" : "<ListRecords>");
		write_record(xml, p);
		if (sent == s->page_size && i + 1 < s->count &&
		    (!*until || strcmp(s->papers[i + 1].datestamp, until) <= 0)) {
			write_token(s, i, until, xml);
			break;
		}
	}
	buf_puts(xml, sent ? "</ListRecords></OAI-PMH>"
	                   : "<error code=\"noRecordsMatch\">none</error></OAI-PMH>");
}

static void serve(void *ctx, int number, const char *target, buf *out)
{
	site *s = ctx;
	char  from[64], until[64], token[64];
	int   skip = 0;
	buf   xml = BUF_INIT(1 << 20);

	if (number >= s->fail_from && number <= s->fail_to) {
		canned_status(out, "404 Not Found", NULL);
		return;
	}
	if (number == s->touch_at) {
		snprintf(s->papers[s->touch].datestamp, sizeof s->papers->datestamp, "%s",
		         s->today);
		qsort(s->papers, (size_t)s->count, sizeof *s->papers, by_datestamp);
	}
	argument(target, "&from=", from);
	argument(target, "&until=", until);
	argument(target, "resumptionToken=", token);
	if (*token) {
		assert_int_equal(sscanf(token, "%10s.%10[^.].%d", from, until, &skip), 3);
		if (!strcmp(until, "-"))
			*until = 0;
	}
	write_list(s, from, until, skip, &xml);
	canned_ok(out, buf_str(&xml));
	buf_free(&xml);
}

static const site plain_site = {
	.papers = {{"2001.00001", "2020-03-01", 0},
                   {"2001.00002", "2020-03-02", 0},
                   {"2001.00003", "2020-03-02", 0},
                   {"2001.00004", "2020-03-02", 0},
                   {"2001.00005", "2020-03-02", 0},
                   {"2001.00006", "2020-03-09", 0}},
	.count = 6,
	.page_size = 2,
	.today = "2026-11-22",
};

static int write_coverage(void *ctx, const sheaf_coverage *c)
{
	static const char letters[] = "?CPMESU";

	buf_printf(ctx, "%s..%s %c\n", c->first, c->last, letters[c->state]);
	return 0;
}

static void expect_coverage(canned_harvest *h, int incomplete, const char *text)
{
	buf out = BUF_INIT(4096);
	int lacking;

	must(sheaf_coverage_each(h->db, write_coverage, &out, &lacking, &h->err), &h->err);
	assert_string_equal(buf_str(&out), text);
	assert_int_equal(lacking, incomplete);
	buf_free(&out);
}

static void test_a_whole_list(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve, &s);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 6);
	assert_int_equal(h->result.incomplete, 0);
	expect_coverage(h, 0, "..2026-11-22 C\n");
}

static void test_a_list_that_breaks_off(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	s.fail_from = s.fail_to = 3;
	h->options.max_retries = -1;
	canned_harvest_serve(h, serve, &s);
	assert_int_not_equal(canned_harvest_run(h), SHEAF_OK);
	assert_int_equal(canned_harvest_count(h), 4);
	/* The second page ended within the second of March. */
	expect_coverage(h, 1, "..2020-03-01 C\n2020-03-02..2026-11-22 P\n");
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 6);
	expect_coverage(h, 0, "..2026-11-22 C\n");
}

static void test_a_gap_is_repaired(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve, &s);
	h->options.until = "2020-03-01";
	must(canned_harvest_run(h), &h->err);
	h->options.until = NULL;
	h->options.from = "2020-03-08";
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.incomplete, 1);
	assert_int_equal(canned_harvest_count(h), 2);
	expect_coverage(h, 1,
	                "..2020-03-01 C\n2020-03-02..2020-03-07 M\n2020-03-08..2026-11-22 C\n");
	h->options.from = NULL;
	h->options.repair = 1;
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 3, "&from=2020-03-02&until=2020-03-07 HTTP"));
	assert_int_equal(canned_count(&h->server), 4);
	assert_int_equal(canned_harvest_count(h), 6);
	assert_int_equal(h->result.incomplete, 0);
	expect_coverage(h, 0, "..2026-11-22 C\n");
	/* Nothing is left to repair, and nobody is asked. */
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_count(&h->server), 4);
}

static void test_a_repair_that_breaks_off(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve, &s);
	h->options.max_retries = -1;
	h->options.until = "2020-02-01";
	must(canned_harvest_run(h), &h->err);
	h->options.until = NULL;
	h->options.from = "2020-03-09";
	must(canned_harvest_run(h), &h->err);
	h->options.from = NULL;
	h->options.repair = 1;
	s.fail_from = s.fail_to = 4;
	assert_int_not_equal(canned_harvest_run(h), SHEAF_OK);
	expect_coverage(h, 1,
	                "..2020-03-01 C\n2020-03-02..2020-03-08 M\n2020-03-09..2026-11-22 C\n");
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 5, "&from=2020-03-02&until=2020-03-08 HTTP"));
	assert_int_equal(canned_harvest_count(h), 6);
	expect_coverage(h, 0, "..2026-11-22 C\n");
}

static void test_a_record_that_cannot_be_read(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	s.papers[0].broken = 1;
	canned_harvest_serve(h, serve, &s);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.rejected, 1);
	assert_int_equal(h->result.incomplete, 1);
	expect_coverage(h, 1, "..2020-03-02 P\n2020-03-03..2026-11-22 C\n");
	h->options.repair = 1;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.incomplete, 1);
	s.papers[0].broken = 0;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.incomplete, 0);
	assert_int_equal(canned_harvest_count(h), 6);
	expect_coverage(h, 0, "..2026-11-22 C\n");
}

/* A paper that is touched between two pages of its day makes the second begin too late. */
static void expect_nothing_missed(canned_harvest *h, const char *coverage)
{
	sheaf_docid docid;

	assert_int_equal(canned_harvest_count(h), 6);
	must(sheaf_database_find_document(h->db, "2001.00003", &docid, &h->err), &h->err);
	expect_coverage(h, 0, coverage);
}

static void test_a_record_touched_under_way(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	s.touch_at = 2;
	s.touch = 1;
	canned_harvest_serve(h, serve, &s);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 4, "&from=2020-03-02&until=2020-03-02 HTTP"));
	expect_nothing_missed(h, "..2026-11-22 C\n");
}

static void test_a_record_touched_between_two_runs(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	s.touch_at = 2;
	s.touch = 1;
	canned_harvest_serve(h, serve, &s);
	h->options.max_pages = 1;
	must(canned_harvest_run(h), &h->err);
	h->options.max_pages = 0;
	h->clock.start += 2 * 86400;
	s.today = "2026-11-24";
	must(canned_harvest_run(h), &h->err);
	expect_nothing_missed(h, "..2026-11-23 C\n");
}

static void test_a_touched_record_that_is_seen_by_the_next_run(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;

	s.touch_at = 2;
	s.touch = 1;
	canned_harvest_serve(h, serve, &s);
	h->options.until = "2020-03-09";
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 5);
	h->options.until = NULL;
	must(canned_harvest_run(h), &h->err);
	expect_nothing_missed(h, "..2026-11-22 C\n");
}

static void test_not_due(void **state)
{
	site            s = plain_site;
	canned_harvest *h = *state;
	int             asked;

	canned_harvest_serve(h, serve, &s);
	h->options.if_due = 1;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.not_due, 0);
	asked = canned_count(&h->server);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.not_due, 1);
	assert_int_equal(canned_count(&h->server), asked);
	/* Sunday evening's renewal lies behind. */
	h->clock.start += 86400;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.not_due, 0);
	assert_true(canned_count(&h->server) > asked);
}

static void test_after_a_snapshot(void **state)
{
	static const harvest_key snapshot = {"snapshot", "", "", ""};
	coverage_range           range = {INT64_MIN, 18326, 1583660000}; /* 2020-03-05 */
	site                     s = plain_site;
	canned_harvest          *h = *state;

	must(store_coverage_add(h->db, &snapshot, &range, &h->err), &h->err);
	canned_harvest_serve(h, serve, &s);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 1, "&from=2020-03-03 HTTP"));
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_NOTE], 1);
	expect_coverage(h, 0, "..2026-11-22 C\n..2020-03-05 C\n");
}

static void test_full_ignores_a_snapshot(void **state)
{
	static const harvest_key snapshot = {"snapshot", "", "", ""};
	coverage_range           range = {INT64_MIN, 18326, 1583660000};
	site                     s = plain_site;
	canned_harvest          *h = *state;

	must(store_coverage_add(h->db, &snapshot, &range, &h->err), &h->err);
	canned_harvest_serve(h, serve, &s);
	h->options.full = 1;
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 1, "metadataPrefix=arXivRaw HTTP"));
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_NOTE], 0);
	assert_int_equal(canned_harvest_count(h), 6);
}

#define HARVEST_TEST(f) \
	cmocka_unit_test_setup_teardown(f, canned_harvest_setup, canned_harvest_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARVEST_TEST(test_a_whole_list),
		HARVEST_TEST(test_a_list_that_breaks_off),
		HARVEST_TEST(test_a_gap_is_repaired),
		HARVEST_TEST(test_a_repair_that_breaks_off),
		HARVEST_TEST(test_a_record_that_cannot_be_read),
		HARVEST_TEST(test_a_record_touched_under_way),
		HARVEST_TEST(test_a_record_touched_between_two_runs),
		HARVEST_TEST(test_a_touched_record_that_is_seen_by_the_next_run),
		HARVEST_TEST(test_not_due),
		HARVEST_TEST(test_after_a_snapshot),
		HARVEST_TEST(test_full_ignores_a_snapshot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

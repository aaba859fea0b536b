/* Harvesting OAI-PMH lists, end to end, from a server that the test makes misbehave. */
#include <stdlib.h>

#include "canned_harvest.h"
#include "datetime.h"

/* ---- a synthetic list ---- */

enum { LIST_MAX = 40 };

typedef struct paper {
	const char *id; /* with ! before it: deleted */
	const char *datestamp;
} paper;

typedef struct oai_site {
	const paper *papers; /* ended by an id of NULL */
	int          page_size;
	int          sorted_from;         /* 1: `from` is obeyed, as a list by datestamp would */
	int          dead_at, dead_again; /* requests whose tokens are dead, from 1; 0: none */
	int          dead_from;           /* every token from this request on is dead; 0: none */
	const char  *same_token;          /* every page ends with it */
} oai_site;

static void write_record(buf *xml, const paper *p)
{
	if (*p->id == '!') {
		buf_printf(
			xml,
			"<record><header status=\"deleted\"><identifier>oai:arXiv.org:%s</identifier>"
			"<datestamp>%s</datestamp></header></record>\n",
			p->id + 1, p->datestamp);
		return;
	}
	buf_printf(
		xml,
		"<record><header><identifier>oai:arXiv.org:%s</identifier><datestamp>%s</datestamp>"
		"<setSpec>cs:cs:NE</setSpec></header><metadata><arXivRaw "
		"xmlns=\"http://arxiv.org/OAI/arXivRaw/\"><id>%s</id><submitter>Tester</submitter>"
		"<version version=\"v1\"><date>Mon, 2 Mar 2020 10:00:00 GMT</date></version>"
		"<title>Paper %s</title><authors>A. Tester</authors><categories>cs.NE</categories>"
		"<abstract>About %s.</abstract></arXivRaw></metadata></record>\n",
		p->id, p->datestamp, p->id, p->id, p->id);
}

static void write_head(buf *xml)
{
	buf_puts(xml,
	         "<?xml version=\"1.0\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">"
	         "<responseDate>2026-11-22T12:00:00Z</responseDate>"
	         "<request>http://elsewhere/</request>");
}

static void write_error(buf *xml, const char *code)
{
	write_head(xml);
	buf_printf(xml, "<error code=\"%s\">told by the test</error></OAI-PMH>", code);
}

/* The argument `name` of the target; "" when missing. */
static void argument(const char *target, const char *name, char out[64])
{
	char        key[32];
	const char *at;
	size_t      len = 0;

	snprintf(key, sizeof key, "%s=", name);
	at = strstr(target, key);
	for (at = at ? at + strlen(key) : ""; *at && *at != '&' && len < 63; at++)
		out[len++] = *at;
	out[len] = 0;
}

/* Tokens are `FROM|N`: records of FROM's list were sent up to N. */
static void write_list(const oai_site *site, const char *from, int skip, buf *xml)
{
	int seen = 0, sent = 0, more = 0;

	write_head(xml);
	buf_puts(xml, "<ListRecords>");
	for (const paper *p = site->papers; p->id; p++) {
		if (site->sorted_from && strcmp(p->datestamp, from) < 0)
			continue;
		if (seen++ < skip)
			continue;
		if (sent == site->page_size) {
			more = 1;
			break;
		}
		write_record(xml, p);
		sent++;
	}
	if (!seen) {
		buf_clear(xml);
		write_error(xml, "noRecordsMatch");
		return;
	}
	if (site->same_token)
		buf_printf(xml, "<resumptionToken>%s</resumptionToken>", site->same_token);
	else if (more)
		buf_printf(xml, "<resumptionToken>%s|%d</resumptionToken>", from, skip + sent);
	else if (skip)
		buf_puts(xml, "<resumptionToken/>");
	buf_puts(xml, "</ListRecords></OAI-PMH>");
}

static void serve_list(void *ctx, int number, const char *target, buf *out)
{
	const oai_site *site = ctx;
	char            token[64], from[64];
	char           *bar;
	buf             xml = BUF_INIT(0);
	int             dead;

	argument(target, "resumptionToken", token);
	argument(target, "from", from);
	dead = site->dead_at == number || site->dead_again == number ||
	       (site->dead_from && number >= site->dead_from);
	bar = strstr(token, "%7C");
	if (token[0] && (dead || !bar)) {
		write_error(&xml, "badResumptionToken");
	} else if (token[0]) {
		*bar = 0;
		write_list(site, token, (int)strtol(bar + 3, NULL, 10), &xml);
	} else {
		write_list(site, from, 0, &xml);
	}
	canned_ok(out, buf_str(&xml));
	buf_free(&xml);
}

static const paper sorted_papers[] = {
	{"2001.00001", "2020-03-01"}, {"2001.00002", "2020-03-02"}, {"2001.00003", "2020-03-10"},
	{"2001.00004", "2020-03-11"}, {"2001.00005", "2020-03-20"}, {"2001.00006", "2020-03-21"},
	{"2001.00007", "2020-03-30"}, {"2001.00008", "2020-03-31"}, {NULL, NULL},
};

/* As arXiv's old server sent them: by identifier. */
static const paper unsorted_papers[] = {
	{"2001.00001", "2020-03-31"}, {"2001.00002", "2020-03-02"}, {"2001.00003", "2020-03-30"},
	{"2001.00004", "2020-03-11"}, {"2001.00005", "2020-03-20"}, {"2001.00006", "2020-03-01"},
	{"2001.00007", "2020-03-10"}, {"2001.00008", "2020-03-21"}, {NULL, NULL},
};

/* Sorted within each page of two, and only at the third page seen not to be. */
static const paper late_unsorted_papers[] = {
	{"2001.00001", "2020-03-10"}, {"2001.00002", "2020-03-11"}, {"2001.00003", "2020-03-20"},
	{"2001.00004", "2020-03-31"}, {"2001.00005", "2020-03-01"}, {"2001.00006", "2020-03-02"},
	{"2001.00007", "2020-03-21"}, {"2001.00008", "2020-03-30"}, {NULL, NULL},
};

/* ---- the straight way ---- */

static void test_pages_and_their_arguments(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 3, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.set = "cs.NE";
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.pages, 3);
	assert_int_equal(h->result.records, 8);
	assert_int_equal(h->result.added, 8);
	assert_int_equal(canned_harvest_count(h), 8);
	assert_int_equal(canned_count(&h->server), 3);
	assert_true(canned_harvest_asked(
		h, 1, "verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ANE HTTP"));
	/* Nothing beside the token, percent-encoded once more. */
	assert_true(canned_harvest_asked(h, 2, "/oai?verb=ListRecords&resumptionToken=%7C3 HTTP"));
	assert_string_equal(h->state.high_water, "2020-03-31");
	assert_int_equal(h->state.complete, 1);
	assert_int_equal(h->state.records, 8);
}

static void test_next_run_overlaps(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 3, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	must(canned_harvest_run(h), &h->err);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 4, "&from=2020-03-29 HTTP"));
	assert_int_equal(h->result.added, 0);
	assert_int_equal(h->result.unchanged, 2);
	assert_int_equal(canned_harvest_count(h), 8);
	/* All of it again, when asked to. */
	h->options.full = 1;
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 5, "metadataPrefix=arXivRaw HTTP"));
	assert_int_equal(h->result.unchanged, 8);
}

/* A paper that the source deletes stays, and is marked; one that was never there is not made up. */
static void test_deleted(void **state)
{
	static const paper gone[] = {
		{"!2001.00002", "2020-04-01"}, {"!2001.00009", "2020-04-01"}, {NULL, NULL}};
	oai_site        site = {.papers = sorted_papers, .page_size = 9};
	canned_harvest *h = *state;
	sheaf_document *doc;
	sheaf_docid     docid;

	canned_harvest_serve(h, serve_list, &site);
	must(canned_harvest_run(h), &h->err);
	site.papers = gone;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.records, 2);
	assert_int_equal(h->result.updated, 1);
	assert_int_equal(canned_harvest_count(h), 8);
	must(sheaf_database_find_document(h->db, "2001.00002", &docid, &h->err), &h->err);
	must(sheaf_database_get_document(h->db, docid, &doc, &h->err), &h->err);
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN), 1);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), "Paper 2001.00002");
	sheaf_document_free(doc);
}

static void test_nothing_new(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 3, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.from = "2024-01-01";
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.records, 0);
	assert_int_equal(h->state.complete, 1);
	assert_string_equal(h->state.high_water, "");
	/* Nothing was learned about what lies before. */
	h->options.from = NULL;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 8);
}

static void test_limits_leave_it_resumable(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 3, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.max_pages = 1;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 3);
	assert_int_equal(h->state.complete, 0);
	h->options.max_pages = 0;
	h->options.max_records = 2;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.records, 2);
	assert_int_equal(canned_harvest_count(h), 5);
	assert_int_equal(h->state.complete, 0);
	h->options.max_records = 0;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 8);
	assert_int_equal(h->state.complete, 1);
	assert_int_equal(h->state.pages, 3);
	assert_int_equal(canned_count(&h->server), 4);
}

static void test_dry_run(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 3, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.dry_run = 1;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->result.records, 3);
	assert_int_equal(canned_count(&h->server), 1);
	assert_int_equal(canned_harvest_count(h), 0);
	assert_int_equal(h->states, 0);
}

static void test_a_gap_is_not_forgotten(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 2, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.max_pages = 1;
	must(canned_harvest_run(h), &h->err);
	assert_string_equal(h->state.high_water, "2020-03-02");
	/* The newest only: what lies between is not to be had by the next run otherwise. */
	h->options.max_pages = 0;
	h->options.from = "2020-03-30";
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 4);
	assert_string_equal(h->state.high_water, "2020-03-02");
	h->options.from = NULL;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 8);
	assert_string_equal(h->state.high_water, "2020-03-31");
}

static void test_a_part_is_not_taken_for_the_whole(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 2, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.until = "2020-03-31";
	h->options.max_pages = 1;
	must(canned_harvest_run(h), &h->err);
	/* The token of a list that has an end is not for one without. */
	h->options.until = NULL;
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 2, "&from=2020-02-29 HTTP"));
	h->options.until = "2020-03-20";
	assert_int_equal(canned_harvest_run(h), SHEAF_OK);
	assert_int_equal(canned_harvest_count(h), 2);
	h->options.max_pages = 0;
	h->options.until = NULL;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 8);
	h->options.until = "2020-03-20";
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_INVALID_ARGUMENT);
}

/* The server's clock bounds what a strange datestamp can do. */
static void test_datestamps_of_the_future(void **state)
{
	static const paper papers[] = {
		{"2001.00001", "2020-03-01"}, {"2001.00002", "2099-01-01"}, {NULL, NULL}};
	oai_site        site = {.papers = papers, .page_size = 5, .sorted_from = 1};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	must(canned_harvest_run(h), &h->err);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 2, "&from=2026-11-20 HTTP"));
}

/* ---- tokens that die ---- */

static void test_dead_token_restarts_near(void **state)
{
	oai_site site = {.papers = sorted_papers, .page_size = 2, .sorted_from = 1, .dead_at = 4};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_RESTART], 1);
	assert_true(canned_harvest_asked(h, 5, "&from=2020-03-19 HTTP"));
	assert_int_equal(canned_harvest_count(h), 8);
	assert_int_equal(h->state.complete, 1);
}

static void test_two_dead_tokens(void **state)
{
	oai_site        site = {.papers = sorted_papers,
	                        .page_size = 2,
	                        .sorted_from = 1,
	                        .dead_at = 3,
	                        .dead_again = 6};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_RESTART], 2);
	assert_true(canned_harvest_asked(h, 4, "&from=2020-03-09 HTTP"));
	assert_true(canned_harvest_asked(h, 7, "&from=2020-03-19 HTTP"));
	assert_int_equal(canned_harvest_count(h), 8);
}

static void test_dead_token_of_another_day(void **state)
{
	oai_site site = {.papers = sorted_papers, .page_size = 2, .sorted_from = 1, .dead_at = 4};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.max_pages = 3;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(h->state.complete, 0);
	h->options.max_pages = 0;
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 5, "&from=2020-03-19 HTTP"));
	assert_int_equal(canned_harvest_count(h), 8);
}

/* Of a list that is not sorted, the newest datestamp says nothing of what is missing. */
static void test_dead_token_of_an_unsorted_list(void **state)
{
	oai_site site = {.papers = unsorted_papers, .page_size = 2, .sorted_from = 1, .dead_at = 3};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 4, "metadataPrefix=arXivRaw HTTP"));
	assert_int_equal(canned_harvest_count(h), 8);
	assert_string_equal(h->state.high_water, "2020-03-31");
}

static void test_dead_token_of_an_unsorted_list_on_another_day(void **state)
{
	oai_site site = {.papers = unsorted_papers, .page_size = 2, .sorted_from = 1, .dead_at = 3};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.max_pages = 2;
	must(canned_harvest_run(h), &h->err);
	h->options.max_pages = 0;
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 4, "metadataPrefix=arXivRaw HTTP"));
	assert_int_equal(canned_harvest_count(h), 8);
	/* And the next run asks for what is new, no more. */
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, canned_count(&h->server), "&from=2020-03-29 HTTP"));
}

static void test_dead_token_of_a_list_that_only_seemed_sorted(void **state)
{
	oai_site site = {
		.papers = late_unsorted_papers, .page_size = 2, .sorted_from = 1, .dead_at = 4};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	h->options.max_pages = 3;
	must(canned_harvest_run(h), &h->err);
	h->options.max_pages = 0;
	must(canned_harvest_run(h), &h->err);
	assert_true(canned_harvest_asked(h, 5, "metadataPrefix=arXivRaw HTTP"));
	assert_int_equal(canned_harvest_count(h), 8);
	assert_string_equal(h->state.high_water, "2020-03-31");
}

static void test_tokens_that_always_die(void **state)
{
	oai_site site = {.papers = sorted_papers, .page_size = 1, .sorted_from = 1, .dead_from = 2};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_non_null(strstr(h->err.message, "token"));
	assert_true(canned_count(&h->server) < 20);
	assert_true(canned_harvest_count(h) >= 1);
}

static void test_same_token_again(void **state)
{
	oai_site        site = {.papers = sorted_papers, .page_size = 8, .same_token = "a|0"};
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_list, &site);
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_true(canned_count(&h->server) < 20);
	assert_int_equal(canned_harvest_count(h), 8);
}

/* ---- errors that the source words ---- */

static void serve_error(void *ctx, int number, const char *target, buf *out)
{
	buf xml = BUF_INIT(0);

	(void)number, (void)target;
	write_error(&xml, ctx);
	canned_ok(out, buf_str(&xml));
	buf_free(&xml);
}

static void test_other_errors(void **state)
{
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_error, (void *)(uintptr_t) "badArgument");
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_non_null(strstr(h->err.message, "badArgument"));
	assert_non_null(strstr(h->err.message, "told by the test"));
	assert_int_equal(canned_count(&h->server), 1);
}

static void test_dead_token_that_was_never_sent(void **state)
{
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_error, (void *)(uintptr_t) "badResumptionToken");
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_PROTOCOL);
	assert_int_equal(canned_count(&h->server), 1);
}

#define OAI_TEST(name) \
	cmocka_unit_test_setup_teardown(name, canned_harvest_setup, canned_harvest_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OAI_TEST(test_pages_and_their_arguments),
		OAI_TEST(test_next_run_overlaps),
		OAI_TEST(test_deleted),
		OAI_TEST(test_nothing_new),
		OAI_TEST(test_limits_leave_it_resumable),
		OAI_TEST(test_dry_run),
		OAI_TEST(test_a_gap_is_not_forgotten),
		OAI_TEST(test_a_part_is_not_taken_for_the_whole),
		OAI_TEST(test_datestamps_of_the_future),
		OAI_TEST(test_dead_token_restarts_near),
		OAI_TEST(test_two_dead_tokens),
		OAI_TEST(test_dead_token_of_another_day),
		OAI_TEST(test_dead_token_of_an_unsorted_list),
		OAI_TEST(test_dead_token_of_an_unsorted_list_on_another_day),
		OAI_TEST(test_dead_token_of_a_list_that_only_seemed_sorted),
		OAI_TEST(test_tokens_that_always_die),
		OAI_TEST(test_same_token_again),
		OAI_TEST(test_other_errors),
		OAI_TEST(test_dead_token_that_was_never_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

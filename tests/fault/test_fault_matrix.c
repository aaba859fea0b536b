/*
 * Every fault, in every source that knows it, once and for ever: what is harvested in the end is
 * what would have been harvested without, nothing is lost in silence, nothing that was there goes.
 */
#include "fault_kinds.h"

enum { RUNS = 6, LASTING_RUNS = 2, HOUR = 3600 };

#define STATUS(line, headers) \
	"HTTP/1.1 " line "\r\n" headers "Content-Length: 0\r\nConnection: close\r\n\r\n"
#define BUSY_PAGE                                                       \
	"<!DOCTYPE html>\n<html><head><title>Wait</title></head><body>" \
	"<p>Busy & back soon.<br></body></html>\n"
#define BOMB                                                                                    \
	"<!DOCTYPE OAI-PMH [<!ENTITY a \"0123456789\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">" \
	"<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"      \
	"<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;\">"      \
	"<!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY lol \"&g;&g;&g;&g;&g;&g;&g;&g;\">]>"
#define OUTSIDE "<!DOCTYPE OAI-PMH [<!ENTITY lol SYSTEM \"file:///etc/passwd\">]>"

/* name, sources, what, its argument, times, only passing, address */
static const fault_case cases[] = {
	{"closed before the status", ON_ALL, strike_cut, "0", 1, 0, NULL},
	{"closed in the status line", ON_ALL, strike_cut, "11", 1, 0, NULL},
	{"closed in the headers", ON_ALL, strike_cut, "40", 2, 0, NULL},
	{"closed after the headers", ON_ALL, strike_cut, "headers", 1, 0, NULL},
	{"closed in the body", ON_ALL, strike_cut, "body", 3, 0, NULL},
	{"closed before the last byte", ON_ALL, strike_cut, "-1", 1, 0, NULL},
	{"closed in a chunk", ON_ALL, strike_chunk, "", 1, 0, NULL},
	{"length too large", ON_ALL, strike_length, "100", 1, 0, NULL},
	{"length too small", ON_ALL, strike_length, "-100", 1, 0, NULL},
	{"503, 7 seconds", ON_ALL, strike_raw, STATUS("503 Busy", "Retry-After: 7\r\n"), 2, 0,
         NULL},
	{"503, a date", ON_ALL, strike_raw,
         STATUS("503 Busy", "Retry-After: Sat, 21 Nov 2026 00:10:00 GMT\r\n"), 1, 0, NULL},
	{"503, 0 seconds", ON_ALL, strike_raw, STATUS("503 Busy", "Retry-After: 0\r\n"), 2, 0,
         NULL},
	{"503, no number", ON_ALL, strike_raw, STATUS("503 Busy", "Retry-After: soon\r\n"), 2, 0,
         NULL},
	{"503, less than none", ON_ALL, strike_raw, STATUS("503 Busy", "Retry-After: -5\r\n"), 1, 0,
         NULL},
	{"503, a year", ON_ALL, strike_raw, STATUS("503 Busy", "Retry-After: 31536000\r\n"), 1, 0,
         NULL},
	{"503, beyond all numbers", ON_ALL, strike_raw,
         STATUS("503 Busy", "Retry-After: 99999999999999999999999\r\n"), 1, 0, NULL},
	{"503, nothing told", ON_ALL, strike_raw, STATUS("503 Busy", ""), 2, 0, NULL},
	{"429, 3 seconds", ON_ALL, strike_raw, STATUS("429 Slower", "Retry-After: 3\r\n"), 2, 0,
         NULL},
	{"429, nothing told", ON_ALL, strike_raw, STATUS("429 Slower", ""), 1, 0, NULL},
	{"429, an old date", ON_ALL, strike_raw,
         STATUS("429 Slower", "Retry-After: Mon, 1 Jan 2001 00:00:00 GMT\r\n"), 1, 0, NULL},
	{"500", ON_ALL, strike_raw, STATUS("500 Oops", ""), 2, 0, NULL},
	{"502", ON_ALL, strike_raw, STATUS("502 Oops", ""), 1, 0, NULL},
	{"504", ON_ALL, strike_raw, STATUS("504 Oops", ""), 1, 0, NULL},
	{"408", ON_ALL, strike_raw, STATUS("408 Too Slow", ""), 1, 0, NULL},
	{"403", ON_ALL, strike_raw, STATUS("403 No", ""), 1, 0, NULL},
	{"404", ON_ALL, strike_raw, STATUS("404 Gone", ""), 1, 0, NULL},
	{"410", ON_ALL, strike_raw, STATUS("410 Gone", ""), 1, 0, NULL},
	{"204", ON_ALL, strike_raw, STATUS("204 Nothing", ""), 1, 0, NULL},
	{"304 that nobody asked for", ON_ALL, strike_raw, STATUS("304 The Same", ""), 1, 0, NULL},
	{"no HTTP", ON_ALL, strike_raw, "SSH-2.0-what\r\n\r\n", 1, 0, NULL},
	{"a redirect to itself", ON_ALL, strike_redirect, "/a", 1, 0, NULL},
	{"a redirect to another host", ON_ALL, strike_raw,
         STATUS("301 Moved", "Location: http://elsewhere.invalid/\r\n"), 1, 0, NULL},
	{"a redirect to a file", ON_ALL, strike_raw,
         STATUS("301 Moved", "Location: file:///etc/passwd\r\n"), 1, 0, NULL},
	{"gzip, a byte wrong", ON_ALL, strike_gzip, "flip", 1, 0, NULL},
	{"gzip, half of it", ON_ALL, strike_gzip, "half", 1, 0, NULL},
	{"gzip that is none", ON_ALL, strike_gzip, "plain", 1, 0, NULL},
	{"XML, half of it", ON_ALL, strike_half, "", 1, 0, NULL},
	{"XML, not well-formed", ON_ALL, strike_middle, "<<& </nowhere>", 1, 0, NULL},
	{"an entity bomb", ON_ALL, strike_doctype, BOMB, 1, 0, NULL},
	{"an entity from outside", ON_ALL, strike_doctype, OUTSIDE, 1, 0, NULL},
	{"elements without end", ON_ALL, strike_deep, "", 1, 0, NULL},
	{"a huge attribute", ON_ALL, strike_attribute, "", 1, 0, NULL},
	{"other XML", ON_ALL, strike_body, "<?xml version=\"1.0\"?><kml><a/></kml>", 1, 0, NULL},
	{"JSON", ON_ALL, strike_body, "{\"error\":\"later\"}", 1, 0, NULL},
	{"another content type", ON_ALL, strike_type, "application/octet-stream", 1, 0, NULL},
	{"a web page", ON_ALL, strike_html, BUSY_PAGE, 2, 0, NULL},
	{"rate exceeded, 200", ON_ALL, strike_plain, "Rate exceeded.", 2, 0, NULL},
	{"rate exceeded, 429", ON_ALL, strike_raw,
         "HTTP/1.1 429 Unknown\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n"
         "Connection: close\r\n\r\nRate exceeded.",
         2, 0, NULL},
	{"nothing, 200", ON_ALL, strike_body, "", 2, 0, NULL},
	{"blanks, 200", ON_ALL, strike_body, " \n ", 1, 0, NULL},
	{"slowly", ON_ALL, strike_drip, "2", 1, 0, NULL},
	{"no such host", ON_ALL, strike_elsewhere, "", 1, 0, "http://sheaf-tests.invalid/x"},
	{"no server", ON_ALL, strike_elsewhere, "", 1, 0, "http://127.0.0.1:1/x"},
	{"no TLS", ON_ALL, strike_elsewhere, "", 1, 0, "https://127.0.0.1:"},
	{"a dead token", ON_OAI, strike_oai_error, "badResumptionToken", 1, 0, NULL},
	{"tokens that die", ON_OAI, strike_oai_error, "badResumptionToken", 3, 0, NULL},
	{"the same token", ON_OAI, strike_same_token, "", 1, 0, NULL},
	{"a circle of tokens", ON_OAI, strike_first_token, "", 4, 0, NULL},
	{"no records match, in the middle", ON_OAI, strike_oai_error, "noRecordsMatch", 1, 0, NULL},
	{"an argument that was good", ON_OAI, strike_oai_error, "badArgument", 1, 0, NULL},
	{"a page twice", ON_OAI, strike_again, "", 1, 0, NULL},
	{"a record touched, page 1", ON_OAI, strike_touch, "3", 1, 0, NULL},
	{"a record touched, its end", ON_OAI, strike_touch, "14", 1, 0, NULL},
	{"a page without records", ON_OAI, strike_no_records, "record", 1, 1, NULL},
	{"a page without entries", ON_API, strike_no_records, "entry", 1, 0, NULL},
	{"an empty list", ON_API, strike_nothing, "", 2, 0, NULL},
	{"a short page", ON_API, strike_short, "", 1, 0, NULL},
	{"a total of 0", ON_API, strike_total, "0", 1, 0, NULL},
	{"a total too small", ON_API, strike_total, "21", 1, 0, NULL},
	{"a total too large", ON_API, strike_total, "4000000", 1, 0, NULL},
	{"a total that is no number", ON_API, strike_total, "many", 1, 0, NULL},
	{"another start", ON_API, strike_start, "7", 1, 0, NULL},
	{"an error entry", ON_API, strike_raw,
         "HTTP/1.1 400 Bad\r\nContent-Type: application/atom+xml\r\nContent-Length: 240\r\n"
         "Connection: close\r\n\r\n"
         "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>arXiv Search Results</title>"
         "<entry><id>https://arxiv.org/api/errors#bad</id><title>Error</title>"
         "<summary>start must not be less than nothing</summary></entry></feed>"
         "                                ",
         1, 0, NULL},
};

static const char *const source_names[] = {"oai", "api", "rss"};

/* One fault at work, and what it is compared with. */
typedef struct trial {
	world      *w;
	const char *clean;
	char        what[160];
	int64_t     papers;   /* that were there after the run before */
	int         failed;   /* runs that told of a failure */
	int         problems; /* what the test finds fault with */
} trial;

static char *clean_documents(sheaf_harvest_source source, const listing *papers)
{
	world *w = world_new(source, NULL, 0, 0);
	char  *documents;

	if (papers->touched_day)
		for (size_t i = 0; i < w->papers.count; i++)
			if (w->papers.order[i].index == papers->touched_index) {
				listing_touch(&w->papers, i, papers->touched_day);
				break;
			}
	must(canned_harvest_run(&w->h), &w->h.err);
	documents = world_documents(w);
	assert_true(strlen(documents) > 1000);
	world_free(w);
	return documents;
}

/* All cases are tried, so that a failure shows its whole extent. */
static void complain(trial *t, const char *about)
{
	t->problems++;
	print_message("%s: %s (status %s: %s; fired %d, papers %lld)\n", t->what, about,
	              sheaf_status_string(t->w->h.err.status), t->w->h.err.message, t->w->fired,
	              (long long)t->papers);
}

/* 1 where all is there; tells the first line that is not, on the way. */
static int is_all_there(const trial *t, int tell)
{
	char       *now = world_documents(t->w);
	int         same = strcmp(now, t->clean) == 0;
	const char *a = now, *b = t->clean;

	while (!same && tell && *a && strcspn(a, "\n") == strcspn(b, "\n") &&
	       !strncmp(a, b, strcspn(a, "\n"))) {
		a += strcspn(a, "\n") + 1;
		b += strcspn(b, "\n") + 1;
	}
	if (!same && tell)
		print_message("has  %.400s\nwant %.400s\n", a, b);
	free(now);
	return same;
}

static void check_failure(trial *t, sheaf_status status)
{
	const char *message = t->w->h.err.message;

	if (status != SHEAF_ERROR_NETWORK && status != SHEAF_ERROR_NETWORK_TIMEOUT &&
	    status != SHEAF_ERROR_PROTOCOL && status != SHEAF_ERROR_COOLING_DOWN)
		complain(t, "a failure of another kind");
	if (strlen(message) < 10 || strpbrk(message, "\n\r\x1b"))
		complain(t, "its message is no clear line");
}

/* A run, as cron would start it an hour later, or when the source's pause is over. */
static int run_once(trial *t)
{
	world       *w = t->w;
	int64_t      papers, wait = HOUR;
	sheaf_error  err;
	sheaf_status status = sheaf_harvest(w->h.db, &w->h.options, &w->h.result, &w->h.err);
	int          good = status == SHEAF_OK && !w->h.result.incomplete && !w->h.result.stale;

	must(sheaf_database_get_doccount(w->h.db, &papers, &err), &err);
	if (papers < t->papers)
		complain(t, "papers are gone");
	t->papers = papers;
	if (status != SHEAF_OK) {
		check_failure(t, status);
		t->failed++;
	}
	if (status == SHEAF_ERROR_COOLING_DOWN)
		wait = w->h.err.offset + 1;
	w->h.clock.start += wait;
	return good;
}

static void run_until_good(trial *t)
{
	int good = 0;

	for (int i = 0; i < RUNS && !good; i++) {
		good = run_once(t);
		if (good && !is_all_there(t, 1))
			complain(t, "papers are missing or wrong, and nobody is told");
	}
	if (!good)
		complain(t, "it never comes to its end");
}

/* While the fault lasts: a failure, doubts that are told, or everything in spite of it. */
static void run_while_it_lasts(trial *t)
{
	for (int i = 0; i < LASTING_RUNS; i++)
		if (run_once(t) && !t->w->fault->base_url && !is_all_there(t, 1))
			complain(t, "papers are missing or wrong, and nobody is told");
}

static int try_case(const fault_case *f, sheaf_harvest_source source, int at, int lasting,
                    const char *clean)
{
	trial t = {.clean = clean};
	char *touched = NULL;

	t.w = world_new(source, f, at, lasting ? WORLD_FOREVER : f->times);
	snprintf(t.what, sizeof t.what, "%s, %s, from request %d, %s", f->name,
	         source_names[source], at, lasting ? "lasting" : "passing");
	if (f->base_url) {
		world_base(t.w, f->base_url);
		t.w->times = 0;
		run_while_it_lasts(&t);
		t.w->fired = t.failed;
		world_base(t.w, NULL);
	} else if (lasting) {
		run_while_it_lasts(&t);
		t.w->times = 0;
	} else if (f->strike == strike_touch) {
		run_once(&t);
		t.clean = touched = clean_documents(source, &t.w->papers);
	}
	if (!lasting && !f->base_url)
		run_until_good(&t);
	if (!t.w->fired)
		complain(&t, "the fault did not strike");
	if (lasting || f->base_url)
		run_until_good(&t);
	world_free(t.w);
	free(touched);
	return t.problems;
}

static void try_all(sheaf_harvest_source source)
{
	listing none = {.touched_day = 0};
	char   *clean = clean_documents(source, &none);
	int     tried = 0, problems = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const fault_case *f = &cases[i];

		if (!(f->on & 1 << source))
			continue;
		for (int lasting = 0; lasting < 2; lasting++) {
			/* Another address lasts as long as it is asked for. */
			if (lasting && (f->strike == strike_touch || f->base_url || f->passes))
				continue;
			/* In the middle of a list there is more to be lost. */
			if (source == SHEAF_HARVEST_RSS || f->base_url ||
			    (f->on == ON_ALL && !lasting))
				problems += try_case(f, source, 1, lasting, clean);
			if (source != SHEAF_HARVEST_RSS && !f->base_url)
				problems += try_case(f, source, 2, lasting, clean);
			tried++;
		}
	}
	print_message("%d faults\n", tried);
	free(clean);
	assert_int_equal(problems, 0);
}

static void test_oai(void **state)
{
	(void)state;
	try_all(SHEAF_HARVEST_OAI);
}

static void test_api(void **state)
{
	(void)state;
	try_all(SHEAF_HARVEST_API);
}

static void test_rss(void **state)
{
	(void)state;
	try_all(SHEAF_HARVEST_RSS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_oai),
		cmocka_unit_test(test_api),
		cmocka_unit_test(test_rss),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

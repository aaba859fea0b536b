/* replay_server: see `usage`. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "datetime.h"
#include "replay.h"
#include "str.h"

enum { EXIT_DONE = 0, EXIT_USAGE = 2, EXIT_REFUSED = 4 };

static const char usage[] =
	"usage: replay_server [OPTION]...\n"
	"Serves synthetic papers on 127.0.0.1 as arXiv does: OAI-PMH at /oai, the API at /api/query,\n"
	"and what the last day announced at /rss/CATEGORY and /atom/CATEGORY.\n"
	"  --port N        0 (default): any free port; the address is the first line on stdout\n"
	"  --seed N        which papers (1)\n"
	"  --papers N      at most as many (600)\n"
	"  --per-day N     submitted each day (20, at most 1600)\n"
	"  --from DATE     first day (2026-10-01)\n"
	"  --to DATE       last day, the server's today (2026-11-20); a later one only adds\n"
	"  --page-size N   records of an OAI-PMH page (500)\n"
	"  --generation G  OAI-PMH as arXiv's server of 2025 speaks it (new, the default), or the one before (old)\n"
	"  --listings FILE papers of a snapshot in JSON Lines in the place of invented ones\n"
	"  --pages DIR     serve the recorded pages 1.xml, 2.xml ... at /oai instead\n"
	"  --faults SPEC   KIND:at=N[:count=N] or KIND:every=N, may be repeated; KIND is 400-599, cut, expire,\n"
	"                  html, empty, nothing, garbage, slow, stale; :retry-after=SECONDS, :ms=N for slow.\n"
	"                  Without a = it is a file of them, one a line, # for comments\n"
	"  --log FILE      a line a request: ms, method, url, status, bytes, user-agent, accept-encoding, fault\n"
	"  --lifetime N    end after N seconds (600)\n";

/* All settings of a run. */
typedef struct run {
	replay_options replay;
	int64_t        port, seed, papers, per_day, page_size, lifetime_s;
	const char    *from, *to, *pages, *log, *listings, *generation;
} run;

typedef enum option_kind { OPTION_NUMBER, OPTION_TEXT, OPTION_FAULT } option_kind;

static const struct {
	const char *name;
	option_kind kind;
	size_t      offset;
	int64_t     most;
} options[] = {
	{"--port", OPTION_NUMBER, offsetof(run, port), 65535},
	{"--seed", OPTION_NUMBER, offsetof(run, seed), INT32_MAX},
	{"--papers", OPTION_NUMBER, offsetof(run, papers), 10000000},
	{"--per-day", OPTION_NUMBER, offsetof(run, per_day), LISTING_MAX_PER_DAY},
	{"--page-size", OPTION_NUMBER, offsetof(run, page_size), 20000},
	{"--lifetime", OPTION_NUMBER, offsetof(run, lifetime_s), 86400},
	{"--from", OPTION_TEXT, offsetof(run, from), 0},
	{"--to", OPTION_TEXT, offsetof(run, to), 0},
	{"--pages", OPTION_TEXT, offsetof(run, pages), 0},
	{"--log", OPTION_TEXT, offsetof(run, log), 0},
	{"--listings", OPTION_TEXT, offsetof(run, listings), 0},
	{"--generation", OPTION_TEXT, offsetof(run, generation), 0},
	{"--faults", OPTION_FAULT, 0, 0},
};

/* One fault, or the name of a file of them: no file has a `=` in its name here. */
static int add_faults(fault_plan *plan, const char *value, sheaf_error *err)
{
	sheaf_status status = strchr(value, '=') ? fault_plan_add(plan, value, err)
	                                         : fault_plan_read(plan, value, err);

	return status == SHEAF_OK;
}

static int set_option(run *r, const char *name, const char *value, sheaf_error *err)
{
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		void   *target = (char *)r + options[i].offset;
		int64_t n;

		if (!str_eq(options[i].name, name))
			continue;
		if (options[i].kind == OPTION_FAULT)
			return add_faults(&r->replay.faults, value, err);
		if (options[i].kind == OPTION_TEXT) {
			*(const char **)target = value;
			return 1;
		}
		if (str_to_int64(value, &n) && n >= 0 && n <= options[i].most) {
			*(int64_t *)target = n;
			return 1;
		}
	}
	snprintf(err->message, sizeof err->message, "%s %s: no such option, or not such a value",
	         name, value);
	return 0;
}

static int read_day(const char *text, int64_t *day)
{
	time_span span;

	if (text && !time_parse_span(text, strlen(text), SHEAF_TIME_NONE, &span))
		return 0;
	if (text)
		*day = span.first / 86400;
	return 1;
}

static int read_options(run *r, int argc, char **argv, sheaf_error *err)
{
	replay_options_init(&r->replay);
	r->seed = (int64_t)r->replay.listing.seed;
	r->papers = (int64_t)r->replay.listing.papers;
	r->per_day = (int64_t)r->replay.listing.per_day;
	r->page_size = (int64_t)r->replay.page_size;
	r->lifetime_s = 600;
	for (int i = 1; i < argc; i += 2)
		if (!set_option(r, argv[i], i + 1 < argc ? argv[i + 1] : "", err))
			return 0;
	r->replay.port = (int)r->port;
	r->replay.page_size = (size_t)r->page_size;
	r->replay.pages = r->pages;
	r->replay.log = r->log;
	r->replay.listing.file = r->listings;
	r->replay.old_oai = str_eq(r->generation, "old");
	if (r->generation && !r->replay.old_oai && !str_eq(r->generation, "new")) {
		snprintf(err->message, sizeof err->message, "--generation is new or old");
		return 0;
	}
	r->replay.listing.seed = (uint64_t)r->seed;
	r->replay.listing.papers = (size_t)r->papers;
	r->replay.listing.per_day = (size_t)r->per_day;
	if (!read_day(r->from, &r->replay.listing.from_day) ||
	    !read_day(r->to, &r->replay.listing.to_day)) {
		snprintf(err->message, sizeof err->message, "a day is written YYYY-MM-DD");
		return 0;
	}
	return 1;
}

/* Until SIGTERM, SIGINT, or the end of the lifetime. */
static void wait_for_end(const sigset_t *signals, int64_t lifetime_s)
{
	struct timespec left = {(time_t)lifetime_s, 0};

	while (sigtimedwait(signals, NULL, &left) < 0 && errno == EINTR)
		;
}

int main(int argc, char **argv)
{
	run         r = {.port = 0};
	replay     *server;
	sheaf_error err = {SHEAF_OK, -1, ""};
	sigset_t    signals;

	if (argc == 2 && str_eq(argv[1], "--help")) {
		fputs(usage, stdout);
		return EXIT_DONE;
	}
	if (!read_options(&r, argc, argv, &err)) {
		fprintf(stderr, "replay_server: %s\n%s", err.message, usage);
		return EXIT_USAGE;
	}
	/* Blocked before the server's thread begins, so that only sigtimedwait() takes them. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (replay_start(&r.replay, &server, &err)) {
		fprintf(stderr, "replay_server: %s\n", err.message);
		return EXIT_REFUSED;
	}
	printf("listening on http://127.0.0.1:%d\n", replay_port(server));
	fflush(stdout);
	wait_for_end(&signals, r.lifetime_s);
	replay_stop(server);
	return EXIT_DONE;
}

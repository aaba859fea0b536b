/* cmd_harvest.c: fetches what is new over HTTP. */
#include <sheaf/harvest.h>

#include "change_counts.h"
#include "command.h"
#include "error.h"
#include "paths.h"
#include "progress.h"
#include "signals.h"
#include "str.h"
#include "wallclock.h"

typedef struct harvest_options {
	const char *source, *base_url, *query, *prefix, *oai_base_url;
	option_list sets;
	option_span from, until;
	int64_t     max_records, max_pages, delay_ms;
	int         full, dry_run, if_due, repair, force;
	const char *record, *replay;
} harvest_options;

static const char *const     source_choices[] = {"oai", "api", "rss", NULL};
static const char *const     prefix_choices[] = {"arXivRaw", "arXiv", NULL};
static const harvest_options defaults = {.source = "oai", .delay_ms = 3000};

#define AT(member) offsetof(harvest_options, member)

static const option options[] = {
	OPT_WORD("source", 0, "SOURCE", AT(source), source_choices,
                 "oai (OAI-PMH, default), api (the Atom API) or rss (today's lists)"),
	OPT_VALUE("base-url", 0, "URL", OPTION_TEXT, AT(base_url), "ask there and not at arXiv"),
	OPT_VALUE("set", 0, "SET", OPTION_LIST, AT(sets),
                  "a set or category (cs, cs:cs:NE, cs.NE); repeated: one after another"),
	OPT_VALUE("query", 0, "QUERY", OPTION_TEXT, AT(query),
                  "with --source api: what to ask for, in arXiv's syntax"),
	OPT_VALUE("from", 0, "DATE", OPTION_SPAN, AT(from),
                  "changed on or after DATE (default: where the last run ended)"),
	OPT_VALUE("until", 0, "DATE", OPTION_SPAN, AT(until), "changed up to and on DATE"),
	OPT_WORD("metadata-prefix", 0, "PREFIX", AT(prefix), prefix_choices,
                 "arXivRaw (default) or arXiv"),
	OPT_INT("max-records", 0, "N", AT(max_records), 0, INT64_MAX,
                "stop after N records (0, the default: no limit)"),
	OPT_INT("max-pages", 0, "N", AT(max_pages), 0, INT64_MAX,
                "stop after N pages (0, the default: no limit)"),
	OPT_VALUE("delay", 0, "SECONDS", OPTION_SECONDS, AT(delay_ms),
                  "pause between requests (3; less only for hosts that are not arXiv's)"),
	OPT_VALUE("record", 0, "DIR", OPTION_TEXT, AT(record),
                  "keep every request and its answer in the folder DIR"),
	OPT_VALUE("replay", 0, "DIR", OPTION_TEXT, AT(replay),
                  "take the answers from DIR, where --record kept them; nobody is asked"),
	OPT_FLAG("full", 0, AT(full), "forget the last run and begin anew"),
	OPT_FLAG("if-due", 0, AT(if_due),
                 "ask nobody where arXiv can have nothing new since the last run"),
	OPT_FLAG("repair", 0, AT(repair),
                 "fetch only the days that status --coverage tells to be lacking"),
	OPT_VALUE("oai-base-url", 0, "URL", OPTION_TEXT, AT(oai_base_url),
                  "with --source rss --repair: where OAI-PMH is asked instead"),
	OPT_FLAG("force", 0, AT(force), "take papers again that were removed by rm"),
	OPT_FLAG("dry-run", 0, AT(dry_run), "ask for the first page only, and store nothing"),
	{0},
};

/* A harvest under way, over all of its sets. */
typedef struct harvesting {
	session               *s;
	progress               progress;
	sheaf_harvest_progress sum; /* of the sets that are done */
} harvesting;

/* The library's form of the options, and the texts that it points to. */
typedef struct form {
	sheaf_harvest_options with; /* but for the set */
	buf                   state;
	char                  from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
} form;

static sheaf_harvest_source source_of(const harvest_options *o)
{
	if (str_eq(o->source, "rss"))
		return SHEAF_HARVEST_RSS;
	return str_eq(o->source, "api") ? SHEAF_HARVEST_API : SHEAF_HARVEST_OAI;
}

/* For the library a delay of 0 is the default, one below 0 is none. To be freed: f->state. */
static sheaf_status fill_form(form *f, const harvest_options *o, sheaf_error *err)
{
	sheaf_status status;

	*f = (form){
		.with = {.source = source_of(o),
	                 .base_url = o->base_url,
	                 .query = o->query,
	                 .metadata_prefix = o->prefix,
	                 .max_records = o->max_records,
	                 .max_pages = o->max_pages,
	                 .delay_ms = o->delay_ms ? o->delay_ms : -1,
	                 .full = o->full,
	                 .if_due = o->if_due,
	                 .repair = o->repair,
	                 .force = o->force,
	                 .oai_base_url = o->oai_base_url,
	                 .dry_run = o->dry_run,
	                 .record_dir = o->record,
	                 .replay_dir = o->replay,
	                 .clock = wallclock()},
		.state = BUF_INIT(4096),
	};
	status = paths_state(&f->state, err);
	f->with.state_dir = buf_str(&f->state);
	if (o->from.given) {
		time_format_date(o->from.span.first, f->from);
		f->with.from = f->from;
	}
	if (o->until.given) {
		time_format_date(o->until.span.last, f->until);
		f->with.until = f->until;
	}
	return status;
}

/* What the library would refuse is told before a database is made for it. */
static sheaf_status check_form(const harvest_options *o, sheaf_error *err)
{
	form         f;
	size_t       i = 0;
	sheaf_status status = fill_form(&f, o, err);

	do {
		f.with.set = o->sets.count ? o->sets.items[i] : NULL;
		if (status == SHEAF_OK)
			status = sheaf_harvest_check(&f.with, err);
	} while (++i < o->sets.count);
	buf_free(&f.state);
	return status;
}

/* What one source takes and another does not, in the command's words. */
static sheaf_status check_source(const harvest_options *o, sheaf_error *err)
{
	int oai = str_eq(o->source, "oai"), api = str_eq(o->source, "api"), rss = !oai && !api;

	if (api && o->sets.count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--set is for --source oai; the API takes --query");
	if (!oai && o->prefix)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--metadata-prefix is for --source oai");
	if (api && !o->query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "--source api needs --query");
	if (!api && o->query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--query is for --source api; OAI-PMH takes --set");
	if (rss && !o->sets.count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--source rss needs --set CATEGORY, as in --set cs.NE");
	if (!rss && o->oai_base_url)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--oai-base-url is for --source rss --repair");
	return SHEAF_OK;
}

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const harvest_options *o = s->options;
	sheaf_status           status = check_source(o, err);

	(void)request;
	if (status != SHEAF_OK)
		return status;
	if (o->from.given && o->until.given && o->from.span.first > o->until.span.last)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--from is later than --until");
	return check_form(o, err);
}

static void say_page(harvesting *h, const sheaf_harvest_progress *p)
{
	progress_state state = {"records", h->sum.records + p->records, h->sum.bytes + p->bytes,
	                        p->total};
	buf            page = BUF_INIT(256);

	buf_printf(&page, "page %lld", (long long)p->pages);
	if (p->high_water)
		buf_printf(&page, " (to %s)", p->high_water);
	progress_page(&h->progress, &state, buf_str(&page));
	buf_free(&page);
}

static int on_progress(void *ctx, const sheaf_harvest_progress *p)
{
	harvesting *h = ctx;
	const char *why = p->message ? p->message : "";

	switch (p->event) {
	case SHEAF_HARVEST_EVENT_PAGE: say_page(h, p); break;
	case SHEAF_HARVEST_EVENT_WAIT:
		console_note(h->s->console, "%s; trying again in %lld.%lld s", why,
		             (long long)(p->wait_ms / 1000), (long long)(p->wait_ms % 1000 / 100));
		break;
	case SHEAF_HARVEST_EVENT_RESTART:
	case SHEAF_HARVEST_EVENT_NOTE: console_note(h->s->console, "%s", why); break;
	case SHEAF_HARVEST_EVENT_REJECT:
		console_note(h->s->console, "record rejected: %s", why);
		break;
	}
	return signals_pending();
}

static void add(sheaf_harvest_progress *sum, const sheaf_harvest_progress *p)
{
	sum->pages += p->pages;
	sum->records += p->records;
	sum->added += p->added;
	sum->updated += p->updated;
	sum->unchanged += p->unchanged;
	sum->rejected += p->rejected;
	sum->bytes += p->bytes;
	sum->kept_out += p->kept_out;
	for (size_t i = 0; i < SHEAF_CHANGE_KINDS; i++)
		sum->changes[i] += p->changes[i];
	sum->not_due += p->not_due;
	sum->stale += p->stale;
	sum->incomplete += p->incomplete;
}

static sheaf_status run_set(harvesting *h, sheaf_harvest_options *with, const char *set,
                            sheaf_error *err)
{
	sheaf_harvest_progress result = {0};
	sheaf_status           status;

	with->set = set;
	if (set)
		console_detail(h->s->console, "harvesting %s", set);
	status = sheaf_harvest(h->s->db, with, &result, err);
	add(&h->sum, &result);
	if (status == SHEAF_OK && result.not_due)
		console_note(h->s->console,
		             "not due: arXiv has nothing new since the last harvest");
	else if (status == SHEAF_OK && result.incomplete)
		console_note(h->s->console,
		             "some days are not complete; status --coverage tells which, and "
		             "harvest --repair fetches them");
	return status;
}

static sheaf_status run_sets(harvesting *h, sheaf_harvest_options *with, sheaf_error *err)
{
	const option_list *sets = &((const harvest_options *)h->s->options)->sets;
	sheaf_status       status = SHEAF_OK;

	if (!sets->count)
		return run_set(h, with, NULL, err);
	for (size_t i = 0; i < sets->count && status == SHEAF_OK; i++)
		status = run_set(h, with, sets->items[i], err);
	return status;
}

static void print_summary(const harvesting *h)
{
	const sheaf_harvest_progress *sum = &h->sum;

	output_printf(
		h->s->out,
		"added %lld, updated %lld, unchanged %lld, rejected %lld, pages %lld, seconds %.2f, "
		"records/s %.0f\n",
		(long long)sum->added, (long long)sum->updated, (long long)sum->unchanged,
		(long long)sum->rejected, (long long)sum->pages, progress_seconds(&h->progress),
		progress_rate(&h->progress, sum->records));
	change_counts_tell(h->s->console, sum->changes, sum->kept_out);
}

static exit_code outcome(const sheaf_harvest_progress *sum, int dry_run)
{
	if (sum->rejected || sum->stale || sum->incomplete)
		return CODE_INCOMPLETE;
	return sum->added || sum->updated || (dry_run && sum->records) ? CODE_DONE : CODE_NOTHING;
}

static sheaf_status harvest(harvesting *h, sheaf_harvest_options *with, sheaf_error *err)
{
	sheaf_status status;

	with->ctx = h;
	with->progress = on_progress;
	progress_begin(&h->progress, h->s->console);
	status = run_sets(h, with, err);
	progress_end(&h->progress);
	if (status == SHEAF_OK)
		h->s->code = outcome(&h->sum, with->dry_run);
	if (status == SHEAF_OK || h->sum.pages)
		print_summary(h);
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	harvesting   h = {.s = s};
	form         f;
	sheaf_status status = fill_form(&f, s->options, err);

	if (status == SHEAF_OK)
		status = harvest(&h, &f.with, err);
	buf_free(&f.state);
	return status;
}

const command command_harvest = {
	.name = "harvest",
	.summary = "Fetch what is new from arXiv",
	.arguments = "",
	.details =
		"Continues where the last run of the same source, set or query ended. A run that was\n"
		"interrupted, however it was, is continued by the next.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(harvest_options),
	.need = DB_CREATE,
	.defers = 1,
	.prepare = prepare,
	.run = run,
};

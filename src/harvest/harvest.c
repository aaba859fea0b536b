#include <sheaf/harvest.h>

#include <string.h>

#include "api_loop.h"
#include "category.h"
#include "coverage.h"
#include "due.h"
#include "error.h"
#include "harvest_run.h"
#include "oai_loop.h"
#include "repair.h"
#include "rss_loop.h"
#include "str.h"

enum { URL_MAX = 2000, QUERY_MAX = 4096 };

/* What the sources differ in. */
static const struct {
	const char *name, *base_url, *prefix;
	sheaf_status (*loop)(harvest_run *run, sheaf_error *err);
} sources[] = {
	[SHEAF_HARVEST_OAI] = {"oai", "https://oaipmh.arxiv.org/oai", "arXivRaw", oai_loop},
	[SHEAF_HARVEST_API] = {"api", "https://export.arxiv.org/api/query", "atom", api_loop},
	[SHEAF_HARVEST_RSS] = {"rss", "https://rss.arxiv.org/rss", "rss", rss_loop},
};

/* ---- options ---- */

static sheaf_status check_date(const char *name, const char *date, sheaf_error *err)
{
	char       again[TIME_TEXT_SIZE] = "";
	sheaf_time time = harvest_date(date);

	if (!date)
		return SHEAF_OK;
	if (time != SHEAF_TIME_NONE)
		time_format_date(time, again);
	if (!str_eq(again, date))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "`%s` must be a date YYYY-MM-DD, not %.40s", name, date);
	return SHEAF_OK;
}

static sheaf_status check_dates(const sheaf_harvest_options *options, sheaf_error *err)
{
	sheaf_status status = check_date("from", options->from, err);

	if (status == SHEAF_OK)
		status = check_date("until", options->until, err);
	if (status == SHEAF_OK && options->from && options->until &&
	    strcmp(options->from, options->until) > 0)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "`from` %s is after `until` %s", options->from, options->until);
	return status;
}

static sheaf_status check_oai(const sheaf_harvest_options *options, sheaf_error *err)
{
	const char *prefix = options->metadata_prefix;

	if (options->query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "OAI-PMH takes no query; give a set, or harvest from the API");
	if (prefix && !str_eq(prefix, "arXivRaw") && !str_eq(prefix, "arXiv"))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "metadata format %.40s cannot be read; use arXivRaw or arXiv",
		                  prefix);
	return SHEAF_OK;
}

static sheaf_status check_api(const sheaf_harvest_options *options, sheaf_error *err)
{
	const char *query = options->query ? options->query : "";
	size_t      len = strlen(query);

	if (options->set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the API takes no set; write it into the query, as in cat:cs.NE");
	if (options->until)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the API takes no end date; write submittedDate:[… TO …] into "
		                  "the query");
	if (len > QUERY_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a query longer than %d bytes",
		                  QUERY_MAX);
	str_trim(&query, &len);
	if (!len)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the API needs a query, as in all:memristor");
	return SHEAF_OK;
}

static sheaf_status check_rss(const sheaf_harvest_options *options, sheaf_error *err)
{
	if (!options->set || !*options->set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "feeds are of one category or archive; name it as the set, as in "
		                  "cs.NE");
	if (options->query || options->from || options->until)
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"a feed has the list of its day, and takes no query and no dates");
	return SHEAF_OK;
}

static sheaf_status check_source(const sheaf_harvest_options *options, sheaf_error *err)
{
	static sheaf_status (*const checks[])(const sheaf_harvest_options *, sheaf_error *) = {
		[SHEAF_HARVEST_OAI] = check_oai,
		[SHEAF_HARVEST_API] = check_api,
		[SHEAF_HARVEST_RSS] = check_rss,
	};

	if (options->repair && options->source == SHEAF_HARVEST_API)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the API has no lists of single days; to repair a query, harvest "
		                  "again with a `from`");
	if (options->repair && (options->full || options->from || options->until))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a repair knows the days that it reads; it takes no dates");
	return checks[options->source](options, err);
}

static sheaf_status check_each(const sheaf_harvest_options *options, sheaf_error *err)
{
	sheaf_status status;

	if (!options || !options->clock || !options->clock->now || !options->clock->sleep_ms)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a harvest needs a clock");
	if (!options->state_dir || !*options->state_dir)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a harvest needs a folder for its state");
	if ((size_t)options->source >= sizeof sources / sizeof *sources)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no such source");
	if (options->base_url &&
	    (strlen(options->base_url) > URL_MAX || strchr(options->base_url, '#')))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the base URL is too long, or has a fragment");
	if (options->record_dir && options->replay_dir)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a recording is either made or replayed");
	status = check_dates(options, err);
	return status == SHEAF_OK ? check_source(options, err) : status;
}

static sheaf_status choose(harvest_run *run, const sheaf_harvest_options *options, sheaf_error *err)
{
	const char *prefix = sources[options->source].prefix;

	run->options = options;
	run->base_url = options->base_url ? options->base_url : sources[options->source].base_url;
	if (options->query)
		buf_puts(&run->selection, options->query);
	if (options->set && *options->set &&
	    !(options->source == SHEAF_HARVEST_RSS
	              ? rss_feed_name(options->set, &run->selection)
	              : category_set_spec(options->set, &run->selection)))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no set or category: %.80s",
		                  options->set);
	if (options->source == SHEAF_HARVEST_OAI && options->metadata_prefix)
		prefix = options->metadata_prefix;
	run->key = (harvest_key){sources[options->source].name, run->base_url,
	                         buf_str(&run->selection), prefix};
	return buf_status(&run->selection, err);
}

/* Checks the options, and fills what of a run follows from them alone. */
static sheaf_status take_options(harvest_run *run, const sheaf_harvest_options *options,
                                 sheaf_error *err)
{
	sheaf_status status = check_each(options, err);

	if (status == SHEAF_OK)
		status = choose(run, options, err);
	if (status == SHEAF_OK)
		status = http_address_parse(run->base_url, &run->address, err);
	if (status == SHEAF_OK)
		status = pace_check_delay(&run->address, options->delay_ms, err);
	return status;
}

sheaf_status sheaf_harvest_check(const sheaf_harvest_options *options, sheaf_error *err)
{
	harvest_run  run = {.selection = BUF_INIT(QUERY_MAX + 1)};
	sheaf_status status = take_options(&run, options, err);

	buf_free(&run.selection);
	return status;
}

/* ---- one run ---- */

static sheaf_status prepare(harvest_run *run, sheaf_error *err)
{
	const sheaf_harvest_options *options = run->options;
	sheaf_status                 status;

	status = transport_open(&run->transport, options, &run->address, err);
	if (status == SHEAF_OK && !options->full)
		status = store_harvest_get(run->db, &run->key, &run->row, err);
	return status;
}

static sheaf_status read_source(harvest_run *run, sheaf_error *err)
{
	const sheaf_harvest_options *options = run->options;
	sheaf_status                 status;

	if (options->repair)
		return repair_oai(run, err);
	status = sources[options->source].loop(run, err);
	/* Days that a paper may have slipped out of meanwhile. */
	if (status == SHEAF_OK && run->suspects && !harvest_run_is_over(run))
		status = repair_oai(run, err);
	return status;
}

/* Limits are the caller's own wish, and leave nothing undone that was asked for. */
static sheaf_status look_for_gaps(harvest_run *run, sheaf_error *err)
{
	coverage_gaps gaps = {NULL, 0, 0};
	sheaf_status  status = SHEAF_OK;

	if (harvest_run_is_over(run))
		return SHEAF_OK;
	if (run->options->source == SHEAF_HARVEST_RSS)
		status = coverage_get_feed_gaps(run->db, run->key.selection, &gaps, err);
	else
		status = coverage_get_gaps(run->db, &run->key, &gaps, err);
	run->counts.incomplete = run->counts.incomplete || gaps.count;
	coverage_gaps_free(&gaps);
	return status;
}

/* Looks before the lock of the host is taken, so that the row is read anew after that. */
static sheaf_status look_if_due(harvest_run *run, int *due, sheaf_error *err)
{
	const sheaf_harvest_options *options = run->options;
	sheaf_status                 status;

	*due = 1;
	if (!options->if_due || options->full || options->repair)
		return SHEAF_OK;
	status = store_harvest_get(run->db, &run->key, &run->row, err);
	if (status != SHEAF_OK)
		return status;
	*due = due_is(run);
	harvest_row_clear(&run->row);
	return SHEAF_OK;
}

static sheaf_status ask(harvest_run *run, sheaf_error *err)
{
	const sheaf_harvest_options *options = run->options;
	sheaf_status                 status;

	if (options->repair && options->source == SHEAF_HARVEST_RSS)
		return repair_rss(run->db, options, &run->key, &run->counts, err);
	status = prepare(run, err);
	return status == SHEAF_OK ? read_source(run, err) : status;
}

static sheaf_status harvest(harvest_run *run, sheaf_error *err)
{
	int          due = 1;
	sheaf_status status = look_if_due(run, &due, err);

	store_set_force(run->db, run->options->force);
	if (status == SHEAF_OK && due)
		status = ask(run, err);
	store_set_force(run->db, 0);
	if (status == SHEAF_OK)
		status = look_for_gaps(run, err);
	if (status == SHEAF_OK && due && !run->options->dry_run)
		status = store_settle(run->db, err);
	run->counts.not_due = !due;
	return status;
}

sheaf_status sheaf_harvest(sheaf_database *db, const sheaf_harvest_options *options,
                           sheaf_harvest_progress *result, sheaf_error *err)
{
	harvest_run run = {
		.db = db,
		.selection = BUF_INIT(QUERY_MAX + 1),
		.row = {.finished = SHEAF_TIME_NONE},
		.transport = TRANSPORT_INIT,
		.counts = {.total = -1},
	};
	sheaf_status status;

	if (result)
		*result = run.counts;
	status = take_options(&run, options, err);
	if (status == SHEAF_OK)
		status = harvest(&run, err);
	/* What it points to goes with the run. */
	run.counts.high_water = NULL;
	if (result)
		*result = run.counts;
	transport_close(&run.transport);
	page_free(&run.page);
	harvest_row_clear(&run.row);
	buf_free(&run.selection);
	return status;
}

/* ---- what is remembered ---- */

typedef struct each {
	sheaf_harvest_state_fn fn;
	void                  *ctx;
} each;

static int tell(void *ctx, const harvest_key *key, const harvest_row *row)
{
	const each         *e = ctx;
	sheaf_harvest_state state = {
		.source = key->source,
		.base_url = key->base_url,
		.selection = key->selection,
		.metadata_prefix = key->metadata_prefix,
		.high_water = row->high_water ? row->high_water : "",
		.complete = row->complete,
		.finished = row->finished,
		.pages = row->pages,
		.records = row->records,
	};

	return e->fn(e->ctx, &state);
}

sheaf_status sheaf_harvest_each(sheaf_database *db, sheaf_harvest_state_fn fn, void *ctx,
                                sheaf_error *err)
{
	each e = {fn, ctx};

	return store_harvest_each(db, tell, &e, err);
}

#include "fetch.h"

#include <string.h>

#include "error.h"
#include "hash.h"
#include "retry.h"
#include "str.h"

enum {
	REDIRECTS_MAX = 5,
	DEFAULT_RETRIES = 8,
	UNREACHABLE_RETRIES = 3 /* where nobody has answered yet: most likely a wrong address */
};

/* How one request went. */
typedef struct trial {
	http_answer answer;
	retry_kind  kind;
	int         lasting; /* 1: asking again would not help */
} trial;

static sheaf_status on_body(void *ctx, const char *bytes, size_t len, sheaf_error *err)
{
	harvest_run *run = ctx;

	return page_feed(&run->page, bytes, len, err);
}

/* ---- one request, with its redirects ---- */

/* https, or the same server; and from elsewhere never to arXiv, whose pace would not be kept. */
static sheaf_status check_redirect(const harvest_run *run, const char *url, sheaf_error *err)
{
	http_address to;
	sheaf_status status = http_address_parse(url, &to, err);
	int          same = str_eq(to.host, run->address.host) && to.port == run->address.port;

	/* What the server wrote is no argument of the caller's. */
	if (status == SHEAF_ERROR_INVALID_ARGUMENT)
		return sheaf_fail(err, SHEAF_ERROR_NETWORK,
		                  "%s redirects to what is no http or https address: %.200s",
		                  run->address.host, url);
	if (status != SHEAF_OK)
		return status;
	if (!to.secure && (!same || run->address.secure))
		return sheaf_fail(err, SHEAF_ERROR_NETWORK,
		                  "%s redirects to a place that is not https: %.200s",
		                  run->address.host, url);
	if (pace_is_arxiv(to.host) && !run->transport.pace.arxiv)
		return sheaf_fail(err, SHEAF_ERROR_NETWORK,
		                  "%s redirects to arXiv; give arXiv's own address as the base URL",
		                  run->address.host);
	return SHEAF_OK;
}

static sheaf_status request(harvest_run *run, const char *url, trial *t, sheaf_error *err)
{
	static const sheaf_source_format formats[] = {[SHEAF_HARVEST_OAI] = SHEAF_SOURCE_OAI,
	                                              [SHEAF_HARVEST_API] = SHEAF_SOURCE_ATOM,
	                                              [SHEAF_HARVEST_RSS] = SHEAF_SOURCE_RSS};

	sheaf_status status = page_begin(&run->page, formats[run->options->source], err);

	t->lasting = status != SHEAF_OK;
	if (status != SHEAF_OK)
		return status;
	status = transport_get(&run->transport, url, &run->known, on_body, run, &t->answer, err);
	run->counts.bytes += t->answer.bytes;
	return status;
}

static sheaf_status follow(harvest_run *run, const char *url, trial *t, sheaf_error *err)
{
	buf          at = BUF_INIT(1 << 16);
	sheaf_status status;

	buf_puts(&at, url);
	status = buf_status(&at, err);
	for (int hop = 0; status == SHEAF_OK; hop++) {
		status = request(run, at.data, t, err);
		if (status != SHEAF_OK || !t->answer.location.len)
			break;
		t->lasting = 1;
		if (hop == REDIRECTS_MAX)
			status = sheaf_fail(err, SHEAF_ERROR_NETWORK,
			                    "%s redirects more than %d times", run->address.host,
			                    REDIRECTS_MAX);
		else
			status = check_redirect(run, t->answer.location.data, err);
		buf_clear(&at);
		buf_puts(&at, buf_str(&t->answer.location));
		if (status == SHEAF_OK)
			status = buf_status(&at, err);
	}
	buf_free(&at);
	return status;
}

/* ---- what the answer is ---- */

static const char *status_name(long status)
{
	static const struct {
		long        status;
		const char *name;
	} names[] = {
		{304, " Not Modified"},      {400, " Bad Request"},
		{403, " Forbidden"},         {404, " Not Found"},
		{408, " Request Timeout"},   {410, " Gone"},
		{429, " Too Many Requests"}, {500, " Internal Server Error"},
		{502, " Bad Gateway"},       {503, " Service Unavailable"},
		{504, " Gateway Timeout"},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].status == status)
			return names[i].name;
	return "";
}

/* arXiv's refusal has also come with a status that says success. */
static int says_rate_exceeded(const page *p)
{
	static const char words[] = "rate exceeded";
	size_t            len = sizeof words - 1;

	for (size_t i = 0; i + len <= p->head_len; i++)
		if (str_ieq_n(p->head + i, words, len))
			return 1;
	return 0;
}

static sheaf_status judge_http_error(harvest_run *run, trial *t, sheaf_error *err)
{
	long status = t->answer.status;

	if (status == 429 || status == 503)
		t->kind = RETRY_REFUSED;
	else if (status != 408 && status < 500)
		t->lasting = 1;
	return sheaf_fail(err, SHEAF_ERROR_NETWORK, "%s answers HTTP %ld%s", run->address.host,
	                  status, status_name(status));
}

static int is_web_page(const http_answer *answer)
{
	return str_istarts(answer->headers.type, "text/html") ||
	       str_istarts(answer->headers.type, "application/xhtml");
}

static int is_conditional(const harvest_run *run)
{
	return run->known.etag[0] || run->known.last_modified[0];
}

/* `status` is what the transfer came to, and `err` is filled accordingly. */
static sheaf_status judge(harvest_run *run, sheaf_status status, trial *t, sheaf_error *err)
{
	sheaf_error ignored;
	long        code = t->answer.status;

	if (t->lasting || status == SHEAF_ERROR_NOMEM || status == SHEAF_ERROR_INTERRUPTED) {
		t->lasting = 1;
		return status;
	}
	t->lasting = t->answer.lasting;
	if (code == 304 && status == SHEAF_OK && is_conditional(run))
		return SHEAF_OK;
	if (code >= 300) {
		/* An error page of the web server is no XML; the source's own error is. */
		if (status == SHEAF_OK && code >= 400 && code < 500 &&
		    page_end(&run->page, &ignored) == SHEAF_OK && run->page.info.error_code[0])
			return SHEAF_OK;
		return judge_http_error(run, t, err);
	}
	if (status == SHEAF_OK)
		status = page_end(&run->page, err);
	if (status == SHEAF_ERROR_PROTOCOL && says_rate_exceeded(&run->page)) {
		t->kind = RETRY_REFUSED;
		return sheaf_fail(err, SHEAF_ERROR_NETWORK, "%s answers that the rate is exceeded",
		                  run->address.host);
	}
	if (status == SHEAF_ERROR_PROTOCOL && is_web_page(&t->answer))
		return sheaf_fail(
			err, status,
			"%s answers with a web page (%.60s), where metadata was expected; "
			"is the address right, and no login page in between?",
			run->address.host, t->answer.headers.type);
	return status;
}

static sheaf_status try_once(harvest_run *run, const char *url, trial *t, sheaf_error *err)
{
	sheaf_status status = judge(run, follow(run, url, t, err), t, err);

	if (t->answer.retry_after_s > 0)
		t->kind = RETRY_REFUSED;
	return status;
}

/* ---- again and again ---- */

static int retries(const harvest_run *run, const trial *t)
{
	int max = run->options->max_retries;

	max = max < 0 ? 0 : max ? max : DEFAULT_RETRIES;
	if (t->answer.unreachable && !run->counts.bytes && max > UNREACHABLE_RETRIES)
		return UNREACHABLE_RETRIES;
	return max;
}

/* What two who were refused at once most likely differ in. */
static uint64_t jitter_seed(const harvest_run *run, int attempt)
{
	const sheaf_clock *clock = run->options->clock;
	const struct {
		sheaf_time now;
		int64_t    requests, attempt;
	} moment = {clock->now(clock->ctx), run->transport.pace.requests, attempt};
	const char *folder = run->options->state_dir;
	uint64_t    seed = hash_bytes(HASH_SEED, &moment, sizeof moment);

	seed = hash_bytes(seed, run->base_url, strlen(run->base_url));
	return hash_bytes(seed, folder, strlen(folder));
}

/* Remembers the pause that a refusal asks for, for this process and the next. */
static sheaf_status note_failure(harvest_run *run, const trial *t, int attempt, int64_t *wait_ms,
                                 sheaf_error *err)
{
	if (t->kind == RETRY_REFUSED)
		attempt = (int)run->transport.pace.refusals + 1;
	*wait_ms = retry_wait_ms(run->transport.pace.arxiv, t->kind, attempt,
	                         t->answer.retry_after_s);
	*wait_ms = retry_jitter_ms(*wait_ms, jitter_seed(run, attempt));
	return t->kind == RETRY_REFUSED ? transport_cool_down(&run->transport, *wait_ms, err)
	                                : SHEAF_OK;
}

static sheaf_status wait_for(harvest_run *run, int64_t wait_ms, int attempt, const char *why,
                             sheaf_error *err)
{
	const sheaf_clock *clock = run->options->clock;
	sheaf_status       status;

	if (wait_ms > RETRY_PATIENCE_S * (int64_t)1000)
		return sheaf_fail_at(err, SHEAF_ERROR_COOLING_DOWN, (long)(wait_ms / 1000),
		                     "%s; it asks for a pause of %lld s, try again then", why,
		                     (long long)(wait_ms / 1000));
	if (run->transport.plays)
		wait_ms = 0; /* what comes next is there already */
	run->counts.wait_ms = wait_ms;
	run->counts.attempt = attempt;
	status = harvest_run_report(run, SHEAF_HARVEST_EVENT_WAIT, why, err);
	run->counts.wait_ms = run->counts.attempt = 0;
	if (status == SHEAF_OK && clock->sleep_ms(clock->ctx, wait_ms))
		status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	return status;
}

static sheaf_status give_up(sheaf_status status, const sheaf_error *why, int attempt,
                            sheaf_error *err)
{
	if (attempt > 1)
		return sheaf_fail_at(err, status, why->offset, "%s (tried %d times)", why->message,
		                     attempt);
	if (err)
		*err = *why;
	return status;
}

typedef struct doubter {
	fetch_doubt_fn fn;
	const void    *ctx;
} doubter;

/* After a failure: either the error that it comes to, or the pause before the next try. */
static sheaf_status give_up_or_wait(harvest_run *run, sheaf_status status, const trial *t,
                                    const sheaf_error *why, int attempt, int *again,
                                    sheaf_error *err)
{
	int64_t      wait_ms;
	sheaf_status trouble;

	if (t->lasting)
		return give_up(status, why, 1, err);
	trouble = note_failure(run, t, attempt, &wait_ms, err);
	if (trouble != SHEAF_OK)
		return trouble;
	if (attempt > retries(run, t))
		return give_up(status, why, attempt, err);
	trouble = wait_for(run, wait_ms, attempt, why->message, err);
	*again = trouble == SHEAF_OK;
	return trouble;
}

static void note_answer(harvest_run *run, const trial *t)
{
	transport_answered(&run->transport);
	run->not_modified = t->answer.status == 304;
	run->seen = t->answer.headers.validators;
}

/* One try. Where another is worth it, `again` is 1, after the pause before that. */
static sheaf_status try_and_wait(harvest_run *run, const char *url, const doubter *d, int attempt,
                                 int *again, sheaf_error *err)
{
	trial        t = {.kind = RETRY_TRANSIENT};
	sheaf_error  why;
	const char  *wrong = NULL;
	sheaf_status status = try_once(run, url, &t, &why);

	*again = 0;
	if (status == SHEAF_OK && d->fn && t.answer.status != 304)
		wrong = d->fn(d->ctx, run, attempt, attempt > retries(run, &t));
	if (wrong)
		status = sheaf_fail(&why, SHEAF_ERROR_PROTOCOL, "%s sends %s", run->address.host,
		                    wrong);
	if (status == SHEAF_OK)
		note_answer(run, &t);
	else
		status = give_up_or_wait(run, status, &t, &why, attempt, again, err);
	http_answer_clear(&t.answer);
	return status;
}

sheaf_status fetch_page(harvest_run *run, const char *url, fetch_doubt_fn doubt, const void *ctx,
                        sheaf_error *err)
{
	const doubter d = {doubt, ctx};
	sheaf_status  status;
	int           attempt = 0, again;

	do
		status = try_and_wait(run, url, &d, ++attempt, &again, err);
	while (again);
	return status;
}

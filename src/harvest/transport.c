#include "transport.h"

#include "error.h"

enum { DEFAULT_TIMEOUT_MS = 300000 };

static sheaf_status open_network(transport *t, const sheaf_harvest_options *options,
                                 const http_address *address, sheaf_error *err)
{
	int64_t timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : DEFAULT_TIMEOUT_MS;
	sheaf_status status;

	status = pace_open(&t->pace, options->state_dir, address, options->delay_ms, options->clock,
	                   err);
	if (status == SHEAF_OK)
		status = http_new(options->clock, timeout_ms, address->loopback, &t->http, err);
	if (status == SHEAF_OK && options->record_dir) {
		status = recording_create(options->record_dir, &t->recording, err);
		http_listen(t->http, recording_hear, t->recording);
	}
	return status;
}

sheaf_status transport_open(transport *t, const sheaf_harvest_options *options,
                            const http_address *address, sheaf_error *err)
{
	if (!options->replay_dir)
		return open_network(t, options, address, err);
	t->plays = 1;
	t->pace.clock = options->clock;
	t->pace.arxiv = pace_is_arxiv(address->host);
	return recording_open(options->replay_dir, &t->recording, err);
}

void transport_close(transport *t)
{
	http_free(t->http);
	recording_free(t->recording);
	pace_close(&t->pace);
	t->http = NULL;
	t->recording = NULL;
}

/* ---- asking ---- */

/* Whom the body goes to, and what it said to it. */
typedef struct taker {
	http_body_fn fn;
	void        *ctx;
	sheaf_status status;
} taker;

static sheaf_status take(void *ctx, const char *bytes, size_t len, sheaf_error *err)
{
	taker *to = ctx;

	to->status = to->fn(to->ctx, bytes, len, err);
	return to->status;
}

/* An answer that was refused while it came is no failure of the transfer: it is refused again. */
static sheaf_status keep(transport *t, const http_answer *answer, sheaf_status status,
                         sheaf_status taken, const sheaf_error *why, sheaf_error *err)
{
	if (status == SHEAF_ERROR_INTERRUPTED || status == SHEAF_ERROR_NOMEM)
		return SHEAF_OK;
	return recording_keep(t->recording, answer, taken == SHEAF_OK ? status : SHEAF_OK,
	                      status == SHEAF_OK ? "" : why->message, err);
}

static sheaf_status ask(transport *t, const char *url, const http_validators *known, taker *to,
                        http_answer *answer, sheaf_error *err)
{
	sheaf_error  why, trouble;
	sheaf_status status = http_get(t->http, url, known, take, to, answer, &why),
		     kept = SHEAF_OK;

	if (t->recording)
		kept = keep(t, answer, status, to->status, &why, &trouble);
	if (status != SHEAF_OK && err)
		*err = why;
	if (kept == SHEAF_OK)
		return status;
	answer->lasting = 1;
	answer->status = 0;
	if (err)
		*err = trouble;
	return kept;
}

sheaf_status transport_get(transport *t, const char *url, const http_validators *known,
                           http_body_fn body, void *ctx, http_answer *answer, sheaf_error *err)
{
	taker        to = {body, ctx, SHEAF_OK};
	sheaf_status status;

	if (t->plays)
		return recording_get(t->recording, url, body, ctx,
		                     t->pace.clock->now(t->pace.clock->ctx), answer, err);
	http_answer_clear(answer);
	answer->lasting = 1;
	status = pace_request(&t->pace, err);
	if (status == SHEAF_OK && t->recording)
		status = recording_ask(t->recording, url, known, err);
	return status == SHEAF_OK ? ask(t, url, known, &to, answer, err) : status;
}

sheaf_status transport_cool_down(transport *t, int64_t wait_ms, sheaf_error *err)
{
	return t->plays ? SHEAF_OK : pace_cool_down(&t->pace, wait_ms, err);
}

void transport_answered(transport *t)
{
	if (!t->plays)
		pace_answered(&t->pace);
}

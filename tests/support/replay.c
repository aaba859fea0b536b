#include "replay.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "alloc.h"
#include "api_view.h"
#include "cut_body.h"
#include "datetime.h"
#include "error.h"
#include "gzip_body.h"
#include "hash.h"
#include "oai_view.h"
#include "pages.h"
#include "reply.h"
#include "request_log.h"
#include "rss_view.h"
#include "str.h"

enum { MAX_FORM = 64 * 1024, MAX_CONNECTIONS = 32, IDLE_S = 60 };

/* One thread does all the serving, so that requests are counted and logged in one order. */
struct replay {
	struct MHD_Daemon *daemon;
	replay_options     options;
	listing            papers;
	page_set           pages;
	request_log        log;
	oai_memory         lists; /* of the OAI-PMH server of before 2025 */
	int64_t            requests;
};

/* One request, from its first line to its end. */
typedef struct exchange {
	char   *uri;
	buf     form;
	int64_t received_ms;
	int     begun; /* 1: its headers have been seen */
} exchange;

/* What the request asks for, and what shall go wrong. */
typedef struct turn {
	replay      *server;
	form_args    args;
	arena        texts;
	const fault *fault;
	reply        out;
	char         etag[24]; /* of a feed; "" for all else */
} turn;

void replay_options_init(replay_options *o)
{
	memset(o, 0, sizeof *o);
	o->page_size = 500;
	o->listing.seed = 1;
	o->listing.papers = 600;
	o->listing.per_day = 20;
	o->listing.from_day = date_days(2026, 10, 1);
	o->listing.to_day = date_days(2026, 11, 20);
}

static int has_fault(const turn *t, fault_kind kind)
{
	return t->fault && t->fault->kind == kind;
}

static sheaf_status serve_oai(turn *t, sheaf_error *err)
{
	const replay *s = t->server;
	int           expired = has_fault(t, FAULT_EXPIRE);

	if (s->pages.count)
		return pages_answer(&s->pages, &t->args, listing_now(&s->papers), expired, &t->out,
		                    err);
	return oai_view_answer(&s->papers, &t->args, s->options.page_size, expired,
	                       s->options.old_oai ? &t->server->lists : NULL, &t->out, err);
}

static sheaf_status serve_api(turn *t, sheaf_error *err)
{
	if (has_fault(t, FAULT_NOTHING)) {
		api_view_nothing(&t->server->papers, &t->args, &t->out);
		return buf_status(&t->out.body, err);
	}
	return api_view_answer(&t->server->papers, &t->args, &t->out, err);
}

/* A feed carries the digest of its text, which a client may send back. */
static sheaf_status serve_feed(turn *t, rss_form form, const char *name, sheaf_error *err)
{
	const listing *l = &t->server->papers;
	int64_t        day = l->options.to_day, contents = day;
	sheaf_status   status;

	if (has_fault(t, FAULT_STALE))
		contents = rss_announced_before(day);
	if (has_fault(t, FAULT_NOTHING))
		contents = RSS_NO_DAY;
	status = rss_view_answer(l, form, name, day, contents, &t->out, err);
	if (status == SHEAF_OK && t->out.http_status == 200)
		snprintf(t->etag, sizeof t->etag, "\"%016llx\"",
		         (unsigned long long)hash_bytes(HASH_SEED, buf_str(&t->out.body),
		                                        t->out.body.len));
	return status;
}

static const struct {
	const char *path;
	sheaf_status (*serve)(turn *t, sheaf_error *err);
} places[] = {
	{"/oai", serve_oai},
	{"/oai2", serve_oai},
	{"/api/query", serve_api},
};

static void say(reply *out, unsigned http_status, const char *type, const char *text)
{
	out->http_status = http_status;
	out->type = type;
	buf_clear(&out->body);
	buf_puts(&out->body, text);
}

static void serve_place(turn *t, const char *path, size_t len)
{
	char        name[RSS_NAME_SIZE];
	rss_form    form;
	sheaf_error err;

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (strlen(places[i].path) != len || strncmp(places[i].path, path, len) != 0)
			continue;
		if (places[i].serve(t, &err))
			say(&t->out, 500, "text/plain; charset=utf-8", err.message);
		return;
	}
	if (rss_view_path(path, len, &form, name)) {
		if (serve_feed(t, form, name, &err))
			say(&t->out, 500, "text/plain; charset=utf-8", err.message);
		return;
	}
	say(&t->out, 404, "text/plain; charset=utf-8", "There is nothing at this address.\n");
}

/* Answers that need no look at the request. */
static int serve_fault(turn *t)
{
	static const char busy[] =
		"<!DOCTYPE html>\n<html><head><title>Please wait</title></head>\n"
		"<body><p>This service is busy & will be back.<br></body></html>\n";

	if (has_fault(t, FAULT_STATUS))
		say(&t->out, (unsigned)t->fault->http_status, "text/plain; charset=utf-8",
		    "Too many requests, or none at all can be served now.\n");
	else if (has_fault(t, FAULT_HTML))
		say(&t->out, 200, "text/html; charset=utf-8", busy);
	else if (has_fault(t, FAULT_EMPTY))
		say(&t->out, 200, "text/xml; charset=utf-8", "");
	else
		return 0;
	return 1;
}

static void spoil(reply *out)
{
	buf spoiled = BUF_INIT(0);

	buf_append(&spoiled, buf_str(&out->body), out->body.len / 2);
	buf_puts(&spoiled, "<<& </nowhere>");
	buf_append(&spoiled, buf_str(&out->body) + out->body.len / 2,
	           out->body.len - out->body.len / 2);
	buf_free(&out->body);
	out->body = spoiled;
}

static void serve(turn *t, const exchange *x)
{
	size_t len = strcspn(x->uri, "?");

	if (serve_fault(t))
		return;
	if ((x->uri[len] && form_parse(&t->args, x->uri + len + 1, &t->texts, NULL)) ||
	    form_parse(&t->args, buf_str(&x->form), &t->texts, NULL)) {
		say(&t->out, 400, "text/plain; charset=utf-8", "The arguments cannot be read.\n");
		return;
	}
	serve_place(t, x->uri, len);
	if (has_fault(t, FAULT_GARBAGE))
		spoil(&t->out);
}

/* 1 where the client has this very feed. */
static int is_known(const turn *t, struct MHD_Connection *connection)
{
	const char *known = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
	                                                "If-None-Match");

	return *t->etag && known && strstr(known, t->etag) != NULL;
}

static enum MHD_Result send_answer(turn *t, struct MHD_Connection *connection, const char *accept)
{
	int packed = gzip_accepted(accept) && t->out.body.len && !gzip_body(&t->out.body, NULL);
	struct MHD_Response *response;
	enum MHD_Result      result;
	char                 seconds[24];

	if (has_fault(t, FAULT_CUT))
		response = cut_response(&t->out.body);
	else
		response = MHD_create_response_from_buffer(t->out.body.len,
		                                           (void *)(uintptr_t)buf_str(&t->out.body),
		                                           MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", t->out.type);
	MHD_add_response_header(response, "Vary", "Accept-Encoding");
	if (*t->etag)
		MHD_add_response_header(response, "ETag", t->etag);
	if (packed)
		MHD_add_response_header(response, "Content-Encoding", "gzip");
	if (t->fault && t->fault->retry_after_s >= 0) {
		snprintf(seconds, sizeof seconds, "%lld", (long long)t->fault->retry_after_s);
		MHD_add_response_header(response, "Retry-After", seconds);
	}
	result = MHD_queue_response(connection, t->out.http_status, response);
	MHD_destroy_response(response);
	return result;
}

static void wait_ms(int64_t ms)
{
	struct timespec t = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};

	if (ms > 0)
		nanosleep(&t, NULL);
}

static enum MHD_Result take_turn(replay *server, struct MHD_Connection *connection,
                                 const char *method, const exchange *x)
{
	const char     *accept = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
	                                                     "Accept-Encoding");
	turn            t = {.server = server, .out = REPLY_INIT};
	int64_t         delay_ms;
	enum MHD_Result result;

	t.fault = fault_plan_due(&server->options.faults, ++server->requests, &delay_ms);
	wait_ms(delay_ms);
	if (str_eq(method, "GET") || str_eq(method, "POST"))
		serve(&t, x);
	else
		say(&t.out, 405, "text/plain; charset=utf-8", "GET and POST only.\n");
	if (is_known(&t, connection))
		say(&t.out, 304, t.out.type, "");
	result = send_answer(&t, connection, accept);
	request_log_add(&server->log,
	                &(request_line){x->received_ms, method, x->uri, t.out.http_status,
	                                t.out.body.len,
	                                MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
	                                                            "User-Agent"),
	                                accept, fault_name(t.fault)});
	buf_free(&t.out.body);
	arena_free(&t.texts);
	return result;
}

/* libmicrohttpd hands over the address as it came, before decoding. */
static void *on_uri(void *ctx, const char *uri, struct MHD_Connection *connection)
{
	exchange *x = mem_calloc(1, sizeof *x);

	(void)ctx;
	(void)connection;
	if (!x)
		return NULL;
	x->form.cap = MAX_FORM;
	x->received_ms = request_log_now();
	x->uri = mem_strdup(uri);
	return x;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
	exchange *x = *state;

	(void)url;
	(void)version;
	if (!x || !x->uri)
		return MHD_NO;
	if (!x->begun) {
		x->begun = 1;
		return MHD_YES;
	}
	if (*upload_size) {
		buf_append(&x->form, upload, *upload_size);
		*upload_size = 0;
		return x->form.status ? MHD_NO : MHD_YES;
	}
	return take_turn(ctx, connection, method, x);
}

static void on_end(void *ctx, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why)
{
	exchange *x = *state;

	(void)ctx;
	(void)connection;
	(void)why;
	if (!x)
		return;
	mem_free(x->uri);
	buf_free(&x->form);
	mem_free(x);
	*state = NULL;
}

static sheaf_status listen_on(replay *server, sheaf_error *err)
{
	struct sockaddr_in address;

	memset(&address, 0, sizeof address);
	address.sin_family = AF_INET;
	address.sin_port = htons((uint16_t)server->options.port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, on_request, server,
		MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)MAX_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_END);
	if (!server->daemon)
		return sheaf_fail(err, SHEAF_ERROR_NETWORK,
		                  "127.0.0.1:%d: the port cannot be opened", server->options.port);
	return SHEAF_OK;
}

sheaf_status replay_start(const replay_options *options, replay **server, sheaf_error *err)
{
	replay      *s = mem_calloc(1, sizeof *s);
	sheaf_status status;

	*server = NULL;
	if (!s)
		return sheaf_nomem(err);
	s->options = *options;
	status = listing_init(&s->papers, &options->listing, err);
	if (!status && !options->page_size)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "a page must hold at least one record");
	if (!status && options->pages)
		status = pages_load(&s->pages, options->pages, err);
	if (!status)
		status = request_log_open(&s->log, options->log, err);
	if (!status)
		status = listen_on(s, err);
	if (status)
		replay_stop(s);
	else
		*server = s;
	return status;
}

int replay_port(const replay *server)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon,
	                                                       MHD_DAEMON_INFO_BIND_PORT);

	return info ? info->port : 0;
}

const listing *replay_listing(const replay *server)
{
	return &server->papers;
}

void replay_stop(replay *server)
{
	if (!server)
		return;
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	request_log_close(&server->log);
	pages_free(&server->pages);
	listing_free(&server->papers);
	mem_free(server);
}

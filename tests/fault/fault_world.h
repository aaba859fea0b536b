/*
 * fault_world.h: arXiv with something wrong: a listing behind a canned server, one fault that strikes
 * from a request on, and harvests of it on a clock that never waits.
 */
#ifndef FAULT_WORLD_H
#define FAULT_WORLD_H

#include <stdlib.h>

#include "api_view.h"
#include "canned_harvest.h"
#include "datetime.h"
#include "form_args.h"
#include "oai_view.h"
#include "rss_view.h"

enum { WORLD_PAGE = 15, WORLD_TOKEN_SIZE = 512, WORLD_TARGET_SIZE = 1024, WORLD_FOREVER = 1 << 20 };

/* One each for sheaf_harvest_source, as bits. */
enum { ON_OAI = 1, ON_API = 2, ON_RSS = 4, ON_ALL = 7 };

typedef struct world world;

/* Writes what goes wrong in place of the answer `r`, bytes of HTTP and all. */
typedef void (*fault_fn)(world *w, const char *arg, reply *r, buf *out);

typedef struct fault_case {
	const char *name;
	int         on; /* which sources know it */
	fault_fn    strike;
	const char *arg;
	int         times;    /* how often, where it passes */
	int         passes;   /* 1: it is not tried for ever: nobody could tell then */
	const char *base_url; /* asked for instead while the fault lasts; NULL: the server's */
} fault_case;

struct world {
	canned_harvest       h;
	listing              papers;
	sheaf_harvest_source source;
	const fault_case    *fault; /* NULL: none */
	int                  at;    /* the first request that it may strike */
	int                  times; /* how often */
	int                  fired;
	arena                texts;                       /* of a request */
	form_args            args;                        /* of it */
	char                 previous[WORLD_TARGET_SIZE]; /* the target before */
	char                 first_token[WORLD_TOKEN_SIZE];
};

static inline void world_send(buf *out, const reply *r, const char *headers)
{
	buf_printf(out,
	           "HTTP/1.1 %u %s\r\nContent-Type: %s\r\n%sContent-Length: %zu\r\n"
	           "Connection: close\r\n\r\n",
	           r->http_status, r->http_status < 400 ? "OK" : "No", r->type, headers,
	           r->body.len);
	buf_append(out, buf_str(&r->body), r->body.len);
}

/* What a server without faults answers to a target. */
static inline void world_answer(world *w, const char *target, reply *r)
{
	const char *query = strchr(target, '?');
	char        name[64] = "";
	sheaf_error err;

	arena_clear(&w->texts);
	w->args.count = 0;
	if (query)
		must(form_parse(&w->args, query + 1, &w->texts, &err), &err);
	if (w->source == SHEAF_HARVEST_OAI) {
		must(oai_view_answer(&w->papers, &w->args, WORLD_PAGE, 0, NULL, r, &err), &err);
	} else if (w->source == SHEAF_HARVEST_API) {
		must(api_view_answer(&w->papers, &w->args, r, &err), &err);
	} else if (sscanf(target, "/rss/%63s", name) != 1) {
		r->http_status = 404;
	} else {
		must(rss_view_answer(&w->papers, RSS_FORM_RSS, name, w->papers.options.to_day,
		                     w->papers.options.to_day, r, &err),
		     &err);
	}
}

/* The text of the token of an answer; "" where it has none. */
static inline void world_token(const reply *r, char token[WORLD_TOKEN_SIZE])
{
	const char *at = strstr(buf_str(&r->body), "<resumptionToken ");

	*token = 0;
	if (at)
		assert_int_equal(sscanf(at, "<resumptionToken %*[^>]>%511[^<]", token), 1);
}

static inline int world_is_due(const world *w, int number)
{
	if (!w->fault || number < w->at || w->fired >= w->times)
		return 0;
	return w->source != SHEAF_HARVEST_OAI || w->at == 1 ||
	       form_get(&w->args, "resumptionToken");
}

static inline void world_serve(void *ctx, int number, const char *target, buf *out)
{
	world *w = ctx;
	reply  r = REPLY_INIT;

	w->h.server.drip_ms = 0;
	world_answer(w, target, &r);
	if (!*w->first_token && w->source == SHEAF_HARVEST_OAI)
		world_token(&r, w->first_token);
	if (world_is_due(w, number)) {
		w->fired++;
		w->fault->strike(w, w->fault->arg, &r, out);
	} else {
		world_send(out, &r, "");
	}
	snprintf(w->previous, sizeof w->previous, "%s", target);
	buf_free(&r.body);
}

static inline void world_base(world *w, const char *base_url)
{
	static const char *const paths[] = {"oai", "api/query", "rss"};

	if (base_url && base_url[strlen(base_url) - 1] == ':')
		snprintf(w->h.url, sizeof w->h.url, "%s%d/x", base_url, w->h.server.port);
	else if (base_url)
		snprintf(w->h.url, sizeof w->h.url, "%s", base_url);
	else
		snprintf(w->h.url, sizeof w->h.url, "http://127.0.0.1:%d/%s", w->h.server.port,
		         paths[w->source]);
}

/* 70 papers of a week in autumn 2026, seen on their last evening, a Friday. */
static inline world *world_new(sheaf_harvest_source source, const fault_case *fault, int at,
                               int times)
{
	listing_options o = {.seed = 5,
	                     .papers = 70,
	                     .per_day = 10,
	                     .from_day = date_days(2026, 11, 14),
	                     .to_day = date_days(2026, 11, 20)};
	world          *w = calloc(1, sizeof *w);
	sheaf_error     err;

	assert_non_null(w);
	must(listing_init(&w->papers, &o, &err), &err);
	w->source = source;
	w->fault = fault;
	w->at = at;
	w->times = times;
	still_clock_init(&w->h.clock);
	w->h.clock.start = listing_now(&w->papers);
	scratch_path(w->h.path, "faults");
	snprintf(w->h.state_dir, sizeof w->h.state_dir, "faults-state-%ld", (long)getpid());
	must(sheaf_database_open(w->h.path, SHEAF_DB_CREATE, NULL, &w->h.db, &err), &err);
	canned_harvest_serve(&w->h, world_serve, w);
	w->h.options.ctx = &w->h;
	w->h.options.source = source;
	w->h.options.timeout_ms = 1000;
	w->h.options.page_size = 20;
	w->h.options.max_retries = 3;
	if (source == SHEAF_HARVEST_API)
		w->h.options.query = "cat:cs.* OR cat:math.* OR cat:physics.* OR cat:astro-ph.*";
	if (source == SHEAF_HARVEST_RSS)
		w->h.options.set = "cs";
	world_base(w, NULL);
	return w;
}

static inline void world_free(world *w)
{
	canned_stop(&w->h.server);
	canned_harvest_forget(&w->h);
	sheaf_database_close(w->h.db);
	scratch_remove(w->h.path);
	listing_free(&w->papers);
	arena_free(&w->texts);
	free(w);
}

/* ---- what is in the database ---- */

typedef struct world_lines {
	char **items;
	size_t count;
} world_lines;

static inline int world_write(void *ctx, const char *bytes, size_t len)
{
	buf_append(ctx, bytes, len);
	return 0;
}

static inline int world_export_one(void *ctx, const sheaf_document *doc)
{
	sheaf_writer_item(ctx, &(sheaf_item){.doc = doc});
	return 0;
}

/* Takes out `"key":"text",`, which tells how the paper came here, not what it is. */
static inline void world_drop(char *line, const char *key)
{
	char *at = strstr(line, key), *end;

	if (!at)
		return;
	end = at + strlen(key);
	end += strcspn(end, ",}");
	memmove(at, end, strlen(end) + 1);
}

static inline int world_by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All papers, a line each, in the order of the text; freed by free(). */
static inline char *world_documents(world *w)
{
	buf           text = BUF_INIT(0), sorted = BUF_INIT(0);
	world_lines   lines = {calloc(1024, sizeof(char *)), 0};
	sheaf_writer *writer;
	sheaf_error   err;
	char         *result;

	must(sheaf_writer_new(SHEAF_FORMAT_SNAPSHOT, world_write, &text, &writer, &err), &err);
	sheaf_writer_begin(writer, NULL);
	must(sheaf_database_each_document(w->h.db, 0, world_export_one, writer, &err), &err);
	must(sheaf_writer_end(writer, &err), &err);
	sheaf_writer_free(writer);
	for (char *line = text.data, *next; line && *line && lines.count < 1024; line = next) {
		next = line + strcspn(line, "\n");
		*next++ = 0;
		lines.items[lines.count++] = line;
	}
	qsort(lines.items, lines.count, sizeof *lines.items, world_by_text);
	for (size_t i = 0; i < lines.count; i++) {
		world_drop(lines.items[i], ",\"announced\":");
		world_drop(lines.items[i], ",\"change\":");
		buf_printf(&sorted, "%s\n", lines.items[i]);
	}
	result = strdup(buf_str(&sorted));
	free(lines.items);
	buf_free(&text);
	buf_free(&sorted);
	return result;
}

#endif

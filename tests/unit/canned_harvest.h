/*
 * canned_harvest.h: a harvest of a canned_server into a scratch database, on a clock that stands
 * still.
 */
#ifndef CANNED_HARVEST_H
#define CANNED_HARVEST_H

#include "scratch_db.h"

#include "canned_server.h"
#include "still_clock.h"

enum { CANNED_EVENTS = SHEAF_HARVEST_EVENT_NOTE + 1 };

typedef struct canned_harvest {
	canned_server          server;
	still_clock            clock;
	sheaf_database        *db;
	sheaf_harvest_options  options;
	sheaf_harvest_progress result;
	sheaf_error            err;
	sheaf_harvest_state    state; /* of the last harvest that the database remembers */
	int                    states;
	int                    events[CANNED_EVENTS];
	char                   last_wait[256];
	char                   path[SCRATCH_PATH_SIZE], state_dir[64], url[96];
	char                   high_water[64];
	int                    serving;
} canned_harvest;

static inline int canned_harvest_setup(void **state)
{
	canned_harvest *h = calloc(1, sizeof *h);

	if (!h)
		return -1;
	still_clock_init(&h->clock);
	scratch_path(h->path, "harvest");
	snprintf(h->state_dir, sizeof h->state_dir, "harvest-state-%ld", (long)getpid());
	must(sheaf_database_open(h->path, SHEAF_DB_CREATE, NULL, &h->db, &h->err), &h->err);
	*state = h;
	return 0;
}

static inline void canned_harvest_forget(const canned_harvest *h)
{
	char path[256];

	snprintf(path, sizeof path, "%s/127.0.0.1_%d.lock", h->state_dir, h->server.port);
	unlink(path);
	snprintf(path, sizeof path, "%s/127.0.0.1_%d.pace", h->state_dir, h->server.port);
	unlink(path);
	rmdir(h->state_dir);
}

static inline int canned_harvest_teardown(void **state)
{
	canned_harvest *h = *state;

	if (h->serving)
		canned_stop(&h->server);
	canned_harvest_forget(h);
	sheaf_database_close(h->db);
	scratch_remove(h->path);
	free(h);
	return 0;
}

static inline int canned_harvest_progress(void *ctx, const sheaf_harvest_progress *p)
{
	canned_harvest *h = ctx;

	h->events[p->event]++;
	if (p->event == SHEAF_HARVEST_EVENT_WAIT)
		snprintf(h->last_wait, sizeof h->last_wait, "%s", p->message);
	return 0;
}

/* Starts the server and points the options at it. */
static inline void canned_harvest_serve(canned_harvest *h, canned_fn fn, void *ctx)
{
	canned_start(&h->server, fn, ctx);
	h->serving = 1;
	snprintf(h->url, sizeof h->url, "http://127.0.0.1:%d/oai", h->server.port);
	h->options.base_url = h->url;
	h->options.delay_ms = -1;
	h->options.state_dir = h->state_dir;
	h->options.clock = &h->clock.clock;
	h->options.ctx = h;
	h->options.progress = canned_harvest_progress;
}

static inline int canned_harvest_state(void *ctx, const sheaf_harvest_state *state)
{
	canned_harvest *h = ctx;

	h->state = *state;
	snprintf(h->high_water, sizeof h->high_water, "%s", state->high_water);
	h->state.source = h->state.base_url = h->state.selection = h->state.metadata_prefix = NULL;
	h->state.high_water = h->high_water;
	h->states++;
	return 0;
}

/* Harvests, and reads what the database remembers of it. */
static inline sheaf_status canned_harvest_run(canned_harvest *h)
{
	sheaf_error  err;
	sheaf_status status = sheaf_harvest(h->db, &h->options, &h->result, &h->err);

	h->states = 0;
	must(sheaf_harvest_each(h->db, canned_harvest_state, h, &err), &err);
	return status;
}

static inline int64_t canned_harvest_count(canned_harvest *h)
{
	int64_t count;

	must(sheaf_database_get_doccount(h->db, &count, &h->err), &h->err);
	return count;
}

/* 1 where request `number` holds `text`; else says what it was. */
static inline int canned_harvest_asked(canned_harvest *h, int number, const char *text)
{
	const char *request = canned_request(&h->server, number);

	if (strstr(request, text))
		return 1;
	print_message("request %d was: %.*s\n", number, (int)strcspn(request, "\r"), request);
	return 0;
}

#endif

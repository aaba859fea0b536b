/*
 * replay.h: a server on 127.0.0.1 that speaks as arXiv does: OAI-PMH at /oai, the Atom API
 * at /api/query, over a synthetic listing or recorded pages, with faults on demand.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include "faults.h"
#include "listing.h"

typedef struct replay replay;

typedef struct replay_options {
	int             port; /* 0: any that is free */
	listing_options listing;
	size_t          page_size; /* records of an OAI-PMH page */
	int             old_oai;   /* 1: OAI-PMH as the server of before 2025 spoke it */
	const char     *pages;     /* folder of recorded pages for /oai; NULL: the listing */
	fault_plan      faults;
	const char     *log; /* file that gets a line a request; NULL: none */
} replay_options;

/* Defaults: a small listing of autumn 2026. */
void replay_options_init(replay_options *options);
/*
 * Starts serving, on a thread of its own. Errors: INVALID_ARGUMENT, IO, NOMEM, NETWORK (the port is
 * taken).
 */
sheaf_status replay_start(const replay_options *options, replay **server, sheaf_error *err);
int          replay_port(const replay *server);
/* The papers it serves; borrowed. */
const listing *replay_listing(const replay *server);
/* Stops it and frees it. Takes NULL. */
void replay_stop(replay *server);

#endif

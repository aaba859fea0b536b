/* fetch.h: one page from the source, however often it has to be asked for. */
#ifndef FETCH_H
#define FETCH_H

#include "harvest_run.h"

/*
 * Looks at a page that came whole. NULL: it is good; else why it shall be asked for again, one
 * line. `attempt` counts from 1; `last` is 1 where the page cannot be asked for again.
 */
typedef const char *(*fetch_doubt_fn)(const void *ctx, const harvest_run *run, int attempt,
                                      int last);

/*
 * Fetches `url` into run->page: paced, redirects followed, refusals obeyed, and what may pass tried
 * again. Where run->known names a copy that is still the newest, run->not_modified becomes 1 and
 * the page is empty; run->seen is what the answer is known by. An error that the source words
 * itself is a page, with info.error_code. `doubt` may be
 * NULL. Errors: NETWORK, NETWORK_TIMEOUT, PROTOCOL; COOLING_DOWN (the source asked for a longer
 * pause than is worth waiting for); INTERRUPTED; NOMEM; IO.
 */
sheaf_status fetch_page(harvest_run *run, const char *url, fetch_doubt_fn doubt, const void *ctx,
                        sheaf_error *err);

#endif

/* transport.h: how a harvest asks: over the network at the host's pace, or from a recording. */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "pace.h"
#include "recording.h"

typedef struct transport {
	pace       pace; /* untouched, but for `arxiv`, where a recording is played */
	http      *http; /* NULL then */
	recording *recording;
	int        plays; /* 1: from the recording */
} transport;

#define TRANSPORT_INIT             \
	{                          \
		.pace = PACE_INIT, \
	}

/*
 * Opens it by the options' delay_ms, timeout_ms, state_dir, record_dir and replay_dir. Close it
 * also after a failure. Errors: those of pace_open(), http_new(), recording_create() and
 * recording_open().
 */
sheaf_status transport_open(transport *t, const sheaf_harvest_options *options,
                            const http_address *address, sheaf_error *err);
void         transport_close(transport *t);

/*
 * One request, when it is time for it. As http_get(); also IO, INTERRUPTED before it was made:
 * answer->lasting is 1 then.
 */
sheaf_status transport_get(transport *t, const char *url, const http_validators *known,
                           http_body_fn body, void *ctx, http_answer *answer, sheaf_error *err);

/* As pace_cool_down() and pace_answered(); a recording cools nothing. */
sheaf_status transport_cool_down(transport *t, int64_t wait_ms, sheaf_error *err);
void         transport_answered(transport *t);

#endif

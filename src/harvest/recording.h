/*
 * recording.h: a folder of requests and their answers, `000001.request` and `000001.answer` and so
 * on, in the order in which they were made. An answer is the status line, headers and body, decoded,
 * so that it can also be imported as it is.
 */
#ifndef RECORDING_H
#define RECORDING_H

#include "http.h"

typedef struct recording recording;

/* To be written: continues a recording that is there. Errors: NOMEM; IO. */
sheaf_status recording_create(const char *folder, recording **r, sheaf_error *err);
/* To be read. Errors: NOMEM; IO (there is none). */
sheaf_status recording_open(const char *folder, recording **r, sheaf_error *err);
void         recording_free(recording *r);

/* Writes a request; its answer is to be kept next. Errors: IO; NOMEM. */
sheaf_status recording_ask(recording *r, const char *url, const http_validators *known,
                           sheaf_error *err);
/* Takes a part of the answer's body; an http_body_fn, with the recording as its `ctx`. */
sheaf_status recording_hear(void *r, const char *bytes, size_t len, sheaf_error *err);
/*
 * Writes the answer. `failure` other than OK: the transfer broke off so, in the words of `why`.
 * Errors: IO; NOMEM.
 */
sheaf_status recording_keep(recording *r, const http_answer *answer, sheaf_status failure,
                            const char *why, sheaf_error *err);

/*
 * Gives the answer to the next request of `url`, as http_get() would: the n-th time the n-th answer
 * to it, and what broke off breaks off again. `now` is for Retry-After. Errors: as http_get(), and
 * IO where the request was never recorded.
 */
sheaf_status recording_get(recording *r, const char *url, http_body_fn body, void *ctx,
                           sheaf_time now, http_answer *answer, sheaf_error *err);

#endif

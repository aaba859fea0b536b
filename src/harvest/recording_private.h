/* recording_private.h: what the writing and the reading of recordings share. */
#ifndef RECORDING_PRIVATE_H
#define RECORDING_PRIVATE_H

#include "recording.h"

enum { RECORDED_REQUEST_MAX = 1 << 17, RECORDED_MAX = 999999, RECORDED_PATH_MAX = 4096 };

/* Stands among an answer's headers where the transfer broke off. */
#define RECORDED_FAILURE "Sheaf-Failure:"

/* A request that can be played back. */
typedef struct recorded_request {
	char *url;
	int   number;
	int   played;
} recorded_request;

struct recording {
	char             *folder;
	int               number; /* the last one written, or there when it was opened */
	buf               body;   /* of the answer that is being kept */
	recorded_request *requests;
	size_t            count, room;
	size_t            next; /* where the next one most likely is */
};

/* How transfers fail, as a recording spells it. */
typedef struct recorded_failure {
	sheaf_status status;
	const char  *name;
} recorded_failure;
extern const recorded_failure recorded_failures[];
extern const size_t           recorded_failure_count;

/* The path of request or answer `number`. Errors: NOMEM; INVALID_ARGUMENT (too long). */
sheaf_status recording_path(const recording *r, int number, const char *suffix, buf *path,
                            sheaf_error *err);
/* Makes one that knows its folder only. Errors: NOMEM. */
sheaf_status recording_new(const char *folder, recording **r, sheaf_error *err);

#endif

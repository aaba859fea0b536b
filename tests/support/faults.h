/*
 * faults.h: what a server does wrong, and at which requests.
 *
 * A fault is written KIND[:name=number]…, e.g. `503:every=5:retry-after=1`. KIND is an
 * HTTP status from 400 to 599, or
 *     cut      closes the connection in the middle of the body
 *     expire   the request's resumption token is answered with badResumptionToken
 *     html     a web page instead of XML
 *     empty    a body of no bytes
 *     nothing  API: a feed without entries and a total of 0; feeds: nothing was announced
 *     stale    feeds: the papers of the announcement before, under the date of today
 *     garbage  XML that is not well-formed
 *     slow     waits `ms` before the answer; goes together with another fault
 * `at` is the number of a request, from 1, and `count` how many from there on (1);
 * `every` is each N-th request; `retry-after` is in seconds.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include <sheaf/status.h>

enum { FAULT_MAX = 256 };

typedef enum fault_kind {
	FAULT_STATUS,
	FAULT_CUT,
	FAULT_EXPIRE,
	FAULT_HTML,
	FAULT_EMPTY,
	FAULT_NOTHING,
	FAULT_GARBAGE,
	FAULT_SLOW,
	FAULT_STALE
} fault_kind;

typedef struct fault {
	fault_kind kind;
	int64_t    http_status;
	int64_t    at, count, every;
	int64_t    retry_after_s; /* -1: no such header */
	int64_t    ms;
} fault;

typedef struct fault_plan {
	fault  items[FAULT_MAX];
	size_t count;
} fault_plan;

/* Adds a fault. Errors: INVALID_ARGUMENT. */
sheaf_status fault_plan_add(fault_plan *plan, const char *spec, sheaf_error *err);
/*
 * Adds the faults of a text file: one a line; blank lines, and what follows a #, are passed over.
 * Errors: INVALID_ARGUMENT (with the line), IO.
 */
sheaf_status fault_plan_read(fault_plan *plan, const char *path, sheaf_error *err);
/* The fault of a request, NULL for none; `*delay_ms` becomes how long to wait before. */
const fault *fault_plan_due(const fault_plan *plan, int64_t request, int64_t *delay_ms);
/* Its name, for the log; static. */
const char *fault_name(const fault *f);

#endif

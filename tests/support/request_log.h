/*
 * request_log.h: a line for each request, so that a test can see pace and headers. Fields,
 * parted by tabs: milliseconds since the start, method, URL, HTTP status, bytes of the
 * body as sent, User-Agent, Accept-Encoding, fault ("-": none). A header that was not
 * sent is "-".
 */
#ifndef REQUEST_LOG_H
#define REQUEST_LOG_H

#include <sheaf/status.h>
#include <stdio.h>

typedef struct request_log {
	FILE   *file; /* NULL: no log is kept */
	int64_t started_ms;
} request_log;

typedef struct request_line {
	int64_t     received_ms; /* clock of request_log_now() */
	const char *method, *url;
	unsigned    http_status;
	size_t      bytes;
	const char *user_agent, *accept_encoding; /* may be NULL */
	const char *fault;
} request_line;

/* A steady clock. */
int64_t request_log_now(void);
/* Opens the file for writing; NULL: no log. Errors: IO. */
sheaf_status request_log_open(request_log *log, const char *path, sheaf_error *err);
void         request_log_add(request_log *log, const request_line *line);
void         request_log_close(request_log *log);

#endif

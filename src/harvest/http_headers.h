/* http_headers.h: what of the head of an HTTP answer matters, read a line at a time. */
#ifndef HTTP_HEADERS_H
#define HTTP_HEADERS_H

#include "buf.h"

enum { HTTP_VALUE_SIZE = 256, HTTP_LOCATION_SIZE = 2048, HTTP_HEAD_MAX = 64 << 10 };

/*
 * What a copy is known by, as its server named it, so that it need not be sent again while it is
 * still the newest. "": not told; a longer one than fits counts as not told.
 */
typedef struct http_validators {
	char etag[HTTP_VALUE_SIZE], last_modified[HTTP_VALUE_SIZE];
} http_validators;

typedef struct http_headers {
	buf             text;   /* status line and headers as they came, HTTP_HEAD_MAX at most */
	long            status; /* 0: there was no status line */
	http_validators validators;
	char type[HTTP_VALUE_SIZE]; /* Content-Type; "" when not told, like all of these */
	char retry_after[HTTP_VALUE_SIZE], date[HTTP_VALUE_SIZE];
	char location[HTTP_LOCATION_SIZE]; /* as it came: perhaps relative */
} http_headers;

/* Empties it and frees what it holds; all-zero is empty too. */
void http_headers_clear(http_headers *h);
/* Takes a line; a status line begins a new answer, after an interim one. */
void http_headers_add(http_headers *h, const char *line, size_t len);
/* Seconds of the Retry-After, by the server's own clock where it told it; -1: none. */
int64_t http_headers_retry_after(const http_headers *h, sheaf_time now);

#endif

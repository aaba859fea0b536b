/*
 * http.h: one GET after another over one kept connection, through libcurl.
 *
 * TLS is verified; nothing but http and https is spoken; redirects are told, not followed, so
 * that each further request can be paced. Proxies are found as curl finds them, except that
 * a client can be told to go directly.
 */
#ifndef HTTP_H
#define HTTP_H

#include <sheaf/harvest.h>

#include "http_headers.h"

enum { HTTP_BODY_MAX = 64 << 20, HTTP_HOST_SIZE = 256 };

/* Where an URL leads. */
typedef struct http_address {
	int  secure; /* 1: https */
	int  port;
	int  default_port; /* 1: the scheme's own */
	int  loopback;
	char host[HTTP_HOST_SIZE]; /* lower case, without a trailing dot */
} http_address;

/*
 * Reads an URL as libcurl does. Errors: INVALID_ARGUMENT for what is no http(s) URL, and for one
 * with a user name, which would end up in logs and in the database.
 */
sheaf_status http_address_parse(const char *url, http_address *address, sheaf_error *err);

typedef struct http http;

/* Takes the body as it comes. A failure ends the transfer and is what http_get() answers. */
typedef sheaf_status (*http_body_fn)(void *ctx, const char *bytes, size_t len, sheaf_error *err);

typedef struct http_answer {
	long         status;        /* of HTTP; 0: none came */
	int64_t      bytes;         /* of the body, decoded */
	int64_t      retry_after_s; /* -1: not asked for */
	int          lasting;       /* 1 after a failure: it would be the same another time */
	int          unreachable;   /* 1 after a failure: nobody answered at all */
	buf          location;      /* where a redirect leads, absolute; "" for anything else */
	http_headers headers;       /* of the last answer, and none of interim ones */
} http_answer;

/*
 * `direct` 1: without a proxy. `clock` is borrowed; its sleep_ms() is called with 0 now and then,
 * to hear of an interruption.
 */
sheaf_status http_new(const sheaf_clock *clock, int64_t timeout_ms, int direct, http **h,
                      sheaf_error *err);
void         http_free(http *h);

/*
 * Asks for `url`. The body of a 2xx or 4xx answer goes to `body`, but for 408 and 429, whose body
 * says nothing. `answer` must be zero or used before; end it with http_answer_clear().
 * `known` (NULL: nothing) is of a copy that is at hand: where it is still the newest, the answer is
 * 304 without a body. An answer of any HTTP status that came whole is SHEAF_OK. Errors: NETWORK, NETWORK_TIMEOUT;
 * PROTOCOL (the body is too long); INTERRUPTED; what `body` answered.
 */
sheaf_status http_get(http *h, const char *url, const http_validators *known, http_body_fn body,
                      void *ctx, http_answer *answer, sheaf_error *err);
void         http_answer_clear(http_answer *answer);

/* 1 where http_get() hands over the body of such an answer. */
int http_wants_body(long status);
/*
 * From now on `body` hears of each body also what is not wanted, and before the request's own does;
 * NULL: nobody. Its failure ends the transfer as well.
 */
void http_listen(http *h, http_body_fn body, void *ctx);

/* Where a reference leads, which stands in an answer to `url`. Errors: NETWORK; NOMEM. */
sheaf_status http_resolve(const char *url, const char *reference, buf *out, sheaf_error *err);

/* The version of libcurl that runs, "7.88.1", or "(not installed)". Static storage. */
const char *http_library_version(void);

#endif

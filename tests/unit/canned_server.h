/*
 * canned_server.h: a web server on a thread of the test, which answers what the test tells it to,
 * byte for byte, and closes the connection after each answer.
 */
#ifndef CANNED_SERVER_H
#define CANNED_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "buf.h"

enum { CANNED_LOG_MAX = 64, CANNED_REQUEST_SIZE = 8192 };

/* Writes the answer to request `number`, from 1; `target` is its path and arguments. */
typedef void (*canned_fn)(void *ctx, int number, const char *target, buf *out);

typedef struct canned_server {
	canned_fn       fn;
	void           *ctx;
	int             listener, port;
	int             drip_ms; /* `fn` may set it: a pause after each KiB of its answer */
	pthread_t       thread;
	pthread_mutex_t lock;
	int             stopping; /* these three under the lock */
	int             count;
	char            requests[CANNED_LOG_MAX][CANNED_REQUEST_SIZE];
} canned_server;

/* An answer with a body of XML. */
static inline void canned_ok(buf *out, const char *body)
{
	buf_printf(out,
	           "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %zu\r\n"
	           "Connection: close\r\n\r\n%s",
	           strlen(body), body);
}

/* An answer without a body; `headers` NULL or lines that end in CRLF. */
static inline void canned_status(buf *out, const char *status, const char *headers)
{
	buf_printf(out, "HTTP/1.1 %s\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n", status,
	           headers ? headers : "");
}

static inline int canned_read(int fd, char request[CANNED_REQUEST_SIZE])
{
	size_t len = 0;

	while (len < CANNED_REQUEST_SIZE - 1) {
		ssize_t n = read(fd, request + len, CANNED_REQUEST_SIZE - 1 - len);

		if (n <= 0)
			return 0;
		len += (size_t)n;
		request[len] = 0;
		/* A client that begins with TLS. */
		if (request[0] == 0x16)
			return 0;
		if (strstr(request, "\r\n\r\n"))
			return 1;
	}
	return 0;
}

static inline void canned_answer(canned_server *s, int fd)
{
	char   request[CANNED_REQUEST_SIZE], target[CANNED_REQUEST_SIZE];
	buf    out = BUF_INIT(128u << 20);
	size_t sent = 0;
	int    number;

	if (!canned_read(fd, request) || sscanf(request, "GET %8191s ", target) != 1)
		return;
	pthread_mutex_lock(&s->lock);
	if (s->count < CANNED_LOG_MAX)
		memcpy(s->requests[s->count], request, sizeof request);
	number = ++s->count;
	pthread_mutex_unlock(&s->lock);
	s->fn(s->ctx, number, target, &out);
	while (sent < out.len) {
		size_t  piece = s->drip_ms && out.len - sent > 1024 ? 1024 : out.len - sent;
		ssize_t n = send(fd, out.data + sent, piece, MSG_NOSIGNAL);

		if (n <= 0)
			break;
		sent += (size_t)n;
		poll(NULL, 0, s->drip_ms);
	}
	shutdown(fd, SHUT_WR);
	buf_free(&out);
}

static inline int canned_stopping(canned_server *s)
{
	int stopping;

	pthread_mutex_lock(&s->lock);
	stopping = s->stopping;
	pthread_mutex_unlock(&s->lock);
	return stopping;
}

static inline void *canned_run(void *ctx)
{
	canned_server *s = ctx;

	while (!canned_stopping(s)) {
		struct pollfd wait = {s->listener, POLLIN, 0};
		int           fd;

		if (poll(&wait, 1, 20) <= 0)
			continue;
		fd = accept(s->listener, NULL, NULL);
		if (fd < 0)
			continue;
		canned_answer(s, fd);
		close(fd);
	}
	return NULL;
}

static inline void canned_start(canned_server *s, canned_fn fn, void *ctx)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t          len = sizeof address;

	memset(s, 0, sizeof *s);
	s->fn = fn;
	s->ctx = ctx;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	pthread_mutex_init(&s->lock, NULL);
	s->listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(s->listener >= 0);
	assert_int_equal(bind(s->listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(s->listener, 8), 0);
	assert_int_equal(getsockname(s->listener, (struct sockaddr *)&address, &len), 0);
	s->port = ntohs(address.sin_port);
	assert_int_equal(pthread_create(&s->thread, NULL, canned_run, s), 0);
}

static inline int canned_count(canned_server *s)
{
	int count;

	pthread_mutex_lock(&s->lock);
	count = s->count;
	pthread_mutex_unlock(&s->lock);
	return count;
}

/* Request `number`, from 1, as it came. */
static inline const char *canned_request(canned_server *s, int number)
{
	assert_true(number >= 1 && number <= canned_count(s) && number <= CANNED_LOG_MAX);
	return s->requests[number - 1];
}

static inline void canned_stop(canned_server *s)
{
	pthread_mutex_lock(&s->lock);
	s->stopping = 1;
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	close(s->listener);
	pthread_mutex_destroy(&s->lock);
}

#endif

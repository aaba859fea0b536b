/* The HTTP client against answers of all kinds, over real sockets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "canned_server.h"
#include "error.h"
#include "http.h"
#include "still_clock.h"

static void test_addresses(void **state)
{
	static const struct {
		const char *url, *host;
		int         secure, port, default_port, loopback;
	} good[] = {
		{"https://oaipmh.arxiv.org/oai", "oaipmh.arxiv.org", 1, 443, 1, 0},
		{"http://127.0.0.1:8080/oai?x=1", "127.0.0.1", 0, 8080, 0, 1},
		{"http://LocalHost/", "localhost", 0, 80, 1, 1},
		{"http://[::1]:99/", "[::1]", 0, 99, 0, 1},
		{"HTTPS://Export.arXiv.org./oai2", "export.arxiv.org", 1, 443, 1, 0},
	};
	static const char *const bad[] = {
		"",
		"oai",
		"ftp://example.org/",
		"file:///etc/passwd",
		"http://",
		"http://u:p@example.org/",
		"http://exa mple.org/",
		"https://arxiv.org:99999/",
	};
	http_address a;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_int_equal(http_address_parse(good[i].url, &a, NULL), SHEAF_OK);
		assert_string_equal(a.host, good[i].host);
		assert_int_equal(a.secure, good[i].secure);
		assert_int_equal(a.port, good[i].port);
		assert_int_equal(a.default_port, good[i].default_port);
		assert_int_equal(a.loopback, good[i].loopback);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (http_address_parse(bad[i], &a, NULL) != SHEAF_ERROR_INVALID_ARGUMENT)
			fail_msg("'%s' was taken", bad[i]);
}

/* ---- requests ---- */

typedef struct visit {
	canned_server          server;
	still_clock            clock;
	const http_validators *known;
	http                  *client;
	http_answer            answer;
	buf                    body;
	sheaf_error            err;
} visit;

static void answer_bytes(void *ctx, int number, const char *target, buf *out)
{
	(void)number, (void)target;
	buf_puts(out, ctx);
}

static sheaf_status keep(void *ctx, const char *bytes, size_t len, sheaf_error *err)
{
	buf *body = ctx;

	buf_append(body, bytes, len);
	return buf_status(body, err);
}

static void visit_begin(visit *v, canned_fn fn, void *ctx)
{
	memset(v, 0, sizeof *v);
	still_clock_init(&v->clock);
	canned_start(&v->server, fn, ctx);
	assert_int_equal(http_new(&v->clock.clock, 5000, 1, &v->client, NULL), SHEAF_OK);
}

static sheaf_status visit_get(visit *v)
{
	char url[100];

	snprintf(url, sizeof url, "http://127.0.0.1:%d/oai?verb=Identify", v->server.port);
	buf_clear(&v->body);
	return http_get(v->client, url, v->known, keep, &v->body, &v->answer, &v->err);
}

static void visit_end(visit *v)
{
	http_free(v->client);
	http_answer_clear(&v->answer);
	buf_free(&v->body);
	canned_stop(&v->server);
}

static sheaf_status visit_once(visit *v, const char *bytes)
{
	char *copy = strdup(bytes);

	visit_begin(v, answer_bytes, copy);
	v->err.status = visit_get(v);
	free(copy);
	return v->err.status;
}

static void test_plain_answer(void **state)
{
	visit v;

	(void)state;
	assert_int_equal(visit_once(&v, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
	                 SHEAF_OK);
	assert_int_equal(v.answer.status, 200);
	assert_int_equal(v.answer.bytes, 5);
	assert_int_equal(v.answer.retry_after_s, -1);
	assert_string_equal(buf_str(&v.body), "hello");
	assert_non_null(strstr(canned_request(&v.server, 1), "User-Agent: sheaf/"));
	assert_non_null(strstr(canned_request(&v.server, 1), "Accept-Encoding: gzip"));
	visit_end(&v);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *headers;
		int64_t     seconds;
	} cases[] = {
		{"", -1},
		{"Retry-After: 17\r\n", 17},
		{"retry-after:0\r\n", 0},
		{"Retry-After: nonsense\r\n", -1},
		/* A date counts from the server's own clock. */
		{"Date: Mon, 02 Mar 2020 10:00:00 GMT\r\nRetry-After: Mon, 02 Mar 2020 10:02:00 GMT\r\n",
	         120},
		{"Retry-After: Sun, 22 Nov 2026 12:00:45 GMT\r\n", 45},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char  text[300];
		visit v;

		snprintf(text, sizeof text, "HTTP/1.1 503 Busy\r\n%sContent-Length: 4\r\n\r\nbusy",
		         cases[i].headers);
		assert_int_equal(visit_once(&v, text), SHEAF_OK);
		assert_int_equal(v.answer.status, 503);
		assert_int_equal(v.answer.retry_after_s, cases[i].seconds);
		assert_int_equal(v.body.len, 0);
		visit_end(&v);
	}
}

static void test_cut_answers(void **state)
{
	static const char *const texts[] = {
		"",
		"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf of it",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
		"no HTTP at all",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		visit v;

		assert_int_equal(visit_once(&v, texts[i]), SHEAF_ERROR_NETWORK);
		assert_false(v.answer.lasting);
		assert_true(v.err.message[0]);
		visit_end(&v);
	}
}

static void test_damaged_gzip_is_told(void **state)
{
	visit v;

	(void)state;
	assert_int_equal(visit_once(&v, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
	                                "Content-Length: 5\r\n\r\nhello"),
	                 SHEAF_ERROR_NETWORK);
	assert_false(v.answer.lasting);
	assert_non_null(strstr(v.err.message, "cannot be unpacked"));
	visit_end(&v);
}

/* A name below .invalid is nobody's, wherever it is asked for. */
static void test_no_such_host(void **state)
{
	visit v;

	(void)state;
	visit_begin(&v, answer_bytes, NULL);
	assert_int_equal(http_get(v.client, "http://sheaf.invalid/oai", NULL, keep, &v.body,
	                          &v.answer, &v.err),
	                 SHEAF_ERROR_NETWORK);
	assert_true(v.answer.unreachable);
	assert_non_null(strstr(v.err.message, "no such host"));
	visit_end(&v);
}

static void test_redirects_are_told(void **state)
{
	visit v;

	(void)state;
	assert_int_equal(
		visit_once(
			&v,
			"HTTP/1.1 301 Moved\r\nLocation: /other?a=b\r\nContent-Length: 0\r\n\r\n"),
		SHEAF_OK);
	assert_int_equal(v.answer.status, 301);
	assert_non_null(strstr(buf_str(&v.answer.location), "/other?a=b"));
	assert_int_equal(canned_count(&v.server), 1);
	visit_end(&v);
}

static void test_nobody_there(void **state)
{
	visit v;

	(void)state;
	assert_int_equal(visit_once(&v, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), SHEAF_OK);
	canned_stop(&v.server);
	assert_int_equal(visit_get(&v), SHEAF_ERROR_NETWORK);
	assert_true(v.answer.unreachable);
	http_free(v.client);
	http_answer_clear(&v.answer);
	buf_free(&v.body);
}

/* A body that says it is as long as may be, and then goes on. */
static void endless(void *ctx, int number, const char *target, buf *out)
{
	(void)ctx, (void)number, (void)target;
	buf_puts(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	for (int i = 0; i <= HTTP_BODY_MAX >> 16; i++) {
		char block[1 << 16];

		memset(block, 'x', sizeof block);
		buf_append(out, block, sizeof block);
	}
}

static sheaf_status drop(void *ctx, const char *bytes, size_t len, sheaf_error *err)
{
	(void)ctx, (void)bytes, (void)len, (void)err;
	return SHEAF_OK;
}

static void test_body_cap(void **state)
{
	char  url[100];
	visit v;

	(void)state;
	visit_begin(&v, endless, NULL);
	snprintf(url, sizeof url, "http://127.0.0.1:%d/", v.server.port);
	assert_int_equal(http_get(v.client, url, NULL, drop, NULL, &v.answer, &v.err),
	                 SHEAF_ERROR_PROTOCOL);
	assert_true(v.answer.lasting);
	visit_end(&v);
}

static sheaf_status refuse(void *ctx, const char *bytes, size_t len, sheaf_error *err)
{
	(void)ctx, (void)bytes, (void)len;
	return sheaf_fail(err, SHEAF_ERROR_PROTOCOL, "not wanted");
}

static void test_body_refused(void **state)
{
	char  url[100], text[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
	visit v;

	(void)state;
	visit_begin(&v, answer_bytes, text);
	snprintf(url, sizeof url, "http://127.0.0.1:%d/", v.server.port);
	assert_int_equal(http_get(v.client, url, NULL, refuse, NULL, &v.answer, &v.err),
	                 SHEAF_ERROR_PROTOCOL);
	assert_string_equal(v.err.message, "not wanted");
	visit_end(&v);
}

static void answer_by_validators(void *ctx, int number, const char *target, buf *out)
{
	const canned_server *server = ctx;

	(void)target;
	if (strstr(server->requests[number - 1], "If-None-Match: W/\"list 7\""))
		buf_puts(out, "HTTP/1.1 304 Not Modified\r\nETag: W/\"list 7\"\r\n\r\n");
	else
		buf_puts(out, "HTTP/1.1 200 OK\r\nETag: W/\"list 7\"\r\n"
		              "last-modified: Sun, 22 Nov 2026 05:00:00 GMT\r\n"
		              "Content-Type: text/xml\r\nContent-Length: 5\r\n\r\nhello");
}

static void test_conditional_request(void **state)
{
	http_validators known;
	visit           v;

	(void)state;
	visit_begin(&v, answer_by_validators, &v.server);
	assert_int_equal(visit_get(&v), SHEAF_OK);
	assert_int_equal(v.answer.status, 200);
	assert_null(strstr(canned_request(&v.server, 1), "If-"));
	assert_string_equal(v.answer.headers.validators.etag, "W/\"list 7\"");
	assert_string_equal(v.answer.headers.validators.last_modified,
	                    "Sun, 22 Nov 2026 05:00:00 GMT");
	assert_string_equal(v.answer.headers.type, "text/xml");
	known = v.answer.headers.validators;
	v.known = &known;
	assert_int_equal(visit_get(&v), SHEAF_OK);
	assert_int_equal(v.answer.status, 304);
	assert_int_equal(v.body.len, 0);
	assert_non_null(strstr(canned_request(&v.server, 2),
	                       "If-Modified-Since: Sun, 22 Nov 2026 05:00:00 GMT\r\n"));
	/* The condition does not stay for the request after it. */
	v.known = NULL;
	assert_int_equal(visit_get(&v), SHEAF_OK);
	assert_int_equal(v.answer.status, 200);
	visit_end(&v);
}

/* What was kept comes from a file; it must not become headers of its own. */
static void test_validators_are_one_line(void **state)
{
	http_validators known = {"x\r\nX-Own: 1", ""};
	char            text[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
	visit           v;

	(void)state;
	visit_begin(&v, answer_bytes, text);
	v.known = &known;
	assert_int_equal(visit_get(&v), SHEAF_OK);
	assert_null(strstr(canned_request(&v.server, 1), "X-Own"));
	assert_null(strstr(canned_request(&v.server, 1), "If-None-Match"));
	visit_end(&v);
}

static int always(void *ctx, int64_t ms)
{
	(void)ctx, (void)ms;
	return 1;
}

static void test_interrupted(void **state)
{
	char  text[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
	visit v;

	(void)state;
	visit_begin(&v, answer_bytes, text);
	v.clock.clock.sleep_ms = always;
	assert_int_equal(visit_get(&v), SHEAF_ERROR_INTERRUPTED);
	visit_end(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_plain_answer),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_cut_answers),
		cmocka_unit_test(test_redirects_are_told),
		cmocka_unit_test(test_nobody_there),
		cmocka_unit_test(test_body_cap),
		cmocka_unit_test(test_body_refused),
		cmocka_unit_test(test_interrupted),
		cmocka_unit_test(test_conditional_request),
		cmocka_unit_test(test_validators_are_one_line),
		cmocka_unit_test(test_damaged_gzip_is_told),
		cmocka_unit_test(test_no_such_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

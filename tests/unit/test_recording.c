/* Requests and answers kept in a folder, and played back without anybody being asked. */
#include <stdlib.h>
#include <sys/stat.h>

#include "canned_harvest.h"

#include "file.h"
#include "recording.h"

static char folder[64];

static void file_path(int number, const char *suffix, char path[128])
{
	snprintf(path, 128, "%s/%06d.%s", folder, number, suffix);
}

static void forget_recording(void)
{
	char path[128];

	for (int i = 1; i < 40; i++) {
		file_path(i, "request", path);
		unlink(path);
		file_path(i, "answer", path);
		unlink(path);
	}
	rmdir(folder);
}

static int setup(void **state)
{
	snprintf(folder, sizeof folder, "recording-test-%ld", (long)getpid());
	return canned_harvest_setup(state);
}

static int teardown(void **state)
{
	forget_recording();
	return canned_harvest_teardown(state);
}

static char *read_file(int number, const char *suffix)
{
	char path[128];
	buf  text = BUF_INIT(1 << 20);

	file_path(number, suffix, path);
	assert_int_equal(file_read(path, &text, NULL), SHEAF_OK);
	return buf_take(&text);
}

static void write_file(int number, const char *suffix, const char *text)
{
	char path[128];

	assert_int_equal(file_make_folders(folder, NULL), SHEAF_OK);
	file_path(number, suffix, path);
	assert_int_equal(file_write_atomic(path, text, strlen(text), NULL), SHEAF_OK);
}

/* ---- a folder by itself ---- */

static sheaf_status gather(void *ctx, const char *bytes, size_t len, sheaf_error *err)
{
	buf_append(ctx, bytes, len);
	return buf_status(ctx, err);
}

static void test_the_nth_request_gets_the_nth_answer(void **state)
{
	static const char *const expected[] = {"one", "three", NULL};
	http_answer              answer = {0};
	recording               *r;
	sheaf_error              err;

	(void)state;
	write_file(1, "request", "GET http://127.0.0.1/a\r\n\r\n");
	write_file(1, "answer", "HTTP/1.1 200 OK\r\nETag: \"e\"\r\n\r\none");
	write_file(2, "request", "GET http://127.0.0.1/b\r\n\r\n");
	write_file(2, "answer", "HTTP/2 302\r\nLocation: /c?d\r\n\r\n");
	write_file(3, "request", "GET http://127.0.0.1/a\r\n\r\n"); /* killed before its answer */
	write_file(4, "request", "GET http://127.0.0.1/a\r\n\r\n");
	write_file(4, "answer", "HTTP/1.1 200 OK\r\n\r\nthree");
	assert_int_equal(recording_open(folder, &r, &err), SHEAF_OK);
	for (int i = 0; expected[i]; i++) {
		buf body = BUF_INIT(100);

		assert_int_equal(
			recording_get(r, "http://127.0.0.1/a", gather, &body, 0, &answer, &err),
			SHEAF_OK);
		assert_string_equal(buf_str(&body), expected[i]);
		assert_string_equal(answer.headers.validators.etag, i ? "" : "\"e\"");
		buf_free(&body);
	}
	assert_int_equal(recording_get(r, "http://127.0.0.1/b", NULL, NULL, 0, &answer, &err),
	                 SHEAF_OK);
	assert_int_equal(answer.status, 302);
	assert_string_equal(buf_str(&answer.location), "http://127.0.0.1/c?d");
	assert_int_equal(recording_get(r, "http://127.0.0.1/a", NULL, NULL, 0, &answer, &err),
	                 SHEAF_ERROR_IO);
	assert_true(answer.lasting);
	assert_non_null(strstr(err.message, "no answer to this request was recorded"));
	assert_non_null(strstr(err.message, "http://127.0.0.1/a"));
	http_answer_clear(&answer);
	recording_free(r);
}

/* Whatever stands in the files, it is an answer or an error. */
static void test_odd_files(void **state)
{
	static const char *const answers[] = {
		"",
		"\n",
		"HTTP/",
		"HTTP/1.1",
		"HTTP/1.1 99999999999999 x\r\n",
		"HTTP/1.1 200 OK\r\nSheaf-Failure:",
		"HTTP/1.1 200 OK\r\nSheaf-Failure: \r\n\r\n",
		"HTTP/1.1 200 OK\r\nSheaf-Failure: ;;;lasting\r\n\r\nbody",
		"HTTP/1.1 301 Moved\r\nLocation: http://[\r\n\r\n",
		"no head at all",
	};

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		http_answer  answer = {0};
		recording   *r;
		sheaf_error  err = {0};
		buf          body = BUF_INIT(100);
		sheaf_status status;

		write_file(1, "request", "GET http://127.0.0.1/a\r\n\r\n");
		write_file(1, "answer", answers[i]);
		assert_int_equal(recording_open(folder, &r, &err), SHEAF_OK);
		status = recording_get(r, "http://127.0.0.1/a", gather, &body, 0, &answer, &err);
		assert_true(status == SHEAF_OK || err.message[0]);
		http_answer_clear(&answer);
		buf_free(&body);
		recording_free(r);
	}
}

static void test_no_recording_there(void **state)
{
	sheaf_error err;
	recording  *r;

	(void)state;
	assert_int_equal(recording_open(folder, &r, &err), SHEAF_ERROR_IO);
	assert_null(r);
	assert_non_null(strstr(err.message, folder));
}

/* ---- a harvest ---- */

#define RECORD(id, date)                                                                            \
	"<record><header><identifier>oai:arXiv.org:" id "</identifier><datestamp>" date             \
	"</datestamp></header><metadata><arXivRaw xmlns=\"http://arxiv.org/OAI/arXivRaw/\"><id>" id \
	"</id><version version=\"v1\"><date>Mon, 5 Jan 2026 10:00:00 GMT</date></version>"          \
	"<title>A paper</title><authors>A. Tester</authors><categories>cs.NE</categories>"          \
	"<abstract>About.</abstract></arXivRaw></metadata></record>"
#define LIST(inside)                                                                      \
	"<?xml version=\"1.0\"?><OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">" \
	"<responseDate>2026-11-22T12:00:00Z</responseDate><ListRecords>" inside           \
	"</ListRecords></OAI-PMH>"

/* Busy, cut off, redirected, then two pages. */
static void serve_badly(void *ctx, int number, const char *target, buf *out)
{
	(void)ctx;
	if (number == 1)
		canned_status(out, "503 Busy", "Retry-After: 30\r\nSet-Cookie: secret=1\r\n");
	else if (number == 2)
		buf_puts(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<?xml version=");
	else if (number == 3)
		canned_status(out, "302 Found", "Location: /elsewhere?verb=ListRecords\r\n");
	else if (strstr(target, "resumptionToken"))
		canned_ok(out, LIST(RECORD("2601.00002", "2026-01-07")));
	else
		canned_ok(out,
		          LIST(RECORD("2601.00001",
		                      "2026-01-06") "<resumptionToken>next</resumptionToken>"));
}

static void open_again(canned_harvest *h)
{
	sheaf_database_close(h->db);
	scratch_remove(h->path);
	must(sheaf_database_open(h->path, SHEAF_DB_CREATE, NULL, &h->db, &h->err), &h->err);
}

static void test_a_harvest_is_replayed(void **state)
{
	canned_harvest *h = *state;
	int64_t         bytes;
	char            path[128];
	struct stat     about;

	canned_harvest_serve(h, serve_badly, NULL);
	h->options.record_dir = folder;
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 2);
	assert_int_equal(canned_count(&h->server), 5);
	bytes = h->result.bytes;
	canned_stop(&h->server);
	h->serving = 0;
	canned_harvest_forget(h);

	open_again(h);
	h->options.record_dir = NULL;
	h->options.replay_dir = folder;
	h->clock.slept_ms = 0;
	memset(h->events, 0, sizeof h->events);
	must(canned_harvest_run(h), &h->err);
	assert_int_equal(canned_harvest_count(h), 2);
	assert_int_equal(h->result.bytes, bytes);
	assert_int_equal(h->events[SHEAF_HARVEST_EVENT_WAIT], 2);
	/* Nothing waits, and nobody's lock or pace is touched. */
	assert_int_equal(h->clock.slept_ms, 0);
	assert_int_not_equal(stat(h->state_dir, &about), 0);
	/* The next run asks for what was never asked. */
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_IO);
	assert_non_null(strstr(h->err.message, "no answer to this request was recorded"));
	file_path(6, "request", path);
	assert_int_not_equal(stat(path, &about), 0);
}

static void test_what_the_files_hold(void **state)
{
	canned_harvest *h = *state;
	char           *text;

	canned_harvest_serve(h, serve_badly, NULL);
	h->options.record_dir = folder;
	must(canned_harvest_run(h), &h->err);
	text = read_file(1, "request");
	assert_int_equal(strncmp(text, "GET http://127.0.0.1:", 21), 0);
	free(text);
	text = read_file(1, "answer");
	assert_int_equal(strncmp(text, "HTTP/1.1 503 Busy\r\nRetry-After: 30\r\n", 36), 0);
	assert_null(strstr(text, "secret"));
	free(text);
	text = read_file(2, "answer");
	assert_non_null(strstr(text, "\r\nSheaf-Failure: network; "));
	assert_non_null(strstr(text, "\r\n\r\n<?xml version="));
	free(text);
	text = read_file(5, "answer");
	assert_non_null(strstr(text, "</OAI-PMH>"));
	assert_null(strstr(text, "Content-Length"));
	free(text);
	/* Another run goes on with the numbers. */
	must(canned_harvest_run(h), &h->err);
	text = read_file(6, "request");
	assert_non_null(strstr(text, "verb=ListRecords"));
	free(text);
}

static void test_either_or(void **state)
{
	canned_harvest *h = *state;

	canned_harvest_serve(h, serve_badly, NULL);
	h->options.record_dir = h->options.replay_dir = folder;
	assert_int_equal(canned_harvest_run(h), SHEAF_ERROR_INVALID_ARGUMENT);
}

#define RECORDING_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORDING_TEST(test_the_nth_request_gets_the_nth_answer),
		RECORDING_TEST(test_odd_files),
		RECORDING_TEST(test_no_recording_there),
		RECORDING_TEST(test_a_harvest_is_replayed),
		RECORDING_TEST(test_what_the_files_hold),
		RECORDING_TEST(test_either_or),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

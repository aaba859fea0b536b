#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "file.h"
#include "recording_private.h"
#include "str.h"

const recorded_failure recorded_failures[] = {
	{SHEAF_ERROR_NETWORK, "network"},
	{SHEAF_ERROR_NETWORK_TIMEOUT, "timeout"},
	{SHEAF_ERROR_PROTOCOL, "protocol"},
};
const size_t recorded_failure_count = sizeof recorded_failures / sizeof *recorded_failures;

sheaf_status recording_path(const recording *r, int number, const char *suffix, buf *path,
                            sheaf_error *err)
{
	buf_clear(path);
	buf_printf(path, "%s/%06d.%s", r->folder, number, suffix);
	return buf_status(path, err);
}

sheaf_status recording_new(const char *folder, recording **out, sheaf_error *err)
{
	recording *r = mem_calloc(1, sizeof *r);

	*out = NULL;
	if (r)
		r->folder = mem_strdup(folder);
	if (!r || !r->folder) {
		mem_free(r);
		return sheaf_nomem(err);
	}
	r->body = (buf)BUF_INIT(HTTP_BODY_MAX + (1u << 20));
	*out = r;
	return SHEAF_OK;
}

void recording_free(recording *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		mem_free(r->requests[i].url);
	mem_free(r->requests);
	buf_free(&r->body);
	mem_free(r->folder);
	mem_free(r);
}

/* ---- writing ---- */

/* Requests are numbered without gaps, so the first number that is free comes after all. */
static sheaf_status find_end(recording *r, sheaf_error *err)
{
	buf          path = BUF_INIT(RECORDED_PATH_MAX);
	sheaf_status status = recording_path(r, 1, "request", &path, err);

	while (status == SHEAF_OK && r->number < RECORDED_MAX && access(path.data, F_OK) == 0)
		status = recording_path(r, ++r->number + 1, "request", &path, err);
	buf_free(&path);
	return status;
}

sheaf_status recording_create(const char *folder, recording **out, sheaf_error *err)
{
	recording   *r;
	sheaf_status status = recording_new(folder, &r, err);

	*out = NULL;
	if (status == SHEAF_OK)
		status = file_make_folders(folder, err);
	if (status == SHEAF_OK)
		status = find_end(r, err);
	if (status != SHEAF_OK) {
		recording_free(r);
		return status;
	}
	*out = r;
	return SHEAF_OK;
}

static sheaf_status write_file(const recording *r, const char *suffix, const buf *text,
                               sheaf_error *err)
{
	buf          path = BUF_INIT(RECORDED_PATH_MAX);
	sheaf_status status = recording_path(r, r->number, suffix, &path, err);

	if (status == SHEAF_OK)
		status = buf_status(text, err);
	if (status == SHEAF_OK)
		status = file_write_atomic(path.data, text->data, text->len, err);
	buf_free(&path);
	return status;
}

sheaf_status recording_ask(recording *r, const char *url, const http_validators *known,
                           sheaf_error *err)
{
	buf          text = BUF_INIT(RECORDED_REQUEST_MAX);
	sheaf_status status;

	if (r->number == RECORDED_MAX)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: a recording of more than %d requests",
		                  r->folder, RECORDED_MAX);
	r->number++;
	buf_clear(&r->body);
	buf_printf(&text, "GET %s\r\n", url);
	if (known && known->etag[0])
		buf_printf(&text, "If-None-Match: %s\r\n", known->etag);
	if (known && known->last_modified[0])
		buf_printf(&text, "If-Modified-Since: %s\r\n", known->last_modified);
	buf_puts(&text, "\r\n");
	status = write_file(r, "request", &text, err);
	buf_free(&text);
	return status;
}

sheaf_status recording_hear(void *ctx, const char *bytes, size_t len, sheaf_error *err)
{
	recording *r = ctx;

	buf_append(&r->body, bytes, len);
	return buf_status(&r->body, err);
}

/* Those that no longer fit the decoded body, and those that are nobody else's business. */
static int is_dropped(const char *line)
{
	static const char *const names[] = {"Content-Encoding:", "Transfer-Encoding:",
	                                    "Content-Length:", "Set-Cookie:", RECORDED_FAILURE};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_istarts(line, names[i]))
			return 1;
	return 0;
}

static void write_head(const http_answer *answer, buf *out)
{
	const char *line = buf_str(&answer->headers.text), *end;

	if (!*line)
		buf_puts(out, "HTTP/1.1 000 No answer\r\n");
	for (; (end = strchr(line, '\n')); line = end + 1) {
		size_t len = (size_t)(end - line);

		len -= len && line[len - 1] == '\r';
		if (!len || is_dropped(line))
			continue;
		buf_append(out, line, len);
		buf_puts(out, "\r\n");
	}
}

static void write_failure(const http_answer *answer, sheaf_status failure, const char *why,
                          buf *out)
{
	const char *name = recorded_failures[0].name;

	for (size_t i = 0; i < recorded_failure_count; i++)
		if (recorded_failures[i].status == failure)
			name = recorded_failures[i].name;
	buf_printf(out, RECORDED_FAILURE " %s%s%s; %s\r\n", name, answer->lasting ? " lasting" : "",
	           answer->unreachable ? " unreachable" : "", why);
}

sheaf_status recording_keep(recording *r, const http_answer *answer, sheaf_status failure,
                            const char *why, sheaf_error *err)
{
	buf          text = BUF_INIT(HTTP_BODY_MAX + (2u << 20));
	sheaf_status status;

	write_head(answer, &text);
	if (failure != SHEAF_OK)
		write_failure(answer, failure, why, &text);
	buf_puts(&text, "\r\n");
	buf_append(&text, buf_str(&r->body), r->body.len);
	status = write_file(r, "answer", &text, err);
	buf_free(&text);
	return status;
}

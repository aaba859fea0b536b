/* recording_play.c: requests answered from a recording. */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "file.h"
#include "recording_private.h"
#include "str.h"

enum { PIECE = 16384 };

/* ---- which requests there are ---- */

static sheaf_status add_request(recording *r, int number, const char *text, sheaf_error *err)
{
	size_t len = strcspn(text, "\r\n");
	char  *url;

	if (r->count == r->room) {
		size_t            room = r->room ? r->room * 2 : 64;
		recorded_request *more = mem_realloc_array(r->requests, room, sizeof *more);

		if (!more)
			return sheaf_nomem(err);
		r->requests = more;
		r->room = room;
	}
	url = mem_calloc(1, len + 1);
	if (!url)
		return sheaf_nomem(err);
	if (str_starts(text, "GET "))
		memcpy(url, text + 4, len - 4);
	r->requests[r->count++] = (recorded_request){url, number, 0};
	return SHEAF_OK;
}

/* Up to the first number that is not there. */
static sheaf_status read_requests(recording *r, sheaf_error *err)
{
	buf          path = BUF_INIT(RECORDED_PATH_MAX), text = BUF_INIT(RECORDED_REQUEST_MAX);
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && r->number < RECORDED_MAX) {
		buf_clear(&text);
		status = recording_path(r, r->number + 1, "request", &path, err);
		if (status == SHEAF_OK)
			status = file_read(path.data, &text, err);
		if (status == SHEAF_OK)
			status = add_request(r, ++r->number, buf_str(&text), err);
	}
	if (status == SHEAF_ERROR_IO && r->count)
		status = SHEAF_OK;
	buf_free(&path);
	buf_free(&text);
	return status;
}

sheaf_status recording_open(const char *folder, recording **out, sheaf_error *err)
{
	recording   *r;
	sheaf_status status = recording_new(folder, &r, err);

	*out = NULL;
	if (status == SHEAF_OK)
		status = read_requests(r, err);
	if (status == SHEAF_ERROR_IO)
		sheaf_fail(err, status, "%s: there is no recording in this folder", folder);
	if (status != SHEAF_OK) {
		recording_free(r);
		return status;
	}
	*out = r;
	return SHEAF_OK;
}

/*
 * The first one of the URL that was not played yet; NULL: none is left. All before `next` were
 * played, for most are asked for in the order in which they were recorded.
 */
static recorded_request *find_request(recording *r, const char *url)
{
	while (r->next < r->count && r->requests[r->next].played)
		r->next++;
	for (size_t at = r->next; at < r->count; at++) {
		recorded_request *q = &r->requests[at];

		if (!q->played && str_eq(q->url, url))
			return q;
	}
	return NULL;
}

/* ---- an answer ---- */

/* Reads the answer to the next request of the URL; one without, by a run that was killed, is none. */
static sheaf_status read_answer(recording *r, const char *url, buf *text, sheaf_error *err)
{
	buf               path = BUF_INIT(RECORDED_PATH_MAX);
	recorded_request *q;
	sheaf_status      status = SHEAF_ERROR_IO;

	while (status == SHEAF_ERROR_IO && (q = find_request(r, url))) {
		q->played = 1;
		buf_clear(text);
		status = recording_path(r, q->number, "answer", &path, err);
		if (status == SHEAF_OK)
			status = file_read(path.data, text, err);
	}
	buf_free(&path);
	if (status == SHEAF_ERROR_IO)
		sheaf_fail(err, status, "%s: no answer to this request was recorded: %.300s",
		           r->folder, url);
	return status;
}

/* "network lasting unreachable; why", as it was written. */
static sheaf_status break_off(http_answer *answer, const char *line, size_t len, sheaf_error *err)
{
	const char  *mark = memchr(line, ';', len), *why = mark ? mark + 1 : line + len;
	size_t       why_len = (size_t)(line + len - why);
	sheaf_status status = SHEAF_ERROR_NETWORK;
	char         head[80];

	str_trim(&line, &len);
	snprintf(head, sizeof head, " %.*s ", mark ? (int)(mark - line) : (int)len, line);
	for (size_t i = 0; i < recorded_failure_count; i++)
		if (strstr(head, recorded_failures[i].name))
			status = recorded_failures[i].status;
	answer->lasting = strstr(head, " lasting ") != NULL;
	answer->unreachable = strstr(head, " unreachable ") != NULL;
	str_trim(&why, &why_len);
	if (!why_len)
		return sheaf_fail(err, status, "the transfer broke off");
	return sheaf_fail(err, status, "%.*s", why_len < 500 ? (int)why_len : 500, why);
}

/* Reads the head; `*body` becomes where the body begins. The failure that it tells is answered. */
static sheaf_status read_head(const buf *text, http_answer *answer, const char **body,
                              sheaf_error *err)
{
	const char  *line = buf_str(text), *all_end = line + text->len, *end;
	size_t       name = sizeof RECORDED_FAILURE - 1;
	sheaf_status status = SHEAF_OK;

	for (; (end = memchr(line, '\n', (size_t)(all_end - line))); line = end + 1) {
		size_t len = (size_t)(end - line);

		if (!len || (len == 1 && *line == '\r'))
			break;
		http_headers_add(&answer->headers, line, len + 1);
		if (len > name && str_ieq_n(line, RECORDED_FAILURE, name))
			status = break_off(answer, line + name, len - name, err);
	}
	*body = end ? end + 1 : all_end;
	answer->status = answer->headers.status;
	return status;
}

static sheaf_status play_body(const char *bytes, size_t len, http_body_fn body, void *ctx,
                              http_answer *answer, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	answer->bytes = (int64_t)len;
	while (status == SHEAF_OK && len && body && http_wants_body(answer->status)) {
		size_t piece = len < PIECE ? len : PIECE;

		status = body(ctx, bytes, piece, err);
		bytes += piece;
		len -= piece;
	}
	return status;
}

static sheaf_status play(const buf *text, const char *url, http_body_fn body, void *ctx,
                         http_answer *answer, sheaf_error *err)
{
	const char  *bytes;
	sheaf_error  why;
	sheaf_status failure = read_head(text, answer, &bytes, &why), status;

	status = play_body(bytes, (size_t)(buf_str(text) + text->len - bytes), body, ctx, answer,
	                   err);
	if (status == SHEAF_OK && failure == SHEAF_OK && answer->status / 100 == 3 &&
	    answer->headers.location[0])
		status = http_resolve(url, answer->headers.location, &answer->location, err);
	if (status == SHEAF_OK && failure != SHEAF_OK && err)
		*err = why;
	return status == SHEAF_OK ? failure : status;
}

sheaf_status recording_get(recording *r, const char *url, http_body_fn body, void *ctx,
                           sheaf_time now, http_answer *answer, sheaf_error *err)
{
	buf          text = BUF_INIT(HTTP_BODY_MAX + (2u << 20));
	sheaf_status status;

	http_answer_clear(answer);
	answer->retry_after_s = -1;
	status = read_answer(r, url, &text, err);
	if (status == SHEAF_OK) {
		status = play(&text, url, body, ctx, answer, err);
		answer->retry_after_s = http_headers_retry_after(&answer->headers, now);
	} else {
		answer->lasting = 1;
	}
	buf_free(&text);
	return status;
}

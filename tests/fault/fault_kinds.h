/* fault_kinds.h: the ways in which an answer goes wrong; each is a fault_fn. */
#ifndef FAULT_KINDS_H
#define FAULT_KINDS_H

#include "fault_world.h"

#include "gzip_body.h"

/* ---- the connection ---- */

/* `arg`: how many bytes of the answer are sent; negative: but for so many; "body": half of it. */
static inline void strike_cut(world *w, const char *arg, reply *r, buf *out)
{
	long   n = strtol(arg, NULL, 10);
	size_t head;

	(void)w;
	world_send(out, r, "");
	head = out->len - r->body.len;
	if (!strcmp(arg, "body"))
		buf_truncate(out, head + r->body.len / 2);
	else if (!strcmp(arg, "headers"))
		buf_truncate(out, head);
	else
		buf_truncate(out, n < 0 ? out->len - (size_t)-n : (size_t)n);
}

/* An answer that comes in chunks, of which the last does not come. */
static inline void strike_chunk(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	(void)arg;
	buf_printf(out,
	           "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n"
	           "Connection: close\r\n\r\n%zx\r\n",
	           r->type, r->body.len);
	buf_append(out, buf_str(&r->body), r->body.len / 2);
}

/* `arg` is added to the length that is told. */
static inline void strike_length(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	buf_printf(out,
	           "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
	           "Connection: close\r\n\r\n",
	           r->type, r->body.len + (size_t)strtol(arg, NULL, 10));
	buf_append(out, buf_str(&r->body), r->body.len);
}

/* The right answer, slowly: `arg` milliseconds after each KiB. */
static inline void strike_drip(world *w, const char *arg, reply *r, buf *out)
{
	w->h.server.drip_ms = (int)strtol(arg, NULL, 10);
	world_send(out, r, "");
}

/* The whole answer as `arg` has it. */
static inline void strike_raw(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	(void)r;
	buf_puts(out, arg);
}

/* To where it came from; without end, where the fault lasts. */
static inline void strike_redirect(world *w, const char *arg, reply *r, buf *out)
{
	(void)r;
	buf_printf(out,
	           "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d%s\r\nContent-Length: 0\r\n"
	           "Connection: close\r\n\r\n",
	           w->h.server.port, arg);
}

/* Before any byte is sent, the server it should be is not there; see fault_case.base_url. */
static inline void strike_elsewhere(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	(void)arg;
	(void)r;
	(void)out;
}

/* ---- the body ---- */

/* A body of other text, with the status and type of the right one. */
static inline void strike_body(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	buf_clear(&r->body);
	buf_puts(&r->body, arg);
	world_send(out, r, "");
}

static inline void strike_html(world *w, const char *arg, reply *r, buf *out)
{
	r->type = "text/html; charset=utf-8";
	strike_body(w, arg, r, out);
}

static inline void strike_plain(world *w, const char *arg, reply *r, buf *out)
{
	r->type = "text/plain";
	strike_body(w, arg, r, out);
}

/* The right body under the Content-Type `arg`. */
static inline void strike_type(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	r->type = arg;
	world_send(out, r, "");
}

/* Compressed, and then "flip": a byte is another; "half": cut off; "plain": not compressed at all. */
static inline void strike_gzip(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	if (strcmp(arg, "plain"))
		gzip_body(&r->body, NULL);
	if (!strcmp(arg, "flip"))
		r->body.data[r->body.len / 2] ^= 0x55;
	if (!strcmp(arg, "half"))
		buf_truncate(&r->body, r->body.len / 2);
	world_send(out, r, "Content-Encoding: gzip\r\n");
}

/* The body ends in its middle, and its length says the same. */
static inline void strike_half(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	(void)arg;
	buf_truncate(&r->body, r->body.len / 2);
	world_send(out, r, "");
}

/* `arg` in the middle of the body; "": a NUL. */
static inline void strike_middle(world *w, const char *arg, reply *r, buf *out)
{
	buf    body = BUF_INIT(0);
	size_t half = r->body.len / 2;

	(void)w;
	buf_append(&body, buf_str(&r->body), half);
	if (*arg)
		buf_puts(&body, arg);
	else
		buf_putc(&body, 0);
	buf_append(&body, buf_str(&r->body) + half, r->body.len - half);
	buf_free(&r->body);
	r->body = body;
	world_send(out, r, "");
}

/* `text` in place of what stands between `before` and `after`, the first time that it does. */
static inline void replace_between(buf *body, const char *before, const char *after,
                                   const char *text)
{
	const char *all = buf_str(body), *from = strstr(all, before), *to;
	buf         changed = BUF_INIT(0);

	if (!from)
		return;
	from += strlen(before);
	to = strstr(from, after);
	assert_non_null(to);
	buf_append(&changed, all, (size_t)(from - all));
	buf_puts(&changed, text);
	buf_puts(&changed, to);
	buf_free(body);
	*body = changed;
}

/* A document type in front, and a use of it where the first title was. */
static inline void strike_doctype(world *w, const char *arg, reply *r, buf *out)
{
	buf body = BUF_INIT(0);

	replace_between(&r->body, "<title>", "</title>", "&lol;");
	buf_puts(&body, "<?xml version=\"1.0\"?>\n");
	buf_puts(&body, arg);
	buf_puts(&body, strstr(buf_str(&r->body), "?>") + 2);
	buf_free(&r->body);
	r->body = body;
	(void)w;
	world_send(out, r, "");
}

/* Elements in elements, a hundred thousand, in place of the content. */
static inline void strike_deep(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	(void)arg;
	buf_clear(&r->body);
	for (int i = 0; i < 100000; i++)
		buf_puts(&r->body, "<a>");
	world_send(out, r, "");
}

/* An attribute of 24 MiB. */
static inline void strike_attribute(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	(void)arg;
	buf_clear(&r->body);
	buf_puts(&r->body, "<OAI-PMH a=\"");
	for (int i = 0; i < 24 << 10; i++)
		for (int j = 0; j < 16; j++)
			buf_puts(
				&r->body,
				"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	buf_puts(&r->body, "\"/>");
	world_send(out, r, "");
}

/* ---- OAI-PMH ---- */

/* The error `arg`. */
static inline void strike_oai_error(world *w, const char *arg, reply *r, buf *out)
{
	buf_clear(&r->body);
	oai_view_error(r, listing_now(&w->papers), arg, "It is so.");
	world_send(out, r, "");
}

static inline void set_token(reply *r, const char *token)
{
	buf *body = &r->body;

	replace_between(body, "<resumptionToken expirationDate='2026-11-21T00:00:00Z'>",
	                "</resumptionToken>", token);
}

/* The token that it was asked with. */
static inline void strike_same_token(world *w, const char *arg, reply *r, buf *out)
{
	const char *token = form_get(&w->args, "resumptionToken");

	(void)arg;
	if (token)
		set_token(r, token);
	world_send(out, r, "");
}

static inline void strike_first_token(world *w, const char *arg, reply *r, buf *out)
{
	(void)arg;
	set_token(r, w->first_token);
	world_send(out, r, "");
}

/* All but the records, which are elements of the name `arg`. */
static inline void strike_no_records(world *w, const char *arg, reply *r, buf *out)
{
	buf         body = BUF_INIT(0);
	char        open[32], close[32];
	const char *all = buf_str(&r->body), *from, *to = NULL;

	(void)w;
	snprintf(open, sizeof open, "<%s>", arg);
	snprintf(close, sizeof close, "</%s>", arg);
	from = strstr(all, open);
	for (const char *at = from; at; at = strstr(at + 1, close))
		to = at;
	assert_non_null(to);
	buf_append(&body, all, (size_t)(from - all));
	buf_puts(&body, to + strlen(close));
	buf_free(&r->body);
	r->body = body;
	world_send(out, r, "");
}

/* What was answered to the request before. */
static inline void strike_again(world *w, const char *arg, reply *r, buf *out)
{
	(void)arg;
	buf_clear(&r->body);
	world_answer(w, w->previous, r);
	world_send(out, r, "");
}

/* A paper that was shown is touched, so that all behind it move up; the answer is the next one's. */
static inline void strike_touch(world *w, const char *arg, reply *r, buf *out)
{
	(void)r;
	listing_touch(&w->papers, (size_t)strtol(arg, NULL, 10), w->papers.options.to_day);
	w->fired = w->times;
	world_send(out, r, "");
}

/* ---- the API ---- */

static inline void strike_total(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	replace_between(&r->body, "<opensearch:totalResults>", "</opensearch", arg);
	world_send(out, r, "");
}

static inline void strike_start(world *w, const char *arg, reply *r, buf *out)
{
	(void)w;
	replace_between(&r->body, "<opensearch:startIndex>", "</opensearch", arg);
	world_send(out, r, "");
}

static inline void strike_nothing(world *w, const char *arg, reply *r, buf *out)
{
	(void)arg;
	buf_clear(&r->body);
	api_view_nothing(&w->papers, &w->args, r);
	world_send(out, r, "");
}

/* Only the first entry. */
static inline void strike_short(world *w, const char *arg, reply *r, buf *out)
{
	const char *end = strstr(buf_str(&r->body), "</entry>");

	(void)w;
	(void)arg;
	if (end)
		buf_truncate(&r->body, (size_t)(end - buf_str(&r->body)) + strlen("</entry>"));
	if (end)
		buf_puts(&r->body, "</feed>\n");
	world_send(out, r, "");
}

#endif

#include "output.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "escape.h"
#include "utf8.h"

enum { PENDING_MAX = 1 << 16 };

void output_init(output *o, int fd)
{
	*o = (output){.fd = fd};
}

void output_free(output *o)
{
	buf_free(&o->pending);
}

/* Writes all, also to a pipe that somebody has made non-blocking. */
static void write_now(output *o, const char *bytes, size_t len)
{
	while (len && !o->failure) {
		ssize_t n = write(o->fd, bytes, len);

		if (n >= 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd wait = {o->fd, POLLOUT, 0};

			(void)poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			o->failure = errno;
		}
	}
}

static void drain(output *o)
{
	if (o->pending.status != SHEAF_OK && !o->failure)
		o->failure = ENOMEM;
	write_now(o, buf_str(&o->pending), o->pending.len);
	buf_clear(&o->pending);
}

int output_write(void *ctx, const char *bytes, size_t len)
{
	output *o = ctx;

	if (o->pending.len + len > PENDING_MAX)
		drain(o);
	if (len > PENDING_MAX)
		write_now(o, bytes, len);
	else
		buf_append(&o->pending, bytes, len);
	return o->failure != 0;
}

void output_puts(output *o, const char *text)
{
	(void)output_write(o, text, strlen(text));
}

void output_printf(output *o, const char *format, ...)
{
	char    small[512], *text = small;
	va_list args, again;
	int     n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (n >= (int)sizeof small) {
		text = mem_alloc((size_t)n + 1);
		if (text)
			vsnprintf(text, (size_t)n + 1, format, again);
	}
	va_end(again);
	if (n < 0 || !text)
		o->failure = o->failure ? o->failure : ENOMEM;
	else
		(void)output_write(o, text, (size_t)n);
	if (text != small)
		mem_free(text);
}

/* Writes a buffer that was made for this, and frees it. */
static void write_buf(output *o, buf *text)
{
	if (text->status != SHEAF_OK && !o->failure)
		o->failure = ENOMEM;
	(void)output_write(o, buf_str(text), text->len);
	buf_free(text);
}

void output_line(output *o, const char *text)
{
	buf clean = BUF_INIT(0);

	escape_line(&clean, text);
	write_buf(o, &clean);
}

void output_text(output *o, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		buf    line = BUF_INIT(0), clean = BUF_INIT(0);

		buf_append(&line, text, len);
		escape_line(&clean, buf_str(&line));
		buf_putc(&clean, '\n');
		buf_free(&line);
		write_buf(o, &clean);
		text += len + (text[len] == '\n');
	}
}

/* RFC 8259, section 7; broken UTF-8 becomes U+FFFD. */
static void json_string(buf *out, const char *text, size_t len)
{
	buf_putc(out, '"');
	while (len) {
		uint32_t c;
		char     encoded[4];
		size_t   n = utf8_decode(text, len, &c);

		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (int)c);
		else if (c < 0x20 || c == 0x7F)
			buf_printf(out, "\\u%04x", (unsigned)c);
		else
			buf_append(out, encoded, utf8_put(c, encoded));
		text += n;
		len -= n;
	}
	buf_putc(out, '"');
}

void output_json(output *o, const char *text)
{
	buf quoted = BUF_INIT(0);

	if (text)
		json_string(&quoted, text, strlen(text));
	else
		buf_puts(&quoted, "null");
	write_buf(o, &quoted);
}

sheaf_status output_flush(output *o, sheaf_error *err)
{
	drain(o);
	if (!o->failure)
		return SHEAF_OK;
	if (o->failure == ENOMEM)
		return sheaf_nomem(err);
	return sheaf_fail(err, SHEAF_ERROR_IO, "standard output: %s", strerror(o->failure));
}

int output_unread(const output *o)
{
	return o->failure == EPIPE;
}

#include "buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

static int reserve(buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : BUF_DEFAULT_CAP, size;
	char  *data;

	if (b->status != SHEAF_OK)
		return 0;
	if (more > cap || b->len > cap - more) {
		b->status = SHEAF_ERROR_INVALID_ARGUMENT;
		return 0;
	}
	if (b->len + more < b->size)
		return 1;
	size = b->size ? b->size : 64;
	while (size <= b->len + more)
		size *= 2;
	data = mem_realloc(b->data, size);
	if (!data) {
		b->status = SHEAF_ERROR_NOMEM;
		return 0;
	}
	b->data = data;
	b->size = size;
	return 1;
}

void buf_append(buf *b, const char *bytes, size_t len)
{
	if (!reserve(b, len))
		return;
	if (len)
		memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = 0;
}

void buf_puts(buf *b, const char *s)
{
	buf_append(b, s, strlen(s));
}

void buf_putc(buf *b, char c)
{
	buf_append(b, &c, 1);
}

void buf_printf(buf *b, const char *format, ...)
{
	va_list args, again;
	int     n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n >= 0 && reserve(b, (size_t)n)) {
		vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void buf_truncate(buf *b, size_t len)
{
	if (len < b->len) {
		b->len = len;
		b->data[len] = 0;
	}
}

void buf_clear(buf *b)
{
	b->len = 0;
	b->status = SHEAF_OK;
	if (b->data)
		b->data[0] = 0;
}

void buf_free(buf *b)
{
	mem_free(b->data);
	b->data = NULL;
	b->len = b->size = 0;
	b->status = SHEAF_OK;
}

const char *buf_str(const buf *b)
{
	return b->data ? b->data : "";
}

char *buf_take(buf *b)
{
	char *data = NULL;

	if (b->status == SHEAF_OK)
		data = b->data ? b->data : mem_strdup("");
	else
		mem_free(b->data);
	b->data = NULL;
	b->len = b->size = 0;
	b->status = SHEAF_OK;
	return data;
}

sheaf_status buf_status(const buf *b, sheaf_error *err)
{
	if (b->status == SHEAF_OK)
		return SHEAF_OK;
	if (b->status == SHEAF_ERROR_NOMEM)
		return sheaf_nomem(err);
	return sheaf_fail(err, b->status, "text longer than %zu bytes",
	                  b->cap ? b->cap : (size_t)BUF_DEFAULT_CAP);
}

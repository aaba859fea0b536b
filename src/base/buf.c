#include "buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

static int grow(buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : BUF_DEFAULT_CAP, size;
	char  *data;

	if (b->status != SHEAF_OK)
		return 0;
	if (more > cap || b->len > cap - more) {
		b->status = SHEAF_ERROR_INVALID_ARGUMENT;
		return 0;
	}
	size = b->size ? b->size : 64;
	while (size <= b->len + more)
		size *= 2;
	/* So that whatever fits is within the cap. */
	if (size > cap)
		size = cap + 1;
	data = mem_realloc(b->data, size);
	if (!data) {
		b->status = SHEAF_ERROR_NOMEM;
		return 0;
	}
	b->data = data;
	b->size = size;
	return 1;
}

static int reserve(buf *b, size_t more)
{
	if (more < b->size - b->len && b->status == SHEAF_OK)
		return 1;
	return grow(b, more);
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

void buf_grow_putc(buf *b, char c)
{
	buf_append(b, &c, 1);
}

void buf_put_int64(buf *b, int64_t number)
{
	char     digits[24], *p = digits + sizeof digits;
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		*--p = (char)('0' + left % 10);
	} while (left /= 10);
	if (number < 0)
		*--p = '-';
	buf_append(b, p, (size_t)(digits + sizeof digits - p));
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

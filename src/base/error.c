#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "utf8.h"

/* What steers a terminal, or reorders what is read. */
static int is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Makes a message one clean line of UTF-8, in place: each replacement is one byte. */
static void clean(char *message)
{
	size_t len = strlen(message), out = 0;

	for (size_t at = 0, n; at < len; at += n) {
		uint32_t c;

		n = utf8_decode(message + at, len - at, &c);
		if (c == UTF8_REPLACEMENT && n == 1) {
			message[out++] = '?';
		} else if (is_control(c)) {
			message[out++] = ' ';
		} else {
			memmove(message + out, message + at, n);
			out += n;
		}
	}
	message[out] = 0;
}

__attribute__((format(printf, 4, 0))) static void fill(sheaf_error *err, sheaf_status status,
                                                       long offset, const char *format,
                                                       va_list args)
{
	int n;

	if (!err)
		return;
	err->status = status;
	err->offset = offset;
	n = vsnprintf(err->message, sizeof err->message, format, args);
	if (n < 0)
		err->message[0] = 0;
	/* A cut may have split a character. */
	if (n >= (int)sizeof err->message) {
		size_t len = strlen(err->message);

		while (len && ((unsigned char)err->message[len - 1] & 0xC0) == 0x80)
			len--;
		if (len && (unsigned char)err->message[len - 1] >= 0xC0)
			len--;
		err->message[len] = 0;
	}
	clean(err->message);
}

sheaf_status sheaf_fail(sheaf_error *err, sheaf_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(err, status, -1, format, args);
	va_end(args);
	return status;
}

sheaf_status sheaf_fail_at(sheaf_error *err, sheaf_status status, long offset, const char *format,
                           ...)
{
	va_list args;

	va_start(args, format);
	fill(err, status, offset, format, args);
	va_end(args);
	return status;
}

sheaf_status sheaf_nomem(sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_NOMEM, "out of memory");
}

const char *sheaf_status_string(sheaf_status status)
{
	static const char *const names[] = {
		[SHEAF_OK] = "ok",
		[SHEAF_ERROR_NOMEM] = "out of memory",
		[SHEAF_ERROR_INVALID_ARGUMENT] = "invalid argument",
		[SHEAF_ERROR_INVALID_OPERATION] = "invalid operation",
		[SHEAF_ERROR_DATABASE_NOT_FOUND] = "database not found",
		[SHEAF_ERROR_DATABASE_OPENING] = "not a sheaf database",
		[SHEAF_ERROR_DATABASE_LOCKED] = "database locked",
		[SHEAF_ERROR_DATABASE_VERSION] = "database version or tokenizer mismatch",
		[SHEAF_ERROR_DATABASE_CORRUPT] = "database corrupt",
		[SHEAF_ERROR_DOC_NOT_FOUND] = "document not found",
		[SHEAF_ERROR_QUERY_PARSER] = "query not understood",
		[SHEAF_ERROR_FEATURE_UNAVAILABLE] = "feature unavailable",
		[SHEAF_ERROR_NETWORK] = "network error",
		[SHEAF_ERROR_NETWORK_TIMEOUT] = "network timeout",
		[SHEAF_ERROR_PROTOCOL] = "protocol error",
		[SHEAF_ERROR_IO] = "input or output error",
		[SHEAF_ERROR_INTERRUPTED] = "interrupted",
		[SHEAF_ERROR_COOLING_DOWN] = "cooling down",
		[SHEAF_ERROR_CONFIG] = "configuration error",
	};
	size_t i = (size_t)status;

	return i < sizeof names / sizeof *names && names[i] ? names[i] : "unknown status";
}

const char *sheaf_version_string(void)
{
	return SHEAF_VERSION;
}

void sheaf_free(void *ptr)
{
	mem_free(ptr);
}

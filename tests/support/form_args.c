#include "form_args.h"

#include <string.h>

#include "error.h"
#include "str.h"

static int hex_digit(char c)
{
	c = str_lower(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes `len` bytes into a new string; *broken is 1 for a bad %xx. NULL when out of memory. */
static char *decode(const char *text, size_t len, arena *a, int *broken)
{
	char  *out = arena_strndup(a, text, len);
	size_t n = 0;

	for (size_t i = 0; out && i < len; i++) {
		int high = -1, low = -1;

		if (text[i] != '%') {
			out[n++] = text[i] == '+' ? ' ' : text[i];
			continue;
		}
		if (i + 2 < len) {
			high = hex_digit(text[i + 1]);
			low = hex_digit(text[i + 2]);
		}
		*broken |= high < 0 || low < 0 || (!high && !low);
		out[n++] = *broken ? '?' : (char)(high * 16 + low);
		i += 2;
	}
	if (out)
		out[n] = 0;
	return out;
}

static sheaf_status add_pair(form_args *args, const char *pair, size_t len, arena *a,
                             sheaf_error *err)
{
	const char *equals = memchr(pair, '=', len);
	size_t      name_len = equals ? (size_t)(equals - pair) : len;
	int         broken = 0;
	form_arg   *arg;

	if (args->count == FORM_MAX_ARGS)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "more than %d arguments",
		                  FORM_MAX_ARGS);
	arg = &args->items[args->count];
	arg->name = decode(pair, name_len, a, &broken);
	arg->value = equals ? decode(equals + 1, len - name_len - 1, a, &broken) : "";
	if (!arg->name || !arg->value)
		return sheaf_nomem(err);
	if (broken)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a percent sign is not followed by two digits");
	args->count++;
	return SHEAF_OK;
}

sheaf_status form_parse(form_args *args, const char *text, arena *a, sheaf_error *err)
{
	while (*text) {
		size_t       len = strcspn(text, "&");
		sheaf_status status = len ? add_pair(args, text, len, a, err) : SHEAF_OK;

		if (status)
			return status;
		text += len + (text[len] == '&');
	}
	return SHEAF_OK;
}

const char *form_get(const form_args *args, const char *name)
{
	for (size_t i = 0; i < args->count; i++)
		if (str_eq(args->items[i].name, name))
			return args->items[i].value;
	return NULL;
}

const char *form_repeated(const form_args *args)
{
	for (size_t i = 0; i < args->count; i++)
		for (size_t j = 0; j < i; j++)
			if (str_eq(args->items[i].name, args->items[j].name))
				return args->items[i].name;
	return NULL;
}

const char *form_unknown(const form_args *args, const char *const *names)
{
	for (size_t i = 0; i < args->count; i++) {
		const char *const *known = names;

		while (*known && !str_eq(*known, args->items[i].name))
			known++;
		if (!*known)
			return args->items[i].name;
	}
	return NULL;
}

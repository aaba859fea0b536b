#include "json_out.h"

#include <math.h>
#include <string.h>

#include "escape.h"
#include "flatten.h"
#include "paper.h"
#include "utf8.h"

json_t *json_text(const char *text)
{
	buf     clean = BUF_INIT(0);
	json_t *value;

	if (!text || !*text)
		return json_null();
	/* Documents are clean; what a caller passed (a query) may be anything. */
	if (utf8_valid_prefix(text, strlen(text)) == strlen(text))
		return json_string(text);
	utf8_append_clean(&clean, text, strlen(text));
	value = clean.status == SHEAF_OK ? json_string(buf_str(&clean)) : NULL;
	buf_free(&clean);
	return value;
}

json_t *json_line(sheaf_writer *w, const char *text)
{
	if (!text)
		return json_null();
	writer_clear(w, &w->flat);
	flatten_lines(&w->flat, text);
	return w->flat.status == SHEAF_OK ? json_text(buf_str(&w->flat)) : NULL;
}

json_t *json_time(sheaf_time time)
{
	char text[TIME_TEXT_SIZE];

	if (time == SHEAF_TIME_NONE)
		return json_null();
	time_format_iso(time, text);
	return json_string(text);
}

json_t *json_number(double number)
{
	return isfinite(number) ? json_real(number) : json_null();
}

static void put_escaped(buf *out, uint32_t c)
{
	if (c > 0xFFFF)
		buf_printf(out, "\\u%04X\\u%04X", (unsigned)(0xD7C0 + (c >> 10)),
		           (unsigned)(0xDC00 | (c & 0x3FF)));
	else
		buf_printf(out, "\\u%04X", (unsigned)c);
}

/*
 * jansson escapes the control characters of ASCII alone. It hands over whole characters, and what is
 * not ASCII stands in strings, where it may be escaped.
 */
static int append(const char *bytes, size_t len, void *ctx)
{
	buf   *out = ctx;
	size_t plain = 0;

	while (plain < len) {
		uint32_t c = (unsigned char)bytes[plain];
		size_t   n = c < 0x7F ? 1 : utf8_decode(bytes + plain, len - plain, &c);

		if (c >= 0x7F && escape_is_control(c)) {
			buf_append(out, bytes, plain);
			put_escaped(out, c);
			bytes += plain + n;
			len -= plain + n;
			plain = 0;
		} else {
			plain += n;
		}
	}
	buf_append(out, bytes, len);
	return out->status == SHEAF_OK ? 0 : -1;
}

static void put(sheaf_writer *w, json_t *value, size_t flags)
{
	if (!value || json_dump_callback(value, append, &w->out, flags) != 0) {
		if (w->out.status == SHEAF_OK)
			w->out.status = SHEAF_ERROR_NOMEM;
	}
	json_decref(value);
}

void json_put(sheaf_writer *w, json_t *value)
{
	put(w, value, JSON_COMPACT | JSON_ENCODE_ANY);
}

void json_put_exact(sheaf_writer *w, json_t *value, double number)
{
	put(w, value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(number_digits(number)));
}

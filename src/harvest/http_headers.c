#include "http_headers.h"

#include <stddef.h>
#include <string.h>

#include "datetime.h"
#include "retry.h"
#include "str.h"

static const struct {
	const char *name;
	size_t      at, size;
} kept[] = {
	{"Retry-After:", offsetof(http_headers, retry_after), HTTP_VALUE_SIZE},
	{"Date:", offsetof(http_headers, date), HTTP_VALUE_SIZE},
	{"Location:", offsetof(http_headers, location), HTTP_LOCATION_SIZE},
	{"Content-Type:", offsetof(http_headers, type), HTTP_VALUE_SIZE},
	{"ETag:", offsetof(http_headers, validators.etag), HTTP_VALUE_SIZE},
	{"Last-Modified:", offsetof(http_headers, validators.last_modified), HTTP_VALUE_SIZE},
};

void http_headers_clear(http_headers *h)
{
	buf_free(&h->text);
	memset(h, 0, sizeof *h);
	h->text = (buf)BUF_INIT(HTTP_HEAD_MAX);
}

static void keep_value(const char *value, size_t len, char *out, size_t size)
{
	str_trim(&value, &len);
	if (len >= size)
		return;
	memcpy(out, value, len);
	out[len] = 0;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200". */
static long read_status(const char *line, size_t len)
{
	const char *blank = memchr(line, ' ', len);
	long        status = 0;

	for (const char *p = blank; p && ++p < line + len && p <= blank + 3;) {
		if (!str_is_digit((unsigned char)*p))
			return 0;
		status = status * 10 + (*p - '0');
	}
	return status;
}

void http_headers_add(http_headers *h, const char *line, size_t len)
{
	if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) {
		http_headers_clear(h);
		h->status = read_status(line, len);
	}
	buf_append(&h->text, line, len);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		size_t name = strlen(kept[i].name);

		if (len > name && str_ieq_n(line, kept[i].name, name))
			keep_value(line + name, len - name, (char *)h + kept[i].at, kept[i].size);
	}
}

int64_t http_headers_retry_after(const http_headers *h, sheaf_time now)
{
	int64_t    seconds;
	sheaf_time told;

	if (time_parse(h->date, strlen(h->date), &told))
		now = told;
	return h->retry_after[0] && retry_after_parse(h->retry_after, now, &seconds) ? seconds : -1;
}

#include "gzip_body.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "alloc.h"
#include "error.h"
#include "str.h"

/* 1 for "q=0", "q=0.0" …, of the parameters in [s, s + len). */
static int refused(const char *s, size_t len)
{
	const char *q = memchr(s, ';', len);

	if (!q)
		return 0;
	for (q++; q < s + len && str_is_space((unsigned char)*q); q++)
		;
	if ((size_t)(s + len - q) < 3 || str_lower(q[0]) != 'q' || q[1] != '=' || q[2] != '0')
		return 0;
	for (q += 3; q < s + len; q++)
		if (*q >= '1' && *q <= '9')
			return 0;
	return 1;
}

int gzip_accepted(const char *accept_encoding)
{
	for (const char *p = accept_encoding; p && *p;) {
		size_t      len = strcspn(p, ","), word;
		const char *s = p;
		size_t      s_len = len;

		str_trim(&s, &s_len);
		word = strcspn(s, ",; \t");
		if ((word == 4 && str_ieq_n(s, "gzip", 4)) || (word == 1 && *s == '*'))
			return !refused(s, s_len);
		p += len + (p[len] == ',');
	}
	return 0;
}

sheaf_status gzip_body(buf *body, sheaf_error *err)
{
	enum { GZIP_WINDOW = 15 + 16 };
	z_stream     z;
	uLong        bound;
	char        *packed;
	sheaf_status status = SHEAF_OK;

	memset(&z, 0, sizeof z);
	if (body->len > INT_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the body is too large to compress");
	if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return sheaf_nomem(err);
	bound = deflateBound(&z, (uLong)body->len);
	packed = mem_alloc(bound);
	z.next_in = (Bytef *)(void *)body->data;
	z.avail_in = (uInt)body->len;
	z.next_out = (Bytef *)(void *)packed;
	z.avail_out = (uInt)bound;
	if (!packed || deflate(&z, Z_FINISH) != Z_STREAM_END) {
		status = sheaf_nomem(err);
		goto out;
	}
	buf_clear(body);
	buf_append(body, packed, z.total_out);
	status = buf_status(body, err);
out:
	deflateEnd(&z);
	mem_free(packed);
	return status;
}

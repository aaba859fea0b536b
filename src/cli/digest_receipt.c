#include "digest_receipt.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "hash.h"

/* "file HASH LENGTH PATH" */
#define KIND "file "

static void describe(buf *out, const char *bytes, size_t len)
{
	buf_printf(out, KIND "%016" PRIx64 " %zu ", hash_bytes(HASH_SEED, bytes, len), len);
}

sheaf_status receipt_make(const char *path, const buf *bytes, buf *receipt, sheaf_error *err)
{
	describe(receipt, buf_str(bytes), bytes->len);
	return file_resolve(path, receipt, err);
}

/* Past what the receipt says of the bytes; NULL where it is none of these. */
static const char *path_of(const char *receipt, size_t *len)
{
	const char *p = strncmp(receipt, KIND, sizeof KIND - 1) == 0 ? receipt + sizeof KIND - 1
	                                                             : NULL;
	char       *end;

	p = p ? strchr(p, ' ') : NULL;
	if (!p)
		return NULL;
	*len = (size_t)strtoull(p + 1, &end, 10);
	return *end == ' ' ? end + 1 : NULL;
}

int receipt_arrived(void *ctx, const char *receipt)
{
	size_t      len = 0;
	const char *path = path_of(receipt, &len);
	buf         bytes = BUF_INIT(len + 1), made = BUF_INIT(0);
	int         is = 0;

	(void)ctx;
	if (path && file_is_replaced(path) && file_read(path, &bytes, NULL) == SHEAF_OK) {
		describe(&made, buf_str(&bytes), bytes.len);
		is = made.status == SHEAF_OK && strncmp(receipt, made.data, made.len) == 0;
	}
	buf_free(&bytes);
	buf_free(&made);
	return is;
}

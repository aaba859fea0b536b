#include "list_row.h"

#include <string.h>

#include "list_block.h"
#include "list_writer.h"

/* As list_row_next(), without the hash. */
static int next_entry(const unsigned char *row, size_t len, size_t *at, list_entry *e)
{
	const unsigned char *p = row + *at, *end = row + len;
	uint64_t             bytes;

	if (p == end)
		return 0;
	if (!list_varint_get(&p, end, &bytes) || !bytes || bytes > (uint64_t)(end - p) ||
	    1 + (uint64_t)*p >= bytes)
		return -1;
	e->key_len = *p;
	e->key = (const char *)p + 1;
	e->list = p + 1 + e->key_len;
	e->list_len = (size_t)bytes - 1 - e->key_len;
	*at = (size_t)(p - row) + (size_t)bytes;
	return 1;
}

int list_row_next(const unsigned char *row, size_t len, size_t *at, list_entry *e)
{
	int more = next_entry(row, len, at, e);

	if (more > 0)
		e->hash = list_hash(e->key, e->key_len);
	return more;
}

int list_row_find(const unsigned char *row, size_t len, const char *key, size_t key_len,
                  list_entry *e)
{
	size_t at = 0;
	int    more;

	while ((more = next_entry(row, len, &at, e)) > 0)
		if (e->key_len == key_len && memcmp(e->key, key, key_len) == 0)
			return 1;
	return more;
}

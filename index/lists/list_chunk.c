#include "list_chunk.h"

#include "list_block.h"

enum { COUNT_BYTES = 2, ENTRY_BYTES_MAX = 5 + 1 + 3 + LIST_BOUNDS_BYTES };

static size_t varint_len(uint64_t n)
{
	size_t len = 1;

	for (; n >= 0x80; n >>= 7)
		len++;
	return len;
}

size_t list_chunk_fit(const list_place *places, size_t count, size_t room)
{
	size_t bytes = COUNT_BYTES;

	if (count > LIST_CHUNK_BLOCKS_MAX)
		count = LIST_CHUNK_BLOCKS_MAX;
	for (size_t i = 0; i < count; i++) {
		const list_place *p = &places[i];
		/* Any base gives a smaller difference for the first. */
		uint32_t difference = i ? p->last - places[i - 1].last : p->last + 1;

		bytes += varint_len(difference) + 1 + varint_len(p->len) + 1 +
		         2 * (size_t)p->bounds.count + p->len;
		if (bytes > room)
			return i;
	}
	return count;
}

void list_chunk_put(const list_place *places, size_t count, uint32_t base, const char *data,
                    buf *out)
{
	unsigned char entry[LIST_VARINT_MAX + ENTRY_BYTES_MAX];

	buf_append(out, (char *)entry, list_varint_put(entry, count));
	for (size_t i = 0; i < count; i++) {
		const list_place *p = &places[i];
		size_t            len = list_varint_put(entry, p->last - base);

		entry[len++] = (unsigned char)(p->count - 1);
		len += list_varint_put(entry + len, p->len);
		len += list_bounds_put(&p->bounds, entry + len);
		buf_append(out, (char *)entry, len);
		base = p->last + 1;
	}
	if (count)
		buf_append(out, data + places[0].at,
		           places[count - 1].at + places[count - 1].len - places[0].at);
}

/* One entry of the table; its last revision is a difference yet. 0: damaged. */
static int read_entry(const unsigned char *data, const unsigned char **at, const unsigned char *end,
                      list_block_place *b)
{
	uint64_t difference, len;
	size_t   bounds;

	if (!list_varint_get(at, end, &difference) || difference > UINT32_MAX || *at == end ||
	    **at >= LIST_BLOCK)
		return 0;
	b->last = (uint32_t)difference;
	b->count = (unsigned char)(*(*at)++ + 1);
	if (!list_varint_get(at, end, &len) || len > LIST_BLOCK_BYTES_MAX || *at == end)
		return 0;
	b->len = (uint32_t)len;
	b->bounds_at = (uint32_t)(*at - data);
	bounds = 1 + 2 * (size_t) * *at;
	if (!**at || **at > LIST_PAIRS_MAX || (size_t)(end - *at) < bounds)
		return 0;
	*at += bounds;
	return 1;
}

size_t list_chunk_read(const unsigned char *data, size_t len, uint32_t base, uint32_t last,
                       list_block_place *blocks)
{
	const unsigned char *at = data, *end = data + len;
	uint64_t             count, next = base;
	size_t               start;

	if (!list_varint_get(&at, end, &count) || !count || count > LIST_CHUNK_BLOCKS_MAX)
		return 0;
	for (size_t i = 0; i < count; i++) {
		if (!read_entry(data, &at, end, &blocks[i]))
			return 0;
		next += blocks[i].last;
		if (next > last)
			return 0;
		blocks[i].last = (uint32_t)next++;
	}
	start = (size_t)(at - data);
	for (size_t i = 0; i < count; i++) {
		if (blocks[i].len > len - start)
			return 0;
		blocks[i].at = (uint32_t)start;
		start += blocks[i].len;
	}
	return (size_t)count;
}

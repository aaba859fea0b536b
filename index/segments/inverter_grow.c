/* What seldom happens to postings; apart, so that what happens at each token stays small. */
#include <string.h>

#include "inverter_private.h"

enum { LONG_ROOM = 4 * SEGMENT_VARINT_MAX };

/* Room for `more` bytes: what the postings grow out of serves other terms. 0: out of memory. */
static int grow(inverter *v, inverter_term *t, size_t more)
{
	unsigned       old = 0, cls = 0;
	unsigned char *data;

	while (cls < POOL_CLASSES && ((size_t)POOL_SMALLEST << cls) < t->used + more)
		cls++;
	data = pool_take(&v->memory, cls);
	if (!data) {
		v->failed = 1;
		return 0;
	}
	memcpy(data, t->data, t->used);
	if (t->size >= POOL_SMALLEST) {
		while (((uint32_t)POOL_SMALLEST << old) < t->size)
			old++;
		pool_give(&v->memory, t->data, old);
	}
	t->data = data;
	t->size = (uint32_t)POOL_SMALLEST << cls;
	return 1;
}

/* The size of the last posting takes a byte more than before. */
static void widen_size(inverter_term *t, size_t width, size_t len)
{
	unsigned char *size = t->data + t->size_at;

	memmove(size + width + 1, size + width, len);
	t->used++;
	segment_varint_put(size, (uint64_t)len << 1);
}

/* Sets the size of the last posting, which has grown. */
static void set_size(inverter_term *t)
{
	unsigned char *size = t->data + t->size_at;
	unsigned char  bytes[SEGMENT_VARINT_MAX];
	size_t         width = 1, len;

	while (size[width - 1] & 0x80)
		width++;
	len = t->used - t->size_at - width;
	if (segment_varint_put(bytes, (uint64_t)len << 1) > width)
		widen_size(t, width, len);
	else
		memcpy(size, bytes, width);
}

static int make_room(inverter *v, inverter_term *t, uint32_t gap, uint32_t position)
{
	int is_short = (gap | position) < INVERTER_SHORT &&
	               (gap || t->used - t->size_at < INVERTER_SHORT_LEN);
	size_t room = is_short ? INVERTER_SHORT_ROOM : LONG_ROOM;

	return t->size - t->used >= room || grow(v, t, room);
}

void inverter_add_long(inverter *v, inverter_term *t, unsigned column, uint32_t position)
{
	uint32_t       gap = v->documents - t->document;
	unsigned char *at;

	if (!make_room(v, t, gap, position))
		return;
	at = t->data + t->used;
	if (gap) {
		at += segment_varint_put(at, gap);
		t->document += gap;
		t->size_at = (uint32_t)(at - t->data);
		*at++ = 0;
		t->column = 0;
		t->position = 0;
	}
	if (t->column != column) {
		*at++ = INVERTER_COLUMN_MARK;
		*at++ = (unsigned char)column;
		t->column = (uint16_t)column;
		t->position = 0;
	}
	at += segment_varint_put(at, (uint64_t)(position - t->position) + 2);
	t->position = position;
	t->used = (uint32_t)(at - t->data);
	set_size(t);
}

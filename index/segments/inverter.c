#include "inverter.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "hash.h"
#include "inverter_private.h"

enum {
	SLOTS_FIRST = 4096,
	SLOTS_WIDE = 131072, /* from which they go on large pages */
	/* Bytes of postings that come with a term: most have no more than one. is_key() reads as many. */
	FIRST_ROOM = 8,
	KEPT = 64 << 20 /* bytes of memory for the batch that follows */
};

sheaf_status inverter_new(inverter **out, sheaf_error *err)
{
	inverter *v = mem_calloc(1, sizeof *v);

	*out = NULL;
	if (!v)
		return sheaf_nomem(err);
	/* Where it lies differs from process to process; nothing that is read depends on it. */
	v->seed = (uint64_t)(uintptr_t)v * HASH_SEED;
	*out = v;
	return SHEAF_OK;
}

void inverter_free(inverter *v)
{
	if (!v)
		return;
	pool_free_all(&v->memory);
	mem_free(v->slots);
	mem_free(v->order);
	mem_free(v);
}

void inverter_clear(inverter *v)
{
	pool_clear(&v->memory, KEPT);
	if (v->count)
		memset(v->slots, 0, v->slot_count * sizeof *v->slots);
	mem_free(v->order);
	v->order = NULL;
	v->order_count = v->count = 0;
	v->documents = 0;
	v->failed = 0;
	v->revisions = NULL;
}

void inverter_begin(inverter *v)
{
	v->documents++;
}

size_t inverter_documents(const inverter *v)
{
	return v->documents;
}

sheaf_status inverter_status(const inverter *v)
{
	return v->failed ? SHEAF_ERROR_NOMEM : SHEAF_OK;
}

size_t inverter_bytes(const inverter *v)
{
	return sizeof *v + pool_bytes(&v->memory) + v->slot_count * sizeof *v->slots +
	       v->order_count * sizeof *v->order;
}

/* ---- terms ---- */

static int is_term(const inverter_slot *slot, uint64_t hash, const char *text, size_t len)
{
	const inverter_term *t = slot->term;

	return t && slot->hash == hash && t->len == len && memcmp(t->text, text, len) == 0;
}

/* The slot of a term, or the empty one where it belongs. There are slots. */
static inverter_slot *slot_of(const inverter *v, uint64_t hash, const char *text, size_t len)
{
	size_t i = (size_t)hash & (v->slot_count - 1);

	while (v->slots[i].term && !is_term(&v->slots[i], hash, text, len))
		i = (i + 1) & (v->slot_count - 1);
	return &v->slots[i];
}

static inverter_slot *new_slots(size_t count)
{
	inverter_slot *slots;

	if (count < SLOTS_WIDE)
		return mem_calloc(count, sizeof *slots);
	slots = count <= SIZE_MAX / sizeof *slots ? mem_alloc_wide(count * sizeof *slots) : NULL;
	if (slots)
		memset(slots, 0, count * sizeof *slots);
	return slots;
}

/* Twice the slots; nothing changes where there is no memory. */
static int grow_slots(inverter *v)
{
	size_t         old_count = v->slot_count, count = old_count ? 2 * old_count : SLOTS_FIRST;
	inverter_slot *old = v->slots, *slots = new_slots(count);

	if (!slots)
		return 0;
	for (size_t i = 0; i < old_count; i++) {
		size_t at = (size_t)old[i].hash & (count - 1);

		if (!old[i].term)
			continue;
		while (slots[at].term)
			at = (at + 1) & (count - 1);
		slots[at] = old[i];
	}
	mem_free(old);
	v->slots = slots;
	v->slot_count = count;
	return 1;
}

static inverter_term *new_term(inverter *v, const char *text, size_t len)
{
	size_t         size = (sizeof(inverter_term) + len + FIRST_ROOM + 7) & ~(size_t)7;
	inverter_term *t = pool_alloc(&v->memory, size);

	if (!t)
		return NULL;
	memset(t, 0, sizeof *t);
	t->len = (uint16_t)len;
	if (len)
		memcpy(t->text, text, len);
	t->data = (unsigned char *)t->text + len;
	t->size = (uint32_t)(size - sizeof *t - len);
	return t;
}

static inverter_term *add_term(inverter *v, uint64_t hash, const char *text, size_t len)
{
	inverter_term *t;

	if (v->count >= v->slot_count / 4 * 3 && !grow_slots(v))
		return NULL;
	t = new_term(v, text, len);
	if (!t)
		return NULL;
	*slot_of(v, hash, text, len) = (inverter_slot){hash, t};
	v->count++;
	return t;
}

void inverter_expect(const inverter *v, inverter_key *key, const char *text, size_t len)
{
	if (len > INVERTER_KEY_MAX)
		len = INVERTER_KEY_MAX;
	key->len = len;
	key->hash = hash_copy(v->seed, key->text, text, len);
	if (v->slots)
		__builtin_prefetch(&v->slots[(size_t)key->hash & (v->slot_count - 1)]);
}

static inverter_term *add_new(inverter *v, uint64_t hash, const char *text, size_t len)
{
	inverter_term *t = add_term(v, hash, text, len);

	v->failed |= !t;
	return t;
}

/* Both can be read eight bytes at a time. */
static int is_key(const inverter_term *t, const inverter_key *key)
{
	size_t len = key->len, i = 0;

	if (t->len != len)
		return 0;
	for (; i + 8 < len; i += 8)
		if (bytes_load_8(t->text + i) != bytes_load_8(key->text + i))
			return 0;
	return !len ||
	       (bytes_load_8(t->text + i) ^ bytes_load_8(key->text + i)) << 8 * (8 - len + i) == 0;
}

inverter_term *inverter_find_key(inverter *v, const inverter_key *key)
{
	size_t         mask = v->slot_count - 1;
	inverter_term *t = NULL;

	if (v->slots) {
		size_t i = (size_t)key->hash & mask;

		while ((t = v->slots[i].term) != NULL &&
		       (v->slots[i].hash != key->hash || !is_key(t, key)))
			i = (i + 1) & mask;
	}
	return t ? t : add_new(v, key->hash, key->text, key->len);
}

inverter_term *inverter_find(inverter *v, const char *text, size_t len)
{
	inverter_term *t = NULL;
	uint64_t       hash;

	if (len > INVERTER_TERM_MAX)
		len = INVERTER_TERM_MAX;
	hash = hash_key(v->seed, text, len);
	if (v->slots)
		t = slot_of(v, hash, text, len)->term;
	return t ? t : add_new(v, hash, text, len);
}

/* ---- postings ---- */

/* A number below 0x4000. */
static inline unsigned char *put_short(unsigned char *at, uint32_t n)
{
	if (n >= 0x80)
		*at++ = (unsigned char)(n >> 7 | 0x80);
	*at++ = (unsigned char)(n & 0x7F);
	return at;
}

void inverter_add(inverter *v, inverter_term *t, unsigned column, uint32_t position)
{
	uint32_t       gap = v->documents - t->document, used = t->used, size_at = t->size_at;
	uint32_t       before = gap ? 0 : t->position;
	unsigned       last_column = gap ? 0 : t->column;
	unsigned char *data = t->data, *at = data + used;

	if ((gap | position) >= INVERTER_SHORT || t->size - used < INVERTER_SHORT_ROOM ||
	    (!gap && used - size_at >= INVERTER_SHORT_LEN)) {
		inverter_add_long(v, t, column, position);
		return;
	}
	if (gap) {
		at = put_short(at, gap);
		size_at = (uint32_t)(at - data);
		at++;
		t->document += gap;
		t->size_at = size_at;
	}
	if (last_column != column) {
		*at++ = INVERTER_COLUMN_MARK;
		*at++ = (unsigned char)column;
		before = 0;
	}
	at = put_short(at, position - before + 2);
	t->column = (uint16_t)column;
	t->position = position;
	t->used = (uint32_t)(at - data);
	data[size_at] = (unsigned char)((size_t)(at - data - 1 - size_at) << 1);
}

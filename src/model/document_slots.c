/* The caller's value slots. */
#include <string.h>

#include "document_private.h"
#include "error.h"

enum { SLOT_HEAD = 6 }; /* bytes before a packed value */

/* The place of a slot, or where it would be. */
static size_t find(const sheaf_document *doc, uint32_t number)
{
	size_t low = 0, high = doc->slot_count;

	/* Mostly they come in order. */
	if (high && doc->slots[high - 1].number < number)
		return high;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (doc->slots[mid].number < number)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int is_filled(const sheaf_document *doc, size_t at, uint32_t number)
{
	return at < doc->slot_count && doc->slots[at].number == number;
}

static void remove_slot(sheaf_document *doc, size_t at)
{
	doc->slot_count--;
	memmove(&doc->slots[at], &doc->slots[at + 1], (doc->slot_count - at) * sizeof *doc->slots);
}

static sheaf_status insert_slot(sheaf_document *doc, size_t at, uint32_t number, sheaf_error *err)
{
	document_slot *grown;

	if (doc->slot_count == SHEAF_SLOTS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "slot %lu is one more than the %d that a document may fill",
		                  (unsigned long)number, SHEAF_SLOTS_MAX);
	grown = document_grow(doc->slots, doc->slot_count, &doc->slot_size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	doc->slots = grown;
	memmove(&grown[at + 1], &grown[at], (doc->slot_count - at) * sizeof *grown);
	grown[at] = (document_slot){number, "", 0};
	doc->slot_count++;
	return SHEAF_OK;
}

sheaf_status sheaf_document_add_slot_value(sheaf_document *doc, uint32_t slot, const void *value,
                                           size_t len, sheaf_error *err)
{
	size_t       at;
	char        *copy;
	sheaf_status status = SHEAF_OK;

	if (!doc || (!value && len))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no document or no value");
	if (len > SHEAF_SLOT_VALUE_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%zu bytes in slot %lu are more than %d", len,
		                  (unsigned long)slot, SHEAF_SLOT_VALUE_MAX);
	at = find(doc, slot);
	if (!len) {
		if (is_filled(doc, at, slot))
			remove_slot(doc, at);
		doc->slots_known = 1;
		return SHEAF_OK;
	}
	copy = arena_strndup(&doc->arena, value, len);
	if (!copy)
		return sheaf_nomem(err);
	if (!is_filled(doc, at, slot))
		status = insert_slot(doc, at, slot, err);
	if (status != SHEAF_OK)
		return status;
	doc->slots[at].value = copy;
	doc->slots[at].len = len;
	doc->slots_known = 1;
	return SHEAF_OK;
}

const void *sheaf_document_get_slot_value(const sheaf_document *doc, uint32_t slot, size_t *len)
{
	size_t at = doc ? find(doc, slot) : 0;
	int    filled = doc && is_filled(doc, at, slot);

	if (len)
		*len = filled ? doc->slots[at].len : 0;
	return filled ? doc->slots[at].value : NULL;
}

void sheaf_document_clear_slot_values(sheaf_document *doc)
{
	if (!doc)
		return;
	doc->slot_count = 0;
	doc->slots_known = 1;
}

size_t sheaf_document_slot_value_count(const sheaf_document *doc)
{
	return doc ? doc->slot_count : 0;
}

uint32_t sheaf_document_get_slot(const sheaf_document *doc, size_t i)
{
	return doc && i < doc->slot_count ? doc->slots[i].number : 0;
}

sheaf_status document_copy_slots(sheaf_document *to, const sheaf_document *from, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->slot_count; i++)
		status = sheaf_document_add_slot_value(
			to, from->slots[i].number, from->slots[i].value, from->slots[i].len, err);
	to->slots_known |= from->slots_known;
	return status;
}

int document_same_slots(const sheaf_document *a, const sheaf_document *b)
{
	if (a->slot_count != b->slot_count)
		return 0;
	for (size_t i = 0; i < a->slot_count; i++)
		if (a->slots[i].number != b->slots[i].number ||
		    a->slots[i].len != b->slots[i].len ||
		    memcmp(a->slots[i].value, b->slots[i].value, a->slots[i].len) != 0)
			return 0;
	return 1;
}

void document_pack_slots(const sheaf_document *doc, buf *out)
{
	for (size_t i = 0; i < doc->slot_count; i++) {
		const document_slot *s = &doc->slots[i];
		const unsigned char  head[SLOT_HEAD] = {
			 (unsigned char)(s->number >> 24), (unsigned char)(s->number >> 16),
			 (unsigned char)(s->number >> 8),  (unsigned char)s->number,
			 (unsigned char)(s->len >> 8),     (unsigned char)s->len};

		buf_append(out, (const char *)head, sizeof head);
		buf_append(out, s->value, s->len);
	}
}

sheaf_status document_unpack_slots(sheaf_document *doc, const void *packed, size_t len,
                                   sheaf_error *err)
{
	const unsigned char *p = packed;
	sheaf_status         status = SHEAF_OK;

	while (status == SHEAF_OK && len) {
		uint32_t number;
		size_t   bytes = 0;

		if (len > SLOT_HEAD) {
			number = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
			         p[3];
			bytes = (size_t)p[4] << 8 | p[5];
		}
		if (!bytes || bytes > len - SLOT_HEAD)
			return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
			                  "document %lld has damaged value slots",
			                  (long long)doc->docid);
		status = sheaf_document_add_slot_value(doc, number, p + SLOT_HEAD, bytes, err);
		if (status == SHEAF_ERROR_INVALID_ARGUMENT)
			status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
			                    "document %lld has impossible value slots",
			                    (long long)doc->docid);
		p += SLOT_HEAD + bytes;
		len -= SLOT_HEAD + bytes;
	}
	return status;
}

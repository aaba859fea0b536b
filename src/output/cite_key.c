#include "cite_key.h"

#include <string.h>

#include "alloc.h"
#include "author_parts.h"
#include "hash.h"
#include "str.h"
#include "words.h"

enum { FAMILY_MAX = 40 }; /* bytes of a name in a key */

void cite_keys_free(cite_keys *keys)
{
	arena_free(&keys->arena);
	mem_free(keys->slots);
	memset(keys, 0, sizeof *keys);
}

/* Where `key` is, or the free slot where it belongs. The table is never full. */
static size_t slot_of(const cite_keys *keys, const char *key, size_t len)
{
	size_t i = (size_t)hash_bytes(HASH_SEED, key, len) & (keys->size - 1);

	while (keys->slots[i] &&
	       (strncmp(keys->slots[i], key, len) != 0 || keys->slots[i][len] != 0))
		i = (i + 1) & (keys->size - 1);
	return i;
}

/* Room for one more, at most half full. */
static int grow(cite_keys *keys)
{
	cite_keys larger = {.size = keys->size ? keys->size * 2 : 64};

	if (keys->count * 2 < keys->size)
		return 1;
	larger.slots = mem_calloc(larger.size, sizeof *larger.slots);
	if (!larger.slots)
		return 0;
	for (size_t i = 0; i < keys->size; i++)
		if (keys->slots[i])
			larger.slots[slot_of(&larger, keys->slots[i], strlen(keys->slots[i]))] =
				keys->slots[i];
	mem_free(keys->slots);
	keys->slots = larger.slots;
	keys->size = larger.size;
	return 1;
}

int cite_keys_add(cite_keys *keys, const char *key, size_t len)
{
	size_t at;

	if (!grow(keys))
		return -1;
	at = slot_of(keys, key, len);
	if (keys->slots[at])
		return 0;
	keys->slots[at] = arena_strndup(&keys->arena, key, len);
	if (!keys->slots[at])
		return -1;
	keys->count++;
	return 1;
}

/* The ASCII letters and digits of a folded word. */
static int put_name_word(void *ctx, const word *w)
{
	buf *out = ctx;

	for (size_t i = 0; i < w->len; i++)
		if (str_is_alpha((unsigned char)w->text[i]) ||
		    str_is_digit((unsigned char)w->text[i]))
			buf_putc(out, str_lower(w->text[i]));
	return 0;
}

static void put_family(const sheaf_document *doc, buf *out)
{
	const sheaf_author *first = sheaf_document_get_author(doc, 0);
	words_sink          sink = {out, put_name_word, NULL};
	size_t              before = out->len;
	author_parts        parts;

	if (first) {
		author_parts_of(first, &parts);
		words_split(parts.family, parts.family_len, WORDS_NAMES, &sink);
		if (out->len > before + FAMILY_MAX)
			buf_truncate(out, before + FAMILY_MAX);
	}
	if (out->len == before)
		buf_puts(out, "anon");
}

void cite_key_make(const sheaf_document *doc, buf *out)
{
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);

	put_family(doc, out);
	buf_putc(out, '-');
	for (; id && *id; id++) {
		if ((*id >= 'a' && *id <= 'z') || str_is_digit((unsigned char)*id) || *id == '.' ||
		    *id == '-')
			buf_putc(out, *id);
		else if (*id == '/')
			buf_putc(out, ':');
		else
			buf_printf(out, "_%02X", (unsigned char)*id);
	}
}

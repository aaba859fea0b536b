#include "cite_key.h"

#include <string.h>

#include "alloc.h"
#include "author_parts.h"
#include "hash.h"
#include "str.h"
#include "words.h"

enum { PART_MAX = 40 }; /* bytes of a name or a word in a key */

void cite_keys_clear(cite_keys *keys)
{
	arena_clear(&keys->arena);
	if (keys->size)
		memset(keys->slots, 0, keys->size * sizeof *keys->slots);
	keys->count = 0;
}

void cite_keys_free(cite_keys *keys)
{
	arena_free(&keys->arena);
	mem_free(keys->slots);
	mem_free(keys->next);
	memset(keys, 0, sizeof *keys);
}

/* Where `key` is, or the free slot where it belongs. The table is never full. */
static size_t slot_of(const cite_keys *keys, const char *key, size_t len)
{
	size_t i = (size_t)hash_bytes(HASH_SEED, key, len) & (keys->size - 1);

	while (keys->slots[i] && strcmp(keys->slots[i], key) != 0)
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
	larger.next = mem_calloc(larger.size, sizeof *larger.next);
	if (!larger.slots || !larger.next) {
		mem_free(larger.slots);
		mem_free(larger.next);
		return 0;
	}
	for (size_t i = 0; i < keys->size; i++) {
		size_t at;

		if (!keys->slots[i])
			continue;
		at = slot_of(&larger, keys->slots[i], strlen(keys->slots[i]));
		larger.slots[at] = keys->slots[i];
		larger.next[at] = keys->next[i];
	}
	mem_free(keys->slots);
	mem_free(keys->next);
	keys->slots = larger.slots;
	keys->next = larger.next;
	keys->size = larger.size;
	return 1;
}

int cite_keys_take(cite_keys *keys, const char *key, size_t len)
{
	size_t at;

	if (!grow(keys))
		return -1;
	at = slot_of(keys, key, len);
	if (keys->slots[at])
		return 0;
	keys->slots[at] = arena_strndup(&keys->arena, key, len);
	keys->next[at] = 0;
	if (!keys->slots[at])
		return -1;
	keys->count++;
	return 1;
}

/* 0: a, 25: z, 26: aa. */
static void put_letters(buf *out, size_t number)
{
	char   text[16];
	size_t at = sizeof text;

	do {
		text[--at] = (char)('a' + number % 26);
		number /= 26;
	} while (number-- && at);
	buf_append(out, text + at, sizeof text - at);
}

/* Makes what was appended from `start` on unique. */
static int settle(cite_keys *keys, buf *out, size_t start)
{
	size_t base_len = out->len - start, base;
	int    taken = cite_keys_take(keys, out->data + start, base_len);

	while (taken == 0) {
		buf_truncate(out, start + base_len);
		base = slot_of(keys, out->data + start, base_len);
		put_letters(out, keys->next[base]++);
		if (out->status != SHEAF_OK)
			return 1;
		taken = cite_keys_take(keys, out->data + start, out->len - start);
	}
	return taken > 0;
}

/* The ASCII letters and digits of a folded word. */
static size_t put_plain(buf *out, const char *text, size_t len)
{
	size_t put = 0;

	for (size_t i = 0; i < len && put < PART_MAX; i++)
		if (str_is_alpha((unsigned char)text[i]) || str_is_digit((unsigned char)text[i])) {
			buf_putc(out, text[i]);
			put++;
		}
	return put;
}

static int put_name_word(void *ctx, const word *w)
{
	put_plain(ctx, w->text, w->len);
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
		if (out->len > before + PART_MAX)
			buf_truncate(out, before + PART_MAX);
	}
	if (out->len == before)
		buf_puts(out, "anon");
}

/* The first word that says something; stops there. */
static int put_title_word(void *ctx, const word *w)
{
	static const char *const articles[] = {"a",   "an",  "the", "on",  "le", "la", "les",
	                                       "der", "die", "das", "ein", "il", "el", NULL};

	for (const char *const *article = articles; *article; article++)
		if (strlen(*article) == w->len && memcmp(*article, w->text, w->len) == 0)
			return 0;
	return put_plain(ctx, w->text, w->len) > 0;
}

int cite_key_make(cite_keys *keys, const sheaf_document *doc, int year, buf *out)
{
	const char *title = sheaf_document_get_text(doc, SHEAF_FIELD_TITLE);
	size_t      start = out->len;
	words_sink  sink = {out, put_title_word, NULL};

	put_family(doc, out);
	if (year > 0)
		buf_printf(out, "%d", year);
	if (title)
		words_split(title, strlen(title), WORDS_PROSE, &sink);
	return out->status != SHEAF_OK || settle(keys, out, start);
}

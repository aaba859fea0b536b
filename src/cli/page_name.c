#include "page_name.h"

#include <inttypes.h>
#include <string.h>

#include "buf.h"
#include "hash.h"
#include "str.h"

enum { NAME_MAX_BYTES = 100 };

/* The first number that is put behind a name which was taken; the bare one counts as the first. */
enum { SECOND = 2 };

static int is_plain(char c)
{
	return str_is_alpha((unsigned char)c) || str_is_digit((unsigned char)c);
}

/* Without hyphens and points at both ends, and without two hyphens in a row. */
static void put_plain(buf *out, const char *text)
{
	const char *whole = text;

	for (; *text && out->len < NAME_MAX_BYTES; text++) {
		int dot = *text == '.' || *text == '_';

		if (is_plain(*text) || (dot && out->len))
			buf_putc(out, *text);
		else if (out->len && out->data[out->len - 1] != '-')
			buf_putc(out, '-');
	}
	while (out->len && !is_plain(out->data[out->len - 1]))
		buf_truncate(out, out->len - 1);
	/* By what it is called, not by when it comes, or an address would lead to another one. */
	if (!out->len)
		buf_printf(out, "profile-%08" PRIx32,
		           (uint32_t)hash_bytes(HASH_SEED, whole, strlen(whole)));
}

static int is_taken(const page_names *taken, const char *name)
{
	for (size_t i = 0; i < taken->count; i++)
		if (str_ieq(taken->items[i], name))
			return 1;
	return 0;
}

static int keep(page_names *taken, const char *name, arena *a)
{
	if (taken->count == taken->size) {
		size_t       size = taken->size ? taken->size * 2 : 32;
		const char **items = arena_calloc(a, size, sizeof *items);

		if (!items)
			return 0;
		if (taken->count)
			memcpy(items, taken->items, taken->count * sizeof *items);
		taken->items = items;
		taken->size = size;
	}
	taken->items[taken->count++] = name;
	return 1;
}

const char *page_name(page_names *taken, const char *text, arena *a)
{
	buf         name = BUF_INIT(0);
	const char *made = NULL;
	size_t      bare;

	put_plain(&name, text);
	bare = name.len;
	for (int number = SECOND; name.status == SHEAF_OK && is_taken(taken, name.data); number++) {
		buf_truncate(&name, bare);
		buf_printf(&name, "-%d", number);
	}
	if (name.status == SHEAF_OK)
		made = arena_strdup(a, name.data);
	buf_free(&name);
	return made && keep(taken, made, a) ? made : NULL;
}

int page_name_is(const char *file)
{
	const char *p = file;

	if (!is_plain(*p))
		return 0;
	while (is_plain(*p) || *p == '.' || *p == '-' || *p == '_')
		p++;
	return !*p;
}

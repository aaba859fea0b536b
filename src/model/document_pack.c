/*
 * Storage forms of authors and versions: one a line, parts divided by U+001F.
 * Neither can occur inside a part: documents turn control characters into blanks.
 *
 * names:    name
 * parts:    keyname US forenames US suffix US affiliation   (trailing empty parts left out)
 * versions: number US created US size US source_type        (created in seconds; empty: unknown)
 */
#include <string.h>

#include "document_private.h"
#include "error.h"
#include "str.h"

enum { US = 0x1F, PARTS = 4 };

void document_pack_author_names(const sheaf_document *doc, buf *out)
{
	for (size_t i = 0; i < doc->author_count; i++) {
		if (i)
			buf_putc(out, '\n');
		buf_puts(out, doc->authors[i].name);
	}
}

static void pack_parts(buf *out, const char *const *parts, size_t count)
{
	while (count && !parts[count - 1])
		count--;
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_putc(out, US);
		if (parts[i])
			buf_puts(out, parts[i]);
	}
}

void document_pack_author_parts(const sheaf_document *doc, buf *out)
{
	size_t start = out->len;
	int    any = 0;

	for (size_t i = 0; i < doc->author_count; i++) {
		const sheaf_author *a = &doc->authors[i];
		const char *parts[PARTS] = {a->keyname, a->forenames, a->suffix, a->affiliation};

		any |= a->keyname || a->forenames || a->suffix || a->affiliation;
		if (i)
			buf_putc(out, '\n');
		pack_parts(out, parts, PARTS);
	}
	if (!any)
		buf_truncate(out, start);
}

/* Cuts `line` (modified) at each U+001F; parts that are empty or missing are NULL. */
static void split_parts(char *line, const char **parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *end = line ? strchr(line, US) : NULL;

		if (end)
			*end = 0;
		parts[i] = line && *line ? line : NULL;
		line = end ? end + 1 : NULL;
	}
}

/* The next line of *text (modified), or NULL. */
static char *next_line(char **text)
{
	char *line = *text, *end;

	if (!line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end = 0;
	*text = end ? end + 1 : NULL;
	return line;
}

sheaf_status document_unpack_authors(sheaf_document *doc, const char *names, const char *parts,
                                     sheaf_error *err)
{
	char        *name_lines = names && *names ? arena_strdup(&doc->arena, names) : NULL;
	char        *part_lines = parts ? arena_strdup(&doc->arena, parts) : NULL;
	sheaf_status status = SHEAF_OK;
	char        *name;

	if ((names && *names && !name_lines) || (parts && !part_lines))
		return sheaf_nomem(err);
	while (status == SHEAF_OK && (name = next_line(&name_lines))) {
		const char  *p[PARTS];
		sheaf_author a = {.name = name};

		split_parts(next_line(&part_lines), p, PARTS);
		a.keyname = p[0];
		a.forenames = p[1];
		a.suffix = p[2];
		a.affiliation = p[3];
		doc->parsed_names |= a.keyname != NULL;
		status = sheaf_document_add_author(doc, &a, err);
	}
	return status;
}

void document_pack_versions(const sheaf_document *doc, buf *out)
{
	for (size_t i = 0; i < doc->version_count; i++) {
		const sheaf_document_version *v = &doc->versions[i];
		const char                   *parts[2] = {v->size, v->source_type};

		if (i)
			buf_putc(out, '\n');
		buf_put_int64(out, v->number);
		buf_putc(out, US);
		if (v->created != SHEAF_TIME_NONE)
			buf_put_int64(out, v->created);
		if (v->size || v->source_type) {
			buf_putc(out, US);
			pack_parts(out, parts, 2);
		}
	}
}

sheaf_status document_unpack_versions(sheaf_document *doc, const char *packed, sheaf_error *err)
{
	char        *lines = packed && *packed ? arena_strdup(&doc->arena, packed) : NULL, *line;
	sheaf_status status = SHEAF_OK;

	if (packed && *packed && !lines)
		return sheaf_nomem(err);
	while (status == SHEAF_OK && (line = next_line(&lines))) {
		const char            *p[PARTS];
		sheaf_document_version v = {.created = SHEAF_TIME_NONE};
		int64_t                n;

		split_parts(line, p, PARTS);
		if (!p[0] || !str_to_int64(p[0], &n) || n < 1 || n > DOCUMENT_VERSION_MAX)
			continue;
		v.number = (int)n;
		if (p[1] && str_to_int64(p[1], &n))
			v.created = n;
		v.size = p[2];
		v.source_type = p[3];
		status = sheaf_document_add_version(doc, &v, err);
	}
	return status;
}

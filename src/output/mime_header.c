#include "mime_header.h"

#include <string.h>

#include "base64.h"
#include "escape.h"
#include "str.h"
#include "utf8.h"

#define ENCODED_START "=?UTF-8?B?"
#define ENCODED_END "?="

enum { PLAIN_WORD_MAX = 60 }; /* columns; a longer one is encoded, so that it can be folded */

/* Columns that the last line has so far. */
static size_t column(const buf *out)
{
	size_t at = out->len;

	while (at && out->data[at - 1] != '\n')
		at--;
	return out->len - at;
}

/* 1 for text that stands for itself in a header: short words of ASCII that look like no encoded one. */
static int is_plain(const char *text)
{
	size_t word_len = 0;

	for (const char *p = text; *p; p++) {
		word_len = *p == ' ' ? 0 : word_len + 1;
		if ((unsigned char)*p >= 0x7F || word_len > PLAIN_WORD_MAX)
			return 0;
	}
	return strstr(text, "=?") == NULL;
}

/* Blanks are where it folds: what is unfolded is the same text. */
static void put_plain(buf *out, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, " ");

		if (column(out) + 1 + len > MIME_LINE_MAX)
			buf_putc(out, '\n');
		buf_putc(out, ' ');
		buf_append(out, text, len);
		text += len;
		text += *text == ' ';
	}
}

/* Each word holds whole characters; blanks between encoded words are not part of the text. */
static void put_encoded(buf *out, const char *text)
{
	const size_t around = sizeof ENCODED_START - 1 + sizeof ENCODED_END - 1;
	size_t       len = strlen(text);

	while (len) {
		size_t used = column(out) + 1 + around, room, n;

		if (used + 8 > MIME_LINE_MAX) {
			buf_putc(out, '\n');
			used = 1 + around;
		}
		room = (MIME_LINE_MAX - used) / 4 * 3;
		n = len > room ? utf8_floor(text, room) : len;
		buf_puts(out, " " ENCODED_START);
		base64_encode(text, n, out);
		buf_puts(out, ENCODED_END);
		text += n;
		len -= n;
	}
}

void mime_header_text(buf *out, const char *name, const char *text)
{
	buf line = BUF_INIT(0);

	escape_folded(&line, text);
	buf_printf(out, "%s:", name);
	if (is_plain(buf_str(&line)))
		put_plain(out, buf_str(&line));
	else
		put_encoded(out, buf_str(&line));
	buf_putc(out, '\n');
	if (line.status != SHEAF_OK)
		out->status = line.status;
	buf_free(&line);
}

/* The end of an entry of the list: commas in quotes and in angle brackets are part of it. */
static const char *entry_end(const char *p)
{
	int quoted = 0, angled = 0;

	for (; *p && (quoted || angled || *p != ','); p++) {
		if (*p == '\\' && quoted && p[1])
			p++;
		else if (*p == '"')
			quoted = !quoted;
		else if (!quoted && (*p == '<' || *p == '>'))
			angled = *p == '<';
	}
	return p;
}

/* What a mail program takes as one address: a name, or name and host; no blanks, no syntax. */
static int is_address(const char *s, size_t len)
{
	size_t ats = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c <= 0x20 || c >= 0x7F || strchr("()<>[]:;\\,\"", c))
			return 0;
		ats += c == '@';
	}
	/* What begins with a hyphen would be an option of a program that sends it. */
	return len && len <= 254 && ats <= 1 && s[0] != '@' && s[0] != '-' && s[len - 1] != '@';
}

/* Splits `Name <address>`; 0 where the entry is neither that nor an address. */
static int split_entry(const char *s, size_t len, size_t *name_len, const char **address,
                       size_t *address_len)
{
	const char *open = NULL;

	str_trim(&s, &len);
	*name_len = 0;
	*address = s;
	*address_len = len;
	if (len && s[len - 1] == '>') {
		for (size_t i = 0; i < len; i++)
			open = s[i] == '<' ? s + i : open;
		if (!open)
			return 0;
		*name_len = (size_t)(open - s);
		*address = open + 1;
		*address_len = len - *name_len - 2;
	}
	return is_address(*address, *address_len);
}

/* A name without the quotes and backslashes that it was written with. */
static void put_unquoted(buf *out, const char *s, size_t len)
{
	str_trim(&s, &len);
	if (len >= 2 && s[0] == '"' && s[len - 1] == '"') {
		s++;
		len -= 2;
	}
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\\' && i + 1 < len)
			i++;
		buf_putc(out, s[i]);
	}
}

static void put_quoted(buf *out, const char *name)
{
	buf_puts(out, " \"");
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *name);
	}
	buf_putc(out, '"');
}

static void put_name(buf *out, const char *s, size_t len)
{
	buf raw = BUF_INIT(0), name = BUF_INIT(0);

	put_unquoted(&raw, s, len);
	escape_folded(&name, buf_str(&raw));
	if (name.len && is_plain(buf_str(&name)) && name.len <= PLAIN_WORD_MAX)
		put_quoted(out, buf_str(&name));
	else
		put_encoded(out, buf_str(&name));
	if (raw.status != SHEAF_OK || name.status != SHEAF_OK)
		out->status = raw.status != SHEAF_OK ? raw.status : name.status;
	buf_free(&raw);
	buf_free(&name);
}

static void put_entry(buf *out, const char *s, size_t name_len, const char *address,
                      size_t address_len)
{
	size_t before = column(out);

	str_trim(&s, &name_len);
	if (name_len)
		put_name(out, s, name_len);
	if (column(out) > before && column(out) + address_len + 4 > MIME_LINE_MAX)
		buf_putc(out, '\n');
	buf_puts(out, name_len ? " <" : " ");
	buf_append(out, address, address_len);
	buf_puts(out, name_len ? ">" : "");
}

const char *mime_header_addresses(buf *out, const char *name, const char *addresses)
{
	size_t start = out->len, count = 0;

	buf_printf(out, "%s:", name);
	for (const char *p = addresses, *end; *p; p = *end ? end + 1 : end) {
		const char *s = p, *address;
		size_t      name_len, address_len, len;

		end = entry_end(p);
		len = (size_t)(end - p);
		str_trim(&s, &len);
		if (!len)
			continue;
		if (!split_entry(s, len, &name_len, &address, &address_len)) {
			buf_truncate(out, start);
			return p;
		}
		if (count++)
			buf_puts(out, ",\n");
		put_entry(out, s, name_len, address, address_len);
	}
	buf_putc(out, '\n');
	if (!count)
		buf_truncate(out, start);
	return NULL;
}

void mime_domain(buf *out, const char *addresses)
{
	const char *end = addresses ? entry_end(addresses) : NULL, *address, *at;
	size_t      name_len, address_len, len;

	if (end &&
	    split_entry(addresses, (size_t)(end - addresses), &name_len, &address, &address_len)) {
		at = memchr(address, '@', address_len);
		len = at ? address_len - (size_t)(at + 1 - address) : 0;
		for (size_t i = 0; i < len; i++)
			if (!str_is_alpha((unsigned char)at[1 + i]) &&
			    !str_is_digit((unsigned char)at[1 + i]) && at[1 + i] != '-' &&
			    at[1 + i] != '.')
				len = 0;
		if (len) {
			buf_append(out, at + 1, len);
			return;
		}
	}
	buf_puts(out, "localhost");
}

#include "escape.h"

#include <string.h>

#include "str.h"
#include "utf8.h"

int escape_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x061C ||
	       (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE ||
	       (c >= 0xFDD0 && c <= 0xFDEF);
}

enum { ADDRESS_MAX = 500 }; /* bytes of an address that is kept as it is */

static int is_word_byte(char c)
{
	return str_is_alpha((unsigned char)c) || str_is_digit((unsigned char)c);
}

typedef enum line_mode { LINE, FOLDED, MARKDOWN, HTML } line_mode;

/*
 * Where GitHub's Markdown sees an address it makes a link and takes a backslash as part of it, so what
 * cannot be syntax inside an address stays as it is: an underline within a word, a tilde that begins a
 * path's part, an ampersand that begins no entity. Is `*s` such a one? `left` counts the bytes from `s` on.
 */
static int is_part_of_address(const buf *out, size_t start, const char *s, size_t left)
{
	char   before = out->len > start ? out->data[out->len - 1] : ' ';
	size_t n = 1;

	if (*s == '_')
		return left > 1 && is_word_byte(before) && is_word_byte(s[1]);
	if (*s == '~')
		return left > 1 && before == '/' && is_word_byte(s[1]);
	if (*s != '&')
		return 0;
	while (n < left && is_word_byte(s[n]))
		n++;
	return n > 1 && n < left && (s[n] == '=' || s[n] == '_');
}

/* Is what was written last the inside of an address? */
static int in_address(const buf *out, size_t start)
{
	size_t at = out->len;

	while (at > start && out->len - at < ADDRESS_MAX &&
	       (unsigned char)out->data[at - 1] > 0x20 && out->data[at - 1] != '\\')
		at--;
	for (; at < out->len; at++)
		if (str_starts(out->data + at, "http://") || str_starts(out->data + at, "https://"))
			return 1;
	return 0;
}

/*
 * Does Markdown read this ASCII character as syntax where it stands? Headings, lists and rules are
 * made of what is plain elsewhere than at the start of the text, which is at `start` in `out`.
 * `left` counts the bytes from `s` on.
 */
static int is_markdown(const buf *out, size_t start, const char *s, size_t left)
{
	size_t at = start;

	if (strchr("_~&", *s) && is_part_of_address(out, start, s, left) && in_address(out, start))
		return 0;
	if (strchr("\\`*_[]<>|~$", *s))
		return 1;
	if (*s == '&')
		return left > 1 && (s[1] == '#' || str_is_alpha((unsigned char)s[1]));
	if (out->len == start)
		return strchr("#+-=", *s) != NULL;
	while (at < out->len && str_is_digit((unsigned char)out->data[at]))
		at++;
	return at == out->len && (*s == '.' || *s == ')');
}

static void put(buf *out, size_t start, const char *s, size_t n, size_t left, line_mode mode)
{
	if (mode == MARKDOWN && n == 1 && is_markdown(out, start, s, left))
		buf_putc(out, '\\');
	if (mode == HTML && n == 1) {
		const char *entity = *s == '&'    ? "&amp;"
		                     : *s == '<'  ? "&lt;"
		                     : *s == '>'  ? "&gt;"
		                     : *s == '"'  ? "&quot;"
		                     : *s == '\'' ? "&#39;"
		                                  : NULL;

		if (entity) {
			buf_puts(out, entity);
			return;
		}
	}
	buf_append(out, s, n);
}

/* Bytes at the beginning of `text` that stand for themselves: most text is words of such. */
static size_t plain_run(const char *text, size_t len, line_mode mode)
{
	size_t n = 0;

	if (mode == LINE || mode == FOLDED)
		while (n < len && text[n] > 0x20 && text[n] < 0x7F)
			n++;
	return n;
}

static void line(buf *out, const char *text, line_mode mode)
{
	size_t len = text ? strlen(text) : 0, start = out->len;
	int    pending = 0;

	if (!text)
		return;
	str_trim(&text, &len);
	while (len) {
		uint32_t c;
		size_t run = plain_run(text, len, mode), n = run ? run : utf8_decode(text, len, &c);

		if (run) {
			if (pending)
				buf_putc(out, ' ');
			pending = 0;
			buf_append(out, text, run);
		} else if (mode == FOLDED && c < 0x80 && str_is_space((unsigned char)c)) {
			pending = 1;
		} else if (c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f') {
			if (!(c == '\n' && text[-1] == '\r'))
				buf_putc(out, ' ');
		} else if (c == UTF8_REPLACEMENT && n == 1) {
			buf_puts(out, "\xEF\xBF\xBD");
		} else if (!escape_is_control(c)) {
			if (pending)
				buf_putc(out, ' ');
			pending = 0;
			put(out, start, text, n, len, mode);
		}
		text += n;
		len -= n;
		/* Blanks that stood beside a dropped character at an end are at the end now. */
		if (out->len == start + 1 && out->data[start] == ' ')
			buf_truncate(out, start);
	}
	while (out->len > start && out->data[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
}

void escape_line(buf *out, const char *text)
{
	line(out, text, LINE);
}

void escape_folded(buf *out, const char *text)
{
	line(out, text, FOLDED);
}

void escape_markdown(buf *out, const char *text)
{
	line(out, text, MARKDOWN);
}

void escape_html(buf *out, const char *text)
{
	line(out, text, HTML);
}

static void percent(buf *out, unsigned char c)
{
	buf_printf(out, "%%%02X", c);
}

void escape_url(buf *out, const char *url)
{
	for (const unsigned char *p = (const unsigned char *)(url ? url : ""); *p; p++) {
		if (*p <= 0x20 || *p >= 0x7F || strchr("()<>\"'`\\{}|^", *p))
			percent(out, *p);
		else
			buf_putc(out, (char)*p);
	}
}

void escape_query(buf *out, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)(text ? text : ""); *p; p++) {
		if (str_is_alpha(*p) || str_is_digit(*p) || strchr("-._~", *p))
			buf_putc(out, (char)*p);
		else
			percent(out, *p);
	}
}

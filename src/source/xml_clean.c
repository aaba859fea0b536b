#include "xml_clean.h"

#include <string.h>

#include "bytes.h"
#include "str.h"
#include "utf8.h"

/* What stands at a place of the stream. */
typedef enum piece {
	PIECE_GOOD = 0, /* stays as it is */
	PIECE_CONTROL,  /* becomes a blank */
	PIECE_BROKEN,   /* becomes U+FFFD */
	PIECE_CUT       /* the chunk ends before it can be told */
} piece;

/* XML 1.0, production 2 (Char). */
static int is_xml_char(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x20 && cp <= 0xD7FF) ||
	       (cp >= 0xE000 && cp <= 0xFFFD) || (cp >= 0x10000 && cp <= 0x10FFFF);
}

static int digit_value(char c)
{
	if (str_is_digit((unsigned char)c))
		return c - '0';
	c = str_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* A `&#…;` at `s`. Other references, and what is no reference at all, are left to the parser. */
static piece look_at_reference(const char *s, size_t len, size_t *size)
{
	uint32_t cp = 0;
	size_t   i = 2;
	int      base = 10;

	*size = 1;
	if (len < 2)
		return PIECE_CUT;
	if (s[1] != '#')
		return PIECE_GOOD;
	if (len > 2 && s[2] == 'x') {
		base = 16;
		i = 3;
	}
	for (; i < len && i < XML_CLEAN_HELD_MAX && digit_value(s[i]) < base; i++)
		cp = cp > 0x10FFFF ? cp : cp * (uint32_t)base + (uint32_t)digit_value(s[i]);
	if (i == len && i < XML_CLEAN_HELD_MAX)
		return PIECE_CUT;
	if (i == XML_CLEAN_HELD_MAX || s[i] != ';' || i == (base == 16 ? 3 : 2))
		return PIECE_GOOD;
	*size = i + 1;
	if (is_xml_char(cp))
		return PIECE_GOOD;
	return cp < 0x20 ? PIECE_CONTROL : PIECE_BROKEN;
}

/* 1 where `s` is the beginning of a valid character that goes on after `len` bytes. */
static int is_cut_character(const char *s, size_t len)
{
	unsigned char c = (unsigned char)s[0];
	size_t        need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

	if (c < 0xC2 || c > 0xF4 || len >= need)
		return 0;
	for (size_t i = 1; i < len; i++)
		if (((unsigned char)s[i] & 0xC0) != 0x80)
			return 0;
	return 1;
}

static piece look(const char *s, size_t len, size_t *size)
{
	unsigned char c = (unsigned char)s[0];
	uint32_t      cp;

	*size = 1;
	if (c == '&')
		return look_at_reference(s, len, size);
	if (c < 0x80)
		return is_xml_char(c) ? PIECE_GOOD : PIECE_CONTROL;
	*size = utf8_decode(s, len, &cp);
	if (*size == 1)
		return is_cut_character(s, len) ? PIECE_CUT : PIECE_BROKEN;
	return is_xml_char(cp) ? PIECE_GOOD : PIECE_BROKEN;
}

/* How many bytes from the start are ASCII, no control characters and no `&`. */
static size_t plain_run(const char *s, size_t len)
{
	size_t n = 0;

	for (; len - n >= 8; n += 8) {
		uint64_t bytes = bytes_load_8(s + n), reference = bytes ^ BYTES_ALL('&');
		/* High bits of other bytes, and perhaps of what follows one. */
		uint64_t other = ((reference - BYTES_ALL(1)) | (bytes - BYTES_ALL(0x20)) | bytes) &
		                 BYTES_HIGH;

		if (other)
			return n + bytes_first(other);
	}
	while (n < len && s[n] != '&' && (unsigned char)s[n] - 0x20u < 0x60)
		n++;
	return n;
}

/* The number of bytes that stay as they are; `*what` is what stands behind them (GOOD: the end). */
static size_t good_run(const char *s, size_t len, piece *what, size_t *size)
{
	size_t i = 0;

	*what = PIECE_GOOD;
	while (i < len) {
		i += plain_run(s + i, len - i);
		if (i == len)
			break;
		*what = look(s + i, len - i, size);
		if (*what != PIECE_GOOD)
			return i;
		i += *size;
	}
	return i;
}

static void mend(xml_clean *clean, const char *s, size_t len, int last)
{
	while (len) {
		piece  what;
		size_t size = 0, run = good_run(s, len, &what, &size);

		buf_append(&clean->out, s, run);
		s += run;
		len -= run;
		if (what == PIECE_GOOD)
			return;
		if (what == PIECE_CUT && !last && len <= sizeof clean->held) {
			memcpy(clean->held, s, len);
			clean->held_len = len;
			return;
		}
		if (what == PIECE_CUT && *s == '&')
			buf_append(&clean->out, s, size);
		else
			buf_puts(&clean->out, what == PIECE_CONTROL ? " " : "\xEF\xBF\xBD");
		s += size;
		len -= size;
	}
}

/* Adds bytes to what was held back until it can be told. Answers the bytes taken. */
static size_t complete_held(xml_clean *clean, const char *bytes, size_t len, int last)
{
	size_t taken = 0, size;

	while (clean->held_len) {
		char   piece_bytes[XML_CLEAN_HELD_MAX];
		size_t held;

		if (taken < len)
			clean->held[clean->held_len++] = bytes[taken++];
		else if (!last)
			return taken;
		held = clean->held_len;
		if (look(clean->held, held, &size) == PIECE_CUT && (taken < len || !last))
			continue;
		memcpy(piece_bytes, clean->held, held);
		clean->held_len = 0;
		mend(clean, piece_bytes, held, last && taken == len);
	}
	return taken;
}

sheaf_status xml_clean_feed(xml_clean *clean, const char *bytes, size_t len, int last,
                            const char **out, size_t *out_len, sheaf_error *err)
{
	piece  what = PIECE_GOOD;
	size_t size = 0, taken;

	buf_clear(&clean->out);
	*out = bytes;
	*out_len = len;
	if (!clean->held_len && good_run(bytes, len, &what, &size) == len)
		return SHEAF_OK;
	if (clean->held_len) {
		taken = complete_held(clean, bytes, len, last);
		bytes += taken;
		len -= taken;
	}
	mend(clean, bytes, len, last);
	*out = buf_str(&clean->out);
	*out_len = clean->out.len;
	return buf_status(&clean->out, err);
}

void xml_clean_free(xml_clean *clean)
{
	buf_free(&clean->out);
}

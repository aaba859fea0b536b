#include "signs.h"

#include <string.h>

#include "str.h"
#include "tex.h"

static int starts(const char *s, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);

	return len >= n && memcmp(s, prefix, n) == 0;
}

/* A letter or digit; anything outside ASCII may be one. */
static int is_wordly(const char *s, size_t len)
{
	return len && (str_is_alpha((unsigned char)*s) || str_is_digit((unsigned char)*s) ||
	               (unsigned char)*s >= 0x80);
}

size_t sign_possessive(const char *s, size_t len)
{
	static const char *const apostrophes[] = {"'", "\xE2\x80\x99", "\xC2\xB4", "\xCA\xBC"};

	for (size_t i = 0; i < sizeof apostrophes / sizeof *apostrophes; i++) {
		size_t n = strlen(apostrophes[i]);

		if (!starts(s, len, apostrophes[i]))
			continue;
		if (len <= n || str_lower(s[n]) != 's' || is_wordly(s + n + 1, len - n - 1))
			return 0;
		return n + 1;
	}
	return 0;
}

size_t sign_thousands(const char *s, size_t len)
{
	static const char *const gaps[] = {",", "{,}", "\\,"};

	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
		size_t n = strlen(gaps[i]), digits = 0;

		if (!starts(s, len, gaps[i]))
			continue;
		while (digits < 4 && n + digits < len && str_is_digit((unsigned char)s[n + digits]))
			digits++;
		return digits == 3 ? n : 0;
	}
	return 0;
}

size_t sign_language(const char *s, size_t len)
{
	static const char *const suffixes[] = {"++", "\\+\\+", "#", "\\#"};

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		size_t n = strlen(suffixes[i]);

		if (!starts(s, len, suffixes[i]))
			continue;
		if (len > n && (s[n] == '+' || s[n] == '#' || str_is_alpha((unsigned char)s[n])))
			return 0;
		return n;
	}
	return 0;
}

size_t sign_low_digit(const char *s, size_t len)
{
	return starts(s, len, "\xE2\x82") && len > 2 && (unsigned char)s[2] <= 0x89 ? 3 : 0;
}

size_t sign_high_digit(const char *s, size_t len)
{
	unsigned char last;

	if (starts(s, len, "\xC2\xB2") || starts(s, len, "\xC2\xB3") || starts(s, len, "\xC2\xB9"))
		return 2;
	if (!starts(s, len, "\xE2\x81") || len < 3)
		return 0;
	last = (unsigned char)s[2];
	return last == 0xB0 || (last >= 0xB4 && last <= 0xB9) ? 3 : 0;
}

/* The bytes before the content of a script: braces, dollars, and controls that only format it. */
static size_t script_head(const char *s, size_t len)
{
	size_t at = 1;

	while (at < len) {
		tex_control c;

		if (s[at] == '{' || s[at] == '$' || s[at] == ' ') {
			at++;
			continue;
		}
		if (s[at] != '\\')
			break;
		c = tex_read(s + at, len - at);
		if (c.kind != TEX_SILENT)
			break;
		at += c.len;
	}
	return at;
}

int sign_script_joins(const char *s, size_t len, char last)
{
	size_t at = script_head(s, len), letters = 0;

	if (at < len && str_is_digit((unsigned char)s[at])) {
		if (str_is_digit((unsigned char)last))
			return 0;
		if (at == 1)
			return 1; /* H_2O: without braces, a script is one character */
	}
	for (; at < len && letters < 2; at++) {
		if (str_is_alpha((unsigned char)s[at]))
			letters++;
		else if (!str_is_digit((unsigned char)s[at]))
			break;
	}
	return letters < 2;
}

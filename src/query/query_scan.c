#include "query_scan.h"

#include <string.h>

#include "query_private.h"
#include "str.h"

enum {
	TEX_GROUP_MAX = 24, /* bytes of a braced accent, as in {\H o} */
	FACTOR_BYTES_MAX = 12
};

size_t query_quote_len(const char *p)
{
	if (*p == '"')
		return 1;
	if (p[0] == '\xE2' && p[1] == '\x80' && (unsigned char)p[2] >= 0x9C &&
	    (unsigned char)p[2] <= 0x9F)
		return 3;
	return 0;
}

/* Where the formula $…$ at `p` ends, if it does before a blank or a quote; else NULL. */
static const char *formula_end(const char *p)
{
	for (p++; *p && *p != ' ' && !query_quote_len(p); p++) {
		if (*p == '$')
			return p + 1;
		if (*p == '\\' && p[1] && p[1] != ' ')
			p++;
	}
	return NULL;
}

/* Where the braced accent {\H o} that begins at `p` ends; NULL: it is none. */
static const char *accent_end(const char *p)
{
	if (p[1] != '\\')
		return NULL;
	for (size_t i = 2; i < TEX_GROUP_MAX && p[i] && p[i] != '{'; i++)
		if (p[i] == '}')
			return p + i + 1;
	return NULL;
}

const char *query_word_end(const char *p)
{
	while (*p && *p != ' ' && *p != '(' && *p != ')' && !query_quote_len(p)) {
		const char *end = *p == '$' ? formula_end(p) : *p == '{' ? accent_end(p) : NULL;

		if (*p == '\\' && p[1] && p[1] != ' ')
			end = p + 2;
		p = end ? end : p + 1;
	}
	return p;
}

const char *query_value_end(const char *value)
{
	const char *p;
	size_t      open = 0;

	for (p = value; *p && *p != ' ' && !query_quote_len(p); p++) {
		if (*p == '(')
			open++;
		else if (*p == ')' && !open--)
			break;
	}
	while (p > value && (p[-1] == ',' || p[-1] == ';'))
		p--;
	return p;
}

void query_trim_word(const char **text, size_t *len)
{
	while (*len && strchr(",;:!?.'`-", (*text)[*len - 1]))
		--*len;
	while (*len && strchr(",;:!?.'`-+=~", **text))
		++*text, --*len;
}

int query_is_open_tex(const char *text)
{
	size_t len = strlen(text);

	for (const char *p = text; *p; p++)
		if (*p == '{' && p[1] == '\\' && !accent_end(p))
			return 1;
	return len && text[len - 1] == '\\';
}

int query_is_balanced(const char *text)
{
	size_t open = 0, closed = 0;

	for (; *text; text++) {
		open += *text == '(';
		closed += *text == ')';
	}
	return open == closed;
}

int query_read_factor(const char *text, size_t len, double *factor)
{
	char   number[FACTOR_BYTES_MAX + 1];
	double value;

	if (!len || len > FACTOR_BYTES_MAX)
		return 0;
	memcpy(number, text, len);
	number[len] = 0;
	if (!str_to_double(number, &value))
		return 0;
	*factor = value < QUERY_FACTOR_MAX ? value : QUERY_FACTOR_MAX;
	return 1;
}

static int has_letter(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (str_is_alpha((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80)
			return 1;
	return 0;
}

size_t query_cut_factor(const char *text, size_t len, double *factor)
{
	size_t base = len;
	double value;

	while (base && (str_is_digit((unsigned char)text[base - 1]) || text[base - 1] == '.'))
		base--;
	if (!base || text[base - 1] != '^' || !query_read_factor(text + base, len - base, &value))
		return len;
	/* B^0 and 10^5 are formulas, not weights. */
	if (value <= 0 || !has_letter(text, base - 1))
		return len;
	*factor = value;
	return base - 1;
}

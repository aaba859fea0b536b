/* review_weights.c: what looks like a weight in a query, and is none. */
#include <string.h>

#include "profile_review.h"
#include "query_scan.h"
#include "str.h"

enum { SHOWN_MAX = 40 };

static int is_end(char c)
{
	return !c || strchr(" \t\r\n(),;\"", c) != NULL;
}

static int has_letter(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (str_is_alpha((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80)
			return 1;
	return 0;
}

/* The `len` bytes behind a word, a quote or a parenthesis. */
static int is_weight(const char *text, size_t len)
{
	double factor;

	for (size_t i = 0; i < len; i++)
		if (!str_is_digit((unsigned char)text[i]) && text[i] != '.')
			return 0;
	return query_read_factor(text, len, &factor) && factor > 0;
}

/* From the beginning of the word that `sign` is in; formulas of numbers (10^5) mean no weight. */
static void look_at(const review_query *q, const char *begin, const char *sign)
{
	const char *end = sign + 1;
	char        shown[SHOWN_MAX + 1];
	size_t      len;

	while (!is_end(*end))
		end++;
	if (is_weight(sign + 1, (size_t)(end - sign - 1)) ||
	    (begin < sign && !has_letter(begin, (size_t)(sign - begin))))
		return;
	len = (size_t)(end - begin) < SHOWN_MAX ? (size_t)(end - begin) : SHOWN_MAX;
	memcpy(shown, begin, len);
	shown[len] = 0;
	review_note(q->review, SHEAF_SEVERITY_WARNING, review_line(q->review, q->node, shown), NULL,
	            "'%s' in %s: no weight in '%s': taken as words", q->key, q->where, shown);
}

void review_weights(const review_query *q)
{
	const char *begin = q->text;
	int         quoted = 0;

	for (const char *p = q->text; *p; p++) {
		if (*p == '"')
			quoted = !quoted;
		if (!quoted && *p == '^')
			look_at(q, begin, p);
		if (is_end(*p))
			begin = p + 1;
	}
}

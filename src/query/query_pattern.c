#include "query_pattern.h"

#include "fold.h"
#include "utf8.h"

static int is_wild(char c)
{
	return c == '*' || c == '?';
}

/* Ideographs are words of their own: no pattern holds them. */
static int is_word_char(uint32_t cp)
{
	char       folded[FOLD_MAX];
	size_t     len;
	char_class kind = fold_char(cp, folded, &len);

	return kind == CHAR_WORD || kind == CHAR_MARK;
}

int query_is_pattern(const char *text, size_t len)
{
	uint32_t cp;

	if (!len || is_wild(*text))
		return 0;
	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(text + i, len - i, &cp);

		if (!is_wild(text[i]) && !is_word_char(cp))
			return 0;
		i += n;
	}
	return 1;
}

/* The bytes before the first wildcard. */
static size_t beginning_len(const char *pattern, size_t len)
{
	size_t n = 0;

	while (n < len && !is_wild(pattern[n]))
		n++;
	return n;
}

/* 1 where a pattern is the beginning of a word and one `*`. */
static int is_beginning(const char *pattern, size_t len)
{
	return len > 1 && pattern[len - 1] == '*' && beginning_len(pattern, len) == len - 1;
}

sheaf_query *query_pattern(sheaf_field field, const char *pattern, size_t len, unsigned max,
                           sheaf_wildcard_limit limit)
{
	if (beginning_len(pattern, len) == len)
		return query_new_term(field, 0, pattern, len);
	if (is_beginning(pattern, len) && !max)
		return query_new_term(field, SHEAF_TERM_PREFIX, pattern, len - 1);
	return query_new_wildcard(field, pattern, len, max ? max : QUERY_EXPANSION_DEFAULT, limit);
}

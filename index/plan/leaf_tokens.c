#include "leaf_tokens.h"

#include <string.h>

#include "field.h"

/* The column filter at the beginning; `at` behind it. */
static int read_column(const char **at)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		const char *name = leaf_column_name(i);
		size_t      len = strlen(name);

		if (strncmp(*at, name, len) == 0 && strncmp(*at + len, " : ", 3) == 0) {
			*at += len + 3;
			return i;
		}
	}
	return -1;
}

/* The end of a token: a blank sign of the tokenizer's, or the quote that closes the phrase. */
static const char *token_end(const char *at)
{
	for (; *at && *at != TOKENS_NEXT && *at != TOKENS_SAME; at++)
		if (*at == '"' && *++at != '"')
			return at - 1;
	return at;
}

/* 0: out of memory. */
static int read_token(const char *begin, const char *end, leaf_token *t, arena *a)
{
	char *text = arena_strndup(a, begin, (size_t)(end - begin));
	char *to = text;

	if (!text)
		return 0;
	for (const char *from = begin; from < end; from++) {
		*to++ = *from;
		from += *from == '"';
	}
	*to = 0;
	t->marker = (unsigned char)*text <= TOKEN_NAME ? *text : 0;
	t->text = text + (t->marker != 0);
	t->len = (size_t)(to - t->text);
	return 1;
}

/* What closes the phrase, and the bracket around it where there is one. 0: more follows. */
static int read_end(const char *at, int inside, int *prefix)
{
	if (*at++ != '"')
		return 0;
	*prefix = strncmp(at, " *", 2) == 0;
	at += *prefix ? 2 : 0;
	return strcmp(at, inside ? ")" : "") == 0;
}

const leaf_tokens *leaf_read_tokens(const char *fts, arena *a, int *failed)
{
	leaf_tokens *tokens;
	const char  *at = fts;
	int          column = read_column(&at), inside;

	*failed = 0;
	inside = *at == '(';
	at += inside;
	if (*at != '"' || at[1] != MODE_TOKENS || at[2] != TOKENS_NEXT)
		return NULL;
	tokens = arena_calloc(a, 1, sizeof *tokens);
	*failed = !tokens;
	at += 2;
	while (tokens && (*at == TOKENS_NEXT || *at == TOKENS_SAME)) {
		const char *begin = at + 1, *end = token_end(begin);

		/* A second position, or too many at the first. */
		if ((tokens->count && *at == TOKENS_NEXT) || tokens->count == LEAF_TOKENS_MAX ||
		    begin == end)
			return NULL;
		if (!read_token(begin, end, &tokens->list[tokens->count++], a)) {
			*failed = 1;
			return NULL;
		}
		at = end;
	}
	if (!tokens || !read_end(at, inside, &tokens->prefix) ||
	    (tokens->prefix && tokens->count != 1))
		return NULL;
	tokens->column = column;
	return tokens;
}

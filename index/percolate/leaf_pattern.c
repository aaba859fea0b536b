#include "leaf_pattern.h"

#include <string.h>

#include "error.h"

/* An expression on its way. */
typedef struct reading {
	const char   *at;
	arena        *a;
	leaf_pattern *pattern;
	size_t        size;   /* of the pattern's phrases */
	int           failed; /* 1: memory is wanting */
} reading;

/* 1 where the text goes on with `sign`, and behind it. */
static int take(reading *r, const char *sign)
{
	size_t len = strlen(sign);

	if (strncmp(r->at, sign, len) != 0)
		return 0;
	r->at += len;
	return 1;
}

/* How often `sign` stands before the quote that closes a phrase. */
static size_t count_signs(const char *at, char one, char other)
{
	size_t count = 0;

	while (*at && (*at != '"' || at[1] == '"')) {
		count += *at == one || *at == other;
		at += *at == '"' ? 2 : 1;
	}
	return count;
}

static pattern_phrase *new_phrase(reading *r, int column)
{
	leaf_pattern   *p = r->pattern;
	pattern_phrase *grown;

	if (p->count == r->size) {
		size_t size = r->size ? r->size * 2 : 1;

		grown = arena_calloc(r->a, size, sizeof *grown);
		r->failed = !grown;
		if (!grown)
			return NULL;
		if (p->count)
			memcpy(grown, p->phrases, p->count * sizeof *grown);
		p->phrases = grown;
		r->size = size;
	}
	grown = &p->phrases[p->count++];
	*grown = (pattern_phrase){.column = column};
	return grown;
}

static int read_words(reading *r, pattern_phrase *phrase)
{
	size_t      all = count_signs(r->at, TOKENS_NEXT, TOKENS_SAME);
	leaf_token *tokens = arena_calloc(r->a, all + 1, sizeof *tokens);

	phrase->words = arena_calloc(r->a, count_signs(r->at, TOKENS_NEXT, TOKENS_NEXT) + 1,
	                             sizeof *phrase->words);
	r->failed = !tokens || !phrase->words;
	while (!r->failed && (*r->at == TOKENS_NEXT || *r->at == TOKENS_SAME)) {
		const char *end = leaf_token_end(r->at + 1);

		if (*r->at == TOKENS_NEXT)
			phrase->words[phrase->count++].tokens = tokens;
		if (!phrase->count)
			return 0;
		r->failed = !leaf_read_token(r->at + 1, end, tokens++, r->a);
		phrase->words[phrase->count - 1].count++;
		r->at = end;
	}
	return !r->failed && phrase->count;
}

static int read_phrase(reading *r, int column)
{
	pattern_phrase *phrase;

	if (!take(r, "\"") || *r->at++ != MODE_TOKENS)
		return 0;
	phrase = new_phrase(r, column);
	if (!phrase || !read_words(r, phrase) || !take(r, "\""))
		return 0;
	phrase->prefix = take(r, " *");
	return !phrase->prefix || phrase->words[phrase->count - 1].count == 1;
}

static int read_number(reading *r, size_t *number)
{
	const char *begin = r->at;

	for (; *r->at >= '0' && *r->at <= '9' && *number < INT32_MAX / 10; r->at++)
		*number = *number * 10 + (size_t)(*r->at - '0');
	return r->at > begin;
}

static int read_near(reading *r, int column)
{
	r->pattern->near = 1;
	do {
		if (!read_phrase(r, column))
			return 0;
	} while (take(r, " "));
	return take(r, ", ") && read_number(r, &r->pattern->distance) && take(r, ")");
}

/* A phrase, or some in brackets, which may be nested as a synonym's are. */
static int read_part(reading *r, int column, int depth)
{
	int own = leaf_read_column(&r->at);

	if (own >= 0)
		column = own;
	if (take(r, "NEAR( "))
		return depth == 0 && read_near(r, column);
	if (!take(r, "("))
		return read_phrase(r, column);
	if (depth == PLAN_FTS_DEPTH)
		return 0;
	do {
		if (!read_part(r, column, depth + 1))
			return 0;
	} while (take(r, " OR "));
	return take(r, ")");
}

sheaf_status leaf_pattern_read(const plan_leaf *leaf, arena *a, leaf_pattern *pattern,
                               sheaf_error *err)
{
	reading r = {leaf->fts, a, pattern, 0, 0};
	int     fine;

	memset(pattern, 0, sizeof *pattern);
	pattern->window = leaf->shape.window;
	fine = read_part(&r, -1, 0) && !*r.at;
	if (r.failed)
		return sheaf_nomem(err);
	return fine ? SHEAF_OK
	            : sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
	                         "a part of the query cannot be looked for in a single paper");
}

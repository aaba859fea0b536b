#include "leaf_tokens.h"

#include <stdint.h>
#include <string.h>

#include "field.h"

int leaf_read_column(const char **at)
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

const char *leaf_token_end(const char *at)
{
	/* A sign of the tokenizer's, or the quote that closes the phrase. */
	for (; *at && *at != TOKENS_NEXT && *at != TOKENS_SAME; at++)
		if (*at == '"' && *++at != '"')
			return at - 1;
	return at;
}

int leaf_read_token(const char *begin, const char *end, leaf_token *t, arena *a)
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

/* ---- one position ---- */

/* NULL: it is something else, or memory is wanting. */
static leaf_tokens *read_position(const char *at, int inside, arena *a, int *failed)
{
	leaf_tokens *tokens;

	if (*at != '"' || at[1] != MODE_TOKENS || at[2] != TOKENS_NEXT)
		return NULL;
	tokens = arena_calloc(a, 1, sizeof *tokens);
	*failed = !tokens;
	at += 2;
	while (tokens && (*at == TOKENS_NEXT || *at == TOKENS_SAME)) {
		const char *begin = at + 1, *end = leaf_token_end(begin);

		/* A second position, or too many at the first. */
		if ((tokens->count && *at == TOKENS_NEXT) || tokens->count == LEAF_TOKENS_MAX ||
		    begin == end)
			return NULL;
		if (!leaf_read_token(begin, end, &tokens->list[tokens->count++], a)) {
			*failed = 1;
			return NULL;
		}
		at = end;
	}
	if (!tokens || !read_end(at, inside, &tokens->prefix) ||
	    (tokens->prefix && tokens->count != 1))
		return NULL;
	return tokens;
}

/* ---- several ---- */

/* An expression on its way. */
typedef struct sequence_text {
	const char *at;
	arena      *a;
	size_t      tokens; /* so far */
	int         failed; /* 1: memory is wanting */
} sequence_text;

/* 1 where the text goes on with `sign`, and behind it. */
static int take(sequence_text *t, const char *sign)
{
	size_t len = strlen(sign);

	if (strncmp(t->at, sign, len) != 0)
		return 0;
	t->at += len;
	return 1;
}

/* How often `sign` stands before the quote that closes a phrase. */
static size_t count_signs(const char *at, char sign)
{
	size_t count = 0;

	while (*at && (*at != '"' || at[1] == '"')) {
		count += *at == sign;
		at += *at == '"' ? 2 : 1;
	}
	return count;
}

static int add_token(sequence_text *t, leaf_tokens *word)
{
	const char *begin = t->at, *end = leaf_token_end(begin);

	if (begin == end || word->count == LEAF_TOKENS_MAX || t->tokens == SEQUENCE_TOKENS_MAX)
		return 0;
	t->tokens++;
	t->at = end;
	t->failed = !leaf_read_token(begin, end, &word->list[word->count++], t->a);
	return !t->failed;
}

/* 0: it is no phrase of whole words, or too long, or memory is wanting. */
static int read_phrase(sequence_text *t, int column, leaf_phrase *phrase)
{
	size_t size;

	if (!take(t, "\"") || *t->at++ != MODE_TOKENS)
		return 0;
	size = count_signs(t->at, TOKENS_NEXT);
	if (*t->at != TOKENS_NEXT || size > SEQUENCE_TOKENS_MAX)
		return 0;
	phrase->words = arena_calloc(t->a, size, sizeof *phrase->words);
	t->failed = !phrase->words;
	while (!t->failed && (*t->at == TOKENS_NEXT || *t->at == TOKENS_SAME)) {
		if (*t->at++ == TOKENS_NEXT)
			phrase->words[phrase->count++].column = column;
		if (!add_token(t, &phrase->words[phrase->count - 1]))
			return 0;
	}
	return !t->failed && take(t, "\"") && !(t->at[0] == ' ' && t->at[1] == '*');
}

/* Phrases with something between them. */
static int read_phrases(sequence_text *t, const char *between, leaf_sequence *s)
{
	do {
		if (s->count == SEQUENCE_PHRASES_MAX ||
		    !read_phrase(t, s->column, &s->phrases[s->count]))
			return 0;
		s->count++;
	} while (take(t, between));
	return 1;
}

static int read_distance(sequence_text *t, size_t *distance)
{
	if (*t->at < '0' || *t->at > '9')
		return 0;
	for (; *t->at >= '0' && *t->at <= '9'; t->at++) {
		if (*distance > INT32_MAX / 10 - 1)
			return 0;
		*distance = *distance * 10 + (size_t)(*t->at - '0');
	}
	return 1;
}

static int read_parts(sequence_text *t, leaf_sequence *s)
{
	int inside;

	if (take(t, "NEAR( ")) {
		s->near = 1;
		return read_phrases(t, " ", s) && take(t, ", ") && read_distance(t, &s->distance) &&
		       take(t, ")");
	}
	inside = take(t, "(");
	return read_phrases(t, " OR ", s) && (!inside || take(t, ")"));
}

static const leaf_tokens *read_sequence(const char *at, int column, size_t window, arena *a,
                                        int *failed)
{
	sequence_text  t = {at, a, 0, 0};
	leaf_tokens   *tokens = arena_calloc(a, 1, sizeof *tokens);
	leaf_sequence *s = arena_calloc(a, 1, sizeof *s);

	*failed = !tokens || !s;
	if (*failed)
		return NULL;
	s->phrases = arena_calloc(a, SEQUENCE_PHRASES_MAX, sizeof *s->phrases);
	*failed = !s->phrases;
	if (*failed)
		return NULL;
	s->column = column;
	s->window = window;
	if (!read_parts(&t, s) || *t.at) {
		*failed = t.failed;
		return NULL;
	}
	tokens->sequence = s;
	tokens->column = -1;
	return tokens;
}

const leaf_tokens *leaf_read_tokens(const char *fts, size_t window, arena *a, int *failed)
{
	const char  *at = fts;
	int          column = leaf_read_column(&at), inside = *at == '(';
	leaf_tokens *tokens;

	*failed = 0;
	tokens = read_position(at + inside, inside, a, failed);
	if (!tokens)
		return *failed ? NULL : read_sequence(at, column, window, a, failed);
	tokens->column = column;
	return tokens;
}

#include "corpus_text.h"

#include <string.h>

#include "str.h"

static int is_token_byte(unsigned char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c >= 0x80;
}

size_t corpus_token(const char **s, char out[CORPUS_WORD_SIZE])
{
	const char *p = *s;
	size_t      len = 0;

	while (*p && !is_token_byte((unsigned char)*p))
		p++;
	for (; is_token_byte((unsigned char)*p); p++)
		if (len < CORPUS_WORD_SIZE - 1)
			out[len++] = str_lower(*p);
	out[len] = 0;
	*s = p;
	return len;
}

/* Copies a piece without the marks around it; 0 where it is no plain word. */
static int plain_word(corpus_word *out, const char *piece, size_t len)
{
	while (len && strchr("(\"'[", *piece))
		piece++, len--;
	while (len && strchr(".,;:!?)\"']", piece[len - 1]))
		len--;
	if (!len || len >= CORPUS_WORD_SIZE)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (!str_is_alpha((unsigned char)piece[i]))
			return 0;
		out->text[i] = str_lower(piece[i]);
	}
	out->text[len] = 0;
	out->len = len;
	return 1;
}

void corpus_words_split(corpus_words *words, const char *text)
{
	int joined = 0;

	words->count = 0;
	while (*text && words->count < CORPUS_WORDS_MAX) {
		const char  *piece = text;
		corpus_word *next = &words->at[words->count];

		while (*text && !str_is_space((unsigned char)*text))
			text++;
		if (text > piece) {
			int plain = plain_word(next, piece, (size_t)(text - piece));

			next->joined = joined;
			words->count += (size_t)plain;
			joined = plain;
		}
		while (str_is_space((unsigned char)*text))
			text++;
	}
}

int corpus_words_run(const corpus_words *words, size_t first, size_t count)
{
	if (first + count > words->count)
		return 0;
	for (size_t i = first + 1; i < first + count; i++)
		if (!words->at[i].joined)
			return 0;
	return 1;
}

#include "tokens.h"

#include <string.h>

#include "hash.h"
#include "words.h"

typedef struct splitter {
	const tokens_config *config;
	token_fn             fn;
	void                *ctx;
} splitter;

static int emit(const splitter *s, const char *text, size_t len, int same, size_t begin, size_t end)
{
	token t = {text, len, same, begin, end};

	return s->fn(s->ctx, &t);
}

/* The word behind a marker, at the position of the token before. */
static int emit_marked(const splitter *s, char marker, const char *text, size_t len, const word *w)
{
	char marked[TOKEN_MAX];

	if (len >= sizeof marked)
		return 0;
	marked[0] = marker;
	memcpy(marked + 1, text, len);
	return emit(s, marked, len + 1, 1, w->begin, w->end);
}

static int prose_word(void *ctx, const word *w)
{
	const splitter *s = ctx;
	const char     *stem;
	size_t          len;
	int             stop;

	if (s->config->strategy == SHEAF_STEM_NONE)
		return emit(s, w->text, w->len, 0, w->begin, w->end);
	if (sheaf_stem_word(s->config->stem, w->text, w->len, &stem, &len, NULL) != SHEAF_OK)
		return -1;
	if (s->config->strategy == SHEAF_STEM_ALL)
		return emit(s, stem, len, 0, w->begin, w->end);
	stop = emit(s, w->text, w->len, 0, w->begin, w->end);
	if (stop || (len == w->len && memcmp(stem, w->text, len) == 0))
		return stop;
	return emit_marked(s, TOKEN_STEM, stem, len, w);
}

static int name_word(void *ctx, const word *w)
{
	const splitter *s = ctx;
	const char     *stem;
	size_t          len;
	int             stop = emit(s, w->text, w->len, 0, w->begin, w->end);

	if (stop || s->config->strategy == SHEAF_STEM_NONE)
		return stop;
	if (sheaf_stem_word(s->config->stem, w->text, w->len, &stem, &len, NULL) != SHEAF_OK)
		return -1;
	if (len == w->len && memcmp(stem, w->text, len) == 0)
		return 0;
	return emit_marked(s, TOKEN_NAME, w->text, w->len, w);
}

static int line_end(void *ctx)
{
	const char marker = TOKEN_LINE;

	return emit(ctx, &marker, 1, 0, 0, 0);
}

static int split_terms(const splitter *s, const char *text, size_t len)
{
	char   marked[TOKEN_MAX];
	size_t at = 0;

	while (at < len) {
		const char *end = memchr(text + at, ' ', len - at);
		size_t      n = end ? (size_t)(end - text) - at : len - at;

		if (n && n < sizeof marked) {
			int stop;

			marked[0] = TOKEN_BOOLEAN;
			memcpy(marked + 1, text + at, n);
			stop = emit(s, marked, n + 1, 0, at, at + n);
			if (stop)
				return stop;
		}
		at += n + 1;
	}
	return 0;
}

static int split_tokens(const splitter *s, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		size_t n = 1;
		int    stop;

		while (at + n < len && text[at + n] != TOKENS_NEXT && text[at + n] != TOKENS_SAME)
			n++;
		stop = n > 1 ? emit(s, text + at + 1, n - 1, text[at] == TOKENS_SAME, at, at + n)
		             : 0;
		if (stop)
			return stop;
		at += n;
	}
	return 0;
}

int tokens_split(const tokens_config *config, const char *text, size_t len, token_fn fn, void *ctx)
{
	splitter   s = {config, fn, ctx};
	words_sink prose = {&s, prose_word, NULL};
	words_sink names = {&s, name_word, line_end};

	if (!len)
		return 0;
	switch (text[0]) {
	case MODE_PROSE: return words_split(text + 1, len - 1, WORDS_PROSE, &prose);
	case MODE_NAMES: return words_split(text + 1, len - 1, WORDS_NAMES, &names);
	case MODE_TERMS: return split_terms(&s, text + 1, len - 1);
	case MODE_TOKENS: return split_tokens(&s, text + 1, len - 1);
	default: return 0; /* no column of ours */
	}
}

static int add_to_hash(void *ctx, const token *t)
{
	uint64_t *hash = ctx;
	char      same = (char)t->same;

	*hash = hash_bytes(*hash, &same, 1);
	*hash = hash_bytes(*hash, t->text, t->len);
	*hash = hash_bytes(*hash, "\n", 1);
	return 0;
}

uint64_t tokens_fingerprint(const tokens_config *config)
{
	static const char sample[] =
		"\001networks networking networked computational computing universities relativity generalizations "
		"matrices analyses hypotheses emergence organization organisms happily flies dying lying news proceed "
		"easily spiking neurons memristive detection detecting optimisation optimization skies only internally "
		"K\xC3\xB6rper H\xC3\xA4user \xC3\xA9tudes universit\xC3\xA9s corazones redes Schr\\\"odinger $\\alpha$-decay "
		"CO$_2$ \xCE\xB2 \xD1\x81\xD0\xB5\xD1\x82\xD0\xB8 Bell's event-based \xE7\xA5\x9E\xE7\xBB\x8F";
	unsigned char version = TOKENS_VERSION, strategy = (unsigned char)config->strategy;
	uint64_t      hash = hash_bytes(HASH_SEED, &version, 1);

	hash = hash_bytes(hash, &strategy, 1);
	tokens_split(config, sample, sizeof sample - 1, add_to_hash, &hash);
	return hash & INT64_MAX;
}

#include "ranking_keys.h"

#include <string.h>

#include "analysis.h"

/* Terms that mark single documents: a list of each would be a second index of them. */
static const char *const singles[] = {"id:", "doi:"};

static int is_single(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
		size_t n = strlen(singles[i]);

		if (len >= n && memcmp(name, singles[i], n) == 0)
			return 1;
	}
	return 0;
}

ranking_kind ranking_kind_of(const char *text, size_t len)
{
	if (!len)
		return RANKING_NONE;
	switch (*text) {
	case TOKEN_STEM: return RANKING_STEM;
	case TOKEN_NAME: return RANKING_MARKED;
	case TOKEN_BOOLEAN: return is_single(text + 1, len - 1) ? RANKING_NONE : RANKING_MARKED;
	default: return (unsigned char)*text > TOKEN_NAME ? RANKING_WORD : RANKING_NONE;
	}
}

/* A word waits for the token behind it, which says whether it is its own stem. */
typedef struct key_splitter {
	ranking_key_fn fn;
	void          *ctx;
	size_t         len; /* of the word that waits; 0: none */
	char           word[TOKEN_MAX];
} key_splitter;

static int end_word(key_splitter *s)
{
	size_t len = s->len;

	s->len = 0;
	return len ? s->fn(s->ctx, s->word, len) : 0;
}

static int add_token(void *ctx, const token *t)
{
	key_splitter *s = ctx;
	ranking_kind  kind = t->len > TOKEN_MAX ? RANKING_NONE : ranking_kind_of(t->text, t->len);
	int           stop;

	if (t->same && (kind == RANKING_STEM || (kind == RANKING_MARKED && *t->text == TOKEN_NAME)))
		s->len = 0;
	stop = end_word(s);
	if (stop || kind == RANKING_NONE)
		return stop;
	if (kind == RANKING_WORD) {
		memcpy(s->word, t->text, t->len);
		s->len = t->len;
		return 0;
	}
	return kind == RANKING_STEM ? s->fn(s->ctx, t->text + 1, t->len - 1)
	                            : s->fn(s->ctx, t->text, t->len);
}

int ranking_replay(const struct analysis *x, int column, ranking_key_fn fn, void *ctx)
{
	key_splitter s = {.fn = fn, .ctx = ctx};
	int          stop = analysis_replay(x, column, add_token, &s);

	return stop ? stop : end_word(&s);
}

#include "folded.h"

#include <string.h>

#include "words.h"

typedef struct folding {
	buf   *out;
	size_t count;
} folding;

static int put_word(void *ctx, const word *w)
{
	folding *f = ctx;

	if (f->count++)
		buf_putc(f->out, ' ');
	buf_append(f->out, w->text, w->len);
	return 0;
}

size_t folded_words(const char *text, buf *out)
{
	folding    f = {out, 0};
	words_sink sink = {&f, put_word, NULL};

	words_split(text, strlen(text), WORDS_PROSE, &sink);
	return f.count;
}

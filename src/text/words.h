/* words.h: text to folded words, the one way that indexing, queries and snippets share. */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>

enum {
	WORD_MAX = 64
}; /* bytes of a folded word; longer ones are cut, alike in texts and queries */

typedef enum words_mode {
	WORDS_PROSE = 0, /* TeX, possessives and single Greek letters are read as people do */
	WORDS_NAMES      /* names, one person a line */
} words_mode;

typedef struct word {
	const char *text; /* folded; lives for the call */
	size_t      len;
	size_t      begin, end; /* bytes of the source it came from */
} word;

typedef struct words_sink {
	void *ctx;
	/* A word. Non-zero stops. */
	int (*word)(void *ctx, const word *w);
	/* NAMES: the line of one person ends; may be NULL. Non-zero stops. */
	int (*line)(void *ctx);
} words_sink;

/*
 * Splits `len` bytes of UTF-8 (broken bytes end a word) into folded words. Words are runs of
 * letters and numbers; a subscript or superscript belongs to its word (CO$_2$ is co2), TeX
 * accents and braces vanish inside it, ideographs are words of their own. Answers what the sink
 * did.
 */
int words_split(const char *text, size_t len, words_mode mode, const words_sink *sink);

#endif

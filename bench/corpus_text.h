/* corpus_text.h: texts of a corpus as words. */
#ifndef CORPUS_TEXT_H
#define CORPUS_TEXT_H

#include <stddef.h>

enum { CORPUS_WORD_SIZE = 64 }; /* with the NUL; longer words are cut */

/*
 * Reads the next run of letters and digits at or after `*s`, in lower case, and moves `*s` behind
 * it. Bytes outside ASCII count as letters. Answers its length; 0 at the end of the text.
 */
size_t corpus_token(const char **s, char out[CORPUS_WORD_SIZE]);

/*
 * A plain word: nothing but ASCII letters between blanks and marks of punctuation, so that every
 * engine takes it for one word.
 */
typedef struct corpus_word {
	char   text[CORPUS_WORD_SIZE]; /* in lower case */
	size_t len;
	int    joined; /* 1: it follows the plain word before it, with nothing in between */
} corpus_word;

enum { CORPUS_WORDS_MAX = 2048 };

typedef struct corpus_words {
	corpus_word at[CORPUS_WORDS_MAX]; /* of a longer text, the first */
	size_t      count;
} corpus_words;

/* The plain words of a text. */
void corpus_words_split(corpus_words *words, const char *text);
/* 1 where the `count` words from `first` on exist and follow each other. */
int corpus_words_run(const corpus_words *words, size_t first, size_t count);

#endif

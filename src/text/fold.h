/* fold.h: characters to the form they are searched by: lower case, without accents. */
#ifndef FOLD_H
#define FOLD_H

#include <stddef.h>
#include <stdint.h>

enum { FOLD_MAX = 32 }; /* bytes that one character can become */

typedef enum char_class {
	CHAR_OTHER = 0, /* ends a word */
	CHAR_WORD,      /* letter or number */
	CHAR_MARK,      /* inside a word, and dropped: diacritics, soft hyphens */
	CHAR_IDEOGRAPH  /* a word of its own, where none are set apart: Han, kana, Thai */
} char_class;

/*
 * Classes a character and writes its folded form (UTF-8, not ended) to `out`; `*len` becomes
 * its length, 0 for what is dropped. ASCII included. Folding is Unicode's compatibility
 * decomposition and case folding (UAX #15, utf8proc), then without marks; letters that do not
 * decompose (ø, ł, đ, æ …) become the ASCII letters they are commonly written with.
 */
char_class fold_char(uint32_t cp, char out[FOLD_MAX], size_t *len);

/*
 * Puts a combining mark, which follows, on the last letter of a folded word, where the two are a
 * letter that folding keeps (Cyrillic short i).
 */
void fold_combine(char *word, size_t len, uint32_t mark);

/* The English name of a Greek letter in folded form ("alpha"), or NULL. */
const char *fold_greek_name(uint32_t cp);

#endif

/*
 * stem_exceptions.h: words that Snowball's English rules stem wrongly. The tables are made from
 * stem_exceptions.txt by the build.
 */
#ifndef STEM_EXCEPTIONS_H
#define STEM_EXCEPTIONS_H

#include <stddef.h>
#include <stdint.h>

typedef struct stem_exception {
	uint64_t    front; /* the first eight bytes of `from`, padded with zeros: order is theirs */
	const char *from, *to;
} stem_exception;

/* Words and their stems, and beginnings of words in two spellings; each sorted by strcmp(). */
extern const stem_exception stem_words[], stem_beginnings[];
extern const size_t         stem_word_count, stem_beginning_count;

/* The stem of a word that is an exception; NULL: it is none. */
const char *stem_exception_find(const char *word, size_t len);
/*
 * Writes a word that begins in the other spelling to `out` (not ended) and answers its length;
 * 0: it does not, or `size` bytes are not enough.
 */
size_t stem_exception_respell(const char *word, size_t len, char *out, size_t size);

#endif

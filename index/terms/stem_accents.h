/*
 * stem_accents.h: endings whose accent folding takes although Snowball's rules know them by it.
 * Words are stemmed as if it were still there, whether it was or not, so that accents stay
 * optional.
 */
#ifndef STEM_ACCENTS_H
#define STEM_ACCENTS_H

#include <stddef.h>

typedef struct stem_accent {
	const char *language, *folded, *accented;
} stem_accent;

enum { STEM_ACCENTS_ROOM = 8 }; /* bytes by which a word can grow */

/* The endings of a language; NULL: it has none. */
const stem_accent *stem_accents_of(const char *language);
/*
 * Writes the word with the accent of its ending to `out`, which has STEM_ACCENTS_ROOM bytes more
 * than the word, and answers its length; 0: it has no such ending.
 */
size_t stem_accents_restore(const stem_accent *accents, const char *word, size_t len, char *out);
/* Folds a stem into `out`, as long as the stem; answers its length. */
size_t stem_accents_fold(const char *stem, size_t len, char *out);

#endif

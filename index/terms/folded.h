/* folded.h: what a caller writes as words, in the form that the index holds them. */
#ifndef FOLDED_H
#define FOLDED_H

#include <stddef.h>

#include "buf.h"

/* Appends the folded words of `text`, a blank between them; answers their number. */
size_t folded_words(const char *text, buf *out);

#endif

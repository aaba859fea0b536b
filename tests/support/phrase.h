/* phrase.h: titles and abstracts by a small grammar over the words of a field. */
#ifndef PHRASE_H
#define PHRASE_H

#include "buf.h"
#include "dice.h"
#include "vocabulary.h"

/* Appends a title, in TeX as authors write it. */
void phrase_title(buf *out, dice *d, const field_words *words);
/* Appends an abstract of several sentences; a line break and two blanks mark a new paragraph. */
void phrase_abstract(buf *out, dice *d, const field_words *words);
/* Appends one sentence about what a later version adds. */
void phrase_addendum(buf *out, dice *d, const field_words *words);
/* Appends the reason why a paper was withdrawn. */
void phrase_withdrawal(buf *out, dice *d, const field_words *words);

#endif

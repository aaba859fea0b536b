/* corpus_prose.h: titles and abstracts of synthetic papers. */
#ifndef CORPUS_PROSE_H
#define CORPUS_PROSE_H

#include "buf.h"
#include "corpus_law.h"
#include "corpus_spell.h"

/* What all papers have in common; read by several threads. */
typedef struct corpus_language {
	corpus_law     *words;
	corpus_speller *speller;
} corpus_language;

void corpus_language_init(corpus_language *language);
void corpus_language_free(corpus_language *language);

enum { CORPUS_SAID_MAX = 512 };

/* A paper while it is being written. */
typedef struct corpus_prose {
	const corpus_language *language;
	corpus_random          random;
	uint64_t               field, theme;          /* what it is about: widely, and closely */
	uint32_t               month;                 /* it is written in, from any on */
	uint32_t               said[CORPUS_SAID_MAX]; /* its words, function words aside */
	unsigned               said_count, in_title;  /* of them, in the title */
	uint32_t               before;                /* rank of the word before, or 0 */
	size_t                 line;                  /* where the line begins */
} corpus_prose;

/*
 * Append a title, then an abstract that repeats words of it, as the contents of a JSON string.
 * `language`, `random`, `field`, `theme` and `month` are set before; all else is zero.
 */
void corpus_prose_title(corpus_prose *p, buf *out);
void corpus_prose_abstract(corpus_prose *p, buf *out);

#endif

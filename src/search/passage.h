/* passage.h: which words of a text to show. */
#ifndef PASSAGE_H
#define PASSAGE_H

#include "highlight.h"

typedef struct passage_word {
	size_t begin, end; /* bytes of the source */
	size_t number;     /* of the query's word that it meets, from 1; 0: none */
} passage_word;

typedef struct passage {     /* all-zero before passage_find() */
	passage_word *words; /* all of the source's */
	size_t        count, size;
	size_t        from, to; /* shown: words [from, to) */
	int           starts;   /* 1: a sentence begins at `from` */
	int           ends;     /* 1: a sentence ends before `to` */
	int           failed;   /* out of memory */
} passage;

/*
 * Splits the source and chooses at most `most` words: where the different words of the query that
 * occur weigh the most together, those that stand side by side as in the query more than others;
 * whole sentences where they fit. Without a match, the beginning. Free it with passage_free()
 * whatever the outcome.
 */
sheaf_status passage_find(highlight *h, sheaf_field field, const char *source, size_t most,
                          passage *p, sheaf_error *err);
void         passage_free(passage *p);

#endif

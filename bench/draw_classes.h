/* draw_classes.h: the classes of queries, and the rule by which each is drawn from a paper. */
#ifndef DRAW_CLASSES_H
#define DRAW_CLASSES_H

#include "corpus_counts.h"
#include "corpus_random.h"
#include "corpus_read.h"
#include "corpus_text.h"
#include "drawn_query.h"

/* What queries are drawn from. */
typedef struct drawing {
	corpus_random        random;
	const corpus_counts *counts; /* of all words of titles and abstracts */
	uint32_t             papers; /* in the corpus */
	corpus_paper         paper;  /* this one's turn */
	corpus_words         title, abstract;
} drawing;

typedef struct draw_class {
	const char *name;
	/* Draws a query, which is empty before, from d->paper; 0 where the rule finds none there. */
	int (*draw)(drawing *d, drawn_query *query);
} draw_class;

/* Ended by a NULL name. */
extern const draw_class draw_classes[];

#endif

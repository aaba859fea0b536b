/* draw_classes.h: the classes of queries, and the rule by which each is drawn from a paper. */
#ifndef DRAW_CLASSES_H
#define DRAW_CLASSES_H

#include "corpus_draw.h"
#include "drawn_query.h"

typedef struct draw_class {
	const char *name;
	/* Draws a query, which is empty before, from d->paper; 0 where the rule finds none there. */
	int (*draw)(drawing *d, drawn_query *query);
} draw_class;

/* Ended by a NULL name. */
extern const draw_class draw_classes[];

#endif

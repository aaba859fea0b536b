/* corpus_paper_write.h: whole synthetic papers. */
#ifndef CORPUS_PAPER_WRITE_H
#define CORPUS_PAPER_WRITE_H

#include "corpus_prose.h"

enum {
	CORPUS_FIRST_YEAR = 2007, /* papers begin in April: then did the present identifiers */
	CORPUS_FIRST_MONTH = 4,
	CORPUS_MONTHS = 235,
	CORPUS_PAPERS_MAX = 2500000 /* what four digits a month had room for until 2015 */
};

/* A corpus of so many papers; read by several threads. */
typedef struct corpus_plan {
	corpus_language language;
	corpus_law     *categories;
	uint64_t        seed, papers;
	uint64_t        months[CORPUS_MONTHS + 1]; /* the first paper of each month */
} corpus_plan;

/* Out of memory, the program ends. */
void corpus_plan_init(corpus_plan *plan, uint64_t papers, uint64_t seed);
void corpus_plan_free(corpus_plan *plan);
/* Appends the i-th paper, from 0 on, and a line break. */
void corpus_paper_write(const corpus_plan *plan, uint64_t i, buf *out);

#endif

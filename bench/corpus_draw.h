/* corpus_draw.h: random papers of a corpus, in which the words of all of them are counted. */
#ifndef CORPUS_DRAW_H
#define CORPUS_DRAW_H

#include "corpus_counts.h"
#include "corpus_random.h"
#include "corpus_read.h"
#include "corpus_text.h"

/* What queries are drawn from. */
typedef struct drawing {
	corpus_random  random;
	corpus_counts  counts; /* of all words of titles and abstracts */
	uint32_t       papers; /* in the corpus */
	corpus_paper   paper;  /* this one's turn */
	corpus_words   title, abstract;
	corpus_reader *reader;
	int64_t       *offsets; /* where each paper begins */
	size_t         size;    /* allocated */
} drawing;

/* Reads the corpus of a file. Where that is not possible, the program ends. */
drawing *drawing_open(const char *path, int64_t seed);
void     drawing_close(drawing *d);
/* Makes some paper the one that is at hand; each is as likely as any other. */
void drawing_take_paper(drawing *d);
/* How many papers have the word. */
uint32_t drawing_papers_with(const drawing *d, const corpus_word *w);

#endif

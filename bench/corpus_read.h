/* corpus_read.h: the papers of a JSON Lines file, one at a time. */
#ifndef CORPUS_READ_H
#define CORPUS_READ_H

#include <stdint.h>

/* Texts are "" where the paper has none; they live until the next paper is read. */
typedef struct corpus_paper {
	const char *title, *abstract, *authors, *categories, *comments;
	/*
	 * The date of its first version, else of its last change, else the month that its
	 * identifier tells, with day 0; year 0: not known.
	 */
	int     year, month, day;
	int64_t offset; /* where its line begins in the file */
} corpus_paper;

typedef struct corpus_reader corpus_reader;

/* Opens a file that can be read twice. Where it cannot, the program ends. */
corpus_reader *corpus_reader_open(const char *path);
void           corpus_reader_close(corpus_reader *r);
/* Reads the next paper; 0 at the end of the file. Lines that are no JSON object are passed over. */
int corpus_reader_next(corpus_reader *r, corpus_paper *paper);
/* What is read next begins at `offset`, a corpus_paper's. */
void corpus_reader_seek(corpus_reader *r, int64_t offset);

#endif

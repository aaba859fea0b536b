/* corpus_counts.h: how often words occur, and in how many papers. */
#ifndef CORPUS_COUNTS_H
#define CORPUS_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"

typedef struct corpus_count {
	const char *text; /* NULL: an empty place */
	uint32_t    hash;
	uint32_t    times;  /* occurrences */
	uint32_t    papers; /* with any */
	uint32_t    last;   /* the last of them */
} corpus_count;

/* All-zero is an empty table. */
typedef struct corpus_counts {
	corpus_count *places;
	size_t        size; /* places: 0, or a power of two */
	size_t        used;
	arena         texts;
} corpus_counts;

/*
 * Counts an occurrence of a text in a paper; papers are numbered from 1, in order. Answers its
 * entry, which lives until the next call. Out of memory, the program ends.
 */
const corpus_count *corpus_counts_add(corpus_counts *counts, const char *text, size_t len,
                                      uint32_t paper);
/* NULL: it was never added. */
const corpus_count *corpus_counts_find(const corpus_counts *counts, const char *text, size_t len);
void                corpus_counts_free(corpus_counts *counts);

#endif

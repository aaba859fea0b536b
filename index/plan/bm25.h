/*
 * bm25.h: the parts of the ranking formula that need no database; index/match/match_weight.c has
 * the whole of it.
 */
#ifndef BM25_H
#define BM25_H

#include <stddef.h>
#include <stdint.h>

/* The weight of a term that `df` of `documents` documents have. */
double bm25_idf(int64_t documents, int64_t df);
/* What a word that comes in bursts counts more: `occurrences` in `df` documents; exponent 0: 1. */
double bm25_burst(int64_t occurrences, int64_t df, double exponent);
/* k1 for a query of so many terms; exponent 0: as it is. */
double bm25_k1(double k1, size_t terms, double exponent);

#endif

/* measures.h: how good a ranking is, by the judgments of people. */
#ifndef MEASURES_H
#define MEASURES_H

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

static inline int measures_descending(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x < y) - (x > y);
}

/* Gain of a grade at a rank from 0: linear, discounted by the logarithm of the rank. */
static inline double measures_gain(int grade, size_t rank)
{
	return grade > 0 ? grade / log2((double)rank + 2) : 0;
}

/*
 * nDCG at `cut` (Jarvelin and Kekalainen, TOIS 2002; linear gain). `grades` are those of the papers
 * found, best first; `judged` are all grades of the query, which this call sorts. 0 where nothing
 * is relevant.
 */
static inline double measures_ndcg(const int *grades, size_t found, int *judged,
                                   size_t judged_count, size_t cut)
{
	double gain = 0, ideal = 0;

	qsort(judged, judged_count, sizeof *judged, measures_descending);
	for (size_t i = 0; i < found && i < cut; i++)
		gain += measures_gain(grades[i], i);
	for (size_t i = 0; i < judged_count && i < cut; i++)
		ideal += measures_gain(judged[i], i);
	return ideal > 0 ? gain / ideal : 0;
}

/* Average precision; a grade above 0 is relevant, `relevant` counts all that are. */
static inline double measures_average_precision(const int *grades, size_t found, size_t relevant)
{
	double sum = 0;
	size_t hits = 0;

	for (size_t i = 0; i < found; i++)
		if (grades[i] > 0)
			sum += (double)++hits / (double)(i + 1);
	return relevant ? sum / (double)relevant : 0;
}

#endif

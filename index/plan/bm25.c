#include "bm25.h"

#include <math.h>

enum { TYPICAL_TERMS = 8 };

double bm25_idf(int64_t documents, int64_t df)
{
	double n = (double)documents, d = (double)(df < documents ? df : documents);

	return log(1 + (n - d + 0.5) / (d + 0.5));
}

double bm25_burst(int64_t occurrences, int64_t df, double exponent)
{
	if (occurrences <= df || df <= 0 || exponent <= 0)
		return 1;
	return pow((double)occurrences / (double)df, exponent);
}

double bm25_k1(double k1, size_t terms, double exponent)
{
	double growth = 1;

	if (exponent > 0 && terms)
		growth = pow((double)terms / TYPICAL_TERMS, exponent);
	return k1 * (growth < 0.5 ? 0.5 : growth > 2 ? 2 : growth);
}

/* queries_file.h: a file of queries, read once. */
#ifndef QUERIES_FILE_H
#define QUERIES_FILE_H

#include "bench_util.h"

typedef struct bench_query {
	char *kind; /* its class */
	char *text; /* what is asked */
} bench_query;

typedef struct bench_queries {
	bench_query *list;
	size_t       count;
} bench_queries;

/*
 * Reads the queries of a plan: those of its column, at most `per_class` of each class. Ends the
 * program where the file cannot be read. Free them with bench_queries_free().
 */
void bench_queries_read(const bench_plan *plan, bench_queries *queries);
void bench_queries_free(bench_queries *queries);

#endif

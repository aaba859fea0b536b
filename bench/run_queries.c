#include "bench_util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 65600, REPEAT_MAX = 10000 };

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static bench_times measure(const char *query, int64_t repeat, bench_query_fn fn, void *ctx,
                           int64_t *hits)
{
	double      ms[REPEAT_MAX];
	bench_times times;
	size_t      n = (size_t)(repeat > REPEAT_MAX ? REPEAT_MAX : repeat);

	for (size_t i = 0; i < n; i++) {
		double begin = bench_now();

		fn(ctx, query, NULL);
		ms[i] = (bench_now() - begin) * 1e3;
	}
	fn(ctx, query, hits);
	qsort(ms, n, sizeof *ms, compare);
	times.min = ms[0];
	times.median = n % 2 ? ms[n / 2] : (ms[n / 2 - 1] + ms[n / 2]) / 2;
	return times;
}

static void run_line(char *line, int64_t repeat, int print_left, bench_query_fn fn, void *ctx)
{
	char       *tab = strchr(line, '\t');
	const char *query = tab ? tab + 1 : line, *shown;
	int64_t     hits = 0;
	bench_times times;

	if (tab)
		*tab = 0;
	shown = print_left ? line : query;
	times = measure(query, repeat, fn, ctx, &hits);
	for (const char *p = shown; *p; p++)
		putchar((unsigned char)*p < 0x20 || *p == 0x7F ? ' ' : *p);
	printf("\t%lld\t%.3f\t%.3f\n", (long long)hits, times.min, times.median);
}

void bench_run_queries(const char *path, int64_t repeat, int print_left, bench_query_fn fn,
                       void *ctx)
{
	char  line[LINE_SIZE];
	FILE *file = strcmp(path, "-") ? fopen(path, "r") : stdin;

	if (!file)
		bench_fail(path, strerror(errno));
	puts("query\thits\tmin_ms\tmedian_ms");
	while (fgets(line, sizeof line, file)) {
		size_t len = strcspn(line, "\r\n");

		if (!line[len] && len + 1 == sizeof line)
			bench_fail(path, "a line is too long");
		line[len] = 0;
		if (*line && *line != '#')
			run_line(line, repeat, print_left, fn, ctx);
	}
	if (ferror(file))
		bench_fail(path, strerror(errno));
	if (file != stdin)
		fclose(file);
}

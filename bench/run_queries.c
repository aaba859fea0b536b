#include "queries_file.h"

#include <stdio.h>
#include <stdlib.h>

enum { REPEAT_DEFAULT = 7, REPEAT_MAX = 1000, BUDGET_MS = 4000 };

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double ask(const bench_engine *engine, const bench_query *query)
{
	double begin = bench_now();

	engine->run(engine->ctx, query->kind, query->text, NULL);
	return (bench_now() - begin) * 1e3;
}

/* Runs a query up to `repeat` times; in `ms` the times, ordered; how many there are. */
static size_t measure(const bench_plan *plan, const bench_engine *engine, const bench_query *query,
                      double ms[REPEAT_MAX])
{
	int64_t repeat = plan->repeat ? plan->repeat : REPEAT_DEFAULT;
	double  budget = (double)(plan->budget_ms ? plan->budget_ms : BUDGET_MS), spent = 0;
	size_t  n = 0;

	while (n < REPEAT_MAX && (int64_t)n < repeat && (n == 0 || spent < budget)) {
		ms[n] = ask(engine, query);
		spent += ms[n++];
	}
	qsort(ms, n, sizeof *ms, compare);
	return n;
}

static void print_text(const char *text)
{
	for (; *text; text++)
		putchar((unsigned char)*text < 0x20 || *text == 0x7F ? ' ' : *text);
}

static void report(const bench_plan *plan, const bench_engine *engine, const bench_query *query,
                   double first)
{
	double  ms[REPEAT_MAX];
	size_t  n = measure(plan, engine, query, ms);
	int64_t hits = 0;

	engine->run(engine->ctx, query->kind, query->text, &hits);
	print_text(query->kind);
	putchar('\t');
	print_text(query->text);
	printf("\t%lld\t%.4f\t%.4f\t%.4f\n", (long long)hits, first, ms[0],
	       n % 2 ? ms[n / 2] : (ms[n / 2 - 1] + ms[n / 2]) / 2);
}

void bench_run_queries(const bench_plan *plan, const bench_engine *engine)
{
	bench_queries queries;
	double       *first;
	int64_t       held = -1;

	bench_queries_read(plan, &queries);
	first = calloc(queries.count + 1, sizeof *first);
	if (!first)
		bench_fail("queries", "out of memory");
	engine->open(engine->ctx);
	for (size_t i = 0; i < queries.count; i++)
		ask(engine, &queries.list[i]);
	engine->close(engine->ctx);
	engine->open(engine->ctx);
	for (size_t i = 0; i < queries.count; i++)
		first[i] = ask(engine, &queries.list[i]);
	puts("class\tquery\thits\tfirst_ms\tmin_ms\tmedian_ms");
	for (size_t i = 0; i < queries.count; i++) {
		int64_t now;

		report(plan, engine, &queries.list[i], first[i]);
		now = bench_anonymous_bytes();
		held = now > held ? now : held;
	}
	fputs("# memory", stdout);
	bench_print_count(bench_peak_bytes());
	bench_print_count(held);
	putchar('\n');
	engine->close(engine->ctx);
	free(first);
	bench_queries_free(&queries);
}

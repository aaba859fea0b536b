/*
 * bench_summary: from what the search programs print to percentiles by class.
 *
 *   bench_summary ENGINE FILE [ENGINE FILE]...
 *
 * Several files of one engine are rounds of one run: of each query the quietest round counts. Prints, for
 * each class and for "all": engine, queries, percentiles over the queries of the median and of the first run.
 */
#include "bench_util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 70000, NAME_SIZE = 32, CLASSES_MAX = 64, ENGINES_MAX = 16 };

typedef struct sample {
	size_t kind;          /* place of its class */
	double first, median; /* milliseconds */
} sample;

typedef struct engine {
	char    name[NAME_SIZE];
	sample *list;
	size_t  count;
	int     rounds;
} engine;

typedef struct summary {
	char   kinds[CLASSES_MAX][NAME_SIZE];
	size_t kind_count;
	engine engines[ENGINES_MAX];
	size_t engine_count;
} summary;

static void set_name(char name[NAME_SIZE], const char *text)
{
	if (strlen(text) >= NAME_SIZE)
		bench_fail(text, "the name is too long");
	memcpy(name, text, strlen(text) + 1);
}

static size_t kind_of(summary *s, const char *name)
{
	size_t i = 0;

	while (i < s->kind_count && strcmp(s->kinds[i], name))
		i++;
	if (i < s->kind_count)
		return i;
	if (i == CLASSES_MAX)
		bench_fail(name, "too many classes");
	set_name(s->kinds[s->kind_count++], name);
	return i;
}

static engine *engine_of(summary *s, const char *name)
{
	for (size_t i = 0; i < s->engine_count; i++)
		if (!strcmp(s->engines[i].name, name))
			return &s->engines[i];
	if (s->engine_count == ENGINES_MAX)
		bench_fail(name, "too many engines");
	set_name(s->engines[s->engine_count].name, name);
	return &s->engines[s->engine_count++];
}

static void append(engine *e, sample made)
{
	/* Room grows by powers of two: it is full when the count is one. */
	if (!(e->count & (e->count - 1))) {
		size_t room = e->count ? e->count * 2 : 1;
		void  *list = realloc(e->list, room * sizeof *e->list);

		if (!list)
			bench_fail("summary", "out of memory");
		e->list = list;
	}
	e->list[e->count++] = made;
}

/* A line of class, query, hits, first, least, median; 0 where it is none. */
static int parse(summary *s, char *line, sample *made)
{
	char *cells[6];

	for (int i = 0; i < 6; i++) {
		cells[i] = line;
		line = line ? strchr(line, '\t') : NULL;
		if (line)
			*line++ = 0;
	}
	if (!cells[5])
		return 0;
	made->kind = kind_of(s, cells[0]);
	made->first = strtod(cells[3], NULL);
	made->median = strtod(cells[5], NULL);
	return 1;
}

static void quieter(sample *kept, const sample *other, const char *path)
{
	if (kept->kind != other->kind)
		bench_fail(path, "the rounds are not of the same queries");
	if (other->first < kept->first)
		kept->first = other->first;
	if (other->median < kept->median)
		kept->median = other->median;
}

static void read_round(summary *s, engine *e, const char *path)
{
	char   line[LINE_SIZE];
	FILE  *file = fopen(path, "r");
	size_t n = 0;
	sample made = {0};

	if (!file)
		bench_fail(path, strerror(errno));
	if (!fgets(line, sizeof line, file) || strncmp(line, "class\t", 6))
		bench_fail(path, "no output of a search program");
	while (fgets(line, sizeof line, file)) {
		if (*line == '#')
			continue;
		if (!parse(s, line, &made))
			bench_fail(path, "a line is cut off");
		if (!e->rounds)
			append(e, made);
		else if (n < e->count)
			quieter(&e->list[n], &made, path);
		n++;
	}
	fclose(file);
	if (n != e->count)
		bench_fail(path, "the rounds are not of the same queries");
	e->rounds++;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The least of the `n` ordered numbers that `share` of them do not exceed. */
static double percentile(const double *ordered, size_t n, double share)
{
	size_t place = (size_t)(share * (double)n + 0.999999);

	return ordered[place ? place - 1 : 0];
}

/* Prints the line of an engine and a class; `kind` as far as the count of classes: of all. */
static void print_class(const summary *s, const engine *e, size_t kind)
{
	size_t  n = 0, all = kind == s->kind_count;
	double *median = calloc(e->count + 1, sizeof *median);
	double *first = calloc(e->count + 1, sizeof *first);

	if (!median || !first)
		bench_fail("summary", "out of memory");
	for (size_t i = 0; i < e->count; i++) {
		if (!all && e->list[i].kind != kind)
			continue;
		median[n] = e->list[i].median;
		first[n++] = e->list[i].first;
	}
	qsort(median, n, sizeof *median, compare);
	qsort(first, n, sizeof *first, compare);
	if (n)
		printf("%s\t%s\t%zu\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\n", all ? "all" : s->kinds[kind],
		       e->name, n, percentile(median, n, .5), percentile(median, n, .9),
		       percentile(median, n, .99), percentile(first, n, .5),
		       percentile(first, n, .99));
	free(first);
	free(median);
}

int main(int argc, char **argv)
{
	static summary s;

	if (argc < 3 || argc % 2 == 0)
		bench_fail("usage", "bench_summary ENGINE FILE [ENGINE FILE]...");
	for (int i = 1; i < argc; i += 2)
		read_round(&s, engine_of(&s, argv[i]), argv[i + 1]);
	puts("class\tengine\tqueries\tp50_ms\tp90_ms\tp99_ms\tfirst_p50_ms\tfirst_p99_ms");
	for (size_t kind = 0; kind <= s.kind_count; kind++)
		for (size_t i = 0; i < s.engine_count; i++)
			print_class(&s, &s.engines[i], kind);
	for (size_t i = 0; i < s.engine_count; i++)
		free(s.engines[i].list);
	return 0;
}

#include "queries_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 65600 };

/* Cuts `line` at its tabs; cell `number`, from 1, or NULL. The cells before it are ended, too. */
static char *cell(char *line, int64_t number)
{
	while (--number > 0 && line) {
		line = strchr(line, '\t');
		if (line)
			*line++ = 0;
	}
	if (line)
		line[strcspn(line, "\t")] = 0;
	return line;
}

static char *copy(const char *text)
{
	size_t size = strlen(text) + 1;
	char  *made = malloc(size);

	if (!made)
		bench_fail("queries", "out of memory");
	return memcpy(made, text, size);
}

static int64_t of_class(const bench_queries *queries, const char *kind)
{
	int64_t count = 0;

	for (size_t i = 0; i < queries->count; i++)
		count += !strcmp(queries->list[i].kind, kind);
	return count;
}

static void append(bench_queries *queries, const char *kind, const char *text)
{
	/* Room grows by powers of two: it is full when the count is one. */
	if (!(queries->count & (queries->count - 1))) {
		size_t room = queries->count ? queries->count * 2 : 1;
		void  *list = realloc(queries->list, room * sizeof *queries->list);

		if (!list)
			bench_fail("queries", "out of memory");
		queries->list = list;
	}
	queries->list[queries->count].kind = copy(kind);
	queries->list[queries->count++].text = copy(text);
}

static void take(const bench_plan *plan, char *line, bench_queries *queries)
{
	char       *text = plan->column ? cell(line, plan->column) : line;
	const char *kind = plan->column ? line : "-";

	if (!text || !*text || !strcmp(text, "-"))
		return;
	if (!plan->per_class || of_class(queries, kind) < plan->per_class)
		append(queries, kind, text);
}

void bench_queries_read(const bench_plan *plan, bench_queries *queries)
{
	char  line[LINE_SIZE];
	FILE *file = strcmp(plan->path, "-") ? fopen(plan->path, "r") : stdin;

	queries->list = NULL;
	queries->count = 0;
	if (!file)
		bench_fail(plan->path, strerror(errno));
	while (fgets(line, sizeof line, file)) {
		size_t len = strcspn(line, "\r\n");

		if (!line[len] && len + 1 == sizeof line)
			bench_fail(plan->path, "a line is too long");
		line[len] = 0;
		if (*line && *line != '#')
			take(plan, line, queries);
	}
	if (ferror(file))
		bench_fail(plan->path, strerror(errno));
	if (file != stdin)
		fclose(file);
}

void bench_queries_free(bench_queries *queries)
{
	for (size_t i = 0; i < queries->count; i++) {
		free(queries->list[i].kind);
		free(queries->list[i].text);
	}
	free(queries->list);
}

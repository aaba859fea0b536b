/*
 * make_queries: queries of every class for a corpus, in the languages of the engines that are
 * compared. bench/README.md states the rule of each class.
 *
 *   make_queries --data FILE [--count N] [--seed N] >QUERIES
 *
 * A line is CLASS, SHEAF, XAPIAN, LUCENE, FTS5, parted by tabs. The same file, count and seed
 * always give the same lines.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench_util.h"
#include "draw_classes.h"

/* Papers that may be looked at for each query that is asked for, before a class stays short. */
enum { PAPERS_A_QUERY = 2000 };

/* Prints the query unless one like it was `seen`; 1 where it did. */
static int print_new(const char *name, const drawn_query *query, corpus_counts *seen, buf *line)
{
	sheaf_error err = {0};

	buf_clear(line);
	for (int engine = 0; engine < ENGINE_COUNT; engine++) {
		buf_putc(line, '\t');
		drawn_query_write(query, (drawn_engine)engine, line);
	}
	bench_check(buf_status(line, &err), &err, "make_queries");
	if (corpus_counts_add(seen, line->data, line->len, 1)->times > 1)
		return 0;
	printf("%s%s\n", name, line->data);
	return 1;
}

static void draw_queries(drawing *d, const draw_class *kind, int64_t count, buf *line)
{
	corpus_counts seen = {0};
	int64_t       made = 0;

	for (int64_t i = 0; made < count && i < count * PAPERS_A_QUERY; i++) {
		drawn_query query = {.count = 0};

		drawing_take_paper(d);
		if (kind->draw(d, &query))
			made += print_new(kind->name, &query, &seen, line);
	}
	if (made < count)
		fprintf(stderr, "make_queries: only %lld queries of class %s found\n",
		        (long long)made, kind->name);
	corpus_counts_free(&seen);
}

int main(int argc, char **argv)
{
	const char        *path = NULL;
	int64_t            count = 100, seed = 1;
	const bench_option options[] = {
		{"--data", &path, NULL, 1, "FILE"},
		{"--count", NULL, &count, 0, "QUERIES-A-CLASS"},
		{"--seed", NULL, &seed, 0, "N"},
		{NULL, NULL, NULL, 0, NULL},
	};
	drawing *d;
	buf      line = BUF_INIT(0);

	bench_options(argc, argv, options);
	d = drawing_open(path, seed);
	for (const draw_class *kind = draw_classes; kind->name; kind++)
		draw_queries(d, kind, count, &line);
	buf_free(&line);
	drawing_close(d);
	if (fflush(stdout) != 0 || ferror(stdout))
		bench_fail("make_queries", strerror(errno));
	return 0;
}

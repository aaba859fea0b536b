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

#include "alloc.h"
#include "bench_util.h"
#include "draw_classes.h"

/* Papers that may be looked at for each query that is asked for, before a class stays short. */
enum { PAPERS_A_QUERY = 2000 };

typedef struct corpus {
	corpus_reader *reader;
	corpus_counts  counts;
	int64_t       *offsets; /* where each paper begins */
	size_t         size;    /* allocated */
	uint32_t       papers;
} corpus;

static void count_text(corpus *c, const char *text)
{
	char   out[CORPUS_WORD_SIZE];
	size_t len;

	while ((len = corpus_token(&text, out)))
		corpus_counts_add(&c->counts, out, len, c->papers);
}

static void note_paper(corpus *c, int64_t offset)
{
	if (c->papers == c->size) {
		size_t   size = c->size ? c->size * 2 : 1024;
		int64_t *grown = mem_realloc_array(c->offsets, size, sizeof *grown);

		if (!grown)
			bench_fail("make_queries", "out of memory");
		c->offsets = grown;
		c->size = size;
	}
	c->offsets[c->papers++] = offset;
}

static void read_corpus(corpus *c, const char *path)
{
	corpus_paper paper;

	c->reader = corpus_reader_open(path);
	while (corpus_reader_next(c->reader, &paper)) {
		note_paper(c, paper.offset);
		count_text(c, paper.title);
		count_text(c, paper.abstract);
	}
	if (!c->papers)
		bench_fail(path, "no papers in it");
}

static void take_random_paper(corpus *c, drawing *d)
{
	uint32_t i = corpus_random_below(&d->random, c->papers);

	corpus_reader_seek(c->reader, c->offsets[i]);
	if (!corpus_reader_next(c->reader, &d->paper))
		bench_fail("make_queries", "the file has changed meanwhile");
	corpus_words_split(&d->title, d->paper.title);
	corpus_words_split(&d->abstract, d->paper.abstract);
}

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

static void draw_queries(corpus *c, drawing *d, const draw_class *kind, int64_t count, buf *line)
{
	corpus_counts seen = {0};
	int64_t       made = 0;

	for (int64_t i = 0; made < count && i < count * PAPERS_A_QUERY; i++) {
		drawn_query query = {.count = 0};

		take_random_paper(c, d);
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
	corpus   c = {.papers = 0};
	drawing *d = mem_calloc(1, sizeof *d);
	buf      line = BUF_INIT(0);

	bench_options(argc, argv, options);
	if (!d)
		bench_fail("make_queries", "out of memory");
	read_corpus(&c, path);
	d->random.state = (uint64_t)seed;
	d->counts = &c.counts;
	d->papers = c.papers;
	for (const draw_class *kind = draw_classes; kind->name; kind++)
		draw_queries(&c, d, kind, count, &line);
	buf_free(&line);
	mem_free(d);
	mem_free(c.offsets);
	corpus_counts_free(&c.counts);
	corpus_reader_close(c.reader);
	if (fflush(stdout) != 0 || ferror(stdout))
		bench_fail("make_queries", strerror(errno));
	return 0;
}

/*
 * bench_parse: reads OAI-PMH answers with the parser alone, on one core, and prints one line of
 * figures.
 *
 * The answers are read as one long stream inside an element of its own, again and again up to the
 * size that is asked for, so that memory which grows with the input shows in peak_bytes.
 */
#include "bench_util.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "reader.h"
#include "source.h"

enum { PIECE = 64 << 10 }; /* bytes fed at once, as they come from a network or a file */

typedef struct counts {
	int64_t documents, rejects;
} counts;

static int on_document(void *ctx, sheaf_document *doc, int64_t number)
{
	(void)doc, (void)number;
	((counts *)ctx)->documents++;
	return 0;
}

static int on_reject(void *ctx, int64_t number, const char *reason)
{
	(void)number, (void)reason;
	((counts *)ctx)->rejects++;
	return 0;
}

/* A file, or the members of an archive, without the declarations that only begin a document. */
static void read_pages(const char *path, buf *pages)
{
	reader     *r;
	const char *name, *bytes, *damage;
	size_t      len;
	sheaf_error err;

	bench_check(reader_open(path, NULL, &r, &err), &err, path);
	for (;;) {
		size_t start = pages->len, skip = 0;

		bench_check(reader_next(r, &name, &err), &err, path);
		if (!name)
			break;
		do {
			bench_check(reader_read(r, &bytes, &len, &damage, &err), &err, path);
			buf_append(pages, bytes, len);
		} while (len);
		bench_check(buf_status(pages, &err), &err, path);
		if (strncmp(pages->data + start, "<?xml", 5) == 0)
			skip = strcspn(pages->data + start, ">") + 1;
		memset(pages->data + start, ' ', skip);
	}
	reader_close(r);
}

static void feed(source_parser *parser, const char *bytes, size_t len)
{
	sheaf_error err;

	while (len) {
		size_t n = len < PIECE ? len : PIECE;

		bench_check(source_feed(parser, bytes, n, &err), &err, "parsing");
		bytes += n;
		len -= n;
	}
}

/* Answers the bytes that were parsed, `size` or some more. */
static int64_t parse(const buf *pages, int64_t size, counts *c)
{
	const source_sink sink = {.ctx = c, .document = on_document, .reject = on_reject};
	source_parser    *parser;
	sheaf_error       err;
	int64_t           done = 0;

	bench_check(source_parser_new(SHEAF_SOURCE_OAI, &sink, &parser, &err), &err, "parser");
	feed(parser, "<pages>", strlen("<pages>"));
	do {
		feed(parser, pages->data, pages->len);
		done += (int64_t)pages->len;
	} while (done < size);
	feed(parser, "</pages>", strlen("</pages>"));
	bench_check(source_finish(parser, NULL, &err), &err, "parsing");
	source_parser_free(parser);
	return done;
}

int main(int argc, char **argv)
{
	const char *data = NULL;
	int64_t     megabytes = 0, bytes, instructions;
	buf         pages = BUF_INIT(1u << 30);
	counts      c = {0};
	double      seconds;
	int         counter;

	bench_option options[] = {
		{"--data", &data, NULL, 1, "FILE of OAI-PMH answers, plain or packed"},
		{"--megabytes", NULL, &megabytes, 0, "N to parse; all of FILE once at least"},
		{0},
	};

	bench_options(argc, argv, options);
	read_pages(data, &pages);
	counter = bench_instructions_start();
	seconds = bench_now();
	bytes = parse(&pages, megabytes * 1000000, &c);
	seconds = bench_now() - seconds;
	instructions = bench_instructions_stop(counter);
	puts("bytes\tdocuments\trejected\tseconds\tmb_s\tpeak_bytes\tinstructions");
	printf("%lld\t%lld\t%lld\t%.3f\t%.1f", (long long)bytes, (long long)c.documents,
	       (long long)c.rejects, seconds, (double)bytes / 1e6 / seconds);
	bench_print_count(bench_peak_bytes());
	bench_print_count(instructions);
	putchar('\n');
	buf_free(&pages);
	return 0;
}

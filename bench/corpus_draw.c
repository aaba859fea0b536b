#include "corpus_draw.h"

#include "alloc.h"
#include "bench_util.h"

static void count_text(drawing *d, const char *text)
{
	char   out[CORPUS_WORD_SIZE];
	size_t len;

	while ((len = corpus_token(&text, out)))
		corpus_counts_add(&d->counts, out, len, d->papers);
}

static void note_paper(drawing *d, int64_t offset)
{
	if (d->papers == d->size) {
		size_t   size = d->size ? d->size * 2 : 1024;
		int64_t *grown = mem_realloc_array(d->offsets, size, sizeof *grown);

		if (!grown)
			bench_fail("corpus", "out of memory");
		d->offsets = grown;
		d->size = size;
	}
	d->offsets[d->papers++] = offset;
}

drawing *drawing_open(const char *path, int64_t seed)
{
	drawing     *d = mem_calloc(1, sizeof *d);
	corpus_paper paper;

	if (!d)
		bench_fail("corpus", "out of memory");
	d->random.state = (uint64_t)seed;
	d->reader = corpus_reader_open(path);
	while (corpus_reader_next(d->reader, &paper)) {
		note_paper(d, paper.offset);
		count_text(d, paper.title);
		count_text(d, paper.abstract);
	}
	if (!d->papers)
		bench_fail(path, "no papers in it");
	return d;
}

void drawing_close(drawing *d)
{
	mem_free(d->offsets);
	corpus_counts_free(&d->counts);
	corpus_reader_close(d->reader);
	mem_free(d);
}

void drawing_take_paper(drawing *d)
{
	uint32_t i = corpus_random_below(&d->random, d->papers);

	corpus_reader_seek(d->reader, d->offsets[i]);
	if (!corpus_reader_next(d->reader, &d->paper))
		bench_fail("corpus", "the file has changed meanwhile");
	corpus_words_split(&d->title, d->paper.title);
	corpus_words_split(&d->abstract, d->paper.abstract);
}

uint32_t drawing_papers_with(const drawing *d, const corpus_word *w)
{
	const corpus_count *c = corpus_counts_find(&d->counts, w->text, w->len);

	return c ? c->papers : 0;
}

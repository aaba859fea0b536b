/*
 * corpus_fit: figures of a corpus by which synthetic papers can be held against real ones.
 *
 *   corpus_fit --data FILE >FIGURES
 *
 * A line is FIGURE, AT, VALUE, parted by tabs; bench/README.md says what each figure is. Words are
 * runs of letters and digits of title and abstract.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "bench_util.h"
#include "corpus_counts.h"
#include "corpus_random.h"
#include "corpus_read.h"
#include "corpus_text.h"
#include "hash.h"
#include "query_stop_words.h"
#include "str.h"

enum {
	HEAPS_POINTS = 48,
	HEAPS_FROM = 14,      /* the law is fitted from so many doublings on */
	PAIR_SAMPLE = 16,     /* of neighbouring pairs, one in so many is counted */
	DIGITS_A_DECADE = 3,  /* ranks 1, 2, 5, 10 … */
	RARE_MAX = 50,        /* papers with a rare word */
	COMMON_SHARE = 50,    /* a common word is in one paper of so many, or more */
	TITLE_WORDS_MAX = 128 /* of a title, as far as it is looked for in the abstract */
};

/* Mean and deviation of what is added. */
typedef struct moments {
	double count, sum, squares;
} moments;

typedef struct figures {
	uint32_t      papers;
	uint64_t      tokens, stops, letters;
	corpus_counts words, pairs, authors, categories, primaries;
	uint64_t      pairs_counted;
	size_t        heaps[HEAPS_POINTS]; /* different words among the first 2^i */
	size_t        heaps_count;
	moments       title, abstract, overlap, different, authors_each, categories_each;
} figures;

static void moments_add(moments *m, double value)
{
	m->count++;
	m->sum += value;
	m->squares += value * value;
}

static double mean(const moments *m)
{
	return m->count > 0 ? m->sum / m->count : 0;
}

static void print_figure(const char *name, double at, double value)
{
	printf("%s\t%.15g\t%.6g\n", name, at, value);
}

static void print_moments(const char *name, const moments *m)
{
	double average = mean(m), variance = m->count > 0 ? m->squares / m->count : 0;

	printf("%s\tmean\t%.6g\n", name, average);
	printf("%s\tdeviation\t%.6g\n", name, sqrt(fmax(0, variance - average * average)));
}

static void note_pair(figures *f, uint64_t left, uint64_t right)
{
	uint64_t pair = corpus_mix(left * 3 + right);
	char     text[24];

	if (pair % PAIR_SAMPLE)
		return;
	f->pairs_counted++;
	corpus_counts_add(&f->pairs, text,
	                  (size_t)snprintf(text, sizeof text, "%llx", (unsigned long long)pair), 1);
}

static void note_token(figures *f, const char *text, size_t len)
{
	corpus_counts_add(&f->words, text, len, f->papers);
	f->tokens++;
	f->letters += len;
	f->stops += (uint64_t)query_stop_words_has(text);
	if (f->heaps_count < HEAPS_POINTS && f->tokens == (uint64_t)1 << f->heaps_count)
		f->heaps[f->heaps_count++] = f->words.used;
}

/* Counts the words of a text; answers how many there are and adds how many are new in the paper. */
static size_t note_text(figures *f, const char *text, size_t *different)
{
	char     out[CORPUS_WORD_SIZE];
	size_t   len, count = 0;
	uint64_t before = 0;

	while ((len = corpus_token(&text, out))) {
		uint64_t            hash = hash_bytes(HASH_SEED, out, len);
		const corpus_count *entry = corpus_counts_find(&f->words, out, len);

		*different += !entry || entry->last != f->papers;
		note_token(f, out, len);
		if (count++)
			note_pair(f, before, hash);
		before = hash;
	}
	return count;
}

/* The share of a title's words, stop words aside, that its abstract has as well. */
static void note_overlap(figures *f, const corpus_paper *paper)
{
	corpus_counts in_abstract = {0};
	char          out[CORPUS_WORD_SIZE];
	const char   *s = paper->abstract;
	size_t        len, words = 0, found = 0;

	while ((len = corpus_token(&s, out)))
		corpus_counts_add(&in_abstract, out, len, 1);
	s = paper->title;
	while (words < TITLE_WORDS_MAX && (len = corpus_token(&s, out))) {
		if (query_stop_words_has(out))
			continue;
		words++;
		found += corpus_counts_find(&in_abstract, out, len) != NULL;
	}
	if (words)
		moments_add(&f->overlap, (double)found / (double)words);
	corpus_counts_free(&in_abstract);
}

/* The separator at `s`: ", " or " and "; 0: none. */
static size_t separator(const char *s)
{
	static const char *const all[] = {", and ", ", ", " and "};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_starts(s, all[i]))
			return strlen(all[i]);
	return 0;
}

static void note_authors(figures *f, const char *s)
{
	unsigned count = 0;

	while (*s) {
		size_t len = 0;

		while (s[len] && !separator(s + len))
			len++;
		if (len) {
			corpus_counts_add(&f->authors, s, len, f->papers);
			count++;
		}
		s += len + separator(s + len);
	}
	if (count)
		moments_add(&f->authors_each, count);
}

static void note_categories(figures *f, const char *s)
{
	unsigned count = 0;

	while (*s) {
		size_t len = strcspn(s, " ");

		if (len) {
			corpus_counts_add(&f->categories, s, len, f->papers);
			if (!count++)
				corpus_counts_add(&f->primaries, s, len, f->papers);
		}
		s += len + (s[len] == ' ');
	}
	if (count)
		moments_add(&f->categories_each, count);
}

static void note_paper(figures *f, const corpus_paper *paper)
{
	size_t different = 0, title, abstract;

	f->papers++;
	title = note_text(f, paper->title, &different);
	abstract = note_text(f, paper->abstract, &different);
	moments_add(&f->title, (double)title);
	moments_add(&f->abstract, (double)abstract);
	if (title + abstract)
		moments_add(&f->different, (double)different / (double)(title + abstract));
	if (f->papers % PAIR_SAMPLE == 0)
		note_overlap(f, paper);
	note_authors(f, paper->authors);
	note_categories(f, paper->categories);
}

static int by_times(const void *left, const void *right)
{
	const corpus_count *a = left, *b = right;

	return a->times != b->times ? (a->times < b->times ? 1 : -1) : strcmp(a->text, b->text);
}

/* Moves the entries together, the most frequent first. The table cannot be searched any more. */
static void sort_counts(corpus_counts *counts)
{
	size_t n = 0;

	for (size_t i = 0; i < counts->size; i++)
		if (counts->places[i].text)
			counts->places[n++] = counts->places[i];
	if (n)
		qsort(counts->places, n, sizeof *counts->places, by_times);
}

/* The slope and height of the straight line nearest to points. */
typedef struct line_fit {
	double n, x, y, xx, xy;
} line_fit;

static void line_add(line_fit *l, double x, double y)
{
	l->n++;
	l->x += x;
	l->y += y;
	l->xx += x * x;
	l->xy += x * y;
}

static double line_slope(const line_fit *l)
{
	double d = l->n * l->xx - l->x * l->x;

	return d > 0 ? (l->n * l->xy - l->x * l->y) / d : 0;
}

static double line_height(const line_fit *l)
{
	return l->n > 0 ? (l->y - line_slope(l) * l->x) / l->n : 0;
}

static void print_heaps(const figures *f)
{
	line_fit line = {0};

	for (size_t i = 0; i < f->heaps_count; i++) {
		print_figure("vocabulary", ldexp(1, (int)i), (double)f->heaps[i]);
		if (i >= HEAPS_FROM)
			line_add(&line, log(ldexp(1, (int)i)), log((double)f->heaps[i]));
	}
	print_figure("vocabulary", (double)f->tokens, (double)f->words.used);
	printf("heaps\tK\t%.6g\nheaps\tb\t%.6g\n", exp(line_height(&line)), line_slope(&line));
}

static double next_rank(unsigned i)
{
	static const double digits[DIGITS_A_DECADE] = {1, 2, 5};

	return digits[i % DIGITS_A_DECADE] * pow(10, i / DIGITS_A_DECADE);
}

/* Frequencies, each as occurrences in a million. */
static void print_zipf(const char *name, const corpus_counts *counts, double total)
{
	for (unsigned i = 0; next_rank(i) <= (double)counts->used; i++) {
		size_t rank = (size_t)next_rank(i);

		print_figure(name, (double)rank, counts->places[rank - 1].times / total * 1e6);
	}
}

/* The exponent of Zipf's law between two ranks. */
static void print_exponent(const corpus_counts *counts, size_t from, size_t to)
{
	line_fit line = {0};

	if (to > counts->used)
		return;
	for (double rank = (double)from; rank <= (double)to; rank *= 1.1)
		line_add(&line, log(rank), log(counts->places[(size_t)rank - 1].times));
	printf("zipf\ts_%zu_%zu\t%.6g\n", from, to, -line_slope(&line));
}

/* Occurrences in each paper with the word, on average over words that so many papers have. */
static void print_burst(const figures *f, const char *name, uint32_t from, uint32_t to)
{
	double times = 0, papers = 0;

	for (size_t i = 0; i < f->words.used; i++) {
		const corpus_count *c = &f->words.places[i];

		if (c->papers < from || c->papers > to || query_stop_words_has(c->text))
			continue;
		times += c->times;
		papers += c->papers;
	}
	printf("burst\t%s\t%.6g\n", name, papers > 0 ? times / papers : 0);
}

static void print_entropy(const char *name, const corpus_counts *counts, double total)
{
	double bits = 0;

	for (size_t i = 0; i < counts->used; i++) {
		double p = counts->places[i].times / total;

		bits -= p * log2(p);
	}
	printf("%s\tdifferent\t%zu\n%s\tentropy_bits\t%.6g\n", name, counts->used, name, bits);
}

static double count_once(const corpus_counts *counts)
{
	size_t i = counts->used;

	while (i && counts->places[i - 1].times == 1)
		i--;
	return (double)(counts->used - i);
}

static void print_words(figures *f)
{
	double   words = (double)f->words.used, tokens = (double)f->tokens;
	uint32_t common = f->papers / COMMON_SHARE;

	print_heaps(f);
	sort_counts(&f->words);
	print_zipf("per_million", &f->words, tokens);
	print_exponent(&f->words, 10, 1000);
	print_exponent(&f->words, 1000, 10000);
	print_exponent(&f->words, 10000, 100000);
	printf("words\tshare_once\t%.6g\n", count_once(&f->words) / words);
	printf("words\tmean_letters\t%.6g\n", (double)f->letters / tokens);
	printf("words\tstop_share\t%.6g\n", (double)f->stops / tokens);
	print_burst(f, "common", common + 1, UINT32_MAX);
	print_burst(f, "medium", RARE_MAX + 1, common);
	print_burst(f, "rare", 2, RARE_MAX);
	printf("pairs\tdifferent_a_token\t%.6g\n",
	       (double)f->pairs.used / (double)(f->pairs_counted ? f->pairs_counted : 1));
	sort_counts(&f->pairs);
	printf("pairs\tshare_once\t%.6g\n", count_once(&f->pairs) / fmax(1, (double)f->pairs.used));
}

static void print_figures(figures *f)
{
	printf("papers\t-\t%u\n", f->papers);
	printf("tokens\t-\t%llu\n", (unsigned long long)f->tokens);
	if (f->tokens)
		print_words(f);
	print_moments("title_words", &f->title);
	print_moments("abstract_words", &f->abstract);
	print_moments("title_in_abstract", &f->overlap);
	print_moments("different_in_paper", &f->different);
	print_moments("authors_a_paper", &f->authors_each);
	sort_counts(&f->authors);
	print_zipf("author_papers_per_million", &f->authors, f->authors_each.sum);
	print_entropy("authors", &f->authors, f->authors_each.sum);
	print_moments("categories_a_paper", &f->categories_each);
	sort_counts(&f->categories);
	print_zipf("category_per_million", &f->categories, f->categories_each.sum);
	print_entropy("categories", &f->categories, f->categories_each.sum);
	sort_counts(&f->primaries);
	print_entropy("primary_categories", &f->primaries, f->categories_each.count);
}

int main(int argc, char **argv)
{
	const char        *path = NULL;
	const bench_option options[] = {
		{"--data", &path, NULL, 1, "FILE"},
		{NULL, NULL, NULL, 0, NULL},
	};
	figures       *f = mem_calloc(1, sizeof *f);
	corpus_reader *reader;
	corpus_paper   paper;

	bench_options(argc, argv, options);
	if (!f)
		bench_fail("corpus_fit", "out of memory");
	reader = corpus_reader_open(path);
	while (corpus_reader_next(reader, &paper))
		note_paper(f, &paper);
	corpus_reader_close(reader);
	print_figures(f);
	corpus_counts_free(&f->words);
	corpus_counts_free(&f->pairs);
	corpus_counts_free(&f->authors);
	corpus_counts_free(&f->categories);
	corpus_counts_free(&f->primaries);
	mem_free(f);
	if (fflush(stdout) != 0 || ferror(stdout))
		bench_fail("corpus_fit", strerror(errno));
	return 0;
}

/*
 * make_profiles: a file of profiles for a corpus, as many people might have written it.
 *
 *   make_profiles --data FILE [--count N] [--share N] [--seed N] >PROFILES
 *
 * Each profile is made of one random paper: five of its words and two pairs of neighbours, any of
 * which makes a paper match; every third profile excludes a word of another paper. Its words are in
 * two papers at least and in one of N (1000) at most, where N is the share. The same file, count and
 * seed always give the same profiles.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench_util.h"
#include "corpus_draw.h"
#include "query_stop_words.h"

enum { WORDS = 5, PAIRS = 2, LETTERS_MIN = 3, PAPERS_MIN = 2, TRIES = 200 };

/* What profiles are made of. */
typedef struct making {
	drawing *from;
	int64_t  share;
} making;

static int says_something(const corpus_word *w)
{
	return w->len >= LETTERS_MIN && !query_stop_words_has(w->text);
}

static int is_telling(const making *m, const corpus_word *w)
{
	uint32_t papers = drawing_papers_with(m->from, w);

	return says_something(w) && papers >= PAPERS_MIN && papers * m->share <= m->from->papers;
}

static const corpus_word *any_word(drawing *d)
{
	unsigned count = (unsigned)d->abstract.count;

	return count ? &d->abstract.at[corpus_random_below(&d->random, count)] : NULL;
}

/* Different words of the abstract, with what `test` asks of them; how many there were. */
static size_t choose(making *m, const corpus_word *chosen[], size_t count, int pairs)
{
	drawing *d = m->from;
	size_t   n = 0;

	for (int i = 0; n < count && i < TRIES; i++) {
		const corpus_word *w = any_word(d);
		int                fits = w && (pairs ? says_something(w) : is_telling(m, w));

		if (fits && pairs)
			fits = corpus_words_run(&d->abstract, (size_t)(w - d->abstract.at), 2) &&
			       says_something(w + 1);
		for (size_t j = 0; fits && j < n; j++)
			fits = strcmp(chosen[j]->text, w->text) != 0;
		if (fits)
			chosen[n++] = w;
	}
	return n;
}

/* 1 where the paper had enough. In small letters no word is an operator. */
static int print_profile(making *m, int64_t number)
{
	const corpus_word *words[WORDS], *pairs[PAIRS];

	drawing_take_paper(m->from);
	if (choose(m, words, WORDS, 0) < WORDS || choose(m, pairs, PAIRS, 1) < PAIRS)
		return 0;
	printf("  p%lld:\n    query: '", (long long)number);
	for (size_t i = 0; i < WORDS; i++)
		printf(i % 2 ? "%s^2 OR " : "%s OR ", words[i]->text);
	for (size_t i = 0; i < PAIRS; i++)
		printf("%s\"%s %s\"", i ? " OR " : "", pairs[i][0].text, pairs[i][1].text);
	puts("'");
	return 1;
}

static void print_exclude(making *m)
{
	const corpus_word *word;

	drawing_take_paper(m->from);
	if (choose(m, &word, 1, 0))
		printf("    exclude: '%s'\n", word->text);
}

int main(int argc, char **argv)
{
	const char        *path = NULL;
	int64_t            count = 10000, seed = 1, made = 0;
	making             m = {NULL, 1000};
	const bench_option options[] = {
		{"--data", &path, NULL, 1, "FILE"},  {"--count", NULL, &count, 0, "PROFILES"},
		{"--share", NULL, &m.share, 0, "N"}, {"--seed", NULL, &seed, 0, "N"},
		{NULL, NULL, NULL, 0, NULL},
	};

	bench_options(argc, argv, options);
	m.from = drawing_open(path, seed);
	puts("digest:\n  name: many\n  assign: all\nprofiles:");
	for (int64_t i = 0; made < count && i < count * TRIES; i++) {
		if (!print_profile(&m, made))
			continue;
		if (made++ % 3 == 0)
			print_exclude(&m);
	}
	drawing_close(m.from);
	if (made < count)
		bench_fail(path, "too few papers with words enough");
	if (fflush(stdout) != 0 || ferror(stdout))
		bench_fail("make_profiles", strerror(errno));
	return 0;
}

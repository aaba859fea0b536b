/*
 * make_corpus: synthetic papers as JSON Lines in the schema of the Kaggle snapshot, for benchmarks.
 * The same seed and count always give the same bytes. Words follow Zipf's law with two exponents
 * (Ferrer i Cancho and Sole, J. Quantitative Linguistics 8, 2001), so that the vocabulary grows
 * with the corpus as it does in prose; words come in bursts, and each field of science repeats its
 * own phrases.
 */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_words.h"

enum {
	COMMON_WORDS = 4000,  /* ranks below it fall off as 1/r, those above faster */
	LAST_WORD = 40000000, /* largest rank */
	DENSE = 100,          /* so many ranks from the first are known words */
	THIN = 20,            /* beyond them, one in so many is */
	RECENT = 32,          /* words of the paper that may come again */
	FIRST_YEAR = 2008,
	MONTHS = 220,
	WORD_SIZE = 48
};

static const double zipf_shift = 1.6, tail_exponent = 1.9;

typedef struct paper {
	uint64_t            random;
	const corpus_topic *topic;
	uint32_t            recent[RECENT]; /* ranks */
	unsigned            recent_count;
	int                 line; /* characters since the last line break */
} paper;

/* SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
static uint64_t next(paper *p)
{
	uint64_t z = p->random += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static double uniform(paper *p)
{
	return (double)(next(p) >> 11) / 9007199254740992.0;
}

static unsigned below(paper *p, unsigned limit)
{
	return (unsigned)(next(p) % limit);
}

static unsigned count_of(const char *const *list)
{
	unsigned n = 0;

	while (list[n])
		n++;
	return n;
}

static const char *pick(paper *p, const char *const *list)
{
	return list[below(p, count_of(list))];
}

/* Inverts the distribution function: 1 / (r + shift) to COMMON_WORDS, then a steeper power law. */
static uint32_t zipf(paper *p)
{
	const double knee = COMMON_WORDS + zipf_shift;
	const double head = log(knee / zipf_shift), tail = 1 / (tail_exponent - 1);
	double       u = uniform(p) * (head + tail), rank;

	if (u < head)
		return (uint32_t)(zipf_shift * exp(u) - zipf_shift);
	rank = knee * pow(1 - (u - head) / tail, -tail) - zipf_shift;
	return rank < LAST_WORD ? (uint32_t)rank : LAST_WORD;
}

/* A pronounceable word for a number, with an ending, so that there is something to stem. */
static void invent(uint32_t rank, char word[WORD_SIZE])
{
	static const char *const endings[] = {"", "s", "ing", "ed"};
	unsigned                 syllables = count_of(corpus_syllables), n = rank / 4;
	size_t                   len = 0;

	do {
		len += (size_t)snprintf(word + len, WORD_SIZE - len, "%s",
		                        corpus_syllables[n % syllables]);
		n /= syllables;
	} while (n);
	snprintf(word + len, WORD_SIZE - len, "n%s", endings[rank % 4]);
}

/*
 * The known words up to DENSE are the most frequent ones; the others are strewn thinly below them.
 */
static const char *known_word(uint32_t rank)
{
	if (rank < DENSE)
		return corpus_words[rank];
	rank -= DENSE;
	if (rank % THIN != 0 || DENSE + rank / THIN >= corpus_word_count)
		return NULL;
	return corpus_words[DENSE + rank / THIN];
}

static void print_word(uint32_t rank, int capital)
{
	const char *known = known_word(rank);
	char        word[WORD_SIZE];

	if (known)
		snprintf(word, sizeof word, "%s", known);
	else
		invent(rank, word);
	if (capital && *word >= 'a' && *word <= 'z')
		*word = (char)(*word - 'a' + 'A');
	fputs(word, stdout);
}

static uint32_t choose_rank(paper *p)
{
	uint32_t rank;

	if (p->recent_count && uniform(p) < 0.15)
		return p->recent[below(p, p->recent_count)];
	rank = zipf(p);
	if (rank >= CORPUS_FUNCTION_WORDS)
		p->recent[p->recent_count < RECENT ? p->recent_count++ : below(p, RECENT)] = rank;
	return rank;
}

/* Prints one word, phrase or piece of TeX. */
static void print_piece(paper *p, int capital)
{
	double u = uniform(p);

	if (u < 0.03 && !capital) {
		fputs(pick(p, p->topic->phrases), stdout);
	} else if (u < 0.034 && !capital) {
		fputs(pick(p, corpus_tex), stdout);
	} else {
		print_word(choose_rank(p), capital);
		if (u > 0.99) {
			putchar('-');
			print_word(choose_rank(p), 0);
		}
	}
}

static void print_abstract(paper *p)
{
	unsigned sentences = 4 + below(p, 6);

	fputs("  ", stdout);
	while (sentences--) {
		unsigned words = 10 + below(p, 20);

		for (unsigned i = 0; i < words; i++) {
			print_piece(p, i == 0);
			if (i + 1 < words)
				fputs(++p->line % 12 ? " " : "\\n", stdout);
		}
		fputs(sentences ? ". " : ".\\n", stdout);
	}
}

static void print_title(paper *p)
{
	unsigned words = 4 + below(p, 9);

	for (unsigned i = 0; i < words; i++) {
		if (i)
			putchar(' ');
		print_piece(p, i == 0);
	}
}

static void print_name(paper *p, int syllables)
{
	int first = 1;

	while (syllables--) {
		const char *s = pick(p, corpus_syllables);

		printf("%c%s", first ? *s - 'a' + 'A' : *s, s + 1);
		first = 0;
	}
}

/* Names are drawn anew from the same numbers for "authors" and "authors_parsed". */
static void print_authors(paper *p)
{
	paper    again = *p;
	unsigned count = 1 + below(p, 6);

	fputs("\"authors\":\"", stdout);
	for (unsigned i = 0; i < count; i++) {
		fputs(i ? ", " : "", stdout);
		print_name(p, 2);
		putchar(' ');
		print_name(p, 3);
	}
	fputs("\",\"authors_parsed\":[", stdout);
	below(&again, 6);
	for (unsigned i = 0; i < count; i++) {
		paper forenames = again;

		fputs(i ? ",[\"" : "[\"", stdout);
		below(&again, 2);
		below(&again, 2);
		print_name(&again, 3);
		fputs("\",\"", stdout);
		print_name(&forenames, 2);
		fputs("\",\"\"]", stdout);
	}
	putchar(']');
}

/* Days since 1970-01-01 of the proleptic Gregorian calendar, for years after 1970. */
static long days(int year, int month, int day)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	int              y = year - 1, leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return 365L * (year - 1970) + (y / 4 - y / 100 + y / 400) -
	       (1969 / 4 - 1969 / 100 + 1969 / 400) + before[month - 1] + (leap && month > 2) +
	       day - 1;
}

static void print_dates(paper *p, int year, int month)
{
	static const char *const names[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int                      day = 1 + (int)below(p, 28);

	printf("\"versions\":[{\"version\":\"v1\",\"created\":\"%s, %d %s %d %02u:%02u:%02u "
	       "GMT\"}],"
	       "\"update_date\":\"%04d-%02d-%02d\"",
	       names[days(year, month, day) % 7], day, months[month - 1], year, below(p, 24),
	       below(p, 60), below(p, 60), year, month, day);
}

static void print_categories(paper *p)
{
	unsigned first = below(p, count_of(p->topic->categories));

	printf("\"categories\":\"%s", p->topic->categories[first]);
	if (uniform(p) < 0.4) {
		const char *other = pick(p, corpus_topics[below(p, CORPUS_TOPICS)].categories);

		if (strcmp(other, p->topic->categories[first]))
			printf(" %s", other);
	}
	putchar('"');
}

static void print_paper(uint64_t seed, unsigned long i, unsigned long count)
{
	paper         p = {.random = seed + i * 0xD1342543DE82EF95u};
	unsigned long month = i * MONTHS / count, first = (month * count + MONTHS - 1) / MONTHS;
	int           year = FIRST_YEAR + (int)(month / 12), in_year = 1 + (int)(month % 12);

	p.topic = &corpus_topics[below(&p, CORPUS_TOPICS)];
	printf("{\"id\":\"%02d%02d.%0*lu\",\"submitter\":null,", year % 100, in_year,
	       year < 2015 ? 4 : 5, i - first + 1);
	print_authors(&p);
	fputs(",\"title\":\"", stdout);
	print_title(&p);
	printf("\",\"comments\":\"%u pages, %u "
	       "figures\",\"journal-ref\":null,\"doi\":null,\"report-no\":null,",
	       4 + below(&p, 40), below(&p, 20));
	print_categories(&p);
	fputs(",\"license\":null,\"abstract\":\"", stdout);
	print_abstract(&p);
	fputs("\",", stdout);
	print_dates(&p, year, in_year);
	fputs("}\n", stdout);
}

static unsigned long number(const char *text)
{
	char         *end;
	unsigned long n;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (errno || *end || end == text) {
		fprintf(stderr, "make_corpus: %s is not a number\n", text);
		exit(2);
	}
	return n;
}

int main(int argc, char **argv)
{
	unsigned long count, seed;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: %s PAPERS [SEED]\n", argv[0]);
		return 2;
	}
	count = number(argv[1]);
	seed = argc > 2 ? number(argv[2]) : 1;
	for (unsigned long i = 0; i < count; i++)
		print_paper(seed, i, count);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "make_corpus: %s\n", strerror(errno));
		return 1;
	}
	return 0;
}

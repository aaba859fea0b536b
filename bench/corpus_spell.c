#include "corpus_spell.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "bench_util.h"
#include "corpus_random.h"

/* The most frequent first. */
static const char *const function_words[] = {
	"the",   "of",      "and",     "a",      "in",      "to",      "we",       "is",
	"for",   "that",    "with",    "on",     "are",     "by",      "as",       "this",
	"an",    "from",    "be",      "which",  "our",     "can",     "it",       "at",
	"these", "has",     "also",    "have",   "between", "or",      "such",     "not",
	"their", "more",    "its",     "than",   "both",    "while",   "into",     "when",
	"but",   "other",   "been",    "only",   "where",   "they",    "was",      "over",
	"under", "through", "may",     "within", "all",     "most",    "some",     "there",
	"were",  "via",     "any",     "each",   "then",    "however", "if",       "about",
	"will",  "so",      "without", "many",   "often",   "thus",    "during",   "nor",
	"among", "very",    "because", "those",  "no",      "how",     "since",    "much",
	"could", "per",     "i",       "he",     "after",   "before",  "same",     "further",
	"above", "below",   "us",      "does",   "what",    "whether", "although",
};

enum {
	FUNCTION_WORDS = sizeof function_words / sizeof *function_words,
	/* Up to here nothing but function words; past it they thin out with the square. */
	DENSE_FUNCTION_WORDS = 20,
	PERIOD = 16,    /* ranks after which the kinds of word repeat */
	NEW_STEMS = 9,  /* of them */
	OPENINGS = 256, /* choices of the first syllable, most of them several times the same */
	ONSETS = 28,
	VOWELS = 6,
	CODAS = 16,
	OPEN = ONSETS * VOWELS,
	CLOSED = OPEN * CODAS,
	KEPT = 1 << 15 /* ranks of a speller */
};

static const char *const onsets[ONSETS] = {
	"r", "t",  "n",  "l",  "s",  "c",  "d",  "p",  "m",  "b",  "f",  "g",  "v",  "h",
	"k", "st", "tr", "pr", "ch", "ph", "th", "sh", "gr", "pl", "cl", "br", "dr", "fl",
};
static const char *const vowels[VOWELS] = {"e", "i", "a", "o", "u", "ea"};
static const char *const codas[CODAS] = {"n", "r", "t", "l", "d", "nt", "m",  "st",
                                         "c", "p", "g", "k", "x", "nd", "rm", "ld"};

/* Appends; `*len` stays below CORPUS_SPELL_SIZE. */
static void put(char *out, size_t *len, const char *s)
{
	while (*s && *len < CORPUS_SPELL_SIZE - 1)
		out[(*len)++] = *s++;
	out[*len] = 0;
}

/* An open syllable. */
static void put_open(char *out, size_t *len, uint32_t n)
{
	put(out, len, onsets[n % ONSETS]);
	put(out, len, vowels[n / ONSETS % VOWELS]);
}

/*
 * One of the openings, the first ones most often: opening k stands for about OPENINGS / 4 / k of
 * them. `*copy` becomes which of those `n` is, `*copies` how many there are.
 */
static uint32_t opening_of(uint32_t n, uint32_t *copy, uint32_t *copies)
{
	uint32_t k = 0;

	*copy = n;
	for (;;) {
		*copies = OPENINGS / 5 / (k + 4) + 1;
		if (*copy < *copies)
			return k;
		*copy -= *copies;
		k++;
	}
}

/*
 * A stem for every number: an opening, then a number written with closed and open syllables as
 * its digits, shuffled so that neighbours do not look alike. Syllables can be told apart where
 * they meet, so different numbers have different stems.
 */
static void put_stem(char *out, size_t *len, uint32_t number)
{
	uint32_t copy, copies, k = opening_of(number % OPENINGS, &copy, &copies);
	uint64_t rest = (uint64_t)(number / OPENINGS) * copies + copy;
	uint64_t more = rest / CLOSED;
	uint32_t last = (uint32_t)(rest % CLOSED * 1237 + k * 577) % CLOSED;

	put_open(out, len, k * 37 % OPEN);
	for (; more; more = (more - 1) / OPEN)
		put_open(out, len, (uint32_t)((more - 1) * 89 + last) % OPEN);
	put_open(out, len, last / CODAS);
	put(out, len, codas[last % CODAS]);
}

/* The rank of the i-th function word, both from 1 on. */
static uint32_t function_rank(uint32_t i)
{
	return i <= DENSE_FUNCTION_WORDS ? i : i * i / DENSE_FUNCTION_WORDS;
}

/* How many function words have a rank up to this one. */
static uint32_t function_words_to(uint32_t rank)
{
	uint32_t low = 0, high = FUNCTION_WORDS;

	if (rank >= function_rank(FUNCTION_WORDS))
		return FUNCTION_WORDS;
	while (low < high) {
		uint32_t middle = low + (high - low + 1) / 2;

		if (function_rank(middle) <= rank)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* An ending, and the first stem that takes it; one more stem does after each round. */
typedef struct ending {
	const char *text;
	uint32_t    first;
} ending;

static void put_inflected(char *out, size_t *len, uint32_t stem, const ending *e)
{
	put_stem(out, len, stem + e->first);
	put(out, len, e->text);
}

/*
 * The word of a number from 0 on, function words left out. A word with an ending may be more
 * frequent than its stem, as some plurals are, but most are rarer.
 */
static void put_word(char *out, size_t *len, uint32_t n)
{
	static const ending endings[] = {{"ity", 6000}, {"s", 20},     {"s", 21},   {"ed", 300},
	                                 {"ing", 900},  {"ation", 90}, {"al", 2500}};
	uint32_t            round = n / PERIOD, kind = n % PERIOD;

	if (kind < NEW_STEMS)
		put_stem(out, len, round * NEW_STEMS + kind);
	else if (kind == NEW_STEMS && round % 2)
		*len = (size_t)snprintf(out, CORPUS_SPELL_SIZE, "%u", round / 2 + 1);
	else if (kind == NEW_STEMS)
		put_inflected(out, len, round / 2, &endings[0]);
	else
		put_inflected(out, len, kind < NEW_STEMS + 3 ? round * 2 : round,
		              &endings[kind - NEW_STEMS]);
}

size_t corpus_spell(uint32_t rank, char out[CORPUS_SPELL_SIZE])
{
	uint32_t before = function_words_to(rank);
	size_t   len = 0;

	if (before && function_rank(before) == rank)
		put(out, &len, function_words[before - 1]);
	else
		put_word(out, &len, rank - 1 - before);
	return len;
}

static void capital(char *out)
{
	if (*out >= 'a' && *out <= 'z')
		*out = (char)(*out - 'a' + 'A');
}

size_t corpus_spell_family(uint32_t number, char out[CORPUS_SPELL_SIZE])
{
	static const char *const endings[] = {"", "ov", "a", "i", "sen", "ez", "man", ""};
	size_t                   len = 0;

	/* The rank of a word with the same stem is far from it, so that few are words as well. */
	put_stem(out, &len, number * 7 + 50021);
	put(out, &len, endings[corpus_mix(number) % (sizeof endings / sizeof *endings)]);
	capital(out);
	return len;
}

size_t corpus_spell_given(uint32_t number, char out[CORPUS_SPELL_SIZE])
{
	size_t len = 0;

	put_open(out, &len, (uint32_t)(corpus_mix(number) % OPEN));
	put_open(out, &len, number % OPEN);
	put(out, &len, number & 1 ? "n" : "a");
	capital(out);
	return len;
}

struct corpus_speller {
	struct {
		char    text[CORPUS_SPELL_SIZE - 2]; /* the spelling of any of them is shorter */
		uint8_t len, function_word;
	} words[KEPT];
};

corpus_speller *corpus_speller_new(void)
{
	corpus_speller *speller = mem_calloc(1, sizeof *speller);
	char            out[CORPUS_SPELL_SIZE];

	if (!speller)
		bench_fail("spelling words", "out of memory");
	for (uint32_t rank = 1; rank < KEPT; rank++) {
		size_t   len = corpus_spell(rank, out);
		uint32_t before = function_words_to(rank);

		memcpy(speller->words[rank].text, out, len);
		speller->words[rank].function_word = before && function_rank(before) == rank;
		speller->words[rank].len = (uint8_t)len;
	}
	return speller;
}

void corpus_speller_free(corpus_speller *speller)
{
	mem_free(speller);
}

const char *corpus_speller_word(const corpus_speller *speller, uint32_t rank,
                                char out[CORPUS_SPELL_SIZE], size_t *len)
{
	if (rank < KEPT) {
		*len = speller->words[rank].len;
		return speller->words[rank].text;
	}
	*len = corpus_spell(rank, out);
	return out;
}

int corpus_speller_is_function_word(const corpus_speller *speller, uint32_t rank)
{
	return rank < KEPT && speller->words[rank].function_word;
}

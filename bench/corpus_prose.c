#include "corpus_prose.h"

#include <math.h>
#include <string.h>

#include "corpus_topic.h"

/*
 * The law from which words are drawn: in a million words. It differs from what is counted in the
 * papers in the end, since words that are repeated are none of the most frequent ones.
 */
static const corpus_knot word_knots[] = {
	{1, 38500}, {2, 25300}, {5, 28500},  {10, 12800}, {20, 4000},   {50, 2650},   {100, 1550},
	{200, 720}, {500, 350}, {1000, 215}, {2000, 93},  {5000, 19.5}, {10000, 6.9}, {20000, 2.4},
};
static const double word_tail = 1.87;

enum {
	FIRST_CONTENT = 21, /* the ranks before it are dense with function words */
	FIELD_WIDTH = 5,    /* of 2^5 neighbours in frequency, a field prefers one */
	THEME_WIDTH = 9,
	FIRST_RARE = 4096, /* words that are in use for a time, in groups of 2^ERA_WIDTH */
	ERA_WIDTH = 3,
	ERA_MONTHS = 24,
	FOLLOWERS = 12, /* words that a word is often followed by */
	PARTICLE_TRIES = 4,
	COLUMNS = 75,
	QUANTILES = 9
};

/* How often, of all words that are drawn. */
static const double from_title = 0.075, repeated = 0.2;
/* Of words behind a function word, or another. */
static const double after_function_word = 0.35, following = 0.43, with_particle = 0.32;
/* Of those that are drawn anew. */
static const double of_field = 0.35, of_theme = 0.35;
/* Of rare words, those that are drawn from what is in use. */
static const double of_time = 0.95;
static const double function_left_out = 0.45; /* of a title */
static const double hyphen = 0.012, comma = 0.05, formula = 0.008;
/* Of the words of a title, those that are the rarer one of two. */
static const double title_choice = 0.5;
/* A follower's rank is within this power of two of the word's. */
static const double follower_spread = 3;

/* A share `below` of the texts are shorter than `words`. */
typedef struct quantile {
	double below, words;
} quantile;

static const quantile title_lengths[QUANTILES] = {
	{0, 2},     {0.05, 5},  {0.1, 6},   {0.25, 8}, {0.5, 10},
	{0.75, 13}, {0.95, 17}, {0.99, 21}, {1, 32},
};
static const quantile abstract_lengths[QUANTILES] = {
	{0, 12},     {0.05, 48},  {0.1, 66},   {0.25, 103}, {0.5, 148},
	{0.75, 195}, {0.95, 261}, {0.99, 295}, {1, 340},
};

/* Ready for a JSON string. */
static const char *const formulas[] = {
	"$\\\\alpha$",       "$L^2$",        "$O(n \\\\log n)$",
	"$\\\\mathbb{R}^n$", "$10^{-3}$",    "CO$_2$",
	"$\\\\sim 5\\\\%$",  "$x_i$",        "$k$",
	"$\\\\beta$",        "$p<0.05$",     "$\\\\Gamma$",
	"$n \\\\ge 2$",      "$\\\\lambda$", "2D",
};

void corpus_language_init(corpus_language *language)
{
	language->words = corpus_law_new(word_knots, sizeof word_knots / sizeof *word_knots,
	                                 word_tail);
	language->speller = corpus_speller_new();
}

void corpus_language_free(corpus_language *language)
{
	corpus_law_free(language->words);
	corpus_speller_free(language->speller);
}

static unsigned draw_length(corpus_prose *p, const quantile *q)
{
	double u = corpus_random_unit(&p->random);
	int    i = 1;

	while (i < QUANTILES - 1 && u >= q[i].below)
		i++;
	return (unsigned)(q[i - 1].words +
	                  (u - q[i - 1].below) / (q[i].below - q[i - 1].below) *
	                          (q[i].words - q[i - 1].words) +
	                  0.5);
}

/* A number from 0 on, each half as likely as the one before, at most `limit`. */
static unsigned draw_halving(corpus_prose *p, unsigned limit)
{
	uint64_t bits = corpus_random_next(&p->random);
	unsigned n = 0;

	while (n < limit && bits >> n & 1)
		n++;
	return n;
}

/*
 * One of the words that often stand behind that of `rank`, the first ones most often. They are
 * about as frequent as it is, lest a word that seldom follows a frequent one became frequent; of
 * those that follow a function word, the less likely ones may be rarer. Behind rare words stand
 * more frequent ones.
 */
static uint32_t follower(corpus_prose *p, uint32_t rank)
{
	unsigned which = draw_halving(p, FOLLOWERS - 1);
	uint64_t h = corpus_mix((uint64_t)rank * FOLLOWERS + which + 1);
	double   u = (double)(h >> 11) / 9007199254740992.0, near;

	if (rank < FIRST_CONTENT)
		return (uint32_t)exp2(u * (2 + which));
	u = (u * 2 - (rank < FIRST_RARE ? 1 : 2)) * follower_spread;
	near = rank * exp2(u);
	/* What would be a function word is as much rarer than the first content word. */
	return (uint32_t)(near < FIRST_CONTENT ? FIRST_CONTENT / near * FIRST_CONTENT : near);
}

/* The function word that most often stands behind that of `rank`; 0: none. */
static uint32_t particle(const corpus_prose *p, uint32_t rank)
{
	corpus_random fixed = {rank};

	for (int i = 0; i < PARTICLE_TRIES; i++) {
		uint32_t found = corpus_law_draw(p->language->words, &fixed);

		if (found < FIRST_CONTENT)
			return found;
	}
	return 0;
}

/*
 * Of a group of neighbours among the rarer words, the one that is in use at the time: vocabulary
 * comes and goes, so that it grows less while time stands still.
 */
static uint32_t word_of_time(const corpus_prose *p, uint32_t rank)
{
	uint32_t group = rank >> ERA_WIDTH;

	return corpus_theme_word((p->month + group % ERA_MONTHS) / ERA_MONTHS, rank, ERA_WIDTH);
}

/* The word of a theme that takes the place of one as frequent; rarer ones are its alone. */
static uint32_t themed(corpus_prose *p, uint32_t rank)
{
	double u = corpus_random_unit(&p->random);

	if (u < of_field)
		return corpus_theme_word(p->field, rank, FIELD_WIDTH);
	if (u < of_field + of_theme)
		return corpus_theme_word(p->theme, rank, THEME_WIDTH);
	return rank;
}

static uint32_t draw_new(corpus_prose *p)
{
	uint32_t rank = corpus_law_draw(p->language->words, &p->random);

	if (!p->in_title && corpus_random_unit(&p->random) < title_choice) {
		uint32_t other = corpus_law_draw(p->language->words, &p->random);

		rank = rank > other ? rank : other;
	}
	if (rank < FIRST_CONTENT)
		return rank;
	if (rank < FIRST_RARE || corpus_random_unit(&p->random) >= of_time)
		return themed(p, rank);
	return word_of_time(p, themed(p, rank >> ERA_WIDTH) << ERA_WIDTH);
}

/* A word of the paper once more: of two, the rarer one, for rare words come in bursts. */
static uint32_t draw_again(corpus_prose *p, unsigned count)
{
	uint32_t a = p->said[corpus_random_below(&p->random, count)];
	uint32_t b = p->said[corpus_random_below(&p->random, count)];

	return a > b ? a : b;
}

/* A word that goes with the one before it; 0: none. */
static uint32_t draw_following(corpus_prose *p)
{
	double u = corpus_random_unit(&p->random);

	if (!p->before)
		return 0;
	if (p->before < FIRST_CONTENT)
		return u < after_function_word ? follower(p, p->before) : 0;
	if (u < following)
		return follower(p, p->before);
	return u < following + with_particle ? particle(p, p->before) : 0;
}

static uint32_t draw_any(corpus_prose *p)
{
	uint32_t rank = draw_following(p);
	double   u = corpus_random_unit(&p->random);

	if (rank)
		return rank;
	if (p->in_title && u < from_title)
		return p->said[corpus_random_below(&p->random, p->in_title)];
	if (p->said_count && u < from_title + repeated)
		return draw_again(p, p->said_count);
	return draw_new(p);
}

static uint32_t draw_word(corpus_prose *p)
{
	uint32_t rank = draw_any(p);

	if (rank == p->before)
		rank = draw_new(p);
	if (rank >= FIRST_CONTENT && p->said_count < CORPUS_SAID_MAX &&
	    !corpus_speller_is_function_word(p->language->speller, rank))
		p->said[p->said_count++] = rank;
	p->before = rank;
	return rank;
}

static void put_rank(corpus_prose *p, uint32_t rank, int capital, buf *out)
{
	char        spelt[CORPUS_SPELL_SIZE];
	size_t      len;
	const char *text = corpus_speller_word(p->language->speller, rank, spelt, &len);

	buf_append(out, text, len);
	if (capital && buf_status(out, NULL) == SHEAF_OK) {
		char *first = out->data + out->len - len;

		if (*first >= 'a' && *first <= 'z')
			*first = (char)(*first - 'a' + 'A');
	}
}

void corpus_prose_title(corpus_prose *p, buf *out)
{
	unsigned count = draw_length(p, title_lengths);

	p->before = 0;
	for (unsigned i = 0; i < count; i++) {
		uint32_t rank = draw_word(p);

		while (rank < FIRST_CONTENT && corpus_random_unit(&p->random) < function_left_out)
			rank = draw_word(p);
		if (i)
			buf_putc(out, ' ');
		put_rank(p, rank, i == 0, out);
	}
	p->in_title = p->said_count;
}

/* A blank, or a line break where the line is long enough. */
static void put_gap(corpus_prose *p, buf *out)
{
	if (out->len - p->line < COLUMNS) {
		buf_putc(out, ' ');
		return;
	}
	buf_puts(out, "\\n");
	p->line = out->len;
}

/* What stands between two words inside a sentence. */
static void put_between(corpus_prose *p, buf *out)
{
	double u = corpus_random_unit(&p->random);

	if (u < hyphen && p->before >= FIRST_CONTENT) {
		buf_putc(out, '-');
		return;
	}
	u -= hyphen;
	if (u < comma)
		buf_putc(out, ',');
	put_gap(p, out);
	if (u >= comma && u < comma + formula) {
		buf_puts(out, formulas[corpus_random_below(&p->random,
		                                           sizeof formulas / sizeof *formulas)]);
		put_gap(p, out);
	}
}

void corpus_prose_abstract(corpus_prose *p, buf *out)
{
	unsigned count = draw_length(p, abstract_lengths), left = 0;

	p->before = 0;
	buf_puts(out, "  ");
	p->line = out->len;
	while (count--) {
		int first = !left;

		if (first)
			left = 12 + corpus_random_below(&p->random, 22);
		put_rank(p, draw_word(p), first, out);
		if (!--left || !count) {
			buf_putc(out, '.');
			p->before = 0;
			if (count)
				put_gap(p, out);
		} else {
			put_between(p, out);
		}
	}
	buf_puts(out, "\\n");
}

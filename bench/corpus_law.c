#include "corpus_law.h"

#include <math.h>

#include "alloc.h"
#include "bench_util.h"

/*
 * The inverse of the distribution function in two tables of equal steps: one over all, and a finer
 * one over the rare end, where ranks lie far apart. Past its last step the formula is worked out.
 */
enum { STEPS = 1 << 14, RARE_PART = 64 };

struct corpus_law {
	double head[STEPS + 1]; /* at i / STEPS: the rank, as a fraction of the way through it */
	double rare[STEPS + 1]; /* at 1 - (1 - i / STEPS) / RARE_PART */
	double last;            /* rank of the last knot */
	double beyond;          /* probability of ranks past it */
	double tail;
};

static double frequency_at(const corpus_knot *knots, size_t count, double rank)
{
	size_t i = 1;
	double slope;

	while (i + 1 < count && knots[i].rank < rank)
		i++;
	if (count < 2)
		return knots[0].frequency;
	slope = log(knots[i].frequency / knots[i - 1].frequency) /
	        log(knots[i].rank / knots[i - 1].rank);
	return knots[i].frequency * pow(rank / knots[i].rank, slope);
}

/* The rank, not whole, below which the share 1 - `left` of all lies, where that is past `last`. */
static double rank_beyond(const corpus_law *law, double left)
{
	if (law->beyond <= 0 || left >= law->beyond)
		return law->last;
	return fmin(law->last * pow(left / law->beyond, -1 / (law->tail - 1)), CORPUS_RANK_MAX);
}

/* Fills the steps of a table that lie in (from, to], through which the rank `rank` runs. */
static void fill(double *table, double begin, double width, double from, double to, double rank)
{
	double step = ceil((from - begin) / width * STEPS);

	for (double i = fmax(step, 0); i <= STEPS; i++) {
		double at = begin + i / STEPS * width;

		if (at > to)
			break;
		table[(size_t)i] = rank + (to > from ? (at - from) / (to - from) : 0);
	}
}

static void fill_tables(corpus_law *law, const corpus_knot *knots, size_t count, double total)
{
	double below = 0, rare = 1 - 1.0 / RARE_PART;

	for (double rank = 1; rank <= law->last; rank++) {
		double to = below + frequency_at(knots, count, rank) / total;

		fill(law->head, 0, 1, below, to, rank);
		if (to >= rare)
			fill(law->rare, rare, 1 - rare, below, to, rank);
		below = to;
	}
	for (int i = 0; i <= STEPS; i++) {
		double left = 1 - (double)i / STEPS;

		if (left <= law->beyond || i == STEPS)
			law->head[i] = rank_beyond(law, left) + 1;
		if (left / RARE_PART <= law->beyond || i == STEPS)
			law->rare[i] = rank_beyond(law, left / RARE_PART) + 1;
	}
}

corpus_law *corpus_law_new(const corpus_knot *knots, size_t count, double tail)
{
	corpus_law *law = mem_calloc(1, sizeof *law);
	double      total = 0, beyond = 0;

	if (!law)
		bench_fail("a law of frequencies", "out of memory");
	law->last = knots[count - 1].rank;
	law->tail = tail;
	for (double rank = 1; rank <= law->last; rank++)
		total += frequency_at(knots, count, rank);
	if (tail > 1)
		beyond = knots[count - 1].frequency * law->last / (tail - 1);
	law->beyond = beyond / (total + beyond);
	fill_tables(law, knots, count, total + beyond);
	return law;
}

void corpus_law_free(corpus_law *law)
{
	mem_free(law);
}

static uint32_t between(const double *table, double x)
{
	size_t i = (size_t)x;

	return (uint32_t)(table[i] + (x - (double)i) * (table[i + 1] - table[i]));
}

uint32_t corpus_law_draw(const corpus_law *law, corpus_random *random)
{
	double left = 1 - corpus_random_unit(random), x; /* (0, 1] */

	if (left > 1.0 / RARE_PART)
		return between(law->head, (1 - left) * STEPS);
	x = (1 - left * RARE_PART) * STEPS;
	if (x < STEPS - 1 || law->beyond <= 0)
		return between(law->rare, fmin(x, STEPS - 1));
	return (uint32_t)rank_beyond(law, left);
}

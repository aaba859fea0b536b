#include "corpus_people.h"

#include <math.h>
#include <stddef.h>

#include "corpus_spell.h"
#include "corpus_topic.h"

enum {
	AUTHORS_MAX = 400,
	CIRCLE_WIDTH = 6,   /* of 2^6 people of like standing, a field has one */
	FOUNDERS = 400,     /* of about the same standing */
	GIVEN_NAMES = 1500, /* there are */
	FAMILY_NAMES = 60000,
	COUNTS = 16
};

/* People who have written until paper i: people_scale * i^people_growth. */
static const double people_scale = 17, people_growth = 0.93;
/* Who wrote first has written more: the share of the people below x has this power of papers. */
static const double standing = 0.57;
static const double of_circle = 0.6, initial_only = 0.2;

/* Papers with at most so many authors. */
static const struct {
	double   at_most;
	unsigned authors;
} counts[COUNTS] = {
	{0.202, 1},   {0.443, 2},   {0.640, 3},    {0.765, 4},       {0.843, 5},  {0.893, 6},
	{0.926, 7},   {0.948, 8},   {0.962, 9},    {0.972, 10},      {0.983, 12}, {0.9897, 15},
	{0.9945, 20}, {0.9972, 30}, {0.9993, 100}, {1, AUTHORS_MAX},
};

static unsigned draw_count(corpus_random *random)
{
	double   u = corpus_random_unit(random);
	unsigned i = 0, least;

	while (i < COUNTS - 1 && u >= counts[i].at_most)
		i++;
	least = i ? counts[i - 1].authors + 1 : 1;
	return least + corpus_random_below(random, counts[i].authors - least + 1);
}

static uint32_t draw_person(corpus_random *random, uint64_t i, uint64_t field)
{
	double   people = people_scale * pow((double)i + 20, people_growth);
	uint32_t person = (uint32_t)(people * pow(corpus_random_unit(random), 1 / standing) +
	                             FOUNDERS * corpus_random_unit(random));

	if (corpus_random_unit(random) < of_circle)
		person = corpus_theme_word(~field, person, CIRCLE_WIDTH);
	return person;
}

typedef struct person_spelt {
	char given[CORPUS_SPELL_SIZE], family[CORPUS_SPELL_SIZE];
} person_spelt;

/* The same person has the same name everywhere; frequent names belong to many. */
static void spell_person(uint32_t person, person_spelt *out)
{
	corpus_random random = {person};
	double        u = corpus_random_unit(&random), v = corpus_random_unit(&random);

	corpus_spell_family((uint32_t)(FAMILY_NAMES * u * u), out->family);
	corpus_spell_given((uint32_t)(GIVEN_NAMES * v * v), out->given);
	if (corpus_random_unit(&random) < initial_only) {
		out->given[1] = '.';
		out->given[2] = 0;
	}
}

void corpus_people_write(corpus_random *random, uint64_t i, uint64_t field, buf *out)
{
	person_spelt people[AUTHORS_MAX];
	unsigned     count = draw_count(random);

	for (unsigned k = 0; k < count; k++)
		spell_person(draw_person(random, i, field), &people[k]);
	buf_puts(out, "\"authors\":\"");
	for (unsigned k = 0; k < count; k++) {
		if (k)
			buf_puts(out, ", ");
		buf_puts(out, people[k].given);
		buf_putc(out, ' ');
		buf_puts(out, people[k].family);
	}
	buf_puts(out, "\",\"authors_parsed\":[");
	for (unsigned k = 0; k < count; k++) {
		buf_puts(out, k ? ",[\"" : "[\"");
		buf_puts(out, people[k].family);
		buf_puts(out, "\",\"");
		buf_puts(out, people[k].given);
		buf_puts(out, "\",\"\"]");
	}
	buf_putc(out, ']');
}

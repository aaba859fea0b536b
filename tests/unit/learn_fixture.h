/* learn_fixture.h: papers of three categories, each with words of its own among words of all. */
#ifndef LEARN_FIXTURE_H
#define LEARN_FIXTURE_H

#include "profile_fixture.h"

#include <stdio.h>

static const char *const learn_categories[] = {"cs.NE", "q-bio.NC", "math.NA"};

static inline unsigned learn_next(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % below;
}

/* Twelve words, a third of them of the category. */
static inline void learn_text(unsigned *seed, unsigned category, char *text, size_t size)
{
	static const char *const own[][5] = {
		{"spiking", "networks", "training", "neuromorphic", "gradient"},
		{"cortex", "neuron", "synapse", "brain", "stimulus"},
		{"solver", "matrix", "convergence", "discretization", "error"},
	};
	static const char *const all[] = {"we", "the", "results", "show", "method", "paper", "new"};
	size_t                   len = 0;

	for (int i = 0; i < 12; i++) {
		const char *text_word = i % 3 ? all[learn_next(seed, 7)]
		                              : own[category][learn_next(seed, 5)];

		len += (size_t)snprintf(text + len, size - len, i ? " %s" : "%s", text_word);
	}
}

/* `count` papers, of the categories in turn; each is cross-listed in the next. */
static inline void learn_papers(sheaf_database *db, int count)
{
	unsigned    seed = 7;
	sheaf_error err;

	must(sheaf_database_begin_transaction(db, &err), &err);
	for (int i = 0; i < count; i++) {
		unsigned category = (unsigned)i % 3;
		char     id[16], title[160], abstract[160], categories[40];

		snprintf(id, sizeof id, "24%02d.%05d", 1 + i / 9000, 1 + i % 9000);
		learn_text(&seed, category, title, sizeof title);
		learn_text(&seed, category, abstract, sizeof abstract);
		snprintf(categories, sizeof categories, "%s %s", learn_categories[category],
		         learn_categories[(category + 1) % 3]);
		fixture_put(db, id, title, abstract, "2024-01-05", categories);
	}
	must(sheaf_database_commit_transaction(db, &err), &err);
}

#endif

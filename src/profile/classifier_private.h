/* classifier_private.h: a set of profiles, ready to look at documents. */
#ifndef CLASSIFIER_PRIVATE_H
#define CLASSIFIER_PRIVATE_H

#include <sheaf/classifier.h>

#include "analysis.h"
#include "percolator.h"
#include "profile_private.h"

/* What is known of a profile from the papers that were there when it was first classified. */
typedef struct profile_model {
	int64_t archive;   /* papers in the database then; 0: there is no model */
	int64_t documents; /* of the sample */
	int64_t matches;   /* of those, that its query takes */
	double  average;   /* length of the sample's papers */
	double  mean;      /* weight of those that match */
	double *weights;   /* of the leaves: idf * burst; owned */
	size_t  count;     /* of leaves */
	int     made;      /* 1: it is not kept in the database yet */
} profile_model;

enum { NO_QUERY = -1 };

/* A profile's queries among the percolator's; NO_QUERY: it has none. */
typedef struct classifier_entry {
	int64_t       query, require, exclude;
	size_t        terms; /* that make its length */
	double        k1;
	profile_model model;
} classifier_entry;

struct sheaf_classifier {
	sheaf_database          *db;
	const sheaf_profile_set *set;
	analyser                *analyser;
	analysis                *analysis;
	percolator              *percolator;
	classifier_entry        *entries;
	int64_t                  select;
	unsigned                 columns; /* that are looked at */
	sheaf_class             *classes; /* room for one a profile, and the fallback */
	unsigned char           *found;   /* by profile: its query matches the document at hand */
	buf                      text, scratch;
};

/* ---- classifier.c ---- */

/*
 * Parses and plans a query of the set's profiles; `own`: the one that it stands in, NULL: none. `p`
 * is all-zero; it borrows from `query`, and both are to be freed whatever the outcome.
 */
sheaf_status classifier_plan(const sheaf_classifier *c, const sheaf_profile *own, const char *text,
                             sheaf_query **query, plan *p, sheaf_error *err);
/* Shows a document to the percolator. `columns`: a bit each. */
sheaf_status classifier_show(sheaf_classifier *c, const sheaf_document *doc, unsigned columns,
                             sheaf_error *err);

/* ---- classifier_model.c ---- */

/*
 * Gives every profile its model: the one that is kept for its fingerprint, or a new one from a
 * sample of the database. `fingerprints`: one a profile.
 */
sheaf_status classifier_learn(sheaf_classifier *c, const uint64_t *fingerprints, sheaf_error *err);
/* Keeps the models that are new; inside a transaction, once the profiles have a state. */
sheaf_status classifier_keep(sheaf_classifier *c, sheaf_error *err);
/* What the document's length makes of all weights, where that is not in them. */
double classifier_share(const sheaf_classifier *c);
/* How improbable it is that a paper weighs so much, and which percentage that is. */
void classifier_score(const sheaf_classifier *c, size_t i, double weight, sheaf_class *result);

/* ---- classifier_decide.c ---- */

/*
 * Fills `classes` with the profiles that match a document, sorted by score, and the fallback last,
 * where it takes it; `found` says the same by profile.
 */
sheaf_status classifier_decide(sheaf_classifier *c, const sheaf_document *doc, size_t *count,
                               sheaf_error *err);

#endif

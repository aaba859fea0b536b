/*
 * sheaf/classifier.h: into which sections a document belongs, and why. It looks at the document
 * alone, stored or not, against all profiles of a set at once.
 *
 * With SHEAF_SCORE_BM25 a document has for each profile
 *
 *   weight = sum over the matched clauses of  factor * idf * burst * tf * (k1 + 1) / (tf + k1 * L)
 *
 * as in a search (docs/ARCHITECTURE.md, "Ranking"), where frequencies are those of an even sample of
 * the database, taken when the profile was first classified and kept with it, so that the weight of
 * a paper is the same tomorrow; it is taken anew, and all papers are classified again, when the
 * database has doubled. Weights of different profiles do not compare; scores do:
 *
 *   score = ln((N + 1) / (n + 1)) + weight / m
 *
 * where n of the N papers of the sample match, with the mean weight m: the negative logarithm of the
 * chance that some paper weighs that much, if the weights of those that match fall off
 * exponentially (Manmatha, Rath and Feng, "Modeling score distributions for combining the outputs of
 * search engines", SIGIR 2001).
 *
 * With SHEAF_SCORE_WEIGHTS
 *
 *   score = weight = bias + (180 / length)^0.3
 *                           * sum over the matched clauses of  factor * tf * (k1 + 1) / (tf + k1)
 *
 * with k1 = 3 and no frequency of any database: clauses as weights of evidence, the score a
 * logarithm of odds. Lengths are the words of title (each three times) and abstract, 20 at least.
 */
#ifndef SHEAF_CLASSIFIER_H
#define SHEAF_CLASSIFIER_H

#include <sheaf/profile.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_classifier sheaf_classifier;

/*
 * Makes ready the profiles of a set, which is borrowed until the classifier is freed; `db`, too,
 * which may be a read-only handle: what is not kept there yet is counted anew.
 * Errors: CONFIG (a query that cannot be run), those of reading.
 */
SHEAF_API sheaf_status sheaf_classifier_new(sheaf_database *db, const sheaf_profile_set *set,
                                            sheaf_classifier **classifier, sheaf_error *err);
/*
 * 1: only the words of title and abstract are looked at, as if nothing else were known of a
 * document; for measuring against the categories that its authors chose.
 */
SHEAF_API void sheaf_classifier_set_blind(sheaf_classifier *classifier, int blind);

/* Why a document is, or is not, in a section. */
typedef enum sheaf_verdict {
	SHEAF_VERDICT_IN = 0,
	SHEAF_VERDICT_NO_MATCH,    /* the query does not match */
	SHEAF_VERDICT_SELECT,      /* the digest's `select` does not */
	SHEAF_VERDICT_REQUIRE,     /* the profile's `require` does not */
	SHEAF_VERDICT_EXCLUDE,     /* its `exclude` does */
	SHEAF_VERDICT_MIN_PERCENT, /* less than its `min_percent` */
	SHEAF_VERDICT_LESS,        /* assign: best; another section has the higher score */
	SHEAF_VERDICT_TIE /* assign: best; the same score, but the other comes first in the file */
} sheaf_verdict;

/* A document and a section. */
typedef struct sheaf_class {
	size_t profile; /* its place in the set; SIZE_MAX: the fallback */
	sheaf_verdict verdict;
	double weight; /* or the number of keywords */
	double score;  /* compares between the profiles of a set */
	int percent;   /* of the score: 0 to 100 */
} sheaf_class;
/* Non-zero stops (INTERRUPTED). */
typedef int (*sheaf_class_fn)(void *ctx, const sheaf_class *result);
/*
 * Calls `fn` for each section that the document belongs in, by score, then by the order of the
 * file; with assign: best that is one at most.
 */
SHEAF_API sheaf_status sheaf_classifier_classify(sheaf_classifier *classifier,
                                                 const sheaf_document *doc, sheaf_class_fn fn,
                                                 void *ctx, sheaf_error *err);

/*
 * A clause of a profile's query, or a keyword, that the document has. Texts live until the same
 * profile's verdict was told.
 */
typedef struct sheaf_clause {
	const char *text;    /* as in a query: ti:"spiking network"^2; lives for the call */
	const char *fields;  /* where it was found: "title, abstract"; lives for the call */
	int64_t occurrences; /* with those in the title three times */
	double factor, idf;  /* what it weighs; idf 1 with SHEAF_SCORE_WEIGHTS */
	double weight;       /* its share of the document's */
} sheaf_clause;
typedef int (*sheaf_clause_fn)(void *ctx, const sheaf_class *result, const sheaf_clause *clause);
/*
 * Calls `fn` with the verdict of every profile, whether it matches or not, by score, then by the
 * order of the file, and `clause` (may be NULL) for each of its clauses that the document has,
 * heaviest first, before `fn` is called with the same profile. The fallback comes last, where the
 * document is in it.
 */
SHEAF_API sheaf_status sheaf_classifier_explain(sheaf_classifier *classifier,
                                                const sheaf_document *doc, sheaf_class_fn fn,
                                                sheaf_clause_fn clause, void *ctx,
                                                sheaf_error *err);
/* Frees a classifier. Takes NULL. */
SHEAF_API void sheaf_classifier_free(sheaf_classifier *classifier);

#ifdef __cplusplus
}
#endif

#endif

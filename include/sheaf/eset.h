/* sheaf/eset.h: documents marked relevant, and the terms that set them apart. */
#ifndef SHEAF_ESET_H
#define SHEAF_ESET_H

#include <sheaf/query.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A set of documents, each with a weight. */
typedef struct sheaf_rset sheaf_rset;

/* Makes an empty set. Ownership: free it with sheaf_rset_free(). */
SHEAF_API sheaf_status sheaf_rset_new(sheaf_rset **rset, sheaf_error *err);
/* Frees a set. Takes NULL. */
SHEAF_API void sheaf_rset_free(sheaf_rset *rset);
/*
 * Adds a document with a weight above 0 and up to 1e9 (1 is usual); one that is there gets the new
 * weight.
 */
SHEAF_API sheaf_status sheaf_rset_add_document(sheaf_rset *rset, sheaf_docid docid, double weight,
                                               sheaf_error *err);
/*
 * Adds prose that is no document of the database, as if it were the abstract of one, `len` bytes
 * (SIZE_MAX: up to its NUL; at most 1 MiB). Copied.
 */
SHEAF_API sheaf_status sheaf_rset_add_text(sheaf_rset *rset, const char *text, size_t len,
                                           double weight, sheaf_error *err);
SHEAF_API void sheaf_rset_remove_document(sheaf_rset *rset, sheaf_docid docid);
SHEAF_API int sheaf_rset_contains(const sheaf_rset *rset, sheaf_docid docid);
/* Documents and texts. */
SHEAF_API size_t sheaf_rset_size(const sheaf_rset *rset);

/*
 * How terms are weighed. N documents in all, n of them with the term, F its occurrences there; R
 * documents in the rset, r of them with the term, w the weight of one and tf the term's occurrences
 * in it. Texts of the rset count as documents in N, n, R and r. F, and tf in BO1, count a word of
 * the title three times.
 */
typedef enum sheaf_expansion {
	/*
	 * sqrt(p), p = sum of w * tf / length, over the sum of w: the relevance model of Lavrenko
	 * and Croft (SIGIR 2001), unsmoothed. For queries that grow by their own best hits.
	 */
	SHEAF_EXPANSION_RELEVANCE_MODEL = 0,
	/*
	 * T * log2((1 + F/N) / (F/N)) + log2(1 + F/N), T = sum of w * tf: Bose-Einstein 1,
	 * divergence from randomness (Amati, thesis, Glasgow 2003).
	 */
	SHEAF_EXPANSION_BO1,
	/*
	 * r * log((r + .5) (N - n - R + r + .5) / ((n - r + .5) (R - r + .5))): Robertson's offer
	 * weight (Journal of Documentation 46, 1990). Takes no notice of w.
	 */
	SHEAF_EXPANSION_TRAD
} sheaf_expansion;

/* Answers 1 for a term that may be in the eset. */
typedef int (*sheaf_expand_decider_fn)(void *ctx, const char *word, size_t len);

typedef struct sheaf_eset_options { /* all-zero means the defaults */
	sheaf_expansion scheme;
	/*
	 * Terms that a larger share of all documents has are left out. 0: 0.2, but none that ten
	 * documents or fewer have.
	 */
	double max_share;
	sheaf_expand_decider_fn decider; /* NULL: every term */
	void *decider_ctx;
} sheaf_eset_options;

/*
 * Terms, the best first: families of words with one stem. Never in it: function words of English
 * (where that is the stemmer), single letters, what begins with a digit, and what no document
 * outside the rset has, since it finds nothing new.
 */
typedef struct sheaf_eset sheaf_eset;

/* Frees a set. Takes NULL. */
SHEAF_API void sheaf_eset_free(sheaf_eset *eset);
SHEAF_API size_t sheaf_eset_size(const sheaf_eset *eset);
/* How many terms there were to choose from, before their frequencies were looked at. */
SHEAF_API size_t sheaf_eset_get_ebound(const sheaf_eset *eset);
/* The most frequent word of the term's family in the documents; NULL past the end. Borrowed. */
SHEAF_API const char *sheaf_eset_get_term(const sheaf_eset *eset, size_t i);
/* Above 0, in descending order. */
SHEAF_API double sheaf_eset_get_weight(const sheaf_eset *eset, size_t i);
/* Documents of the database, and of the rset, that have it. */
SHEAF_API int64_t sheaf_eset_get_termfreq(const sheaf_eset *eset, size_t i);
SHEAF_API size_t sheaf_eset_get_rset_freq(const sheaf_eset *eset, size_t i);
/*
 * The terms joined by OR, each scaled by its weight over the largest one times `factor`. Its
 * description is a query that a person can edit. Ownership: the caller frees the query.
 */
SHEAF_API sheaf_status sheaf_eset_get_query(const sheaf_eset *eset, double factor,
                                            sheaf_query **query, sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif

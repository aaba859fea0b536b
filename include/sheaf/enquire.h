/* sheaf/enquire.h: runs a query and ranks what it finds. */
#ifndef SHEAF_ENQUIRE_H
#define SHEAF_ENQUIRE_H

#include <sheaf/database.h>
#include <sheaf/eset.h>
#include <sheaf/match_spy.h>
#include <sheaf/mset.h>
#include <sheaf/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_enquire sheaf_enquire;

/* Makes an enquire session. `db` is borrowed and must outlive it. */
SHEAF_API sheaf_status sheaf_enquire_new(sheaf_database *db, sheaf_enquire **enquire,
                                         sheaf_error *err);
/* Frees a session and its query. Takes NULL. */
SHEAF_API void sheaf_enquire_free(sheaf_enquire *enquire);
/* Sets the query. Takes it. */
SHEAF_API void sheaf_enquire_set_query(sheaf_enquire *enquire, sheaf_query *query);
/* Multiplies occurrences in a text field. Defaults: title 3, every other text field 1. */
SHEAF_API void sheaf_enquire_set_field_weight(sheaf_enquire *enquire, sheaf_field field,
                                              double weight);
/* Best first; ties by newest revision. The default. */
SHEAF_API void sheaf_enquire_set_sort_by_relevance(sheaf_enquire *enquire);
/*
 * Orders by SUBMITTED, UPDATED, ANNOUNCED or DATE, newest first (`reverse`: oldest first);
 * ties by newest revision. Documents without the value come last.
 */
SHEAF_API void sheaf_enquire_set_sort_by_value(sheaf_enquire *enquire, sheaf_field field,
                                               int reverse);
/* The same; ties by relevance, then by newest revision. */
SHEAF_API void sheaf_enquire_set_sort_by_value_then_relevance(sheaf_enquire *enquire,
                                                              sheaf_field field, int reverse);
/* By relevance; ties by the value, then by newest revision. */
SHEAF_API void sheaf_enquire_set_sort_by_relevance_then_value(sheaf_enquire *enquire,
                                                              sheaf_field field, int reverse);
/*
 * Makes the sort by value one by the caller's value slot `slot`, the largest first (`reverse`: the
 * smallest). To be called after one of those above; the field given there no longer counts.
 */
SHEAF_API void sheaf_enquire_set_sort_slot(sheaf_enquire *enquire, uint32_t slot, int reverse);
/* Which of equals comes first: the newest revision (the default), or the oldest. */
typedef enum sheaf_docid_order {
	SHEAF_DOCID_DESCENDING = 0,
	SHEAF_DOCID_ASCENDING
} sheaf_docid_order;
SHEAF_API void sheaf_enquire_set_docid_order(sheaf_enquire *enquire, sheaf_docid_order order);
/*
 * Drops what weighs less than `weight`. 0: nothing. With a cutoff, here or by percentage,
 * neighbouring words of the query add nothing to a weight, so that no weight depends on what else
 * was found.
 */
SHEAF_API void sheaf_enquire_set_cutoff(sheaf_enquire *enquire, double weight);
/* Drops what has fewer than `percent` of a hundred, 0 to 100. 0: nothing. */
SHEAF_API void sheaf_enquire_set_cutoff_percent(sheaf_enquire *enquire, int percent);
/*
 * Gives up after `seconds` with what was found by then; the mset is then not exact. 0: never. The
 * clock is looked at between matches: opening the lists of many prefixes takes its time.
 */
SHEAF_API void sheaf_enquire_set_time_limit(sheaf_enquire *enquire, double seconds);

/*
 * Counts matches exactly where, by the documents that each of its words has, no more than
 * `check_at_least` can match; SIZE_MAX: always. 0, the default: exactly, but for queries of words
 * that very many documents have: alternatives (`a OR b`) in more than some 262,000 together, or
 * words that must all be there with more than some 16,000 of the rarest. There counting would take
 * longer than finding the best, and the number is estimated from evenly spread parts.
 */
SHEAF_API void sheaf_enquire_set_check_at_least(sheaf_enquire *enquire, size_t check_at_least);

/* How documents are weighed; docs/ARCHITECTURE.md, "Ranking", has the formula. */
typedef struct sheaf_weighting {
	double k1;              /* of BM25; 1.2 */
	double b;               /* of BM25, 0 to 1; 0.75 */
	double length_exponent; /* k1 grows by (query terms / 8) to this power; 0.3 */
	double burst; /* exponent of occurrences / documents in a term's weight; 0.25; 0: plain idf */
	double adjacency; /* weight of two neighbouring query words met side by side; 0.3; 0: none */
} sheaf_weighting;
/*
 * Neighbouring words count for the 100 best, where the order is by relevance, and without a cutoff.
 */
/*
 * The default scheme; NULL restores it. Errors: INVALID_ARGUMENT (negative or not finite; b above
 * 1).
 */
SHEAF_API sheaf_status sheaf_enquire_set_weighting(sheaf_enquire *enquire,
                                                   const sheaf_weighting *weighting,
                                                   sheaf_error *err);
/* All weights 0: the order is by date, or as asked for. Undone by sheaf_enquire_set_weighting(). */
SHEAF_API void sheaf_enquire_set_bool_weighting(sheaf_enquire *enquire);

/* Shows every match to `spy`, borrowed until the session is freed or the spies are cleared. */
SHEAF_API sheaf_status sheaf_enquire_add_matchspy(sheaf_enquire *enquire, sheaf_match_spy *spy,
                                                  sheaf_error *err);
SHEAF_API void sheaf_enquire_clear_matchspies(sheaf_enquire *enquire);
/* Only documents changed after revision `begin` and up to `end` (0, 0: all). */
SHEAF_API void sheaf_enquire_set_revision_range(sheaf_enquire *enquire, sheaf_revision begin,
                                                sheaf_revision end);
/*
 * Runs the query: the `maxitems` best after the first `first`. The weight is
 * Okapi BM25 (Robertson et al., TREC-3, 1994) over field-weighted frequencies
 * (BM25F in its simple form: Robertson, Zaragoza, Taylor, CIKM 2004);
 * docs/ARCHITECTURE.md, "Ranking", has the formula and its constants.
 * Ownership: the caller frees the mset. Errors: DATABASE_CORRUPT.
 */
SHEAF_API sheaf_status sheaf_enquire_get_mset(sheaf_enquire *enquire, size_t first, size_t maxitems,
                                              sheaf_mset **mset, sheaf_error *err);
/*
 * The terms that set the documents of `rset` apart from the rest, the best first, at most
 * `maxitems`. `options` NULL: the defaults. Ownership: the caller frees the eset. Errors:
 * DOC_NOT_FOUND.
 */
SHEAF_API sheaf_status sheaf_enquire_get_eset(sheaf_enquire *enquire, size_t maxitems,
                                              const sheaf_rset *rset,
                                              const sheaf_eset_options *options, sheaf_eset **eset,
                                              sheaf_error *err);

/*
 * Lets the query grow by the terms of its own best hits (pseudo-relevance feedback): runs it, takes
 * the best `documents` (0: 10), weighted by 1 / rank, and joins the best `terms` (0: 50) of their
 * eset to the words of the query by OR, with at most 0.6 of their weight. Filters and exclusions
 * hold as before. A query without words stays as it is.
 */
SHEAF_API sheaf_status sheaf_enquire_expand(sheaf_enquire *enquire, size_t documents, size_t terms,
                                            sheaf_error *err);

/* A part of the query as one document has it. Strings live for the call that passes them. */
typedef struct sheaf_matching_term {
	const char *description; /* the leaf, as queries write it; two neighbours: `"a b"` */
	int adjacency;           /* 1: not a leaf but two neighbouring words, met side by side */
	int filter;              /* 1: it restricts, and adds no weight */
	int64_t termfreq;        /* documents that have it (neighbours: about); 0 for a filter */
	int64_t collection_freq; /* weighted occurrences in all documents; 0 for a filter */
	double wdf;              /* weighted occurrences in this document */
	uint32_t field_wdf[SHEAF_FIELD_COUNT]; /* occurrences in this document, by text field */
	double factor;                         /* the query's own factor for it */
	double idf;                            /* what each document that has it starts from */
	double weight;                         /* what it adds here */
} sheaf_matching_term;
/* Called for each. Non-zero stops. */
typedef int (*sheaf_matching_term_fn)(void *ctx, const sheaf_matching_term *term);
/*
 * Tells which parts of the query a document has and what they weigh; the weights add up to the
 * document's. Errors: DOC_NOT_FOUND (no such document, or it does not match); INTERRUPTED.
 */
SHEAF_API sheaf_status sheaf_enquire_each_matching_term(sheaf_enquire *enquire, sheaf_docid docid,
                                                        sheaf_matching_term_fn fn, void *ctx,
                                                        sheaf_error *err);
/* How the query would be run, in words, one step a line. sheaf_free() it. */
SHEAF_API sheaf_status sheaf_enquire_get_plan(sheaf_enquire *enquire, char **text,
                                              sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif

/* sheaf/suggest.h: the words that examples of a topic have in common. */
#ifndef SHEAF_SUGGEST_H
#define SHEAF_SUGGEST_H

#include <sheaf/database.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A word for a profile's query, and what speaks for it. */
typedef struct sheaf_suggestion {
	const char *term;  /* as it is written most often; lives for the call */
	double weight;     /* 1 for the best */
	int64_t liked;     /* papers of the examples that have it */
	int64_t unliked;   /* and of the counterexamples */
	int64_t documents; /* and of the database */
} sheaf_suggestion;
/* Non-zero stops (INTERRUPTED). */
typedef int (*sheaf_suggestion_fn)(void *ctx, const sheaf_suggestion *suggestion);

/*
 * Calls `fn` for the words that set `like` apart, the best first, `terms` at most (0: 30):
 *
 *   weight = b(like) - 0.5 * b(unlike)
 *
 * with b the Bo1 weight of the word in a set over the largest one of that set: Rocchio's feedback
 * ("Relevance feedback in information retrieval", 1971) over the terms of Amati's thesis (Glasgow,
 * 2003). What is left at 0 or below is no word for the query. Errors: INVALID_ARGUMENT (no example).
 */
SHEAF_API sheaf_status sheaf_suggest(sheaf_database *db, const sheaf_docid *like, size_t like_count,
                                     const sheaf_docid *unlike, size_t unlike_count, size_t terms,
                                     sheaf_suggestion_fn fn, void *ctx, sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif

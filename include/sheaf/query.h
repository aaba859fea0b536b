/* sheaf/query.h: what to look for, as a tree. */
#ifndef SHEAF_QUERY_H
#define SHEAF_QUERY_H

#include <sheaf/document.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_query sheaf_query;

typedef enum sheaf_op {
	SHEAF_OP_AND,
	SHEAF_OP_OR,
	SHEAF_OP_AND_NOT, /* the first, and none of the rest */
	SHEAF_OP_FILTER,  /* the first, restricted by the rest, which add no weight */
	SHEAF_OP_PHRASE,  /* adjacent terms in order; with a `window` wider than them, as NEAR */
	SHEAF_OP_NEAR     /* terms in any order, at most `window` words between neighbours */
} sheaf_op;

enum {
	SHEAF_TERM_STEMMED = 1, /* any word with the same stem */
	SHEAF_TERM_PREFIX = 2   /* any word that begins so */
};

/*
 * A leaf: `word` in `field` (ANY: every text field). For text fields the word is
 * folded and split as the index does it; several words make a phrase. Boolean
 * fields match the whole value.
 */
SHEAF_API sheaf_status sheaf_query_new_term(sheaf_field field, const char *word, unsigned flags,
                                            sheaf_query **query, sheaf_error *err);
/*
 * Combines `count` queries, at most 1024 levels deep. Takes the subqueries, also on failure.
 * `window` is for PHRASE and NEAR, whose subqueries must be terms of one text field without PREFIX
 * (0: adjacent; 10). No subqueries: matches nothing (AND, FILTER: everything).
 */
SHEAF_API sheaf_status sheaf_query_new_op(sheaf_op op, sheaf_query **subqueries, size_t count,
                                          unsigned window, sheaf_query **query, sheaf_error *err);
/*
 * Documents whose value of `field` (SUBMITTED, UPDATED, DATE) lies between
 * `begin` and `end`, both included, in seconds. INT64_MIN and INT64_MAX leave a
 * side open. A document of which only the month is known matches where the whole
 * month does.
 */
SHEAF_API sheaf_status sheaf_query_new_range(sheaf_field field, int64_t begin, int64_t end,
                                             sheaf_query **query, sheaf_error *err);
/* Every document. */
SHEAF_API sheaf_status sheaf_query_new_match_all(sheaf_query **query, sheaf_error *err);
/* Multiplies the weight of `query` by `factor`, 0 to a million. Takes it, also on failure. */
SHEAF_API sheaf_status sheaf_query_new_scale(sheaf_query *query, double factor,
                                             sheaf_query **scaled, sheaf_error *err);
/*
 * The tree in words, for people and tests: `(network AND title:"spiking neural")`. What the query
 * parser made reads back to the same tree. One line; sheaf_free() it.
 */
SHEAF_API sheaf_status sheaf_query_get_description(const sheaf_query *query, char **text,
                                                   sheaf_error *err);
/* 1 where the query matches nothing, whatever the database. */
SHEAF_API int sheaf_query_empty(const sheaf_query *query);
/* Frees a query. Takes NULL. */
SHEAF_API void sheaf_query_free(sheaf_query *query);

#ifdef __cplusplus
}
#endif

#endif

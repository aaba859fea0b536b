/* sheaf/query.h: what to look for, as a tree. */
#ifndef SHEAF_QUERY_H
#define SHEAF_QUERY_H

#include <sheaf/document.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_query sheaf_query;

/* The numbers are append-only. */
typedef enum sheaf_op {
	SHEAF_OP_AND,
	SHEAF_OP_OR,
	SHEAF_OP_AND_NOT,   /* the first, and none of the rest */
	SHEAF_OP_FILTER,    /* the first, restricted by the rest, which add no weight */
	SHEAF_OP_PHRASE,    /* terms in order, within `window` positions */
	SHEAF_OP_NEAR,      /* terms in any order, within `window` positions */
	SHEAF_OP_XOR,       /* an odd number of them */
	SHEAF_OP_AND_MAYBE, /* the first; the rest only add weight */
	SHEAF_OP_SYNONYM,   /* any of them, weighed together as one term */
	SHEAF_OP_ELITE_SET, /* any of the `window` that can weigh the most (0: 10) */
	/* in sheaf_query_get_type() only; each has a constructor of its own */
	SHEAF_OP_TERM = 100,
	SHEAF_OP_RANGE,
	SHEAF_OP_SLOT_RANGE,
	SHEAF_OP_WILDCARD,
	SHEAF_OP_SCALE_WEIGHT,
	SHEAF_OP_MATCH_ALL,
	SHEAF_OP_MATCH_NOTHING
} sheaf_op;

enum {
	SHEAF_TERM_STEMMED = 1, /* any word with the same stem */
	SHEAF_TERM_PREFIX = 2,  /* any word that begins so */
	SHEAF_TERM_NAME = 4,    /* AUTHOR: a person's name, met in its other forms, too */
	SHEAF_TERM_WHOLE =
		8 /* AUTHOR: the whole name of a person, just so but for case and accents */
};

/*
 * A leaf: `word` in `field` (ANY: every text field). For text fields the word is
 * folded and split as the index does it; several words make a phrase. Boolean
 * fields match the whole value, terms of SHEAF_FIELD_TERM byte by byte; a category also meets the
 * names arXiv has for the same one (cs.NA and math.NA), an archive or group all its classes. With
 * SHEAF_TERM_NAME, for AUTHOR: `word` is a person's name ("Yann LeCun", "LeCun, Y.", "lecun_y"),
 * and finds persons whose family name is the same and whose given names do not contradict it.
 */
SHEAF_API sheaf_status sheaf_query_new_term(sheaf_field field, const char *word, unsigned flags,
                                            sheaf_query **query, sheaf_error *err);
/*
 * Combines `count` queries, at most 1024 levels deep. Takes the subqueries, also on failure.
 * `window`: PHRASE and NEAR, whose subqueries must be terms of one text field without PREFIX, match
 * where all stand within so many neighbouring positions (0: PHRASE adjacent, NEAR 10 more than
 * there are terms less one; one smaller than their number becomes it); ELITE_SET, how many to
 * choose. SYNONYM takes terms, phrases, wildcards and SYNONYMs. No subqueries: matches nothing
 * (AND, FILTER, AND_MAYBE: everything).
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
/*
 * Documents whose value in one of the caller's slots lies between `begin` and `end`, both included,
 * compared as memcmp() does; NULL leaves a side open. A document without the value does not match.
 */
SHEAF_API sheaf_status sheaf_query_new_slot_range(uint32_t slot, const void *begin,
                                                  size_t begin_len, const void *end, size_t end_len,
                                                  sheaf_query **query, sheaf_error *err);

typedef enum sheaf_wildcard_limit {
	SHEAF_WILDCARD_LIMIT_ERROR = 0, /* more than `max` words: an error when the query is run */
	SHEAF_WILDCARD_LIMIT_FIRST,     /* the first `max` in byte order */
	SHEAF_WILDCARD_LIMIT_MOST_FREQUENT /* the `max` that the most documents have */
} sheaf_wildcard_limit;

/*
 * Any word of a text field that fits `pattern`: `*` stands for any letters, `?` for one; weighed as
 * one term. It is one word of letters and digits, the first of which must be given. `max` 0: no
 * limit, which only a pattern whose one `*` is its last letter may have; others: 1000.
 * Errors: INVALID_ARGUMENT (no letter before the first `*` or `?`; no text field).
 */
SHEAF_API sheaf_status sheaf_query_new_wildcard(sheaf_field field, const char *pattern,
                                                unsigned max, sheaf_wildcard_limit limit,
                                                sheaf_query **query, sheaf_error *err);
/* Every document. */
SHEAF_API sheaf_status sheaf_query_new_match_all(sheaf_query **query, sheaf_error *err);
/* Multiplies the weight of `query` by `factor`, 0 to a million. Takes it, also on failure. */
SHEAF_API sheaf_status sheaf_query_new_scale(sheaf_query *query, double factor,
                                             sheaf_query **scaled, sheaf_error *err);
/* A copy of the tree. Ownership: the caller frees it. */
SHEAF_API sheaf_status sheaf_query_copy(const sheaf_query *query, sheaf_query **copy,
                                        sheaf_error *err);

/* What the root of a tree is. Constructors simplify, so it may differ from what was asked for. */
SHEAF_API sheaf_op sheaf_query_get_type(const sheaf_query *query);
SHEAF_API size_t sheaf_query_get_num_subqueries(const sheaf_query *query);
/* Borrowed from `query`; NULL past the end. */
SHEAF_API const sheaf_query *sheaf_query_get_subquery(const sheaf_query *query, size_t i);

/* A TERM or WILDCARD leaf, as it was written. */
typedef struct sheaf_query_term {
	sheaf_field field;
	unsigned flags;   /* SHEAF_TERM_* */
	const char *text; /* lives for the call */
	double factor;    /* product of the scales above it */
	int excluded;     /* 1: it stands behind AND_NOT */
} sheaf_query_term;
/* Called for each leaf from left to right. Non-zero stops. */
typedef int (*sheaf_query_term_fn)(void *ctx, const sheaf_query_term *term);
/* Walks the TERM and WILDCARD leaves; `unique` 1: one of each. Errors: INTERRUPTED. */
SHEAF_API sheaf_status sheaf_query_each_term(const sheaf_query *query, int unique,
                                             sheaf_query_term_fn fn, void *ctx, sheaf_error *err);
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

/* drawn_query.h: a query made from a paper, and how each engine is asked it. */
#ifndef DRAWN_QUERY_H
#define DRAWN_QUERY_H

#include "buf.h"

typedef enum drawn_field {
	DRAWN_ANY = 0,
	DRAWN_TITLE,
	DRAWN_ABSTRACT,
	DRAWN_AUTHOR,
	DRAWN_FIELDS
} drawn_field;

typedef enum drawn_kind {
	DRAWN_WORDS = 0, /* one word */
	DRAWN_PHRASE,    /* words side by side */
	DRAWN_NEAR,      /* two words at most DRAWN_DISTANCE apart */
	DRAWN_PREFIX,    /* the beginning of a word */
	DRAWN_CATEGORY,
	DRAWN_DATES
} drawn_kind;

enum { DRAWN_DISTANCE = 5, DRAWN_CLAUSES_MAX = 8, DRAWN_TEXT_MAX = 256 };

typedef struct drawn_clause {
	drawn_kind  kind;
	drawn_field field;                /* of words */
	char        text[DRAWN_TEXT_MAX]; /* words with a blank between; a prefix; a category */
	int         year, first_month, last_month; /* DATES: both months belong to it */
} drawn_clause;

typedef struct drawn_query {
	drawn_clause clauses[DRAWN_CLAUSES_MAX];
	size_t       count;
	int          any; /* 1: one of the clauses is enough; 0: all must hold */
} drawn_query;

typedef enum drawn_engine {
	ENGINE_SHEAF = 0,
	ENGINE_XAPIAN, /* QueryParser: title:, author:, cat:, date: with a range processor */
	ENGINE_LUCENE, /* classic QueryParser, where any word is enough by default */
	ENGINE_FTS5,   /* MATCH, columns title, authors, abstract */
	ENGINE_COUNT
} drawn_engine;

/* Appends the query in the language of an engine, or "-" where it cannot be said there. */
void drawn_query_write(const drawn_query *query, drawn_engine engine, buf *out);

#endif

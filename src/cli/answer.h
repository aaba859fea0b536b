/* answer.h: the answer to a query, through a writer. */
#ifndef ANSWER_H
#define ANSWER_H

#include <sheaf/enquire.h>
#include <sheaf/writer.h>

#include "command.h"
#include "paper_output.h"

/* How answers look. */
typedef struct answer_style {
	int        colour, width; /* for text */
	sheaf_time now;           /* when the answer is made */
	int        snippets;      /* 1: with an extract of the abstract */
	int        highlight;     /* 1: matched words are marked in it */
	int        explain; /* 1: with what each part of the query adds; for the caller to set */
} answer_style;

typedef struct answer_query {
	const char        *id;           /* NULL: none */
	const char        *text;         /* as it was given */
	const char        *parsed;       /* as it was understood */
	const char        *did_you_mean; /* NULL: nothing */
	const sheaf_facet *facets;       /* counted once the query has run */
	size_t             facet_count;
} answer_query;

/* The style for this form on the session's standard output. */
answer_style answer_style_of(const session *s, const paper_output *p, int highlight);
/* Writes all papers of the mset, which `enquire` gave, as one list. */
sheaf_status answer_write(const answer_style *style, const answer_query *q, sheaf_enquire *enquire,
                          sheaf_mset *mset, sheaf_writer *writer, sheaf_error *err);

#endif

/* answer.h: the answer to a query, through a writer. */
#ifndef ANSWER_H
#define ANSWER_H

#include <sheaf/mset.h>
#include <sheaf/writer.h>

#include "command.h"

/* How answers look. */
typedef struct answer_style {
	int colour, width; /* for text */
	int snippets;      /* 1: with an extract of the abstract */
	int highlight;     /* 1: matched words are marked in it */
} answer_style;

typedef struct answer_query {
	const char *id;     /* NULL: none */
	const char *text;   /* as it was given */
	const char *parsed; /* as it was understood */
} answer_query;

/* The style for this format on the session's standard output. */
answer_style answer_style_of(const session *s, sheaf_format format, int highlight);
/* Writes all papers of the mset as one list. */
sheaf_status answer_write(const answer_style *style, const answer_query *q, sheaf_mset *mset,
                          sheaf_writer *writer, sheaf_error *err);

#endif

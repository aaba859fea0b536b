/* similar_query.h: from papers to the query for papers like them. */
#ifndef SIMILAR_QUERY_H
#define SIMILAR_QUERY_H

#include <sheaf/enquire.h>

#include "query_input.h"

/* What the papers are to be like. */
typedef struct similar_examples {
	session     *s;
	sheaf_rset  *rset;
	sheaf_docid *docids; /* of the papers among them, which are left out of the answer */
	size_t       count;
	size_t       found; /* words of the command line that lead to an example */
} similar_examples;

/*
 * The words that set the examples apart from the rest, each with its weight, without the examples
 * and restricted by the input's filter, in the words that the query reads back from; "" where there
 * is none. `*text` lives as long as the session.
 */
sheaf_status similar_query_text(const similar_examples *e, query_input *input, const char **text,
                                sheaf_error *err);

#endif

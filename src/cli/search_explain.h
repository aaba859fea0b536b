/* search_explain.h: why a paper was found, part by part of the query. */
#ifndef SEARCH_EXPLAIN_H
#define SEARCH_EXPLAIN_H

#include <sheaf/enquire.h>
#include <sheaf/writer.h>

#include "arena.h"

/* The explanations of one paper; all-zero is empty. */
typedef struct search_explain {
	arena              texts;
	sheaf_explanation *items;
	size_t             count, size; /* size: room in items */
} search_explain;

/*
 * Asks `enquire` which parts of its query the document has: where, how often, in how many documents
 * each is, and what it adds. Errors: DOC_NOT_FOUND, NOMEM.
 */
sheaf_status search_explain_paper(search_explain *e, sheaf_enquire *enquire, sheaf_docid docid,
                                  sheaf_error *err);
void         search_explain_free(search_explain *e);

#endif

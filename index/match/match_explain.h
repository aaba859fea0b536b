/* match_explain.h: what of a query one document has, collected while it is scored. */
#ifndef MATCH_EXPLAIN_H
#define MATCH_EXPLAIN_H

#include "match_run.h"

/* Filled by a run of the one document. */
typedef struct match_explanation {  /* all-zero is empty */
	sheaf_matching_term *terms; /* descriptions are owned */
	size_t               count;
	sheaf_database      *member;     /* that has the document */
	int                  found;      /* 1: the document matches */
	int                  with_pairs; /* 1: neighbours count in it */
} match_explanation;

/* Collects what the candidate at hand has. */
void match_explain_candidate(match_run_state *m, sheaf_revision revision);

#endif

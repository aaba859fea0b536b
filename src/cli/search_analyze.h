/* search_analyze.h: how a query was understood and how it is run, for people. */
#ifndef SEARCH_ANALYZE_H
#define SEARCH_ANALYZE_H

#include <sheaf/enquire.h>

#include "answer.h"

/* Prints the query as given, as understood in one line, and as a tree, a node a line. */
sheaf_status search_analyze_query(output *out, const answer_query *q, const sheaf_query *query,
                                  sheaf_error *err);
/* Prints the steps in which `enquire` would run its query. */
sheaf_status search_analyze_plan(output *out, sheaf_enquire *enquire, sheaf_error *err);

#endif

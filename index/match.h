/* match.h: runs a query: finds, scores and keeps the best. The ranking function is here. */
#ifndef MATCH_H
#define MATCH_H

#include <sheaf/database.h>

#include "buf.h"
#include "field.h"
#include "query_private.h"

typedef struct match_options {
	double         column_weight[COLUMN_TEXT_COUNT]; /* factors of frequencies */
	sheaf_revision after, until; /* only revisions in (after, until]; until 0: all */
	sheaf_field    sort;         /* ANY: by relevance; else SUBMITTED, UPDATED or DATE */
	int            reverse;      /* oldest first */
	double         cutoff;       /* least weight */
	size_t         keep;         /* items wanted, the best */
} match_options;

typedef struct match_item {
	sheaf_revision revision;
	sheaf_docid    docid;
	double         weight;
	int64_t        key; /* the value sorted by */
} match_item;

typedef struct match_result { /* all-zero is empty */
	match_item *items;    /* in order */
	size_t      count;
	int64_t     hits;
	double      max_attained, max_possible;
	double best_share; /* of the possible term weight, that of the terms the best document has
	                    */
} match_result;

/* Runs `query`. `result` is all-zero; free it with match_result_free(). */
sheaf_status match_run(sheaf_database *db, const sheaf_query *query, const match_options *options,
                       match_result *result, sheaf_error *err);
void         match_result_free(match_result *result);
/* The plan in words. */
sheaf_status match_describe(sheaf_database *db, const sheaf_query *query, buf *out,
                            sheaf_error *err);

#endif

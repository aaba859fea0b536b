/* match.h: runs a query: finds, scores and keeps the best. The ranking function is here. */
#ifndef MATCH_H
#define MATCH_H

#include <sheaf/enquire.h>

#include "buf.h"
#include "field.h"
#include "query_private.h"

/* Is shown every match as it is found; `place` is that of its database in a group. */
typedef struct match_hook {
	sheaf_status (*see)(void *ctx, sheaf_database *db, size_t place, sheaf_revision revision,
	                    double weight, sheaf_error *err);
	void *ctx;
	/*
	 * The same for many that ascend in one block of VALUE_BLOCK revisions, where weights do not matter.
	 * NULL: they do.
	 */
	sheaf_status (*see_many)(void *ctx, sheaf_database *db, size_t place,
	                         const sheaf_revision *revisions, size_t count, sheaf_error *err);
} match_hook;

typedef enum match_order {
	MATCH_BY_RELEVANCE = 0,
	MATCH_BY_VALUE,
	MATCH_BY_VALUE_THEN_RELEVANCE,
	MATCH_BY_RELEVANCE_THEN_VALUE
} match_order;

typedef struct match_options {
	double            column_weight[COLUMN_TEXT_COUNT]; /* factors of frequencies */
	sheaf_weighting   weighting;
	int               boolean;      /* 1: nothing weighs anything */
	sheaf_revision    after, until; /* only revisions in (after, until]; until 0: all */
	match_order       order;
	sheaf_field       sort;         /* the value: SUBMITTED, UPDATED or DATE */
	int               sort_by_slot; /* 1: the value of `slot`, in place of `sort` */
	uint32_t          slot;
	int               reverse;        /* smallest value first */
	int               oldest;         /* 1: of equals, the oldest revision comes first */
	double            cutoff;         /* least weight */
	int               percent;        /* least percentage */
	double            seconds;        /* the time limit; 0: none */
	size_t            keep;           /* items wanted, the best */
	size_t            check_at_least; /* so many matches are counted exactly at least */
	const match_hook *hooks;          /* borrowed */
	size_t            hook_count;
} match_options;

/* The defaults: BM25 with the weighting of docs/ARCHITECTURE.md, by relevance. */
match_options match_defaults(void);

typedef struct match_item {
	sheaf_revision revision;
	sheaf_docid    docid; /* of the group, where there are several databases */
	size_t         place; /* of its database in the group */
	double weight, share; /* share: of the possible term weight, that of the terms it has */
	double bonus; /* what neighbouring words of the query add; at most, where the next says so */
	uint64_t       pairs; /* those that are still to be looked for, a bit each */
	int64_t        key;   /* the value sorted by */
	unsigned char *bytes; /* of the slot sorted by, owned; NULL: none */
	size_t         len;
} match_item;

/* What is known of a leaf of the query. */
typedef struct match_term {
	char   *description; /* in the query language */
	int64_t documents, occurrences;
	double  weight; /* the most it can add */
} match_term;

typedef struct match_result { /* all-zero is empty */
	match_item *items;    /* in order */
	size_t      count;
	match_term *terms;
	size_t      term_count;
	int64_t     hits;        /* about, where the next two are not 0 */
	int64_t     fewer, more; /* by so many it may be fewer, or more */
	int         timed_out;   /* 1: it gave up; more may match */
	int64_t     documents;   /* of all databases */
	double      max_attained, max_possible;
	double best_share; /* of the possible term weight, that of the terms the best document has
	                    */
} match_result;

/* Runs `query`. `result` is all-zero; free it with match_result_free(). */
sheaf_status match_run(sheaf_database *db, const sheaf_query *query, const match_options *options,
                       match_result *result, sheaf_error *err);
void         match_result_free(match_result *result);
/* The percentage of a weight in a result, 1 to 100. */
int match_percent(double weight, double max_attained, double best_share);

/* Tells what of `query` a document has; for sheaf_enquire_each_matching_term(). */
sheaf_status match_explain(sheaf_database *db, const sheaf_query *query,
                           const match_options *options, sheaf_docid docid,
                           sheaf_matching_term_fn fn, void *ctx, sheaf_error *err);

/*
 * How many documents have a leaf (TERM, PHRASE, NEAR, SYNONYM), and how often they have it all
 * together, by default weights.
 */
sheaf_status match_count(sheaf_database *db, const sheaf_query *leaf, int64_t *documents,
                         int64_t *occurrences, sheaf_error *err);
/* The plan in words. */
sheaf_status match_describe(sheaf_database *db, const sheaf_query *query, buf *out,
                            sheaf_error *err);

#endif

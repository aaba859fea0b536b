/*
 * Pseudo-relevance feedback: the query grows by the terms of its own best hits. The constants are those
 * of tests/relevance/formulas.tsv.
 */
#include "enquire_private.h"
#include "error.h"
#include "query_tree.h"

enum { DOCUMENTS = 10, TERMS = 50 };
#define FACTOR 0.6 /* of the best term, where the query's own words have 1 */

/* A query taken apart: what adds to the score, and what restricts it, whatever is found. */
typedef struct query_parts {
	query_list scored;   /* all of them */
	query_list filters;  /* all of them */
	query_list excluded; /* none of them */
} query_parts;

/* Takes `q`; answers its first operand, the others go to `rest`. */
static sheaf_query *release(sheaf_query *q, query_list *rest)
{
	sheaf_query *first = q->sub[0];

	for (size_t i = 1; i < q->count; i++)
		query_list_push(rest, q->sub[i]);
	q->count = 0;
	sheaf_query_free(q);
	return first;
}

static void take_apart(sheaf_query *q, query_parts *parts);

static void take_apart_and(sheaf_query *q, query_parts *parts)
{
	query_list rest = {0};

	take_apart(release(q, &rest), parts);
	parts->scored.failed |= rest.failed;
	for (size_t i = 0; i < rest.count; i++) {
		take_apart(rest.items[i], parts);
		rest.items[i] = NULL;
	}
	query_list_clear(&rest);
}

/* What restricts the first operand of a SCALE or MAYBE restricts the whole. */
static void take_apart_inner(sheaf_query *q, query_parts *parts)
{
	query_parts  inner = {0};
	query_list   rest = {0};
	query_type   type = q->type;
	double       factor = q->factor;
	sheaf_query *base;

	take_apart(release(q, &rest), &inner);
	base = query_and(&inner.scored);
	if (!base)
		query_list_clear(&rest);
	else
		base = type == QUERY_SCALE ? query_scale(base, factor) : query_maybe(base, &rest);
	query_list_push(&parts->scored, base);
	query_list_move(&parts->filters, &inner.filters);
	query_list_move(&parts->excluded, &inner.excluded);
}

/* Takes `q`. */
static void take_apart(sheaf_query *q, query_parts *parts)
{
	if (query_is_filter(q))
		query_list_push(&parts->filters, q);
	else if (q->type == QUERY_AND)
		take_apart_and(q, parts);
	else if (q->type == QUERY_AND_NOT)
		take_apart(release(q, &parts->excluded), parts);
	else if (q->type == QUERY_FILTER)
		take_apart(release(q, &parts->filters), parts);
	else if (q->type == QUERY_SCALE || q->type == QUERY_MAYBE)
		take_apart_inner(q, parts);
	else
		query_list_push(&parts->scored, q);
}

/* Takes both. What is scored OR `more`, restricted as `query` is. NULL: out of memory. */
static sheaf_query *join(sheaf_query *query, sheaf_query *more)
{
	query_parts  parts = {0};
	query_list   either = {0};
	sheaf_query *q;

	take_apart(query, &parts);
	query_list_push(&either, query_and(&parts.scored));
	query_list_push(&either, more);
	q = query_or(&either);
	if (q && parts.excluded.count)
		q = query_and_not(q, &parts.excluded);
	if (q && parts.filters.count)
		q = query_filter(q, &parts.filters);
	if (parts.excluded.failed || parts.filters.failed) {
		sheaf_query_free(q);
		q = NULL;
	}
	query_list_clear(&parts.excluded);
	query_list_clear(&parts.filters);
	return q;
}

/* The best hits, each weighted by 1 / rank. */
static sheaf_status find_best(sheaf_enquire *e, size_t documents, sheaf_rset *rset,
                              sheaf_error *err)
{
	match_options options = e->options;
	match_result  result = {0};
	sheaf_status  status;

	options.order = MATCH_BY_RELEVANCE;
	options.cutoff = 0;
	options.percent = 0;
	options.hook_count = 0;
	options.keep = documents;
	status = match_run(e->db, e->query, &options, &result, err);
	for (size_t i = 0; status == SHEAF_OK && i < result.count; i++)
		status = sheaf_rset_add_document(rset, result.items[i].docid, 1 / ((double)i + 1),
		                                 err);
	match_result_free(&result);
	return status;
}

static sheaf_status grow(sheaf_enquire *e, const sheaf_eset *eset, sheaf_error *err)
{
	sheaf_query *more = NULL, *copy, *joined;
	sheaf_status status = sheaf_eset_get_query(eset, FACTOR, &more, err);

	if (status != SHEAF_OK)
		return status;
	copy = query_clone(e->query);
	if (!copy) {
		sheaf_query_free(more);
		return sheaf_nomem(err);
	}
	joined = join(copy, more);
	if (!joined)
		return sheaf_nomem(err);
	sheaf_enquire_set_query(e, joined);
	return SHEAF_OK;
}

sheaf_status sheaf_enquire_expand(sheaf_enquire *enquire, size_t documents, size_t terms,
                                  sheaf_error *err)
{
	sheaf_rset  *rset = NULL;
	sheaf_eset  *eset = NULL;
	sheaf_status status;

	if (!enquire)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no session");
	if (!enquire->query || enquire->options.boolean || query_is_filter(enquire->query))
		return SHEAF_OK;
	status = sheaf_rset_new(&rset, err);
	if (status == SHEAF_OK)
		status = find_best(enquire, documents ? documents : DOCUMENTS, rset, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_eset(enquire, terms ? terms : TERMS, rset, NULL, &eset,
		                                err);
	if (status == SHEAF_OK && sheaf_eset_size(eset))
		status = grow(enquire, eset, err);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
	return status;
}

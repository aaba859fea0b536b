/* The parts of a query that only the database can decide: wildcards and elite sets. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "bm25.h"
#include "error.h"
#include "match_run.h"
#include "query_tree.h"
#include "wildcard.h"

typedef struct rewriting {
	sheaf_database *db;
	sheaf_status    status;
	sheaf_error    *err;
} rewriting;

static int needs_rewriting(const sheaf_query *q)
{
	if (q->type == QUERY_WILDCARD || q->type == QUERY_ELITE)
		return 1;
	for (size_t i = 0; i < q->count; i++)
		if (needs_rewriting(q->sub[i]))
			return 1;
	return 0;
}

/* What a subquery can add at most. */
static double weight_of(rewriting *r, const sheaf_query *q)
{
	int64_t documents = group_totals(r->db).documents;
	plan    p = {0};
	double  sum = 0;

	r->status = plan_build(&r->db->tokenizer.config, q, &p, r->err);
	for (size_t i = 0; r->status == SHEAF_OK && i < p.leaf_count; i++) {
		leaf_counts counts;

		if (!p.leaves[i].weighted)
			continue;
		r->status = match_count_everywhere(r->db, &p.leaves[i], &counts, r->err);
		/* A term that no document has can add nothing. */
		if (counts.documents)
			sum += p.leaves[i].factor * bm25_idf(documents, counts.documents);
	}
	plan_free(&p);
	return sum;
}

typedef struct candidate {
	size_t place;
	double weight;
} candidate;

/* The heaviest first; of equals the earlier one. */
static int compare_candidates(const void *a, const void *b)
{
	const candidate *x = a, *y = b;

	if (x->weight < y->weight || x->weight > y->weight)
		return x->weight < y->weight ? 1 : -1;
	return (x->place > y->place) - (x->place < y->place);
}

/* Keeps the subqueries that `chosen` says, in the order in which they stand. */
static void keep_chosen(sheaf_query *q, const candidate *chosen, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < q->count; i++) {
		size_t at = 0;

		while (at < count && chosen[at].place != i)
			at++;
		if (at < count)
			q->sub[kept++] = q->sub[i];
		else
			sheaf_query_free(q->sub[i]);
	}
	q->count = kept;
}

/* Turns an elite set into the OR of those that can weigh the most. */
static void choose_elite(rewriting *r, sheaf_query *q)
{
	candidate *list = mem_calloc(q->count, sizeof *list);
	size_t     count = q->window < q->count ? q->window : q->count;

	if (!list) {
		r->status = sheaf_nomem(r->err);
		return;
	}
	for (size_t i = 0; r->status == SHEAF_OK && i < q->count; i++)
		list[i] = (candidate){i, weight_of(r, q->sub[i])};
	if (r->status == SHEAF_OK) {
		qsort(list, q->count, sizeof *list, compare_candidates);
		keep_chosen(q, list, count);
		q->type = QUERY_OR;
		q->window = 0;
	}
	mem_free(list);
}

static void rewrite(rewriting *r, sheaf_query **q)
{
	for (size_t i = 0; r->status == SHEAF_OK && i < (*q)->count; i++)
		rewrite(r, &(*q)->sub[i]);
	if (r->status == SHEAF_OK && (*q)->type == QUERY_ELITE)
		choose_elite(r, *q);
	if (r->status == SHEAF_OK && (*q)->type == QUERY_WILDCARD)
		r->status = wildcard_expand(r->db, q, r->err);
}

sheaf_status plan_prepare(sheaf_database *db, const sheaf_query *query, plan *p, sheaf_error *err)
{
	rewriting r = {db, SHEAF_OK, err};

	if (!query || !needs_rewriting(query))
		return plan_make(&db->tokenizer.config, query, p, err);
	p->rewritten = query_clone(query);
	if (!p->rewritten)
		return sheaf_nomem(err);
	rewrite(&r, &p->rewritten);
	if (r.status != SHEAF_OK)
		return r.status;
	return plan_make(&db->tokenizer.config, p->rewritten, p, err);
}

#include "match.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "match_run.h"
#include "statement.h"

/* A single term's document frequency is the number of its hits: no need to count it first. */
static int can_defer(const match_run_state *m)
{
	const plan *p = m->plan;

	return p->exact && !p->residual && p->leaf_count == 1 && p->leaves[0].weighted &&
	       !m->options->after && !m->options->until && m->options->cutoff <= 0;
}

static sheaf_status weigh_leaves(match_run_state *m, int defer, sheaf_error *err)
{
	const plan  *p = m->plan;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < p->leaf_count; i++) {
		const plan_leaf *leaf = &p->leaves[i];
		int64_t          df = 0;
		double           idf = 1;

		if (!leaf->weighted || !leaf->used)
			continue;
		if (!defer) {
			status = match_count_leaf(m->db, p, leaf, &df, err);
			idf = match_idf(m->db->totals.documents, df);
		}
		m->leaf_weight[i] = m->leaf_share[i] = leaf->factor * idf;
		m->total_share += m->leaf_share[i];
	}
	return status;
}

static sheaf_status allocate(match_run_state *m, sheaf_error *err)
{
	size_t leaves = m->plan->leaf_count;
	size_t keep = m->options->keep;

	if (keep > (size_t)m->db->totals.documents)
		keep = (size_t)m->db->totals.documents;
	m->leaf_weight = mem_calloc(leaves, sizeof *m->leaf_weight);
	m->leaf_share = mem_calloc(leaves, sizeof *m->leaf_share);
	m->present = mem_calloc(leaves, 1);
	m->leaf_score = mem_calloc(leaves, sizeof *m->leaf_score);
	m->heap = mem_calloc(keep, sizeof *m->heap);
	if (m->plan->sweep)
		m->seen = mem_calloc((size_t)(m->db->totals.revision >> 3) + 1, 1);
	if (!m->leaf_weight || !m->leaf_share || !m->present || !m->leaf_score || !m->heap ||
	    (m->plan->sweep && !m->seen))
		return sheaf_nomem(err);
	m->heap_size = keep;
	return SHEAF_OK;
}

static sheaf_status visit_candidates(match_run_state *m, sheaf_error *err)
{
	sheaf_revision after, until = m->db->totals.revision;
	sheaf_error    why = {SHEAF_OK, -1, ""};
	sqlite3_stmt  *stmt;
	int            row = 1;
	sheaf_status   status;

	if (!m->plan->fts.len)
		return SHEAF_OK;
	if (m->options->until && m->options->until < until)
		until = m->options->until;
	status = match_visit_list(m, &after, err);
	if (status != SHEAF_OK || after >= until)
		return status;
	status = statement_get(m->db, STMT_INDEX_MATCH, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, m->plan->fts.data, (int)m->plan->fts.len, SQLITE_STATIC);
	sqlite3_bind_pointer(stmt, 2, m, "sheaf_match", NULL);
	sqlite3_bind_int64(stmt, 3, after);
	sqlite3_bind_int64(stmt, 4, until);
	while (status == SHEAF_OK && row)
		status = statement_step(m->db, stmt, &row, &why);
	statement_reset(stmt);
	sqlite3_clear_bindings(stmt);
	/* Where the scorer failed, it has said why; SQLite knows only that it did. */
	if (m->status != SHEAF_OK)
		return m->status;
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

/* Documents that hold none of the query's terms, newest first. */
static sheaf_status visit_rest(match_run_state *m, sheaf_error *err)
{
	sheaf_revision until = m->db->totals.revision;
	sheaf_status   status = SHEAF_OK;

	if (!m->plan->sweep)
		return SHEAF_OK;
	memset(m->present, 0, m->plan->leaf_count);
	if (m->options->until && m->options->until < until)
		until = m->options->until;
	for (sheaf_revision r = until + 1;
	     (r = values_newest_alive(m->db, r - 1, m->options->after, &status, err));) {
		if (m->seen[r >> 3] & 1u << (r & 7))
			continue;
		if (match_test(m, m->plan->root, r))
			match_keep(m, r, 0, 0);
		if (m->status != SHEAF_OK)
			return m->status;
	}
	return status;
}

static sheaf_status find_docids(match_run_state *m, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->heap_count; i++) {
		int row = 0;

		status = statement_get(m->db, STMT_DOCUMENT_DOCID, &stmt, err);
		if (status != SHEAF_OK)
			return status;
		sqlite3_bind_int64(stmt, 1, m->heap[i].revision);
		status = statement_step(m->db, stmt, &row, err);
		if (status == SHEAF_OK && row)
			m->heap[i].docid = sqlite3_column_int64(stmt, 0);
		else if (status == SHEAF_OK)
			status = sheaf_fail(
				err, SHEAF_ERROR_DATABASE_CORRUPT,
				"%s: no document has revision %lld; run 'sheaf reindex'",
				m->db->path, (long long)m->heap[i].revision);
		statement_reset(stmt);
	}
	return status;
}

/* The weights of a deferred term, now that its hits are counted. */
static void apply_deferred(match_run_state *m)
{
	double idf = match_idf(m->db->totals.documents, m->hits);

	for (size_t i = 0; i < m->heap_count; i++)
		m->heap[i].weight *= idf;
	m->max_attained *= idf;
	m->best_share *= idf;
	m->total_share *= idf;
}

static void hand_over(match_run_state *m, match_result *result)
{
	result->items = m->heap;
	result->count = m->heap_count;
	result->hits = m->hits;
	result->max_attained = m->max_attained;
	result->max_possible = m->total_share * match_saturation_limit();
	result->best_share = m->total_share > 0 ? m->best_share / m->total_share : 1;
	m->heap = NULL;
}

static sheaf_status run(match_run_state *m, match_result *result, sheaf_error *err)
{
	int          defer = can_defer(m);
	sheaf_status status = allocate(m, err);

	if (status == SHEAF_OK)
		status = weigh_leaves(m, defer, err);
	if (status != SHEAF_OK)
		return status;
	if (m->sort == SHEAF_FIELD_ANY && m->total_share <= 0)
		m->sort = SHEAF_FIELD_DATE;
	m->avg_length = m->db->totals.documents
	                        ? (double)m->db->totals.length / (double)m->db->totals.documents
	                        : 1;
	if (m->avg_length <= 0)
		m->avg_length = 1;
	status = visit_candidates(m, err);
	if (status == SHEAF_OK)
		status = visit_rest(m, err);
	if (status != SHEAF_OK)
		return status;
	match_sort(m);
	if (defer)
		apply_deferred(m);
	status = find_docids(m, err);
	if (status == SHEAF_OK)
		hand_over(m, result);
	return status;
}

sheaf_status match_run(sheaf_database *db, const sheaf_query *query, const match_options *options,
                       match_result *result, sheaf_error *err)
{
	plan            p = {0};
	sheaf_error     own = {SHEAF_OK, -1, ""};
	match_run_state m = {.db = db,
	                     .plan = &p,
	                     .options = options,
	                     .sort = options->sort,
	                     .err = err ? err : &own};
	sheaf_status    status = database_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = plan_make(&db->tokenizer.config, query, &p, err);
	if (status == SHEAF_OK)
		status = run(&m, result, err);
	database_end_read(db);
	plan_free(&p);
	mem_free(m.leaf_weight);
	mem_free(m.leaf_share);
	mem_free(m.present);
	mem_free(m.leaf_score);
	mem_free(m.seen);
	mem_free(m.heap);
	return status;
}

void match_result_free(match_result *result)
{
	mem_free(result->items);
	memset(result, 0, sizeof *result);
}

sheaf_status match_describe(sheaf_database *db, const sheaf_query *query, buf *out,
                            sheaf_error *err)
{
	plan         p = {0};
	sheaf_status status = plan_make(&db->tokenizer.config, query, &p, err);

	if (status == SHEAF_OK) {
		plan_describe(&p, out);
		status = buf_status(out, err);
	}
	plan_free(&p);
	return status;
}

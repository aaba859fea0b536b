#include "match.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "match_explain.h"
#include "match_lists.h"
#include "match_run.h"
#include "statement.h"

match_options match_defaults(void)
{
	match_options o = {.weighting = {.k1 = 1.2,
	                                 .b = 0.75,
	                                 .length_exponent = 0.3,
	                                 .burst = 0.25,
	                                 .adjacency = 0.3}};

	memcpy(o.column_weight, match_default_weights(), sizeof o.column_weight);
	return o;
}

/*
 * The library has no clock of its own; SQLite's serves to measure a limit that the caller has set.
 */
static int64_t now_ms(void)
{
	sqlite3_vfs  *vfs = sqlite3_vfs_find(NULL);
	sqlite3_int64 now = 0;

	if (vfs && vfs->iVersion >= 2 && vfs->xCurrentTimeInt64)
		vfs->xCurrentTimeInt64(vfs, &now);
	return now;
}

enum { TICKS = 256 }; /* candidates between two looks at the clock */

int match_look_at_clock(match_run_state *m)
{
	if (!m->timed_out && ++m->ticks % TICKS == 0)
		m->timed_out = now_ms() >= m->deadline;
	return m->timed_out;
}

/* A single term's document frequency is the number of its hits: no need to count it first. */
static int can_defer(const match_run_state *m)
{
	const plan          *p = m->plan;
	const match_options *o = m->options;

	return !m->lists.count && p->exact && !p->residual && p->leaf_count == 1 &&
	       p->leaves[0].weighted && p->leaves[0].factor == 1 && !o->after && !o->until &&
	       o->cutoff <= 0 && o->percent <= 0 && !o->hook_count && o->seconds <= 0 &&
	       !o->boolean && !m->explanation && match_has_default_weights(o) &&
	       m->order != MATCH_BY_VALUE_THEN_RELEVANCE;
}

/*
 * Neighbours count where the order is by relevance and no weight decides what matches; then some
 * more have to be kept.
 */
static size_t items_to_keep(match_run_state *m)
{
	const match_options *o = m->options;
	size_t               keep = o->keep;

	if (!keep || o->cutoff > 0 || o->percent > 0 ||
	    (m->order != MATCH_BY_RELEVANCE && m->order != MATCH_BY_RELEVANCE_THEN_VALUE))
		m->pair_count = 0;
	if (m->pair_count && keep < MATCH_PAIRS_BEST)
		keep = MATCH_PAIRS_BEST;
	return keep > (size_t)m->documents ? (size_t)m->documents : keep;
}

static sheaf_status allocate(match_run_state *m, sheaf_error *err)
{
	size_t keep = items_to_keep(m);

	m->heap = mem_calloc(keep, sizeof *m->heap);
	if (!m->heap)
		return sheaf_nomem(err);
	m->heap_size = keep;
	return SHEAF_OK;
}

static sheaf_status begin_sweep(match_run_state *m, sheaf_error *err)
{
	mem_free(m->seen);
	m->seen = NULL;
	if (!m->plan->sweep)
		return SHEAF_OK;
	m->seen = mem_calloc((size_t)(m->db->totals.revision >> 3) + 1, 1);
	return m->seen ? SHEAF_OK : sheaf_nomem(err);
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
	status = match_lists_visit(m, &after, err);
	if (status == SHEAF_OK)
		status = match_narrow(m, &after, &until);
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
	/* Where the scorer stopped, it knows why; SQLite knows only that it did. */
	if (m->status != SHEAF_OK || m->timed_out)
		return m->status;
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

/* Documents that hold none of the query's terms, newest first. */
static sheaf_status visit_rest(match_run_state *m)
{
	sheaf_revision until = m->db->totals.revision;
	size_t         asked = SIZE_MAX;
	sheaf_status   status = SHEAF_OK;

	if (!m->plan->sweep || m->timed_out)
		return SHEAF_OK;
	for (size_t i = 0; i < m->plan->leaf_count; i++)
		m->leaves[i].present = 0;
	if (m->options->until && m->options->until < until)
		until = m->options->until;
	for (sheaf_revision r = until + 1; (r = match_next_rest(m, r - 1, &asked, &status));) {
		if (match_is_late(m))
			break;
		if (m->seen[r >> 3] & 1u << (r & 7))
			continue;
		if (match_test(m, m->plan->root, r) && m->status == SHEAF_OK)
			match_keep(m, r, 0, 0);
		if (m->status != SHEAF_OK)
			return m->status;
	}
	return status;
}

static sheaf_status visit_all(match_run_state *m, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < group_count(m->group); i++) {
		m->db = group_member(m->group, i);
		m->place = i;
		if (m->explanation && m->explanation->member != m->db)
			continue;
		status = begin_sweep(m, err);
		if (status == SHEAF_OK)
			status = visit_candidates(m, err);
		if (status == SHEAF_OK)
			status = visit_rest(m);
	}
	return status;
}

static sheaf_status find_docid(sheaf_database *group, match_item *item, sheaf_error *err)
{
	sheaf_database *db = group_member(group, item->place);
	sheaf_docid     own;
	sheaf_status    status = group_docid_of(db, item->revision, &own, err);

	item->docid = group_docid(group, item->place, own);
	return status;
}

static void sum_up(match_run_state *m)
{
	database_totals sum = group_totals(m->group);

	m->documents = sum.documents;
	m->avg_length = sum.documents ? (double)sum.length / (double)sum.documents : 1;
	if (m->avg_length <= 0)
		m->avg_length = 1;
}

static void choose_order(match_run_state *m)
{
	m->order = m->options->order;
	m->sort = m->options->sort;
	if (m->order == MATCH_BY_RELEVANCE && m->total_share <= 0) {
		m->order = MATCH_BY_VALUE;
		m->sort = SHEAF_FIELD_DATE;
	}
}

/* Shortens the list to what was asked for. */
static void cut(match_run_state *m)
{
	while (m->heap_count > m->options->keep)
		mem_free(m->heap[--m->heap_count].bytes);
}

/* What was estimated is put right by what was kept: at least so many match, and no more where there was room. */
static void settle_hits(match_run_state *m)
{
	int64_t kept = (int64_t)m->heap_count, least = m->hits - m->fewer, most = m->hits + m->more;

	if (least == most || m->timed_out)
		return;
	least = least > kept ? least : kept;
	if (m->heap_count < m->heap_size)
		most = least = kept;
	m->hits = m->hits < least ? least : m->hits > most ? most : m->hits;
	m->fewer = m->hits - least;
	m->more = most - m->hits;
}

static sheaf_status find(match_run_state *m, sheaf_error *err)
{
	sheaf_status status;

	sum_up(m);
	m->leaves = mem_calloc(m->plan->leaf_count, sizeof *m->leaves);
	if (!m->leaves)
		return sheaf_nomem(err);
	status = match_lists_open(m, err);
	if (status != SHEAF_OK)
		return status;
	m->deferred = can_defer(m);
	status = match_weigh_leaves(m, m->deferred, err);
	if (status != SHEAF_OK)
		return status;
	choose_order(m);
	if (m->options->seconds > 0)
		m->deadline = now_ms() + (int64_t)(m->options->seconds * 1000) + 1;
	status = allocate(m, err);
	if (status == SHEAF_OK)
		status = match_weigh_pairs(m, err);
	if (status == SHEAF_OK)
		status = visit_all(m, err);
	if (status != SHEAF_OK)
		return status;
	settle_hits(m);
	if (m->deferred)
		match_apply_deferred(m);
	match_sort(m);
	if (m->pair_count)
		status = match_apply_pairs(m, err);
	cut(m);
	for (size_t i = 0; status == SHEAF_OK && i < m->heap_count; i++)
		status = find_docid(m->group, &m->heap[i], err);
	return status;
}

/* What is known of the leaves, by their descriptions. */
static sheaf_status describe_terms(const match_run_state *m, match_result *result, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	result->terms = mem_calloc(m->plan->leaf_count, sizeof *result->terms);
	if (!result->terms)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < m->plan->leaf_count; i++) {
		match_term *t = &result->terms[i];

		if (!m->plan->leaves[i].weighted || !m->plan->leaves[i].used)
			continue;
		status = sheaf_query_get_description(m->plan->leaves[i].source, &t->description,
		                                     err);
		t->documents = m->leaves[i].counts.documents;
		t->occurrences = m->leaves[i].counts.occurrences;
		t->weight = m->leaves[i].weight * (m->k1 + 1);
		result->term_count = i + 1;
	}
	return status;
}

static double max_possible(const match_run_state *m)
{
	double sum = m->total_share;

	for (size_t i = 0; i < m->pair_count; i++)
		sum += m->pair_weight[i];
	return sum * (m->k1 + 1);
}

static sheaf_status hand_over(match_run_state *m, match_result *result, sheaf_error *err)
{
	result->items = m->heap;
	result->count = m->heap_count;
	result->hits = m->hits;
	result->fewer = m->fewer;
	result->more = m->more;
	result->timed_out = m->timed_out;
	result->documents = m->documents;
	result->max_attained = m->max_attained;
	result->max_possible = max_possible(m);
	result->best_share = m->total_share > 0 ? m->best_share / m->total_share : 1;
	m->heap = NULL;
	m->heap_count = 0;
	return describe_terms(m, result, err);
}

static void end_search(sheaf_database *db)
{
	for (size_t i = 0; i < group_count(db); i++)
		group_member(db, i)->searching = 0;
}

/* A spy may ask the database, but not search it: the statements of the run are in use. */
static sheaf_status begin_search(sheaf_database *db, sheaf_error *err)
{
	for (size_t i = 0; i < group_count(db); i++)
		if (group_member(db, i)->searching)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
			                  "a search is under way on this handle: open another one");
	for (size_t i = 0; i < group_count(db); i++)
		group_member(db, i)->searching = 1;
	return SHEAF_OK;
}

sheaf_status match_run_plan(sheaf_database *db, const plan *p, const match_options *options,
                            match_result *result, match_explanation *explanation, sheaf_error *err)
{
	sheaf_error     own = {SHEAF_OK, -1, ""};
	match_run_state m = {.group = db,
	                     .db = db,
	                     .plan = p,
	                     .options = options,
	                     .explanation = explanation,
	                     .err = err ? err : &own};
	sheaf_status    status;

	status = begin_search(db, err);
	if (status != SHEAF_OK)
		return status;
	status = find(&m, err);
	end_search(db);
	if (status == SHEAF_OK)
		status = hand_over(&m, result, err);
	match_items_free(m.heap, m.heap_count);
	match_lists_close(&m);
	mem_free(m.leaves);
	mem_free(m.seen);
	return status;
}

int match_percent(double weight, double max_attained, double best_share)
{
	double percent;

	if (max_attained <= 0)
		return 100;
	if (!(weight > 0))
		return 1;
	percent = 100 * best_share * weight / max_attained;
	/* Whatever matches is worth 1 at least. */
	return percent < 1 ? 1 : percent > 100 ? 100 : (int)(percent + 0.5);
}

/*
 * What a percentage is of is known only when the best document is: then all that weighs less is
 * dropped in a second run.
 */
static sheaf_status run_percent(sheaf_database *db, const plan *p, const match_options *options,
                                match_result *result, sheaf_error *err)
{
	match_options o = *options;
	double        least;
	sheaf_status  status;

	o.hooks = NULL;
	o.hook_count = 0;
	o.keep = o.keep ? o.keep : 1;
	status = match_run_plan(db, p, &o, result, NULL, err);
	if (status != SHEAF_OK)
		return status;
	o = *options;
	/*
	 * Whatever matches has one percent; and where nothing weighs anything, all have a hundred.
	 */
	if (o.percent > 1 && result->max_attained > 0 && result->best_share > 0) {
		least = (o.percent - 0.5) * result->max_attained / (100 * result->best_share);
		/* A hair lower: rounding must not drop what shows that very percentage. */
		least *= 1 - 1e-12;
		if (least > o.cutoff)
			o.cutoff = least;
	}
	match_result_free(result);
	return match_run_plan(db, p, &o, result, NULL, err);
}

sheaf_status match_run(sheaf_database *db, const sheaf_query *query, const match_options *options,
                       match_result *result, sheaf_error *err)
{
	plan         p = {0};
	sheaf_status status = group_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = plan_prepare(db, query, &p, err);
	if (status == SHEAF_OK)
		status = options->percent > 0 ? run_percent(db, &p, options, result, err)
		                              : match_run_plan(db, &p, options, result, NULL, err);
	group_end_read(db);
	plan_free(&p);
	return status;
}

void match_result_free(match_result *result)
{
	match_items_free(result->items, result->count);
	for (size_t i = 0; i < result->term_count; i++)
		sheaf_free(result->terms[i].description);
	mem_free(result->terms);
	memset(result, 0, sizeof *result);
}

sheaf_status match_count(sheaf_database *db, const sheaf_query *leaf, int64_t *documents,
                         int64_t *occurrences, sheaf_error *err)
{
	plan         p = {0};
	leaf_counts  counts = {0, 0};
	sheaf_status status = group_begin_read(db, err);

	*documents = *occurrences = 0;
	if (status != SHEAF_OK)
		return status;
	status = plan_prepare(db, leaf, &p, err);
	if (status == SHEAF_OK && p.leaf_count)
		status = match_count_everywhere(db, &p.leaves[0], &counts, err);
	*documents = counts.documents;
	*occurrences = counts.occurrences;
	group_end_read(db);
	plan_free(&p);
	return status;
}

sheaf_status match_describe(sheaf_database *db, const sheaf_query *query, buf *out,
                            sheaf_error *err)
{
	plan         p = {0};
	sheaf_status status = plan_prepare(db, query, &p, err);

	if (status == SHEAF_OK) {
		plan_describe(&p, out);
		status = buf_status(out, err);
	}
	plan_free(&p);
	return status;
}

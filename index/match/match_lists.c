#include "match_lists.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "field.h"

/* Lists hold frequencies under the default weights. */
int match_has_default_weights(const match_options *options)
{
	const double *weights = match_default_weights();

	for (int i = 0; i < COLUMN_TEXT_COUNT; i++)
		if (options->column_weight[i] < weights[i] ||
		    options->column_weight[i] > weights[i])
			return 0;
	return 1;
}

/* 1 where lists can answer the query, whichever database it is asked of. */
static int can_use(const match_run_state *m)
{
	for (size_t i = 0; i < group_count(m->group); i++)
		if (group_member(m->group, i)->in_transaction)
			return 0;
	return !m->explanation && match_has_default_weights(m->options) && match_walk_can(m->plan);
}

/* What the walks of one database share. */
typedef struct match_part {
	ranking_run newest; /* the revisions behind all runs, as one without lists */
	leaf_pages *pages;  /* by leaf; owned */
} match_part;

static sheaf_status add_walk(match_run_state *m, sheaf_database *db, const ranking_run *run,
                             leaf_pages *pages, sheaf_error *err)
{
	match_lists *lists = &m->lists;
	match_walk  *grown = mem_realloc_array(lists->walks, lists->count + 1, sizeof *grown);

	if (!grown)
		return sheaf_nomem(err);
	lists->walks = grown;
	return match_walk_open(&grown[lists->count++], m, db, run, pages, err);
}

/*
 * FTS5 is quick to find the few newest documents that have a word. But to find those that have one of a
 * prefix it looks at all documents, and what looks for a sequence in the pages has found them on its way; so then
 * all are looked for there.
 */
static int walks_newest(const plan *p)
{
	for (size_t i = 0; i < p->leaf_count; i++)
		if (p->leaves[i].used &&
		    (p->leaves[i].tokens->prefix || p->leaves[i].tokens->sequence))
			return 1;
	return 0;
}

/* Of a leaf whose counts are known, only what is asked for is read. */
static void narrow(match_run_state *m, sheaf_database *db, const plan_leaf *leaf, leaf_pages *pages)
{
	sheaf_revision after = m->options->after, until = m->options->until;
	int64_t        unused;

	pages->partly = (after || until) &&
	                df_cache_get(match_known_counts(db), leaf->key, &unused, &unused);
	if (!pages->partly)
		return;
	if (until && until < pages->last)
		pages->last = until > pages->first ? until : pages->first;
	if (after + 1 > pages->first)
		pages->first = after + 1 < pages->last ? after + 1 : pages->last;
}

/* Says of each leaf which revisions its pages are to be read for. */
static sheaf_status begin_part(match_run_state *m, sheaf_database *db, const ranking_run *runs,
                               size_t count, match_part *part, sheaf_error *err)
{
	const plan *p = m->plan;
	int64_t     last = runs[count - 1].last;

	part->newest = (ranking_run){.first = last + 1, .last = last};
	if (walks_newest(p))
		part->newest.last = db->totals.revision;
	part->pages = mem_calloc(p->leaf_count, sizeof *part->pages);
	if (!part->pages)
		return sheaf_nomem(err);
	for (size_t i = 0; i < p->leaf_count; i++) {
		int listed = p->leaves[i].used && walk_leaf_has_lists(db, p->leaves[i].tokens);

		part->pages[i].first = listed ? part->newest.first : runs[0].first;
		part->pages[i].last = part->newest.last;
		if (!listed)
			narrow(m, db, &p->leaves[i], &part->pages[i]);
		m->lists.exact |= p->leaves[i].used && p->leaves[i].tokens->sequence != NULL;
	}
	return SHEAF_OK;
}

static sheaf_status add_walks(match_run_state *m, sheaf_database *db, match_part *part,
                              sheaf_error *err)
{
	const ranking_run *runs = NULL;
	size_t             count = 0;
	int                known = 0;
	sheaf_status       status = ranking_runs(db, &runs, &count, err);

	if (status == SHEAF_OK && count)
		status = positions_known(db, &known, err);
	if (status != SHEAF_OK || !known)
		return status;
	status = begin_part(m, db, runs, count, part, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = add_walk(m, db, &runs[i], part->pages, err);
	if (status == SHEAF_OK && part->newest.first <= part->newest.last)
		status = add_walk(m, db, &part->newest, part->pages, err);
	return status;
}

sheaf_status match_lists_open(match_run_state *m, sheaf_error *err)
{
	size_t       members = group_count(m->group);
	sheaf_status status = SHEAF_OK;

	if (!can_use(m))
		return SHEAF_OK;
	m->lists.parts = mem_calloc(members, sizeof *m->lists.parts);
	if (!m->lists.parts)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < members; i++) {
		sheaf_database *db = group_member(m->group, i);

		length_codes_begin(&db->values.codes, db->totals.revision);
		status = add_walks(m, db, &m->lists.parts[i], err);
	}
	return status;
}

/* Lists walk forward only. */
sheaf_status match_lists_rewind(match_run_state *m, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->lists.count; i++)
		status = match_walk_rewind(&m->lists.walks[i], err);
	return status;
}

static void close_part(match_part *part, size_t leaves)
{
	for (size_t i = 0; part->pages && i < leaves; i++)
		found_postings_free(&part->pages[i].found);
	mem_free(part->pages);
}

void match_lists_close(match_run_state *m)
{
	for (size_t i = 0; i < m->lists.count; i++)
		match_walk_close(&m->lists.walks[i]);
	for (size_t i = 0; m->lists.parts && i < group_count(m->group); i++)
		close_part(&m->lists.parts[i], m->plan->leaf_count);
	mem_free(m->lists.walks);
	mem_free(m->lists.parts);
	m->lists = (match_lists){0};
}

/* Of a list's counts, those that a leaf asks for. */
static leaf_counts counts_in(const list_counts *c, int column)
{
	if (column == COLUMN_TITLE)
		return (leaf_counts){c->title_documents, FIELD_TITLE_WEIGHT * c->title_occurrences};
	if (column == COLUMN_ABSTRACT)
		return (leaf_counts){c->abstract_documents, c->abstract_occurrences};
	return (leaf_counts){c->documents, c->occurrences};
}

/* In a damaged file more may be lost than there was. */
static leaf_counts above_zero(leaf_counts c)
{
	return (leaf_counts){c.documents > 0 ? c.documents : 0,
	                     c.occurrences > 0 ? c.occurrences : 0};
}

sheaf_status match_lists_count(match_run_state *m, sheaf_database *db, size_t leaf,
                               leaf_counts *counts, sheaf_revision *until, sheaf_error *err)
{
	const leaf_tokens *t = m->plan->leaves[leaf].tokens;
	list_counts        sum = {0}, lost = {0};
	int                listed = 0;
	sheaf_status       status = SHEAF_OK;

	*until = 0;
	*counts = (leaf_counts){0, 0};
	for (size_t i = 0; i < m->lists.count; i++) {
		match_walk *w = &m->lists.walks[i];

		if (w->db != db)
			continue;
		/* It was known when it was opened; since then others took its place in the cache. */
		if (w->leaves[leaf].unread || w->leaves[leaf].partly) {
			*until = 0;
			return SHEAF_OK;
		}
		list_counts_sum(&sum, &w->leaves[leaf].counts, 1);
		*until = w->run->last;
		listed |= !w->leaves[leaf].all;
	}
	if (listed)
		status = ranking_lost(db, t->list[0].marker, t->list[0].text, t->list[0].len, &lost,
		                      err);
	list_counts_sum(&sum, &lost, -1);
	if (*until)
		*counts = above_zero(counts_in(&sum, t->column));
	return status;
}

/* Nothing has to see each match with its weight, and the best are those that weigh most. */
static int only_best(const match_run_state *m)
{
	return m->order == MATCH_BY_RELEVANCE && m->heap_size && match_shows_many(m) &&
	       m->options->cutoff <= 0;
}

sheaf_status match_lists_count_single(match_run_state *m, sheaf_error *err)
{
	sheaf_revision until;
	leaf_counts    counts;
	sheaf_status   status;

	if (m->plan->root->type != PLAN_LEAF || m->options->after || m->options->until)
		return SHEAF_OK;
	status = match_lists_count(m, m->db, m->plan->root->leaf, &counts, &until, err);
	m->hits += counts.documents;
	for (size_t i = 0; i < m->lists.count; i++)
		m->lists.walks[i].counted |= m->lists.walks[i].db == m->db;
	return status;
}

static sheaf_status visit(match_run_state *m, match_walk *w, sheaf_error *err)
{
	if (only_best(m))
		return match_walk_best(w, err);
	if (!m->heap_size && !m->options->hook_count && m->options->cutoff <= 0)
		return match_walk_count(w, err);
	return match_walk_all(w, err);
}

sheaf_status match_lists_visit(match_run_state *m, sheaf_revision *after, sheaf_error *err)
{
	int          newest = match_newest_can(m);
	sheaf_status status = SHEAF_OK;

	*after = m->options->after;
	if (only_best(m) && m->lists.count)
		status = match_lists_count_single(m, err);
	for (size_t i = 0; status == SHEAF_OK && i < m->lists.count && !m->timed_out; i++) {
		match_walk *w = &m->lists.walks[i];

		if (w->db != m->db)
			continue;
		match_walk_weigh(w);
		if (w->first <= w->last && !newest)
			status = visit(m, w, err);
		if (w->run->last > *after)
			*after = w->run->last;
	}
	return status == SHEAF_OK && newest ? match_newest(m, err) : status;
}

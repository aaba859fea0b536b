/*
 * Frequent terms by their ranking lists: counted, and ranked where a query is nothing but one of
 * them.
 */
#include <string.h>

#include "match_run.h"
#include "match_tally.h"
#include "ranklist.h"
#include "str.h"

/* 1 where anything matches an expression. */
static sheaf_status is_there(sheaf_database *db, const char *fts, int *answer, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_INDEX_ANY, &stmt, err);

	*answer = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, fts, -1, SQLITE_STATIC);
	status = statement_step(db, stmt, answer, err);
	statement_reset(stmt);
	return status;
}

/*
 * Names are met as they are written: an inflected word that is one somewhere is more than its
 * stem's list says.
 */
static sheaf_status is_name(sheaf_database *db, const char *word, int *answer, sheaf_error *err)
{
	buf          fts = BUF_INIT(1024);
	sheaf_status status;

	leaf_write_name(word, &fts);
	status = buf_status(&fts, err);
	if (status == SHEAF_OK)
		status = is_there(db, fts.data, answer, err);
	buf_free(&fts);
	return status;
}

static sheaf_status open_list(sheaf_database *db, const plan *p, const plan_leaf *leaf,
                              ranklist *list, int *found, sheaf_error *err)
{
	const leaf_word *w;
	int              name = 0;
	sheaf_status     status;

	*found = 0;
	memset(list, 0, sizeof *list);
	if (!leaf->family)
		return SHEAF_OK;
	w = &p->words.list[leaf->family - 1];
	status = ranklist_open(db, w->text, list, found, err);
	if (status == SHEAF_OK && *found && !str_eq(w->text, w->word))
		status = is_name(db, w->word, &name, err);
	if (status != SHEAF_OK || name) {
		ranklist_close(list);
		*found = 0;
	}
	return status;
}

static sheaf_status count_leaf(sheaf_database *db, const plan *p, const plan_leaf *leaf,
                               leaf_counts *counts, sheaf_error *err)
{
	ranklist     list;
	int          found, more = 0;
	sheaf_status status = open_list(db, p, leaf, &list, &found, err);

	*counts = (leaf_counts){0, 0};
	while (status == SHEAF_OK && found && (more = ranklist_next(&list)) > 0) {
		if (values_get_length(db, list.revision, &status, err) < 0)
			continue;
		counts->documents++;
		counts->occurrences += list.frequency;
	}
	if (status == SHEAF_OK && more < 0)
		status = ranklist_damaged(db, err);
	if (status == SHEAF_OK && !(found && list.until >= db->totals.revision))
		status = tally_leaf(db, leaf, found ? list.until : 0, db->totals.revision, counts,
		                    err);
	ranklist_close(&list);
	return status;
}

/* The counts known of this state of the database. */
static df_cache *cache_of(sheaf_database *db)
{
	if (db->frequencies_of != db->totals.revision)
		df_cache_clear(&db->frequencies);
	db->frequencies_of = db->totals.revision;
	return &db->frequencies;
}

sheaf_status match_count_leaf(sheaf_database *db, const plan *p, const plan_leaf *leaf,
                              leaf_counts *counts, sheaf_error *err)
{
	df_cache    *cache = cache_of(db);
	sheaf_status status;

	if (df_cache_get(cache, leaf->key, &counts->documents, &counts->occurrences))
		return SHEAF_OK;
	status = count_leaf(db, p, leaf, counts, err);
	if (status == SHEAF_OK)
		df_cache_put(cache, leaf->key, counts->documents, counts->occurrences);
	return status;
}

sheaf_status match_count_everywhere(sheaf_database *group, const plan *p, const plan_leaf *leaf,
                                    leaf_counts *sum, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*sum = (leaf_counts){0, 0};
	for (size_t i = 0; status == SHEAF_OK && i < match_member_count(group); i++) {
		leaf_counts own;

		status = match_count_leaf(match_member(group, i), p, leaf, &own, err);
		sum->documents += own.documents;
		sum->occurrences += own.occurrences;
	}
	return status;
}

enum {
	SAMPLE_ALL = 1 << 14, /* revisions of which all are looked at */
	SAMPLE_PARTS = 8,     /* evenly spread; each an eighth of what it stands for */
	SAMPLE_SHARE = 8
};

/* Counts in parts of the revisions, and scales up. */
static sheaf_status count_sample(sheaf_database *db, const plan_leaf *leaf, leaf_counts *counts,
                                 sheaf_error *err)
{
	sheaf_revision all = db->totals.revision, step = all / SAMPLE_PARTS;
	sheaf_status   status = SHEAF_OK;

	if (all <= SAMPLE_ALL)
		return tally_leaf(db, leaf, 0, all, counts, err);
	for (int i = 0; status == SHEAF_OK && i < SAMPLE_PARTS; i++) {
		sheaf_revision from = (i + 1) * step - step / SAMPLE_SHARE;

		status = tally_leaf(db, leaf, from, (i + 1) * step, counts, err);
	}
	counts->documents *= SAMPLE_SHARE;
	counts->occurrences *= SAMPLE_SHARE;
	return status;
}

sheaf_status match_count_sample(sheaf_database *db, const plan_leaf *leaf, leaf_counts *counts,
                                sheaf_error *err)
{
	df_cache    *cache = cache_of(db);
	buf          key = BUF_INIT(0);
	sheaf_status status;

	*counts = (leaf_counts){0, 0};
	buf_puts(&key, "sample ");
	buf_puts(&key, leaf->fts);
	status = buf_status(&key, err);
	if (status == SHEAF_OK &&
	    !df_cache_get(cache, key.data, &counts->documents, &counts->occurrences)) {
		status = count_sample(db, leaf, counts, err);
		if (status == SHEAF_OK)
			df_cache_put(cache, key.data, counts->documents, counts->occurrences);
	}
	buf_free(&key);
	return status;
}

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

static sheaf_status visit_postings(match_run_state *m, ranklist *list, sheaf_error *err)
{
	sheaf_revision last = m->options->until ? m->options->until : INT64_MAX;
	sheaf_status   status = SHEAF_OK;
	int            more = 0;

	while (status == SHEAF_OK && !match_is_late(m) && (more = ranklist_next(list)) > 0 &&
	       list->revision <= last) {
		int64_t length;
		double  weight;

		if (list->revision <= m->options->after)
			continue;
		length = values_get_length(m->db, list->revision, &status, err);
		if (status != SHEAF_OK || length < 0)
			continue;
		weight = m->leaves[0].weight *
		         match_saturation(m, (double)list->frequency, (double)length);
		m->leaves[0].counts.occurrences += m->deferred ? list->frequency : 0;
		if (!m->plan->residual || match_test(m, m->plan->residual, list->revision))
			match_keep(m, list->revision, weight, m->leaves[0].share);
		status = m->status;
	}
	return status == SHEAF_OK && more < 0 ? ranklist_damaged(m->db, err) : status;
}

sheaf_status match_visit_list(match_run_state *m, sheaf_revision *after, sheaf_error *err)
{
	const plan  *p = m->plan;
	ranklist     list;
	int          found;
	sheaf_status status;

	*after = m->options->after;
	if (!p->exact || p->leaf_count != 1 || !p->leaves[0].weighted ||
	    !match_has_default_weights(m->options) || m->options->boolean || m->explanation)
		return SHEAF_OK;
	status = open_list(m->db, p, &p->leaves[0], &list, &found, err);
	if (status == SHEAF_OK && found) {
		status = visit_postings(m, &list, err);
		if (list.until > *after)
			*after = list.until;
	}
	ranklist_close(&list);
	return status;
}

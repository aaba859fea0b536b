/*
 * Frequent terms by their ranking lists: counted, and ranked where a query is nothing but one of
 * them.
 */
#include <string.h>

#include "match_run.h"
#include "ranklist.h"
#include "str.h"

/* Documents newer than `after` that match an expression. */
static sheaf_status count_after(sheaf_database *db, const char *fts, sheaf_revision after,
                                int64_t *count, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, after ? STMT_INDEX_COUNT_AFTER : STMT_INDEX_COUNT,
	                                     &stmt, err);

	*count = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, fts, -1, SQLITE_STATIC);
	if (after)
		sqlite3_bind_int64(stmt, 2, after);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		*count = sqlite3_column_int64(stmt, 0);
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
	int64_t      count = 0;
	sheaf_status status;

	leaf_write_name(word, &fts);
	status = buf_status(&fts, err);
	if (status == SHEAF_OK)
		status = count_after(db, fts.data, 0, &count, err);
	*answer = count > 0;
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
                               int64_t *count, sheaf_error *err)
{
	ranklist     list;
	int          found, more = 0;
	int64_t      listed = 0;
	sheaf_status status = open_list(db, p, leaf, &list, &found, err);

	*count = 0;
	while (status == SHEAF_OK && found && (more = ranklist_next(&list)) > 0)
		listed += values_get_length(db, list.revision, &status, err) >= 0;
	if (status == SHEAF_OK && more < 0)
		status = ranklist_damaged(db, err);
	if (status == SHEAF_OK && !(found && list.until >= db->totals.revision))
		status = count_after(db, leaf->fts, found ? list.until : 0, count, err);
	*count += listed;
	ranklist_close(&list);
	return status;
}

sheaf_status match_count_leaf(sheaf_database *db, const plan *p, const plan_leaf *leaf,
                              int64_t *count, sheaf_error *err)
{
	sheaf_status status;

	if (db->frequencies_of != db->totals.revision)
		df_cache_clear(&db->frequencies);
	db->frequencies_of = db->totals.revision;
	if (df_cache_get(&db->frequencies, leaf->fts, count))
		return SHEAF_OK;
	status = count_leaf(db, p, leaf, count, err);
	if (status == SHEAF_OK)
		df_cache_put(&db->frequencies, leaf->fts, *count);
	return status;
}

/* Lists hold frequencies under the default weights. */
static int has_default_weights(const match_options *options)
{
	for (int i = 0; i < COLUMN_TEXT_COUNT; i++)
		if (options->column_weight[i] != (i == COLUMN_TITLE ? FIELD_TITLE_WEIGHT : 1))
			return 0;
	return 1;
}

static sheaf_status visit_postings(match_run_state *m, ranklist *list, sheaf_error *err)
{
	sheaf_revision last = m->options->until ? m->options->until : INT64_MAX;
	sheaf_status   status = SHEAF_OK;
	int            more = 0;

	while (status == SHEAF_OK && (more = ranklist_next(list)) > 0 && list->revision <= last) {
		int64_t length;
		double  weight;

		if (list->revision <= m->options->after)
			continue;
		length = values_get_length(m->db, list->revision, &status, err);
		if (status != SHEAF_OK || length < 0)
			continue;
		weight = m->leaf_weight[0] *
		         match_saturation((double)list->frequency, (double)length, m->avg_length);
		if (!m->plan->residual || match_test(m, m->plan->residual, list->revision))
			match_keep(m, list->revision, weight, m->leaf_share[0]);
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
	    !has_default_weights(m->options))
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

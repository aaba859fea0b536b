/* Scoring: what FTS5 calls for each candidate row. match_weight.c has the formula. */
#include <string.h>

#include "error.h"
#include "match_run.h"
#include "sql_error.h"

static void score_leaf(match_run_state *m, size_t i, int *rc)
{
	const plan_leaf *leaf = &m->plan->leaves[i];
	match_leaf      *l = &m->leaves[i];
	double tf = match_frequency(leaf, m->options->column_weight, m->api, m->fts, &l->present,
	                            NULL, rc);

	l->idle = 0;
	l->score = tf > 0 && l->weight > 0 ? l->weight * match_saturation(m, tf, m->length) : 0;
	if (m->deferred)
		l->counts.occurrences += (int64_t)tf;
}

/* Scores the leaves; in an exact plan all that occur count. */
static int score_leaves(match_run_state *m, match_worth *sum)
{
	const plan *p = m->plan;
	int         rc = SQLITE_OK;

	for (size_t i = 0; rc == SQLITE_OK && i < p->leaf_count; i++) {
		const match_leaf *l = &m->leaves[i];

		if (!p->leaves[i].used || (p->exact && !p->leaves[i].weighted))
			continue;
		score_leaf(m, i, &rc);
		if (p->exact && l->present && l->score > 0) {
			sum->weight += l->score;
			sum->share += l->share;
		}
	}
	return rc;
}

static int score_row(match_run_state *m)
{
	const plan    *p = m->plan;
	sheaf_revision revision = m->api->xRowid(m->fts);
	match_worth    sum = {0, 0};
	int64_t        length = values_get_length(m->db, revision, &m->status, m->err);
	int            rc, matches;

	if (m->status == SHEAF_OK && length < 0)
		m->status = sheaf_fail(
			m->err, SHEAF_ERROR_DATABASE_CORRUPT,
			"%s: the index knows revision %lld, the documents do not; run 'sheaf reindex'",
			m->db->path, (long long)revision);
	if (m->status != SHEAF_OK || match_is_late(m))
		return SQLITE_ABORT;
	m->length = (double)length;
	rc = score_leaves(m, &sum);
	if (rc != SQLITE_OK)
		return rc;
	if (m->seen)
		m->seen[revision >> 3] |= (unsigned char)(1u << (revision & 7));
	if (p->exact)
		matches = !p->residual || match_test(m, p->residual, revision);
	else
		matches = match_weigh(m, p->root, revision, &sum);
	if (matches && m->status == SHEAF_OK)
		match_keep(m, revision, sum.weight, sum.share);
	return m->status == SHEAF_OK ? SQLITE_OK : SQLITE_ABORT;
}

static void score(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                  int count, sqlite3_value **args)
{
	match_run_state *m = count == 1 ? sqlite3_value_pointer(args[0], "sheaf_match") : NULL;
	int              rc = SQLITE_MISUSE;

	if (m) {
		m->api = api;
		m->fts = fts;
		rc = score_row(m);
		m->api = NULL;
	}
	if (rc != SQLITE_OK)
		sqlite3_result_error_code(context, rc);
}

sheaf_status match_register(sheaf_database *db, sheaf_error *err)
{
	fts5_api    *api;
	sheaf_status status = fts5_api_get(db->sql, &api, err);
	int          rc;

	if (status != SHEAF_OK)
		return status;
	rc = api->xCreateFunction(api, "sheaf_match", NULL, score, NULL);
	return rc == SQLITE_OK ? SHEAF_OK : sql_fail(db->sql, rc, err);
}

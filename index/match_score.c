/*
 * Scoring: what FTS5 calls for each candidate row.
 *
 * The weight of a document is Okapi BM25 (Robertson, Walker, Jones, Hancock-Beaulieu, Gatford,
 * "Okapi at TREC-3", 1994) over field-weighted frequencies (Robertson, Zaragoza, Taylor, "Simple
 * BM25 extension to multiple weighted fields", CIKM 2004), with an idf that is never negative:
 *
 *   S  = sum over terms of factor * idf * tf * (K1 + 1) / (tf + K1 * L)
 *   tf = sum over fields of field weight * occurrences
 *   L  = 1 - B + B * length / average length
 *   idf = ln(1 + (N - df + 0.5) / (df + 0.5))
 *
 * A term counts where the part of the query that it stands in matches: in `a OR (b AND c)`, b adds
 * nothing to a document without c. FTS5 reports occurrences so; where the tree is tested here,
 * match_weigh() does.
 */
#include <math.h>
#include <string.h>

#include "datetime.h"
#include "error.h"
#include "fts5_api.h"
#include "match_run.h"
#include "sql_error.h"

static const double k1 = 1.2, b = 0.75;

double match_saturation(double frequency, double length, double avg_length)
{
	return frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * length / avg_length));
}

double match_saturation_limit(void)
{
	return k1 + 1;
}

double match_idf(int64_t documents, int64_t df)
{
	double n = (double)documents, d = (double)(df < documents ? df : documents);

	return log(1 + (n - d + 0.5) / (d + 0.5));
}

/*
 * A date matches where it lies inside; one of which only the month is known, where the whole month
 * does.
 */
static int in_range(const plan_node *n, document_date date)
{
	int64_t last = date.time;
	int     year, month, day;

	if (date.time == SHEAF_TIME_NONE)
		return 0;
	if (date.month_only) {
		date_civil(date.time / 86400, &year, &month, &day);
		last = (month == 12 ? date_days(year + 1, 1, 1) : date_days(year, month + 1, 1)) *
		               86400 -
		       1;
	}
	return date.time >= n->begin && last <= n->end;
}

int match_test(match_run_state *m, const plan_node *n, sheaf_revision revision)
{
	document_date date;

	switch (n->type) {
	case PLAN_ALL: return 1;
	case PLAN_LEAF: return m->present[n->leaf];
	case PLAN_RANGE:
		m->status = values_get_date(m->db, n->field, revision, &date, m->err);
		return m->status == SHEAF_OK && in_range(n, date);
	case PLAN_AND:
		for (size_t i = 0; i < n->count; i++)
			if (!match_test(m, n->sub[i], revision))
				return 0;
		return 1;
	case PLAN_OR:
		for (size_t i = 0; i < n->count; i++)
			if (match_test(m, n->sub[i], revision))
				return 1;
		return 0;
	case PLAN_AND_NOT:
		return match_test(m, n->sub[0], revision) && !match_test(m, n->sub[1], revision);
	default: return 0;
	}
}

/* What the parts of a tree that matched are worth. */
typedef struct worth {
	double weight, share;
} worth;

/*
 * Tests a candidate against a tree, and adds up what matched; a part that does not match adds
 * nothing.
 */
static int match_weigh(match_run_state *m, const plan_node *n, sheaf_revision revision, worth *sum)
{
	const worth before = *sum;
	int         matches;

	switch (n->type) {
	case PLAN_LEAF:
		matches = m->present[n->leaf];
		if (matches && m->leaf_score[n->leaf] > 0) {
			sum->weight += m->leaf_score[n->leaf];
			sum->share += m->leaf_share[n->leaf];
		}
		break;
	case PLAN_AND:
		matches = 1;
		for (size_t i = 0; matches && i < n->count; i++)
			matches = match_weigh(m, n->sub[i], revision, sum);
		break;
	case PLAN_OR:
		matches = 0;
		for (size_t i = 0; i < n->count; i++)
			matches |= match_weigh(m, n->sub[i], revision, sum);
		break;
	case PLAN_AND_NOT:
		matches = match_weigh(m, n->sub[0], revision, sum) &&
		          !match_test(m, n->sub[1], revision);
		break;
	default: matches = match_test(m, n, revision);
	}
	if (!matches)
		*sum = before;
	return matches;
}

/*
 * 1 where a leaf of several parts (NEAR) occurs as a whole: where FTS5 found a part missing, it may
 * still report the others.
 */
static int has_all_parts(const plan_leaf *leaf, const Fts5ExtensionApi *api, Fts5Context *fts,
                         int *rc)
{
	for (size_t i = leaf->shape.counted; i < leaf->shape.phrases; i++) {
		Fts5PhraseIter it;
		int            column, offset;

		*rc = api->xPhraseFirst(fts, (int)(leaf->first + i), &it, &column, &offset);
		if (*rc != SQLITE_OK || column < 0)
			return 0;
	}
	return 1;
}

/* The weighted frequency of a leaf in the row at hand; *present tells whether it occurs at all. */
static double frequency(const match_run_state *m, const plan_leaf *leaf,
                        const Fts5ExtensionApi *api, Fts5Context *fts, unsigned char *present,
                        int *rc)
{
	double sum = 0;

	*present = 0;
	if (!has_all_parts(leaf, api, fts, rc))
		return 0;
	for (size_t i = 0; i < leaf->shape.counted && *rc == SQLITE_OK; i++) {
		Fts5PhraseIter it;
		int            column, offset;

		*rc = api->xPhraseFirst(fts, (int)(leaf->first + i), &it, &column, &offset);
		if (*rc != SQLITE_OK || column < 0)
			continue;
		*present = 1;
		if (!leaf->weighted)
			continue;
		for (; column >= 0; api->xPhraseNext(fts, &it, &column, &offset))
			sum += column < COLUMN_TEXT_COUNT ? m->options->column_weight[column] : 0;
	}
	return sum;
}

static int score_row(match_run_state *m, const Fts5ExtensionApi *api, Fts5Context *fts)
{
	const plan    *p = m->plan;
	sheaf_revision revision = api->xRowid(fts);
	worth          sum = {0, 0};
	int64_t        length;
	int            rc = SQLITE_OK, matches;

	length = values_get_length(m->db, revision, &m->status, m->err);
	if (m->status == SHEAF_OK && length < 0)
		m->status = sheaf_fail(
			m->err, SHEAF_ERROR_DATABASE_CORRUPT,
			"%s: the index knows revision %lld, the documents do not; run 'sheaf reindex'",
			m->db->path, (long long)revision);
	if (m->status != SHEAF_OK)
		return SQLITE_ABORT;
	for (size_t i = 0; i < p->leaf_count; i++) {
		const plan_leaf *leaf = &p->leaves[i];
		double           tf;

		if (!leaf->used || (p->exact && !leaf->weighted))
			continue;
		tf = frequency(m, leaf, api, fts, &m->present[i], &rc);
		if (rc != SQLITE_OK)
			return rc;
		m->leaf_score[i] = tf > 0 ? m->leaf_weight[i] * match_saturation(tf, (double)length,
		                                                                 m->avg_length)
		                          : 0;
		if (p->exact && tf > 0) {
			sum.weight += m->leaf_score[i];
			sum.share += m->leaf_share[i];
		}
	}
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
	int              rc = m ? score_row(m, api, fts) : SQLITE_MISUSE;

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

#include "match_explain.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "query_tree.h"

static void clear_explanation(match_explanation *x)
{
	/* The descriptions were given away as borrowed text. */
	for (size_t i = 0; i < x->count; i++)
		sheaf_free((char *)(uintptr_t)x->terms[i].description);
	mem_free(x->terms);
	*x = (match_explanation){0};
}

/* Marks the leaves of the parts that match: those whose weight is in the document's. */
static void mark_counted(match_run_state *m, const plan_node *n, sheaf_revision revision,
                         unsigned char *counted)
{
	size_t count = n->type == PLAN_AND_NOT ? 1 : n->count;

	if (!match_test(m, n, revision))
		return;
	if (n->type == PLAN_LEAF)
		counted[n->leaf] = 1;
	for (size_t i = 0; i < count; i++)
		mark_counted(m, n->sub[i], revision, counted);
}

static void fill_fields(sheaf_matching_term *term, const uint32_t *columns)
{
	for (int f = 0; f < SHEAF_FIELD_COUNT; f++) {
		const field_info *info = field_get((sheaf_field)f);

		if (info->column >= 0 && info->column < COLUMN_TEXT_COUNT)
			term->field_wdf[f] = columns[info->column];
	}
}

static sheaf_matching_term *next_term(match_run_state *m)
{
	match_explanation *x = m->explanation;

	return &x->terms[x->count++];
}

static void explain_leaf(match_run_state *m, size_t i, int counted, int *rc)
{
	const plan_leaf     *leaf = &m->plan->leaves[i];
	match_leaf          *l = &m->leaves[i];
	uint32_t             columns[COLUMN_COUNT] = {0};
	sheaf_matching_term *term;
	char                *description;
	double tf = match_frequency(leaf, m->options->column_weight, m->api, m->fts, &l->present,
	                            columns, rc);

	if (!counted || !l->present || *rc != SQLITE_OK)
		return;
	m->status = sheaf_query_get_description(leaf->source, &description, m->err);
	if (m->status != SHEAF_OK)
		return;
	term = next_term(m);
	term->description = description;
	term->filter = !leaf->weighted;
	fill_fields(term, columns);
	if (!leaf->weighted)
		return;
	term->termfreq = l->counts.documents;
	term->collection_freq = l->counts.occurrences;
	term->wdf = tf;
	term->factor = leaf->factor;
	term->idf = leaf->factor > 0 ? l->weight / leaf->factor : 0;
	term->weight = l->score;
}

static const char *word_of(const plan *p, size_t leaf)
{
	const leaf_word *w = &p->words.list[p->leaves[leaf].word - 1];

	return w->word ? w->word : w->text;
}

/* Two neighbouring words, as a phrase. */
static sheaf_status describe_pair(const plan *p, const plan_pair *pair, char **out,
                                  sheaf_error *err)
{
	buf          text = BUF_INIT(4 * QUERY_TERM_MAX);
	sheaf_status status;

	buf_printf(&text, "\"%s %s\"", word_of(p, pair->a), word_of(p, pair->b));
	status = buf_status(&text, err);
	*out = status == SHEAF_OK ? buf_take(&text) : NULL;
	buf_free(&text);
	return status == SHEAF_OK && !*out ? sheaf_nomem(err) : status;
}

static void explain_pair(match_run_state *m, size_t i, int *rc)
{
	const plan_pair     *pair = &m->plan->pairs[i];
	uint32_t             columns[COLUMN_COUNT] = {0};
	sheaf_matching_term *term;
	char                *description;
	double               pf;

	if (!match_may_have_pair(m, i))
		return;
	pf = match_adjacent(&m->plan->leaves[pair->a], &m->plan->leaves[pair->b],
	                    m->options->column_weight, m->api, m->fts, columns, rc);
	if (pf <= 0)
		return;
	m->status = describe_pair(m->plan, pair, &description, m->err);
	if (m->status != SHEAF_OK)
		return;
	term = next_term(m);
	term->description = description;
	term->adjacency = 1;
	term->termfreq = m->pair_documents[i];
	fill_fields(term, columns);
	term->wdf = pf;
	term->factor = 1;
	term->idf = m->pair_weight[i];
	term->weight = m->pair_weight[i] * match_saturation(m, pf, m->length);
}

static void mark_all(const plan *p, unsigned char *counted)
{
	for (size_t i = 0; i < p->leaf_count; i++)
		counted[i] = (unsigned char)p->leaves[i].used;
}

void match_explain_candidate(match_run_state *m, sheaf_revision revision)
{
	const plan        *p = m->plan;
	match_explanation *x = m->explanation;
	unsigned char     *counted = mem_calloc(p->leaf_count, 1);
	int                rc = SQLITE_OK;

	x->found = 1;
	x->terms = mem_calloc(p->leaf_count + p->pair_count, sizeof *x->terms);
	if (!counted || !x->terms) {
		m->status = sheaf_nomem(m->err);
	} else if (m->api) { /* what is found without FTS5 has none of the terms */
		if (p->exact)
			mark_all(p, counted);
		else
			mark_counted(m, p->root, revision, counted);
		for (size_t i = 0; m->status == SHEAF_OK && i < p->leaf_count; i++)
			if (p->leaves[i].used) /* others are not in the expression */
				explain_leaf(m, i, counted[i], &rc);
		for (size_t i = 0; m->status == SHEAF_OK && x->with_pairs && i < m->pair_count; i++)
			explain_pair(m, i, &rc);
	}
	mem_free(counted);
}

/* Is a document among the best, in which neighbours count? */
static sheaf_status is_among_best(sheaf_database *db, const plan *p, const match_options *options,
                                  sheaf_docid docid, int *answer, sheaf_error *err)
{
	match_options o = *options;
	match_result  result = {0};
	sheaf_status  status;

	*answer = 0;
	if (!p->pair_count)
		return SHEAF_OK;
	o.keep = MATCH_PAIRS_BEST;
	o.hook_count = 0;
	status = match_run_plan(db, p, &o, &result, NULL, err);
	for (size_t i = 0; status == SHEAF_OK && i < result.count; i++)
		*answer |= result.items[i].docid == docid;
	match_result_free(&result);
	return status;
}

static sheaf_status explain(sheaf_database *db, const sheaf_query *query,
                            const match_options *options, sheaf_docid docid,
                            sheaf_revision revision, match_explanation *x, sheaf_error *err)
{
	plan          p = {0};
	match_options o = *options;
	match_result  result = {0};
	sheaf_status  status = plan_prepare(db, query, &p, err);

	if (status == SHEAF_OK)
		status = is_among_best(db, &p, options, docid, &x->with_pairs, err);
	o.after = revision - 1;
	o.until = revision;
	o.keep = 1;
	o.hook_count = 0;
	if (status == SHEAF_OK)
		status = match_run_plan(db, &p, &o, &result, x, err);
	match_result_free(&result);
	plan_free(&p);
	return status;
}

static sheaf_status revision_of(sheaf_database *db, sheaf_docid docid, sheaf_revision *revision,
                                sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sheaf_status    status = sheaf_database_get_document(db, docid, &doc, err);

	*revision = status == SHEAF_OK ? sheaf_document_get_revision(doc) : 0;
	sheaf_document_free(doc);
	return status;
}

static sheaf_status tell(const match_explanation *x, sheaf_docid docid, sheaf_matching_term_fn fn,
                         void *ctx, sheaf_error *err)
{
	if (!x->found)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "document %lld does not match the query", (long long)docid);
	for (size_t i = 0; i < x->count; i++)
		if (fn(ctx, &x->terms[i]))
			return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "the callback stopped");
	return SHEAF_OK;
}

sheaf_status match_explain(sheaf_database *db, const sheaf_query *query,
                           const match_options *options, sheaf_docid docid,
                           sheaf_matching_term_fn fn, void *ctx, sheaf_error *err)
{
	match_explanation x = {0};
	sheaf_revision    revision;
	sheaf_status      status = group_begin_read(db, err);

	if (status != SHEAF_OK)
		return status;
	status = revision_of(db, docid, &revision, err);
	if (status == SHEAF_OK) {
		sheaf_docid own;

		x.member = group_own_docid(db, docid, &own);
		status = explain(db, query, options, docid, revision, &x, err);
	}
	group_end_read(db);
	if (status == SHEAF_OK)
		status = tell(&x, docid, fn, ctx, err);
	clear_explanation(&x);
	return status;
}

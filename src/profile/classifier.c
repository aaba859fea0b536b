/* classifier.c: the queries of a set's profiles, made ready. */
#include <string.h>

#include "alloc.h"
#include "classifier_private.h"
#include "classify_private.h"
#include "error.h"
#include "rewrite.h"

enum { ALL_COLUMNS = (1 << COLUMN_COUNT) - 1 };

sheaf_status classifier_plan(const sheaf_classifier *c, const sheaf_profile *own, const char *text,
                             sheaf_query **query, plan *p, sheaf_error *err)
{
	sheaf_status status = profile_parse_query(c->set, own, text, query, err);

	return status == SHEAF_OK ? plan_prepare(c->db, *query, p, err) : status;
}

/* The terms that count in the length of a query, as in a search. */
static size_t count_terms(const plan *p)
{
	size_t terms = 0, full = 0;

	for (size_t i = 0; i < p->leaf_count; i++) {
		terms += p->leaves[i].weighted && p->leaves[i].used;
		full += p->leaves[i].weighted && p->leaves[i].used && p->leaves[i].factor >= 1;
	}
	return full ? full : terms;
}

/* `text` NULL: no query. */
static sheaf_status add_query(sheaf_classifier *c, const sheaf_profile *own, const char *text,
                              int driven, int64_t *number, size_t *terms, sheaf_error *err)
{
	sheaf_query *query = NULL;
	plan         p = {0};
	size_t       added;
	sheaf_status status;

	*number = NO_QUERY;
	if (!text)
		return SHEAF_OK;
	status = classifier_plan(c, own, text, &query, &p, err);
	if (status == SHEAF_OK)
		status = percolator_add(c->percolator, &p, driven, &added, err);
	if (status == SHEAF_OK)
		*number = (int64_t)added;
	if (status == SHEAF_OK && terms)
		*terms = count_terms(&p);
	plan_free(&p);
	sheaf_query_free(query);
	return status;
}

static sheaf_status add_queries(sheaf_classifier *c, sheaf_error *err)
{
	const sheaf_profile_set *set = c->set;
	int                      keywords = set->digest.match == SHEAF_MATCH_KEYWORDS;
	sheaf_status status = add_query(c, NULL, set->digest.select, 0, &c->select, NULL, err);

	for (size_t i = 0; status == SHEAF_OK && i < set->count; i++) {
		const sheaf_profile *p = &set->profiles[i];
		classifier_entry    *e = &c->entries[i];

		status = add_query(c, p, keywords ? NULL : p->query, 1, &e->query, &e->terms, err);
		if (status == SHEAF_OK)
			status = add_query(c, p, p->require, 0, &e->require, NULL, err);
		if (status == SHEAF_OK)
			status = add_query(c, p, p->exclude, 0, &e->exclude, NULL, err);
	}
	return status;
}

static sheaf_status learn(sheaf_classifier *c, sheaf_error *err)
{
	uint64_t    *fingerprints = mem_calloc(c->set->count + 1, sizeof *fingerprints);
	sheaf_status status;

	if (!fingerprints)
		return sheaf_nomem(err);
	classify_fingerprints(c->db, c->set, fingerprints);
	status = classifier_learn(c, fingerprints, err);
	mem_free(fingerprints);
	return status;
}

static sheaf_status init(sheaf_classifier *c, sheaf_error *err)
{
	sheaf_status status = analyser_new(c->db, &c->analyser, err);

	if (status == SHEAF_OK)
		status = percolator_new(analyser_tokens(c->analyser), &c->percolator, err);
	if (status != SHEAF_OK)
		return status;
	c->columns = ALL_COLUMNS;
	c->analysis = analysis_new();
	c->entries = mem_calloc(c->set->count + 1, sizeof *c->entries);
	c->classes = mem_calloc(c->set->count + 1, sizeof *c->classes);
	c->found = mem_calloc(c->set->count + 1, 1);
	if (!c->analysis || !c->entries || !c->classes || !c->found)
		return sheaf_nomem(err);
	status = add_queries(c, err);
	return status == SHEAF_OK ? learn(c, err) : status;
}

sheaf_status sheaf_classifier_new(sheaf_database *db, const sheaf_profile_set *set,
                                  sheaf_classifier **classifier, sheaf_error *err)
{
	sheaf_classifier *c;
	sheaf_status      status;

	if (!classifier)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the classifier");
	*classifier = NULL;
	if (!db || !set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no profiles");
	c = mem_calloc(1, sizeof *c);
	if (!c)
		return sheaf_nomem(err);
	c->db = db;
	c->set = set;
	status = init(c, err);
	if (status == SHEAF_OK)
		*classifier = c;
	else
		sheaf_classifier_free(c);
	return status;
}

void sheaf_classifier_set_blind(sheaf_classifier *c, int blind)
{
	if (c)
		c->columns = blind ? 1 << COLUMN_TITLE | 1 << COLUMN_ABSTRACT : ALL_COLUMNS;
}

void sheaf_classifier_free(sheaf_classifier *c)
{
	if (!c)
		return;
	for (size_t i = 0; c->entries && i < c->set->count; i++)
		mem_free(c->entries[i].model.weights);
	percolator_free(c->percolator);
	analysis_free(c->analysis);
	analyser_free(c->analyser);
	mem_free(c->entries);
	mem_free(c->classes);
	mem_free(c->found);
	buf_free(&c->text);
	buf_free(&c->scratch);
	mem_free(c);
}

sheaf_status classifier_show(sheaf_classifier *c, const sheaf_document *doc, unsigned columns,
                             sheaf_error *err)
{
	percolator_view view = {c->analysis->text, columns, columns == ALL_COLUMNS ? doc : NULL};
	sheaf_status    status = analysis_columns(doc, c->analysis, err);

	return status == SHEAF_OK ? percolator_show(c->percolator, &view, err) : status;
}

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "highlight.h"
#include "mset_private.h"
#include "query_tree.h"
#include "snippet.h"

struct sheaf_mset {
	sheaf_database  *db; /* borrowed */
	sheaf_query     *query;
	match_item      *items;        /* from rank 0 on */
	sheaf_document **documents;    /* as far as loaded, by item */
	size_t           first, count; /* items[first] is item 0 */
	int64_t          hits;
	double           max_attained, max_possible, best_share;
	highlight       *highlight; /* made by the first snippet */
};

sheaf_status mset_new(sheaf_database *db, const sheaf_query *query, match_result *result,
                      size_t first, sheaf_mset **out, sheaf_error *err)
{
	sheaf_mset  *m = mem_calloc(1, sizeof *m);
	sheaf_status status = m ? SHEAF_OK : sheaf_nomem(err);

	*out = NULL;
	if (status == SHEAF_OK && query) {
		m->query = query_clone(query);
		if (!m->query)
			status = sheaf_nomem(err);
	}
	if (status == SHEAF_OK) {
		m->db = db;
		m->first = first < result->count ? first : result->count;
		m->count = result->count - m->first;
		m->documents = mem_calloc(m->count, sizeof *m->documents);
		if (!m->documents)
			status = sheaf_nomem(err);
	}
	if (status != SHEAF_OK) {
		sheaf_mset_free(m);
		return status;
	}
	m->items = result->items;
	result->items = NULL;
	m->first = m->count ? m->first : first;
	m->hits = result->hits;
	m->max_attained = result->max_attained;
	m->max_possible = result->max_possible;
	m->best_share = result->best_share;
	*out = m;
	return SHEAF_OK;
}

void sheaf_mset_free(sheaf_mset *m)
{
	if (!m)
		return;
	for (size_t i = 0; m->documents && i < m->count; i++)
		sheaf_document_free(m->documents[i]);
	mem_free(m->documents);
	mem_free(m->items);
	sheaf_query_free(m->query);
	highlight_free(m->highlight);
	mem_free(m);
}

static const match_item *item(const sheaf_mset *m, size_t i)
{
	return m && i < m->count ? &m->items[m->first + i] : NULL;
}

size_t sheaf_mset_size(const sheaf_mset *m)
{
	return m ? m->count : 0;
}

size_t sheaf_mset_get_firstitem(const sheaf_mset *m)
{
	return m ? m->first : 0;
}

int64_t sheaf_mset_get_matches_estimated(const sheaf_mset *m)
{
	return m ? m->hits : 0;
}

int sheaf_mset_matches_exact(const sheaf_mset *m)
{
	return m != NULL;
}

double sheaf_mset_get_max_attained(const sheaf_mset *m)
{
	return m ? m->max_attained : 0;
}

double sheaf_mset_get_max_possible(const sheaf_mset *m)
{
	return m ? m->max_possible : 0;
}

sheaf_docid sheaf_mset_get_docid(const sheaf_mset *m, size_t i)
{
	return item(m, i) ? item(m, i)->docid : 0;
}

sheaf_revision sheaf_mset_get_revision(const sheaf_mset *m, size_t i)
{
	return item(m, i) ? item(m, i)->revision : 0;
}

double sheaf_mset_get_weight(const sheaf_mset *m, size_t i)
{
	return item(m, i) ? item(m, i)->weight : 0;
}

int sheaf_mset_get_percent(const sheaf_mset *m, size_t i)
{
	double percent;

	if (!item(m, i))
		return 0;
	if (m->max_attained <= 0)
		return 100;
	percent = 100 * m->best_share * item(m, i)->weight / m->max_attained;
	/* Whatever matches is worth 1 at least. */
	return percent < 1 ? 1 : percent > 100 ? 100 : (int)floor(percent + 0.5);
}

sheaf_status sheaf_mset_get_document(sheaf_mset *m, size_t i, const sheaf_document **doc,
                                     sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*doc = NULL;
	if (!item(m, i))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no item %zu", i);
	if (!m->documents[i])
		status = sheaf_database_get_document(m->db, item(m, i)->docid, &m->documents[i],
		                                     err);
	*doc = m->documents[i];
	return status;
}

sheaf_status sheaf_mset_snippet(sheaf_mset *m, size_t i, sheaf_field field, size_t words,
                                const char *hi_start, const char *hi_end, char **text,
                                sheaf_error *err)
{
	const sheaf_document *doc;
	snippet_options       options = {words, hi_start ? hi_start : "", hi_end ? hi_end : ""};
	const char           *source;
	sheaf_status          status;

	*text = NULL;
	if (!field_get(field) || field_get(field)->column < 0 ||
	    field_get(field)->column >= COLUMN_TEXT_COUNT)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "field %d is no text",
		                  (int)field);
	status = sheaf_mset_get_document(m, i, &doc, err);
	if (status == SHEAF_OK && !m->highlight)
		status = highlight_new(m->db, m->query, &m->highlight, err);
	if (status != SHEAF_OK)
		return status;
	source = sheaf_document_get_text(doc, field);
	return snippet_make(m->highlight, field, source ? source : "", &options, text, err);
}

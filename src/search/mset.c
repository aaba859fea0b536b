#include <string.h>

#include "alloc.h"
#include "error.h"
#include "mset_private.h"
#include "query_tree.h"

struct sheaf_mset {
	sheaf_database  *db; /* borrowed */
	sheaf_query     *query;
	match_result     result;       /* its items are from rank 0 on */
	sheaf_document **documents;    /* as far as loaded, by item */
	size_t           first, count; /* items[first] is item 0 */
	size_t           rank;         /* of item 0 */
	highlight       *highlight;    /* made by the first snippet */
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
	m->rank = first;
	m->result = *result;
	*result = (match_result){0};
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
	match_result_free(&m->result);
	sheaf_query_free(m->query);
	highlight_free(m->highlight);
	mem_free(m);
}

static const match_item *item(const sheaf_mset *m, size_t i)
{
	return m && i < m->count ? &m->result.items[m->first + i] : NULL;
}

size_t sheaf_mset_size(const sheaf_mset *m)
{
	return m ? m->count : 0;
}

size_t sheaf_mset_get_firstitem(const sheaf_mset *m)
{
	return m ? m->rank : 0;
}

int64_t sheaf_mset_get_matches_lower_bound(const sheaf_mset *m)
{
	return m ? m->result.hits - m->result.fewer : 0;
}

int64_t sheaf_mset_get_matches_estimated(const sheaf_mset *m)
{
	return m ? m->result.hits : 0;
}

int64_t sheaf_mset_get_matches_upper_bound(const sheaf_mset *m)
{
	if (!m)
		return 0;
	return m->result.timed_out ? m->result.documents : m->result.hits + m->result.more;
}

int sheaf_mset_matches_exact(const sheaf_mset *m)
{
	return m && !m->result.timed_out && !m->result.fewer && !m->result.more;
}

double sheaf_mset_get_max_attained(const sheaf_mset *m)
{
	return m ? m->result.max_attained : 0;
}

double sheaf_mset_get_max_possible(const sheaf_mset *m)
{
	return m ? m->result.max_possible : 0;
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

int sheaf_mset_convert_to_percent(const sheaf_mset *m, double weight)
{
	if (!m || !(weight > 0))
		return m && m->result.max_attained <= 0 && m->result.hits ? 100 : 0;
	return match_percent(weight, m->result.max_attained, m->result.best_share);
}

int sheaf_mset_get_percent(const sheaf_mset *m, size_t i)
{
	if (!item(m, i))
		return 0;
	return match_percent(item(m, i)->weight, m->result.max_attained, m->result.best_share);
}

static const match_term *find_term(const sheaf_mset *m, const char *description)
{
	for (size_t i = 0; m && description && i < m->result.term_count; i++)
		if (m->result.terms[i].description &&
		    strcmp(m->result.terms[i].description, description) == 0)
			return &m->result.terms[i];
	return NULL;
}

int64_t sheaf_mset_get_termfreq(const sheaf_mset *m, const char *term)
{
	const match_term *t = find_term(m, term);

	return t ? t->documents : 0;
}

double sheaf_mset_get_termweight(const sheaf_mset *m, const char *term)
{
	const match_term *t = find_term(m, term);

	return t ? t->weight : 0;
}

void sheaf_mset_release_document(sheaf_mset *m, size_t i)
{
	if (!item(m, i))
		return;
	sheaf_document_free(m->documents[i]);
	m->documents[i] = NULL;
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

sheaf_status mset_highlight(sheaf_mset *m, highlight **h, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!m->highlight)
		status = highlight_new(m->db, m->query, &m->highlight, err);
	*h = m->highlight;
	return status;
}

/* evaluation_run.c: the papers that are measured with, classified one after the other. */
#include <sheaf/classifier.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "evaluation_private.h"
#include "id_split.h"
#include "str.h"

typedef struct measuring {
	sheaf_database                 *db;
	const sheaf_profile_set        *set;
	const sheaf_evaluation_options *options;
	sheaf_evaluation               *e;
	sheaf_classifier               *classifier;
	category_labels                 labels; /* by categories */
	id_sample                       sample; /* and where there is a limit */
	int64_t                         done, total;
	sheaf_status                    status; /* of what a callback did */
	sheaf_error                    *err;
} measuring;

static int is_of_part(const measuring *m, const char *id)
{
	return m->options->split == SHEAF_SPLIT_ALL ||
	       id_split_is_test(id) == (m->options->split == SHEAF_SPLIT_TEST);
}

static sheaf_status tell_progress(measuring *m)
{
	const sheaf_evaluation_options *o = m->options;

	if (!o->progress || !o->progress(o->progress_ctx, m->done, m->total))
		return SHEAF_OK;
	return sheaf_fail(m->err, SHEAF_ERROR_INTERRUPTED, "interrupted");
}

static int take_class(void *ctx, const sheaf_class *result)
{
	measuring *m = ctx;

	if (result->profile < m->e->size)
		profile_marks_put(&m->e->placed, result->profile, 1);
	return 0;
}

static sheaf_status place(measuring *m, const sheaf_document *doc)
{
	return sheaf_classifier_classify(m->classifier, doc, take_class, m, m->err);
}

/* What a walk answers, unless one of its calls failed. */
static sheaf_status walk_status(const measuring *m, sheaf_status status, const sheaf_error *why)
{
	if (m->status != SHEAF_OK)
		return m->status;
	if (status != SHEAF_OK && m->err)
		*m->err = *why;
	return status;
}

/* ---- by categories ---- */

static sheaf_status count_labelled(measuring *m, const sheaf_document *doc)
{
	sheaf_status status = place(m, doc);

	if (status != SHEAF_OK)
		return status;
	category_labels_apply(&m->labels, doc, m->e);
	return evaluation_count_paper(m->e, 1, m->err);
}

static int take_document(void *ctx, const sheaf_document *doc)
{
	measuring  *m = ctx;
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);

	m->done++;
	m->status = tell_progress(m);
	if (m->status != SHEAF_OK || !id || !is_of_part(m, id))
		return m->status != SHEAF_OK;
	if (!category_labels_has(&m->labels, doc, m->e->best))
		m->e->totals.left_out++;
	else if (m->options->limit > 0)
		m->status = id_sample_add(&m->sample, id, sheaf_document_get_docid(doc), m->err);
	else
		m->status = count_labelled(m, doc);
	return m->status != SHEAF_OK;
}

static sheaf_status count_sampled(measuring *m, sheaf_docid docid)
{
	sheaf_document *doc = NULL;
	sheaf_status    status = sheaf_database_get_document(m->db, docid, &doc, m->err);

	if (status == SHEAF_OK)
		status = count_labelled(m, doc);
	sheaf_document_free(doc);
	return status;
}

static sheaf_status count_sample(measuring *m)
{
	sheaf_status status = SHEAF_OK;

	id_sample_sort(&m->sample);
	m->done = 0;
	m->total = (int64_t)m->sample.count;
	for (size_t i = 0; status == SHEAF_OK && i < m->sample.count; i++) {
		m->done++;
		status = tell_progress(m);
		if (status == SHEAF_OK)
			status = count_sampled(m, m->sample.items[i].docid);
	}
	return status;
}

static sheaf_status run_categories(measuring *m)
{
	sheaf_error  why = {0};
	sheaf_status status = sheaf_classifier_new(m->db, m->set, &m->classifier, m->err);

	if (status == SHEAF_OK)
		status = sheaf_database_get_doccount(m->db, &m->total, m->err);
	if (status != SHEAF_OK)
		return status;
	sheaf_classifier_set_blind(m->classifier, 1);
	m->sample.limit = m->options->limit;
	status = sheaf_database_each_document(m->db, 0, take_document, m, &why);
	status = walk_status(m, status, &why);
	return status == SHEAF_OK ? count_sample(m) : status;
}

static sheaf_status measure_categories(measuring *m)
{
	sheaf_status status = category_labels_make(&m->labels, m->set, m->e, m->err);

	if (status == SHEAF_OK && m->labels.count)
		status = run_categories(m);
	mem_free(m->labels.items);
	mem_free(m->sample.items);
	return status;
}

/* ---- by marks ---- */

/* `*doc` NULL: it is not there. */
static sheaf_status find(measuring *m, const char *id, sheaf_document **doc)
{
	sheaf_docid  docid;
	sheaf_error  why = {0};
	sheaf_status status = sheaf_database_find_document(m->db, id, &docid, &why);

	*doc = NULL;
	if (status == SHEAF_OK)
		return sheaf_database_get_document(m->db, docid, doc, m->err);
	/* A mark whose text is no identifier was not made by sheaf_mark_put(). */
	if (status == SHEAF_ERROR_DOC_NOT_FOUND || status == SHEAF_ERROR_INVALID_ARGUMENT)
		return SHEAF_OK;
	return walk_status(m, status, &why);
}

static sheaf_status count_marked(measuring *m, const sheaf_document *doc, const marked *marks,
                                 size_t count)
{
	int          belongs = 0;
	sheaf_status status = place(m, doc);

	if (status != SHEAF_OK)
		return status;
	for (size_t i = 0; i < count; i++) {
		profile_marks_put(&m->e->labels, marks[i].profile,
		                  marks[i].belongs ? LABEL_BELONGS : LABEL_NOT);
		belongs |= marks[i].belongs;
	}
	return evaluation_count_paper(m->e, belongs && m->e->best, m->err);
}

/* The marks of one paper. */
static sheaf_status measure_paper(measuring *m, const marked *marks, size_t count)
{
	sheaf_document *doc;
	sheaf_status    status = tell_progress(m);

	if (status != SHEAF_OK || !is_of_part(m, marks->id))
		return status;
	status = find(m, marks->id, &doc);
	if (status != SHEAF_OK)
		return status;
	if (doc)
		status = count_marked(m, doc, marks, count);
	else
		m->e->totals.missing++;
	sheaf_document_free(doc);
	return status;
}

static sheaf_status run_marks(measuring *m, const marked_list *list)
{
	int64_t      limit = m->options->limit;
	size_t       count;
	sheaf_status status = sheaf_classifier_new(m->db, m->set, &m->classifier, m->err);

	m->total = (int64_t)list->count;
	for (size_t i = 0; status == SHEAF_OK && i < list->count; i += count) {
		const marked *first = &list->items[i];

		if (limit > 0 && m->e->totals.papers >= limit)
			break;
		for (count = 1; i + count < list->count; count++)
			if (!str_eq(first[count].id, first->id))
				break;
		m->done = (int64_t)(i + count);
		status = measure_paper(m, first, count);
	}
	return status;
}

static sheaf_status measure_marks(measuring *m)
{
	marked_list  list;
	sheaf_status status = marked_list_read(&list, m->db, m->set, m->err);

	for (size_t i = 0; i < list.count; i++)
		m->e->counts[list.items[i].profile].measured = 1;
	if (status == SHEAF_OK && list.count)
		status = run_marks(m, &list);
	marked_list_free(&list);
	return status;
}

/* ---- either ---- */

sheaf_status sheaf_evaluate(sheaf_database *db, const sheaf_profile_set *set,
                            const sheaf_evaluation_options *options, sheaf_evaluation **evaluation,
                            sheaf_error *err)
{
	static const sheaf_evaluation_options defaults = {0};

	measuring    m = {.db = db, .set = set, .err = err};
	sheaf_status status;

	if (!evaluation)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the evaluation");
	*evaluation = NULL;
	if (!db || !set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no profiles");
	m.options = options ? options : &defaults;
	status = evaluation_new(set, &m.e, err);
	if (status == SHEAF_OK)
		status = m.options->labels == SHEAF_LABELS_CATEGORIES ? measure_categories(&m)
		                                                      : measure_marks(&m);
	sheaf_classifier_free(m.classifier);
	if (status != SHEAF_OK) {
		sheaf_evaluation_free(m.e);
		return status;
	}
	evaluation_finish(m.e);
	*evaluation = m.e;
	return SHEAF_OK;
}

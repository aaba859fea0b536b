/* Terms of one document: what its analysis gives, sorted and counted. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "analysis.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "terms_walk.h"

/* The terms of the document, one each time they occur; texts are those of the analysis. */
typedef struct term_list {
	sheaf_term_info *terms;
	size_t           count, size;
	int              all_stems;
	int              weight; /* of an occurrence in the column at hand */
	int              failed;
} term_list;

static int add_token(void *ctx, const token *t)
{
	term_list      *list = ctx;
	sheaf_term_info info, *grown;

	if (!terms_describe(t->text, t->len, list->all_stems, &info))
		return 0;
	if (list->count == list->size) {
		size_t size = list->size ? list->size * 2 : 256;

		grown = mem_realloc_array(list->terms, size, sizeof *grown);
		if (!grown)
			return list->failed = 1;
		list->terms = grown;
		list->size = size;
	}
	info.wdf = list->weight;
	list->terms[list->count++] = info;
	return 0;
}

static int compare(const void *a, const void *b)
{
	return terms_compare(a, b);
}

/* Equal neighbours become one. */
static void unite(term_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (kept && terms_compare(&list->terms[kept - 1], &list->terms[i]) == 0)
			list->terms[kept - 1].wdf += list->terms[i].wdf;
		else
			list->terms[kept++] = list->terms[i];
	}
	list->count = kept;
	/* The caller's terms are indexed once more than they count. */
	for (size_t i = 0; i < kept; i++)
		list->terms[i].wdf -= list->terms[i].field == SHEAF_FIELD_TERM;
}

static sheaf_status collect(sheaf_database *db, const sheaf_document *doc, analysis *x,
                            term_list *list, sheaf_error *err)
{
	sheaf_status status = analysis_run(&db->tokenizer.config, doc, x, err);

	if (status != SHEAF_OK)
		return status;
	list->all_stems = db->tokenizer.config.strategy == SHEAF_STEM_ALL;
	for (int i = 0; !list->failed && i < COLUMN_COUNT; i++) {
		list->weight = i == COLUMN_TITLE ? FIELD_TITLE_WEIGHT : 1;
		analysis_replay(x, i, add_token, list);
	}
	if (list->failed)
		return sheaf_nomem(err);
	if (list->count)
		qsort(list->terms, list->count, sizeof *list->terms, compare);
	unite(list);
	return SHEAF_OK;
}

sheaf_status sheaf_database_each_document_term(sheaf_database *db, sheaf_docid docid,
                                               sheaf_term_info_fn fn, void *ctx, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	analysis       *x = NULL;
	term_list       list = {0};
	sheaf_status    status;

	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	status = sheaf_database_get_document(db, docid, &doc, err);
	if (status == SHEAF_OK) {
		x = analysis_new();
		status = x ? collect(db, doc, x, &list, err) : sheaf_nomem(err);
	}
	for (size_t i = 0; status == SHEAF_OK && i < list.count; i++)
		if (fn(ctx, &list.terms[i]))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	mem_free(list.terms);
	analysis_free(x);
	sheaf_document_free(doc);
	return status;
}

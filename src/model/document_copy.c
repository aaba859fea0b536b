/* Copies and merges of documents. */
#include <string.h>

#include "document_private.h"
#include "error.h"
#include "field.h"
#include "str.h"

static sheaf_status copy_authors(sheaf_document *to, const sheaf_document *from, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->author_count; i++)
		status = sheaf_document_add_author(to, &from->authors[i], err);
	to->parsed_names = from->parsed_names;
	return status;
}

static sheaf_status copy_categories(sheaf_document *to, const sheaf_document *from,
                                    sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->category_count; i++)
		status = sheaf_document_add_category(to, from->categories[i], err);
	return status;
}

static sheaf_status copy_versions(sheaf_document *to, const sheaf_document *from, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->version_count; i++)
		status = sheaf_document_add_version(to, &from->versions[i], err);
	return status;
}

static sheaf_status copy_text(sheaf_document *to, const sheaf_document *from, size_t field,
                              sheaf_error *err)
{
	to->text[field] = arena_strndup(&to->arena, from->text[field], from->text_len[field]);
	if (!to->text[field])
		return sheaf_nomem(err);
	to->text_len[field] = from->text_len[field];
	return SHEAF_OK;
}

void document_swap(sheaf_document *a, sheaf_document *b)
{
	sheaf_document was = *a;

	*a = *b;
	*b = was;
}

sheaf_status document_copy(sheaf_document *to, const sheaf_document *from, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	sheaf_document_clear(to);
	to->docid = from->docid;
	to->revision = from->revision;
	for (size_t i = 0; status == SHEAF_OK && i < SHEAF_FIELD_COUNT; i++)
		if (from->text[i])
			status = copy_text(to, from, i, err);
	memcpy(to->value, from->value, sizeof to->value);
	if (status == SHEAF_OK)
		status = copy_authors(to, from, err);
	if (status == SHEAF_OK)
		status = copy_categories(to, from, err);
	if (status == SHEAF_OK)
		status = copy_versions(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_data(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_slots(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_terms(to, from, err);
	return status;
}

/* Takes what `doc` does not know from the stored copy. */
static sheaf_status fill_gaps(sheaf_document *doc, const sheaf_document *stored, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < SHEAF_FIELD_COUNT; i++)
		if (!doc->text[i] && stored->text[i])
			status = copy_text(doc, stored, i, err);
	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		if (doc->value[i] == SHEAF_TIME_NONE ||
		    (i == SHEAF_FIELD_VERSION && !doc->value[i]))
			doc->value[i] = stored->value[i];
	/* A withdrawal stands until a newer version is seen. */
	if (doc->value[SHEAF_FIELD_VERSION] == stored->value[SHEAF_FIELD_VERSION] &&
	    stored->value[SHEAF_FIELD_WITHDRAWN])
		doc->value[SHEAF_FIELD_WITHDRAWN] = 1;
	if (status == SHEAF_OK && !doc->author_count)
		status = copy_authors(doc, stored, err);
	if (status == SHEAF_OK && !doc->category_count)
		status = copy_categories(doc, stored, err);
	if (status == SHEAF_OK && !doc->version_count)
		status = copy_versions(doc, stored, err);
	if (status == SHEAF_OK && !doc->data_known)
		status = document_copy_data(doc, stored, err);
	if (status == SHEAF_OK && !doc->slots_known)
		status = document_copy_slots(doc, stored, err);
	if (status == SHEAF_OK && !doc->terms_known)
		status = document_copy_terms(doc, stored, err);
	return status;
}

static int same_authors(const sheaf_document *a, const sheaf_document *b)
{
	if (a->author_count != b->author_count)
		return 0;
	for (size_t i = 0; i < a->author_count; i++) {
		const sheaf_author *x = &a->authors[i], *y = &b->authors[i];

		if (!str_eq(x->name, y->name) || !str_eq(x->keyname, y->keyname) ||
		    !str_eq(x->forenames, y->forenames) || !str_eq(x->suffix, y->suffix) ||
		    !str_eq(x->affiliation, y->affiliation))
			return 0;
	}
	return 1;
}

static int same_versions(const sheaf_document *a, const sheaf_document *b)
{
	if (a->version_count != b->version_count)
		return 0;
	for (size_t i = 0; i < a->version_count; i++) {
		const sheaf_document_version *x = &a->versions[i], *y = &b->versions[i];

		if (x->number != y->number || x->created != y->created ||
		    !str_eq(x->size, y->size) || !str_eq(x->source_type, y->source_type))
			return 0;
	}
	return 1;
}

static int same(const sheaf_document *a, const sheaf_document *b)
{
	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		if (!str_eq(a->text[i], b->text[i]) || a->value[i] != b->value[i])
			return 0;
	return str_eq(sheaf_document_get_text(a, SHEAF_FIELD_CATEGORY),
	              sheaf_document_get_text(b, SHEAF_FIELD_CATEGORY)) &&
	       same_authors(a, b) && same_versions(a, b) && document_same_data(a, b) &&
	       document_same_slots(a, b) && document_same_terms(a, b);
}

int document_merge(sheaf_document *doc, const sheaf_document *stored, sheaf_error *err,
                   sheaf_status *status)
{
	int64_t version = doc->value[SHEAF_FIELD_VERSION];

	*status = SHEAF_OK;
	if (version && version < stored->value[SHEAF_FIELD_VERSION])
		return 0;
	*status = fill_gaps(doc, stored, err);
	return *status == SHEAF_OK && !same(doc, stored);
}

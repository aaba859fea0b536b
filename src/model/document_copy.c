/* Copies of documents. */
#include <string.h>

#include "document_private.h"
#include "error.h"
#include "field.h"

sheaf_status document_copy_authors(sheaf_document *to, const sheaf_document *from, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->author_count; i++)
		status = sheaf_document_add_author(to, &from->authors[i], err);
	to->parsed_names = from->parsed_names;
	return status;
}

sheaf_status document_copy_categories(sheaf_document *to, const sheaf_document *from,
                                      sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->category_count; i++)
		status = sheaf_document_add_category(to, from->categories[i], err);
	return status;
}

sheaf_status document_copy_versions(sheaf_document *to, const sheaf_document *from,
                                    sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->version_count; i++)
		status = sheaf_document_add_version(to, &from->versions[i], err);
	return status;
}

sheaf_status document_copy_text(sheaf_document *to, const sheaf_document *from, sheaf_field field,
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
	to->source = from->source;
	to->merged = from->merged;
	memcpy(to->origin, from->origin, sizeof to->origin);
	to->announced = from->announced;
	to->revision = from->revision;
	for (size_t i = 0; status == SHEAF_OK && i < SHEAF_FIELD_COUNT; i++)
		if (from->text[i])
			status = document_copy_text(to, from, (sheaf_field)i, err);
	memcpy(to->value, from->value, sizeof to->value);
	if (status == SHEAF_OK)
		status = document_copy_authors(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_categories(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_versions(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_data(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_slots(to, from, err);
	if (status == SHEAF_OK)
		status = document_copy_terms(to, from, err);
	return status;
}

/* document_merge.c: what a new copy of a paper does to the stored one, field by field. */
#include <string.h>

#include "announced.h"
#include "document_join.h"
#include "document_origin.h"
#include "error.h"
#include "field.h"
#include "str.h"

/* ---- one field ---- */

/* What becomes of a field. */
typedef enum choice { KEEP_STORED = 0, TAKE, TAKE_ABSENCE, TAKE_ORIGIN } choice;

/* That there is no such field is known of a version, whenever it was told. */
static choice choose_gap(const document_origin *from, const document_origin *at)
{
	return origin_is_unknown(at) || origin_compare_versions(from, at) >= 0 ? TAKE : KEEP_STORED;
}

static choice choose_present(const document_origin *from, const document_origin *at, int order,
                             sheaf_field field)
{
	int better = from->source == DOCUMENT_SOURCE_NONE ||
	             origin_rank((document_source)from->source, field) >=
	                     origin_rank((document_source)at->source, field);

	/* When a paper was submitted does not depend on who knows it later. */
	if (order && field != SHEAF_FIELD_SUBMITTED)
		return order > 0 ? TAKE : KEEP_STORED;
	return better ? TAKE : KEEP_STORED;
}

static choice choose_absent(const document_origin *from, const document_origin *at, int stored,
                            int order, sheaf_field field)
{
	int versions = origin_compare_versions(from, at);

	if ((!from->version && from->day == INT64_MIN) ||
	    !origin_tells_absence((document_source)from->source, field))
		return KEEP_STORED;
	if (origin_is_unknown(at))
		return stored ? KEEP_STORED : TAKE_ORIGIN;
	if (stored)
		return versions > 0 ? TAKE_ABSENCE : KEEP_STORED;
	return versions >= 0 && choose_present(from, at, order, field) == TAKE ? TAKE_ORIGIN
	                                                                       : KEEP_STORED;
}

/* A caller need not say of which day the paper is that it changes. */
static document_origin comparable(document_origin from)
{
	if (from.source == DOCUMENT_SOURCE_NONE)
		from.day = INT64_MIN;
	return from;
}

static choice choose(const sheaf_document *doc, const sheaf_document *stored, sheaf_field field)
{
	document_origin        from = comparable(origin_of(doc, field));
	const document_origin *at = &stored->origin[field];
	int                    there = document_has(stored, field);
	int                    order = origin_compare(&from, at);

	if (!document_has(doc, field))
		return choose_absent(&from, at, there, order, field);
	return there ? choose_present(&from, at, order, field) : choose_gap(&from, at);
}

/* Puts the stored field in the place of the copy's. */
static sheaf_status keep_stored(sheaf_document *doc, const sheaf_document *stored,
                                sheaf_field field, sheaf_error *err)
{
	switch (field) {
	case SHEAF_FIELD_AUTHOR:
		doc->author_count = 0;
		buf_clear(&doc->author_text);
		return document_copy_authors(doc, stored, err);
	case SHEAF_FIELD_CATEGORY:
		doc->category_count = 0;
		buf_clear(&doc->category_text);
		return document_copy_categories(doc, stored, err);
	case SHEAF_FIELD_VERSION:
		doc->version_count = 0;
		return document_copy_versions(doc, stored, err);
	case SHEAF_FIELD_SUBMITTED:
	case SHEAF_FIELD_UPDATED: doc->value[field] = stored->value[field]; return SHEAF_OK;
	default:
		doc->text[field] = NULL;
		doc->text_len[field] = 0;
		return stored->text[field] ? document_copy_text(doc, stored, field, err) : SHEAF_OK;
	}
}

/* ---- the whole ---- */

static sheaf_status merge_field(sheaf_document *doc, const sheaf_document *stored,
                                sheaf_field field, sheaf_error *err)
{
	document_origin  from = origin_of(doc, field);
	document_origin *origin = &doc->origin[field];
	choice           c = choose(doc, stored, field);

	*origin = c == KEEP_STORED ? stored->origin[field] : from;
	if (from.source != DOCUMENT_SOURCE_NONE && document_has(doc, field) &&
	    document_has(stored, field)) {
		if (field == SHEAF_FIELD_VERSION)
			return document_join_versions(doc, stored, c == KEEP_STORED, err);
		if (field == SHEAF_FIELD_AUTHOR && document_same_names(doc, stored))
			return document_join_authors(doc, stored, origin, from, err);
	}
	return c == KEEP_STORED ? keep_stored(doc, stored, field, err) : SHEAF_OK;
}

static sheaf_status merge_fields(sheaf_document *doc, const sheaf_document *stored,
                                 sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < ORIGIN_FIELDS && status == SHEAF_OK; i++)
		status = merge_field(doc, stored, origin_fields[i], err);
	return status;
}

/* A withdrawal is of a version, and stands until a newer one is seen. */
static void merge_withdrawal(sheaf_document *doc, const sheaf_document *stored)
{
	int64_t mine = doc->value[SHEAF_FIELD_VERSION], theirs = stored->value[SHEAF_FIELD_VERSION];
	int     is = doc->value[SHEAF_FIELD_WITHDRAWN] && (!mine || mine >= theirs);
	int     was = stored->value[SHEAF_FIELD_WITHDRAWN] && (!mine || mine <= theirs);

	doc->value[SHEAF_FIELD_WITHDRAWN] = is || was;
}

static sheaf_status merge_own(sheaf_document *doc, const sheaf_document *stored, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!doc->data_known)
		status = document_copy_data(doc, stored, err);
	if (status == SHEAF_OK && !doc->slots_known)
		status = document_copy_slots(doc, stored, err);
	if (status == SHEAF_OK && !doc->terms_known)
		status = document_copy_terms(doc, stored, err);
	return status;
}

static void merge_values(sheaf_document *doc, const sheaf_document *stored)
{
	int64_t *v = doc->value;

	merge_withdrawal(doc, stored);
	if (v[SHEAF_FIELD_VERSION] < stored->value[SHEAF_FIELD_VERSION])
		v[SHEAF_FIELD_VERSION] = stored->value[SHEAF_FIELD_VERSION];
	/* SHEAF_TIME_NONE is the least number. */
	if (v[SHEAF_FIELD_DATESTAMP] < stored->value[SHEAF_FIELD_DATESTAMP])
		v[SHEAF_FIELD_DATESTAMP] = stored->value[SHEAF_FIELD_DATESTAMP];
}

/* ---- what has changed ---- */

static int same_text(const sheaf_document *a, const sheaf_document *b, sheaf_field field)
{
	return str_eq(sheaf_document_get_text(a, field), sheaf_document_get_text(b, field));
}

static int same_paper(const sheaf_document *a, const sheaf_document *b)
{
	for (size_t i = 0; i < ORIGIN_FIELDS; i++)
		if (!same_text(a, b, origin_fields[i]))
			return 0;
	return a->value[SHEAF_FIELD_VERSION] == b->value[SHEAF_FIELD_VERSION] &&
	       a->value[SHEAF_FIELD_WITHDRAWN] == b->value[SHEAF_FIELD_WITHDRAWN] &&
	       a->value[SHEAF_FIELD_SUBMITTED] == b->value[SHEAF_FIELD_SUBMITTED] &&
	       a->value[SHEAF_FIELD_UPDATED] == b->value[SHEAF_FIELD_UPDATED] &&
	       document_same_authors(a, b) && document_same_versions(a, b) &&
	       document_same_data(a, b) && document_same_slots(a, b) && document_same_terms(a, b);
}

static int same_aside(const sheaf_document *a, const sheaf_document *b)
{
	for (size_t i = 0; i < ORIGIN_FIELDS; i++)
		if (!origin_is_same(&a->origin[origin_fields[i]], &b->origin[origin_fields[i]]))
			return 0;
	return a->value[SHEAF_FIELD_DATESTAMP] == b->value[SHEAF_FIELD_DATESTAMP] &&
	       a->value[SHEAF_FIELD_ANNOUNCED] == b->value[SHEAF_FIELD_ANNOUNCED] &&
	       a->value[SHEAF_FIELD_ANNOUNCED_SEEN] == b->value[SHEAF_FIELD_ANNOUNCED_SEEN];
}

static sheaf_change_kind kind_of_change(const sheaf_document *doc, const sheaf_document *stored)
{
	if (doc->value[SHEAF_FIELD_WITHDRAWN] && !stored->value[SHEAF_FIELD_WITHDRAWN])
		return SHEAF_CHANGE_WITHDRAWN;
	if (doc->value[SHEAF_FIELD_VERSION] > stored->value[SHEAF_FIELD_VERSION])
		return SHEAF_CHANGE_VERSION;
	return same_text(doc, stored, SHEAF_FIELD_CATEGORY) ? SHEAF_CHANGE_METADATA
	                                                    : SHEAF_CHANGE_CATEGORY;
}

sheaf_status document_merge(sheaf_document *doc, const sheaf_document *stored,
                            document_merge_result *result, sheaf_error *err)
{
	int64_t      version = doc->value[SHEAF_FIELD_VERSION];
	sheaf_status status;

	*result = MERGE_NOTHING;
	if (doc->source == DOCUMENT_SOURCE_NONE && !doc->merged && version &&
	    version < stored->value[SHEAF_FIELD_VERSION])
		return SHEAF_OK;
	announced_infer(doc, stored->value[SHEAF_FIELD_SUBMITTED]);
	status = merge_fields(doc, stored, err);
	if (status == SHEAF_OK)
		status = merge_own(doc, stored, err);
	if (status != SHEAF_OK)
		return status;
	merge_values(doc, stored);
	announced_merge(doc, stored);
	document_fold_origins(doc);
	doc->value[SHEAF_FIELD_CHANGE] = stored->value[SHEAF_FIELD_CHANGE];
	if (!same_paper(doc, stored)) {
		doc->value[SHEAF_FIELD_CHANGE] = kind_of_change(doc, stored);
		*result = MERGE_CHANGE;
	} else if (!same_aside(doc, stored)) {
		*result = MERGE_ASIDE;
	}
	return SHEAF_OK;
}

void document_settle(sheaf_document *doc)
{
	if (!doc->merged)
		document_set_origins(doc);
	announced_infer(doc, SHEAF_TIME_NONE);
}

#include "jsonl_record.h"

#include <string.h>

#include <jansson.h>

#include "base64.h"
#include "error.h"
#include "json_mend.h"
#include "source_private.h"

typedef struct text_key {
	const char *key;
	sheaf_field field;
} text_key;

/* Of the schema, and of its key "sheaf". */
static const text_key schema_texts[] = {
	{"title", SHEAF_FIELD_TITLE},
	{"abstract", SHEAF_FIELD_ABSTRACT},
	{"comments", SHEAF_FIELD_COMMENTS},
	{"journal-ref", SHEAF_FIELD_JOURNAL_REF},
	{"report-no", SHEAF_FIELD_REPORT_NO},
	{"doi", SHEAF_FIELD_DOI},
	{"license", SHEAF_FIELD_LICENSE},
	{"submitter", SHEAF_FIELD_SUBMITTER},
	{NULL, SHEAF_FIELD_ANY},
};
static const text_key more_texts[] = {
	{"msc_class", SHEAF_FIELD_MSC_CLASS},
	{"acm_class", SHEAF_FIELD_ACM_CLASS},
	{"proxy", SHEAF_FIELD_PROXY},
	{NULL, SHEAF_FIELD_ANY},
};
static const text_key more_times[] = {
	{"submitted", SHEAF_FIELD_SUBMITTED},
	{"updated", SHEAF_FIELD_UPDATED},
	{"datestamp", SHEAF_FIELD_DATESTAMP},
	{NULL, SHEAF_FIELD_ANY},
};

static sheaf_status set_texts(record *r, const text_key *keys, const json_t *object,
                              sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (; keys->key && status == SHEAF_OK; keys++) {
		const json_t *value = json_object_get(object, keys->key);

		if (json_is_string(value))
			status = record_set(r, keys->field, json_string_value(value),
			                    json_string_length(value), err);
	}
	return status;
}

static sheaf_status set_times(record *r, const text_key *keys, const json_t *object,
                              sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (; keys->key && status == SHEAF_OK; keys++) {
		const json_t *value = json_object_get(object, keys->key);

		if (json_is_string(value))
			status = record_set_time(r, keys->field, json_string_value(value),
			                         json_string_length(value), err);
	}
	return status;
}

/* ---- authors ---- */

static void author_part_of(record *r, author_part part, const json_t *value)
{
	if (json_is_string(value))
		record_author_part(r, part, json_string_value(value), json_string_length(value));
}

/* [keyname, forenames, suffix, affiliation…] */
static sheaf_status add_parsed_author(record *r, const json_t *list, sheaf_error *err)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		author_part_of(r, i < 3 ? (author_part)(AUTHOR_KEYNAME + i) : AUTHOR_AFFILIATION,
		               json_array_get(list, i));
	return record_author_end(r, err);
}

static sheaf_status add_author_object(record *r, const json_t *object, sheaf_error *err)
{
	static const char *const keys[AUTHOR_PARTS] = {"name", "keyname", "forenames", "suffix",
	                                               "affiliation"};

	for (size_t i = 0; i < AUTHOR_PARTS; i++)
		author_part_of(r, (author_part)i, json_object_get(object, keys[i]));
	return record_author_end(r, err);
}

/* Lists of either kind. */
static sheaf_status add_author_list(record *r, const json_t *list, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < json_array_size(list) && status == SHEAF_OK; i++) {
		const json_t *one = json_array_get(list, i);

		status = json_is_object(one) ? add_author_object(r, one, err)
		                             : add_parsed_author(r, one, err);
	}
	return status;
}

typedef sheaf_status (*line_fn)(sheaf_document *doc, const char *line, sheaf_error *err);

/* A text, or a list of texts, each read as a line. */
static sheaf_status add_lines(record *r, line_fn add, const json_t *value, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (json_is_string(value))
		return add(r->doc, json_string_value(value), err);
	for (size_t i = 0; i < json_array_size(value) && status == SHEAF_OK; i++) {
		const json_t *one = json_array_get(value, i);

		if (json_is_string(one))
			status = add(r->doc, json_string_value(one), err);
	}
	return status;
}

static sheaf_status set_authors(record *r, const json_t *object, const json_t *more,
                                sheaf_error *err)
{
	sheaf_status status = add_author_list(r, json_object_get(more, "authors"), err);

	if (status == SHEAF_OK && !sheaf_document_author_count(r->doc))
		status = add_author_list(r, json_object_get(object, "authors_parsed"), err);
	if (status == SHEAF_OK && !sheaf_document_author_count(r->doc))
		status = add_lines(r, document_add_author_line, json_object_get(object, "authors"),
		                   err);
	return status;
}

static sheaf_status set_categories(record *r, const json_t *object, const json_t *more,
                                   sheaf_error *err)
{
	sheaf_status status = add_lines(r, sheaf_document_add_category,
	                                json_object_get(more, "categories"), err);

	if (status == SHEAF_OK && !sheaf_document_category_count(r->doc))
		status = add_lines(r, document_add_category_line,
		                   json_object_get(object, "categories"), err);
	return status;
}

/* ---- versions and dates ---- */

/* {"version": "v1", "created": "…"}; early snapshots had a bare "v1". */
static sheaf_status add_version(record *r, const json_t *one, sheaf_error *err)
{
	const json_t   *number = json_is_object(one) ? json_object_get(one, "version") : one;
	const json_t   *created = json_object_get(one, "created");
	record_version *v;
	sheaf_status    status;

	if (!json_is_object(one) && !json_is_string(one))
		return SHEAF_OK;
	status = record_add_version(r, json_string_value(number), json_string_length(number), &v,
	                            err);
	if (status == SHEAF_OK && v && json_is_string(created))
		record_read_time(&v->created, json_string_value(created),
		                 json_string_length(created));
	return status;
}

static void add_version_details(record *r, const json_t *details)
{
	for (size_t i = 0; i < json_array_size(details); i++) {
		const json_t *one = json_array_get(details, i);
		const json_t *size = json_object_get(one, "size"),
			     *type = json_object_get(one, "source_type");
		record_version *v = record_find_version(
			r, json_integer_value(json_object_get(one, "version")));

		if (v && json_is_string(size))
			record_version_text(v->size, json_string_value(size),
			                    json_string_length(size));
		if (v && json_is_string(type))
			record_version_text(v->type, json_string_value(type),
			                    json_string_length(type));
	}
}

static sheaf_status set_versions(record *r, const json_t *object, const json_t *more,
                                 sheaf_error *err)
{
	const json_t *list = json_object_get(object, "versions");
	sheaf_status  status = SHEAF_OK;

	for (size_t i = 0; i < json_array_size(list) && status == SHEAF_OK; i++)
		status = add_version(r, json_array_get(list, i), err);
	add_version_details(r, json_object_get(more, "versions"));
	return status == SHEAF_OK ? record_close_versions(r, err) : status;
}

/* Where no version tells it, the day of the last change is the best that is known. */
static sheaf_status set_update_date(record *r, const json_t *object, const json_t *more,
                                    sheaf_error *err)
{
	static const text_key datestamp[] = {{"update_date", SHEAF_FIELD_DATESTAMP},
	                                     {NULL, SHEAF_FIELD_ANY}};
	static const text_key updated[] = {{"update_date", SHEAF_FIELD_UPDATED},
	                                   {NULL, SHEAF_FIELD_ANY}};
	sheaf_status          status = set_times(r, datestamp, object, err);

	if (status == SHEAF_OK && !json_is_object(more) &&
	    sheaf_document_get_value(r->doc, SHEAF_FIELD_UPDATED) == SHEAF_TIME_NONE)
		status = set_times(r, updated, object, err);
	return status;
}

/* ---- what a program has added ---- */

typedef sheaf_status (*bytes_fn)(sheaf_document *doc, uint32_t slot, const void *bytes, size_t len,
                                 sheaf_error *err);

static sheaf_status add_data(sheaf_document *doc, uint32_t slot, const void *bytes, size_t len,
                             sheaf_error *err)
{
	(void)slot;
	return sheaf_document_set_data(doc, bytes, len, err);
}

/* What cannot be such a thing is passed over, as all that is not known here. */
static sheaf_status pass_over(sheaf_status status, sheaf_error *err)
{
	return status == SHEAF_ERROR_NOMEM ? sheaf_nomem(err) : SHEAF_OK;
}

static sheaf_status add_bytes(record *r, bytes_fn add, uint32_t slot, const json_t *value,
                              sheaf_error *err)
{
	buf          bytes = BUF_INIT(0);
	sheaf_status status = SHEAF_OK;

	if (json_is_string(value) &&
	    base64_decode(json_string_value(value), json_string_length(value), &bytes)) {
		status = buf_status(&bytes, err);
		if (status == SHEAF_OK)
			status = pass_over(add(r->doc, slot, buf_str(&bytes), bytes.len, NULL),
			                   err);
	}
	buf_free(&bytes);
	return status;
}

static sheaf_status add_slot(record *r, const json_t *pair, sheaf_error *err)
{
	const json_t *number = json_array_get(pair, 0);
	json_int_t    slot = json_integer_value(number);

	if (!json_is_integer(number) || slot < 0 || slot > UINT32_MAX)
		return SHEAF_OK;
	return add_bytes(r, sheaf_document_add_slot_value, (uint32_t)slot, json_array_get(pair, 1),
	                 err);
}

static sheaf_status add_own_term(record *r, const json_t *pair, sheaf_error *err)
{
	const json_t *term = json_array_get(pair, 0), *number = json_array_get(pair, 1);
	json_int_t    wdf = json_integer_value(number);

	if (!json_is_string(term) || !json_is_integer(number) || wdf < 0 || wdf > SHEAF_WDF_MAX ||
	    strlen(json_string_value(term)) != json_string_length(term))
		return SHEAF_OK;
	return pass_over(
		sheaf_document_add_term(r->doc, json_string_value(term), (unsigned)wdf, NULL), err);
}

static sheaf_status set_own(record *r, const json_t *more, sheaf_error *err)
{
	const json_t *slots = json_object_get(more, "slots"),
		     *terms = json_object_get(more, "terms");
	sheaf_status status = add_bytes(r, add_data, 0, json_object_get(more, "data"), err);

	for (size_t i = 0; status == SHEAF_OK && i < json_array_size(slots); i++)
		status = add_slot(r, json_array_get(slots, i), err);
	for (size_t i = 0; status == SHEAF_OK && i < json_array_size(terms); i++)
		status = add_own_term(r, json_array_get(terms, i), err);
	return status;
}

/* What the schema lacks and sheaf's own export adds. */
static sheaf_status set_more(record *r, const json_t *more, sheaf_error *err)
{
	json_int_t    version = json_integer_value(json_object_get(more, "version"));
	const json_t *withdrawn = json_object_get(more, "withdrawn");
	sheaf_status  status = set_texts(r, more_texts, more, err);

	if (status == SHEAF_OK)
		status = set_times(r, more_times, more, err);
	if (status == SHEAF_OK && version > 0 && version <= RECORD_NUMBER_MAX)
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_VERSION, version, err);
	if (status == SHEAF_OK && json_is_boolean(withdrawn))
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_WITHDRAWN,
		                                  json_is_true(withdrawn), err);
	return status == SHEAF_OK ? set_own(r, more, err) : status;
}

/* ---- the record ---- */

static sheaf_status set_id(record *r, const json_t *object, int *good, sheaf_error *reason,
                           sheaf_error *err)
{
	const json_t *id = json_object_get(object, "id");
	sheaf_status  status;

	*good = 0;
	if (!json_is_string(id)) {
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT,
		           id && !json_is_null(id) ? "its id is no text" : "has no id");
		return SHEAF_OK;
	}
	status = record_set_id(r, json_string_value(id), json_string_length(id), good, err);
	if (status == SHEAF_OK && !*good)
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT, "'%.64s' is no identifier",
		           json_string_value(id));
	return status;
}

static sheaf_status read_object(record *r, const json_t *object, sheaf_error *err)
{
	const json_t *more = json_object_get(object, "sheaf");
	sheaf_status  status = set_texts(r, schema_texts, object, err);

	if (status == SHEAF_OK)
		status = set_authors(r, object, more, err);
	if (status == SHEAF_OK)
		status = set_categories(r, object, more, err);
	if (status == SHEAF_OK)
		status = set_versions(r, object, more, err);
	if (status == SHEAF_OK)
		status = set_update_date(r, object, more, err);
	return status == SHEAF_OK ? set_more(r, more, err) : status;
}

/* NULL: it is no JSON object, and `reason` says why; NOMEM is in *status. */
static json_t *parse(const char *line, size_t len, sheaf_error *reason, sheaf_status *status,
                     sheaf_error *err)
{
	enum { FLAGS = JSON_ALLOW_NUL };
	buf          mended = BUF_INIT(0);
	json_error_t e;
	json_t      *object = json_loadb(line, len, FLAGS, &e);

	*status = SHEAF_OK;
	if (!object) {
		json_mend(&mended, line, len);
		*status = buf_status(&mended, err);
		if (*status == SHEAF_OK)
			object = json_loadb(mended.data, mended.len, FLAGS, &e);
		buf_free(&mended);
	}
	/* Where memory is wanting, jansson fails without a word. */
	if (!object && *status == SHEAF_OK && !*e.text)
		*status = sheaf_nomem(err);
	if (!object && *status == SHEAF_OK)
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT, "broken JSON: %s", e.text);
	if (object && !json_is_object(object)) {
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT, "is no JSON object");
		json_decref(object);
		object = NULL;
	}
	return object;
}

sheaf_status jsonl_read_record(record *r, const char *line, size_t len, int *good, char *reason,
                               size_t reason_size, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_status status;
	json_t      *object;

	*good = 0;
	record_clear(r);
	object = parse(line, len, &why, &status, err);
	if (object)
		status = set_id(r, object, good, &why, err);
	if (status == SHEAF_OK && *good)
		status = read_object(r, object, err);
	else if (status == SHEAF_OK)
		status = source_copy_line(reason, reason_size, why.message, err);
	json_decref(object);
	return status;
}

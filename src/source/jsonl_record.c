#include "jsonl_record.h"

#include <string.h>

#include "announced.h"
#include "base64.h"
#include "document_origin.h"
#include "error.h"
#include "json_mend.h"
#include "source_private.h"

/* What is known of the schema, in the order in which the snapshot has it. */
typedef enum member {
	MEMBER_ID,
	MEMBER_SUBMITTER,
	MEMBER_AUTHORS,
	MEMBER_TITLE,
	MEMBER_COMMENTS,
	MEMBER_JOURNAL_REF,
	MEMBER_DOI,
	MEMBER_REPORT_NO,
	MEMBER_CATEGORIES,
	MEMBER_LICENSE,
	MEMBER_ABSTRACT,
	MEMBER_VERSIONS,
	MEMBER_UPDATE_DATE,
	MEMBER_AUTHORS_PARSED,
	MEMBER_SHEAF,
	MEMBERS
} member;
static const json_key member_keys[MEMBERS] = {
	[MEMBER_ID] = JSON_KEY("id"),
	[MEMBER_SUBMITTER] = JSON_KEY("submitter"),
	[MEMBER_AUTHORS] = JSON_KEY("authors"),
	[MEMBER_TITLE] = JSON_KEY("title"),
	[MEMBER_COMMENTS] = JSON_KEY("comments"),
	[MEMBER_JOURNAL_REF] = JSON_KEY("journal-ref"),
	[MEMBER_DOI] = JSON_KEY("doi"),
	[MEMBER_REPORT_NO] = JSON_KEY("report-no"),
	[MEMBER_CATEGORIES] = JSON_KEY("categories"),
	[MEMBER_LICENSE] = JSON_KEY("license"),
	[MEMBER_ABSTRACT] = JSON_KEY("abstract"),
	[MEMBER_VERSIONS] = JSON_KEY("versions"),
	[MEMBER_UPDATE_DATE] = JSON_KEY("update_date"),
	[MEMBER_AUTHORS_PARSED] = JSON_KEY("authors_parsed"),
	[MEMBER_SHEAF] = JSON_KEY("sheaf"),
};

/* Those of them that are plain texts. */
static const struct {
	member      member;
	sheaf_field field;
} schema_texts[] = {
	{MEMBER_TITLE, SHEAF_FIELD_TITLE},         {MEMBER_ABSTRACT, SHEAF_FIELD_ABSTRACT},
	{MEMBER_COMMENTS, SHEAF_FIELD_COMMENTS},   {MEMBER_JOURNAL_REF, SHEAF_FIELD_JOURNAL_REF},
	{MEMBER_REPORT_NO, SHEAF_FIELD_REPORT_NO}, {MEMBER_DOI, SHEAF_FIELD_DOI},
	{MEMBER_LICENSE, SHEAF_FIELD_LICENSE},     {MEMBER_SUBMITTER, SHEAF_FIELD_SUBMITTER},
};

/* Of the key "sheaf". */
typedef struct text_key {
	const char *key;
	sheaf_field field;
} text_key;
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

static int is_text(const json_node *node)
{
	return json_node_is(node, NODE_STRING);
}

static sheaf_status set_text(record *r, sheaf_field field, const json_node *text, sheaf_error *err)
{
	return is_text(text) ? record_set(r, field, text->text, text->len, err) : SHEAF_OK;
}

static sheaf_status set_time(record *r, sheaf_field field, const json_node *text, sheaf_error *err)
{
	return is_text(text) ? record_set_time(r, field, text->text, text->len, err) : SHEAF_OK;
}

/* ---- authors ---- */

static void author_part_of(record *r, author_part part, const json_node *value)
{
	if (is_text(value))
		record_author_part(r, part, value->text, value->len);
}

/* [keyname, forenames, suffix, affiliation…] */
static sheaf_status add_parsed_author(record *r, const json_node *list, sheaf_error *err)
{
	const json_node *one = NULL;

	for (size_t i = 0; (one = json_node_next(list, one)); i++)
		author_part_of(r, i < 3 ? (author_part)(AUTHOR_KEYNAME + i) : AUTHOR_AFFILIATION,
		               one);
	return record_author_end(r, err);
}

static sheaf_status add_author_object(record *r, const json_node *object, sheaf_error *err)
{
	static const char *const keys[AUTHOR_PARTS] = {"name", "keyname", "forenames", "suffix",
	                                               "affiliation"};

	for (size_t i = 0; i < AUTHOR_PARTS; i++)
		author_part_of(r, (author_part)i, json_node_get(object, keys[i]));
	return record_author_end(r, err);
}

/* Lists of either kind. */
static sheaf_status add_author_list(record *r, const json_node *list, sheaf_error *err)
{
	const json_node *one = NULL;
	sheaf_status     status = SHEAF_OK;

	while (status == SHEAF_OK && (one = json_node_next(list, one)))
		status = json_node_is(one, NODE_OBJECT) ? add_author_object(r, one, err)
		                                        : add_parsed_author(r, one, err);
	return status;
}

typedef sheaf_status (*line_fn)(sheaf_document *doc, const char *line, sheaf_error *err);

/* A text, or a list of texts, each read as a line. */
static sheaf_status add_lines(record *r, line_fn add, const json_node *value, sheaf_error *err)
{
	const json_node *one = NULL;
	sheaf_status     status = SHEAF_OK;

	if (is_text(value))
		return add(r->doc, value->text, err);
	while (status == SHEAF_OK && (one = json_node_next(value, one)))
		if (is_text(one))
			status = add(r->doc, one->text, err);
	return status;
}

static sheaf_status set_authors(record *r, const json_node *const *of, sheaf_error *err)
{
	const json_node *more = json_node_get(of[MEMBER_SHEAF], "authors");
	sheaf_status     status = add_author_list(r, more, err);

	if (status == SHEAF_OK && !sheaf_document_author_count(r->doc))
		status = add_author_list(r, of[MEMBER_AUTHORS_PARSED], err);
	if (status == SHEAF_OK && !sheaf_document_author_count(r->doc))
		status = add_lines(r, document_add_author_line, of[MEMBER_AUTHORS], err);
	return status;
}

static sheaf_status set_categories(record *r, const json_node *const *of, sheaf_error *err)
{
	const json_node *more = json_node_get(of[MEMBER_SHEAF], "categories");
	sheaf_status     status = add_lines(r, sheaf_document_add_category, more, err);

	if (status == SHEAF_OK && !sheaf_document_category_count(r->doc))
		status = add_lines(r, document_add_category_line, of[MEMBER_CATEGORIES], err);
	return status;
}

/* ---- versions and dates ---- */

/* {"version": "v1", "created": "…"}; early snapshots had a bare "v1". */
static sheaf_status add_version(record *r, const json_node *one, sheaf_error *err)
{
	const json_node *number = is_text(one) ? one : json_node_get(one, "version");
	const json_node *created = json_node_get(one, "created");
	record_version  *v;
	sheaf_status     status;

	if (!json_node_is(one, NODE_OBJECT) && !is_text(one))
		return SHEAF_OK;
	status = record_add_version(r, is_text(number) ? number->text : "",
	                            is_text(number) ? number->len : 0, &v, err);
	if (status == SHEAF_OK && v && is_text(created))
		record_read_time(&v->created, created->text, created->len);
	return status;
}

static void add_version_details(record *r, const json_node *details)
{
	const json_node *one = NULL;

	while ((one = json_node_next(details, one))) {
		const json_node *size = json_node_get(one, "size"),
				*type = json_node_get(one, "source_type");
		record_version *v = record_find_version(
			r, json_node_integer(json_node_get(one, "version")));

		if (v && is_text(size))
			record_version_text(v->size, size->text, size->len);
		if (v && is_text(type))
			record_version_text(v->type, type->text, type->len);
	}
}

static sheaf_status set_versions(record *r, const json_node *const *of, sheaf_error *err)
{
	const json_node *list = of[MEMBER_VERSIONS], *one = NULL;
	sheaf_status     status = SHEAF_OK;

	while (status == SHEAF_OK && (one = json_node_next(list, one)))
		status = add_version(r, one, err);
	add_version_details(r, json_node_get(of[MEMBER_SHEAF], "versions"));
	return status == SHEAF_OK ? record_close_versions(r, err) : status;
}

/* Where no version tells it, the day of the last change is the best that is known. */
static sheaf_status set_update_date(record *r, const json_node *const *of, sheaf_error *err)
{
	const json_node *day = of[MEMBER_UPDATE_DATE];
	sheaf_status     status = set_time(r, SHEAF_FIELD_DATESTAMP, day, err);

	if (status == SHEAF_OK && !json_node_is(of[MEMBER_SHEAF], NODE_OBJECT) &&
	    r->doc->value[SHEAF_FIELD_UPDATED] == SHEAF_TIME_NONE)
		status = set_time(r, SHEAF_FIELD_UPDATED, day, err);
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

static sheaf_status add_bytes(record *r, bytes_fn add, uint32_t slot, const json_node *value,
                              sheaf_error *err)
{
	buf          bytes = BUF_INIT(0);
	sheaf_status status = SHEAF_OK;

	if (is_text(value) && base64_decode(value->text, value->len, &bytes)) {
		status = buf_status(&bytes, err);
		if (status == SHEAF_OK)
			status = pass_over(add(r->doc, slot, buf_str(&bytes), bytes.len, NULL),
			                   err);
	}
	buf_free(&bytes);
	return status;
}

static sheaf_status add_slot(record *r, const json_node *pair, sheaf_error *err)
{
	const json_node *number = json_node_at(pair, 0);
	int64_t          slot = json_node_integer(number);

	if (!json_node_is(number, NODE_INTEGER) || slot < 0 || slot > UINT32_MAX)
		return SHEAF_OK;
	return add_bytes(r, sheaf_document_add_slot_value, (uint32_t)slot, json_node_at(pair, 1),
	                 err);
}

static sheaf_status add_own_term(record *r, const json_node *pair, sheaf_error *err)
{
	const json_node *term = json_node_at(pair, 0), *number = json_node_at(pair, 1);
	int64_t          wdf = json_node_integer(number);

	if (!is_text(term) || !json_node_is(number, NODE_INTEGER) || wdf < 0 ||
	    wdf > SHEAF_WDF_MAX || strlen(term->text) != term->len)
		return SHEAF_OK;
	return pass_over(sheaf_document_add_term(r->doc, term->text, (unsigned)wdf, NULL), err);
}

static sheaf_status set_own(record *r, const json_node *more, sheaf_error *err)
{
	const json_node *slots = json_node_get(more, "slots"), *slot = NULL;
	const json_node *terms = json_node_get(more, "terms"), *term = NULL;
	sheaf_status     status = add_bytes(r, add_data, 0, json_node_get(more, "data"), err);

	while (status == SHEAF_OK && (slot = json_node_next(slots, slot)))
		status = add_slot(r, slot, err);
	while (status == SHEAF_OK && (term = json_node_next(terms, term)))
		status = add_own_term(r, term, err);
	return status;
}

/* Where fields are from is last, for it depends on which of them are there. */
static sheaf_status set_history(record *r, const json_node *more, sheaf_error *err)
{
	const json_node *origins = json_node_get(more, "origins");
	const json_node *change = json_node_get(more, "change");
	int64_t          kind = json_node_integer(change);
	int64_t          seen = json_node_integer(json_node_get(more, "announced_seen"));
	sheaf_status     status = SHEAF_OK;

	if (json_node_is(change, NODE_INTEGER) && kind >= 0 && kind < SHEAF_CHANGE_KINDS)
		r->doc->value[SHEAF_FIELD_CHANGE] = kind;
	status = set_time(r, SHEAF_FIELD_ANNOUNCED, json_node_get(more, "announced"), err);
	if (seen > 0 && seen <= ANNOUNCED_BY_DATESTAMP)
		r->doc->value[SHEAF_FIELD_ANNOUNCED_SEEN] = seen;
	document_unpack_origins(r->doc, is_text(origins) ? origins->text : NULL);
	return status;
}

/* What the schema lacks and sheaf's own export adds. */
static sheaf_status set_more(record *r, const json_node *more, sheaf_error *err)
{
	int64_t          version = json_node_integer(json_node_get(more, "version"));
	const json_node *withdrawn = json_node_get(more, "withdrawn");
	sheaf_status     status = SHEAF_OK;

	for (const text_key *k = more_texts; k->key && status == SHEAF_OK; k++)
		status = set_text(r, k->field, json_node_get(more, k->key), err);
	for (const text_key *k = more_times; k->key && status == SHEAF_OK; k++)
		status = set_time(r, k->field, json_node_get(more, k->key), err);
	if (status == SHEAF_OK && version > 0 && version <= RECORD_NUMBER_MAX)
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_VERSION, version, err);
	if (status == SHEAF_OK &&
	    (json_node_is(withdrawn, NODE_TRUE) || json_node_is(withdrawn, NODE_FALSE)))
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_WITHDRAWN,
		                                  json_node_is(withdrawn, NODE_TRUE), err);
	if (status == SHEAF_OK)
		status = set_own(r, more, err);
	return status == SHEAF_OK ? set_history(r, more, err) : status;
}

/* ---- the record ---- */

static sheaf_status set_id(record *r, const json_node *id, int *good, sheaf_error *reason,
                           sheaf_error *err)
{
	sheaf_status status;

	if (!is_text(id)) {
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT,
		           id && !json_node_is(id, NODE_NULL) ? "its id is no text" : "has no id");
		return SHEAF_OK;
	}
	status = record_set_id(r, id->text, id->len, good, err);
	if (status == SHEAF_OK && !*good)
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT, "'%.64s' is no identifier",
		           id->text);
	return status;
}

static sheaf_status read_members(record *r, const json_node *const *of, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < sizeof schema_texts / sizeof *schema_texts && status == SHEAF_OK;
	     i++)
		status = set_text(r, schema_texts[i].field, of[schema_texts[i].member], err);
	if (status == SHEAF_OK)
		status = set_authors(r, of, err);
	if (status == SHEAF_OK)
		status = set_categories(r, of, err);
	if (status == SHEAF_OK)
		status = set_versions(r, of, err);
	if (status == SHEAF_OK)
		status = set_update_date(r, of, err);
	if (status == SHEAF_OK && json_node_is(of[MEMBER_SHEAF], NODE_OBJECT))
		status = set_more(r, of[MEMBER_SHEAF], err);
	return status;
}

/* `*good` stays 0 where the record cannot be used, and `reason` says why. */
static sheaf_status read_object(record *r, const json_node *object, int *good, sheaf_error *reason,
                                sheaf_error *err)
{
	const json_node *of[MEMBERS];
	sheaf_status     status;

	if (!json_node_is(object, NODE_OBJECT)) {
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT, "is no JSON object");
		return SHEAF_OK;
	}
	json_node_members(object, member_keys, MEMBERS, of);
	r->exported = of[MEMBER_SHEAF] != NULL;
	status = set_id(r, of[MEMBER_ID], good, reason, err);
	return status == SHEAF_OK && *good ? read_members(r, of, err) : status;
}

/* What a strict parser refuses for its characters is mended, and tried again. */
static sheaf_status parse(json_tree *t, const char *line, size_t len, const json_node **root,
                          sheaf_error *reason, sheaf_error *err)
{
	buf          mended = BUF_INIT(0);
	sheaf_status status = json_tree_parse(t, line, len, root, NULL, err);

	if (status != SHEAF_OK || *root)
		return status;
	json_mend(&mended, line, len);
	status = buf_status(&mended, err);
	if (status == SHEAF_OK)
		status = json_tree_parse(t, buf_str(&mended), mended.len, root, reason, err);
	buf_free(&mended);
	return status;
}

sheaf_status jsonl_read_record(record *r, json_tree *t, const char *line, size_t len, int *good,
                               char *reason, size_t reason_size, sheaf_error *err)
{
	sheaf_error      why = {0};
	const json_node *object;
	sheaf_status     status;

	*good = 0;
	record_clear(r);
	r->doc->source = DOCUMENT_SOURCE_SNAPSHOT;
	status = parse(t, line, len, &object, &why, err);
	if (object)
		status = read_object(r, object, good, &why, err);
	if (status == SHEAF_OK && !*good)
		status = source_copy_line(reason, reason_size, why.message, err);
	return status;
}

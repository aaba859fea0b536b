/*
 * write_snapshot.c: JSON Lines in the schema of the Kaggle snapshot, every text exactly as
 * stored, and one more key, "sheaf", with what that schema cannot say, so that an import
 * gives the same document again. docs/FORMATS.md has the keys.
 */
#include <string.h>

#include "author_line.h"
#include "base64.h"
#include "document_private.h"
#include "document_origin.h"
#include "json_out.h"
#include "paper.h"

typedef struct text_key {
	const char *key;
	sheaf_field field;
} text_key;

/* Takes `value`. */
static void set(json_t *object, const char *key, json_t *value, int *bad)
{
	*bad |= json_object_set_new(object, key, value) != 0;
}

static void set_text(json_t *o, const char *key, const sheaf_document *doc, sheaf_field field,
                     int *bad)
{
	set(o, key, json_text(sheaf_document_get_text(doc, field)), bad);
}

/* The same, but no key at all for what is not known. */
static void set_known_text(json_t *o, const char *key, const char *text, int *bad)
{
	if (text && *text)
		set(o, key, json_text(text), bad);
}

static void set_known_time(json_t *o, const char *key, sheaf_time time, int *bad)
{
	if (time != SHEAF_TIME_NONE)
		set(o, key, json_time(time), bad);
}

static json_t *rfc5322(sheaf_time time)
{
	char text[TIME_TEXT_SIZE];

	if (time == SHEAF_TIME_NONE)
		return json_null();
	time_format_rfc5322(time, text);
	return json_string(text);
}

static json_t *versions(const sheaf_document *doc, int *bad)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sheaf_document_version_count(doc); i++) {
		const sheaf_document_version *v = sheaf_document_get_version(doc, i);

		*bad |= json_array_append_new(list, json_pack("{s:o,s:o}", "version",
		                                              json_sprintf("v%d", v->number),
		                                              "created", rfc5322(v->created))) != 0;
	}
	return list;
}

static json_t *update_date(const sheaf_document *doc)
{
	sheaf_time time = sheaf_document_get_value(doc, SHEAF_FIELD_DATESTAMP);
	char       text[TIME_TEXT_SIZE];

	if (time == SHEAF_TIME_NONE)
		return json_null();
	time_format_date(time, text);
	return json_string(text);
}

/* The snapshot writes "" for a part that is not there. */
static json_t *part(const char *text)
{
	return json_string(text ? text : "");
}

static int any_parts(const sheaf_document *doc)
{
	for (size_t i = 0; i < doc->author_count; i++)
		if (doc->authors[i].keyname || doc->authors[i].forenames || doc->authors[i].suffix)
			return 1;
	return 0;
}

static json_t *authors_parsed(const sheaf_document *doc, int *bad)
{
	json_t *list;

	if (!any_parts(doc))
		return json_null();
	list = json_array();
	for (size_t i = 0; i < doc->author_count; i++) {
		const sheaf_author *a = &doc->authors[i];
		json_t *one = json_pack("[o,o,o]", part(a->keyname ? a->keyname : a->name),
		                        part(a->forenames), part(a->suffix));

		if (a->affiliation)
			*bad |= json_array_append_new(one, part(a->affiliation)) != 0;
		*bad |= json_array_append_new(list, one) != 0;
	}
	return list;
}

static json_t *author_objects(const sheaf_document *doc, int *bad)
{
	json_t *list = json_array();

	for (size_t i = 0; i < doc->author_count; i++) {
		const sheaf_author *a = &doc->authors[i];
		json_t             *one = json_object();

		set_known_text(one, "name", a->name, bad);
		set_known_text(one, "keyname", a->keyname, bad);
		set_known_text(one, "forenames", a->forenames, bad);
		set_known_text(one, "suffix", a->suffix, bad);
		set_known_text(one, "affiliation", a->affiliation, bad);
		*bad |= json_array_append_new(list, one) != 0;
	}
	return list;
}

static void set_version_details(json_t *o, const sheaf_document *doc, int *bad)
{
	json_t *list = json_array();

	for (size_t i = 0; i < doc->version_count; i++) {
		const sheaf_document_version *v = &doc->versions[i];
		json_t                       *one;

		if (!v->size && !v->source_type)
			continue;
		one = json_object();
		set(one, "version", json_integer(v->number), bad);
		set_known_text(one, "size", v->size, bad);
		set_known_text(one, "source_type", v->source_type, bad);
		*bad |= json_array_append_new(list, one) != 0;
	}
	if (json_array_size(list))
		set(o, "versions", list, bad);
	else
		json_decref(list);
}

/* A name with a blank in it would be two in the snapshot's line of categories. */
static void set_categories(json_t *o, const sheaf_document *doc, int *bad)
{
	json_t *list;
	int     needed = 0;

	for (size_t i = 0; i < doc->category_count; i++)
		needed |= strpbrk(doc->categories[i], " \t\r\n\v\f") != NULL;
	if (!needed)
		return;
	list = json_array();
	for (size_t i = 0; i < doc->category_count; i++)
		*bad |= json_array_append_new(list, json_text(doc->categories[i])) != 0;
	set(o, "categories", list, bad);
}

static json_t *base64(const void *bytes, size_t len, int *bad)
{
	buf     text = BUF_INIT(0);
	json_t *value;

	base64_encode(bytes, len, &text);
	*bad |= text.status != SHEAF_OK;
	value = json_string(buf_str(&text));
	buf_free(&text);
	return value;
}

static json_t *slots(const sheaf_document *doc, int *bad)
{
	json_t *list = json_array();

	for (size_t i = 0; i < doc->slot_count; i++) {
		const document_slot *s = &doc->slots[i];

		*bad |= json_array_append_new(list, json_pack("[I,o]", (json_int_t)s->number,
		                                              base64(s->value, s->len, bad))) != 0;
	}
	return list;
}

static json_t *terms(const sheaf_document *doc, int *bad)
{
	json_t *list = json_array();

	for (size_t i = 0; i < doc->term_count; i++) {
		const document_term *t = &doc->terms[i];

		*bad |= json_array_append_new(list, json_pack("[o,I]", json_text(t->text),
		                                              (json_int_t)t->wdf)) != 0;
	}
	return list;
}

/* What a program has added to the paper. */
static void set_own(json_t *o, const sheaf_document *doc, int *bad)
{
	if (doc->data)
		set(o, "data", base64(doc->data, doc->data_len, bad), bad);
	if (doc->slot_count)
		set(o, "slots", slots(doc, bad), bad);
	if (doc->term_count)
		set(o, "terms", terms(doc, bad), bad);
}

/* Where the fields are from, what changed last, and when it was announced. */
static void set_history(json_t *o, const sheaf_document *doc, int *bad)
{
	buf origins = BUF_INIT(0);

	document_pack_origins(doc, &origins);
	*bad |= origins.status != SHEAF_OK;
	if (origins.len)
		set(o, "origins", json_text(buf_str(&origins)), bad);
	buf_free(&origins);
	if (doc->value[SHEAF_FIELD_CHANGE] != SHEAF_CHANGE_NEW)
		set(o, "change", json_integer(doc->value[SHEAF_FIELD_CHANGE]), bad);
	set_known_time(o, "announced", doc->value[SHEAF_FIELD_ANNOUNCED], bad);
	if (doc->value[SHEAF_FIELD_ANNOUNCED_SEEN])
		set(o, "announced_seen", json_integer(doc->value[SHEAF_FIELD_ANNOUNCED_SEEN]), bad);
}

static json_t *more(const sheaf_document *doc, const char *line, int *bad)
{
	static const text_key texts[] = {{"msc_class", SHEAF_FIELD_MSC_CLASS},
	                                 {"acm_class", SHEAF_FIELD_ACM_CLASS},
	                                 {"proxy", SHEAF_FIELD_PROXY}};
	static const text_key times[] = {{"submitted", SHEAF_FIELD_SUBMITTED},
	                                 {"updated", SHEAF_FIELD_UPDATED},
	                                 {"datestamp", SHEAF_FIELD_DATESTAMP}};
	json_t               *o = json_object();

	if (doc->value[SHEAF_FIELD_VERSION] > 0)
		set(o, "version", json_integer(doc->value[SHEAF_FIELD_VERSION]), bad);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		set_known_text(o, texts[i].key, doc->text[texts[i].field], bad);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		set_known_time(o, times[i].key, doc->value[times[i].field], bad);
	if (doc->value[SHEAF_FIELD_WITHDRAWN] == 1)
		set(o, "withdrawn", json_true(), bad);
	set_history(o, doc, bad);
	set_version_details(o, doc, bad);
	set_categories(o, doc, bad);
	if (any_parts(doc) || !author_line_says_all(doc, line, bad))
		set(o, "authors", author_objects(doc, bad), bad);
	set_own(o, doc, bad);
	return o;
}

static json_t *record(sheaf_writer *w, const sheaf_document *doc, int *bad)
{
	json_t *o = json_object();

	writer_clear(w, &w->flat);
	author_line(doc, &w->flat);
	set_text(o, "id", doc, SHEAF_FIELD_ID, bad);
	set_text(o, "submitter", doc, SHEAF_FIELD_SUBMITTER, bad);
	set(o, "authors", json_text(buf_str(&w->flat)), bad);
	set_text(o, "title", doc, SHEAF_FIELD_TITLE, bad);
	set_text(o, "comments", doc, SHEAF_FIELD_COMMENTS, bad);
	set_text(o, "journal-ref", doc, SHEAF_FIELD_JOURNAL_REF, bad);
	set_text(o, "doi", doc, SHEAF_FIELD_DOI, bad);
	set_text(o, "report-no", doc, SHEAF_FIELD_REPORT_NO, bad);
	set_text(o, "categories", doc, SHEAF_FIELD_CATEGORY, bad);
	set_text(o, "license", doc, SHEAF_FIELD_LICENSE, bad);
	set_text(o, "abstract", doc, SHEAF_FIELD_ABSTRACT, bad);
	set(o, "versions", versions(doc, bad), bad);
	set(o, "update_date", update_date(doc), bad);
	set(o, "authors_parsed", authors_parsed(doc, bad), bad);
	set(o, "sheaf", more(doc, buf_str(&w->flat), bad), bad);
	return o;
}

static void snapshot_item(sheaf_writer *w, const sheaf_item *item)
{
	int     bad = 0;
	json_t *o = record(w, item->doc, &bad);

	if (bad) {
		json_decref(o);
		o = NULL;
	}
	json_put(w, o);
	buf_putc(&w->out, '\n');
}

const writer_ops write_snapshot_ops = {.name = "snapshot", .item = snapshot_item};

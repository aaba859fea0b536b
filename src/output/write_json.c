/* write_json.c: one object for a list, or one object a paper. docs/FORMATS.md has the keys. */
#include "json_out.h"
#include "paper.h"

#define FORMAT_VERSION "{\"format_version\":1"

/* Takes `value`. */
static void set(json_t *object, const char *key, json_t *value, int *bad)
{
	*bad |= json_object_set_new(object, key, value) != 0;
}

static void set_line(sheaf_writer *w, json_t *object, const char *key, const sheaf_document *doc,
                     sheaf_field field, int *bad)
{
	set(object, key, json_line(w, sheaf_document_get_text(doc, field)), bad);
}

static json_t *authors(sheaf_writer *w, const sheaf_document *doc, int *bad)
{
	json_t *names = json_array();

	for (size_t i = 0; i < sheaf_document_author_count(doc); i++)
		*bad |= json_array_append_new(
				names, json_line(w, sheaf_document_get_author(doc, i)->name)) != 0;
	return names;
}

static json_t *categories(const sheaf_document *doc, int *bad)
{
	json_t *names = json_array();

	for (size_t i = 0; i < sheaf_document_category_count(doc); i++)
		*bad |= json_array_append_new(names,
		                              json_text(sheaf_document_get_category(doc, i))) != 0;
	return names;
}

static json_t *url(sheaf_writer *w, const sheaf_document *doc)
{
	writer_clear(w, &w->flat);
	paper_url(doc, w->head.link, &w->flat);
	return json_text(buf_str(&w->flat));
}

static void set_paper(sheaf_writer *w, json_t *o, const sheaf_document *doc, int *bad)
{
	int64_t version = sheaf_document_get_value(doc, SHEAF_FIELD_VERSION);

	set(o, "id", json_text(sheaf_document_get_text(doc, SHEAF_FIELD_ID)), bad);
	set(o, "version", version > 0 ? json_integer(version) : json_null(), bad);
	set(o, "url", url(w, doc), bad);
	set_line(w, o, "title", doc, SHEAF_FIELD_TITLE, bad);
	set(o, "authors", authors(w, doc, bad), bad);
	set_line(w, o, "abstract", doc, SHEAF_FIELD_ABSTRACT, bad);
	set(o, "categories", categories(doc, bad), bad);
	set(o, "primary_category", json_text(sheaf_document_get_category(doc, 0)), bad);
	set(o, "submitted", json_time(sheaf_document_get_value(doc, SHEAF_FIELD_SUBMITTED)), bad);
	set(o, "updated", json_time(sheaf_document_get_value(doc, SHEAF_FIELD_UPDATED)), bad);
	set_line(w, o, "comments", doc, SHEAF_FIELD_COMMENTS, bad);
	set_line(w, o, "journal_ref", doc, SHEAF_FIELD_JOURNAL_REF, bad);
	set_line(w, o, "doi", doc, SHEAF_FIELD_DOI, bad);
	set_line(w, o, "license", doc, SHEAF_FIELD_LICENSE, bad);
	set(o, "withdrawn", json_boolean(sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN) == 1),
	    bad);
}

static void set_match(sheaf_writer *w, json_t *o, const sheaf_item *item, int *bad)
{
	size_t rank = item->rank ? item->rank : w->head.first + w->items + 1;

	set(o, "score", json_number(item->weight), bad);
	set(o, "percent", json_integer(item->percent), bad);
	set(o, "rank", json_integer((json_int_t)rank), bad);
	set(o, "snippet", json_text(item->snippet), bad);
	if (w->head.query_id)
		set(o, "query_id", json_text(w->head.query_id), bad);
}

static void put_paper(sheaf_writer *w, const sheaf_item *item)
{
	json_t *o = json_object();
	int     bad = 0;

	set_paper(w, o, item->doc, &bad);
	if (w->head.kind == SHEAF_LIST_SEARCH)
		set_match(w, o, item, &bad);
	if (bad) {
		json_decref(o);
		o = NULL;
	}
	json_put_exact(w, o, item->weight);
}

/* `,"key":value`; takes `value`. */
static void put_member(sheaf_writer *w, const char *key, json_t *value)
{
	buf_printf(&w->out, ",\"%s\":", key);
	json_put(w, value);
}

static void begin_search(sheaf_writer *w)
{
	if (w->head.query_id)
		put_member(w, "query_id", json_text(w->head.query_id));
	put_member(w, "query", json_text(w->head.query));
	put_member(w, "parsed", json_text(w->head.parsed));
	put_member(w, "total", json_integer(w->head.total));
	put_member(w, "exact", json_boolean(w->head.exact));
}

static void begin_digest(sheaf_writer *w)
{
	put_member(w, "title", json_text(w->head.title));
	put_member(w, "generated", json_time(w->head.now));
}

static void json_begin(sheaf_writer *w)
{
	buf_puts(&w->out, FORMAT_VERSION);
	if (w->head.kind == SHEAF_LIST_SEARCH)
		begin_search(w);
	if (w->head.kind == SHEAF_LIST_DIGEST)
		begin_digest(w);
	buf_puts(&w->out, w->head.kind == SHEAF_LIST_DIGEST ? ",\"sections\":[" : ",\"results\":[");
}

static void json_section(sheaf_writer *w)
{
	buf_puts(&w->out, w->sections ? "]},{" : "{");
	buf_puts(&w->out, "\"name\":");
	json_put(w, w->section_named ? json_text(buf_str(&w->section_name)) : json_null());
	put_member(w, "heading", json_text(buf_str(&w->section_heading)));
	buf_puts(&w->out, ",\"papers\":[");
}

static void json_item(sheaf_writer *w, const sheaf_item *item)
{
	size_t before = w->head.kind == SHEAF_LIST_DIGEST ? w->section_items : w->items;

	if (before)
		buf_putc(&w->out, ',');
	put_paper(w, item);
}

static void json_end(sheaf_writer *w)
{
	if (w->head.kind == SHEAF_LIST_DIGEST && w->sections)
		buf_puts(&w->out, "]}");
	buf_putc(&w->out, ']');
	if (w->head.kind == SHEAF_LIST_SEARCH) {
		buf_puts(&w->out, ",\"facets\":{}");
		put_member(w, "did_you_mean", json_text(w->head.did_you_mean));
	}
	buf_puts(&w->out, "}\n");
}

static void jsonl_item(sheaf_writer *w, const sheaf_item *item)
{
	put_paper(w, item);
	buf_putc(&w->out, '\n');
}

const writer_ops write_json_ops = {"json", json_begin, json_section, json_item, json_end};
const writer_ops write_jsonl_ops = {"jsonl", NULL, NULL, jsonl_item, NULL};

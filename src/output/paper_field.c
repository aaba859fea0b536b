#include "paper_field.h"

#include <math.h>
#include <string.h>

#include "document_private.h"
#include "error.h"
#include "json_out.h"
#include "paper.h"
#include "str.h"

static json_t *line_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	return json_line(w, sheaf_document_get_text(item->doc, f->field));
}

static void line_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	const char *text = sheaf_document_get_text(item->doc, f->field);

	(void)w;
	buf_puts(out, text ? text : "");
}

static json_t *id_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	return json_text(sheaf_document_get_text(item->doc, f->field));
}

static json_t *version_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	int64_t version = sheaf_document_get_value(item->doc, f->field);

	(void)w;
	return version > 0 ? json_integer(version) : json_null();
}

static void version_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	int64_t version = sheaf_document_get_value(item->doc, f->field);

	(void)w;
	if (version > 0)
		buf_printf(out, "%lld", (long long)version);
}

static json_t *url_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)f;
	writer_clear(w, &w->flat);
	paper_url(item->doc, w->head.link, &w->flat);
	return json_text(buf_str(&w->flat));
}

static void url_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)f;
	paper_url(item->doc, w->head.link, out);
}

/* Takes both; NULL where either is. */
static json_t *append_to(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value) == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *authors_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	json_t *names = json_array();

	(void)f;
	for (size_t i = 0; names && i < sheaf_document_author_count(item->doc); i++)
		names = append_to(names,
		                  json_line(w, sheaf_document_get_author(item->doc, i)->name));
	return names;
}

static void authors_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)f;
	paper_author_list(item->doc, w->ops->list_mark ? w->ops->list_mark : ", ", out);
}

static json_t *categories_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	json_t *names = json_array();

	(void)w;
	(void)f;
	for (size_t i = 0; names && i < sheaf_document_category_count(item->doc); i++)
		names = append_to(names, json_text(sheaf_document_get_category(item->doc, i)));
	return names;
}

static void categories_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)f;
	paper_category_list(item->doc, w->ops->list_mark ? w->ops->list_mark : " ", out);
}

static json_t *primary_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	(void)f;
	return json_text(sheaf_document_get_category(item->doc, 0));
}

static void primary_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	const char *category = sheaf_document_get_category(item->doc, 0);

	(void)w;
	(void)f;
	buf_puts(out, category ? category : "");
}

static json_t *time_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	return json_time(sheaf_document_get_value(item->doc, f->field));
}

static void time_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	sheaf_time time = sheaf_document_get_value(item->doc, f->field);
	char       text[TIME_TEXT_SIZE] = "";

	(void)w;
	if (time != SHEAF_TIME_NONE)
		time_format_iso(time, text);
	buf_puts(out, text);
}

static json_t *date_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	char date[TIME_TEXT_SIZE];

	(void)w;
	(void)f;
	paper_date(item->doc, date);
	return json_text(date);
}

static void date_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	char date[TIME_TEXT_SIZE];

	(void)w;
	(void)f;
	paper_date(item->doc, date);
	buf_puts(out, date);
}

static json_t *truth_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	return json_boolean(sheaf_document_get_value(item->doc, f->field) == 1);
}

static void truth_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)w;
	buf_puts(out, sheaf_document_get_value(item->doc, f->field) == 1 ? "true" : "false");
}

static const char *day_of(const sheaf_item *item, sheaf_field field, char out[TIME_TEXT_SIZE])
{
	sheaf_time time = sheaf_document_get_value(item->doc, field);

	if (time == SHEAF_TIME_NONE)
		return NULL;
	time_format_date(time, out);
	return out;
}

static json_t *day_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	char day[TIME_TEXT_SIZE];

	(void)w;
	return json_text(day_of(item, f->field, day));
}

static void day_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	char        text[TIME_TEXT_SIZE];
	const char *day = day_of(item, f->field, text);

	(void)w;
	buf_puts(out, day ? day : "");
}

static const char *announced_source(const sheaf_item *item)
{
	if (sheaf_document_get_value(item->doc, SHEAF_FIELD_ANNOUNCED) == SHEAF_TIME_NONE)
		return NULL;
	return sheaf_document_get_value(item->doc, SHEAF_FIELD_ANNOUNCED_SEEN) == 1 ? "seen"
	                                                                            : "inferred";
}

static json_t *announced_source_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	(void)f;
	return json_text(announced_source(item));
}

static void announced_source_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f,
                                  buf *out)
{
	const char *source = announced_source(item);

	(void)w;
	(void)f;
	buf_puts(out, source ? source : "");
}

static json_t *change_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	(void)f;
	return json_text(document_change_name(item->doc));
}

static void change_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	const char *name = document_change_name(item->doc);

	(void)w;
	(void)f;
	buf_puts(out, name ? name : "");
}

static json_t *score_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	(void)f;
	return json_number(item->weight);
}

static void score_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)w;
	(void)f;
	if (isfinite(item->weight))
		buf_printf(out, "%.*g", number_digits(item->weight), item->weight);
}

static json_t *percent_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	(void)f;
	return json_integer(item->percent);
}

static void percent_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)w;
	(void)f;
	buf_printf(out, "%d", item->percent);
}

static json_t *rank_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)f;
	return json_integer((json_int_t)writer_rank(w, item));
}

static void rank_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)f;
	buf_printf(out, "%zu", writer_rank(w, item));
}

static json_t *snippet_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	(void)f;
	return json_text(item->snippet);
}

static void snippet_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)w;
	(void)f;
	buf_puts(out, item->snippet ? item->snippet : "");
}

static json_t *query_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)item;
	(void)f;
	return json_text(w->head.query_id);
}

static void query_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)item;
	(void)f;
	buf_puts(out, w->head.query_id ? w->head.query_id : "");
}

static json_t *section_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)item;
	(void)f;
	return json_text(buf_str(&w->section_heading));
}

static void section_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)item;
	(void)f;
	buf_puts(out, buf_str(&w->section_heading));
}

static json_t *status_json(sheaf_writer *w, const sheaf_item *item, const paper_field *f)
{
	(void)w;
	(void)f;
	return json_string(paper_status(item));
}

static void status_text(sheaf_writer *w, const sheaf_item *item, const paper_field *f, buf *out)
{
	(void)w;
	(void)f;
	buf_puts(out, paper_status(item));
}

static const paper_field fields[] = {
	{"id", id_json, line_text, SHEAF_FIELD_ID},
	{"version", version_json, version_text, SHEAF_FIELD_VERSION},
	{"url", url_json, url_text, SHEAF_FIELD_ANY},
	{"title", line_json, line_text, SHEAF_FIELD_TITLE},
	{"authors", authors_json, authors_text, SHEAF_FIELD_AUTHOR},
	{"abstract", line_json, line_text, SHEAF_FIELD_ABSTRACT},
	{"categories", categories_json, categories_text, SHEAF_FIELD_CATEGORY},
	{"primary_category", primary_json, primary_text, SHEAF_FIELD_CATEGORY},
	{"submitted", time_json, time_text, SHEAF_FIELD_SUBMITTED},
	{"updated", time_json, time_text, SHEAF_FIELD_UPDATED},
	{"comments", line_json, line_text, SHEAF_FIELD_COMMENTS},
	{"journal_ref", line_json, line_text, SHEAF_FIELD_JOURNAL_REF},
	{"doi", line_json, line_text, SHEAF_FIELD_DOI},
	{"license", line_json, line_text, SHEAF_FIELD_LICENSE},
	{"withdrawn", truth_json, truth_text, SHEAF_FIELD_WITHDRAWN},
	{"score", score_json, score_text, SHEAF_FIELD_ANY},
	{"percent", percent_json, percent_text, SHEAF_FIELD_ANY},
	{"rank", rank_json, rank_text, SHEAF_FIELD_ANY},
	{"snippet", snippet_json, snippet_text, SHEAF_FIELD_ANY},
	{"query_id", query_json, query_text, SHEAF_FIELD_ANY},
	{"date", date_json, date_text, SHEAF_FIELD_DATE},
	{"section", section_json, section_text, SHEAF_FIELD_ANY},
	{"report_no", line_json, line_text, SHEAF_FIELD_REPORT_NO},
	{"msc_class", line_json, line_text, SHEAF_FIELD_MSC_CLASS},
	{"acm_class", line_json, line_text, SHEAF_FIELD_ACM_CLASS},
	{"announced", day_json, day_text, SHEAF_FIELD_ANNOUNCED},
	{"announced_source", announced_source_json, announced_source_text, SHEAF_FIELD_ANNOUNCED},
	{"change", change_json, change_text, SHEAF_FIELD_CHANGE},
	{"status", status_json, status_text, SHEAF_FIELD_ANY},
};

enum { FIELD_COUNT = sizeof fields / sizeof *fields };

_Static_assert(sizeof fields / sizeof *fields <= WRITER_FIELDS_MAX,
               "a writer has room for each field once");

static const paper_field *find_field(const char *name, size_t len)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (strlen(fields[i].name) == len && memcmp(fields[i].name, name, len) == 0)
			return &fields[i];
	return NULL;
}

static sheaf_status fail_unknown(const char *name, size_t len, sheaf_error *err)
{
	enum { SHOWN_MAX = 60 };
	const char  *names[FIELD_COUNT + 1] = {NULL}, *nearest;
	char         word[SHOWN_MAX + 1];
	buf          list = BUF_INIT(0);
	sheaf_status status;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		names[i] = fields[i].name;
		buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
	}
	len = len < SHOWN_MAX ? len : SHOWN_MAX;
	memcpy(word, name, len);
	word[len] = 0;
	nearest = str_nearest(word, names);
	status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no field '%s'%s%s%s; there are %s",
	                    word, nearest ? ", did you mean '" : "", nearest ? nearest : "",
	                    nearest ? "'?" : "", buf_str(&list));
	buf_free(&list);
	return status;
}

sheaf_status paper_field_choose(sheaf_writer *w, const char *names, sheaf_error *err)
{
	const paper_field *chosen[WRITER_FIELDS_MAX];
	size_t             count = 0;

	for (const char *p = names ? names : ""; *p;) {
		size_t             whole = strcspn(p, ","), len = whole;
		const char        *name = p;
		const paper_field *f;

		str_trim(&name, &len);
		f = find_field(name, len);
		if (!f)
			return fail_unknown(name, len, err);
		for (size_t i = 0; i < count; i++)
			if (chosen[i] == f)
				return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
				                  "field '%s' is named twice", f->name);
		chosen[count++] = f;
		p += whole;
		p += *p == ',';
	}
	memcpy(w->fields, chosen, count * sizeof *chosen);
	w->field_count = count;
	return SHEAF_OK;
}

static void each_name(sheaf_writer *w, const sheaf_item *item, const char *const *names,
                      size_t *column, paper_field_fn fn)
{
	for (; names && *names; names++)
		fn(w, item, find_field(*names, strlen(*names)), (*column)++);
}

void paper_field_each(sheaf_writer *w, const sheaf_item *item, const paper_columns *columns,
                      paper_field_fn fn)
{
	static const char *const query_id[] = {"query_id", NULL};
	size_t                   column = 0;

	for (; column < w->field_count; column++)
		fn(w, item, w->fields[column], column);
	if (w->field_count)
		return;
	each_name(w, item, columns->always, &column, fn);
	if (w->head.kind == SHEAF_LIST_SEARCH) {
		each_name(w, item, columns->search, &column, fn);
		if (w->head.query_id)
			each_name(w, item, query_id, &column, fn);
	}
	if (w->head.kind == SHEAF_LIST_DIGEST)
		each_name(w, item, columns->digest, &column, fn);
}

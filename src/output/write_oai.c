/*
 * write_oai.c: one complete answer to OAI-PMH's ListRecords in arXivRaw, every text exactly as stored.
 *
 * What arXivRaw has no place for, but a paper has, stands in an <about> of the record, where OAI-PMH
 * lets anybody add what they like. docs/FORMATS.md has its elements.
 */
#include <string.h>

#include "author_line.h"
#include "category.h"
#include "document_private.h"
#include "paper.h"
#include "xml_text.h"

#define SCHEMA "http://www.w3.org/2001/XMLSchema-instance"
#define OAI "http://www.openarchives.org/OAI/2.0/"
#define RAW "http://arxiv.org/OAI/arXivRaw"

static void put_time(buf *out, const char *name, sheaf_time time)
{
	char text[TIME_TEXT_SIZE] = "";

	if (time != SHEAF_TIME_NONE)
		time_format_iso(time, text);
	xml_element_text(out, name, text);
}

static void put_number(buf *out, const char *name, int64_t number)
{
	buf_printf(out, "<%s>%lld</%s>\n", name, (long long)number, name);
}

static void oai_begin(sheaf_writer *w)
{
	buf_puts(&w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                  "<OAI-PMH xmlns=\"" OAI "\" xmlns:xsi=\"" SCHEMA "\"\n"
	                  " xsi:schemaLocation=\"" OAI " " OAI "OAI-PMH.xsd\">\n");
	put_time(&w->out, "responseDate", w->head.now == SHEAF_TIME_NONE ? 0 : w->head.now);
	buf_puts(&w->out, "<request verb=\"ListRecords\" metadataPrefix=\"arXivRaw\">"
	                  "urn:sheaf:export</request>\n");
}

/* ---- the header ---- */

/* A header must have a day; where the paper has none, <about> says so. */
static void put_header(sheaf_writer *w, const sheaf_document *doc)
{
	sheaf_time datestamp = sheaf_document_get_value(doc, SHEAF_FIELD_DATESTAMP);
	char       day[TIME_TEXT_SIZE];

	if (datestamp == SHEAF_TIME_NONE)
		datestamp = paper_last_change(doc);
	time_format_date(datestamp == SHEAF_TIME_NONE ? 0 : datestamp, day);
	buf_puts(&w->out, "<record>\n<header>\n<identifier>oai:arXiv.org:");
	if (sheaf_document_get_text(doc, SHEAF_FIELD_ID))
		xml_text(&w->out, sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	buf_puts(&w->out, "</identifier>\n");
	xml_element_text(&w->out, "datestamp", day);
	for (size_t i = 0; i < sheaf_document_category_count(doc); i++) {
		writer_clear(w, &w->line);
		if (category_set_spec(sheaf_document_get_category(doc, i), &w->line))
			xml_element_text(&w->out, "setSpec", buf_str(&w->line));
	}
	buf_puts(&w->out, "</header>\n");
}

/* ---- the metadata ---- */

static void put_version(buf *out, const sheaf_document_version *v)
{
	char date[TIME_TEXT_SIZE];

	buf_printf(out, "<version version=\"v%d\">", v->number);
	if (v->created != SHEAF_TIME_NONE) {
		time_format_rfc5322(v->created, date);
		buf_printf(out, "<date>%s</date>", date);
	}
	if (v->size) {
		buf_puts(out, "<size>");
		xml_text(out, v->size);
		buf_puts(out, "</size>");
	}
	if (v->source_type) {
		buf_puts(out, "<source_type>");
		xml_text(out, v->source_type);
		buf_puts(out, "</source_type>");
	}
	buf_puts(out, "</version>\n");
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc)
{
	if (!sheaf_document_author_count(doc))
		return;
	writer_clear(w, &w->line);
	author_line(doc, &w->line);
	xml_element_text(&w->out, "authors", buf_str(&w->line));
}

static void put_metadata(sheaf_writer *w, const sheaf_document *doc)
{
	static const struct {
		const char *name;
		sheaf_field field;
	} texts[] = {
		{"categories", SHEAF_FIELD_CATEGORY},
		{"comments", SHEAF_FIELD_COMMENTS},
		{"proxy", SHEAF_FIELD_PROXY},
		{"report-no", SHEAF_FIELD_REPORT_NO},
		{"acm-class", SHEAF_FIELD_ACM_CLASS},
		{"msc-class", SHEAF_FIELD_MSC_CLASS},
		{"journal-ref", SHEAF_FIELD_JOURNAL_REF},
		{"doi", SHEAF_FIELD_DOI},
		{"license", SHEAF_FIELD_LICENSE},
		{"abstract", SHEAF_FIELD_ABSTRACT},
	};
	buf *out = &w->out;

	buf_puts(out, "<metadata>\n<arXivRaw xmlns=\"" RAW "/\" xsi:schemaLocation=\"" RAW "/ " RAW
	              ".xsd\">\n");
	xml_element_text(out, "id", sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	xml_element_text(out, "submitter", sheaf_document_get_text(doc, SHEAF_FIELD_SUBMITTER));
	for (size_t i = 0; i < sheaf_document_version_count(doc); i++)
		put_version(out, sheaf_document_get_version(doc, i));
	xml_element_text(out, "title", sheaf_document_get_text(doc, SHEAF_FIELD_TITLE));
	put_authors(w, doc);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		xml_element_text(out, texts[i].name, sheaf_document_get_text(doc, texts[i].field));
	buf_puts(out, "</arXivRaw>\n</metadata>\n");
}

/* ---- what else there is ---- */

/* What a reader takes from the list of versions. */
static int64_t told_by_versions(const sheaf_document *doc, sheaf_field field)
{
	size_t                        count = sheaf_document_version_count(doc);
	const sheaf_document_version *first = sheaf_document_get_version(doc, 0),
				     *last = count ? sheaf_document_get_version(doc, count - 1)
	                                           : NULL;

	switch (field) {
	case SHEAF_FIELD_SUBMITTED:
		return first && first->number == 1 ? first->created : SHEAF_TIME_NONE;
	case SHEAF_FIELD_UPDATED: return last ? last->created : SHEAF_TIME_NONE;
	case SHEAF_FIELD_VERSION: return last ? last->number : 0;
	default: return last && last->source_type && strchr(last->source_type, 'I');
	}
}

static void put_values(buf *out, const sheaf_document *doc)
{
	static const struct {
		const char *name;
		sheaf_field field;
		int         is_time;
	} values[] = {
		{"submitted", SHEAF_FIELD_SUBMITTED, 1},
		{"updated", SHEAF_FIELD_UPDATED, 1},
		{"version", SHEAF_FIELD_VERSION, 0},
		{"withdrawn", SHEAF_FIELD_WITHDRAWN, 0},
	};
	int64_t datestamp = sheaf_document_get_value(doc, SHEAF_FIELD_DATESTAMP);

	if (datestamp == SHEAF_TIME_NONE || datestamp % 86400 != 0)
		put_time(out, "datestamp", datestamp);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		int64_t value = sheaf_document_get_value(doc, values[i].field);

		if (value == told_by_versions(doc, values[i].field))
			continue;
		if (values[i].is_time)
			put_time(out, values[i].name, value);
		else
			put_number(out, values[i].name, value);
	}
}

/* 1 where the line of names does not say all. */
static int needs_authors(sheaf_writer *w, const sheaf_document *doc)
{
	int bad = 0, all;

	writer_clear(w, &w->line);
	author_line(doc, &w->line);
	all = author_line_says_all(doc, buf_str(&w->line), &bad);
	if (bad)
		w->line.status = SHEAF_ERROR_NOMEM;
	return !all;
}

static void put_author(buf *out, const sheaf_author *a)
{
	buf_puts(out, "<author>\n");
	xml_element_text(out, "name", a->name);
	xml_element_text(out, "keyname", a->keyname);
	xml_element_text(out, "forenames", a->forenames);
	xml_element_text(out, "suffix", a->suffix);
	xml_element_text(out, "affiliation", a->affiliation);
	buf_puts(out, "</author>\n");
}

static void put_about(sheaf_writer *w, const sheaf_document *doc)
{
	static const char open[] = "<about>\n<paper xmlns=\"urn:sheaf:paper\">\n";
	size_t            start = w->out.len, inside;

	buf_puts(&w->out, open);
	inside = w->out.len;
	put_values(&w->out, doc);
	if (needs_authors(w, doc))
		for (size_t i = 0; i < sheaf_document_author_count(doc); i++)
			put_author(&w->out, sheaf_document_get_author(doc, i));
	if (w->out.len == inside)
		buf_truncate(&w->out, start);
	else
		buf_puts(&w->out, "</paper>\n</about>\n");
}

static void oai_item(sheaf_writer *w, const sheaf_item *item)
{
	if (!w->items)
		buf_puts(&w->out, "<ListRecords>\n");
	put_header(w, item->doc);
	put_metadata(w, item->doc);
	put_about(w, item->doc);
	buf_puts(&w->out, "</record>\n");
}

static void oai_end(sheaf_writer *w)
{
	/* A list of no records is no answer. */
	buf_puts(&w->out, w->items
	                          ? "</ListRecords>\n"
	                          : "<error code=\"noRecordsMatch\">There are no papers</error>\n");
	buf_puts(&w->out, "</OAI-PMH>\n");
}

const writer_ops write_oai_ops = {
	.name = "oai", .begin = oai_begin, .item = oai_item, .end = oai_end};

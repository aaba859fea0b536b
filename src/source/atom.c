/* atom.c: answers of the API (Atom), of the server before 2025-11 and of the one since. */
#include <string.h>

#include "arxiv_id.h"
#include "error.h"
#include "source_private.h"
#include "str.h"
#include "xml_stream.h"

enum { TOP = XML_START, FEED = 1 << 1, ENTRY = 1 << 2, AUTHOR = 1 << 3, LEAF = 1 << 4 };

enum { ID_SIZE = 256, TERM_MAX = 1000, NAME_SIZE = 64 };

typedef struct atom_parser {
	source_parser base;
	xml_rules     parts[1];
	xml_stream   *stream;
	int64_t       ordinal;
	int           understood;           /* 1: a feed or an entry was met */
	char          outermost[NAME_SIZE]; /* element that encloses feeds */

	/* of the entry that is being read */
	char     id[ID_SIZE];
	char     primary[NAME_SIZE];
	buf      terms; /* of <category>, each ended by a line break */
	arxiv_id page;  /* where the link to its page leads; "" when none */
	char     doi_link[ID_SIZE];
} atom_parser;

/* ---- the feed ---- */

static sheaf_status on_wrapper(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	return *p->outermost ? SHEAF_OK
	                     : source_copy_line(p->outermost, sizeof p->outermost, e->name, err);
}

static sheaf_status on_feed(void *ctx, const xml_element *e, sheaf_error *err)
{
	(void)e, (void)err;
	((atom_parser *)ctx)->understood = 1;
	return SHEAF_OK;
}

enum { TOTAL_RESULTS, START_INDEX, ITEMS_PER_PAGE };

static sheaf_status on_count(void *ctx, const xml_element *e, sheaf_error *err)
{
	source_info *info = &((atom_parser *)ctx)->base.info;
	int64_t     *counts[] = {&info->total_results, &info->start_index, &info->items_per_page};
	char         text[24];
	int64_t      n;
	sheaf_status status = source_copy_line(text, sizeof text, e->text, err);

	if (status == SHEAF_OK && str_to_int64(text, &n) && n >= 0)
		*counts[e->rule->arg] = n;
	return status;
}

/* ---- an entry ---- */

static sheaf_status on_entry(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	(void)e, (void)err;
	record_clear(&p->base.record);
	p->understood = 1;
	p->ordinal++;
	*p->id = *p->primary = *p->page.id = *p->doi_link = 0;
	buf_clear(&p->terms);
	return SHEAF_OK;
}

static sheaf_status on_id(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	return source_copy_line(p->id, sizeof p->id, e->text, err);
}

static sheaf_status on_field(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	return record_set(&p->base.record, (sheaf_field)e->rule->arg, e->text, e->len, err);
}

static sheaf_status on_time(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	return record_set_time(&p->base.record, (sheaf_field)e->rule->arg, e->text, e->len, err);
}

static sheaf_status on_author_part(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	(void)err;
	record_author_part(&p->base.record, (author_part)e->rule->arg, e->text, e->len);
	return SHEAF_OK;
}

static sheaf_status on_author_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	(void)e;
	return record_author_end(&p->base.record, err);
}

/* The primary category may stand after the others: they wait for the entry's end. */
static sheaf_status on_category(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;
	size_t       len;
	const char  *term = xml_attribute(e, "term", &len);

	if (!term || len > TERM_MAX || memchr(term, '\n', len))
		return SHEAF_OK;
	buf_append(&p->terms, term, len);
	buf_putc(&p->terms, '\n');
	return p->terms.status == SHEAF_ERROR_NOMEM ? sheaf_nomem(err) : SHEAF_OK;
}

static sheaf_status on_primary(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;

	(void)err;
	xml_attribute_copy(e, "term", p->primary, sizeof p->primary);
	return SHEAF_OK;
}

static sheaf_status on_link(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;
	char         rel[16], title[16], href[ID_SIZE];

	(void)err;
	xml_attribute_copy(e, "rel", rel, sizeof rel);
	xml_attribute_copy(e, "title", title, sizeof title);
	xml_attribute_copy(e, "href", href, sizeof href);
	if (str_eq(title, "doi"))
		memcpy(p->doi_link, href, sizeof href);
	else if (str_eq(rel, "alternate") && !arxiv_id_parse(href, strlen(href), &p->page))
		*p->page.id = 0;
	return SHEAF_OK;
}

static sheaf_status on_announcement(void *ctx, const xml_element *e, sheaf_error *err)
{
	(void)ctx, (void)e;
	return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
	                  "is an announcement feed, not an answer of the API: it is read as RSS");
}

/* ---- the end of an entry ---- */

/* `hep-ex`, `cs.AI`. The old server also sends ACM and MSC classes as categories. */
static int is_category(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && ((s[i] >= 'a' && s[i] <= 'z') || s[i] == '-'))
		i++;
	if (!i || i == len)
		return i > 0;
	if (s[i++] != '.' || i == len)
		return 0;
	while (i < len && (str_is_alpha((unsigned char)s[i]) || s[i] == '-'))
		i++;
	return i == len;
}

static sheaf_status add_terms(atom_parser *p, sheaf_error *err)
{
	record      *r = &p->base.record;
	sheaf_status status = SHEAF_OK;
	char        *line = p->terms.data;

	if (*p->primary)
		status = document_add_category_line(r->doc, p->primary, err);
	for (size_t at = 0; status == SHEAF_OK && at < p->terms.len;) {
		size_t len = strcspn(line + at, "\n");

		line[at + len] = 0;
		if (is_category(line + at, len))
			status = sheaf_document_add_category(r->doc, line + at, err);
		else
			status = record_set(r, record_class_field(line + at, len), line + at, len,
			                    err);
		at += len + 1;
	}
	return status;
}

static sheaf_status add_links(atom_parser *p, sheaf_error *err)
{
	static const char host[] = "doi.org/";
	sheaf_document   *doc = p->base.record.doc;
	const char       *doi = strstr(p->doi_link, host);

	/* Entries of 2007 have no version in their id, but in the link. */
	if (!sheaf_document_get_value(doc, SHEAF_FIELD_VERSION) && p->page.version &&
	    str_eq(p->page.id, sheaf_document_get_text(doc, SHEAF_FIELD_ID)))
		sheaf_document_set_value(doc, SHEAF_FIELD_VERSION, p->page.version, NULL);
	if (!doi || sheaf_document_get_text(doc, SHEAF_FIELD_DOI))
		return SHEAF_OK;
	doi += strlen(host);
	return record_set(&p->base.record, SHEAF_FIELD_DOI, doi, strlen(doi), err);
}

/* The API answers a wrong question with an entry that describes the mistake. */
static sheaf_status take_error(atom_parser *p, sheaf_error *err)
{
	source_info *info = &p->base.info;
	const char  *text = sheaf_document_get_text(p->base.record.doc, SHEAF_FIELD_ABSTRACT);

	if (*info->error_code)
		return SHEAF_OK;
	memcpy(info->error_code, "api", sizeof "api");
	return source_copy_line(info->error_text, sizeof info->error_text, text ? text : p->id,
	                        err);
}

static sheaf_status on_entry_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	atom_parser *p = ctx;
	int          good;
	sheaf_status status;

	(void)e;
	xml_stream_record_seen(p->stream);
	if (strstr(p->id, "/api/errors"))
		return take_error(p, err);
	status = record_set_id(&p->base.record, p->id, strlen(p->id), &good, err);
	if (status == SHEAF_OK && !good)
		return source_reject(&p->base, p->ordinal,
		                     *p->id ? "its id is no identifier" : "has no id", err);
	if (status == SHEAF_OK)
		status = add_terms(p, err);
	if (status == SHEAF_OK)
		status = add_links(p, err);
	p->base.record.doc->source = DOCUMENT_SOURCE_API;
	return status == SHEAF_OK ? source_emit(&p->base, p->ordinal, err) : status;
}

/* states, element, inside, text, argument, begin, end */
static const xml_rule rules[] = {
	{ENTRY, "id", LEAF, 1, 0, NULL, on_id},
	{ENTRY, "title", LEAF, 1, SHEAF_FIELD_TITLE, NULL, on_field},
	{ENTRY, "summary", LEAF, 1, SHEAF_FIELD_ABSTRACT, NULL, on_field},
	{ENTRY, "published", LEAF, 1, SHEAF_FIELD_SUBMITTED, NULL, on_time},
	{ENTRY, "updated", LEAF, 1, SHEAF_FIELD_UPDATED, NULL, on_time},
	{ENTRY, "comment", LEAF, 1, SHEAF_FIELD_COMMENTS, NULL, on_field},
	{ENTRY, "journal_ref", LEAF, 1, SHEAF_FIELD_JOURNAL_REF, NULL, on_field},
	{ENTRY, "doi", LEAF, 1, SHEAF_FIELD_DOI, NULL, on_field},
	{ENTRY, "license", LEAF, 1, SHEAF_FIELD_LICENSE, NULL, on_field},
	{ENTRY, "author", AUTHOR, 0, 0, NULL, on_author_end},
	{AUTHOR, "name", LEAF, 1, AUTHOR_NAME, NULL, on_author_part},
	{AUTHOR, "affiliation", LEAF, 1, AUTHOR_AFFILIATION, NULL, on_author_part},
	{ENTRY, "category", LEAF, 0, 0, on_category, NULL},
	{ENTRY, "primary_category", LEAF, 0, 0, on_primary, NULL},
	{ENTRY, "link", LEAF, 0, 0, on_link, NULL},
	{ENTRY, "announce_type", LEAF, 0, 0, on_announcement, NULL},
	{FEED | TOP, "entry", ENTRY, 0, 0, on_entry, on_entry_end},
	{FEED, "totalResults", LEAF, 1, TOTAL_RESULTS, NULL, on_count},
	{FEED, "startIndex", LEAF, 1, START_INDEX, NULL, on_count},
	{FEED, "itemsPerPage", LEAF, 1, ITEMS_PER_PAGE, NULL, on_count},
	{TOP, "feed", FEED, 0, 0, on_feed, NULL},
	{TOP, NULL, TOP, 0, 0, on_wrapper, NULL},
};

/* ---- the format ---- */

static sheaf_status atom_open(source_parser *parser, sheaf_error *err)
{
	atom_parser *p = (atom_parser *)parser;

	p->terms.cap = XML_TEXT_MAX;
	p->parts[0] = (xml_rules){rules, sizeof rules / sizeof *rules};
	return xml_stream_new(p->parts, 1, p, &p->stream, err);
}

static sheaf_status atom_feed(source_parser *parser, const char *bytes, size_t len,
                              sheaf_error *err)
{
	return xml_stream_feed(((atom_parser *)parser)->stream, bytes, len, err);
}

static sheaf_status atom_finish(source_parser *parser, int *truncated, sheaf_error *err)
{
	atom_parser *p = (atom_parser *)parser;
	sheaf_status status = xml_stream_finish(p->stream, truncated, err);

	if (status == SHEAF_OK && !p->understood)
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
		                  "no Atom feed: its outermost element is <%s>", p->outermost);
	return status;
}

static void atom_close(source_parser *parser)
{
	atom_parser *p = (atom_parser *)parser;

	xml_stream_free(p->stream);
	buf_free(&p->terms);
}

const source_format source_atom = {sizeof(atom_parser), atom_open, atom_feed, atom_finish,
                                   atom_close};

/* oai_paper.c: arXiv's metadata inside an OAI-PMH record: arXiv, arXivRaw, arXivOld. */
#include <string.h>

#include "error.h"
#include "oai_private.h"
#include "str.h"

/* Metadata begin, in the format whose document_source is the rule's argument. */
static sheaf_status on_metadata(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;
	char        location[256];

	(void)err;
	if (!p->in_record)
		oai_start_record(p);
	p->source = (document_source)e->rule->arg;
	xml_attribute_copy(e, "schemaLocation", location, sizeof location);
	if (strstr(location, "oaipmh.arxiv.org"))
		p->new_record = 1;
	return SHEAF_OK;
}

static sheaf_status on_metadata_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)e;
	return p->in_record ? SHEAF_OK : oai_end_record(p, err);
}

static sheaf_status on_other_metadata(void *ctx, const xml_element *e, sheaf_error *err)
{
	(void)ctx;
	return sheaf_fail(
		err, SHEAF_ERROR_PROTOCOL,
		"the metadata in <%.40s> are not arXiv's own: harvest with metadataPrefix=arXivRaw",
		e->name);
}

static sheaf_status on_id(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	return record_set_id(&p->base.record, e->text, e->len, &p->has_id, err);
}

sheaf_status oai_on_field(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	return record_set(&p->base.record, (sheaf_field)e->rule->arg, e->text, e->len, err);
}

static sheaf_status on_categories(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	return document_add_category_line(p->base.record.doc, e->text, err);
}

static sheaf_status on_author_part(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)err;
	record_author_part(&p->base.record, (author_part)e->rule->arg, e->text, e->len);
	return SHEAF_OK;
}

sheaf_status oai_on_author_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)e;
	return record_author_end(&p->base.record, err);
}

/* arXivRaw and arXivOld have no <author>, but one line of names. */
static sheaf_status on_authors_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	sheaf_document *doc = ((oai_parser *)ctx)->base.record.doc;

	return sheaf_document_author_count(doc) ? SHEAF_OK
	                                        : document_add_author_line(doc, e->text, err);
}

static sheaf_status on_version(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;
	size_t      len;
	const char *number = xml_attribute(e, "version", &len);

	return record_add_version(&p->base.record, number, len, &p->version, err);
}

static sheaf_status on_version_date(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)err;
	if (p->version)
		record_read_time(&p->version->created, e->text, e->len);
	return SHEAF_OK;
}

static sheaf_status on_version_size(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)err;
	if (p->version)
		record_version_text(p->version->size, e->text, e->len);
	return SHEAF_OK;
}

static sheaf_status on_version_type(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)err;
	if (p->version)
		record_version_text(p->version->type, e->text, e->len);
	return SHEAF_OK;
}

/* states, element, inside, text, argument, begin, end */
static const xml_rule rules[] = {
	{PAPER, "id", LEAF, 1, 0, NULL, on_id},
	{PAPER, "title", LEAF, 1, SHEAF_FIELD_TITLE, NULL, oai_on_field},
	{PAPER, "abstract", LEAF, 1, SHEAF_FIELD_ABSTRACT, NULL, oai_on_field},
	{PAPER, "comments", LEAF, 1, SHEAF_FIELD_COMMENTS, NULL, oai_on_field},
	{PAPER, "journal-ref", LEAF, 1, SHEAF_FIELD_JOURNAL_REF, NULL, oai_on_field},
	{PAPER, "report-no", LEAF, 1, SHEAF_FIELD_REPORT_NO, NULL, oai_on_field},
	{PAPER, "doi", LEAF, 1, SHEAF_FIELD_DOI, NULL, oai_on_field},
	{PAPER, "msc-class", LEAF, 1, SHEAF_FIELD_MSC_CLASS, NULL, oai_on_field},
	{PAPER, "acm-class", LEAF, 1, SHEAF_FIELD_ACM_CLASS, NULL, oai_on_field},
	{PAPER, "license", LEAF, 1, SHEAF_FIELD_LICENSE, NULL, oai_on_field},
	{PAPER, "submitter", LEAF, 1, SHEAF_FIELD_SUBMITTER, NULL, oai_on_field},
	{PAPER, "proxy", LEAF, 1, SHEAF_FIELD_PROXY, NULL, oai_on_field},
	{PAPER, "categories", LEAF, 1, 0, NULL, on_categories},
	{PAPER, "created", LEAF, 1, CREATED, NULL, oai_on_date},
	{PAPER, "updated", LEAF, 1, UPDATED, NULL, oai_on_date},
	{PAPER, "authors", AUTHORS, 1, 0, NULL, on_authors_end},
	{AUTHORS, "author", AUTHOR, 0, 0, NULL, oai_on_author_end},
	{AUTHOR, "name", LEAF, 1, AUTHOR_NAME, NULL, on_author_part},
	{AUTHOR, "keyname", LEAF, 1, AUTHOR_KEYNAME, NULL, on_author_part},
	{AUTHOR, "forenames", LEAF, 1, AUTHOR_FORENAMES, NULL, on_author_part},
	{AUTHOR, "suffix", LEAF, 1, AUTHOR_SUFFIX, NULL, on_author_part},
	{AUTHOR, "affiliation", LEAF, 1, AUTHOR_AFFILIATION, NULL, on_author_part},
	{PAPER, "version", VERSION, 0, 0, on_version, NULL},
	{VERSION, "date", LEAF, 1, 0, NULL, on_version_date},
	{VERSION, "size", LEAF, 1, 0, NULL, on_version_size},
	{VERSION, "source_type", LEAF, 1, 0, NULL, on_version_type},
	{METADATA | RECORD | TOP, "arXivRaw", PAPER, 0, DOCUMENT_SOURCE_ARXIV_RAW, on_metadata,
         on_metadata_end},
	{METADATA | RECORD | TOP, "arXiv", PAPER, 0, DOCUMENT_SOURCE_ARXIV, on_metadata,
         on_metadata_end},
	{METADATA | RECORD | TOP, "arXivOld", PAPER, 0, DOCUMENT_SOURCE_ARXIV_OLD, on_metadata,
         on_metadata_end},
	{METADATA | RECORD | TOP, "dc", DUBLIN, 0, DOCUMENT_SOURCE_OAI_DC, on_metadata,
         on_metadata_end},
	{METADATA, NULL, 0, 0, 0, on_other_metadata, NULL},
};

const xml_rules oai_paper_rules = {rules, sizeof rules / sizeof *rules};

/*
 * oai.c: OAI-PMH 2.0 answers with arXiv's own metadata, or oai_dc.
 *
 * Whole answers, and what people keep of them: a bare <ListRecords>, <record> or <arXivRaw>, also
 * inside an element of their own. https://www.openarchives.org/OAI/openarchivesprotocol.html
 */
#include <string.h>

#include "arxiv_id.h"
#include "datetime.h"
#include "error.h"
#include "oai_private.h"
#include "str.h"

enum { SETS_MAX = 64 << 10 /* bytes of a record's sets; what is longer is cut */ };

/* ---- the answer ---- */

static sheaf_status on_wrapper(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	return *p->outermost ? SHEAF_OK
	                     : source_copy_line(p->outermost, sizeof p->outermost, e->name, err);
}

static sheaf_status on_answer(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)e, (void)err;
	p->understood = 1;
	p->new_server = p->is_export = 0;
	return SHEAF_OK;
}

static sheaf_status on_verb(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	p->understood = 1;
	return source_copy_line(p->base.info.verb, sizeof p->base.info.verb, e->name, err);
}

static sheaf_status on_other_verb(void *ctx, const xml_element *e, sheaf_error *err)
{
	sheaf_status status = on_verb(ctx, e, err);

	if (status != SHEAF_OK)
		return status;
	return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
	                  "an answer to %s describes no papers: harvest ListRecords with "
	                  "metadataPrefix=arXivRaw",
	                  e->name);
}

static sheaf_status on_request(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)err;
	if (!*p->base.info.verb)
		xml_attribute_copy(e, "verb", p->base.info.verb, sizeof p->base.info.verb);
	return SHEAF_OK;
}

static sheaf_status on_request_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)err;
	if (strstr(e->text, "oaipmh.arxiv.org"))
		p->new_server = 1;
	if (strstr(e->text, "urn:sheaf:export"))
		p->is_export = 1;
	return SHEAF_OK;
}

static sheaf_status on_response_date(void *ctx, const xml_element *e, sheaf_error *err)
{
	source_info *info = &((oai_parser *)ctx)->base.info;

	return source_copy_line(info->response_date, sizeof info->response_date, e->text, err);
}

/* Of several errors the first is told. */
static sheaf_status on_error(void *ctx, const xml_element *e, sheaf_error *err)
{
	source_info *info = &((oai_parser *)ctx)->base.info;
	char         code[sizeof info->error_code];

	if (*info->error_code)
		return SHEAF_OK;
	xml_attribute_copy(e, "code", code, sizeof code);
	return source_copy_line(info->error_code, sizeof info->error_code, *code ? code : "error",
	                        err);
}

static sheaf_status on_error_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	source_info *info = &((oai_parser *)ctx)->base.info;

	return *info->error_text
	               ? SHEAF_OK
	               : source_copy_line(info->error_text, sizeof info->error_text, e->text, err);
}

static sheaf_status on_token(void *ctx, const xml_element *e, sheaf_error *err)
{
	source_info *info = &((oai_parser *)ctx)->base.info;
	char         size[24];
	int64_t      n;

	(void)err;
	info->has_token = 1;
	*info->token = 0;
	xml_attribute_copy(e, "completeListSize", size, sizeof size);
	if (str_to_int64(size, &n) && n >= 0)
		info->complete_list_size = n;
	return SHEAF_OK;
}

static sheaf_status on_token_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	source_info *info = &((oai_parser *)ctx)->base.info;
	const char  *text = e->text;
	size_t       len = e->len;

	str_trim(&text, &len);
	if (len >= sizeof info->token)
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
		                  "the resumption token is longer than %zu bytes",
		                  sizeof info->token - 1);
	memcpy(info->token, text, len);
	info->token[len] = 0;
	return SHEAF_OK;
}

/* ---- records ---- */

void oai_start_record(oai_parser *p)
{
	record_clear(&p->base.record);
	p->understood = 1;
	p->ordinal++;
	p->deleted = p->has_id = p->new_record = 0;
	p->source = DOCUMENT_SOURCE_NONE;
	buf_clear(&p->sets);
	buf_clear(&p->subjects);
	p->about.told = 0;
	p->about.authors = 0;
	*p->header_id = 0;
	for (size_t i = 0; i < DATES; i++)
		p->dates[i] = SHEAF_TIME_NONE;
	p->version = NULL;
}

static sheaf_status on_record(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)e, (void)err;
	oai_start_record(p);
	p->in_record = 1;
	return SHEAF_OK;
}

static sheaf_status on_header(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;
	char        status[16];

	(void)err;
	xml_attribute_copy(e, "status", status, sizeof status);
	p->deleted = str_eq(status, "deleted");
	return SHEAF_OK;
}

static sheaf_status on_identifier(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	return source_copy_line(p->header_id, sizeof p->header_id, e->text, err);
}

/*
 * The server of 2025 nests its sets: cs:cs:AI, cs:cs, physics:hep-th. The one before had cs and
 * physics:hep-th.
 */
static sheaf_status on_set(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;
	const char *text = e->text, *archive, *class;
	size_t      len = e->len, group;

	(void)err;
	str_trim(&text, &len);
	archive = memchr(text, ':', len);
	if (!archive)
		return SHEAF_OK;
	group = (size_t)(archive++ - text);
	len -= group + 1;
	class = memchr(archive, ':', len);
	if (!class && len == group && memcmp(text, archive, group) == 0) {
		p->new_record = 1;
		return SHEAF_OK;
	}
	buf_append(&p->sets, archive, class ? (size_t)(class - archive) : len);
	if (class) {
		p->new_record = 1;
		buf_putc(&p->sets, '.');
		buf_append(&p->sets, class + 1, len - (size_t)(class + 1 - archive));
	}
	buf_putc(&p->sets, ' ');
	return SHEAF_OK;
}

sheaf_status oai_on_date(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)err;
	record_read_time(&p->dates[e->rule->arg], e->text, e->len);
	return SHEAF_OK;
}

static void raise_high_water(oai_parser *p)
{
	sheaf_time time = p->dates[DATESTAMP];
	char       date[TIME_TEXT_SIZE];

	if (time == SHEAF_TIME_NONE || (*p->base.info.high_water && time <= p->high_water))
		return;
	p->high_water = time;
	time_format_date(time, date);
	memcpy(p->base.info.high_water, date, strlen(date) + 1);
}

/*
 * The `arXiv` format has two dates. Once `created` was the first version's and `updated`
 * the newest one's; since 2025 `created` is the newest version's and `updated` tells when
 * the metadata were touched, whatever the schema says.
 */
static sheaf_status set_dates(oai_parser *p, sheaf_error *err)
{
	int        is_new = (p->new_server || p->new_record) && p->source != DOCUMENT_SOURCE_OAI_DC;
	sheaf_time created = p->dates[CREATED], updated = p->dates[UPDATED];
	const struct {
		sheaf_field field;
		sheaf_time  time;
	} dates[] = {
		{SHEAF_FIELD_SUBMITTED, is_new ? SHEAF_TIME_NONE : created},
		{SHEAF_FIELD_UPDATED, is_new || updated == SHEAF_TIME_NONE ? created : updated},
		{SHEAF_FIELD_DATESTAMP, p->dates[DATESTAMP]},
	};
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < sizeof dates / sizeof *dates && status == SHEAF_OK; i++)
		status = sheaf_document_set_value(p->base.record.doc, dates[i].field, dates[i].time,
		                                  err);
	return status == SHEAF_OK ? record_close_versions(&p->base.record, err) : status;
}

/* The server of 2025 puts the MSC class into <acm-class>, and "None" where there is none. */
static sheaf_status drop_false_class(sheaf_document *doc, sheaf_error *err)
{
	const char *acm = sheaf_document_get_text(doc, SHEAF_FIELD_ACM_CLASS);

	if (!acm || (!str_eq(acm, "None") &&
	             !str_eq(acm, sheaf_document_get_text(doc, SHEAF_FIELD_MSC_CLASS))))
		return SHEAF_OK;
	return sheaf_document_set_text(doc, SHEAF_FIELD_ACM_CLASS, NULL, 0, err);
}

static sheaf_status tell_deleted(oai_parser *p, sheaf_error *err)
{
	const source_sink *sink = p->base.sink;
	arxiv_id           id;

	p->base.info.deleted++;
	if (!sink->deleted || !arxiv_id_parse(p->header_id, strlen(p->header_id), &id) ||
	    !sink->deleted(sink->ctx, id.id, p->dates[DATESTAMP]))
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
}

sheaf_status oai_end_record(oai_parser *p, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	xml_stream_record_seen(p->stream);
	raise_high_water(p);
	if (p->deleted)
		return tell_deleted(p, err);
	if (!p->source)
		return source_reject(&p->base, p->ordinal, "has no metadata", err);
	if (!p->has_id)
		status = record_set_id(&p->base.record, p->header_id, strlen(p->header_id),
		                       &p->has_id, err);
	if (status == SHEAF_OK && !p->has_id)
		return source_reject(&p->base, p->ordinal, "has no identifier", err);
	if (status == SHEAF_OK)
		status = p->source == DOCUMENT_SOURCE_OAI_DC ? oai_dc_end(p, err) : SHEAF_OK;
	if (status == SHEAF_OK)
		status = set_dates(p, err);
	if (status == SHEAF_OK)
		status = drop_false_class(p->base.record.doc, err);
	if (status == SHEAF_OK)
		status = oai_about_end(p, err);
	p->base.record.doc->source = p->is_export ? DOCUMENT_SOURCE_SNAPSHOT : p->source;
	return status == SHEAF_OK ? source_emit(&p->base, p->ordinal, err) : status;
}

static sheaf_status on_record_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)e;
	p->in_record = 0;
	return oai_end_record(p, err);
}

/* states, element, inside, text, argument, begin, end */
static const xml_rule rules[] = {
	{HEADER, "identifier", LEAF, 1, 0, NULL, on_identifier},
	{HEADER, "datestamp", LEAF, 1, DATESTAMP, NULL, oai_on_date},
	{HEADER, "setSpec", LEAF, 1, 0, NULL, on_set},
	{RECORD, "header", HEADER, 0, 0, on_header, NULL},
	{RECORD, "about", ABOUT, 0, 0, NULL, NULL},
	{RECORD, "metadata", METADATA, 0, 0, NULL, NULL},
	{LIST | ANSWER | TOP, "record", RECORD, 0, 0, on_record, on_record_end},
	{LIST | ANSWER, "resumptionToken", LEAF, 1, 0, on_token, on_token_end},
	{ANSWER | TOP, "ListRecords", LIST, 0, 0, on_verb, NULL},
	{ANSWER | TOP, "GetRecord", LIST, 0, 0, on_verb, NULL},
	{ANSWER | TOP, "ListIdentifiers", 0, 0, 0, on_other_verb, NULL},
	{ANSWER | TOP, "ListSets", 0, 0, 0, on_other_verb, NULL},
	{ANSWER | TOP, "ListMetadataFormats", 0, 0, 0, on_other_verb, NULL},
	{ANSWER | TOP, "Identify", 0, 0, 0, on_other_verb, NULL},
	{ANSWER, "responseDate", LEAF, 1, 0, NULL, on_response_date},
	{ANSWER, "request", LEAF, 1, 0, on_request, on_request_end},
	{ANSWER, "error", LEAF, 1, 0, on_error, on_error_end},
	{TOP, "OAI-PMH", ANSWER, 0, 0, on_answer, NULL},
	{TOP, NULL, TOP, 0, 0, on_wrapper, NULL},
};

/* ---- the format ---- */

static sheaf_status oai_open(source_parser *parser, sheaf_error *err)
{
	oai_parser *p = (oai_parser *)parser;

	p->sets.cap = p->subjects.cap = SETS_MAX;
	p->parts[0] = oai_paper_rules;
	p->parts[1] = (xml_rules){rules, sizeof rules / sizeof *rules};
	p->parts[2] = oai_dc_rules;
	p->parts[3] = oai_about_rules;
	return xml_stream_new(p->parts, 4, p, &p->stream, err);
}

static sheaf_status oai_feed(source_parser *parser, const char *bytes, size_t len, sheaf_error *err)
{
	return xml_stream_feed(((oai_parser *)parser)->stream, bytes, len, err);
}

static sheaf_status oai_finish(source_parser *parser, int *truncated, sheaf_error *err)
{
	oai_parser  *p = (oai_parser *)parser;
	sheaf_status status = xml_stream_finish(p->stream, truncated, err);

	if (status == SHEAF_OK && !p->understood)
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
		                  "no OAI-PMH answer: its outermost element is <%s>", p->outermost);
	return status;
}

static void oai_close(source_parser *parser)
{
	oai_parser *p = (oai_parser *)parser;

	xml_stream_free(p->stream);
	buf_free(&p->sets);
	buf_free(&p->subjects);
}

const source_format source_oai = {sizeof(oai_parser), oai_open, oai_feed, oai_finish, oai_close};

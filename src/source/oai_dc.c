/*
 * oai_dc.c: Dublin Core inside an OAI-PMH record, as arXiv fills it.
 *
 * It has less than arXiv's own formats, and several things share an element: a subject is the name of a
 * category or a class, an identifier also a DOI or where the paper appeared, and the comments are a
 * second description.
 */
#include <string.h>

#include "category_name.h"
#include "error.h"
#include "oai_private.h"
#include "str.h"

/* "Quist, Ada, Jr" */
static sheaf_status on_creator(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;
	const char *text = e->text;

	for (author_part part = AUTHOR_KEYNAME; part <= AUTHOR_SUFFIX; part++) {
		size_t n = part == AUTHOR_SUFFIX ? strlen(text) : strcspn(text, ",");

		record_author_part(&p->base.record, part, text, n);
		text += text[n] ? n + 1 : n;
	}
	return record_author_end(&p->base.record, err);
}

static sheaf_status on_subject(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;
	const char *text = e->text, *category;
	size_t      len = e->len;

	str_trim(&text, &len);
	category = category_by_name(text, len);
	if (!category)
		return record_set(&p->base.record, record_class_field(text, len), text, len, err);
	buf_puts(&p->subjects, category);
	buf_putc(&p->subjects, ' ');
	return SHEAF_OK;
}

/* The first one is the abstract, whatever it begins with; only the old server marks the second. */
static sheaf_status on_description(void *ctx, const xml_element *e, sheaf_error *err)
{
	static const char mark[] = "Comment:";
	record           *r = &((oai_parser *)ctx)->base.record;
	const char       *text = e->text;
	size_t            len = e->len, n = sizeof mark - 1;

	if (!sheaf_document_get_text(r->doc, SHEAF_FIELD_ABSTRACT))
		return record_set(r, SHEAF_FIELD_ABSTRACT, text, len, err);
	str_trim(&text, &len);
	if (len >= n && memcmp(text, mark, n) == 0) {
		text += n;
		len -= n;
	}
	return record_set(r, SHEAF_FIELD_COMMENTS, text, len, err);
}

/* The first version's date, and where there is a newer one, its too. */
static sheaf_status on_date(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;
	sheaf_time  time, *first = &p->dates[CREATED], *last = &p->dates[UPDATED];

	(void)err;
	record_read_time(&time, e->text, e->len);
	if (time == SHEAF_TIME_NONE)
		return SHEAF_OK;
	if (*first == SHEAF_TIME_NONE || time < *first)
		*first = time;
	if (*last == SHEAF_TIME_NONE || time > *last)
		*last = time;
	return SHEAF_OK;
}

static sheaf_status on_identifier(void *ctx, const xml_element *e, sheaf_error *err)
{
	static const char doi[] = "doi:";
	oai_parser       *p = ctx;
	const char       *text = e->text;
	size_t            len = e->len, mark = sizeof doi - 1;

	str_trim(&text, &len);
	if (str_istarts(text, "http://") || str_istarts(text, "https://"))
		return p->has_id ? SHEAF_OK
		                 : record_set_id(&p->base.record, text, len, &p->has_id, err);
	if (str_istarts(text, doi))
		return record_set(&p->base.record, SHEAF_FIELD_DOI, text + mark, len - mark, err);
	return record_set(&p->base.record, SHEAF_FIELD_JOURNAL_REF, text, len, err);
}

/* The new server's sets are the categories themselves; the old one's tell archives at best. */
sheaf_status oai_dc_end(oai_parser *p, sheaf_error *err)
{
	const buf *told = p->new_record || !p->subjects.len ? &p->sets : &p->subjects;

	if (p->sets.status == SHEAF_ERROR_NOMEM || p->subjects.status == SHEAF_ERROR_NOMEM)
		return sheaf_nomem(err);
	return document_add_category_line(p->base.record.doc,
	                                  buf_str(told->len ? told : &p->subjects), err);
}

/* states, element, inside, text, argument, begin, end */
static const xml_rule rules[] = {
	{DUBLIN, "title", LEAF, 1, SHEAF_FIELD_TITLE, NULL, oai_on_field},
	{DUBLIN, "creator", LEAF, 1, 0, NULL, on_creator},
	{DUBLIN, "subject", LEAF, 1, 0, NULL, on_subject},
	{DUBLIN, "description", LEAF, 1, 0, NULL, on_description},
	{DUBLIN, "date", LEAF, 1, 0, NULL, on_date},
	{DUBLIN, "identifier", LEAF, 1, 0, NULL, on_identifier},
	{DUBLIN, "rights", LEAF, 1, SHEAF_FIELD_LICENSE, NULL, oai_on_field},
};

const xml_rules oai_dc_rules = {rules, sizeof rules / sizeof *rules};
